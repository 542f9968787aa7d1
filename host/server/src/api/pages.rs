//! Lists in pages: `limit` and `cursor` for all of them, and a `Link` to the next page.
//!
//! A cursor names the last item that was shown, and its place: new items at the front of a list move no page. Where that
//! item is gone, the place decides. It is opaque: what it holds may change with any release.

use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{HeaderValue, Response as HttpResponse, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde_json::{Value, value::RawValue};

use super::{
    problem::{Answer, Problem},
    table::Row,
};

/// Items of a page at most.
pub(super) const LIMIT_MAX: usize = 1000;

/// What lists that cut themselves give where nothing is said.
pub(super) fn hundred() -> usize {
    100
}
/// Items of a page where a list never comes whole.
const LIMIT: usize = 100;
/// As far as pages go into a list that is read newest first.
pub(super) const REACH_MAX: usize = 100_000;
/// Items that may have come to the front of a list since the page before.
const SLACK: usize = 500;
/// Lists that come whole, or in pages if somebody asks for that.
const WHOLE: [&str; 17] = [
    "/v1/accounts",
    "/v1/agents",
    "/v1/balances",
    "/v1/budgets",
    "/v1/drafts",
    "/v1/endpoints",
    "/v1/incentives",
    "/v1/incentives/{id}/chances",
    "/v1/incentives/{id}/draws",
    "/v1/incentives/{id}/versions",
    "/v1/metrics",
    "/v1/plugins",
    "/v1/prizes",
    "/v1/sites",
    "/v1/sources",
    "/v1/teams",
    "/v1/tokens",
];
/// Lists that grow with every day: a page of 100 if nothing is said.
const NEWEST: [&str; 5] = [
    "/v1/agents/{id}/awards",
    "/v1/awards",
    "/v1/incentives/{id}/late",
    "/v1/kudos",
    "/v1/teams/{id}/awards",
];
/// Documents that say themselves where the next page begins, and the parameter that takes it.
const OWN: [(&str, &str); 3] = [
    ("/v1/agents/{id}/incentives/{incentive}/explanation", "after"),
    ("/v1/audit", "before"),
    ("/v1/deliveries", "before"),
];

/// Whether a row's list is cut here.
pub(super) fn is_sliced(row: &Row) -> bool {
    row.method == "GET" && (WHOLE.contains(&row.path) || NEWEST.contains(&row.path))
}

/// Whether a row has pages.
pub(super) fn is_paged(row: &Row) -> bool {
    is_sliced(row) || row.method == "GET" && OWN.iter().any(|(path, _)| *path == row.path)
}

/// Which page somebody wants.
#[derive(Debug)]
pub(super) struct Wanted {
    address: Uri,
    /// Name and value of everything but the page.
    others: Vec<(String, String)>,
    limit: Option<usize>,
    cursor: Option<Cursor>,
    is_sliced: bool,
}

/// Where a page begins: after this item, or at this place.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
struct Cursor(usize, String);

impl Cursor {
    fn write(&self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(serde_json::to_vec(self).unwrap_or_default())
    }

    fn read(text: &str) -> Option<Self> {
        serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(text).ok()?).ok()
    }
}

