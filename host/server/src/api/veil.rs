//! What people see of each other on boards and in draws: as the incentive's anonymity says, for everybody who does not
//! see the whole house.

use std::{collections::BTreeSet, sync::Arc};

use plaudit_core::{
    Id, Millis,
    access::Reach,
    event::{Subject, SubjectKind},
    roster::Roster,
};
use plaudit_store::{
    Store, StoreError, family,
    family::{
        anonymity::{Anonymities, Anonymity},
        appearance::{Appearance, Appearances},
    },
};

use super::{
    AppState,
    views::{BoardView, DrawView, RowView},
};

/// Rows above and below one's own that are neighbours.
const NEIGHBOURS: usize = 2;
/// Begins the id of somebody who is not named: no agent's id does.
const HIDDEN: &str = "hidden-";

/// The anonymity of an incentive; names, where nothing was said.
///
/// # Errors
/// The store fails.
pub fn anonymity(store: &dyn Store, incentive: &str) -> Result<Anonymity, StoreError> {
    Ok(family::get::<Anonymities>(store, &incentive.to_owned())?.unwrap_or_default())
}

/// Opaque ids of those who want to be shown by their initials.
///
/// # Errors
/// The store fails.
pub fn reserved(store: &dyn Store) -> Result<BTreeSet<Id>, StoreError> {
    let all = family::scan::<Appearances>(store, None, usize::MAX)?;
    let reserved = all.into_iter().filter(|(_, appearance)| *appearance == Appearance::Initials);
    Ok(reserved.map(|(agent, _)| agent.into()).collect())
}

/// What lies between a reader and other people.
#[derive(Clone, Debug)]
pub struct Veil {
    anonymity: Anonymity,
    /// Who is shown by initials in any case.
    reserved: BTreeSet<Id>,
    reach: Reach,
    roster: Arc<Roster>,
    at: Millis,
}

impl Veil {
    /// For a reader with this reach; `None` where everything is shown.
    ///
    /// # Errors
    /// The store fails.
    pub fn of(state: &AppState, reach: &Reach, incentive: &Id) -> Result<Option<Self>, StoreError> {
        if reach.is_everything() {
            return Ok(None);
        }
        let anonymity = anonymity(&*state.store, incentive)?;
        let reserved = reserved(&*state.store)?;
        let (roster, at) = (state.journal.house().roster, state.clock.now());
        let hides = anonymity != Anonymity::Names || !reserved.is_empty();
        Ok(hides.then(|| Self { anonymity, reserved, reach: reach.clone(), roster, at }))
    }

    /// Whether it is the reader, or somebody the reader is there for.
    fn is_own(&self, subject: &Subject) -> bool {
        self.reach.covers_subject(&self.roster, subject, self.at)
    }

    /// Takes away what is not to be seen. Names have to be in the rows already.
    pub fn board(&self, board: &mut BoardView, name: impl Fn(&Subject) -> Option<String>) {
        let own: Vec<usize> =
            (0..board.rows.len()).filter(|at| self.is_own(&board.rows[*at].subject)).collect();
        let is_near = |at: usize| own.iter().any(|own| own.abs_diff(at) <= NEIGHBOURS);
        let rows = std::mem::take(&mut board.rows).into_iter().enumerate();
        board.rows = rows
            .filter(|(at, _)| match self.anonymity {
                Anonymity::Names | Anonymity::Initials => true,
                Anonymity::Neighbours => is_near(*at),
                Anonymity::Mine => own.contains(at),
            })
            .map(|(at, row)| if own.contains(&at) { row } else { self.hidden(at, row, &name) })
            .collect();
    }

    /// Whether somebody else is shown by their initials only.
    fn is_reserved(&self, subject: &Subject) -> bool {
        subject.kind == SubjectKind::Agent
            && (self.anonymity == Anonymity::Initials || self.reserved.contains(&subject.id))
    }

    fn hidden(&self, at: usize, row: RowView, name: impl Fn(&Subject) -> Option<String>) -> RowView {
        if !self.is_reserved(&row.subject) {
            return row;
        }
        let known = row.name.clone().or_else(|| name(&row.subject));
        RowView {
            name: Some(initials(known.as_deref().unwrap_or_default())),
            subject: Subject::agent(format!("{HIDDEN}{at}")),
            ..row
        }
    }

    /// Takes away winners that are not to be seen.
    pub fn draw(&self, draw: &mut DrawView, name: impl Fn(&Subject) -> Option<String>) {
        if matches!(self.anonymity, Anonymity::Neighbours | Anonymity::Mine) {
            draw.winners.retain(|winner| self.is_own(&winner.subject));
            return;
        }
        for (at, winner) in draw.winners.iter_mut().enumerate() {
            if self.is_reserved(&winner.subject) && !self.is_own(&winner.subject) {
                let known = winner.name.clone().or_else(|| name(&winner.subject));
                winner.name = Some(initials(known.as_deref().unwrap_or_default()));
                winner.subject = Subject::agent(format!("{HIDDEN}{at}"));
            }
        }
    }
}

