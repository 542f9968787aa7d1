//! A rule over a pair of pipes: the calls of the contract as messages.
//!
//! `plaudit plugin guest` serves a component this way to the stage of a scenario, and a rule that is compiled natively
//! serves itself to `plaudit plugin test`. A message is its length (u32, little-endian) and so many bytes of postcard. Each
//! [`Request`] has one [`Answer`]. The records are those of `sdk/wit/rule.wit`, with their fields and cases in the same
//! order; the tool has the same shapes in `host/server/src/cli/plugin/wire.rs`. Numbers keep their bits, NaN too.

use std::borrow::Cow;
use std::cell::RefCell;
use std::io::{self, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::adapter::{self, Adapter};
use crate::effects::Effects;
use crate::plan::Manifest;
use crate::rule::Rule;
use crate::wit;

/// Raised when a message gets another shape. The records' own shapes belong to the contract, which the manifest names.
pub(crate) const VERSION: u32 = 1;
/// A message that is longer is none.
const MESSAGE_BYTES_MAX: usize = 64 * 1024 * 1024;

/// What a rule is asked. New ones come last.
#[derive(Serialize, Deserialize)]
pub(crate) enum Request<'a> {
    /// For the manifest.
    Describe,
    /// For a plan.
    Plan { settings: Cow<'a, str> },
    /// To apply steps.
    Fold { settings: Cow<'a, str>, batch: Cow<'a, wit::Batch> },
    /// To close a period.
    Conclude {
        settings: Cow<'a, str>,
        period: Cow<'a, wit::Period>,
        entrants: Cow<'a, [wit::Entrant]>,
        standings: Cow<'a, [wit::BoardStandings]>,
        shared: Cow<'a, [u8]>,
    },
    /// How long the same fold takes: the fastest of so many.
    Measure { settings: Cow<'a, str>, batch: Cow<'a, wit::Batch>, rounds: u32 },
}

/// What it answers. New ones come last.
#[derive(Serialize, Deserialize)]
pub(crate) enum Answer {
    /// [`VERSION`] and the manifest, JSON.
    Described { wire: u32, manifest: String },
    /// The plan, JSON, or what is wrong with the settings.
    Planned(Result<String, Vec<wit::Problem>>),
    /// New states, and all effects with the lines logged.
    Folded { changes: Vec<wit::Change>, effects: Effects },
    /// The new shared state, and all effects.
    Concluded { shared: Vec<u8>, effects: Effects },
    /// Nanoseconds.
    Measured { nanos: u64 },
    /// The call failed and left nothing.
    Failed { kind: Failure, message: String },
}

/// Why a call failed. New ones come last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Failure {
    /// A panic.
    Trap,
    /// Out of fuel.
    Fuel,
    /// Out of memory.
    Memory,
    /// Malformed or too many effects.
    Output,
    /// The rule said no.
    Refused,
    /// Not the rule's fault.
    Host,
}

/// Writes a message.
pub(crate) fn write(to: &mut impl Write, message: &impl Serialize) -> io::Result<()> {
    let bytes = postcard::to_allocvec(message).map_err(io::Error::other)?;
    let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
    to.write_all(&length.to_le_bytes())?;
    to.write_all(&bytes)?;
    to.flush()
}

/// Reads a message; `None` where the other side has nothing more to say.
pub(crate) fn read<T: DeserializeOwned>(from: &mut impl Read) -> io::Result<Option<T>> {
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

/// Serves a rule over standard input and output, until the input ends.
///
/// # Errors
/// A pipe breaks, or the other side says what is no request.
#[doc(hidden)]
pub fn serve<R: Rule>(manifest: &Manifest) -> io::Result<()> {
    std::panic::set_hook(Box::new(|info| LAST_PANIC.set(info.to_string())));
    let (mut input, mut output) = (io::stdin().lock(), io::stdout().lock());
    let mut adapter = Adapter::<R>::default();
    while let Some(request) = read(&mut input)? {
        let answer = catch_unwind(AssertUnwindSafe(|| answer(&mut adapter, manifest, request)));
        let answer = answer.unwrap_or_else(|_| {
            adapter = Adapter::default();
            Answer::Failed { kind: Failure::Trap, message: LAST_PANIC.take() }
        });
        write(&mut output, &answer)?;
    }
    Ok(())
}

thread_local! {
    static LAST_PANIC: RefCell<String> = const { RefCell::new(String::new()) };
}

fn answer<R: Rule>(adapter: &mut Adapter<R>, manifest: &Manifest, request: Request<'_>) -> Answer {
    let mut effects = Effects::default();
    let refused = |message| Answer::Failed { kind: Failure::Refused, message };
    match request {
        Request::Describe => Answer::Described { wire: VERSION, manifest: manifest.to_json() },
        Request::Plan { settings } => Answer::Planned(adapter::plan::<R>(&settings)),
        Request::Fold { settings, batch } => match adapter.fold(&settings, &batch, &mut effects) {
            Ok(changes) => Answer::Folded { changes, effects },
            Err(message) => refused(message),
        },
        Request::Conclude { settings, period, entrants, standings, shared } => {
            let shared = adapter.conclude(&settings, &period, &entrants, &standings, &shared, &mut effects);
            match shared {
                Ok(shared) => Answer::Concluded { shared, effects },
                Err(message) => refused(message),
            }
        }
        Request::Measure { settings, batch, rounds } => {
            let mut fastest = u64::MAX;
            for _ in 0..rounds.max(1) {
                let mut effects = Effects::default();
                let begun = Instant::now();
                if let Err(message) = adapter.fold(&settings, &batch, &mut effects) {
                    return refused(message);
                }
                fastest = fastest.min(u64::try_from(begun.elapsed().as_nanos()).unwrap_or(u64::MAX));
            }
            Answer::Measured { nanos: fastest }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_comes_as_it_went_and_numbers_keep_their_bits() {
        let batch = wit::Batch {
            slots: vec![],
            agents: vec![],
            zones: vec![],
            shared: vec![1, 2],
            kind: vec![],
            slot_of: vec![],
            agent_of: vec![],
            time: vec![i64::MIN],
            metrics: vec![wit::MetricColumn { values: vec![f64::NAN, -0.0, f64::INFINITY], weights: vec![] }],
            attributes: vec![],
        };
        let mut pipe = Vec::new();
        let request = Request::Fold { settings: Cow::Borrowed("{}"), batch: Cow::Borrowed(&batch) };
        write(&mut pipe, &request).expect("written");
        write(&mut pipe, &Request::Describe).expect("written");
        let mut pipe = pipe.as_slice();
        let Ok(Some(Request::Fold { settings, batch: read_back })) = read(&mut pipe) else {
            panic!("no fold")
        };
        assert_eq!((&*settings, read_back.time[0], &read_back.shared), ("{}", i64::MIN, &batch.shared));
        let bits =
            |batch: &wit::Batch| batch.metrics[0].values.iter().map(|v| v.to_bits()).collect::<Vec<_>>();
        assert_eq!(bits(&read_back), bits(&batch));
        assert!(matches!(read(&mut pipe), Ok(Some(Request::Describe))));
        assert!(matches!(read::<Request<'_>>(&mut pipe), Ok(None)), "the end is no error");
    }

    #[test]
    fn what_is_no_message_says_so() {
        let printed = b"thread main says hello".as_slice();
        let error = read::<Answer>(&mut &*printed).err().expect("no answer").to_string();
        assert!(error.contains("does something print"), "{error}");
        assert!(read::<Answer>(&mut &[9, 0, 0, 0, 1][..]).is_err(), "cut off");
    }
}
