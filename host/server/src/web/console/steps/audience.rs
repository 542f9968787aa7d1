//! The second step: whom it is for, with how many that are.

use plaudit_core::{access::Right, event::Subject, incentive::Audience, roster::Team};

use super::{Outcome, field};
use crate::{
    api::people,
    web::{
        answer::Asked,
        console::{
            pieces::{Input, Kind},
            sent::Sent,
            wish::{self, Wish},
        },
    },
};

/// Single people that are named, at most.
const AGENTS_MAX: usize = 500;

pub(in crate::web) struct Body {
    /// Only for whom everyone lies within reach.
    pub(in crate::web) everyone: Option<Input>,
    pub(in crate::web) sites: Vec<Site>,
    pub(in crate::web) agents: Input,
    pub(in crate::web) count: String,
    pub(in crate::web) error: Option<String>,
}

pub(in crate::web) struct Site {
    pub(in crate::web) name: String,
    /// The whole site; not for those whose reach is single teams.
    pub(in crate::web) whole: Option<Input>,
    pub(in crate::web) teams: Vec<Input>,
}

pub(super) fn take(asked: &Asked, wish: &mut Wish, sent: &Sent) -> Outcome {
    wish.everyone = sent.has("everyone");
    wish.sites = sent.all("site").map(str::to_owned).collect();
    wish.teams = sent.all("team").map(str::to_owned).collect();
    let named = sent.get("agents").split([',', ';', '\n', '\r']).map(str::trim);
    wish.agents = named.filter(|id| !id.is_empty()).take(AGENTS_MAX).map(str::to_owned).collect();
    let state = &asked.web.state;
    let roster = state.journal.house().roster;
    let mut mistakes = Vec::new();
    if !wish.names_somebody() {
        mistakes.push(("audience", "console-wrong-nobody"));
    }
    let is_known = |given: &String| roster.agent(&people::opaque(state, given)).is_some();
    if !wish.agents.iter().all(is_known) {
        mistakes.push(("agents", "console-wrong-agents"));
    } else if mistakes.is_empty()
        && !asked.reach(Right::Preview).holds(&roster, &known(asked, wish), asked.say.now)
    {
        mistakes.push(("audience", "console-wrong-beyond"));
    }
    Outcome { mistakes, ..Outcome::default() }
}

/// The audience with opaque ids.
fn known(asked: &Asked, wish: &Wish) -> Audience {
    let mut audience = wish.audience();
    for id in &mut audience.agents {
        *id = people::opaque(&asked.web.state, id);
    }
    audience
}

/// How many an audience has, in words.
pub(in crate::web::console) fn count(asked: &Asked, wish: &Wish) -> String {
    if !wish.names_somebody() {
        return asked.say.t("console-nobody-yet");
    }
    let roster = asked.web.state.journal.house().roster;
    let n = wish::count(&roster, &known(asked, wish), asked.say.now);
    asked.say.n("console-n-people", i64::try_from(n).unwrap_or(i64::MAX))
}

pub(super) fn body(asked: &Asked, wish: &Wish, outcome: &Outcome) -> Body {
    let say = &asked.say;
    let roster = asked.web.state.journal.house().roster;
    let reach = asked.reach(Right::Preview);
    let check = |name: &str, id: &str, label: String, help: Option<String>, is_checked: bool| Input {
        id: format!("{name}-{id}"),
        name: name.to_owned(),
        label,
        help,
        kind: Kind::Check,
        value: id.to_owned(),
        is_checked,
        ..Input::default()
    };
    let people = |n: usize| say.n("console-n-people", i64::try_from(n).unwrap_or(i64::MAX));
    let team = |team: &Team| {
        let n = roster.members_at(&team.id, say.now).len();
        let name = say.name(&Subject::team(team.id.clone()));
        check("team", &team.id, name, Some(people(n)), wish.teams.contains(&*team.id))
    };
    let mut sites: Vec<Site> = Vec::new();
    for site in roster.sites() {
        let teams: Vec<&Team> = roster.teams().filter(|team| team.site == site.id).collect();
        let seen = teams.iter().filter(|team| reach.covers_team(&roster, &team.id));
        let is_whole = reach.covers_site(&site.id);
        let audience = Audience { sites: vec![site.id.clone()], ..Audience::default() };
        let n = wish::count(&roster, &audience, say.now);
        let whole = say.t("console-whole-site");
        let whole = check("site", &site.id, whole, Some(people(n)), wish.sites.contains(&*site.id));
        let entry = Site {
            name: super::super::site_name(asked, &site.id),
            whole: is_whole.then_some(whole),
            teams: seen.map(|t| team(t)).collect(),
        };
        if entry.whole.is_some() || !entry.teams.is_empty() {
            sites.push(entry);
        }
    }
    let all = wish::count(&roster, &Audience::default(), say.now);
    let everyone = check("everyone", "on", say.t("console-everyone"), Some(people(all)), wish.everyone);
    let wrong = outcome.mistakes.iter().find(|(id, _)| *id == "audience");
    Body {
        everyone: reach.is_everything().then_some(everyone),
        sites,
        agents: field(asked, outcome, "agents", Kind::Area, &wish.agents.join("\n")),
        count: count(asked, wish),
        error: wrong.map(|(_, text)| say.t(text)),
    }
}
