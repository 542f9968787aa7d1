//! From what the engine knows to words in a language.

use chrono::{TimeZone, Timelike};
use fluent_bundle::FluentValue;
use plaudit_core::{
    DAY_MS, Millis,
    award::{Content, EffectId, EffectKind, Standing, Status},
    event::{Subject, SubjectKind},
    reason::{Lacks, NotCounted},
    rule::{Reward, Text},
};
use serde_json::Value;

use super::{answer, document as doc};
use crate::{
    api::{
        explained::{self, Explained, Kept, MomentKind, Outcome},
        views::{DrawState, PeriodState},
    },
    texts::{Locale, Texts, messages},
};

/// Puts an explanation into words.
pub(super) struct Words<'a> {
    pub(super) texts: &'a Texts,
    pub(super) locale: Locale,
    pub(super) explained: &'a Explained,
}

impl Words<'_> {
    /// All of it.
    pub(super) fn explanation(&self, rule: Option<String>, schema: Option<&Value>) -> doc::Explanation {
        let e = self.explained;
        let (mut counted, mut not_counted) = (Vec::new(), Vec::new());
        for fact in &e.facts {
            let shown = self.fact(fact);
            match &fact.outcome {
                Outcome::Counted(did) => {
                    counted.push(doc::Counted { fact: shown, did: did.as_ref().map(|did| self.did(did)) });
                }
                Outcome::Not(why) => not_counted.push(doc::NotCountedFact {
                    fact: shown,
                    why: why.clone(),
                    text: self.reason(why),
                }),
            }
        }
        doc::Explanation {
            lang: self.locale.tag().to_owned(),
            answer: answer::sentences(self),
            won: e
                .awards
                .iter()
                .any(|row| row.status == Status::Granted && matches!(row.content, Content::Award { .. })),
            agent: doc::Person { id: e.agent.clone(), name: self.name(&Subject::agent(e.agent.clone())) },
            team: e.team.as_ref().map(|id| doc::Person { id: id.clone(), name: self.texts.names().team(id) }),
            incentive: self.about(rule, schema),
            period: self.when(),
            counted,
            not_counted,
            totals: self.totals(),
            next: e.next,
            moments: e.moments.iter().map(|moment| self.moment(moment)).collect(),
            boards: e.boards.iter().map(|place| self.board(place)).collect(),
            awards: e.awards.iter().map(|row| self.award(row)).collect(),
            progress: e.progress.as_ref().map(|p| doc::Reach {
                text: self.rule_text(&p.text),
                value: p.value,
                target: p.target,
            }),
            draws: e.draws.iter().map(|lot| self.draw(lot)).collect(),
            kept: match e.kept {
                Kept::Whole => "whole",
                Kept::Final => "final",
                Kept::TooMany => "too-many",
                Kept::Failed => "failed",
            }
            .to_owned(),
            kept_text: match e.kept {
                Kept::Whole => (e.agrees == Some(false)).then(|| self.t("disagrees")),
                Kept::Final => Some(self.t("kept-final")),
                Kept::TooMany => Some(self.t("kept-too-many")),
                Kept::Failed => Some(self.t("kept-failed")),
            },
            agrees: e.agrees,
        }
    }

    /// A text `explain-<id>`.
    pub(super) fn t(&self, id: &str) -> String {
        self.with(id, &[])
    }

    /// The same with arguments.
    pub(super) fn with(&self, id: &str, arguments: &[(&str, FluentValue<'_>)]) -> String {
        self.texts.own(self.locale, &format!("explain-{id}"), arguments)
    }

    /// The same, counting `$n`.
    pub(super) fn n(&self, id: &str, n: u64) -> String {
        self.with(id, &[("n", self.count(n))])
    }

    pub(super) fn count(&self, n: u64) -> FluentValue<'static> {
        self.texts.count(self.locale, i64::try_from(n).unwrap_or(i64::MAX))
    }

    /// Of the pages: they have said it already.
    fn page(&self, id: &str) -> String {
        self.texts.own(self.locale, &format!("page-{id}"), &[])
    }

    pub(super) fn rule_text(&self, text: &Text) -> String {
        let incentive = &self.explained.incentive;
        self.texts.text(self.locale, &incentive.id, &incentive.plugin, text)
    }

    pub(super) fn rewards(&self, rewards: &[Reward]) -> String {
        let incentive = &self.explained.incentive;
        let one = |reward| self.texts.reward(self.locale, &incentive.id, &incentive.plugin, reward);
        rewards.iter().map(one).collect::<Vec<_>>().join(" + ")
    }

    fn name(&self, subject: &Subject) -> String {
        match subject.kind {
            SubjectKind::Agent => self.texts.agent(self.locale, &subject.id),
            SubjectKind::Team => self.texts.names().team(&subject.id),
            SubjectKind::Queue => subject.id.to_string(),
        }
    }

    fn period(&self, id: &str) -> String {
        self.texts.period(self.locale, id).unwrap_or_else(|| self.page("whole-time"))
    }

    /// A time on the agent's wall clock; with its day if the period has several, or if it is none of its day.
    fn local(&self, at: Millis) -> String {
        let period = &self.explained.period;
        let is_inside = (period.start..period.end).contains(&at);
        let with_day = !is_inside || period.end - period.start > DAY_MS + DAY_MS / 12;
        let Some(local) = self.explained.zone.timestamp_millis_opt(at).single() else {
            return at.to_string();
        };
        let clock = format!("{:02}:{:02}:{:02}", local.hour(), local.minute(), local.second());
        if !with_day {
            return clock;
        }
        let day = self.locale.day(local.date_naive().to_epoch_days());
        format!("{day}, {}", &clock[..5])
    }

    fn exact(&self, at: Millis) -> String {
        let Some(local) = self.explained.zone.timestamp_millis_opt(at).single() else {
            return at.to_string();
        };
        let day = self.locale.day(local.date_naive().to_epoch_days());
        format!("{day}, {:02}:{:02}", local.hour(), local.minute())
    }

    fn about(&self, rule: Option<String>, schema: Option<&Value>) -> doc::About {
        let e = self.explained;
        let metric = |metric: &plaudit_core::metric::MetricDefinition| doc::Metric {
            title: self.texts.metric(self.locale, &metric.name),
            name: metric.name.clone(),
            unit: metric.unit.clone(),
            version: metric.version,
        };
        doc::About {
            id: e.incentive.id.clone(),
            title: e.incentive.title.clone(),
            rule,
            digest: e.incentive.plugin.clone(),
            settings: self.texts.settings(self.locale, &e.incentive, schema),
            metrics: e.metrics.iter().map(metric).collect(),
        }
    }

    fn when(&self) -> doc::When {
        let e = self.explained;
        doc::When {
            id: e.period.id.clone(),
            title: self.period(&e.period.id),
            start: e.period.start,
            end: e.period.end,
            bounds: format!("{} – {}", self.exact(e.period.start), self.exact(e.period.end)),
            zone: e.zone.name().to_owned(),
            state: e.state,
            state_text: self.page(match e.state {
                PeriodState::Open => "period-open",
                PeriodState::Closed => "period-closed",
                PeriodState::Final => "period-final",
            }),
            watermark: e.watermark,
            watermark_text: self.exact(e.watermark),
            block: e.block,
        }
    }

    fn fact(&self, fact: &explained::Fact) -> doc::Fact {
        let measure = |(index, value, weight): &(usize, f64, f64)| {
            let metric = self.explained.metrics.get(*index)?;
            let title = self.texts.metric(self.locale, &metric.name);
            let text = if metric.per.is_some() && (*weight - 1.0).abs() > f64::EPSILON {
                let (value, weight) = (self.number(*value), self.number(*weight));
                format!("{title} {value} ÷ {weight}")
            } else {
                format!("{title} {}", self.locale.figure(*value, &metric.unit))
            };
            Some(doc::Measured { metric: metric.name.clone(), value: *value, weight: *weight, text })
        };
        doc::Fact {
            block: fact.position.block,
            index: fact.position.index,
            time: fact.time,
            local: self.local(fact.time),
            source: fact.source.clone(),
            name: fact.name.clone(),
            id: fact.id.clone(),
            kind: fact.kind.clone(),
            revision: fact.revision,
            measures: fact.measures.iter().filter_map(measure).collect(),
        }
    }

    pub(super) fn number(&self, value: f64) -> String {
        self.locale.number(value, 0, 2, true)
    }

    fn whole(&self, count: u64) -> String {
        #[expect(clippy::cast_precision_loss, reason = "beyond 2^53 a shown number may be rounded")]
        self.locale.number(count as f64, 0, 0, true)
    }

    fn did(&self, did: &explained::Did) -> doc::Did {
        let plan = &self.explained.plan;
        let mut words = Vec::new();
        let mut scores = Vec::new();
        for (board, column, value, weight) in &did.scores {
            let Some(spec) = plan.boards.get(*board) else { continue };
            let Some(column) = spec.columns.get(*column) else { continue };
            let what: FluentValue<'_> = self.texts.metric(self.locale, &column.name).into();
            let sign = if *value < 0.0 { "" } else { "+" };
            let value_text: FluentValue<'_> = format!("{sign}{}", self.number(*value)).into();
            if *value != 0.0 || did.scores.len() == 1 {
                words.push(if (*weight - 1.0).abs() < f64::EPSILON {
                    self.with("did-score", &[("value", value_text), ("what", what)])
                } else {
                    let weight = self.number(*weight).into();
                    self.with("did-ratio", &[("value", value_text), ("weight", weight), ("what", what)])
                });
            }
            let (board, column) = (spec.name.as_str().into(), column.name.as_str().into());
            scores.push(doc::Score { board, column, value: *value, weight: *weight });
        }
        let ticket = |(draw, count): &(usize, u64)| {
            let draw = plan.draws.get(*draw)?.name.as_str().into();
            Some(doc::Tickets { draw, count: *count })
        };
        let tickets: Vec<doc::Tickets> = did.tickets.iter().filter_map(ticket).collect();
        words.extend(tickets.iter().map(|t| self.n("did-tickets", t.count)));
        words.extend(did.effects.iter().map(|effect| self.effect(effect)));
        let tries: Vec<doc::Try> = did.tries.iter().map(|luck| self.luck(luck, &mut words)).collect();
        let progress = did.progress.as_ref().map(|p| self.rule_text(&p.text));
        if words.is_empty() {
            words.push(match (&progress, did.changed) {
                (Some(progress), _) => progress.clone(),
                (None, Some(false)) => self.t("did-nothing"),
                (None, _) => self.t("did-remembered"),
            });
        }
        doc::Did {
            scores,
            tickets,
            effects: did.effects.iter().map(EffectId::digest).collect(),
            tries,
            progress,
            changed: did.changed,
            text: words.join(" · "),
        }
    }

    /// A try for an instant win, and what came of it.
    fn luck(&self, luck: &explained::Luck, words: &mut Vec<String>) -> doc::Try {
        let has_won = self.explained.awards.iter().any(|row| row.id == luck.award);
        let odds = [("wins", self.whole(luck.wins.into()).into()), ("of", self.whole(luck.of.into()).into())];
        words.push(self.with(if has_won { "did-try-won" } else { "did-try-lost" }, &odds));
        words.extend(has_won.then(|| self.effect(&luck.award)));
        doc::Try { wins: luck.wins, of: luck.of, award: has_won.then(|| luck.award.digest()) }
    }

    fn effect(&self, effect: &EffectId) -> String {
        if effect.kind == EffectKind::Praise {
            return self.t("did-praise");
        }
        let row = self.explained.awards.iter().find(|row| row.id == *effect);
        let what = row.and_then(|row| match &row.content {
            Content::Award { reward, .. } => Some(self.rewards(std::slice::from_ref(reward))),
            Content::Praise { .. } => None,
        });
        let what = what.unwrap_or_else(|| effect.name.replace('-', " "));
        self.with("did-award", &[("what", what.into())])
    }

    fn moment(&self, moment: &explained::Moment) -> doc::Moment {
        let what = self.t(match moment.kind {
            MomentKind::Joined => "moment-joined",
            MomentKind::Left => "moment-left",
            MomentKind::Timer => "moment-timer",
        });
        let did = self.did(&moment.did);
        let text = if moment.did.is_nothing() { what } else { format!("{what} · {}", did.text) };
        doc::Moment { time: moment.at, local: self.local(moment.at), text, did }
    }

    /// Why a fact did not count, in words.
    pub(super) fn reason(&self, why: &NotCounted) -> String {
        let metric = |name: &str| -> FluentValue<'static> { self.texts.metric(self.locale, name).into() };
        let when = |at: Millis| -> (&str, FluentValue<'static>) { ("when", self.exact(at).into()) };
        match why {
            NotCounted::Filter { metric: Some(name), lacks: Lacks::Filter } => {
                self.with("not-filter-filter", &[("metric", metric(name))])
            }
            NotCounted::Filter { metric: Some(name), lacks: Lacks::Field } => {
                self.with("not-filter-field", &[("metric", metric(name))])
            }
            NotCounted::Filter { .. } => self.t("not-filter-type"),
            NotCounted::Absent { metric: name, error } => {
                self.with("not-absent", &[("metric", metric(name)), ("error", error.clone().into())])
            }
            NotCounted::OutsideWindow => self.t("not-outside-window"),
            NotCounted::OtherPeriod { period } => {
                self.with("not-other-period", &[("period", self.period(period).into())])
            }
            NotCounted::NotInAudience => self.t("not-not-in-audience"),
            NotCounted::Superseded { received, is_of_another: true, .. } => {
                self.with("not-superseded-another", &[when(*received)])
            }
            NotCounted::Superseded { received, moved_to: Some(to), .. } => {
                self.with("not-superseded-moved", &[when(*received), ("to", self.exact(*to).into())])
            }
            NotCounted::Superseded { received, .. } => self.with("not-superseded", &[when(*received)]),
            NotCounted::Stale => self.t("not-stale"),
            NotCounted::Retracted { received: Some(received) } => {
                self.with("not-retracted", &[when(*received)])
            }
            NotCounted::Retracted { received: None } => self.t("not-retracted-alone"),
            NotCounted::LeftOut { actor, at } => {
                self.with("not-left-out", &[("actor", actor.to_string().into()), when(*at)])
            }
            NotCounted::Late { received } => self.with("not-late", &[when(*received)]),
            NotCounted::Guard(guard) => self.missed(guard),
            NotCounted::Cap { value, target } => {
                let numbers =
                    [("value", self.number(*value).into()), ("target", self.number(*target).into())];
                self.with("not-cap", &numbers)
            }
            NotCounted::UnknownAgent => self.t("not-unknown-agent"),
            NotCounted::NoKey => self.t("not-no-key"),
        }
    }

    /// A condition that is missed, in a sentence.
    pub(super) fn missed(&self, guard: &plaudit_core::reason::MissedGuard) -> String {
        let unit = self.unit(&guard.column);
        let is_low = guard.at_least.is_some_and(|least| guard.value.is_none_or(|value| value < least));
        let (id, bound) = match (is_low, guard.at_least, guard.at_most) {
            (true, Some(least), _) | (false, Some(least), None) => ("least", least),
            (_, _, Some(most)) => ("most", most),
            _ => ("least", 0.0),
        };
        let what = ("what", self.texts.metric(self.locale, &guard.column).into());
        let bound = ("bound", self.locale.figure(bound, &unit).into());
        match guard.value {
            Some(value) => self.with(id, &[what, bound, ("now", self.locale.figure(value, &unit).into())]),
            None => self.with(&format!("{id}-none"), &[what, bound]),
        }
    }

    /// The unit of a column: that of the metric it is made of.
    fn unit(&self, column: &str) -> String {
        let base = column.strip_suffix("-average").or(column.strip_suffix("-total")).unwrap_or(column);
        let metric = self.explained.metrics.iter().find(|m| *m.name == *base);
        metric.map(|m| m.unit.clone()).unwrap_or_default()
    }

    fn totals(&self) -> doc::Totals {
        let totals = &self.explained.totals;
        let not: u64 = totals.not_counted.values().sum();
        doc::Totals {
            counted: totals.counted,
            not_counted: totals.not_counted.iter().map(|(code, n)| ((*code).to_owned(), *n)).collect(),
            other_types: totals.other_types,
            counted_text: match totals.counted {
                0 => self.t("nothing-counted"),
                n => self.n("n-counted", n),
            },
            not_counted_text: match (totals.counted, not) {
                (0, 0) => String::new(),
                (_, 0) => self.t("all-counted"),
                (_, n) => self.n("n-not", n),
            },
            other_types_text: (totals.other_types > 0).then(|| self.n("n-other", totals.other_types)),
        }
    }

    fn board(&self, place: &explained::Place) -> doc::Board {
        let spec = &place.spec;
        let row = place.row.as_ref();
        let rank = row.map_or(0, |row| row.rank);
        let numbers = [("rank", self.count(rank.into())), ("ranked", self.count(place.ranked as u64))];
        let column = |(index, column): (usize, &plaudit_core::rule::ColumnSpec)| {
            let value = row.and_then(|row| row.columns.get(index).copied().flatten());
            doc::Column {
                name: column.name.as_str().into(),
                title: self.texts.metric(self.locale, &column.name),
                value,
                text: self.figure(value, &column.name),
            }
        };
        let tie = |tie: &plaudit_core::rule::Tie| {
            let column = spec.columns.get(tie.column as usize)?;
            Some(self.texts.metric(self.locale, &column.name))
        };
        let value = row.and_then(|row| row.value);
        doc::Board {
            board: spec.name.as_str().into(),
            subject: place.subject.to_string(),
            title: match place.subject.kind {
                SubjectKind::Team => self.with("stand-team", &[("team", self.name(&place.subject).into())]),
                SubjectKind::Agent | SubjectKind::Queue => self.t("stand"),
            },
            place: if rank == 0 { self.t("unranked") } else { self.with("place-of", &numbers) },
            rank,
            ranked: place.ranked,
            rows: place.rows,
            value,
            value_title: self.value_title(spec),
            value_text: value.map_or_else(|| "–".to_owned(), |v| self.number(v)),
            columns: spec.columns.iter().enumerate().map(column).collect(),
            guards: place.guards.iter().map(|(guard, met)| self.guard(guard, *met)).collect(),
            ties: spec.ties.iter().filter_map(tie).collect(),
            next: place.next.as_ref().map(|next| doc::Next {
                rank: next.rank,
                value: next.value,
                missing: next.missing,
                rewards: next.rewards.clone(),
                text: self.next(next),
            }),
        }
    }

    /// What the ranked value is: `contacts ÷ hours worked`.
    fn value_title(&self, spec: &plaudit_core::rule::BoardSpec) -> String {
        let name =
            |index: u32| spec.columns.get(index as usize).map(|c| self.texts.metric(self.locale, &c.name));
        let term = |term: &plaudit_core::rule::Term| {
            let name = name(term.column)?;
            let is_plain = (term.factor - 1.0).abs() < f64::EPSILON;
            Some(if is_plain { name } else { format!("{} × {name}", self.number(term.factor)) })
        };
        let sum = spec.value.iter().filter_map(term).collect::<Vec<_>>().join(" + ");
        match spec.per.and_then(name) {
            Some(per) if spec.value.len() > 1 => format!("({sum}) ÷ {per}"),
            Some(per) => format!("{sum} ÷ {per}"),
            None => sum,
        }
    }

    fn figure(&self, value: Option<f64>, column: &str) -> String {
        value.map_or_else(|| self.t("column-zero"), |value| self.locale.figure(value, &self.unit(column)))
    }

    fn guard(&self, guard: &plaudit_core::reason::MissedGuard, met: bool) -> doc::Guard {
        let unit = self.unit(&guard.column);
        let bound =
            |id: &str, value: f64| self.with(id, &[("bound", self.locale.figure(value, &unit).into())]);
        let asked =
            [guard.at_least.map(|v| bound("at-least", v)), guard.at_most.map(|v| bound("at-most", v))];
        doc::Guard {
            title: self.texts.metric(self.locale, &guard.column),
            column: guard.column.clone(),
            value: guard.value,
            at_least: guard.at_least,
            at_most: guard.at_most,
            met,
            asked: asked.into_iter().flatten().collect::<Vec<_>>().join(" · "),
            have: self.figure(guard.value, &guard.column),
        }
    }

    /// The next place that pays, in a sentence.
    pub(super) fn next(&self, next: &explained::NextPlace) -> String {
        let rank = ("next", self.count(next.rank.into()));
        let what = ("what", self.rewards(&next.rewards).into());
        if next.missing > 0.0 {
            // Rounded up: who closes exactly this gap is there.
            let missing = (next.missing * 100.0).ceil() / 100.0;
            return self.with("next", &[rank, what, ("missing", self.number(missing).into())]);
        }
        self.with("next-tied", &[rank, what])
    }

    fn award(&self, row: &Standing) -> doc::Award {
        let (what, because, is_praise) = match &row.content {
            Content::Award { reward, because } => {
                (self.rewards(std::slice::from_ref(reward)), self.rule_text(because), false)
            }
            Content::Praise { tone, text } => {
                (self.page(messages::of_tone(*tone)), self.rule_text(text), true)
            }
        };
        doc::Award {
            id: row.id.digest(),
            subject: row.id.subject.to_string(),
            name: row.id.name.clone(),
            time: row.time,
            local: self.local(row.time),
            is_standing: row.status == Status::Granted,
            status: row.status.clone(),
            status_text: self.status(row),
            what,
            because,
            is_praise,
        }
    }

    /// Where an award stands, in words.
    pub(super) fn status(&self, row: &Standing) -> String {
        let is_barred = matches!(row.status, Status::Reversed) && self.is_barred(row);
        self.page(if is_barred { "status-barred" } else { messages::of_status(&row.status) })
    }

    /// Whether it is a prize of a draw that its winner was taken out of: then no fact has changed.
    fn is_barred(&self, row: &Standing) -> bool {
        let is_of = |lot: &explained::Lot| {
            lot.excluded.is_some()
                && row.id.key.strip_prefix(&*lot.name).is_some_and(|rest| rest.starts_with('/'))
        };
        self.explained.draws.iter().any(is_of)
    }

    fn draw(&self, lot: &explained::Lot) -> doc::Draw {
        let incentive = &self.explained.incentive;
        let period = &self.explained.period.id;
        let address = || format!("/v1/incentives/{}/draws/{period}/{}/receipt", incentive.id, lot.name);
        doc::Draw {
            title: self.texts.draw(self.locale, &incentive.id, &incentive.plugin, &lot.name),
            draw: lot.name.clone(),
            method: lot.method,
            state: lot.state,
            state_text: self.page(match lot.state {
                DrawState::Open => "draw-open",
                DrawState::Sealed => "draw-sealed",
                DrawState::Held => "draw-held",
            }),
            tickets_text: self.whole(lot.tickets),
            all_tickets_text: self.whole(lot.all_tickets),
            entrants_text: self.whole(lot.entrants),
            tickets: lot.tickets,
            tickets_now: lot.tickets_now,
            all_tickets: lot.all_tickets,
            entrants: lot.entrants,
            seed_hash: lot.seed_hash.clone(),
            list_hash: lot.list_hash.clone(),
            receipt: lot.has_receipt.then(address),
            won: lot.won.clone(),
            excluded: lot.excluded.as_ref().map(|why| self.excluded(why)),
            text: answer::of_lot(self, lot),
        }
    }

    /// Why somebody was left out of a draw.
    pub(super) fn excluded(&self, why: &explained::Why) -> String {
        match why {
            explained::Why::Text(text) => self.rule_text(text),
            explained::Why::Plain(text) => text.clone(),
        }
    }
}
