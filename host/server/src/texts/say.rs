//! A message as a person would say it: one sentence, then the fact, then the link.

use fluent_bundle::FluentValue;
use plaudit_core::{
    event::{Subject, SubjectKind},
    kudos::Giver,
    rule::{Reward, Text},
};
use plaudit_store::family::outbox::{Body, Message, Recipient, Row};

use super::{Locale, Name, Texts, called, integer, shorten};

/// Names shown in one sentence; the rest is counted.
const NAMES_MAX: usize = 10;

/// A message in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// What a person would say.
    pub sentence: String,
    /// What it comes to.
    pub fact: Option<String>,
    /// Where to see more.
    pub link: Option<Link>,
}

impl Said {
    /// Sentence and fact as one line.
    pub fn line(&self) -> String {
        match &self.fact {
            Some(fact) => format!("{}{}{fact}", self.sentence, gap(&self.sentence)),
            None => self.sentence.clone(),
        }
    }
}

/// Chinese sentences stand next to each other, others are a space apart.
fn gap(sentence: &str) -> &'static str {
    if sentence.ends_with(['。', '！', '？', '：', '」', '”']) { "" } else { " " }
}

/// A link with its label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// In the reader's language, with an arrow.
    pub label: String,
    /// Absolute.
    pub url: String,
}

/// Addresses of pages that messages point to.
#[derive(Clone, Debug, Default)]
pub struct Links {
    base: Option<String>,
}

impl Links {
    /// Links under this public address, such as `https://plaudit.example.com`.
    pub fn under(base: &str) -> Self {
        Self { base: Some(base.trim_end_matches('/').to_owned()) }
    }

    /// No links: the house has no public address.
    pub fn none() -> Self {
        Self::default()
    }

    /// Why an award was given: `/why/<effect>`.
    pub fn why(&self, effect: &str) -> Option<String> {
        Some(format!("{}/why/{effect}", self.base.as_ref()?))
    }

    /// An incentive's board: `/incentives/<id>`.
    pub fn board(&self, incentive: &str) -> Option<String> {
        Some(format!("{}/incentives/{incentive}", self.base.as_ref()?))
    }

    /// Thanks that one got and gave: `/thanks`.
    pub fn thanks(&self) -> Option<String> {
        Some(format!("{}/thanks", self.base.as_ref()?))
    }

    /// A draw's receipt: `/draws/<incentive>/<period>/<draw>`.
    pub fn draw(&self, incentive: &str, period: &str, draw: &str) -> Option<String> {
        Some(format!("{}/draws/{incentive}/{period}/{draw}", self.base.as_ref()?))
    }
}

/// Who reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// The one it is about: spoken to by name.
    Self_,
    /// Others: a room, a receiver.
    Others,
}

/// A message with the language it is said in.
struct Speech<'a> {
    texts: &'a Texts,
    locale: Locale,
    message: &'a Message,
    reader: Reader,
}

impl Texts {
    /// A message in words.
    pub fn say(&self, locale: Locale, message: &Message, reader: Reader) -> Said {
        let speech = Speech { texts: self, locale, message, reader };
        let (sentence, fact) = speech.words();
        Said { sentence, fact, link: speech.link() }
    }

    /// The shown title of an incentive; its id if it has none.
    pub fn incentive(&self, incentive: &str) -> String {
        self.plugins.incentive_title(incentive).unwrap_or_else(|| incentive.to_owned())
    }
}

impl Texts {
    /// A period's id in words; nothing for the only one.
    pub fn period(&self, locale: Locale, id: &str) -> Option<String> {
        if id == "once" {
            return None;
        }
        let year = |text: &str| text.parse::<i32>().ok();
        if let Some((y, week)) = id.split_once("-W")
            && let (Some(y), Ok(week)) = (year(y), week.parse::<u32>())
        {
            return Some(self.own(locale, "week", &[("year", y.into()), ("week", week.into())]));
        }
        if let Ok(date) = chrono::NaiveDate::parse_from_str(id, "%Y-%m-%d") {
            return Some(locale.day(date.to_epoch_days()));
        }
        if let Some((y, month)) = id.split_once('-')
            && let (Some(y), Ok(month @ 1..=12)) = (year(y), month.parse::<u32>())
        {
            return Some(locale.month(y, month));
        }
        Some(id.replace('T', " "))
    }
}

