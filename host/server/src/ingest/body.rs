//! CloudEvents 1.0 over HTTP: which mode a request is in, and its events as JSON. Pure.
//!
//! | content type | mode |
//! |---|---|
//! | `application/cloudevents+json` | structured: one event |
//! | `application/cloudevents-batch+json` | a list of events |
//! | `application/x-ndjson` | one event a line |
//! | `application/json` with `ce-` headers | binary: the body is `data` |
//! | `application/json` without | one event or a list of events |

use axum::http::{HeaderMap, header::CONTENT_TYPE};
use plaudit_core::limits;
use serde_json::{Map, Value as Json, value::RawValue};

use super::parse::Flaw;

/// What a request holds.
#[derive(Debug, PartialEq)]
pub struct Body {
    /// In order: JSON that may be an event, or why it can't be read.
    pub items: Vec<Result<Json, Flaw>>,
    /// Whether it is one event rather than a list.
    pub is_single: bool,
}

/// Why a request as a whole is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BodyError {
    /// Another media type: 415.
    #[error(
        "the content type {0:?} is not understood; send application/cloudevents+json (one event), \
         application/cloudevents-batch+json (a list), application/x-ndjson (one a line) or application/json"
    )]
    MediaType(String),
    /// Too many events: 413.
    #[error("the request holds {found} events, and {max} are allowed; send it in parts")]
    TooMany {
        /// In the request.
        found: usize,
        /// Allowed.
        max: usize,
    },
    /// Not JSON: 400.
    #[error("the body is not JSON: {0}")]
    Syntax(String),
    /// A `ce-` header can't be read: 400.
    #[error("the header {0} is not percent-encoded UTF-8")]
    Header(String),
}

/// Reads a request.
///
/// # Errors
/// The request as a whole is refused; a bad event among good ones is not an error here.
pub fn read(headers: &HeaderMap, body: &[u8], events_max: usize) -> Result<Body, BodyError> {
    let given = headers.get(CONTENT_TYPE).map(|v| String::from_utf8_lossy(v.as_bytes()).into_owned());
    let media = media_type(given.as_deref().unwrap_or_default())?;
    let body = match media.as_str() {
        "application/cloudevents+json" => one(body)?,
        "application/cloudevents-batch+json" => list(body)?,
        "application/x-ndjson" | "application/jsonl" | "application/ndjson" => lines(body),
        _ if headers.contains_key("ce-specversion") || headers.contains_key("ce-id") => {
            binary(headers, &media, body)?
        }
        "application/json" if body.trim_ascii_start().first() == Some(&b'[') => list(body)?,
        "application/json" => one(body)?,
        _ => return Err(BodyError::MediaType(given.unwrap_or_default())),
    };
    if body.items.len() > events_max {
        return Err(BodyError::TooMany { found: body.items.len(), max: events_max });
    }
    Ok(body)
}

/// The media type without parameters; a charset other than UTF-8 is refused.
fn media_type(given: &str) -> Result<String, BodyError> {
    let mut parts = given.split(';');
    let media = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_utf8 = |parameter: &str| match parameter.trim().to_ascii_lowercase().strip_prefix("charset=") {
        Some(charset) => matches!(charset.trim_matches('"'), "utf-8" | "utf8" | "us-ascii"),
        None => true,
    };
    if parts.all(is_utf8) { Ok(media) } else { Err(BodyError::MediaType(given.to_owned())) }
}

fn one(body: &[u8]) -> Result<Body, BodyError> {
    let raw: &RawValue = serde_json::from_slice(body).map_err(|e| BodyError::Syntax(e.to_string()))?;
    Ok(Body { items: vec![item(raw.get().as_bytes())], is_single: true })
}

fn list(body: &[u8]) -> Result<Body, BodyError> {
    let raws: Vec<&RawValue> = serde_json::from_slice(body).map_err(|e| BodyError::Syntax(e.to_string()))?;
    Ok(Body { items: raws.iter().map(|raw| item(raw.get().as_bytes())).collect(), is_single: false })
}

fn lines(body: &[u8]) -> Body {
    let lines = body.split(|b| *b == b'\n').filter(|line| !line.trim_ascii().is_empty());
    Body { items: lines.map(item).collect(), is_single: false }
}

/// One event's JSON, if it is not too long.
fn item(bytes: &[u8]) -> Result<Json, Flaw> {
    if bytes.len() > limits::EVENT_BYTES_MAX {
        let message =
            format!("takes {} bytes, and at most {} are allowed", bytes.len(), limits::EVENT_BYTES_MAX);
        return Err(Flaw::new("event", "too-long", message));
    }
    serde_json::from_slice(bytes).map_err(|e| {
        let shown = Json::from(String::from_utf8_lossy(bytes));
        Flaw::new("event", "not-json", format!("is not JSON: {e}")).holding(&shown)
    })
}

