//! A provider on loopback: correct, unless it is told what to get wrong.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::PoisonError,
};

use axum::{
    Form, Json, Router,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use base64::{
    Engine,
    prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD},
};
use hmac::{Hmac, KeyInit, Mac};
use openidconnect::{
    JsonWebKeyId, PrivateSigningKey,
    core::{CoreEdDsaPrivateSigningKey, CoreJwsSigningAlgorithm},
};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::{super::*, SECRET, asked_for};

const ACCESS_TOKEN: &str = "an-access-token";

/// How an ID token is signed.
#[derive(Clone, Debug)]
enum Signed {
    Rightly,
    Otherwise,
    ByStranger,
    ByUnknownKey,
    Not(String),
    ByHmac(Vec<u8>),
    Silent,
    Garbled,
}

/// What the provider says of somebody.
#[derive(Clone, Debug)]
pub(super) struct Says {
    claims: Map<String, Value>,
    /// Claims of the token itself that are other ones, or none where they are null.
    changed: Map<String, Value>,
    userinfo: Option<Value>,
    signed: Signed,
}

impl Says {
    /// A person with an address that was verified.
    pub(super) fn person(subject: &str, mail: &str) -> Self {
        let claims = json!({ "sub": subject, "email": mail, "email_verified": true });
        let Value::Object(claims) = claims else { unreachable!() };
        Self { claims, changed: Map::new(), userinfo: None, signed: Signed::Rightly }
    }

    pub(super) fn with(mut self, claim: &str, value: Value) -> Self {
        self.changed.insert(claim.to_owned(), value);
        self
    }

    pub(super) fn without(self, claim: &str) -> Self {
        self.with(claim, Value::Null)
    }

    pub(super) fn at_userinfo(mut self, claims: Value) -> Self {
        self.userinfo = Some(claims);
        self
    }

    pub(super) fn signed_otherwise(self) -> Self {
        Self { signed: Signed::Otherwise, ..self }
    }

    pub(super) fn by_a_stranger(self) -> Self {
        Self { signed: Signed::ByStranger, ..self }
    }

    pub(super) fn by_unknown_key(self) -> Self {
        Self { signed: Signed::ByUnknownKey, ..self }
    }

    pub(super) fn unsigned(self, alg: &str) -> Self {
        Self { signed: Signed::Not(alg.to_owned()), ..self }
    }

    pub(super) fn by_hmac(self, key: &[u8]) -> Self {
        Self { signed: Signed::ByHmac(key.to_owned()), ..self }
    }

    pub(super) fn silent(self) -> Self {
        Self { signed: Signed::Silent, ..self }
    }

    pub(super) fn garbled(self) -> Self {
        Self { signed: Signed::Garbled, ..self }
    }
}

/// A code that was given out.
struct Given {
    nonce: String,
    challenge: String,
    redirect_uri: String,
    says: Says,
}

struct Inner {
    issuer: String,
    codes: BTreeMap<String, Given>,
    used: BTreeSet<String>,
    userinfo: Option<Value>,
    key: u8,
    is_down: bool,
    /// Times that the document was asked for.
    asked: usize,
    /// Times that the token endpoint was asked.
    exchanges: usize,
}

#[derive(Clone)]
pub(super) struct Provider(Arc<Mutex<Inner>>);

/// An Ed25519 key of these bytes.
fn key(seed: u8) -> CoreEdDsaPrivateSigningKey {
    let mut der = plaudit_core::draw::unhex("302e020100300506032b657004220420").unwrap();
    der.extend([seed; 32]);
    let pem =
        format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", BASE64_STANDARD.encode(der));
    CoreEdDsaPrivateSigningKey::from_ed25519_pem(&pem, Some(JsonWebKeyId::new(format!("key-{seed}"))))
        .unwrap()
}

fn encoded(value: &Value) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(value.to_string())
}

impl Provider {
    pub(super) async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let provider = Self(Arc::new(Mutex::new(Inner {
            issuer: format!("http://{}", listener.local_addr().unwrap()),
            codes: BTreeMap::new(),
            used: BTreeSet::new(),
            userinfo: None,
            key: 1,
            is_down: false,
            asked: 0,
            exchanges: 0,
        })));
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(document))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .route("/userinfo", get(userinfo))
            .with_state(provider.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        provider
    }

    fn inner(&self) -> std::sync::MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn issuer(&self) -> String {
        self.inner().issuer.clone()
    }

    pub(super) fn set_down(&self, is_down: bool) {
        self.inner().is_down = is_down;
    }

    pub(super) fn change_key(&self) {
        self.inner().key += 1;
    }

    pub(super) fn asked(&self) -> usize {
        self.inner().asked
    }

    pub(super) fn exchanges(&self) -> usize {
        self.inner().exchanges
    }

    pub(super) fn public_key(&self) -> String {
        serde_json::to_string(&key(self.inner().key).as_verification_key()).unwrap()
    }

    /// Somebody signs in there and says yes: where their browser is sent to.
    pub(super) fn consent(&self, there: &url::Url, says: Says) -> String {
        assert_eq!(there.path(), "/authorize");
        let mut inner = self.inner();
        assert!(there.as_str().starts_with(&inner.issuer), "{there}");
        let code = format!("code-{}", inner.codes.len() + inner.used.len());
        let given = Given {
            nonce: asked_for(there, "nonce"),
            challenge: asked_for(there, "code_challenge"),
            redirect_uri: asked_for(there, "redirect_uri"),
            says,
        };
        inner.codes.insert(code.clone(), given);
        format!("/sign-in/openid/back?code={code}&state={}", asked_for(there, "state"))
    }
}

