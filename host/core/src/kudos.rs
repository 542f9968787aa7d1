//! Kudos: thanks from one person to another. They move no money and no points.
//!
//! That somebody thanked somebody is a fact of the house, with opaque ids and the name of ready-made words. What they
//! wrote themselves is personal and stands elsewhere, where it can be erased.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::{Id, Millis, calendar::local_day, limits::KUDOS_CHARS_MAX};

/// Names of ready-made words, in the order in which they are offered. Names are for ever; texts are the house's own.
pub const WORDS: [&str; 7] =
    ["help", "well-handled", "great-work", "learned", "good-hands", "hard-morning", "glad-here"];

/// Months of which a giver's kudos are remembered: who travels may be in the month before once more.
const MONTHS_KEPT: usize = 2;

/// Who says thanks. Stored by number: add at the end, never reorder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Giver {
    /// Somebody of the roster, by opaque id.
    Agent(Id),
    /// Somebody with an account who is not on the roster.
    Account(Id),
}

impl Giver {
    /// Whether it is this agent.
    pub fn is_agent(&self, agent: &str) -> bool {
        matches!(self, Giver::Agent(id) if **id == *agent)
    }
}

/// `agent/<id>` or `account/<id>`.
impl fmt::Display for Giver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Giver::Agent(id) => write!(f, "agent/{id}"),
            Giver::Account(id) => write!(f, "account/{id}"),
        }
    }
}

/// Thanks as the journal has them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kudos {
    /// Its id, see [`id_at`].
    pub id: Id,
    /// Who gives it.
    pub from: Giver,
    /// Who gets it: an agent's opaque id.
    pub to: Id,
    /// One of [`WORDS`]; nothing if they wrote something themselves.
    pub words: Option<Id>,
    /// The giver's local month, such as `2026-03`.
    pub month: Id,
    /// How many the giver may give in a month, this one included: it is refused if they have given as many.
    pub limit: u32,
    /// Whether somebody has to let it through first.
    pub is_held: bool,
}

/// What is said about thanks that were given. Stored by number: add at the end, never reorder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Act {
    /// Whoever got it finds it wrong.
    Report,
    /// Whoever got it does not want to see it.
    Hide,
    /// Whoever got it wants to see it again.
    Show,
    /// It may be seen: let through, found in order, or brought back.
    Keep,
    /// It may be seen no longer.
    Remove,
}

impl Act {
    /// All of them.
    pub const ALL: [Act; 5] = [Act::Report, Act::Hide, Act::Show, Act::Keep, Act::Remove];

    /// `report`, `hide`, `show`, `keep` or `remove`.
    pub fn name(self) -> &'static str {
        match self {
            Act::Report => "report",
            Act::Hide => "hide",
            Act::Show => "show",
            Act::Keep => "keep",
            Act::Remove => "remove",
        }
    }

    /// The one of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.name() == name)
    }
}

/// How thanks stand. Stored by number: add at the end, never reorder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    /// They wait for somebody to let them through.
    Held,
    /// They are seen.
    Shown,
    /// Whoever got them finds them wrong; nobody has decided yet.
    Reported,
    /// Somebody took them away.
    Removed,
}

impl Status {
    /// `held`, `shown`, `reported` or `removed`.
    pub fn name(self) -> &'static str {
        match self {
            Status::Held => "held",
            Status::Shown => "shown",
            Status::Reported => "reported",
            Status::Removed => "removed",
        }
    }

    /// Whether somebody has to decide.
    pub fn waits(self) -> bool {
        matches!(self, Status::Held | Status::Reported)
    }
}

/// Thanks with what became of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// As they were given.
    pub kudos: Kudos,
    /// When.
    pub at: Millis,
    /// Journal block.
    pub block: u64,
    /// How they stand.
    pub status: Status,
    /// Whether whoever got them does not want to see them.
    pub is_hidden: bool,
    /// Whether they were told; they are told once.
    pub is_told: bool,
}

impl Given {
    /// Thanks that were just given.
    pub fn new(kudos: Kudos, at: Millis, block: u64) -> Self {
        let status = if kudos.is_held { Status::Held } else { Status::Shown };
        Self { kudos, at, block, status, is_hidden: false, is_told: false }
    }