fn binary(headers: &HeaderMap, media: &str, body: &[u8]) -> Result<Body, BodyError> {
    let mut event = Map::new();
    for (name, value) in headers {
        if let Some(attribute) = name.as_str().strip_prefix("ce-") {
            let text = percent_decode(value.as_bytes()).ok_or_else(|| BodyError::Header(name.to_string()))?;
            event.insert(attribute.to_owned(), Json::String(text));
        }
    }
    if !body.trim_ascii().is_empty() {
        if media != "application/json" && !media.ends_with("+json") {
            return Err(BodyError::MediaType(media.to_owned()));
        }
        match item(body) {
            Ok(data) => event.insert("data".to_owned(), data),
            Err(flaw) => return Ok(Body { items: vec![Err(flaw)], is_single: true }),
        };
    }
    Ok(Body { items: vec![Ok(Json::Object(event))], is_single: true })
}

/// As the HTTP binding of CloudEvents says (3.1.3.2): `%XX` of UTF-8 bytes; anything else is itself.
fn percent_decode(bytes: &[u8]) -> Option<String> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((first, tail)) = rest.split_first() {
        rest = tail;
        if *first != b'%' {
            out.push(*first);
            continue;
        }
        let digits = std::str::from_utf8(tail.get(..2)?).ok()?;
        if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        out.push(u8::from_str_radix(digits, 16).ok()?);
        rest = &tail[2..];
    }
    String::from_utf8(out).ok()
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};
    use serde_json::json;

    use super::*;

    fn headers(pairs: &[(&str, &str)]) -> HeaderMap {
        let pair = |(name, value): &(&str, &str)| {
            (HeaderName::from_bytes(name.as_bytes()).unwrap(), HeaderValue::from_str(value).unwrap())
        };
        pairs.iter().map(pair).collect()
    }

    fn read_as(content_type: &str, body: &str) -> Result<Body, BodyError> {
        read(&headers(&[("content-type", content_type)]), body.as_bytes(), 3)
    }

    #[test]
    fn every_mode_gives_the_same_event() {
        let event = json!({"specversion": "1.0", "id": "ñ €", "data": {"a": 1}});
        let text = event.to_string();
        let single = Body { items: vec![Ok(event.clone())], is_single: true };
        let listed = Body { items: vec![Ok(event.clone())], is_single: false };
        assert_eq!(read_as("application/cloudevents+json; charset=UTF-8", &text).unwrap(), single);
        assert_eq!(read_as("application/json", &text).unwrap(), single);
        assert_eq!(read_as("application/cloudevents-batch+json", &format!("[{text}]")).unwrap(), listed);
        assert_eq!(read_as("application/json", &format!(" [{text}]")).unwrap(), listed);
        assert_eq!(read_as("application/x-ndjson", &format!("{text}\r\n\n")).unwrap(), listed);
        let in_headers = headers(&[
            ("content-type", "application/json"),
            ("ce-specversion", "1.0"),
            ("ce-id", "%C3%B1%20%E2%82%AC"),
        ]);
        assert_eq!(read(&in_headers, br#"{"a":1}"#, 3).unwrap(), single);
    }

    #[test]
    fn a_bad_line_spoils_only_itself() {
        let body = read_as("application/x-ndjson", "{}\n{oops\n{}").unwrap();
        assert_eq!(body.items.iter().map(Result::is_ok).collect::<Vec<_>>(), [true, false, true]);
    }

    #[test]
    fn what_is_refused_as_a_whole() {
        assert!(matches!(read_as("text/xml", "<a/>"), Err(BodyError::MediaType(t)) if t == "text/xml"));
        assert!(matches!(read_as("application/json; charset=latin1", "{}"), Err(BodyError::MediaType(_))));
        assert!(matches!(read_as("", "{}"), Err(BodyError::MediaType(_))));
        assert_eq!(read_as("application/json", "[1,2,3,4]"), Err(BodyError::TooMany { found: 4, max: 3 }));
        assert!(matches!(read_as("application/cloudevents-batch+json", "[1,"), Err(BodyError::Syntax(_))));
        let bad = headers(&[("content-type", "application/json"), ("ce-id", "%zz")]);
        assert_eq!(read(&bad, b"{}", 3), Err(BodyError::Header("ce-id".into())));
    }

    #[test]
    fn a_huge_event_is_refused_by_itself() {
        let body = format!("[{{\"a\":\"{}\"}},{{}}]", "x".repeat(limits::EVENT_BYTES_MAX));
        let items = read_as("application/json", &body).unwrap().items;
        assert!(items[0].is_err() && items[1].is_ok());
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_the_reader_panic(body: Vec<u8>, header in "[ -~]{0,20}") {
            let _ = read(&headers(&[("content-type", "application/json")]), &body, 3);
            let _ = read(&headers(&[("content-type", "application/json"), ("ce-id", &header)]), &body, 3);
        }
    }
}
