//! `/wall/{token}`: what runs, for a screen in the room and for those at home. One thing at a time, with the newest
//! celebrations and the next draw beside it. It shows what a stranger in the room may see, and nothing about a person that
//! the incentive's anonymity would hide.

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use plaudit_core::{DAY_MS, Id, Millis, access::Reach, award::Status, event::SubjectKind, rule::Reward};
use plaudit_store::family::{anonymity::Anonymity, token::Scope};

use super::fact::reward;
use crate::{
    api::{
        house::{HouseView, IncentiveRecord},
        veil::{self, Veil},
        views::{AwardView, BoardView, DrawState, DrawView, IncentiveView, RowView},
    },
    ingest::tokens,
    texts::Name,
    web::{
        Web,
        answer::{Asked, Missing},
        assets,
        incentive::Course,
        live::follow,
        say::{Say, segment},
        when::Moment,
    },
};

/// How long one thing is shown, in seconds.
const SECONDS: u32 = 15;
/// Rows of a board: more are not legible from five metres.
const ROWS: usize = 5;
/// Celebrations beside it, and how long they are shown.
const CHEERS: usize = 3;
const CHEER_MS: Millis = DAY_MS;
/// How long after a draw its winners are shown.
const DRAWN_MS: Millis = DAY_MS;

#[derive(Template)]
#[template(path = "floor/wall.html")]
struct WallPage {
    say: Say,
    lang: &'static str,
    driven: Option<String>,
    css: &'static str,
    js: &'static str,
    live: String,
    slide: Option<Slide>,
    cheers: Vec<Cheer>,
    next_draw: Option<Countdown>,
    next_href: String,
    seconds: u32,
    /// Which of the things it is, from 1, and of how many.
    at: usize,
    of: usize,
}

/// One thing to show.
struct Slide {
    title: String,
    period: String,
    closes: Option<(String, Moment)>,
    rows: Vec<Line>,
    /// A figure where there are no rows, with what it is.
    figure: Option<(String, String)>,
    is_won: bool,
}

struct Line {
    rank: Option<String>,
    name: String,
    value: String,
}

/// Somebody got something.
struct Cheer {
    id: String,
    name: String,
    what: Option<String>,
    incentive: String,
    ago: String,
}

/// Until the next draw.
struct Countdown {
    title: String,
    span: String,
    moment: Moment,
    until: Millis,
    now: Millis,
    /// A driven clock does not tick.
    ticks: bool,
}

#[derive(Template)]
#[template(path = "floor/wall-over.html")]
struct OverPage {
    say: Say,
    lang: &'static str,
    css: &'static str,
}

/// `GET /wall/{token}?n=0&only=<incentive>,<incentive>`
pub(super) async fn show(asked: Asked, Path(token): Path<String>) -> Response {
    if !is_wall(&asked.web, &token) {
        let page =
            OverPage { say: asked.say.clone(), lang: asked.say.locale.tag(), css: assets::wall_urls().0 };
        return asked.page_as(StatusCode::NOT_FOUND, move |_| Ok(page.render()?)).await;
    }
    asked.page(move |asked| page(asked, &token)).await
}

/// `GET /live/wall/{token}`: that something has changed, and nothing else.
pub(super) async fn live(State(web): State<Web>, Path(token): Path<String>) -> Response {
    if !is_wall(&web, &token) {
        return StatusCode::NOT_FOUND.into_response();
    }
    let of = web.clone();
    follow(&web, move || is_wall(&of, &token), |_| true)
}

/// Whether a secret is that of a wall board. Other tokens don't open it: they don't belong into addresses.
fn is_wall(web: &Web, secret: &str) -> bool {
    match tokens::find(&*web.state.store, secret, web.state.clock.now()) {
        Ok(found) => found.is_some_and(|token| token.scopes.contains(&Scope::Wall)),
        Err(error) => {
            tracing::error!(%error, "tokens can't be read");
            false
        }
    }
}

fn page(asked: &Asked, token: &str) -> Result<String, Missing> {
    let (say, state) = (&asked.say, &asked.web.state);
    let house = state.journal.house();
    let wall = Wall::new(asked, &house)?;
    let mut slides = wall.slides();
    let of = slides.len();
    let wanted: usize = asked.query.get("n").and_then(|n| n.parse().ok()).unwrap_or(0);
    let at = if of == 0 { 0 } else { wanted % of };
    let only = asked.query.get("only").map(|only| format!("&only={}", segment(only))).unwrap_or_default();
    let next = if of == 0 { 0 } else { (at + 1) % of };
    let (css, js) = assets::wall_urls();
    let is_driven = state.clock.is_driven();
    let page = WallPage {
        lang: say.locale.tag(),
        driven: is_driven
            .then(|| say.with("driven", &[("now", say.exact(say.now, chrono_tz::Tz::UTC).into())])),
        css,
        js,
        live: format!("/live/wall/{}", segment(token)),
        cheers: wall.cheers(),
        next_draw: wall.next_draw(!is_driven),
        next_href: say.href(&format!("/wall/{}?n={next}{only}", segment(token))),
        seconds: SECONDS,
        at: at + 1,
        of,
        slide: (of > 0).then(|| slides.swap_remove(at)),
        say: say.clone(),
    };
    Ok(page.render()?)
}

