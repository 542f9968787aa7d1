//! `/draws/{incentive}/{period}/{draw}`: who won, what the receipt proves and does not, and how to check it.

use askama::Template;
use axum::{
    extract::Path,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use fluent_bundle::FluentValue;
use plaudit_core::{
    draw::{Receipt, Redraw},
    rule::DrawMethod,
};

use super::{
    answer::{Asked, Missing},
    assets,
    say::{Say, segment},
    shell::Shell,
};
use crate::api::{
    house::IncentiveRecord,
    views::{ChanceState, ChanceView, DrawState, DrawView, WinnerView},
};

/// Entrants shown; the receipt has all.
const ENTRANTS_MAX: usize = 500;

/// A draw as the incentive's page shows it.
pub(super) struct Ticketed {
    pub(super) title: String,
    pub(super) state: String,
    pub(super) tickets: String,
    pub(super) method: String,
    pub(super) seed_hash: String,
    pub(super) list_hash: Option<String>,
    pub(super) winners: Vec<Won>,
    pub(super) href: String,
    pub(super) is_held: bool,
    /// What a sealed draw waits for.
    pub(super) awaits: Option<String>,
}

/// Tries for instant wins as the incentive's page shows them.
pub(super) struct Tried {
    pub(super) state: String,
    pub(super) tries: String,
    pub(super) wins: Option<String>,
    pub(super) seed_hash: String,
    pub(super) list_hash: Option<String>,
    /// Address and file name of the receipt, once there is one.
    pub(super) receipt: Option<(String, String)>,
}

/// A chance in words.
pub(super) fn tried(say: &Say, chance: &ChanceView) -> Tried {
    let count = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let place = [&chance.incentive, &chance.period, &chance.chance].map(|part| segment(part));
    let file = file_name(&chance.incentive, &chance.period, &chance.chance);
    Tried {
        state: say.t(match chance.state {
            ChanceState::Open => "tries-open",
            ChanceState::Sealed => "tries-sealed",
            ChanceState::Revealed => "tries-revealed",
        }),
        tries: say.n("n-tries", count(chance.tries)),
        wins: chance.wins.map(|wins| say.n("n-wins", count(wins))),
        seed_hash: chance.seed_hash.to_string(),
        list_hash: chance.list_hash.as_ref().map(ToString::to_string),
        receipt: (chance.state == ChanceState::Revealed)
            .then(|| (format!("/draws/{}/receipt.json", place.join("/")), file)),
    }
}

/// Somebody who won.
pub(super) struct Won {
    pub(super) name: String,
    pub(super) href: Option<String>,
    pub(super) what: String,
}

/// A draw in words.
pub(super) fn ticketed(asked: &Asked, record: &IncentiveRecord, draw: &DrawView) -> Ticketed {
    let say = &asked.say;
    let (id, plugin) = (&record.incentive.id, &record.incentive.plugin);
    let winners = draw.winners.iter().map(|winner| Won {
        name: say.named(&winner.subject, winner.name.as_ref()),
        href: say.page_of(&winner.subject),
        what: say.texts.reward(say.locale, id, plugin, &winner.reward),
    });
    Ticketed {
        title: say.texts.draw(say.locale, id, plugin, &draw.draw),
        state: say.t(match draw.state {
            DrawState::Open => "draw-open",
            DrawState::Sealed => "draw-sealed",
            DrawState::Held => "draw-held",
        }),
        tickets: say.n("n-tickets", i64::try_from(draw.tickets).unwrap_or(i64::MAX)),
        method: say.t(match draw.method {
            DrawMethod::Weighted => "draw-weighted",
            DrawMethod::Equal => "draw-equal",
        }),
        seed_hash: draw.seed_hash.to_string(),
        list_hash: draw.list_hash.as_ref().map(ToString::to_string),
        winners: winners.collect(),
        href: say.href(&format!("/{}", address(draw))),
        is_held: draw.state == DrawState::Held,
        awaits: draw
            .waits_for_round
            .map(|round| say.with("waits-round", &[("round", round.to_string().into())])),
    }
}

fn address(draw: &DrawView) -> String {
    format!("draws/{}/{}/{}", segment(&draw.incentive), segment(&draw.period), segment(&draw.draw))
}

#[derive(Template)]
#[template(path = "draw.html")]
struct DrawPage {
    shell: Shell,
    say: Say,
    incentive: String,
    incentive_href: String,
    period: String,
    draw: Ticketed,
    proof: Option<Proof>,
    /// The checker that runs in the browser.
    check_js: &'static str,
    /// Names the draw in what a browser remembers.
    place: String,
    /// Opaque id of the reader.
    own: Option<String>,
}

/// What a receipt says.
struct Proof {
    download: String,
    file: String,
    digest: String,
    seed: String,
    sealed: String,
    has_beacon: bool,
    is_verified: bool,
    entrants: Vec<(String, String)>,
    entrants_count: String,
    excluded: Option<String>,
    /// Places that were given up after the draw, and who has them now.
    again: Vec<String>,
}

/// `GET /draws/{incentive}/{period}/{draw}`
pub(super) async fn show(asked: Asked, Path(place): Path<(String, String, String)>) -> Response {
    asked.page(move |asked| page(asked, &place)).await
}

fn page(asked: &Asked, (incentive, period, name): &(String, String, String)) -> Result<String, Missing> {
    let (say, state) = (&asked.say, &asked.web.state);
    let house = state.journal.house();
    let missing = || Missing::Nothing("missing-draw");
    let record = house.incentives.get(&**incentive).ok_or_else(missing)?;
    let all = asked.draws(&record.incentive.id);
    let draw = all.iter().find(|d| *d.period == **period && *d.draw == **name).ok_or_else(missing)?;
    let receipt = state.views.receipt(incentive, period, name);
    let receipt = receipt.and_then(|text| Receipt::read(&text).ok());
    let shown = ticketed(asked, record, draw);
    let page = DrawPage {
        // Once it is held the page stays as it is, with what was checked on it.
        shell: Shell::new(
            asked,
            &shown.title,
            (!shown.is_held).then(|| format!("/live/incentives/{}", segment(incentive))),
        ),
        say: say.clone(),
        check_js: assets::check_url(),
        place: address(draw),
        own: asked.caller.as_ref().and_then(|caller| caller.agent.as_ref()).map(ToString::to_string),
        incentive: record.incentive.title.clone(),
        incentive_href: say.incentive(incentive, Some(period)),
        period: say.period(period),
        proof: receipt.map(|receipt| proof(say, draw, &receipt)),
        draw: shown,
    };
    Ok(page.render()?)
}

fn proof(say: &Say, draw: &DrawView, receipt: &Receipt) -> Proof {
    let mut entrants: Vec<_> = receipt.list.iter().collect();
    entrants.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let entrant = |(id, tickets): (&plaudit_core::Id, u64)| {
        (id.to_string(), say.whole(i64::try_from(tickets).unwrap_or(i64::MAX)))
    };
    let excluded = receipt.excluded.len();
    Proof {
        download: format!("/{}/receipt.json", address(draw)),
        file: file_name(&draw.incentive, &draw.period, &draw.draw),
        digest: receipt.digest.to_string(),
        seed: receipt.seed.to_string(),
        sealed: say.with("sealed-block", &[("block", receipt.sealed_block.to_string().into())]),
        has_beacon: receipt.beacon.is_some(),
        is_verified: receipt.verify().is_ok(),
        entrants: entrants.into_iter().take(ENTRANTS_MAX).map(entrant).collect(),
        entrants_count: say.n("n-entrants", count(receipt.list.len())),
        // By number only: nobody is shown for having missed something.
        excluded: (excluded > 0).then(|| say.n("n-excluded", count(excluded))),
        again: again(say, draw, receipt),
    }
}

/// What the appendix says, without naming whom it takes a place from.
fn again(say: &Say, draw: &DrawView, receipt: &Receipt) -> Vec<String> {
    let sentence = |item: &Redraw| {
        let place: FluentValue<'_> = say.whole(i64::from(item.place?) + 1).into();
        let Some(entrant) = &item.replaced_by else {
            return Some(say.with("drawn-again-none", &[("place", place)]));
        };
        let is_them = |winner: &&WinnerView| winner.subject.id == *entrant;
        let name = match draw.winners.iter().find(is_them) {
            Some(winner) => say.named(&winner.subject, winner.name.as_ref()),
            None => entrant.to_string(), // They gave it up later.
        };
        Some(say.with("drawn-again-to", &[("place", place), ("name", name.into())]))
    };
    receipt.appendix.iter().filter_map(sentence).collect()
}

/// `GET /draws/{incentive}/{period}/{draw}/receipt.json`: without names, as it was published.
pub(super) async fn receipt(
    asked: Asked,
    Path((incentive, period, draw)): Path<(String, String, String)>,
) -> Response {
    let Some(receipt) = asked.web.state.views.receipt(&incentive, &period, &draw) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let file = format!("attachment; filename=\"{}\"", file_name(&incentive, &period, &draw));
    ([(header::CONTENT_TYPE, "application/json".to_owned()), (header::CONTENT_DISPOSITION, file)], receipt)
        .into_response()
}

/// A name that every file system takes.
fn file_name(incentive: &str, period: &str, draw: &str) -> String {
    let name = format!("{incentive}-{period}-{draw}");
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '-' { c } else { '-' };
    format!("{}.json", name.chars().map(plain).collect::<String>())
}
