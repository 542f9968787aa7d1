//! Problem details (RFC 9457): every error of the API looks like this.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use plaudit_store::StoreError;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{ingest::body::BodyError, journal::AppendError};

/// An error as clients see it. The log has its own message where the two differ.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    /// HTTP status.
    pub status: u16,
    /// For machines; never changes.
    pub code: String,
    /// What kind of thing went wrong.
    pub title: String,
    /// What went wrong here, with which value, and what to do.
    pub detail: String,
    /// Single mistakes, if there are several places.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<serde_json::Value>,
    /// When to try again, in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_s: Option<u64>,
}

/// What handlers give.
pub type Answer<T> = Result<T, Problem>;

impl Problem {
    /// A problem of this status. `code` is for ever.
    pub fn new(status: StatusCode, code: &str, detail: impl Into<String>) -> Self {
        Self {
            status: status.as_u16(),
            code: code.to_owned(),
            title: status.canonical_reason().unwrap_or("Error").to_owned(),
            detail: detail.into(),
            errors: Vec::new(),
            retry_after_s: None,
        }
    }

    /// 400.
    pub fn bad_request(code: &str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, detail)
    }

    /// 404.
    pub fn not_found(what: &str, id: &str, list: &str) -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "not-found",
            format!("there is no {what} {id:?}; GET {list} lists them"),
        )
    }

    /// 409.
    pub fn conflict(code: &str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, code, detail)
    }

    /// 422.
    pub fn unprocessable(code: &str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, code, detail)
    }

    /// With single mistakes.
    #[must_use]
    pub fn with_errors<T: Serialize>(mut self, errors: &[T]) -> Self {
        self.errors = errors.iter().filter_map(|e| serde_json::to_value(e).ok()).collect();
        self
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let retry_after_s = self.retry_after_s;
        let mut response = (status, Json(self)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Some(seconds) = retry_after_s {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        if let StoreError::TooLarge { bytes, max, .. } = &error {
            let detail = format!("this is kept as {bytes} bytes, and {max} are allowed; make it shorter");
            return Self::new(StatusCode::PAYLOAD_TOO_LARGE, "body-too-large", detail);
        }
        tracing::error!(%error, "the store failed");
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "store",
            "the store failed and nothing was changed; see the server's log",
        )
    }
}

impl From<AppendError> for Problem {
    fn from(error: AppendError) -> Self {
        let unavailable = StatusCode::SERVICE_UNAVAILABLE;
        match error {
            AppendError::Busy { retry_after_s } => {
                let detail = format!("{error}: send the same request again, nothing of it was taken");
                let busy = Self::new(StatusCode::TOO_MANY_REQUESTS, "busy", detail);
                Self { retry_after_s: Some(retry_after_s.max(1)), ..busy }
            }
            AppendError::Refused(why) => Self::conflict("refused", why),
            AppendError::Store(why) => {
                tracing::error!(why, "the journal can't be written");
                let detail = "the journal can't be written; nothing was acknowledged, send it again later; see the server's log";
                Self { retry_after_s: Some(5), ..Self::new(unavailable, "store", detail) }
            }
            AppendError::Closed => {
                let closing =
                    Self::new(unavailable, "closing", "the server is closing; send it again in a moment");
                Self { retry_after_s: Some(5), ..closing }
            }
        }
    }
}

impl From<BodyError> for Problem {
    fn from(error: BodyError) -> Self {
        let (status, code) = match &error {
            BodyError::MediaType(_) => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "media-type"),
            BodyError::TooMany { .. } => (StatusCode::PAYLOAD_TOO_LARGE, "too-many-events"),
            BodyError::Syntax(_) => (StatusCode::BAD_REQUEST, "not-json"),
            BodyError::Header(_) => (StatusCode::BAD_REQUEST, "bad-header"),
        };
        Self::new(status, code, error.to_string())
    }
}
