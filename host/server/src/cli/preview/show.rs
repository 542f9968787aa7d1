//! A preview's result as people read it on a terminal.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use plaudit_core::{
    Millis,
    rule::Reward,
    spread::{Dimension, Group, Hint, Share},
};

use crate::api::previews::{PeriodRow, PreviewResult, PreviewView, What, Winner};
use crate::cli::{figures::number, wide};

/// Winners shown; `--json` has all.
const WINNERS_SHOWN: usize = 15;
/// Periods shown.
const PERIODS_SHOWN: usize = 40;
/// Groups shown of each kind.
const GROUPS_SHOWN: usize = 12;

/// The answer first, the evidence under it.
pub(super) fn text(view: &PreviewView, result: &PreviewResult) -> String {
    let mut text = format!("{} from {} to {}\n", view.title, time(view.from), time(view.to));
    let about = &*result.about;
    let winning = result.spread.winning;
    line(
        &mut text,
        &format!(
            "{} of {} {about} would have won something ({}), {} awards in all.",
            number(winning.part),
            number(winning.of),
            percent(winning),
            number(result.spread.awards)
        ),
    );
    for cost in &result.cost {
        let paid = format!("It would have cost {} {}", number(cost.granted), cost.currency);
        let over = format!(
            "; {} more ({} awards) would have been withheld: the allotment does not suffice",
            number(cost.withheld),
            number(cost.awards_withheld)
        );
        line(&mut text, &format!("{paid}{}.", if cost.awards_withheld > 0 { over } else { String::new() }));
    }
    if result.over_quota > 0 {
        line(
            &mut text,
            &format!("{} awards would have come after their quota was used up.", result.over_quota),
        );
    }
    if result.praise > 0 {
        line(&mut text, &format!("Praise would have been said {} times.", number(result.praise)));
    }
    let (read, selected) = (number(result.events_read), number(result.events_selected));
    line(&mut text, &format!("{selected} of {read} events counted."));
    if let Some(fault) = &result.fault {
        let key = fault.key.as_deref().map_or_else(String::new, |key| format!(" on {key}"));
        line(
            &mut text,
            &format!(
                "\nThe rule failed{key} in what happened by {}: {}\nWhat stands here is what was settled before.",
                time(fault.at),
                fault.message
            ),
        );
    }
    spread(&mut text, result);
    table(&mut text, "Winners", &winners(&result.winners));
    if result.winners.len() > WINNERS_SHOWN {
        let more = result.winners.len() - WINNERS_SHOWN;
        line(&mut text, &format!("  and {more} more; --json has all"));
    }
    table(&mut text, "Periods", &periods(&result.periods));
    if !result.draws.is_empty() {
        line(&mut text, "\nDraws are examples: the real ones have other seeds, and other winners.");
    }
    text
}

fn line(text: &mut String, words: &str) {
    // Writing to a String does not fail.
    let _ = writeln!(text, "{words}");
}

fn spread(text: &mut String, result: &PreviewResult) {
    let spread = &result.spread;
    let about = &*result.about;
    for value in &spread.value {
        line(
            text,
            &format!(
                "The top tenth ({} {about}) would have got {} of the {}.",
                number(value.top_tenth_members),
                percent(value.top_tenth),
                value.currency
            ),
        );
    }
    if spread.periods > 1 {
        line(
            text,
            &format!(
                "{} of the winners ({}) would have won in more than one of {} periods.",
                number(spread.repeat_winners.part),
                percent(spread.repeat_winners),
                number(spread.periods)
            ),
        );
    }
    for hint in &spread.hints {
        line(text, &format!("Look here: {}", self::hint(hint, about)));
    }
    for (title, groups) in
        [("By hours", &spread.by_hours), ("By tenure", &spread.by_tenure), ("By team", &spread.by_team)]
    {
        if groups.len() > 1 {
            table(text, title, &self::groups(groups));
        }
    }
}

fn hint(hint: &Hint, about: &str) -> String {
    let rates = |winning: &Share, rest: &Share| {
        format!("{} of them win something, {} of all others", percent(*winning), percent(*rest))
    };
    match hint {
        Hint::NobodyWins => "nobody would have won anything.".to_owned(),
        Hint::WinsMoreOften { by, group, winning, rest } => {
            format!("{} win far more often: {}.", who(*by, group), rates(winning, rest))
        }
        Hint::WinsLessOften { by, group, winning, rest } => {
            format!("{} win far less often: {}.", who(*by, group), rates(winning, rest))
        }
        Hint::Concentrated { currency, top_tenth } => {
            format!("the top tenth gets {} of the {currency}.", percent(*top_tenth))
        }
        Hint::SameWinners { winning, repeat_winners } => format!(
            "only {} of the {about} win, and {} of these win again and again.",
            percent(*winning),
            percent(*repeat_winners)
        ),
    }
}

