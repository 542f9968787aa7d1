//! `GET /v1/openapi.json`: the API as an OpenAPI 3.1 document.
//!
//! Operations are made of the rows of the route table: who may, what may be repeated, what has a tag, what comes in pages
//! is read from where it is decided. Schemas are those of the very types that handlers take and give. Only words,
//! examples and which type belongs to which row stand here (`operations.rs`); a test holds both sets against each other.

mod operations;
mod shapes;
#[cfg(test)]
mod tests;

use std::sync::OnceLock;

use axum::{
    extract::State,
    http::header::CONTENT_TYPE,
    response::{IntoResponse, Response},
};
use serde_json::{Map, Value, json};

use self::{
    operations::{Content, Operation},
    shapes::{Schemas, one},
};
use super::{
    AppState,
    auth::{FORM_TOKEN, rights_of, roles_with},
    etag, idempotency, pages,
    previews::later,
    problem::Problem,
    table::Row,
};
use plaudit_store::family::token::Scope;

/// The document as it stands in the repository: a test holds it against what is served.
pub const KEPT: &str = include_str!("../../../../docs/openapi.json");

/// Every code of a problem, by status: they never change. `docs/api.md` says what to do about each.
pub const PROBLEMS: [(u16, &str, &[&str]); 13] = [
    (
        400,
        "The request can't be read.",
        &[
            "bad-document",
            "not-json",
            "bad-header",
            "bad-time",
            "bad-status",
            "bad-format",
            "bad-range",
            "bad-request",
            "bad-cursor",
            "bad-idempotency-key",
            "events-rejected",
        ],
    ),
    (401, "No token or session that holds.", &["token"]),
    (
        403,
        "Not with this token or role, or not here.",
        &["scope", "role", "reach", "from-elsewhere", "own-award", "own-incentive", "own-kudos"],
    ),
    (404, "There is no such thing.", &["not-found", "no-such-address", "no-such-period", "no-such-decision"]),
    (405, "The address does not take this method.", &["method"]),
    (
        409,
        "It does not go with what is there.",
        &[
            "refused",
            "over-budget",
            "currency",
            "budget-shrinks",
            "stock-set-aside",
            "allotment",
            "incentive-ended",
            "clock-not-driven",
            "draw-final",
            "no-beacon-awaited",
            "no-such-version",
            "plugin-gone",
            "difference-changed",
            "nothing-to-accept",
            "not-final",
            "not-proposed",
            "too-many-prizes",
            "too-many-tokens",
            "mail-taken",
            "last-admin",
            "too-many-accounts",
            "changed-meanwhile",
            "account-disabled",
            "not-retryable",
            "still-running",
            "outcome-unknown",
            "answer-not-kept",
            "kudos-limit",
            "too-often",
        ],
    ),
    (412, "It is not as it was when you read it.", &["precondition-failed"]),
    (413, "Too much at once.", &["body-too-large", "too-many-events"]),
    (415, "Another content type is needed.", &["media-type"]),
    (
        422,
        "It can be read, and is wrong.",
        &[
            "bad-account",
            "weak-password",
            "wrong-password",
            "bad-name",
            "bad-metric",
            "bad-settings",
            "bad-allotment",
            "bad-approval",
            "bad-agent",
            "bad-roster",
            "bad-endpoint",
            "bad-mapping",
            "bad-periods",
            "bad-prize",
            "bad-title",
            "bad-token",
            "bad-window",
            "unknown-plugin",
            "unknown-metric",
            "unknown-budget",
            "unknown-prize",
            "unknown-audience",
            "settings-too-large",
            "too-many-facts",
            "too-many-fields",
            "reason-missing",
            "bad-kudos",
            "kudos-to-oneself",
            "no-entrant",
            "plugin-refused",
            "plugin-fault",
            "rule-failed",
            "key-reused",
        ],
    ),
    (
        429,
        "Too much, or too soon: see `Retry-After`.",
        &["rate-limited", "too-many-failures", "busy", "previews-busy"],
    ),
    (500, "The server's mistake.", &["audit", "internal"]),
    (503, "Not now: nothing was acknowledged.", &["store", "closing", "not-ready", "plugin-host"]),
];