impl Speech<'_> {
    fn words(&self) -> (String, Option<String>) {
        match &self.message.body {
            Body::Granted { reward, because, .. } => (self.text(because), Some(self.granted(reward))),
            Body::Changed { reward, because, units, .. } => {
                (self.text(because), Some(self.changed(reward, *units)))
            }
            Body::Reversed { reward, because, .. } => (
                self.own("reversed", &[("what", self.what(reward))]),
                Some(self.own("reversed-fact", &[("because", self.text(because).into())])),
            ),
            Body::Withheld { reward, reason, .. } => self.withheld(reward, reason),
            Body::Praise { text, .. } => (self.text(text), None),
            Body::Closed { period, podium } => (self.of_period("closed", period), Some(self.podium(podium))),
            Body::Final { period } => (self.of_period("final", period), Some(self.own("final-fact", &[]))),
            Body::DrawSealed { draw, list_hash, .. } => (
                self.own("sealed", &[("draw", self.draw_name(draw).into())]),
                Some(self.own("sealed-fact", &[("hash", list_hash.to_string().into())])),
            ),
            Body::DrawHeld { winners, .. } => {
                (self.own("held", &[("incentive", self.incentive())]), Some(self.winners(winners)))
            }
            Body::Proposed { reward, .. } => (self.own("proposed", &[("what", self.what(reward))]), None),
            Body::Approved { reward, .. } => (self.own("approved", &[("what", self.what(reward))]), None),
            Body::Refused { reward, reason, .. } => {
                (self.withheld(reward, "refused").0, Some(reason.clone()))
            }
            Body::DrawnAgain { draw, winner, .. } => {
                let fact = match winner {
                    Some(winner) => self.winners(std::slice::from_ref(winner)),
                    None => self.own("drawn-again-none", &[]),
                };
                (self.own("drawn-again", &[("draw", self.draw_name(draw).into())]), Some(fact))
            }
            Body::Kudos { kudos, from, words } => self.kudos(kudos, from, words.as_deref()),
            Body::Paused { .. } => {
                (self.own("paused", &[("incentive", self.incentive())]), Some(self.own("paused-fact", &[])))
            }
        }
    }

    fn link(&self) -> Option<Link> {
        let links = &self.texts.links;
        let incentive = &self.message.incentive;
        let (label, url) = match &self.message.body {
            Body::Granted { effect, .. }
            | Body::Changed { effect, .. }
            | Body::Reversed { effect, .. }
            | Body::Proposed { effect, .. }
            | Body::Approved { effect, .. }
            | Body::Refused { effect, .. }
            | Body::Withheld { effect, .. } => ("why", links.why(effect)?),
            Body::Praise { .. } | Body::Paused { .. } => return None,
            Body::Kudos { .. } => ("kudos-link", links.thanks()?),
            Body::Closed { .. } | Body::Final { .. } => ("board", links.board(incentive)?),
            Body::DrawSealed { period, draw, .. }
            | Body::DrawHeld { period, draw, .. }
            | Body::DrawnAgain { period, draw, .. } => ("check", links.draw(incentive, period, draw)?),
        };
        Some(Link { label: self.own(label, &[]), url })
    }

    /// Thanks to whom they are for; others hear only that somebody said thank you.
    fn kudos(&self, kudos: &str, from: &Giver, words: Option<&str>) -> (String, Option<String>) {
        let name = ("name", self.texts.giver(self.locale, from).into());
        if self.reader == Reader::Others {
            let Recipient::Subject(to) = &self.message.to else { return (String::new(), None) };
            return (self.own("kudos-others", &[name, ("to", self.subject_name(to).into())]), None);
        }
        let said = match words {
            Some(words) => Some(self.texts.kudos(self.locale, words)),
            None => self.texts.names.thanks(kudos),
        };
        match said {
            Some(said) => (self.own("kudos-says", &[name]), Some(said)),
            None => (self.own("kudos-thanks", &[name]), None),
        }
    }

    fn own(&self, message: &str, arguments: &[(&str, FluentValue<'_>)]) -> String {
        self.texts.own(self.locale, message, arguments)
    }

    fn text(&self, text: &Text) -> String {
        self.texts.text(self.locale, &self.message.incentive, &self.message.plugin, text)
    }

    fn what(&self, reward: &Reward) -> FluentValue<'static> {
        self.texts.reward(self.locale, &self.message.incentive, &self.message.plugin, reward).into()
    }

    fn incentive(&self) -> FluentValue<'static> {
        self.texts.incentive(&self.message.incentive).into()
    }

    fn subject_name(&self, subject: &Subject) -> String {
        match subject.kind {
            SubjectKind::Agent => self.texts.agent(self.locale, &subject.id),
            SubjectKind::Team => self.texts.names.team(&subject.id),
            SubjectKind::Queue => subject.id.to_string(),
        }
    }

    /// The team it is for, if it is for one.
    fn team(&self) -> Option<FluentValue<'static>> {
        match &self.message.to {
            Recipient::Subject(subject) if subject.kind == SubjectKind::Team => {
                Some(self.texts.names.team(&subject.id).into())
            }
            _ => None,
        }
    }

    fn called(&self) -> FluentValue<'static> {
        let Recipient::Subject(subject) = &self.message.to else { return "none".into() };
        if self.reader == Reader::Others || subject.kind != SubjectKind::Agent {
            return "none".into();
        }
        match self.texts.names.agent(&subject.id) {
            Name::Known(name) => called(&name).to_owned().into(),
            _ => "none".into(),
        }
    }

    fn granted(&self, reward: &Reward) -> String {
        let mut arguments = vec![("what", self.what(reward)), ("called", self.called())];
        let kind = match reward {
            Reward::Points { currency, units } => {
                arguments.push(("n", integer(self.locale, *units)));
                arguments.push(("currency", currency.clone().into()));
                if currency == "points" { "points" } else { "units" }
            }
            Reward::Badge { .. } => "badge",
            Reward::Prize(_) => "prize",
        };
        match self.team() {
            Some(team) => {
                arguments.push(("team", team));
                self.own(&format!("team-{kind}"), &arguments)
            }
            None => self.own(&format!("granted-{kind}"), &arguments),
        }
    }

    fn changed(&self, reward: &Reward, units: i64) -> String {
        let direction = match units {
            0 => "changed-same",
            1.. => "changed-more",
            ..0 => "changed-less",
        };
        self.own(
            direction,
            &[("what", self.what(reward)), ("n", integer(self.locale, units.saturating_abs()))],
        )
    }

    fn withheld(&self, reward: &Reward, reason: &str) -> (String, Option<String>) {
        let reason = if matches!(reason, "allotment" | "quota" | "disqualified" | "stock" | "refused") {
            reason
        } else {
            "other"
        };
        let mut arguments = vec![("what", self.what(reward)), ("incentive", self.incentive())];
        match self.team() {
            Some(team) if reason != "other" => {
                arguments.push(("team", team));
                (self.own(&format!("withheld-team-{reason}"), &arguments), None)
            }
            _ => (self.own(&format!("withheld-{reason}"), &arguments), Some(self.own("withheld-fact", &[]))),
        }
    }

    /// What is said of a period: `message`, or `message-once` where it is the only one.
    fn of_period(&self, message: &str, period: &str) -> String {
        match self.texts.period(self.locale, period) {
            Some(period) => self.own(message, &[("incentive", self.incentive()), ("period", period.into())]),
            None => self.own(&format!("{message}-once"), &[("incentive", self.incentive())]),
        }
    }

    fn podium(&self, podium: &[Row]) -> String {
        if podium.is_empty() {
            return self.own("closed-empty", &[]);
        }
        let rows = podium.iter().map(|row| {
            let name = self.subject_name(&row.subject);
            self.own("place", &[("rank", row.rank.into()), ("name", name.into())])
        });
        self.own("closed-podium", &[("podium", self.list(rows, podium.len()).into())])
    }

    fn winners(&self, winners: &[(Subject, Reward)]) -> String {
        if winners.is_empty() {
            return self.own("held-none", &[]);
        }
        let rows = winners.iter().map(|(subject, reward)| {
            let name = self.subject_name(subject);
            self.own("won", &[("name", name.into()), ("what", self.what(reward))])
        });
        self.own("held-winners", &[("winners", self.list(rows, winners.len()).into())])
    }

    fn list(&self, rows: impl Iterator<Item = String>, total: usize) -> String {
        let mut shown: Vec<String> = rows.take(NAMES_MAX).map(|row| shorten(&row, 80)).collect();
        if total > NAMES_MAX {
            shown.push(self.own("and-more", &[("n", (total - NAMES_MAX).into())]));
        }
        shown.join(self.locale.list_separator())
    }

    fn draw_name(&self, draw: &str) -> String {
        self.texts.draw(self.locale, &self.message.incentive, &self.message.plugin, draw)
    }
}
