//! The third step: from when to when, and how time is cut, with the next closings.

use std::collections::BTreeSet;

use chrono_tz::Tz;
use plaudit_core::Millis;

use super::{Outcome, choices, field, title};
use crate::{
    api::incentives,
    web::{
        answer::Asked,
        console::{
            pieces::{Input, Kind},
            sent::Sent,
            wish::{RHYTHMS, Wish},
        },
        when::Moment,
    },
};

/// Closings that are shown.
const CLOSINGS: usize = 5;

pub(in crate::web) struct Body {
    pub(in crate::web) fields: Vec<Input>,
    /// A period with the time at which it closes.
    pub(in crate::web) closings: Vec<(String, Moment)>,
    pub(in crate::web) zone: String,
}

pub(super) fn take(asked: &Asked, wish: &mut Wish, sent: &Sent) -> Outcome {
    if !wish.is_change {
        sent.get("rhythm").clone_into(&mut wish.rhythm);
        sent.get("cron").clone_into(&mut wish.cron);
        match wish.follows() {
            // What is no number is none of the ends that were offered, as the API will say.
            Some(_) => wish.begin = sent.get("begins").parse().ok().or(wish.begin),
            None => {
                sent.get("zone").clone_into(&mut wish.zone);
                sent.get("first").clone_into(&mut wish.first);
            }
        }
    }
    sent.get("last").clone_into(&mut wish.last);
    if !wish.last.is_empty() {
        wish.end = None;
    }
    Outcome { mistakes: wish.time_mistakes(asked.say.now), ..Outcome::default() }
}

pub(super) fn body(asked: &Asked, wish: &Wish, outcome: &Outcome) -> Body {
    let say = &asked.say;
    let roster = asked.web.state.journal.house().roster;
    let mut fields = Vec::new();
    if !wish.is_change {
        let mut rhythm = field(asked, outcome, "rhythm", Kind::Select, &wish.rhythm);
        let called = |rhythm: &str| {
            say.t(match rhythm {
                "daily" => "every-day",
                "weekly" => "every-week",
                "monthly" => "every-month",
                "cron" => "every-cron",
                _ => "every-once",
            })
        };
        rhythm.choices = choices(RHYTHMS.map(|r| (r.to_owned(), called(r))), &wish.rhythm);
        let mut zone = field(asked, outcome, "zone", Kind::Select, &wish.zone);
        let mut zones: BTreeSet<String> = roster.sites().map(|site| site.zone.name().to_owned()).collect();
        zones.insert(if wish.zone.is_empty() { Tz::UTC.name().to_owned() } else { wish.zone.clone() });
        zone.choices = choices(zones.into_iter().map(|zone| (zone.clone(), zone)), &wish.zone);
        fields.push(rhythm);
        fields.push(field(asked, outcome, "cron", Kind::Text, &wish.cron));
        if let Some(before) = wish.follows() {
            fields.push(begins(asked, wish, outcome, before));
        } else {
            fields.push(zone);
            fields.push(field(asked, outcome, "first", Kind::Date, &wish.first));
        }
    }
    fields.push(field(asked, outcome, "last", Kind::Date, &wish.last));
    let zone = wish.tz();
    Body { fields, closings: closings(asked, wish), zone: zone.name().to_owned() }
}

/// Which closing of the incentive before it begins with.
fn begins(asked: &Asked, wish: &Wish, outcome: &Outcome, before: &str) -> Input {
    let say = &asked.say;
    let house = asked.web.state.journal.house();
    let mut ends: BTreeSet<Millis> = wish.begin.into_iter().collect();
    if let Some(record) = house.incentives.get(before)
        && let Ok(calendar) = incentives::calendar(&record.incentive)
    {
        ends.extend(calendar.upcoming(say.now, CLOSINGS).into_iter().map(|period| period.end));
    }
    let chosen = wish.begin.map(|begin| begin.to_string()).unwrap_or_default();
    let offered = ends.into_iter().map(|end| (end.to_string(), say.moment(end, wish.tz()).exact));
    let mut begins = field(asked, outcome, "begins", Kind::Select, &chosen);
    begins.choices = choices(offered, &chosen);
    let title = [("title", title(asked, before).into())];
    begins.label = say.with("console-begins", &title);
    begins.help = say.texts.try_own(say.locale, "page-console-begins.help", &title);
    begins
}

/// The next closings, as they stand.
pub(in crate::web::console) fn closings(asked: &Asked, wish: &Wish) -> Vec<(String, Moment)> {
    let say = &asked.say;
    let zone = wish.tz();
    let all = wish.calendar(say.now).map(|calendar| calendar.upcoming(say.now, CLOSINGS));
    let shown =
        |period: plaudit_core::incentive::Period| (say.period(&period.id), say.moment(period.end, zone));
    all.unwrap_or_default().into_iter().map(shown).collect()
}