/// `GET /v1/openapi.json`: open to everybody, as the documentation is.
pub async fn get(State(state): State<AppState>) -> Response {
    static TEXT: OnceLock<String> = OnceLock::new();
    let text = TEXT.get_or_init(|| text(&state));
    ([(CONTENT_TYPE, "application/json")], text.as_str()).into_response()
}

/// The document as it is served, and as it stands in `docs/openapi.json`.
pub fn text(state: &AppState) -> String {
    let mut text = serde_json::to_string_pretty(&document(&rows(state))).unwrap_or_default();
    text.push('\n');
    text
}

/// Every row that the document describes: the API with its neighbours, without pages.
fn rows(state: &AppState) -> Vec<Row> {
    let mut rows = super::routes::table(state).rows().to_vec();
    rows.extend(super::explain::rows(state));
    rows.extend_from_slice(crate::deliver::http::table(state).rows());
    rows.extend_from_slice(crate::deliver::one::table(state).rows());
    rows
}

fn document(rows: &[Row]) -> Value {
    let mut schemas = Schemas::default();
    let problem = one::<Problem>(&mut schemas);
    let mut paths: Map<String, Value> = Map::new();
    for operation in operations::all() {
        // A row without words, or words without a row, is found by the test.
        let Some(row) = rows.iter().find(|row| (row.method, row.path) == (operation.method, operation.path))
        else {
            continue;
        };
        let item = paths.entry(row.path).or_insert_with(|| json!({}));
        item[row.method.to_lowercase()] = describe(row, operation, &mut schemas);
    }
    let mut document = json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Plaudit",
            "version": env!("CARGO_PKG_VERSION"),
            "license": { "name": "Apache-2.0 OR MIT", "identifier": "Apache-2.0 OR MIT" },
            "description": "Everything that Plaudit does can be asked for by HTTP, with JSON. Problems are \
                application/problem+json with a `code` that never changes. docs/api.md explains tokens, pages, tags, \
                repeated requests and limits.",
        },
        "servers": [{ "url": "/" }],
        "tags": operations::TAGS.map(|(name, about)| json!({ "name": name, "description": about })),
        "paths": paths,
        "components": {
            "schemas": schemas.into_map(),
            "responses": responses(&problem),
            "securitySchemes": security_schemes(),
        },
    });
    unsigned(&mut document);
    document
}

/// Whole numbers from 0 on are `u64` here, and named so (<https://spec.openapis.org/registry/format/uint64>).
fn unsigned(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            if fields.get("format") == Some(&json!("int64")) && fields.get("minimum") == Some(&json!(0)) {
                fields.insert("format".into(), json!("uint64"));
            }
            fields.values_mut().for_each(unsigned);
        }
        Value::Array(items) => items.iter_mut().for_each(unsigned),
        _ => {}
    }
}

fn describe(row: &Row, operation: Operation, schemas: &mut Schemas) -> Value {
    let Operation { summary, about, tag, query, body, gives, .. } = operation;
    let takes_body = body.is_some();
    let statuses = refusals(row, takes_body, !query.is_empty());
    let mut parameters = path_parameters(row.path);
    parameters.extend(query.into_iter().filter_map(|parameter| serde_json::to_value(parameter).ok()));
    for common in common_parameters(row) {
        // Some lists say themselves what their limit means.
        let is_own = parameters.iter().any(|own| own["name"] == common["name"] && own["in"] == common["in"]);
        if !is_own {
            parameters.push(common);
        }
    }
    let mut answers: Map<String, Value> = Map::new();
    for (status, what, content) in gives {
        answers.insert(status.to_string(), answer(row, what, content, schemas));
    }
    if etag::is_tagged(row) {
        answers.insert("304".into(), json!({ "description": "It is as the tag in `If-None-Match` says." }));
    }
    for status in statuses {
        let of = json!({ "$ref": format!("#/components/responses/Problem{status}") });
        answers.entry(status.to_string()).or_insert(of);
    }
    let mut described = json!({
        "operationId": operation_id(row),
        "tags": [tag],
        "summary": summary,
        "security": security(row),
        "responses": answers,
    });
    if !about.is_empty() {
        described["description"] = about.into();
    }
    if !parameters.is_empty() {
        described["parameters"] = parameters.into();
    }
    if let Some(body) = body {
        let content: Map<String, Value> = body
            .contents
            .into_iter()
            .map(|(media, schema, example)| {
                let mut content = json!({ "schema": schema(schemas) });
                if let Some(example) = example {
                    content["example"] = example;
                }
                (media.to_owned(), content)
            })
            .collect();
        described["requestBody"] =
            json!({ "required": body.is_required, "description": body.about, "content": content });
    }
    described
}