/// Reads which page is wanted and tells the handler what it has to give for that.
///
/// # Errors
/// A limit or cursor that is none.
pub(super) fn ask(row: &Row, request: &mut Request) -> Answer<Option<Wanted>> {
    if !is_paged(row) {
        return Ok(None);
    }
    let address = request.uri().clone();
    let pairs = url::form_urlencoded::parse(address.query().unwrap_or_default().as_bytes()).into_owned();
    let (mut limit, mut cursor, mut others) = (None, None, Vec::new());
    for (name, value) in pairs {
        match name.as_str() {
            "limit" => limit = Some(value),
            "cursor" => cursor = Some(value),
            _ => others.push((name, value)),
        }
    }
    let own = OWN.iter().find(|(path, _)| *path == row.path);
    let limit = limit
        .map(|text| {
            // Lists that cut themselves say what they allow.
            let is_allowed = |limit: &usize| own.is_some() || (1..=LIMIT_MAX).contains(limit);
            text.parse::<usize>().ok().filter(is_allowed).ok_or_else(|| {
                let detail = format!("`limit` is {text:?}, and must be a number from 1 to {LIMIT_MAX}");
                Problem::bad_request("bad-request", detail)
            })
        })
        .transpose()?;
    let mut handed = others.clone();
    let mut wanted = Wanted { address, others, limit, cursor: None, is_sliced: is_sliced(row) };
    if let Some((_, parameter)) = own {
        handed.extend(cursor.map(|cursor| ((*parameter).to_owned(), cursor)));
        handed.extend(limit.map(|limit| ("limit".to_owned(), limit.to_string())));
    } else {
        wanted.cursor = cursor.map(|text| Cursor::read(&text).ok_or_else(bad_cursor)).transpose()?;
        wanted.limit = limit;
        if NEWEST.contains(&row.path) {
            let size = *wanted.limit.get_or_insert(LIMIT);
            let before = wanted.cursor.as_ref().map_or(0, |cursor| cursor.0.saturating_add(SLACK));
            let all = before.saturating_add(size).saturating_add(1).min(REACH_MAX);
            handed.push(("limit".to_owned(), all.to_string()));
        }
    }
    *request.uri_mut() = with_query(&wanted.address, &handed);
    Ok(Some(wanted))
}

fn bad_cursor() -> Problem {
    let detail = "`cursor` is none of this list; take it from the `Link` of the page before, or leave it out";
    Problem::bad_request("bad-cursor", detail)
}

fn with_query(address: &Uri, pairs: &[(String, String)]) -> Uri {
    let mut parts = address.clone().into_parts();
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    let text = match query.is_empty() {
        true => address.path().to_owned(),
        false => format!("{}?{query}", address.path()),
    };
    parts.path_and_query = text.parse().ok();
    Uri::from_parts(parts).unwrap_or_else(|_| address.clone())
}

