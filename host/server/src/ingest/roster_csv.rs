//! The roster as CSV: `agent,name,mail,chat,locale,zone,team,from,share,workdays,hired`.
//!
//! One row gives an agent's terms from a day on; several rows of one agent give their history. Columns may stand in any
//! order; only `agent` and `name` are needed. Terms that were known and are not in the file stay.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate};
use chrono_tz::Tz;
use plaudit_core::{
    Id, Millis, calendar,
    roster::{Agent, Roster, RosterChange, Stint},
};
use plaudit_store::{
    Store, StoreError, family,
    family::people::{People, Person},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{answer::cut, identity::Identity};

/// All columns.
pub const COLUMNS: [&str; 11] =
    ["agent", "name", "mail", "chat", "locale", "zone", "team", "from", "share", "workdays", "hired"];
/// Monday to Friday.
const WEEK: u8 = 0b001_1111;

/// What the import is held against.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// As it stands.
    pub roster: &'a Roster,
    /// Names as they stand.
    pub people: &'a dyn Store,
    /// Makes opaque ids.
    pub identity: &'a Identity,
    /// Terms without a day hold from the agent's hire, or from now on.
    pub now: Millis,
}

/// A row that can't be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowError {
    /// In the file, from 1; the header is line 1.
    pub line: u64,
    /// Such as `team`.
    pub column: String,
    /// As given, cut.
    pub value: String,
    /// What is wrong and what is allowed.
    pub message: String,
}

/// What an import does to an agent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AgentChange {
    /// External id.
    pub agent: String,
    /// Opaque id.
    pub id: Id,
    /// `new`, `changed` or `unchanged`.
    pub outcome: String,
    /// Names of what changes: `name`, `mail`, `terms`, …
    pub changes: Vec<String>,
}

/// The answer to an import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = RosterImport)]
pub struct Import {
    /// Whether nothing was changed.
    pub dry_run: bool,
    /// One per agent, in the order of the file.
    pub agents: Vec<AgentChange>,
}

/// What an import would do.
#[derive(Debug, Default)]
pub struct Plan {
    /// If any, nothing may be done.
    pub errors: Vec<RowError>,
    /// Agents that are new or whose terms change.
    pub changes: Vec<Agent>,
    /// People that are new or change.
    pub people: Vec<(Id, Person)>,
    /// All agents of the file.
    pub report: Vec<AgentChange>,
}

/// A row's cells.
struct Row<'a> {
    line: u64,
    cells: BTreeMap<&'static str, &'a str>,
}

impl Row<'_> {
    fn cell(&self, column: &'static str) -> Option<&str> {
        self.cells.get(column).copied().map(str::trim).filter(|text| !text.is_empty())
    }

    fn error(&self, column: &str, message: impl Into<String>) -> RowError {
        let value = self.cells.get(column).copied().unwrap_or_default();
        RowError { line: self.line, column: column.to_owned(), value: cut(value), message: message.into() }
    }
}

/// Reads the file and holds it against what is known.
///
/// # Errors
/// The store fails; mistakes in the file are in the plan.
pub fn plan(csv: &[u8], known: &Known<'_>) -> Result<Plan, StoreError> {
    let mut plan = Plan::default();
    // Excel writes a byte order mark.
    let csv = csv.strip_prefix(b"\xef\xbb\xbf").unwrap_or(csv);
    let mut reader = csv::ReaderBuilder::new().flexible(false).from_reader(csv);
    let columns = match columns(&mut reader) {
        Ok(columns) => columns,
        Err(error) => {
            plan.errors.push(error);
            return Ok(plan);
        }
    };
    let mut agents: Vec<(String, Person, Agent)> = Vec::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                let message = format!("the row can't be read: {error}");
                plan.errors.push(RowError { line, column: String::new(), value: String::new(), message });
                continue;
            }
        };
        let cells = columns.iter().copied().zip(record.iter()).collect();
        let row = Row { line: record.position().map_or(0, csv::Position::line), cells };
        if let Err(error) = take(&row, &mut agents, known) {
            plan.errors.push(error);
        }
    }
    for (external, person, agent) in agents {
        compare(&mut plan, known, external, person, agent)?;
    }
    Ok(plan)
}

