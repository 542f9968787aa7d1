//! What is wrong with a draft, and what it is called: as the steps of enabling ask.

use chrono_tz::Tz;
use plaudit_core::{Millis, incentive::Audience, roster::Roster};

use crate::api::{document::is_name, house::HouseView};

pub(super) use crate::api::drafts::wish::{RHYTHMS, Wish, day_of, day_text, time_text};

/// A field of a step that is wrong: its id, and the text that says so.
pub(super) type Mistake = (&'static str, &'static str);

impl Wish {
    /// What is wrong with time and periods.
    pub(super) fn time_mistakes(&self, now: Millis) -> Vec<Mistake> {
        let mut wrong = Vec::new();
        if self.zone.parse::<Tz>().is_err() {
            wrong.push(("zone", "console-wrong-choice"));
        }
        if !RHYTHMS.contains(&self.rhythm.as_str()) {
            wrong.push(("rhythm", "console-wrong-choice"));
        }
        let is_day = |text: &str| text.is_empty() || day_of(text).is_some();
        if !is_day(&self.first) {
            wrong.push(("first", "console-wrong-day"));
        }
        if !is_day(&self.last) {
            wrong.push(("last", "console-wrong-day"));
        }
        if !wrong.is_empty() {
            return wrong;
        }
        let (start, end) = self.window(now);
        if end.is_some_and(|end| end <= start) {
            wrong.push(("last", "console-wrong-last"));
        } else if end.is_some_and(|end| end <= now) {
            wrong.push(("last", "console-wrong-past"));
        } else if self.calendar(now).is_none() {
            wrong.push(if self.rhythm == "cron" {
                ("cron", "console-wrong-cron")
            } else {
                ("first", "console-wrong-day")
            });
        }
        wrong
    }

    /// What is wrong with title and id.
    pub(super) fn name_mistakes(&self, house: &HouseView) -> Vec<Mistake> {
        let mut wrong = Vec::new();
        if self.title.is_empty() || self.title.chars().count() > 200 {
            wrong.push(("title", "bad-name"));
        }
        if !is_name(&self.id) {
            wrong.push(("id", "console-wrong-id"));
        } else if !self.is_change && house.incentives.contains_key(self.id.as_str()) {
            wrong.push(("id", "console-wrong-taken"));
        }
        wrong
    }
}

/// How many agents an audience has now. Names that the roster does not know count for nothing.
pub(super) fn count(roster: &Roster, audience: &Audience, now: Millis) -> usize {
    roster.agents_in_audience(audience, (now, now.saturating_add(1))).len()
}

/// An id from a title: `Rūtos savaitė!` is `rutos-savaite`; what has no Latin letters is named after the plugin.
pub(super) fn slug(title: &str, plugin: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let mut slug = String::new();
    for c in title.chars() {
        match plain_letter(c) {
            Some(letters) => slug.push_str(letters),
            None if c.is_ascii_alphanumeric() => slug.push(c.to_ascii_lowercase()),
            None if !slug.ends_with('-') && !slug.is_empty() => slug.push('-'),
            None => {}
        }
    }
    slug.truncate(48);
    let slug = slug.trim_matches('-');
    let base = if slug.len() < 2 { plugin } else { slug };
    let numbered = (2..).map(|n| format!("{base}-{n}"));
    std::iter::once(base.to_owned()).chain(numbered).find(|id| !is_taken(id)).unwrap_or_default()
}

/// Letters of the house's languages without their marks.
fn plain_letter(c: char) -> Option<&'static str> {
    Some(match c.to_lowercase().next()? {
        'ą' | 'á' | 'à' | 'ä' | 'â' => "a",
        'č' | 'ç' => "c",
        'ę' | 'ė' | 'é' | 'è' | 'ê' | 'ë' => "e",
        'į' | 'í' | 'î' | 'ï' => "i",
        'ñ' => "n",
        'ó' | 'ö' | 'ô' => "o",
        'š' => "s",
        'ų' | 'ū' | 'ú' | 'ü' => "u",
        'ž' => "z",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_made_of_the_title() {
        let free = |_: &str| false;
        assert_eq!(slug("Rūtos savaitė!", "contest", free), "rutos-savaite");
        assert_eq!(slug("  Quick & kind ", "contest", free), "quick-kind");
        assert_eq!(slug("週賽", "contest", free), "contest");
        assert_eq!(slug("Sprint", "contest", |id| id == "sprint" || id == "sprint-2"), "sprint-3");
        assert!(is_name(&slug(&"é-".repeat(100), "contest", free)));
    }

    #[test]
    fn an_end_that_is_over_is_a_mistake() {
        let wish = Wish {
            zone: "Europe/Vilnius".into(),
            rhythm: "daily".into(),
            first: "2026-03-02".into(),
            last: "2026-03-02".into(),
            ..Wish::default()
        };
        let (start, _) = wish.window(0);
        assert_eq!(wish.time_mistakes(start), []);
        assert_eq!(wish.time_mistakes(start + 86_400_000), [("last", "console-wrong-past")]);
        let wrong = Wish { first: "2026-03-03".into(), ..wish.clone() };
        assert_eq!(wrong.time_mistakes(start), [("last", "console-wrong-last")]);
        let wrong = Wish { rhythm: "cron".into(), cron: "at noon".into(), ..wish };
        assert_eq!(wrong.time_mistakes(start), [("cron", "console-wrong-cron")]);
    }
}
