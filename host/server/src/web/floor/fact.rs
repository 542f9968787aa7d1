//! What several pages of the floor say in the same way: what is within reach, and what somebody got.

use chrono_tz::Tz;
use plaudit_core::calendar::{day_start, local_day};
use plaudit_core::{Millis, award::Status, rule::Reward};

use crate::{
    api::{
        days::DayView,
        house::HouseView,
        views::{AwardView, ContentView},
    },
    web::{
        answer::Asked,
        explain,
        say::{Say, segment},
        when::Moment,
        why::{Given, given},
    },
};

/// The next thing within reach in one incentive, in the rule's own words.
pub(super) struct Reach {
    pub(super) text: String,
    pub(super) incentive: String,
    /// Where the whole of it is explained.
    pub(super) href: String,
    /// How far, in percent; nothing where there is no mark.
    pub(super) percent: Option<f64>,
    /// Until when it counts.
    pub(super) closes: (String, Moment),
}

impl Reach {
    /// Of one incentive, with the nearest first when sorted by [`Reach::distance`].
    pub(super) fn of(asked: &Asked, house: &HouseView, agent: &str, day: &DayView) -> Option<Self> {
        let say = &asked.say;
        let progress = day.progress.as_ref()?;
        let record = house.incentives.get(&day.incentive)?;
        let part = (progress.target > 0.0).then(|| (progress.value / progress.target).clamp(0.0, 1.0));
        Some(Self {
            text: say.texts.text(say.locale, &day.incentive, &day.plugin, &progress.text),
            incentive: record.incentive.title.clone(),
            href: explain::address(say, agent, &day.incentive, None),
            percent: part.map(|part| (part * 1000.0).round() / 10.0),
            closes: say.closes(&day.period, record.incentive.zone),
        })
    }

    /// How much is missing, in percent. What has no mark comes after what has one, and what is reached comes last.
    pub(super) fn distance(&self) -> f64 {
        match self.percent {
            Some(percent) if percent < 100.0 => 100.0 - percent,
            Some(_) => 300.0,
            None => 200.0,
        }
    }
}

/// Sorts by what is nearest.
pub(super) fn nearest_first(all: &mut [Reach]) {
    all.sort_by(|a, b| a.distance().total_cmp(&b.distance()));
}

/// An award or praise in a list.
pub(super) struct Item {
    pub(super) id: String,
    pub(super) given: Given,
    /// Whose it is, where that is not clear.
    pub(super) whose: Option<String>,
    pub(super) incentive: String,
    pub(super) incentive_href: String,
    pub(super) when: Moment,
    pub(super) ago: String,
    pub(super) href: String,
}

/// An award in words.
pub(super) fn item(say: &Say, house: &HouseView, award: &AwardView, zone: Tz, whose: Option<String>) -> Item {
    let when = say.moment(award.time, zone);
    Item {
        id: award.id.to_string(),
        given: given(say, award),
        whose,
        incentive: super::title(house, &award.incentive),
        incentive_href: say.incentive(&award.incentive, award.period.as_deref()),
        ago: say.with("ago", &[("span", when.span.clone().into())]),
        when,
        href: say.href(&format!("/why/{}", segment(&award.id))),
    }
}

/// The first instant of today in a zone.
pub(super) fn today(now: Millis, zone: Tz) -> Millis {
    day_start(zone, local_day(zone, now))
}

/// What stands of an award, if it is something to have.
pub(super) fn reward(award: &AwardView) -> Option<&Reward> {
    match &award.content {
        ContentView::Award { reward, .. } if award.status == Status::Granted => Some(reward),
        ContentView::Award { .. } | ContentView::Praise { .. } => None,
    }
}