/// What a wall draws from.
struct Wall<'a> {
    asked: &'a Asked,
    house: &'a HouseView,
    /// Running incentives, as they are shown.
    shown: Vec<(&'a IncentiveRecord, IncentiveView)>,
    reserved: std::collections::BTreeSet<Id>,
}

impl<'a> Wall<'a> {
    fn new(asked: &'a Asked, house: &'a HouseView) -> Result<Self, Missing> {
        let only: Option<Vec<&str>> = asked.query.get("only").map(|only| only.split(',').collect());
        let is_wanted = |id: &Id| only.as_ref().is_none_or(|only| only.contains(&&**id));
        let seen = asked.web.state.views.incentives().into_iter().filter(|view| is_wanted(&view.id));
        let shown = seen.filter_map(|view| Some((house.incentives.get(&view.id)?, view)));
        let runs = |(record, _): &(&IncentiveRecord, IncentiveView)| {
            Course::new(record, asked.say.now).runs() && !record.paused
        };
        let reserved = veil::reserved(&*asked.web.state.store);
        let reserved = reserved.map_err(|error| Missing::Broken(error.to_string()))?;
        Ok(Self { asked, house, shown: shown.filter(runs).collect(), reserved })
    }

    fn say(&self) -> &Say {
        &self.asked.say
    }

    /// What lies between the people in the room and an incentive.
    fn veil(&self, id: &Id) -> Result<Option<Veil>, ()> {
        Veil::of(&self.asked.web.state, &Reach::nothing(), id).map_err(|error| {
            tracing::error!(%error, incentive = %id, "an incentive's anonymity can't be read");
        })
    }

    fn slides(&self) -> Vec<Slide> {
        let mut all = Vec::new();
        for (record, view) in &self.shown {
            let course = Course::new(record, self.say().now);
            let Some(period) = course.open() else { continue };
            let closes = || Some(self.say().closes(period, record.incentive.zone));
            let title = record.incentive.title.clone();
            // Where a draw decides, a board only shows who has how much.
            let boards = if view.draws.is_empty() { &view.boards[..] } else { &[] };
            for board in boards {
                let rows = self.board(&view.id, board, &period.id);
                if !rows.is_empty() {
                    all.push(Slide {
                        title: title.clone(),
                        period: self.say().period(&period.id),
                        closes: closes(),
                        rows,
                        figure: None,
                        is_won: false,
                    });
                }
            }
            let draws = self.draws(&view.id);
            let collecting = draws.iter().filter(|draw| draw.state != DrawState::Held && draw.tickets > 0);
            all.extend(collecting.map(|draw| self.collecting(record, draw)));
            let recent = draws.iter().filter(|draw| self.is_recent(record, draw) && !draw.winners.is_empty());
            all.extend(recent.map(|draw| self.drawn(record, draw)));
        }
        all
    }

    fn board(&self, id: &Id, board: &Id, period: &Id) -> Vec<Line> {
        let Some(mut view) = self.asked.web.state.views.board(id, board, Some(period)) else {
            return Vec::new();
        };
        match self.veil(id) {
            Ok(Some(veil)) => veil.board(&mut view, |subject| self.known(subject)),
            Ok(None) => {}
            Err(()) => return Vec::new(),
        }
        let ranked = view.rows.iter().filter(|row| row.rank > 0).take(ROWS);
        ranked.map(|row| self.line(&view, row)).collect()
    }

    fn line(&self, view: &BoardView, row: &RowView) -> Line {
        let say = self.say();
        // A board of one column is its value, which has a unit.
        let unit = match &view.columns[..] {
            [only] => self.house.metrics.get(only).map(|metric| metric.unit.clone()),
            _ => None,
        };
        let value =
            row.value.map(|value| unit.map_or_else(|| say.number(value), |unit| say.figure(value, &unit)));
        Line {
            rank: Some(say.whole(i64::from(row.rank))),
            name: say.named(&row.subject, row.name.as_ref()),
            value: value.unwrap_or_default(),
        }
    }

    fn known(&self, subject: &plaudit_core::event::Subject) -> Option<String> {
        match self.say().texts.names().agent(&subject.id) {
            Name::Known(name) => Some(name),
            Name::Erased | Name::Unknown => None,
        }
    }

    fn draws(&self, id: &Id) -> Vec<DrawView> {
        let mut draws = self.asked.web.state.views.draws(id);
        let veil = self.veil(id);
        for draw in &mut draws {
            match &veil {
                Ok(Some(veil)) => veil.draw(draw, |subject| self.known(subject)),
                Ok(None) => {}
                Err(()) => draw.winners.clear(),
            }
        }
        draws
    }