fn columns(reader: &mut csv::Reader<&[u8]>) -> Result<Vec<&'static str>, RowError> {
    let error = |value: &str, message: String| RowError {
        line: 1,
        column: value.to_owned(),
        value: cut(value),
        message,
    };
    let header = reader.headers().map_err(|e| error("", format!("the header can't be read: {e}")))?;
    let column = |name: &str| {
        COLUMNS
            .into_iter()
            .find(|known| name.trim().eq_ignore_ascii_case(known))
            .ok_or_else(|| error(name, format!("is no column; there are: {}", COLUMNS.join(","))))
    };
    let columns = header.iter().map(column).collect::<Result<Vec<_>, _>>()?;
    match ["agent", "name"].into_iter().find(|needed| !columns.contains(needed)) {
        Some(needed) => {
            Err(error(needed, "is missing in the header: the first line names the columns".to_owned()))
        }
        None => Ok(columns),
    }
}

/// Takes a row into the agents.
fn take(row: &Row<'_>, agents: &mut Vec<(String, Person, Agent)>, known: &Known<'_>) -> Result<(), RowError> {
    let external = row.cell("agent").ok_or_else(|| row.error("agent", "is empty"))?;
    if external.len() > plaudit_core::limits::ID_BYTES_MAX || external.chars().any(char::is_control) {
        return Err(row.error("agent", "must be at most 256 bytes without control characters"));
    }
    let person = person(row, external)?;
    let place = match agents.iter().position(|(known, ..)| known == external) {
        Some(place) => place,
        None => {
            let id = known.identity.opaque(external);
            let agent = known.roster.agent(&id).cloned();
            let new = Agent { id, hired_day: None, zone: None, stints: Vec::new() };
            agents.push((external.to_owned(), person.clone(), agent.unwrap_or(new)));
            agents.len() - 1
        }
    };
    let (_, known_person, agent) = &mut agents[place];
    *known_person = person;
    if let Some(zone) = row.cell("zone") {
        let parsed = zone.parse::<Tz>();
        agent.zone = Some(parsed.map_err(|_| row.error("zone", "is no IANA zone, such as Europe/Vilnius"))?);
    }
    if let Some(day) = row.cell("hired") {
        agent.hired_day =
            Some(day_number(date(day).ok_or_else(|| row.error("hired", "is no date, such as 2024-09-01"))?));
    }
    stint(row, agent, known)
}

fn person(row: &Row<'_>, external: &str) -> Result<Person, RowError> {
    let text = |column| row.cell(column).map(str::to_owned);
    let person = Person {
        external_id: external.to_owned(),
        name: text("name").unwrap_or_default(),
        locale: text("locale").unwrap_or_else(|| "en".to_owned()),
        mail: text("mail"),
        chat: text("chat"),
        erased: false,
    };
    crate::api::people::check_person(&person).map_err(|(column, message)| row.error(column, message))?;
    Ok(person)
}

