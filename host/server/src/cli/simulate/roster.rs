//! The roster in the formats that the API takes.

use std::path::Path;

use anyhow::Context as _;
use chrono::{Datelike, NaiveDate};
use serde_json::{Value, json};

use super::world::World;

impl World {
    /// The people, as `POST /v1/roster` takes them. Everyone is there from the day before `today` on, so that no
    /// event of the first day finds a stranger.
    ///
    /// # Errors
    /// None in practice: the rows are written to memory.
    pub fn roster_csv(&self, today: NaiveDate) -> anyhow::Result<String> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let columns =
            ["agent", "name", "mail", "chat", "locale", "zone", "team", "from", "share", "workdays", "hired"];
        writer.write_record(columns)?;
        for agent in &self.agents {
            let from = agent.hired.min(today.pred_opt().unwrap_or(today)).to_string();
            writer.write_record([
                agent.id.as_str(),
                &agent.name,
                &agent.mail,
                &agent.chat,
                agent.locale,
                agent.zone.map_or("", |zone| zone.name()),
                &self.teams[agent.team].id,
                &from,
                &agent.share.to_string(),
                &workdays(agent.workdays),
                &agent.hired.to_string(),
            ])?;
        }
        Ok(String::from_utf8(writer.into_inner().context("the roster could not be finished")?)?)
    }

    /// Sites with the holidays of `today`'s year, by id: bodies of `PUT /v1/sites/{id}`.
    pub fn sites_json(&self, today: NaiveDate) -> Vec<(String, Value)> {
        let body = |site: &super::world::Site| {
            let holidays: Vec<String> = site.holidays(today.year()).iter().map(ToString::to_string).collect();
            json!({ "title": site.title, "zone": site.zone.name(), "holidays": holidays })
        };
        self.sites.iter().map(|site| (site.id.to_owned(), body(site))).collect()
    }

    /// Teams with their queues, by id: bodies of `PUT /v1/teams/{id}`.
    pub fn teams_json(&self) -> Vec<(String, Value)> {
        let body = |team: &super::world::Team| {
            let queues: Vec<&str> = team.queues.iter().map(|queue| queue.id.as_str()).collect();
            json!({ "title": team.title, "site": self.sites[team.site].id, "queues": queues })
        };
        self.teams.iter().map(|team| (team.id.clone(), body(team))).collect()
    }

    /// Writes `roster.csv`, `sites.json` and `teams.json`.
    ///
    /// # Errors
    /// When the folder or a file can't be written, with its path.
    pub fn write_roster(&self, dir: &Path, today: NaiveDate) -> anyhow::Result<()> {
        std::fs::create_dir_all(dir).with_context(|| format!("{} can't be made", dir.display()))?;
        let named = |rows: Vec<(String, Value)>| -> anyhow::Result<String> {
            Ok(serde_json::to_string_pretty(&rows.into_iter().collect::<serde_json::Map<_, _>>())? + "\n")
        };
        for (file, text) in [
            ("roster.csv", self.roster_csv(today)?),
            ("sites.json", named(self.sites_json(today))?),
            ("teams.json", named(self.teams_json())?),
        ] {
            let path = dir.join(file);
            std::fs::write(&path, text).with_context(|| format!("{} can't be written", path.display()))?;
        }
        Ok(())
    }
}

/// `MTWTF--`: a letter for a working day, a dash for a free one, from Monday.
fn workdays(bits: u8) -> String {
    "MTWTFSS"
        .chars()
        .enumerate()
        .map(|(day, letter)| if bits >> day & 1 == 1 { letter } else { '-' })
        .collect()
}
