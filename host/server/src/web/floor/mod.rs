//! The pages of those who answer contacts, of those who lead a team, and of the screen in the room.

mod data;
mod day;
mod fact;
pub(super) mod kudos;
mod settings;
mod team;
mod thanks;
mod wall;
mod wallet;

use plaudit_core::{Id, access::Right, event::Subject};

use super::{
    Web,
    answer::{Asked, Missing},
    assets,
    say::segment,
};
use crate::{
    api::table::{Object, Table},
    texts::Name,
};

/// Their routes.
pub(super) fn add(table: Table<Web>) -> Table<Web> {
    use Object::{Handler, Oneself, Team};
    let (own, give, decide) = (Right::OwnAccount, Right::GiveKudos, Right::DecideKudos);
    table
        .get("/me", own, Oneself, day::show)
        .get("/me/wallet", own, Oneself, wallet::show)
        .get("/me/settings", own, Oneself, settings::show)
        .post("/me/settings", own, Oneself, settings::change)
        .get("/me/data.json", own, Oneself, data::download)
        .get("/thanks", give, Handler, thanks::show)
        .post("/thanks", give, Handler, thanks::send)
        .post("/thanks/{id}/{act}", give, Handler, thanks::act)
        .get("/kudos", decide, Handler, kudos::show)
        .post("/kudos/{id}/{act}", decide, Handler, kudos::act)
        .get("/teams", Right::SeePeople, Handler, team::list)
        .get("/teams/{id}", Right::SeePeople, Team("id"), team::show)
        // Whoever has the address of a wall board sees it: the token in it is what they show.
        .open_get("/wall/{token}", wall::show)
        .open_get("/live/wall/{token}", wall::live)
        .open_get("/assets/check.mjs", assets::check)
        .open_get("/assets/wall.css", assets::wall_css)
        .open_get("/assets/wall.js", assets::wall_js)
}

/// Where somebody who has just come to the house goes: agents to their day, leaders to their team. `/?all` shows
/// everything that runs.
pub(super) fn first_page(asked: &Asked) -> Option<&'static str> {
    if asked.query.contains_key("all") || asked.may(Right::SeeBudgets) || asked.may(Right::UploadPlugins) {
        return None;
    }
    let (account, _) = asked.caller.as_ref()?.account()?;
    let leads = asked.may(Right::SeePeople);
    let is_agent = account.agent.is_some() && asked.may(Right::SeeAwards);
    leads.then_some("/teams").or(is_agent.then_some("/me"))
}

/// The agent that a reader is.
struct Own {
    id: Id,
    /// Their shown name.
    name: String,
    team: Option<Id>,
    zone: chrono_tz::Tz,
}

impl Own {
    /// # Errors
    /// The account belongs to nobody on the roster.
    fn of(asked: &Asked) -> Result<Self, Missing> {
        let nobody = || Missing::Nothing("day-nobody");
        let id = asked.caller.as_ref().and_then(|caller| caller.agent.clone()).ok_or_else(nobody)?;
        let roster = asked.web.state.journal.house().roster;
        let name = asked.say.texts.names().agent(&id);
        if roster.agent(&id).is_none() || name == Name::Erased {
            return Err(nobody());
        }
        Ok(Self {
            name: asked.say.texts.agent(asked.say.locale, &id),
            team: roster.team_at(&id, asked.say.now),
            zone: roster.zone_of_agent(&id, asked.say.now).unwrap_or(chrono_tz::Tz::UTC),
            id,
        })
    }

    fn subject(&self) -> Subject {
        Subject::agent(self.id.clone())
    }

    /// Where changes of what they got are told, if they may see it.
    fn live(&self, asked: &Asked) -> Option<String> {
        asked.may(Right::SeeAwards).then(|| format!("/live/agents/{}", segment(&self.id)))
    }
}

/// Titles of incentives, by id.
fn title(house: &crate::api::house::HouseView, id: &Id) -> String {
    house.incentives.get(id).map_or_else(|| id.to_string(), |record| record.incentive.title.clone())
}