/// Such as `putIncentivesById`.
fn operation_id(row: &Row) -> String {
    let mut id = row.method.to_lowercase();
    if !row.path.starts_with("/v1/") {
        // `/metrics` is another thing than `/v1/metrics`.
        id.push_str("Process");
    }
    for piece in row.path.trim_start_matches("/v1").split(['/', '-']).filter(|piece| !piece.is_empty()) {
        let (by, word) = match piece.strip_prefix('{').and_then(|p| p.strip_suffix('}')) {
            Some(name) => ("By", name),
            None => ("", piece),
        };
        let word: String = word.chars().filter(char::is_ascii_alphanumeric).collect();
        let (first, rest) = word.split_at(1.min(word.len()));
        id.push_str(by);
        id.push_str(&first.to_uppercase());
        id.push_str(rest);
    }
    id
}

fn answer(row: &Row, what: &str, content: Content, schemas: &mut Schemas) -> Value {
    let mut answer = json!({ "description": what });
    let text = json!({ "type": "string" });
    match content {
        Content::Nothing => {}
        Content::Json(schema) => {
            answer["content"] = json!({ "application/json": { "schema": schema(schemas) } });
        }
        Content::Text(media) => answer["content"] = json!({ media: { "schema": text } }),
    }
    let mut headers = Map::new();
    let mut header = |name: &str, about: &str| {
        let header = json!({ "description": about, "schema": { "type": "string" } });
        headers.insert(name.to_owned(), header);
    };
    if etag::is_tagged(row) {
        header("ETag", "Tag of what was answered, for `If-None-Match` and `If-Match`.");
    }
    if pages::is_paged(row) {
        header("Link", "`rel=\"next\"`: the address of the next page, if there is one.");
    }
    if idempotency::is_for(row) {
        header("Idempotency-Replayed", "`true`: the answer of the first request with this key.");
    }
    if !headers.is_empty() {
        answer["headers"] = headers.into();
    }
    answer
}

/// What may be refused at a row.
fn refusals(row: &Row, takes_body: bool, takes_query: bool) -> Vec<u16> {
    if row.right.is_none() {
        return vec![];
    }
    let mut all = vec![401, 403, 404, 429, 500, 503];
    if takes_query || takes_body || row.path.contains('{') || row.is_change() || pages::is_paged(row) {
        all.push(400);
    }
    if row.is_change() || row.path.contains("adjustments") {
        all.extend([409, 422]);
    }
    // An expression may be asked for.
    if row.path == "/v1/events/recent" {
        all.push(422);
    }
    if takes_body {
        all.extend([413, 415]);
    }
    if etag::is_checked(row) {
        all.push(412);
    }
    all
}

fn path_parameters(path: &str) -> Vec<Value> {
    let names = path.split('/').filter_map(|piece| piece.strip_prefix('{')?.strip_suffix('}'));
    names
        .map(|name| {
            let (about, schema) = operations::path_parameter(path, name);
            json!({ "name": name, "in": "path", "required": true, "description": about, "schema": schema })
        })
        .collect()
}

