//! Live streams (SSE): an agent's own feed, an incentive's board.

use std::{convert::Infallible, time::Duration};

use axum::{
    extract::{Path, State},
    response::sse::{Event, KeepAlive, Sse},
};
use futures_util::{Stream, StreamExt, stream};
use plaudit_core::{
    access::Right,
    event::{Subject, SubjectKind},
};
use tokio_stream::wrappers::{BroadcastStream, errors::BroadcastStreamRecvError};

use super::{
    AppState,
    auth::Caller,
    boards, draws, people,
    problem::{Answer, Problem},
    views::News,
};

/// Proxies close silent connections; a comment every so often keeps them open.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// `GET /v1/agents/{external or opaque id}/feed`: awards and praise of the agent and of the team they are in,
/// and that somebody thanked them. After
/// `event: missed` the client reads `/awards` again.
pub async fn agent(
    State(state): State<AppState>,
    Path(given): Path<String>,
    caller: Caller,
) -> Answer<Sse<impl Stream<Item = Result<Event, Infallible>>>> {
    let id = people::opaque(&state, &given);
    if state.journal.house().roster.agent(&id).is_none() {
        return Err(Problem::not_found("agent", &given, "/v1/agents"));
    }
    let of = state.clone();
    let until = until(&state, &caller, Right::SeeAwards);
    Ok(follow(&state, until, move |news| match &news {
        News::Award(award) if is_for(&of, &award.subject, &id) => {
            Event::default().event("award").id(&*award.id).json_data(award).ok()
        }
        // Without what was written: that is read from `/v1/kudos` by those who may.
        News::Kudos { to } if **to == *id => Event::default().event("kudos").data("{}").into(),
        _ => None,
    }))
}

fn is_for(state: &AppState, subject: &Subject, agent: &str) -> bool {
    match subject.kind {
        SubjectKind::Agent => *subject.id == *agent,
        SubjectKind::Team => state
            .journal
            .house()
            .roster
            .team_at(agent, state.clock.now())
            .is_some_and(|team| team == subject.id),
        SubjectKind::Queue => false,
    }
}

/// `GET /v1/incentives/{id}/boards/{board}/stream`: the whole board, now and whenever it changes.
pub async fn board(
    State(state): State<AppState>,
    Path((incentive, board)): Path<(String, String)>,
    caller: Caller,
) -> Answer<Sse<impl Stream<Item = Result<Event, Infallible>>>> {
    let first = boards::read(&state, &caller.reach, &incentive, &board, None)?
        .ok_or_else(|| Problem::not_found("board", &board, &format!("/v1/incentives/{incentive}")))?;
    let of = state.clone();
    let first = Event::default().event("board").json_data(&first).ok();
    let until = until(&state, &caller, Right::SeeBoards);
    Ok(follow_from(&state, until, first, move |news| match news {
        News::Board { incentive: i, board: b, period } if *i == *incentive && *b == *board => {
            let view = boards::read(&of, &caller.reach, &incentive, &board, Some(&*period)).ok().flatten()?;
            Event::default().event("board").json_data(&view).ok()
        }
        News::Draw(mut draw) if *draw.incentive == *incentive => {
            draws::name(&of, &caller, std::slice::from_mut(&mut draw)).ok()?;
            Event::default().event("draw").json_data(&draw).ok()
        }
        _ => None,
    }))
}

/// Whether a caller still may what their stream shows: asked before each event, so that a session or token that was
/// ended, or another role, ends the stream.
fn until(state: &AppState, caller: &Caller, right: Right) -> impl Fn() -> bool + Send + use<> {
    let (state, caller) = (state.clone(), caller.clone());
    move || caller.still_may(&state, right)
}

fn follow<F: FnMut(News) -> Option<Event> + Send + 'static, U: Fn() -> bool + Send + 'static>(
    state: &AppState,
    until: U,
    show: F,
) -> Sse<impl Stream<Item = Result<Event, Infallible>> + use<F, U>> {
    follow_from(state, until, None, show)
}

fn follow_from<F: FnMut(News) -> Option<Event> + Send + 'static, U: Fn() -> bool + Send + 'static>(
    state: &AppState,
    until: U,
    first: Option<Event>,
    mut show: F,
) -> Sse<impl Stream<Item = Result<Event, Infallible>> + use<F, U>> {
    // Subscribed before the first event is sent: nothing falls between.
    let news = BroadcastStream::new(state.views.subscribe());
    let news = news.take_while(move |_| std::future::ready(until())).filter_map(move |news| {
        let event = match news {
            Ok(news) => show(news),
            Err(BroadcastStreamRecvError::Lagged(n)) => {
                Some(Event::default().event("missed").data(n.to_string()))
            }
        };
        std::future::ready(event)
    });
    let closing = state.closing.clone();
    let all = stream::iter(first).chain(news).map(Ok).take_until(closing.cancelled_owned());
    Sse::new(all).keep_alive(KeepAlive::new().interval(KEEP_ALIVE))
}
