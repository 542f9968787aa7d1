//! Everything that a scenario came to, as text.

use std::fmt::Write;

use super::{Given, Play};
use crate::rule::Rule;
use crate::time::{Millis, Zone};
use crate::wit;

impl<R: Rule> Play<R> {
    /// All that the rule's effects came to, a line each: awards and praise as they stand, what was taken back, boards and
    /// tickets of the open period, what is within reach, draws, tries, timers, lines logged. Texts are named with their
    /// arguments, so that it needs no language; [`Play::transcript`] says them. Natively and as a component it is the
    /// same.
    ///
    /// For a snapshot: `insta::assert_snapshot!(play.snapshot())`, or plainly
    /// `assert_eq!(play.snapshot(), include_str!("a_day.txt"))`.
    ///
    /// ```
    /// # use plaudit_sdk::prelude::*;
    /// # struct Calls;
    /// # impl Rule for Calls {
    /// #     type Settings = ();
    /// #     type State = ();
    /// #     const NAME: &'static str = "calls";
    /// #     fn plan(_: &()) -> Plan { Plan::per_agent().metric("calls").board(Board::new("ranking").sum("calls", 1.0)) }
    /// #     fn on_event(_: &mut (), event: &Event, cx: &mut Context<()>) {
    /// #         cx.score(0, 0, event.metric(0).unwrap_or(0.0));
    /// #         cx.award(Award::points("call", "points", 5).per_entity().with("n", 1));
    /// #     }
    /// # }
    /// let mut play = plaudit_sdk::testing::Play::<Calls>::new("{}");
    /// play.agent("ana");
    /// play.at("2026-03-02 09:00").event("ana", &[("calls", 1.0)]);
    /// assert_eq!(
    ///     play.snapshot(),
    ///     "2026-03-02 09:00:00  ana  award call/e1  5 points  call(n=1)\n\
    ///      board ranking: 1. ana 1\n"
    /// );
    /// ```
    pub fn snapshot(&self) -> String {
        let mut all = String::new();
        let mut line = |text: String| {
            all.push_str(text.trim_end());
            all.push('\n');
        };
        let zone = Zone::new(&self.zones[0]);
        self.given().iter().for_each(|given| line(of_given(&zone, given)));
        self.book
            .taken_back()
            .iter()
            .for_each(|given| line(format!("taken back: {}", of_given(&zone, given))));
        for (index, board) in self.stage.plan.boards.iter().enumerate() {
            let rows = self.standings(index).into_iter().filter(|(_, _, value)| !value.is_nan());
            let rows: Vec<String> = rows.map(|(id, rank, value)| of_row(&id, rank, value)).collect();
            line(format!("board {}: {}", board.name, rows.join(", ")));
        }
        for (index, draw) in self.stage.plan.draws.iter().enumerate() {
            let holders = self.stage.ticket_holders(index as u32);
            let holders: Vec<String> = holders.iter().map(|(key, count)| format!("{key} {count}")).collect();
            line(format!("tickets of {}: {}", draw.name, holders.join(", ")));
        }
        for (key, progress) in &self.stage.progress {
            let wit::Progress { text, value, target, .. } = progress;
            line(format!("within reach of {key}: {value} of {target}  {}", of_text(text)));
        }
        self.stage.draws.iter().for_each(|draw| line(self.of_draw(draw)));
        self.stage.tries.iter().for_each(|(who, key)| line(format!("tried: {who} {key}")));
        for (key, at) in self.stage.timers() {
            line(format!("timer of {key}: {}", of_time(&zone, at)));
        }
        self.stage.logs.iter().for_each(|logged| line(format!("log: {logged}")));
        all
    }

    fn of_draw(&self, draw: &wit::DrawSpec) -> String {
        let name = self.stage.plan.draws.get(draw.draw as usize).map_or("?", |planned| planned.name.as_str());
        let prizes = draw.prizes.iter().map(|prize| {
            format!("{} × {} ({})", prize.winners, prize.award.name, of_reward(&prize.award.reward))
        });
        let excluded =
            draw.excluded.iter().map(|out| format!("without {} {}", out.entrant, of_text(&out.because)));
        let method = if draw.method == wit::DrawMethod::Equal { "equal" } else { "weighted" };
        format!("draw {name}, {method}: {}", prizes.chain(excluded).collect::<Vec<_>>().join(", "))
    }
}

/// A time as it stands on the wall of a zone.
pub(super) fn of_time(zone: &Zone<'_>, at: Millis) -> String {
    let minute = zone.clock(at).0;
    format!(
        "{} {:02}:{:02}:{:02}",
        zone.day(at),
        minute / 60,
        minute % 60,
        at.div_euclid(1000).rem_euclid(60)
    )
}

fn of_given(zone: &Zone<'_>, given: &Given) -> String {
    let Given { at, to, name, key, text, reward, team: _ } = given;
    let what = reward.as_ref().map_or_else(String::new, |reward| format!("  {}", of_reward(reward)));
    let kind = if reward.is_some() { "award" } else { "praise" };
    format!("{}  {to}  {kind} {name}/{key}{what}  {}", of_time(zone, *at), of_text(text))
}

pub(super) fn of_reward(reward: &wit::Reward) -> String {
    match reward {
        wit::Reward::Points(amount) => format!("{} {}", amount.units, amount.currency),
        wit::Reward::Badge(badge) => format!("badge {} {}", badge.name, badge.level),
        wit::Reward::Prize(thing) => thing.clone(),
    }
}

fn of_row(id: &str, rank: u32, value: f64) -> String {
    if rank == 0 { format!("– {id} {value}") } else { format!("{rank}. {id} {value}") }
}

fn of_text(text: &wit::Text) -> String {
    let mut said = text.message.clone();
    for (index, wit::Argument { name, value }) in text.arguments.iter().enumerate() {
        said.push_str(if index == 0 { "(" } else { ", " });
        // Writing to a string can't fail.
        let _ = match value {
            wit::Value::Number(number) => write!(said, "{name}={number}"),
            wit::Value::Text(word) => write!(said, "{name}={word:?}"),
            wit::Value::Agent(id) => write!(said, "{name}=agent {id}"),
            wit::Value::Team(id) => write!(said, "{name}=team {id}"),
            wit::Value::Day(day) => write!(said, "{name}={}", crate::time::LocalDay(*day)),
        };
    }
    if !text.arguments.is_empty() {
        said.push(')');
    }
    said
}