fn common_parameters(row: &Row) -> Vec<Value> {
    let parameter = |name: &str, place: &str, about: &str, schema: Value| json!({ "name": name, "in": place, "required": false, "description": about, "schema": schema });
    let text = || json!({ "type": "string" });
    let mut all = Vec::new();
    if pages::is_sliced(row) {
        let limit = json!({ "type": "integer", "minimum": 1, "maximum": pages::LIMIT_MAX });
        all.push(parameter("limit", "query", "At most so many; what is left has a `Link`.", limit));
    }
    if pages::is_paged(row) {
        let about = "Where to go on: taken from the `Link` of the page before, never made up.";
        all.push(parameter("cursor", "query", about, text()));
    }
    if etag::is_tagged(row) {
        let about = "Tags that are known already: 304 if it is one of them.";
        all.push(parameter("If-None-Match", "header", about, text()));
    }
    if etag::is_checked(row) {
        let about = "Tag of what was read: 412 if it was changed since.";
        all.push(parameter("If-Match", "header", about, text()));
    }
    if (row.method, row.path) == ("POST", "/v1/plugins") {
        let about =
            "Base64 of the component's signature, a `.minisig` file. Its key has to be in `[plugins]`.";
        let schema = json!({ "type": "string", "contentEncoding": "base64" });
        all.push(parameter("Plaudit-Signature", "header", about, schema));
    }
    if later::is_for(row) {
        let about = "`respond-async`: 202 rather than to wait; with `wait=10` only after so many seconds.";
        all.push(parameter("Prefer", "header", about, text()));
    }
    if idempotency::is_for(row) {
        let about = "A key of your own for this request: sent again within 24 hours, it is not done again.";
        let schema = json!({ "type": "string", "minLength": 1, "maxLength": idempotency::KEY_CHARS_MAX });
        all.push(parameter("Idempotency-Key", "header", about, schema));
    }
    all
}

/// Who may: a token with the least scope that suffices, or a session with one of the roles. Where a scope or role holds
/// for a part of the house only, `docs/access.md` says so.
fn security(row: &Row) -> Value {
    let Some(right) = row.right else { return json!([]) };
    let scope = Scope::ALL.into_iter().find(|scope| rights_of(&[*scope]).contains(&right));
    let roles: Vec<&str> = roles_with(right).map(plaudit_core::access::Role::name).collect();
    let mut all = Vec::new();
    if let Some(scope) = scope {
        all.push(json!({ "token": [scope.name()] }));
    }
    if !roles.is_empty() {
        let mut session = json!({ "session": roles });
        if row.is_change() {
            session["form"] = json!([]);
        }
        all.push(session);
    }
    all.into()
}

fn security_schemes() -> Value {
    json!({
        "token": {
            "type": "http",
            "scheme": "bearer",
            "description": "A token from `POST /v1/tokens`, with scopes: ingest, read, manage (includes read), admin \
                (everything), wall.",
        },
        "session": {
            "type": "apiKey",
            "in": "cookie",
            "name": "plaudit",
            "description": "A session of somebody who has signed in; over TLS the cookie is `__Host-plaudit`.",
        },
        "form": {
            "type": "apiKey",
            "in": "header",
            "name": FORM_TOKEN,
            "description": "The `form_token` of `GET /v1/me`: with a session, whatever changes something needs it, and \
                has to come from a page of this house.",
        },
    })
}

fn responses(problem: &Value) -> Value {
    let mut all = Map::new();
    for (status, about, codes) in PROBLEMS {
        let schema = json!({ "allOf": [problem, {
            "type": "object",
            "properties": { "status": { "const": status }, "code": { "type": "string", "enum": codes } },
        }] });
        let mut response = json!({
            "description": about,
            "content": { "application/problem+json": { "schema": schema } },
        });
        if status == 429 {
            let seconds = json!({ "type": "integer", "minimum": 0 });
            response["headers"] =
                json!({ "Retry-After": { "description": "Seconds to wait.", "schema": seconds } });
        }
        all.insert(format!("Problem{status}"), response);
    }
    all.into()
}