    /// Takes in what was said about them. What does not fit changes nothing: two may decide at the same time.
    pub fn apply(&mut self, act: Act) {
        match (act, self.status) {
            (Act::Hide, _) => self.is_hidden = true,
            (Act::Show, _) => self.is_hidden = false,
            (Act::Report, Status::Shown) => self.status = Status::Reported,
            (Act::Keep, _) => self.status = Status::Shown,
            (Act::Remove, _) => self.status = Status::Removed,
            (Act::Report, _) => {}
        }
    }

    /// Whether it is to be told now; it is the only time that this says so.
    pub fn tell(&mut self) -> bool {
        let is_due = self.status == Status::Shown && !self.is_told;
        self.is_told |= is_due;
        is_due
    }
}

/// Who has given how many in a month.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally(BTreeMap<Giver, BTreeMap<Id, BTreeSet<Id>>>);

impl Tally {
    /// How many somebody has given in a month.
    pub fn given(&self, from: &Giver, month: &str) -> usize {
        self.0.get(from).and_then(|months| months.get(month)).map_or(0, BTreeSet::len)
    }

    /// Whether it was given already, under the same id.
    pub fn has(&self, kudos: &Kudos) -> bool {
        let months = self.0.get(&kudos.from);
        months.is_some_and(|months| months.values().any(|ids| ids.contains(&kudos.id)))
    }

    /// Why it may not be given.
    pub fn refuses(&self, kudos: &Kudos) -> Option<String> {
        if kudos.from.is_agent(&kudos.to) {
            return Some(format!("{} thanks themselves", kudos.from));
        }
        let given = self.given(&kudos.from, &kudos.month);
        (given >= kudos.limit as usize).then(|| {
            format!("{given} kudos were given by this person in {}, and {} may be", kudos.month, kudos.limit)
        })
    }

    /// Counts one more.
    pub fn add(&mut self, kudos: &Kudos) {
        let months = self.0.entry(kudos.from.clone()).or_default();
        months.entry(kudos.month.clone()).or_default().insert(kudos.id.clone());
        while months.len() > MONTHS_KEPT {
            months.pop_first();
        }
    }
}

/// The id of thanks that are given at this time; the later ones sort first, so that lists begin with the newest.
pub fn id_at(at: Millis, chance: u32) -> Id {
    let back = (1_u64 << 48).saturating_sub(1).saturating_sub(at.max(0).unsigned_abs());
    format!("k{back:012x}{chance:08x}").into()
}

/// The time in an id of [`id_at`]; nothing for other texts.
pub fn time_of(id: &str) -> Option<Millis> {
    let digits = id.strip_prefix('k').filter(|rest| rest.len() == 20)?;
    if !digits.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b)) {
        return None;
    }
    let back = u64::from_str_radix(&digits[..12], 16).ok()?;
    Millis::try_from(((1_u64 << 48) - 1).checked_sub(back)?).ok()
}

/// The local month of an instant, such as `2026-03`.
pub fn month(zone: Tz, at: Millis) -> Id {
    let day = chrono::NaiveDate::from_epoch_days(local_day(zone, at)).unwrap_or_default();
    day.format("%Y-%m").to_string().into()
}

/// Why a text may not be sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadText {
    /// Nothing, or too much.
    #[error("`text` has {0} characters, and must have 1 to {KUDOS_CHARS_MAX}")]
    Length(usize),
    /// What no keyboard writes into a sentence.
    #[error("`text` holds the control character {0:?}; write it without, in one line")]
    Control(char),
}