/// "Rūta Kazlauskienė" is R. K., "李娜" is 李.
pub fn initials(name: &str) -> String {
    let firsts = name.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    let firsts: Vec<char> = firsts.take(3).collect();
    match firsts[..] {
        [] => "…".to_owned(),
        // Written without a space, the given name would stay whole.
        [one] => format!("{one}."),
        _ => firsts.iter().map(|c| format!("{c}.")).collect::<Vec<_>>().join(" "),
    }
}

#[cfg(test)]
mod tests {
    use plaudit_core::roster::{Agent, RosterChange, Site, Stint, Team};

    use super::*;
    use crate::api::views::PeriodState;

    fn veil(anonymity: Anonymity, reach: Reach) -> Veil {
        let mut roster = Roster::default();
        roster.apply(&RosterChange::Site(Site {
            id: "s".into(),
            zone: chrono_tz::Tz::UTC,
            holidays: vec![],
        }));
        roster.apply(&RosterChange::Team(Team { id: "t".into(), site: "s".into(), queues: vec![] }));
        let stint = Stint { from: 0, team: Some("t".into()), share: 1.0, workdays: 1 };
        let agent = Agent { id: "me".into(), hired_day: None, zone: None, stints: vec![stint] };
        roster.apply(&RosterChange::Agent(agent));
        Veil { anonymity, reserved: BTreeSet::new(), reach, roster: Arc::new(roster), at: 1 }
    }

    fn board(subjects: &[&str]) -> BoardView {
        let row = |(at, id): (usize, &&str)| RowView {
            rank: u32::try_from(at).unwrap() + 1,
            subject: Subject::agent(*id),
            name: Some(format!("Name {id}")),
            qualified: true,
            value: None,
            columns: vec![],
        };
        BoardView {
            incentive: "sprint".into(),
            board: "main".into(),
            period: "p".into(),
            start: 0,
            end: 1,
            state: PeriodState::Open,
            block: 1,
            columns: vec![],
            rows: subjects.iter().enumerate().map(row).collect(),
        }
    }

    fn seen(veil: &Veil, subjects: &[&str]) -> Vec<(u32, String, String)> {
        let mut board = board(subjects);
        veil.board(&mut board, |_| None);
        let row = |row: RowView| (row.rank, row.name.unwrap(), row.subject.id.to_string());
        board.rows.into_iter().map(row).collect()
    }

    #[test]
    fn each_anonymity_shows_what_it_says() {
        let own = || Reach::own("me".into());
        let all = ["a", "b", "c", "me", "d"];
        let ranks = |anonymity| -> Vec<u32> {
            seen(&veil(anonymity, own()), &all).into_iter().map(|(rank, ..)| rank).collect()
        };
        assert_eq!(ranks(Anonymity::Names), [1, 2, 3, 4, 5]);
        assert_eq!(ranks(Anonymity::Initials), [1, 2, 3, 4, 5]);
        assert_eq!(ranks(Anonymity::Neighbours), [2, 3, 4, 5]);
        assert_eq!(ranks(Anonymity::Mine), [4]);
        let rows = seen(&veil(Anonymity::Initials, own()), &all);
        assert_eq!(rows[0], (1, "N. a.".into(), "hidden-0".into()));
        assert_eq!(rows[3], (4, "Name me".into(), "me".into()));
        assert!(seen(&veil(Anonymity::Neighbours, own()), &["a", "b"]).is_empty(), "no row, no neighbours");
    }

    #[test]
    fn who_wants_to_be_reserved_is_so_wherever_they_would_be_named() {
        for anonymity in [Anonymity::Names, Anonymity::Neighbours] {
            let veil = Veil {
                reserved: ["a".into(), "me".into()].into(),
                ..veil(anonymity, Reach::own("me".into()))
            };
            let rows = seen(&veil, &["a", "me", "b"]);
            assert_eq!(rows[0].1, "N. a.", "{anonymity:?}");
            assert_eq!(rows[1].1, "Name me", "{anonymity:?}: oneself");
            assert_eq!(rows[2].1, "Name b", "{anonymity:?}");
        }
        let leader = Reach::places([].into(), ["t".into()].into());
        let veil = Veil { reserved: ["me".into()].into(), ..veil(Anonymity::Names, leader) };
        assert_eq!(seen(&veil, &["a", "me"])[1].1, "Name me", "their leader");
    }

    #[test]
    fn a_leader_sees_their_people_by_name() {
        let reach = Reach::places([].into(), ["t".into()].into());
        let rows = seen(&veil(Anonymity::Initials, reach.clone()), &["a", "me"]);
        assert_eq!(rows[1].1, "Name me");
        assert_eq!(rows[0].1, "N. a.");
        assert_eq!(seen(&veil(Anonymity::Mine, reach), &["a", "me"]).len(), 1);
    }

    #[test]
    fn initials_say_no_more() {
        for (name, wanted) in [
            ("Rūta Kazlauskienė", "R. K."),
            ("李娜", "李."),
            ("Ana María de la Cruz", "A. M. d."),
            ("", "…"),
            ("  ", "…"),
        ] {
            assert_eq!(initials(name), wanted, "{name}");
        }
    }
}