fn who(by: Dimension, group: &str) -> String {
    match by {
        Dimension::Team if group.is_empty() => "those in no team".to_owned(),
        Dimension::Team => format!("team {group}"),
        Dimension::Hours => format!("those who work {}", group.replace('-', " ")),
        Dimension::Tenure => format!("those whose tenure is {}", group.replace('-', " ")),
    }
}

fn groups(groups: &[Group]) -> Vec<Vec<String>> {
    let mut rows = vec![cells(["", "there", "winners", "share", "awards", "value"])];
    for group in groups.iter().take(GROUPS_SHOWN) {
        let units: Vec<String> =
            group.units.iter().map(|(currency, units)| format!("{} {currency}", number(*units))).collect();
        rows.push(vec![
            if group.name.is_empty() { "(none)".to_owned() } else { group.name.replace('-', " ") },
            number(group.audience),
            number(group.winning.part),
            percent(group.winning),
            number(group.awards),
            units.join(", "),
        ]);
    }
    rows
}

fn winners(winners: &[Winner]) -> Vec<Vec<String>> {
    let mut rows = vec![cells(["", "awards", "periods", "what"])];
    for winner in winners.iter().take(WINNERS_SHOWN) {
        let what: Vec<String> = winner.what.iter().map(what).collect();
        rows.push(vec![
            winner.name.clone().unwrap_or_else(|| winner.subject.to_string()),
            number(winner.awards),
            number(winner.periods),
            what.join(", "),
        ]);
    }
    rows
}

fn what(what: &What) -> String {
    let reward = match &what.reward {
        Reward::Points { currency, units } => format!("{} {currency}", number(*units)),
        Reward::Badge { name, level } => format!("badge {name} {level}"),
        Reward::Prize(name) => name.clone(),
    };
    if what.times > 1 { format!("{} × {reward}", what.times) } else { reward }
}

fn periods(periods: &[PeriodRow]) -> Vec<Vec<String>> {
    let mut rows = vec![cells(["", "ranked", "winners", "awards", "value", "withheld", "first"])];
    let units = |of: &std::collections::BTreeMap<plaudit_core::Id, i64>| {
        let all = of.iter().map(|(currency, units)| format!("{} {currency}", number(*units)));
        all.collect::<Vec<_>>().join(", ")
    };
    for period in periods.iter().take(PERIODS_SHOWN) {
        let first = period.leaders.iter().find(|row| row.rank == 1);
        rows.push(vec![
            period.period.to_string(),
            number(period.ranked),
            number(period.winners),
            number(period.awards),
            units(&period.granted),
            units(&period.withheld),
            first.map_or_else(String::new, |row| row.name.clone().unwrap_or_else(|| row.subject.to_string())),
        ]);
    }
    rows
}

fn cells<const N: usize>(words: [&str; N]) -> Vec<String> {
    words.map(str::to_owned).to_vec()
}

/// A table under a title; figures are right-aligned, words are not.
fn table(text: &mut String, title: &str, rows: &[Vec<String>]) {
    if rows.len() < 2 {
        return;
    }
    let count = rows[0].len();
    let widest = |column: usize| rows.iter().map(|row| wide::columns(&row[column])).max().unwrap_or(0);
    let is_figure = |column: usize| {
        rows[1..]
            .iter()
            .all(|row| row[column].starts_with(|c: char| c.is_ascii_digit()) || row[column].is_empty())
    };
    line(text, &format!("\n{title}"));
    for row in rows {
        let cell = |column: usize| {
            let (words, width) = (&row[column], widest(column));
            if column > 0 && is_figure(column) { wide::right(words, width) } else { wide::left(words, width) }
        };
        let cells: Vec<String> = (0..count).filter(|column| widest(*column) > 0).map(cell).collect();
        line(text, format!("  {}", cells.join("   ")).trim_end());
    }
}

fn percent(share: Share) -> String {
    format!("{}.{} %", share.basis_points / 100, share.basis_points % 100 / 10)
}

fn time(at: Millis) -> String {
    let time = DateTime::<Utc>::from_timestamp_millis(at);
    time.map_or_else(|| at.to_string(), |time| time.format("%Y-%m-%d %H:%M UTC").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_read_well() {
        assert_eq!(
            [(1, 3), (0, 0), (3, 3)].map(|(p, o)| percent(Share::new(p, o))),
            ["33.3 %", "0.0 %", "100.0 %"]
        );
    }

    #[test]
    fn a_table_aligns_figures_to_the_right() {
        let mut text = String::new();
        let rows =
            [cells(["", "n", "who"]), cells(["blue", "5", "Ana"]), cells(["greenish", "1,200", "Ben"])];
        table(&mut text, "By team", &rows);
        let expected = [
            "",
            "By team",
            "                 n   who",
            "  blue           5   Ana",
            "  greenish   1,200   Ben",
            "",
        ];
        assert_eq!(text, expected.join("\n"));
    }
}
