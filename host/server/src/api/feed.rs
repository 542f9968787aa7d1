//! Live streams (SSE): an agent's own feed, an incentive's board.

use std::{convert::Infallible, time::Duration};

use axum::{
    extract::{Path, State},
    response::sse::{Event, KeepAlive, Sse},
};
use futures_util::{Stream, StreamExt, stream};
use plaudit_core::event::{Subject, SubjectKind};
use tokio_stream::wrappers::{BroadcastStream, errors::BroadcastStreamRecvError};

use super::{
    AppState, boards, people,
    problem::{Answer, Problem},
    views::News,
};

/// Proxies close silent connections; a comment every so often keeps them open.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// `GET /v1/agents/{external or opaque id}/feed`: awards and praise of the agent and of the team they are in. After
/// `event: missed` the client reads `/awards` again.
pub async fn agent(
    State(state): State<AppState>,
    Path(given): Path<String>,
) -> Answer<Sse<impl Stream<Item = Result<Event, Infallible>>>> {
    let id = people::opaque(&state, &given);
    if state.journal.house().roster.agent(&id).is_none() {
        return Err(Problem::not_found("agent", &given, "/v1/agents"));
    }
    let of = state.clone();
    Ok(follow(&state, move |news| match &news {
        News::Award(award) if is_for(&of, &award.subject, &id) => {
            Event::default().event("award").id(&*award.id).json_data(award).ok()
        }
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
) -> Answer<Sse<impl Stream<Item = Result<Event, Infallible>>>> {
    let first = boards::read(&state, &incentive, &board, None)?
        .ok_or_else(|| Problem::not_found("board", &board, &format!("/v1/incentives/{incentive}")))?;
    let of = state.clone();
    let first = Event::default().event("board").json_data(&first).ok();
    Ok(follow_from(&state, first, move |news| match news {
        News::Board { incentive: i, board: b, period } if *i == *incentive && *b == *board => {
            let view = boards::read(&of, &incentive, &board, Some(&*period)).ok().flatten()?;
            Event::default().event("board").json_data(&view).ok()
        }
        News::Draw(draw) if *draw.incentive == *incentive => {
            Event::default().event("draw").json_data(&draw).ok()
        }
        _ => None,
    }))
}

fn follow<F: FnMut(News) -> Option<Event> + Send + 'static>(
    state: &AppState,
    show: F,
) -> Sse<impl Stream<Item = Result<Event, Infallible>> + use<F>> {
    follow_from(state, None, show)
}

fn follow_from<F: FnMut(News) -> Option<Event> + Send + 'static>(
    state: &AppState,
    first: Option<Event>,
    mut show: F,
) -> Sse<impl Stream<Item = Result<Event, Infallible>> + use<F>> {
    // Subscribed before the first event is sent: nothing falls between.
    let news = BroadcastStream::new(state.views.subscribe()).filter_map(move |news| {
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