/// Puts the row's terms into the agent's history.
fn stint(row: &Row<'_>, agent: &mut Agent, known: &Known<'_>) -> Result<(), RowError> {
    let team = row.cell("team").map(Id::from);
    if let Some(team) = team.as_ref().filter(|team| known.roster.team(team).is_none()) {
        return Err(row.error("team", format!("there is no team {team:?}; put it to /v1/teams/{team} first")));
    }
    let share = match row.cell("share") {
        Some(text) => text.parse().ok().filter(|share| *share > 0.0 && *share <= 1.0),
        None => Some(1.0),
    };
    let share: f32 = share
        .ok_or_else(|| row.error("share", "is no share of full time: above 0, at most 1, such as 0.8"))?;
    let workdays = match row.cell("workdays") {
        Some(text) => workdays(text),
        None => Some(WEEK),
    };
    let workdays = workdays.ok_or_else(|| {
        row.error(
            "workdays",
            "must be seven characters from Monday to Sunday, a dot where it is free, such as MTWTF..",
        )
    })?;
    // A day begins where the agent works; for somebody who leaves, where they worked.
    let before = agent.stints.iter().rev().find_map(|stint| stint.team.clone());
    let of_team = team.as_ref().or(before.as_ref()).and_then(|team| known.roster.zone_of_team(team));
    let zone = agent.zone.or(of_team).unwrap_or(Tz::UTC);
    let from = match row.cell("from") {
        Some(text) => Some(instant(text, zone).ok_or_else(|| {
            row.error(
                "from",
                "is no date such as 2026-03-02, nor a time with offset such as 2026-03-02T06:00:00Z",
            )
        })?),
        None => None,
    };
    let from = match (from, agent.stints.last()) {
        (Some(from), _) => from,
        // The same terms as now: nothing begins.
        (None, Some(last)) if (&last.team, last.share, last.workdays) == (&team, share, workdays) => {
            return Ok(());
        }
        (None, Some(_)) => known.now,
        (None, None) => agent.hired_day.map_or(known.now, |day| calendar::day_start(zone, day)),
    };
    let stint = Stint { from, team, share, workdays };
    match agent.stints.binary_search_by_key(&from, |stint| stint.from) {
        Ok(place) => agent.stints[place] = stint,
        Err(place) => agent.stints.insert(place, stint),
    }
    Ok(())
}

fn workdays(text: &str) -> Option<u8> {
    let is_free = |c: char| matches!(c, '.' | '-' | '_');
    let days: Vec<char> = text.chars().collect();
    if days.len() != 7 || days.iter().any(|c| !is_free(*c) && !c.is_alphabetic()) {
        return None;
    }
    Some(days.iter().enumerate().filter(|(_, c)| !is_free(**c)).fold(0, |bits, (day, _)| bits | 1 << day))
}

fn date(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()
}

fn instant(text: &str, zone: Tz) -> Option<Millis> {
    match date(text) {
        Some(day) => Some(calendar::day_start(zone, day_number(day))),
        None => DateTime::parse_from_rfc3339(text).ok().map(|time| time.timestamp_millis()),
    }
}

/// Days since 1970-01-01.
pub fn day_number(day: NaiveDate) -> i32 {
    i32::try_from((day - NaiveDate::default()).num_days()).unwrap_or(i32::MAX)
}

fn compare(
    plan: &mut Plan,
    known: &Known<'_>,
    external: String,
    person: Person,
    agent: Agent,
) -> Result<(), StoreError> {
    let before = known.roster.agent(&agent.id);
    let before_person = family::get::<People>(known.people, &agent.id.to_string())?;
    let mut changes = Vec::new();
    let old = before_person.clone().unwrap_or_default();
    let differences = [
        ("name", old.name != person.name),
        ("mail", old.mail != person.mail),
        ("chat", old.chat != person.chat),
        ("locale", old.locale != person.locale),
        ("zone", before.and_then(|a| a.zone) != agent.zone),
        ("hired", before.and_then(|a| a.hired_day) != agent.hired_day),
        ("terms", before.is_none_or(|a| a.stints != agent.stints)),
    ];
    changes.extend(differences.iter().filter(|(_, differs)| *differs).map(|(name, _)| (*name).to_owned()));
    let outcome = match before {
        None => "new",
        Some(_) if changes.is_empty() && before_person.as_ref() == Some(&person) => "unchanged",
        Some(_) => "changed",
    };
    let id = agent.id.clone();
    if before != Some(&agent) {
        let change = RosterChange::Agent(agent.clone());
        if let Err(error) = known.roster.validate(&change) {
            plan.errors.push(RowError {
                line: 0,
                column: "agent".into(),
                value: cut(&external),
                message: error.to_string(),
            });
        }
        plan.changes.push(agent);
    }
    if before_person.as_ref() != Some(&person) {
        plan.people.push((id.clone(), person));
    }
    plan.report.push(AgentChange { agent: external, id, outcome: outcome.to_owned(), changes });
    Ok(())
}

#[cfg(test)]
mod tests;
