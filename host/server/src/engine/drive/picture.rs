//! What a house has come to, piece by piece: to be compared with another one, and shown where they differ.

use std::collections::BTreeMap;

use plaudit_core::{
    award::{Content, EffectKind, Standing, Status},
    hash::{digest, hex},
    rule::Decided,
};
use plaudit_store::family::{self, concluded::read_concluded};

use super::{Drive, DriveError};

/// What is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// Everything that follows from the same journal.
    Whole,
    /// What follows from the same set of events, however posted: without praise, since what was said depends on what was
    /// known when, without awards of a quota that goes to who comes first at once, and without what was drawn: a draw is held once,
    /// over the tickets as they stand then.
    Settled,
}

/// Pieces by what they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picture(BTreeMap<String, String>);

impl Picture {
    /// Where two differ, in words: what is only here, only there, or another one.
    pub fn differences(&self, other: &Self) -> Vec<String> {
        let mut found = Vec::new();
        for (what, here) in &self.0 {
            match other.0.get(what) {
                Some(there) if there == here => {}
                Some(there) => found.push(format!("{what}: {here}, and {there}")),
                None => found.push(format!("{what}: {here}, and nothing")),
            }
        }
        let only_there = other.0.iter().filter(|(what, _)| !self.0.contains_key(*what));
        found.extend(only_there.map(|(what, there)| format!("{what}: nothing, and {there}")));
        found
    }

    /// How many pieces there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Drive {
    /// What has come of everything so far.
    ///
    /// # Errors
    /// Never with a store in memory.
    pub fn picture(&self, taken: Taken) -> Result<Picture, DriveError> {
        let mut pieces = BTreeMap::new();
        let (quotas, draws) = (&self.setup.plan.quotas, &self.setup.plan.draws);
        for row in self.standing()? {
            let is_praise = row.id.kind == EffectKind::Praise;
            let is_first_come =
                quotas.iter().any(|quota| quota.award == *row.id.name && quota.decided == Decided::AtOnce);
            let is_drawn = draws.iter().any(|draw| {
                row.id.key.strip_prefix(draw.name.as_str()).is_some_and(|rest| rest.starts_with('/'))
            });
            let depends_on_arrival = is_praise || is_first_come || is_drawn;
            if row.status == Status::Reversed || (taken == Taken::Settled && depends_on_arrival) {
                continue;
            }
            pieces.insert(name(&row), words(&row));
        }
        let Some(task) = &self.task else { return Ok(Picture(pieces)) };
        for (id, key) in &task.keys {
            let state = digest("state", &(key.state(), key.wake_at()));
            pieces.insert(format!("state of {id}"), short(&state));
            let spans = key.spans.iter().filter(|span| !span.is_silent());
            for span in spans {
                let sums = digest("sums", &span.sums);
                pieces.insert(format!("scores and tickets of {id} from {}", span.start), short(&sums));
            }
        }
        let incentive = &task.incentive.id;
        let mut next = task.calendar.period_at(task.incentive.start);
        while let Some(period) = next.filter(|period| period.start <= task.at) {
            if let Some(concluded) = read_concluded(&*self.store, incentive, period.start)? {
                for (board, rows) in &concluded.boards {
                    for row in rows {
                        let what = format!("board {board} of {}, {}", period.id, row.subject);
                        pieces.insert(what, format!("rank {} with {}", row.rank, row.value));
                    }
                }
                let shared = digest("shared", &concluded.shared);
                pieces.insert(format!("shared state of {}", period.id), short(&shared));
            }
            next = task.calendar.next_after(&period);
        }
        Ok(Picture(pieces))
    }

    /// Everything that was settled, as it stands.
    pub(super) fn standing(&self) -> Result<Vec<Standing>, DriveError> {
        let mut prefix = self.setup.incentive.id.as_bytes().to_vec();
        prefix.push(0);
        let rows = family::scan_prefix::<family::standing::Standing>(&*self.store, &prefix, usize::MAX)?;
        Ok(rows.into_iter().map(|(_, row)| row).collect())
    }
}

fn short(digest: &[u8; 32]) -> String {
    hex(digest).chars().take(8).collect()
}

fn name(row: &Standing) -> String {
    let id = &row.id;
    let kind = match id.kind {
        EffectKind::Award => "award",
        EffectKind::Praise => "praise",
    };
    let period = id.period.as_deref().unwrap_or("ever");
    format!("{kind} `{}` to {} in {period}, key {:?}", id.name, id.subject, id.key)
}

fn words(row: &Standing) -> String {
    let status = match &row.status {
        Status::Granted => "granted",
        Status::Withheld(why) => why.word(),
        Status::Reversed => "reversed",
        Status::Proposed => "proposed",
    };
    let content = match &row.content {
        Content::Award { reward, because } => format!("{reward:?} because {}", text(because)),
        Content::Praise { tone, text: said } => format!("{tone:?} {}", text(said)),
    };
    let at = chrono::DateTime::from_timestamp_millis(row.time);
    format!("{status} at {}, {content}", at.map_or_else(|| row.time.to_string(), |at| at.to_rfc3339()))
}

fn text(text: &plaudit_core::rule::Text) -> String {
    let arguments: Vec<String> =
        text.arguments.iter().map(|(name, value)| format!("{name}={value:?}")).collect();
    format!("{}({})", text.message, arguments.join(", "))
}
