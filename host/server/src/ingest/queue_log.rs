//! Asterisk's `queue_log`: lines by position, without ids, in whole seconds. Pure: text in, CloudEvents out.
//!
//! `time|call id|queue|agent|EVENT|…`. What becomes an event, when the call ends:
//!
//! - `COMPLETEAGENT` and `COMPLETECALLER` (`wait|talk|position`): `contact.completed` of the agent.
//!
//! Everything else (members coming and going, ringing, callers who hang up) speaks of no agent's contact. Transfers
//! count as completed by whoever transfers: `BLINDTRANSFER` and `ATTENDEDTRANSFER` end the agent's part.

use std::collections::BTreeMap;

use plaudit_core::hash;
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

/// A line that can't be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}: {text:?}")]
pub struct LineError {
    /// From 1.
    pub line: usize,
    /// What is wrong.
    pub problem: &'static str,
    /// The line, cut.
    pub text: String,
}

/// Reads lines in order. Ids are made of a line's content and how often that content came before in the same file, so
/// converting the same log again gives the same ids, and a log that has grown gives the same ids for its old lines.
#[derive(Debug)]
pub struct Converter {
    source: String,
    seen: BTreeMap<[u8; 16], u32>,
    waits: BTreeMap<String, i64>,
    line: usize,
}

/// Calls that may be waiting for their end at the same time; the one with the smallest id is forgotten first.
const CALLS_MAX: usize = 100_000;

impl Converter {
    /// `source` is written into every event, such as `/asterisk/madrid`.
    pub fn new(source: impl Into<String>) -> Self {
        Self { source: source.into(), seen: BTreeMap::new(), waits: BTreeMap::new(), line: 0 }
    }

    /// The event of the next line, if it gives one.
    ///
    /// # Errors
    /// The line has not the fields it should have; the next one may be fine.
    pub fn line(&mut self, text: &str) -> Result<Option<Json>, LineError> {
        self.line += 1;
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        let error = |problem| LineError { line: self.line, problem, text: super::answer::cut(text) };
        let fields: Vec<&str> = text.split('|').map(str::trim).collect();
        let [time, call, queue, agent, event, details @ ..] = fields.as_slice() else {
            return Err(error("fewer than five fields, time|call|queue|agent|event|…"));
        };
        let time = seconds(time).ok_or_else(|| error("the time is no number of seconds since 1970"))?;
        let (wait, talk, transferred) = match *event {
            "CONNECT" => {
                if let Some(wait) = details.first().and_then(|wait| seconds(wait)) {
                    self.remember(call, wait);
                }
                return Ok(None);
            }
            "COMPLETEAGENT" | "COMPLETECALLER" => (details.first().copied(), details.get(1).copied(), false),
            "BLINDTRANSFER" => (details.get(2).copied(), details.get(3).copied(), true),
            // Before Asterisk 12 the details were those of COMPLETE*, later the way of the transfer stands before them.
            "ATTENDEDTRANSFER" => (None, None, true),
            _ => return Ok(None),
        };
        if agent.is_empty() || *agent == "NONE" {
            return Err(error("a contact is completed by nobody"));
        }
        let remembered = self.waits.remove(*call);
        let numbers = |text: Option<&str>, problem| match text {
            Some(text) => seconds(text).map(Some).ok_or(problem),
            None => Ok(None),
        };
        let wait = numbers(wait, "the waiting time is no number of seconds").map_err(error)?.or(remembered);
        let talk = numbers(talk, "the talking time is no number of seconds").map_err(error)?;
        let id = self.id(&fields);
        let mut data = json!({"channel": "voice", "queue": queue, "transferred": transferred});
        for (name, value) in [("wait_s", wait), ("talk_s", talk), ("handle_s", talk)] {
            if let Some(value) = value {
                data[name] = json!(value);
            }
        }
        Ok(Some(json!({
            "specversion": "1.0",
            "id": id,
            "source": self.source,
            "type": "contact.completed",
            "subject": format!("agent/{agent}"),
            "time": rfc3339(time),
            // One call may be completed by several agents, one after the other, and each part is a fact of its own.
            "entity": format!("{call}/{agent}/{time}"),
            "data": data,
        })))
    }