/// Checks what somebody wrote themselves.
///
/// # Errors
/// See [`BadText`].
pub fn check_text(text: &str) -> Result<(), BadText> {
    let chars = text.chars().count();
    // What takes no place says nothing.
    let is_blank =
        |c: char| c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
    if text.chars().all(is_blank) || chars > KUDOS_CHARS_MAX {
        return Err(BadText::Length(chars));
    }
    // Marks that turn the direction of writing would let a sentence read otherwise than it was checked.
    let is_bad = |c: &char| {
        c.is_control()
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
    };
    text.chars().find(is_bad).map_or(Ok(()), |c| Err(BadText::Control(c)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Millis = 1_772_452_800_000;

    fn kudos(id: &str, from: &str, month: &str, limit: u32) -> Kudos {
        Kudos {
            id: id.into(),
            from: Giver::Agent(from.into()),
            to: "ato".into(),
            words: Some("help".into()),
            month: month.into(),
            limit,
            is_held: false,
        }
    }

    #[test]
    fn a_month_has_its_limit_and_the_next_one_begins_anew() {
        let mut tally = Tally::default();
        for id in ["k1", "k2"] {
            let one = kudos(id, "aana", "2026-03", 2);
            assert_eq!(tally.refuses(&one), None);
            tally.add(&one);
            assert!(tally.has(&one));
        }
        assert!(tally.refuses(&kudos("k3", "aana", "2026-03", 2)).is_some());
        assert_eq!(tally.refuses(&kudos("k3", "aben", "2026-03", 2)), None, "somebody else");
        assert_eq!(tally.refuses(&kudos("k3", "aana", "2026-04", 2)), None, "another month");
        assert_eq!(tally.refuses(&kudos("k3", "aana", "2026-03", 3)), None, "a limit that was raised");
        for (id, month) in [("k4", "2026-04"), ("k5", "2026-05")] {
            tally.add(&kudos(id, "aana", month, 2));
        }
        assert_eq!(tally.given(&Giver::Agent("aana".into()), "2026-03"), 0, "forgotten");
        assert!(tally.refuses(&kudos("k6", "ato", "2026-03", 2)).is_some(), "to oneself");
    }

    #[test]
    fn thanks_are_told_once_however_they_are_decided_on() {
        let mut held = Given::new(Kudos { is_held: true, ..kudos("k1", "aana", "2026-03", 2) }, NOON, 3);
        assert!(!held.tell() && held.status.waits());
        held.apply(Act::Report);
        assert_eq!(held.status, Status::Held, "nobody has seen it");
        held.apply(Act::Keep);
        assert!(held.tell() && !held.tell());
        for (act, status) in [
            (Act::Report, Status::Reported),
            (Act::Remove, Status::Removed),
            (Act::Report, Status::Removed),
            (Act::Keep, Status::Shown),
        ] {
            held.apply(act);
            assert_eq!(held.status, status);
            assert!(!held.tell(), "a second time");
        }
        held.apply(Act::Hide);
        assert!(held.is_hidden && held.status == Status::Shown);
        held.apply(Act::Show);
        assert!(!held.is_hidden);
    }

    #[test]
    fn later_ids_come_first_and_tell_their_time() {
        let (early, late) = (id_at(NOON, u32::MAX), id_at(NOON + 1, 0));
        assert!(late < early);
        assert_eq!((time_of(&early), time_of(&late)), (Some(NOON), Some(NOON + 1)));
        for other in
            ["", "k", "k12", "kzzzzzzzzzzzzzzzzzzzz", "x00000000000000000000", "k+0000000000000000000"]
        {
            assert_eq!(time_of(other), None, "{other}");
        }
    }

    #[test]
    fn a_month_is_the_givers_own() {
        let new_year = 1_767_225_600_000; // 2026-01-01T00:00:00Z
        assert_eq!(&*month(Tz::UTC, new_year), "2026-01");
        assert_eq!(&*month(Tz::America__Bogota, new_year), "2025-12");
        assert_eq!(&*month(Tz::Asia__Taipei, new_year - 1), "2026-01");
    }

    #[test]
    fn a_text_is_one_line_of_a_few_words() {
        assert_eq!(check_text("Ačiū, Rūta"), Ok(()));
        assert_eq!(check_text(&"好".repeat(KUDOS_CHARS_MAX)), Ok(()));
        assert_eq!(check_text(&"x".repeat(KUDOS_CHARS_MAX + 1)), Err(BadText::Length(KUDOS_CHARS_MAX + 1)));
        assert_eq!(check_text("  "), Err(BadText::Length(2)));
        assert_eq!(check_text("a\nb"), Err(BadText::Control('\n')));
        assert_eq!(check_text("a\u{202e}b"), Err(BadText::Control('\u{202e}')));
    }

    #[test]
    fn names_of_acts_are_read_back() {
        for act in Act::ALL {
            assert_eq!(Act::parse(act.name()), Some(act));
        }
        assert_eq!(Act::parse("praise"), None);
    }
}