    fn end_of(record: &IncentiveRecord, now: Millis, period: &Id) -> Option<Millis> {
        Course::new(record, now).find(period).map(|period| period.end)
    }

    fn is_recent(&self, record: &IncentiveRecord, draw: &DrawView) -> bool {
        let now = self.say().now;
        draw.state == DrawState::Held
            && Self::end_of(record, now, &draw.period).is_some_and(|end| end.saturating_add(DRAWN_MS) > now)
    }

    fn draw_title(&self, record: &IncentiveRecord, draw: &DrawView) -> String {
        let (say, incentive) = (self.say(), &record.incentive);
        let name = say.texts.draw(say.locale, &incentive.id, &incentive.plugin, &draw.draw);
        format!("{}: {name}", incentive.title)
    }

    fn collecting(&self, record: &IncentiveRecord, draw: &DrawView) -> Slide {
        let say = self.say();
        let tickets = i64::try_from(draw.tickets).unwrap_or(i64::MAX);
        let course = Course::new(record, say.now);
        let period = course.find(&draw.period);
        Slide {
            title: self.draw_title(record, draw),
            period: say.period(&draw.period),
            closes: period.map(|period| say.closes(period, record.incentive.zone)),
            rows: Vec::new(),
            figure: Some((say.whole(tickets), say.n("wall-tickets", tickets))),
            is_won: false,
        }
    }

    fn drawn(&self, record: &IncentiveRecord, draw: &DrawView) -> Slide {
        let (say, incentive) = (self.say(), &record.incentive);
        let line = |winner: &crate::api::views::WinnerView| Line {
            rank: None,
            name: say.named(&winner.subject, winner.name.as_ref()),
            value: self.thing(incentive, &winner.reward).unwrap_or_default(),
        };
        Slide {
            title: self.draw_title(record, draw),
            period: say.period(&draw.period),
            closes: None,
            rows: draw.winners.iter().take(ROWS).map(line).collect(),
            figure: None,
            is_won: true,
        }
    }

    /// A badge or a prize in words. How many points somebody got is theirs to tell.
    fn thing(&self, incentive: &plaudit_core::incentive::Incentive, reward: &Reward) -> Option<String> {
        let say = self.say();
        match reward {
            Reward::Points { .. } => None,
            Reward::Badge { .. } | Reward::Prize(_) => {
                Some(say.texts.reward(say.locale, &incentive.id, &incentive.plugin, reward))
            }
        }
    }

    /// The newest awards, each person once.
    fn cheers(&self) -> Vec<Cheer> {
        let now = self.say().now;
        let got = self.asked.web.state.views.awards_since(now - CHEER_MS, &|_| true);
        let mut people = Vec::new();
        let is_shown = |award: &&AwardView| award.status == Status::Granted && reward(award).is_some();
        let once = |award: &&AwardView| {
            let is_new = !people.contains(&award.subject);
            people.push(award.subject.clone());
            is_new
        };
        got.iter().filter(is_shown).filter(once).filter_map(|award| self.cheer(award)).take(CHEERS).collect()
    }

    fn cheer(&self, award: &AwardView) -> Option<Cheer> {
        let say = self.say();
        let (record, _) = self.shown.iter().find(|(record, _)| record.incentive.id == award.incentive)?;
        let anonymity = veil::anonymity(&*self.asked.web.state.store, &award.incentive).ok()?;
        let is_person = award.subject.kind == SubjectKind::Agent;
        let is_reserved = anonymity == Anonymity::Initials || self.reserved.contains(&award.subject.id);
        let name = match anonymity {
            Anonymity::Neighbours | Anonymity::Mine if is_person => say.t("wall-somebody"),
            _ if is_person && is_reserved => veil::initials(&self.known(&award.subject).unwrap_or_default()),
            _ => say.name(&award.subject),
        };
        let moment = say.moment(award.time, record.incentive.zone);
        Some(Cheer {
            id: award.id.to_string(),
            name,
            what: reward(award).and_then(|reward| self.thing(&record.incentive, reward)),
            incentive: record.incentive.title.clone(),
            ago: say.with("ago", &[("span", moment.span.into())]),
        })
    }

    /// The draw that closes next.
    fn next_draw(&self, ticks: bool) -> Option<Countdown> {
        let say = self.say();
        let with_draws = self.shown.iter().filter(|(_, view)| !view.draws.is_empty());
        let open = with_draws.filter_map(|(record, _)| {
            let course = Course::new(record, say.now);
            course.open().map(|period| (period.end, *record))
        });
        let (end, record) = open.min_by_key(|(end, _)| *end)?;
        let moment = say.moment(end, record.incentive.zone);
        Some(Countdown {
            title: record.incentive.title.clone(),
            span: moment.span.clone(),
            moment,
            until: end,
            now: say.now,
            ticks,
        })
    }
}