    fn remember(&mut self, call: &str, wait: i64) {
        if self.waits.len() >= CALLS_MAX {
            self.waits.pop_first();
        }
        self.waits.insert(call.to_owned(), wait);
    }

    fn id(&mut self, fields: &[&str]) -> String {
        let digest = Sha256::digest(fields.join("|").as_bytes());
        let mut content = [0; 16];
        content.copy_from_slice(&digest[..16]);
        let occurrence = self.seen.entry(content).or_default();
        *occurrence += 1;
        format!("{}-{occurrence}", hash::hex(&content))
    }
}

/// Whole seconds; newer versions may write a fraction, which is dropped: the log promises seconds.
fn seconds(text: &str) -> Option<i64> {
    let whole = text.split('.').next()?;
    (!whole.is_empty() && whole.bytes().all(|b| b.is_ascii_digit())).then(|| whole.parse().ok())?
}

fn rfc3339(seconds: i64) -> String {
    chrono::DateTime::from_timestamp(seconds, 0)
        .unwrap_or_default()
        .to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOG: &str = include_str!("../../tests/fixtures/queue_log");

    fn convert(log: &str) -> (Vec<Json>, Vec<LineError>) {
        let mut converter = Converter::new("/asterisk/test");
        let (mut events, mut errors) = (Vec::new(), Vec::new());
        for line in log.lines() {
            match converter.line(line) {
                Ok(event) => events.extend(event),
                Err(error) => errors.push(error),
            }
        }
        (events, errors)
    }

    #[test]
    fn completed_calls_become_contacts() {
        let (events, errors) = convert(LOG);
        assert_eq!(errors, []);
        let seen: Vec<_> = events.iter().map(|e| (e["subject"].as_str().unwrap(), &e["data"])).collect();
        let voice = |wait: i64, talk: i64, transferred: bool| json!({"channel": "voice", "queue": "billing", "transferred": transferred, "wait_s": wait, "talk_s": talk, "handle_s": talk});
        assert_eq!(
            seen,
            [
                ("agent/PJSIP/ona", &voice(12, 190, false)),
                ("agent/PJSIP/jonas", &voice(5, 61, false)),
                ("agent/PJSIP/ona", &voice(3, 40, true)),
            ]
        );
        assert_eq!(events[0]["time"], "2026-03-02T08:03:42Z");
    }

    #[test]
    fn the_same_line_twice_has_two_ids_and_the_same_file_the_same_ids() {
        let line = "1772438622|1772438400.1|billing|PJSIP/ona|COMPLETEAGENT|12|190|1\n";
        let (events, _) = convert(&line.repeat(2));
        assert_ne!(events[0]["id"], events[1]["id"]);
        assert_eq!(convert(&line.repeat(3)).0[..2], events);
        assert_eq!(convert(&line.replace('|', " | ")).0[0], events[0]);
    }

    #[test]
    fn a_bad_line_is_named_and_the_others_go_on() {
        let log = "yesterday|1|q|A|COMPLETEAGENT|1|2|1\n1|2\n1772438622|1|q|NONE|COMPLETEAGENT|1|2|1\n1772438622|1|q|A|COMPLETEAGENT|1|2|1\n";
        let (events, errors) = convert(log);
        assert_eq!(events.len(), 1);
        assert_eq!(errors.iter().map(|e| e.line).collect::<Vec<_>>(), [1, 2, 3]);
    }

    #[test]
    fn converted_lines_are_events_as_ingest_understands_them() {
        use crate::ingest::{declared::Declared, identity::Identity, parse};
        let (declared, identity) = (Declared::default(), Identity::new(&[1; 32]));
        for event in convert(LOG).0 {
            parse::event(&event, parse::Known::new(&declared, &identity)).unwrap();
        }
    }
}