/// Cuts the page out of a list, and says where the next one is.
pub(super) async fn cut(wanted: Wanted, response: Response) -> Response {
    if response.status() != StatusCode::OK {
        return response;
    }
    // A list that comes whole.
    if wanted.is_sliced && wanted.limit.is_none() && wanted.cursor.is_none() {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(body) = to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let (body, next) = match wanted.is_sliced {
        true => match slice(&wanted, &body) {
            Some((page, next)) => (Body::from(page), next),
            None => (Body::from(body), None),
        },
        false => {
            let next = serde_json::from_slice::<Value>(&body).ok().and_then(|page| match &page["next"] {
                Value::Null => None,
                next => Some(next.to_string()),
            });
            (Body::from(body), next)
        }
    };
    parts.headers.remove(header::CONTENT_LENGTH);
    if let Some(link) = next.and_then(|next| link(&wanted, next)) {
        parts.headers.insert(header::LINK, link);
    }
    HttpResponse::from_parts(parts, body)
}

fn link(wanted: &Wanted, next: String) -> Option<HeaderValue> {
    let mut pairs = wanted.others.clone();
    // A page that says itself where it goes on is not asked twice.
    pairs.retain(|(name, _)| wanted.is_sliced || !OWN.iter().any(|(_, parameter)| parameter == name));
    pairs.extend(wanted.limit.map(|limit| ("limit".to_owned(), limit.to_string())));
    pairs.push(("cursor".to_owned(), next));
    let address = with_query(&wanted.address, &pairs);
    let address = address.path_and_query().map_or("", |all| all.as_str());
    HeaderValue::try_from(format!("<{address}>; rel=\"next\"")).ok()
}

/// The page, and the cursor of the next one.
fn slice(wanted: &Wanted, body: &[u8]) -> Option<(String, Option<String>)> {
    let items: Vec<&RawValue> = serde_json::from_slice(body).ok()?;
    let start = match &wanted.cursor {
        None => 0,
        Some(Cursor(place, name)) => {
            let last = items.iter().position(|item| name_of(item) == *name);
            last.map_or(*place, |last| last + 1).min(items.len())
        }
    };
    let end = start.saturating_add(wanted.limit.unwrap_or(LIMIT_MAX)).min(items.len());
    let page: Vec<&str> = items[start..end].iter().map(|item| item.get()).collect();
    let more = end < items.len() && end > start;
    let next = more.then(|| Cursor(end, name_of(items[end - 1])).write());
    Some((format!("[{}]", page.join(",")), next))
}

/// What tells an item from all others of its list, shortened.
fn name_of(item: &RawValue) -> String {
    const PARTS: [&str; 10] =
        ["account", "currency", "incentive", "period", "draw", "chance", "block", "index", "number", "name"];
    let value: Value = serde_json::from_str(item.get()).unwrap_or_default();
    let text = match ["id", "digest"].iter().find_map(|key| value.get(key)) {
        Some(id) => id.to_string(),
        None if value.is_object() => PARTS.map(|key| value[key].to_string()).join(" "),
        None => value.to_string(),
    };
    blake3::hash(text.as_bytes()).to_hex()[..12].to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn wanted(limit: usize, cursor: Option<&str>) -> Wanted {
        Wanted {
            address: Uri::from_static("/v1/agents?x=%C3%A9"),
            others: vec![("x".into(), "é".into())],
            limit: Some(limit),
            cursor: cursor.map(|text| Cursor::read(text).unwrap()),
            is_sliced: true,
        }
    }

    fn list(ids: &[&str]) -> Vec<u8> {
        json!(ids.iter().map(|id| json!({ "id": id, "n": 1 })).collect::<Vec<_>>()).to_string().into()
    }

    fn ids(page: &str) -> Vec<String> {
        let page: Vec<Value> = serde_json::from_str(page).unwrap();
        page.iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn every_item_is_on_one_page_also_when_new_ones_come_first() {
        let all = ["a", "b", "c", "d", "e"];
        let (page, next) = slice(&wanted(2, None), &list(&all)).unwrap();
        assert_eq!(ids(&page), ["a", "b"]);
        let (page, next) =
            slice(&wanted(2, next.as_deref()), &list(&["x", "y", "a", "b", "c", "d", "e"])).unwrap();
        assert_eq!(ids(&page), ["c", "d"]);
        let (page, last) = slice(&wanted(2, next.as_deref()), &list(&all)).unwrap();
        assert_eq!((ids(&page), last), (vec!["e".to_owned()], None));
    }

    #[test]
    fn where_the_last_item_is_gone_the_place_decides() {
        let (_, next) = slice(&wanted(2, None), &list(&["a", "b", "c", "d"])).unwrap();
        let (page, _) = slice(&wanted(2, next.as_deref()), &list(&["a", "c", "d"])).unwrap();
        assert_eq!(ids(&page), ["d"]);
        let (page, none) = slice(&wanted(2, next.as_deref()), &list(&[])).unwrap();
        assert_eq!((page.as_str(), none), ("[]", None));
    }

    #[test]
    fn a_link_keeps_what_was_asked() {
        let link = link(&wanted(2, None), "abc".into()).unwrap();
        assert_eq!(link, "</v1/agents?x=%C3%A9&limit=2&cursor=abc>; rel=\"next\"");
    }

    #[test]
    fn a_cursor_is_read_as_it_was_written() {
        let cursor = Cursor(7, "abc".into());
        assert_eq!(Cursor::read(&cursor.write()), Some(cursor));
        for bad in ["", "x", "W10", "%"] {
            assert_eq!(Cursor::read(bad), None, "{bad}");
        }
    }
}