async fn document(State(provider): State<Provider>) -> Response {
    let mut inner = provider.inner();
    inner.asked += 1;
    if inner.is_down {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    let issuer = &inner.issuer;
    Json(json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "userinfo_endpoint": format!("{issuer}/userinfo"),
        "jwks_uri": format!("{issuer}/keys"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["EdDSA", "HS256", "none"],
    }))
    .into_response()
}

async fn keys(State(provider): State<Provider>) -> Json<Value> {
    let public = provider.public_key();
    let key: Value = serde_json::from_str(&public).unwrap();
    Json(json!({ "keys": [key] }))
}

/// Whether the client shows its name and secret, each escaped as a form's value.
fn is_client(headers: &HeaderMap) -> bool {
    let shown = headers.get("authorization").and_then(|value| value.to_str().ok()?.strip_prefix("Basic "));
    let pair = shown.and_then(|text| String::from_utf8(BASE64_STANDARD.decode(text).ok()?).ok());
    let Some((id, secret)) = pair.as_deref().and_then(|pair| pair.split_once(':')) else { return false };
    let plain =
        |text: &str| url::form_urlencoded::parse(text.as_bytes()).next().map(|(key, _)| key.into_owned());
    plain(id).as_deref() == Some("plaudit") && plain(secret).as_deref() == Some(SECRET)
}

fn no(status: StatusCode, error: &str) -> Response {
    (status, Json(json!({ "error": error }))).into_response()
}

async fn token(
    State(provider): State<Provider>,
    headers: HeaderMap,
    Form(form): Form<BTreeMap<String, String>>,
) -> Response {
    let mut inner = provider.inner();
    inner.exchanges += 1;
    if inner.is_down {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    if !is_client(&headers) || form["grant_type"] != "authorization_code" {
        return no(StatusCode::UNAUTHORIZED, "invalid_client");
    }
    let code = &form["code"];
    let verifier = form.get("code_verifier").map(String::as_str).unwrap_or_default();
    let challenge = BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(verifier));
    let is_right = |given: &Given| given.challenge == challenge && given.redirect_uri == form["redirect_uri"];
    if !inner.codes.get(code).is_some_and(is_right) {
        return no(StatusCode::BAD_REQUEST, "invalid_grant");
    }
    let Some(given) = inner.codes.remove(code) else { unreachable!() };
    inner.used.insert(code.clone());
    inner.userinfo =
        Some(given.says.userinfo.clone().unwrap_or_else(|| json!({ "sub": given.says.claims["sub"] })));
    let mut answer = json!({ "access_token": ACCESS_TOKEN, "token_type": "Bearer", "expires_in": 60 });
    if let Some(token) = id_token(&inner, &given) {
        answer["id_token"] = token.into();
    }
    Json(answer).into_response()
}

fn id_token(inner: &Inner, given: &Given) -> Option<String> {
    let mut claims = given.says.claims.clone();
    let seconds = NOW / 1000;
    let now = [
        ("iss", json!(inner.issuer)),
        ("aud", json!("plaudit")),
        ("iat", json!(seconds)),
        ("exp", json!(seconds + 3 * 3600)),
        ("nonce", json!(given.nonce)),
    ];
    claims.extend(now.map(|(name, value)| (name.to_owned(), value)));
    for (name, value) in &given.says.changed {
        match value {
            Value::Null => claims.remove(name),
            value => claims.insert(name.clone(), value.clone()),
        };
    }
    let own = key(inner.key);
    let payload = encoded(&Value::Object(claims));
    let signed = |header: &Value, sign: &dyn Fn(&[u8]) -> Vec<u8>| {
        let text = format!("{}.{payload}", encoded(header));
        let signature = BASE64_URL_SAFE_NO_PAD.encode(sign(text.as_bytes()));
        Some(format!("{text}.{signature}"))
    };
    let by = |key: &CoreEdDsaPrivateSigningKey, text: &[u8]| {
        key.sign(&CoreJwsSigningAlgorithm::EdDsa, text).unwrap()
    };
    let header = |seed: u8| json!({ "alg": "EdDSA", "typ": "JWT", "kid": format!("key-{seed}") });
    match &given.says.signed {
        Signed::Rightly => signed(&header(inner.key), &|text| by(&own, text)),
        Signed::Otherwise => signed(&header(inner.key), &|text| {
            let mut signature = by(&own, text);
            signature[7] ^= 1;
            signature
        }),
        Signed::ByStranger => signed(&header(inner.key), &|text| by(&key(99), text)),
        Signed::ByUnknownKey => signed(&header(99), &|text| by(&key(99), text)),
        Signed::Not(alg) => signed(&json!({ "alg": alg, "typ": "JWT" }), &|_| Vec::new()),
        Signed::ByHmac(secret) => signed(&json!({ "alg": "HS256", "typ": "JWT" }), &|text| {
            let mut mac = Hmac::<Sha256>::new_from_slice(secret).unwrap();
            mac.update(text);
            mac.finalize().into_bytes().to_vec()
        }),
        Signed::Silent => None,
        Signed::Garbled => Some("not.a.token".to_owned()),
    }
}

async fn userinfo(State(provider): State<Provider>, headers: HeaderMap) -> Response {
    let shown = headers.get("authorization").map(|value| value.as_bytes().to_vec());
    if shown != Some(format!("Bearer {ACCESS_TOKEN}").into_bytes()) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    Json(provider.inner().userinfo.clone().unwrap_or_default()).into_response()
}
