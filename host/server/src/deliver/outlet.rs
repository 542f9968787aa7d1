//! The way to an OpenID provider: by the same guard as everything that leaves the house. No redirects, no private address
//! that is not listed, and answers of a bounded length.

use std::time::Duration;

use axum::http::{HeaderValue, Request, Response, header::CONTENT_TYPE};
use futures_util::future::BoxFuture;
use openidconnect::AsyncHttpClient;

use super::{
    DeliverError,
    guard::{Client, Guard, NoResponse},
};

/// Sends requests to a provider.
#[derive(Clone, Debug)]
pub struct Outlet(Client);

/// Why a provider has not answered.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct NoAnswer(String);

impl Outlet {
    /// `allow` lists private places that may be reached.
    ///
    /// # Errors
    /// An entry of `allow` is wrong, or there is no TLS.
    pub fn new(allow: &[String], timeout: Duration) -> Result<Self, DeliverError> {
        let guard = Guard::new(allow).map_err(|refused| DeliverError::Setting {
            setting: "delivery.allow_private",
            problem: refused.to_string(),
        })?;
        let client = Client::new(guard, timeout).map_err(|error| DeliverError::Setting {
            setting: "openid.issuer",
            problem: format!("no HTTP client can be made ({error})"),
        })?;
        Ok(Self(client))
    }

    async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, NoAnswer> {
        let host = request.uri().host().unwrap_or_default().to_owned();
        let (content_type, answer) = self.0.send(request).await.map_err(|problem| match problem {
            NoResponse::Refused(refused) => NoAnswer(refused.to_string()),
            NoResponse::NotConnected(why) | NoResponse::Lost(why) => NoAnswer(format!("{host}: {why}")),
        })?;
        if answer.status >= 500 {
            return Err(NoAnswer(format!("{host} answers {}", answer.status)));
        }
        let mut response = Response::builder().status(answer.status);
        if let Some(kind) = content_type.and_then(|kind| HeaderValue::from_str(&kind).ok()) {
            response = response.header(CONTENT_TYPE, kind);
        }
        response.body(answer.body).map_err(|error| NoAnswer(format!("{host}: {error}")))
    }
}

impl<'c> AsyncHttpClient<'c> for Outlet {
    type Error = NoAnswer;
    type Future = BoxFuture<'c, Result<Response<Vec<u8>>, NoAnswer>>;

    fn call(&'c self, request: Request<Vec<u8>>) -> Self::Future {
        Box::pin(self.send(request))
    }
}
