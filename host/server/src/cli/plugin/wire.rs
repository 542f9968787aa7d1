//! A rule over a pair of pipes, this side: the messages of `sdk/rust/src/wire.rs`, with the core's own types.
//!
//! A message is its length (u32, little-endian) and so many bytes of postcard. The core's records have their fields and
//! cases in the order of `sdk/wit/rule.wit`, as the SDK's have, so that both write the same bytes.

use std::{
    borrow::Cow,
    io::{self, Read, Write},
};

use plaudit_core::rule::{
    Batch, CallError, Change, Conclusion, Effects, Fault, FaultKind, LogLine, Problem, TextValue,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// As the SDK's.
pub(super) const VERSION: u32 = 1;
/// A message that is longer is none.
const MESSAGE_BYTES_MAX: usize = 64 * 1024 * 1024;

/// What a rule is asked.
#[derive(Serialize, Deserialize)]
pub(super) enum Request<'a> {
    Describe,
    Plan { settings: Cow<'a, str> },
    Fold { settings: Cow<'a, str>, batch: Cow<'a, Batch> },
    Conclude { settings: Cow<'a, str>, conclusion: Cow<'a, Conclusion> },
    Measure { settings: Cow<'a, str>, batch: Cow<'a, Batch>, rounds: u32 },
}

/// What it answers.
#[derive(Serialize, Deserialize)]
pub(super) enum Answer {
    Described { wire: u32, manifest: String },
    Planned(Result<String, Vec<Wrong>>),
    Folded { changes: Vec<Change>, effects: Effects, logs: Vec<Line> },
    Concluded { shared: Vec<u8>, effects: Effects, logs: Vec<Line> },
    Measured { nanos: u64 },
    Failed { kind: Failure, message: String },
}

/// A problem as it crosses: field, message, arguments. (The core's own leaves out what is empty, for JSON.)
pub(super) type Wrong = (String, String, Vec<(String, TextValue)>);

/// Problems as they cross.
pub(super) fn wrongs(problems: Vec<Problem>) -> Vec<Wrong> {
    problems.into_iter().map(|problem| (problem.field, problem.message, problem.arguments)).collect()
}

/// A line that the rule logged.
pub(super) type Line = (Level, String);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Level {
    Debug,
    Info,
    Warn,
}

/// Why a call failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Failure {
    Trap,
    Fuel,
    Memory,
    Output,
    Refused,
    Host,
}

impl Answer {
    /// A call that left no trace.
    pub(super) fn failed(error: &CallError) -> Self {
        let kind = match error {
            CallError::Infrastructure(_) => Failure::Host,
            CallError::Rule(fault) => match fault.kind {
                FaultKind::Trap => Failure::Trap,
                FaultKind::Fuel => Failure::Fuel,
                FaultKind::Memory => Failure::Memory,
                FaultKind::Output => Failure::Output,
                FaultKind::Refused => Failure::Refused,
            },
        };
        Self::Failed { kind, message: error.to_string() }
    }
}

impl Failure {
    /// As the core has it.
    pub(super) fn error(self, message: String) -> CallError {
        let kind = match self {
            Self::Host => return CallError::Infrastructure(message),
            Self::Trap => FaultKind::Trap,
            Self::Fuel => FaultKind::Fuel,
            Self::Memory => FaultKind::Memory,
            Self::Output => FaultKind::Output,
            Self::Refused => FaultKind::Refused,
        };
        CallError::Rule(Fault { kind, message })
    }
}

/// Lines as they cross.
pub(super) fn lines(logs: Vec<LogLine>) -> Vec<Line> {
    let level = |name| match name {
        "debug" => Level::Debug,
        "warn" => Level::Warn,
        _ => Level::Info,
    };
    logs.into_iter().map(|log| (level(log.level), log.line)).collect()
}

/// Writes a message.
pub(super) fn write(to: &mut impl Write, message: &impl Serialize) -> io::Result<()> {
    let bytes = postcard::to_allocvec(message).map_err(io::Error::other)?;
    let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
    to.write_all(&length.to_le_bytes())?;
    to.write_all(&bytes)?;
    to.flush()
}

/// Reads a message; `None` where the other side has nothing more to say.
pub(super) fn read<T: DeserializeOwned>(from: &mut impl Read) -> io::Result<Option<T>> {
    let mut length = [0; 4];
    match from.read_exact(&mut length) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        Err(error) => return Err(error),
    }
    let length = u32::from_le_bytes(length) as usize;
    if length > MESSAGE_BYTES_MAX {
        return Err(io::Error::other(format!(
            "a message of {length} bytes; does something print in between?"
        )));
    }
    let mut bytes = vec![0; length];
    from.read_exact(&mut bytes)?;
    postcard::from_bytes(&bytes).map(Some).map_err(io::Error::other)
}

#[cfg(test)]
mod tests {
    use plaudit_core::rule::MetricColumn;

    use super::*;

    #[test]
    fn numbers_keep_their_bits() {
        let metrics = vec![MetricColumn { values: vec![f64::NAN, -0.0, f64::NEG_INFINITY], weights: vec![] }];
        let batch = Batch { metrics, time: vec![i64::MIN], ..Batch::default() };
        let mut pipe = Vec::new();
        let request = Request::Fold { settings: "{}".into(), batch: Cow::Borrowed(&batch) };
        write(&mut pipe, &request).expect("written");
        let Ok(Some(Request::Fold { batch: found, .. })) = read(&mut pipe.as_slice()) else {
            panic!("no fold")
        };
        let bits = |batch: &Batch| batch.metrics[0].values.iter().map(|v| v.to_bits()).collect::<Vec<_>>();
        assert_eq!((bits(&found), &found.time), (bits(&batch), &batch.time));
    }

    #[test]
    fn every_failure_keeps_its_kind() {
        for kind in
            [FaultKind::Trap, FaultKind::Fuel, FaultKind::Memory, FaultKind::Output, FaultKind::Refused]
        {
            let error = CallError::Rule(Fault { kind, message: "why".into() });
            let Answer::Failed { kind, message } = Answer::failed(&error) else { panic!("{error}") };
            assert_eq!(kind.error(message), error);
        }
    }
}
