//! Documents in requests: JSON, or TOML where people write them by hand.

use axum::http::{HeaderMap, StatusCode, header::CONTENT_TYPE};
use serde::de::DeserializeOwned;

use super::problem::{Answer, Problem};

/// Reads a document by its content type: `application/json` (also none), or `application/toml`.
///
/// # Errors
/// 415 for other types, 400 with the place for malformed ones.
pub fn read<T: DeserializeOwned>(headers: &HeaderMap, body: &[u8]) -> Answer<T> {
    let media = headers.get(CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    match media.split(';').next().unwrap_or_default().trim() {
        // curl's --data says this when nobody said anything.
        "" | "application/json" | "application/x-www-form-urlencoded" => serde_json::from_slice(body)
            .map_err(|e| Problem::bad_request("bad-document", format!("the document can't be read: {e}"))),
        "application/toml" | "text/toml" => {
            let text =
                std::str::from_utf8(body).map_err(|e| Problem::bad_request("bad-document", e.to_string()))?;
            toml::from_str(text)
                .map_err(|e| Problem::bad_request("bad-document", format!("the document can't be read: {e}")))
        }
        other => {
            let detail = format!(
                "the content type {other:?} is not understood; send application/json or application/toml"
            );
            Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "media-type", detail))
        }
    }
}

/// Whether a text is a name: 1 to 64 lower-case letters, digits and dashes.
pub fn is_name(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !text.starts_with('-')
}

/// 422 for what is no name.
///
/// # Errors
/// It is none.
pub fn check_name(what: &str, text: &str) -> Answer<()> {
    if is_name(text) {
        return Ok(());
    }
    let detail = format!(
        "the {what} {text:?} must be 1 to 64 lower-case letters, digits and dashes, not starting with a dash"
    );
    Err(Problem::unprocessable("bad-name", detail))
}
