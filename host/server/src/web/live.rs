//! Open streams that say only that something has changed; the script then fetches the page again.

use std::{convert::Infallible, time::Duration};

use axum::{
    extract::{Path, State},
    http::{StatusCode, header::RETRY_AFTER},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures_util::{StreamExt, stream};
use plaudit_core::{access::Right, event::Subject};
use tokio::{
    sync::{
        OwnedSemaphorePermit,
        broadcast::{
            Receiver,
            error::{RecvError, TryRecvError},
        },
    },
    time::{Instant, sleep_until},
};

use super::Web;
use crate::api::{auth::Caller, views::News};

/// At most one word in so long.
const PAUSE: Duration = Duration::from_secs(1);
/// Proxies close silent connections.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// `GET /live`: anything at all.
pub(super) async fn house(State(web): State<Web>, caller: Caller) -> Response {
    follow(&web, until(&web, caller, Right::SeeIncentives), |_| true)
}

/// `GET /live/incentives/{id}`: its boards and draws, and whether it goes on.
pub(super) async fn incentive(State(web): State<Web>, caller: Caller, Path(id): Path<String>) -> Response {
    if !web.state.journal.house().incentives.contains_key(&*id) {
        return StatusCode::NOT_FOUND.into_response();
    }
    follow(&web, until(&web, caller, Right::SeeIncentives), move |news| match news {
        News::Award(award) => *award.incentive == *id,
        News::Board { incentive, .. } | News::Paused { incentive, .. } => **incentive == *id,
        News::Draw(draw) => *draw.incentive == *id,
        News::Kudos { .. } => false,
    })
}

/// `GET /live/agents/{opaque id}`: what an agent gets.
pub(super) async fn agent(State(web): State<Web>, caller: Caller, Path(id): Path<String>) -> Response {
    if web.state.journal.house().roster.agent(&id).is_none() {
        return StatusCode::NOT_FOUND.into_response();
    }
    let subject = Subject::agent(id);
    follow(&web, until(&web, caller, Right::SeeAwards), move |news| match news {
        News::Award(award) => award.subject == subject,
        News::Kudos { to } => *to == subject.id,
        _ => false,
    })
}

/// Whether a caller still may what they could when the stream began: who has signed out hears nothing any more.
fn until(web: &Web, caller: Caller, right: Right) -> impl Fn() -> bool + Send + use<> {
    let state = web.state.clone();
    move || caller.still_may(&state, right)
}

struct Following<F, U> {
    news: Receiver<News>,
    concerns: F,
    until: U,
    next: Instant,
    _permit: OwnedSemaphorePermit,
}

pub(super) fn follow(
    web: &Web,
    until: impl Fn() -> bool + Send + 'static,
    concerns: impl Fn(&News) -> bool + Send + 'static,
) -> Response {
    let Ok(permit) = web.live.clone().try_acquire_owned() else {
        return (StatusCode::SERVICE_UNAVAILABLE, [(RETRY_AFTER, "30")]).into_response();
    };
    let news = web.state.views.subscribe();
    let following = Following { news, concerns, until, next: Instant::now(), _permit: permit };
    let changes = stream::unfold(following, |mut following| async {
        following.change().await.then(|| {
            // Browsers do not dispatch an event that carries nothing.
            let event: Result<Event, Infallible> = Ok(Event::default().event("changed").data("again"));
            (event, following)
        })
    });
    let changes = changes.take_until(web.state.closing.clone().cancelled_owned());
    Sse::new(changes).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)).into_response()
}

impl<F: Fn(&News) -> bool, U: Fn() -> bool> Following<F, U> {
    /// Waits for a change; `false` once there will be none any more. What comes during the pause is in the page that
    /// is fetched after it, so it is not told again.
    async fn change(&mut self) -> bool {
        loop {
            match self.news.recv().await {
                Ok(news) if !(self.concerns)(&news) => {}
                Ok(_) | Err(RecvError::Lagged(_)) => break,
                Err(RecvError::Closed) => return false,
            }
        }
        sleep_until(self.next).await;
        if !(self.until)() {
            return false;
        }
        while !matches!(self.news.try_recv(), Err(TryRecvError::Empty | TryRecvError::Closed)) {}
        self.next = Instant::now() + PAUSE;
        true
    }
}
