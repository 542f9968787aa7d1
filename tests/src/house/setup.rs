//! What a house is like before the story begins.

use serde_json::{Value, json};

use super::House;
use crate::components::build_component;

/// The packages behind the plugins' names.
const PLUGINS: [(&str, &str); 5] = [
    ("contest", "plaudit-plugin-contest"),
    ("lottery", "plaudit-plugin-lottery"),
    ("badges", "plaudit-plugin-badges"),
    ("praise", "plaudit-plugin-praise"),
    ("hostile", "hostile-guest"),
];
/// Everybody works here from this day on.
const FROM: &str = "2026-01-01";

/// What an operator and a manager do before the first day.
#[derive(Clone, Debug, Default)]
pub struct Setup {
    sites: Vec<(String, Value)>,
    teams: Vec<(String, Value)>,
    agents: Vec<Agent>,
    roster: Option<String>,
    budgets: Vec<(String, i64)>,
    plugins: Vec<String>,
    incentives: Vec<(String, Value)>,
    settings: String,
    has_pages: bool,
}

#[derive(Clone, Debug)]
struct Agent {
    id: String,
    team: String,
    locale: String,
}

impl Setup {
    /// A site in a zone.
    #[must_use]
    pub fn site(self, id: &str, zone: &str) -> Self {
        self.site_document(id, json!({ "zone": zone }))
    }

    /// A site as `PUT /v1/sites/{id}` takes it.
    #[must_use]
    pub fn site_document(mut self, id: &str, document: Value) -> Self {
        self.sites.push((id.to_owned(), document));
        self
    }

    /// A team of a site.
    #[must_use]
    pub fn team(self, id: &str, site: &str) -> Self {
        self.team_document(id, json!({ "site": site }))
    }

    /// A team as `PUT /v1/teams/{id}` takes it.
    #[must_use]
    pub fn team_document(mut self, id: &str, document: Value) -> Self {
        self.teams.push((id.to_owned(), document));
        self
    }

    /// Somebody who speaks English and reads the chat as `U-<id>`; the name is the id with a capital.
    #[must_use]
    pub fn agent(mut self, id: &str) -> Self {
        let team = self.teams.last().map(|(team, _)| team.clone()).unwrap_or_default();
        self.agents.push(Agent { id: id.to_owned(), team, locale: "en".to_owned() });
        self
    }

    /// The agent before works in this team, not in the last one.
    #[must_use]
    pub fn in_team(mut self, team: &str) -> Self {
        team.clone_into(&mut self.agents.last_mut().expect("an agent before").team);
        self
    }

    /// The agent before speaks this language.
    #[must_use]
    pub fn speaks(mut self, locale: &str) -> Self {
        locale.clone_into(&mut self.agents.last_mut().expect("an agent before").locale);
        self
    }

    /// People from a file, beside those above.
    #[must_use]
    pub fn roster(mut self, csv: &str) -> Self {
        self.roster = Some(csv.to_owned());
        self
    }

    /// A budget of points.
    #[must_use]
    pub fn budget(mut self, id: &str, points: i64) -> Self {
        self.budgets.push((id.to_owned(), points));
        self
    }

    /// An official plugin, or `hostile`.
    #[must_use]
    pub fn plugin(mut self, name: &str) -> Self {
        self.plugins.push(name.to_owned());
        self
    }

    /// An incentive as `PUT /v1/incentives/{id}` takes it. Its days are those of Vilnius unless it says otherwise.
    #[must_use]
    pub fn incentive(mut self, id: &str, document: Value) -> Self {
        self.incentives.push((id.to_owned(), incentive(id, document)));
        self
    }

    /// Sections of the server's settings, beside those that every house has: TOML.
    #[must_use]
    pub fn settings(mut self, toml: &str) -> Self {
        self.settings.push_str(toml);
        self
    }

    /// With pages, for whoever signs in.
    #[must_use]
    pub fn with_pages(mut self) -> Self {
        self.has_pages = true;
        self
    }

    /// Starts the house at this time and does all that.
    ///
    /// # Panics
    /// When a plugin does not build or the house refuses something.
    pub async fn open(self, clock: &str) -> House {
        let house = House::start(clock, self.has_pages, &self.settings).await;
        house.mailroom.announce(&house).await;
        for (id, site) in &self.sites {
            house.put(&format!("/v1/sites/{id}"), site).await;
        }
        for (id, team) in &self.teams {
            house.put(&format!("/v1/teams/{id}"), team).await;
        }
        if !self.agents.is_empty() {
            house.roster(&roster(&self.agents)).await;
        }
        if let Some(csv) = &self.roster {
            house.roster(csv).await;
        }
        for (id, points) in &self.budgets {
            house.put(&format!("/v1/budgets/{id}"), &json!({ "currency": "points", "total": points })).await;
        }
        for name in &self.plugins {
            install(&house, name).await;
        }
        for (id, document) in &self.incentives {
            house.put(&format!("/v1/incentives/{id}"), document).await;
        }
        house.settled().await;
        house
    }
}

/// An incentive's document with what a story need not say.
pub(super) fn incentive(id: &str, mut document: Value) -> Value {
    let defaults = json!({ "title": id, "zone": "Europe/Vilnius", "periods": "daily" });
    for (field, value) in defaults.as_object().into_iter().flatten() {
        if document[field].is_null() {
            document[field] = value.clone();
        }
    }
    document
}

fn roster(agents: &[Agent]) -> String {
    let mut csv = String::from("agent,name,chat,locale,team,from\n");
    for Agent { id, team, locale } in agents {
        let name = capital(id);
        csv.push_str(&format!("{id},{name},U-{id},{locale},{team},{FROM}\n"));
    }
    csv
}

fn capital(id: &str) -> String {
    let mut chars = id.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

async fn install(house: &House, name: &str) {
    let (_, package) = PLUGINS.iter().find(|(known, _)| *known == name).expect("a plugin of this workspace");
    let component = build_component(package).expect("the plugin builds");
    let answer = house.request(reqwest::Method::POST, "/v1/plugins", "application/wasm", component).await;
    let (status, answer) = answer.expect("an answer");
    assert!(status.is_success(), "the plugin {name}: {status}: {answer}");
}
