//! Signing in by npm's certified `oidc-provider`: the real server, the real provider, and a browser in between.
//!
//! The provider stands in `tests/interop/openid.mjs`; its library is installed under cargo's target folder. Where node or
//! the registry is missing, a test says that it left it out and proves nothing; with `PLAUDIT_INTEROP=required` (as in
//! CI) it fails instead.

use std::{
    collections::BTreeMap,
    fs,
    io::{BufRead, BufReader},
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
};

use plaudit_tests::{
    house::House,
    workshop::{npm, or_left_out, scripts},
};
use reqwest::{Client, Method, StatusCode, Url, header, redirect::Policy};
use serde_json::{Value, json};

const NPM: &str = "oidc-provider@9.13.3";
const SECRET: &str = "between the house and its provider";
/// Most steps from the house to the provider and back.
const STEPS_MAX: usize = 20;

/// The provider; it ends with its stdin, when this is dropped.
struct Provider(Child);

impl Provider {
    fn start(folder: &Path, options: &Value) -> Self {
        let mut child = Command::new("node")
            .arg(scripts().join("openid.mjs"))
            .arg(folder)
            .arg(options.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("node starts");
        let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        let first = lines.next().expect("a word").expect("a word");
        assert_eq!(first, "ready");
        // Whatever it says further is read, so that it never waits for us.
        std::thread::spawn(move || lines.for_each(drop));
        Self(child)
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        // It may have ended by itself; there is nobody left to tell.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A browser: cookies by host and port, and every step seen.
struct Browser {
    client: Client,
    cookies: BTreeMap<(String, String), String>,
}

struct Page {
    status: StatusCode,
    address: Url,
    place: Option<Url>,
    text: String,
}

impl Browser {
    fn new() -> Self {
        let client = Client::builder().no_proxy().redirect(Policy::none()).build().expect("a client");
        Self { client, cookies: BTreeMap::new() }
    }

    async fn send(&mut self, method: Method, address: Url, body: Option<&str>) -> Page {
        let host =
            format!("{}:{}", address.host_str().unwrap_or_default(), address.port().unwrap_or_default());
        let own = self.cookies.iter().filter(|((of, _), _)| *of == host);
        let shown: Vec<String> = own.map(|((_, name), value)| format!("{name}={value}")).collect();
        let mut request =
            self.client.request(method, address.clone()).header(header::COOKIE, shown.join("; "));
        if let Some(body) = body {
            request = request
                .header(header::ORIGIN, address.origin().ascii_serialization())
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(body.to_owned());
        }
        let answer = request.send().await.expect("an answer");
        for cookie in answer.headers().get_all(header::SET_COOKIE) {
            let text = cookie.to_str().expect("text");
            let (name, value) =
                text.split(';').next().and_then(|pair| pair.split_once('=')).expect("a cookie");
            let key = (host.clone(), name.to_owned());
            if value.is_empty() {
                self.cookies.remove(&key);
            } else {
                self.cookies.insert(key, value.to_owned());
            }
        }
        let place =
            answer.headers().get(header::LOCATION).map(|place| place.to_str().expect("text").to_owned());
        let place = place.map(|place| address.join(&place).expect("an address"));
        let status = answer.status();
        Page { status, address, place, text: answer.text().await.expect("text") }
    }

    /// From the house to the provider, where somebody signs in and agrees, and back: the page at the end, and the address
    /// by which they came back.
    async fn sign_in(&mut self, house: &str, login: &str) -> (Page, Url) {
        let mut page = self.get(&format!("{house}/sign-in/openid?next=/account")).await;
        let mut back = None;
        for _ in 0..STEPS_MAX {
            if let Some(place) = page.place.take() {
                if place.path() == "/sign-in/openid/back" {
                    back = Some(place.clone());
                }
                page = self.send(Method::GET, place, None).await;
            } else if page.address.path().starts_with("/interaction/") {
                let prompt = if page.text.contains("name=\"login\"") { "login" } else { "consent" };
                let body = format!("prompt={prompt}&login={login}&password=any");
                page = self.send(Method::POST, page.address.clone(), Some(&body)).await;
            } else {
                break;
            }
        }
        let back = back.unwrap_or_else(|| panic!("nobody came back from {}: {}", page.address, page.text));
        (page, back)
    }

    async fn get(&mut self, address: &str) -> Page {
        self.send(Method::GET, Url::parse(address).expect("an address"), None).await
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address").port()
}

/// A house with two invited people, and its provider, which starts after it.
async fn both(library: &Path, alg: &str, method: &str, in_token: bool) -> (House, Provider) {
    let port = free_port();
    let settings = format!(
        "\n[openid]\nissuer = \"http://127.0.0.1:{port}\"\nclient_id = \"plaudit\"\nlabel = \"Test House\"\n"
    );
    let mut house = House::plan().settings(&settings).with_pages().open("2026-03-02T06:00:00Z").await;
    for name in ["ana", "unsure"] {
        let account = json!({
            "mail": format!("{name}@example.com"),
            "name": name,
            "roles": [{ "role": "auditor" }],
        });
        let (status, answer) = house.try_send("/v1/accounts?hand_over=true", &account).await;
        assert_eq!(status, StatusCode::CREATED, "{answer}");
    }
    let mut client = json!({
        "client_id": "plaudit",
        "redirect_uris": [format!("{}/sign-in/openid/back", house.address())],
        "response_types": ["code"],
        "grant_types": ["authorization_code"],
        "id_token_signed_response_alg": alg,
        "token_endpoint_auth_method": method,
    });
    if method != "none" {
        client["client_secret"] = SECRET.into();
        fs::write(house.path("secrets/openid-client-secret"), format!("{SECRET}\n")).expect("written");
        house.stop().await;
        house.start_again().await;
    }
    let down = Browser::new().get(&format!("{}/sign-in/openid", house.address())).await;
    assert_eq!(down.status, StatusCode::SERVICE_UNAVAILABLE, "nobody listens there yet");
    let options = json!({ "port": port, "client": client, "methods": [method], "inToken": in_token });
    let provider = Provider::start(library, &options);
    // The house pauses after a failure; a new process of it begins anew.
    house.stop().await;
    house.start_again().await;
    (house, provider)
}

async fn acts(house: &House) -> Vec<String> {
    let log = house.get("/v1/audit?limit=100").await;
    let rows = log["rows"].as_array().expect("rows");
    rows.iter().map(|row| row["act"].as_str().unwrap_or_default().to_owned()).collect()
}

/// All that a person does, with this signature, this way to show the client's secret, and claims in the token or not.
async fn through(alg: &str, method: &str, in_token: bool) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("openid");
    let Some(library) = or_left_out(NPM, npm(&folder, &[NPM])) else { return };
    let (house, _provider) = both(&library, alg, method, in_token).await;
    let address = house.address().to_owned();
    let mut ana = Browser::new();
    let door = ana.get(&format!("{address}/sign-in")).await;
    assert!(door.text.contains("Sign in with Test House"), "{}", door.text);
    let (page, back) = ana.sign_in(&address, "ana").await;
    assert_eq!((page.status, page.address.path()), (StatusCode::OK, "/account"), "{}", page.text);
    assert!(page.text.contains("ana@example.com"), "{}", page.text);
    let written = acts(&house).await;
    assert!(written.contains(&"linked to OpenID".to_owned()), "{written:?}");
    assert!(written.contains(&"sign-in with OpenID".to_owned()), "{written:?}");
    // The way back does nothing twice, not even in the same browser, and the session goes on.
    let again = ana.send(Method::GET, back.clone(), None).await;
    assert_eq!(again.status, StatusCode::BAD_REQUEST, "{}", again.text);
    assert_eq!(ana.get(&format!("{address}/account")).await.status, StatusCode::OK);
    // Nor in another one that has set out itself: the provider does not take the code again.
    let mut thief = Browser::new();
    let there = thief.get(&format!("{address}/sign-in/openid")).await.place.expect("an address");
    let state = there.query_pairs().find(|(name, _)| name == "state").expect("a state").1.into_owned();
    let code = back.query_pairs().find(|(name, _)| name == "code").expect("a code").1.into_owned();
    let stolen = Url::parse_with_params(
        &format!("{address}/sign-in/openid/back"),
        [("code", code.as_str()), ("state", state.as_str())],
    );
    let page = thief.send(Method::GET, stolen.expect("an address"), None).await;
    assert_eq!(page.status, StatusCode::BAD_REQUEST, "{}", page.text);
    assert_eq!(thief.get(&format!("{address}/account")).await.status, StatusCode::SEE_OTHER, "not in");
    // Whoever is not invited, or has not shown that the address is theirs, is told so.
    for (login, said) in
        [("stranger", "has no account for you"), ("unsure", "has not verified your mail address")]
    {
        let (page, _) = Browser::new().sign_in(&address, login).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{}", page.text);
        assert!(page.text.contains(said), "{}", page.text);
    }
    // A second time, in another browser: the same account.
    let (page, _) = Browser::new().sign_in(&address, "ana").await;
    assert!(page.text.contains("ana@example.com"), "{}", page.text);
}

#[tokio::test]
async fn people_come_in_with_rsa_and_claims_at_userinfo() {
    through("RS256", "client_secret_basic", false).await;
}

#[tokio::test]
async fn people_come_in_with_elliptic_curves_and_the_secret_in_the_body() {
    through("ES256", "client_secret_post", true).await;
}

#[tokio::test]
async fn people_come_in_with_edwards_curves_and_no_secret() {
    through("EdDSA", "none", true).await;
}

#[tokio::test]
async fn people_come_in_with_probabilistic_rsa() {
    through("PS256", "client_secret_basic", true).await;
}
