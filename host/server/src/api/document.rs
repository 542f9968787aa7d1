//! Documents in requests: JSON, or TOML where people write them by hand.

use axum::http::{HeaderMap, StatusCode, header::CONTENT_TYPE};
use serde::de::DeserializeOwned;

use super::problem::{Answer, Problem};

/// Reads a document with fields, by its content type: `application/json` (also none), or `application/toml`.
///
/// # Errors
/// 415 for other types, 400 with the place for malformed ones.
pub fn read<T: DeserializeOwned>(headers: &HeaderMap, body: &[u8]) -> Answer<T> {
    // Serde would take a list for fields in their order, which is nowhere said.
    if body.trim_ascii_start().first() == Some(&b'[') && !is_toml(headers) {
        let detail = "the document is a list; it has to be an object, with its fields by name";
        return Err(Problem::bad_request("bad-document", detail));
    }
    read_any(headers, body)
}

fn is_toml(headers: &HeaderMap) -> bool {
    media(headers).ends_with("/toml")
}

fn media(headers: &HeaderMap) -> &str {
    let media = headers.get(CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    media.split(';').next().unwrap_or_default().trim()
}

/// Reads a document of any form, as [`read`] does.
///
/// # Errors
/// 415 for other types, 400 with the place for malformed ones.
pub fn read_any<T: DeserializeOwned>(headers: &HeaderMap, body: &[u8]) -> Answer<T> {
    match media(headers) {
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
