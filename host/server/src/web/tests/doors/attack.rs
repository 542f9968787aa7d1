//! What somebody would try who is not meant to come in.

use axum::http::HeaderMap;
use plaudit_store::StoreError;
use tokio::sync::broadcast;

use super::*;
use crate::{
    api::{routes, views::News},
    config::DemoAccount,
    web::tests::FakeViews,
};

/// The whole house, as `serve` puts it together, for one request.
async fn ask(
    browser: &Browser,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> (u16, HeaderMap, String) {
    let (_, texts) = app(Pages::Accounts, browser.state.porter.clone());
    let router = routes::with(browser.state.clone(), router(browser.state.clone(), texts));
    let mut request = Request::builder().method(method).uri(path).header("host", "localhost:8080");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let answer = router.oneshot(request.body(Body::from(body.to_owned())).unwrap()).await.unwrap();
    let (parts, body) = answer.into_parts();
    let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    (parts.status.as_u16(), parts.headers, String::from_utf8(bytes.to_vec()).unwrap())
}

fn set(browser: &mut Browser, change: impl FnOnce(&mut crate::config::Config)) {
    change(Arc::make_mut(&mut browser.state.config));
    let (_, texts) = app(Pages::Accounts, browser.state.porter.clone());
    browser.router = router(browser.state.clone(), texts);
}

impl Browser {
    fn cookie(&self) -> String {
        let pairs: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        pairs.join("; ")
    }

    /// The header in which scripts send the form's token.
    fn token(&self) -> String {
        let secret = &self.cookies.iter().find(|(name, _)| name == "plaudit").unwrap().1;
        let visitor = sessions::find(&*self.state.store, &self.state.porter, secret).unwrap().unwrap();
        self.state.porter.form_token(&visitor.key)
    }
}

#[tokio::test]
async fn behind_tls_the_session_is_a_cookie_of_this_host_alone() {
    let mut browser = Browser::new();
    browser.account(Role::Admin, None);
    set(&mut browser, |config| "https://plaudit.example.com".clone_into(&mut config.server.public_url));
    let form = format!("mail={MAIL}&password={}", PASSWORD.replace(' ', "+"));
    let (status, headers, _) =
        ask(&browser, "POST", "/sign-in", &[("origin", "https://plaudit.example.com")], &form).await;
    assert_eq!(status, 303);
    let cookies: Vec<&str> = headers.get_all("set-cookie").iter().map(|c| c.to_str().unwrap()).collect();
    assert_eq!(cookies.len(), 2);
    for cookie in cookies {
        assert!(cookie.starts_with("__Host-plaudit"), "{cookie}");
        for flag in ["; Path=/", "; HttpOnly", "; SameSite=Lax", "; Secure"] {
            assert!(cookie.contains(flag), "{cookie} has no {flag}");
        }
        assert!(!cookie.contains("Domain"), "{cookie}");
    }
    assert_eq!(headers["strict-transport-security"], "max-age=31536000");
    // The cookie's name of an unencrypted house opens nothing here.
    let session = sessions::begin(
        &*browser.state.store,
        &browser.state.porter,
        &accounts::by_mail(&*browser.state.store, MAIL).unwrap().unwrap(),
        "test",
    );
    let plain = format!("plaudit={}", session.unwrap());
    assert_eq!(ask(&browser, "GET", "/v1/me", &[("cookie", &plain)], "").await.0, 401);
    let hosted = format!("__Host-{plain}");
    let (status, headers, _) = ask(&browser, "GET", "/v1/me", &[("cookie", &hosted)], "").await;
    assert_eq!((status, &headers["cache-control"]), (200, &"private, no-store".parse().unwrap()));
}

#[tokio::test]
async fn private_pages_are_kept_by_nobody() {
    let mut browser = Browser::new();
    browser.account(Role::Admin, None);
    let (_, headers, _) = ask(&browser, "GET", "/sign-in", &[], "").await;
    assert_eq!(headers["cache-control"], "private, no-store");
    assert!(!headers.contains_key("strict-transport-security"), "there is no TLS here");
    browser.sign_in().await;
    for path in ["/", "/account", "/incentives/sprint", "/agents/aruta", "/v1/me", "/v1/accounts"] {
        let (status, headers, _) = ask(&browser, "GET", path, &[("cookie", &browser.cookie())], "").await;
        assert_eq!(
            (status, &headers["cache-control"]),
            (200, &"private, no-store".parse().unwrap()),
            "{path}"
        );
        assert_eq!(headers["x-content-type-options"], "nosniff", "{path}");
    }
}

#[tokio::test]
async fn a_session_of_before_the_browser_signed_in_is_worth_nothing() {
    let mut browser = Browser::new();
    browser.account(Role::Admin, None);
    // A value that somebody else has put into the browser.
    for planted in ["x", "uaaaaaaaaaaaaaaaa.planted", ".", "u.."] {
        browser.cookies = vec![("plaudit".to_owned(), planted.to_owned())];
        assert!(!browser.is_in().await, "{planted}");
        browser.sign_in().await;
        let (_, value) = browser.cookies.iter().find(|(name, _)| name == "plaudit").unwrap();
        assert_ne!(value, planted);
        assert!(browser.is_in().await);
    }
}

#[tokio::test]
async fn what_a_change_of_password_overtakes_opens_nothing() {
    let browser = Browser::new();
    let old = browser.account(Role::Admin, None);
    let (store, porter) = (&*browser.state.store, &browser.state.porter);
    let new = Account { password: Some("$another".into()), ..old.clone() };
    accounts::change(store, &old, &new, |_| {}).unwrap();
    assert!(matches!(links::make(store, porter, &old, LinkKind::Reset), Err(StoreError::Fenced { .. })));
    assert!(matches!(sessions::begin(store, porter, &old, "test"), Err(StoreError::Fenced { .. })));
    assert!(sessions::of_account(store, &old.id).unwrap().is_empty());
    assert!(sessions::begin(store, porter, &new, "test").is_ok());
}

#[tokio::test]
async fn a_stranger_who_asks_for_links_ends_nobody_s() {
    let mut browser = Browser::new();
    let account = browser.account(Role::Auditor, None);
    let mut stranger = browser.other();
    let asked = |browser: &Browser, n: usize| browser.letters.lock().unwrap().len() >= n;
    browser.post("/forgot", &[("mail", MAIL)]).await;
    while !asked(&browser, 1) {
        tokio::task::yield_now().await;
    }
    let own = browser.link();
    for n in 2..5 {
        stranger.post("/forgot", &[("mail", MAIL)]).await;
        while !asked(&browser, n) {
            tokio::task::yield_now().await;
        }
    }
    let last = browser.link();
    let new = "another long password";
    assert_eq!(
        browser.post("/reset", &[("link", &own), ("password", new)]).await.place.as_deref(),
        Some("/")
    );
    let after = browser.post("/reset", &[("link", &last), ("password", "a third password")]).await;
    assert_eq!(after.status, StatusCode::NOT_FOUND, "using one ends all others");
    // And mailboxes are not flooded.
    let account = accounts::get(&*browser.state.store, &account.id).unwrap().unwrap();
    let (store, porter) = (&*browser.state.store, &browser.state.porter);
    assert!((0..100).filter(|_| porter.may_write(&account.id)).count() < 10);
    let made = (0..100).filter(|_| links::add(store, porter, &account, LinkKind::Reset).unwrap().is_some());
    assert_eq!(made.count(), 20);
}

#[tokio::test]
async fn of_two_at_the_first_start_one_is_the_admin() {
    let browser = Browser::new();
    let dir = tempfile::tempdir().unwrap();
    let (code, _) =
        browser.state.porter.open_first_start(&*browser.state.store, dir.path()).unwrap().unwrap();
    let (mut one, mut other) = (browser.other(), browser.other());
    let fields = |mail: &'static str| {
        [("code", code.as_str()), ("name", "Ana"), ("mail", mail), ("password", PASSWORD)]
    };
    let (ana, eva) = (fields("ana@example.com"), fields("eva@example.com"));
    let (first, second) = tokio::join!(one.post("/first-start", &ana), other.post("/first-start", &eva));
    let made = [first, second].iter().filter(|page| page.place.as_deref() == Some("/")).count();
    assert_eq!((made, accounts::list(&*browser.state.store).unwrap().len()), (1, 1));
}

#[tokio::test]
async fn who_has_signed_out_hears_nothing_any_more() {
    let mut browser = Browser::new();
    browser.account(Role::Admin, None);
    let (news, _) = broadcast::channel(8);
    browser.state.views = Arc::new(FakeViews(news.clone()));
    set(&mut browser, |_| {});
    browser.sign_in().await;
    let open = |browser: &Browser| {
        let request = Request::builder().uri("/live").header("host", "localhost:8080");
        let request = request.header("cookie", browser.cookie()).body(Body::empty()).unwrap();
        browser.router.clone().oneshot(request)
    };
    let changed = || News::Paused { incentive: "sprint".into(), fault: "test".into() };
    let stream = open(&browser).await.unwrap();
    assert_eq!(stream.status(), StatusCode::OK);
    let mut stream = stream.into_body().into_data_stream();
    news.send(changed()).unwrap();
    let first = futures_util::StreamExt::next(&mut stream).await.unwrap().unwrap();
    assert!(first.starts_with(b"event: changed"), "{first:?}");
    let form = Browser::form(&browser.get("/account").await);
    browser.post("/sign-out", &[("form", &form)]).await;
    news.send(changed()).unwrap();
    assert!(futures_util::StreamExt::next(&mut stream).await.is_none(), "the stream ends");
    assert_eq!(open(&browser).await.unwrap().status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn where_there_are_no_pages_sessions_open_nothing() {
    let mut browser = Browser::new();
    browser.account(Role::Admin, None);
    browser.sign_in().await;
    let cookie = browser.cookie();
    assert_eq!(ask(&browser, "GET", "/v1/me", &[("cookie", &cookie)], "").await.0, 200);
    set(&mut browser, |config| config.server.pages = Pages::Off);
    assert_eq!(ask(&browser, "GET", "/v1/me", &[("cookie", &cookie)], "").await.0, 401);
}

#[tokio::test]
async fn secrets_are_shown_once_and_kept_as_hashes() {
    let mut browser = Browser::new();
    browser.account(Role::Admin, None);
    browser.sign_in().await;
    let (cookie, token) = (browser.cookie(), browser.token());
    let headers: [(&str, &str); 4] = [
        ("cookie", &cookie),
        ("origin", "http://localhost:8080"),
        ("x-plaudit-form", &token),
        ("content-type", "application/json"),
    ];
    let wanted = r#"{"name":"acd","scopes":["ingest"]}"#;
    let (status, _, made) = ask(&browser, "POST", "/v1/tokens", &headers, wanted).await;
    assert_eq!(status, 201, "{made}");
    let made: serde_json::Value = serde_json::from_str(&made).unwrap();
    let secret = made["secret"].as_str().unwrap();
    let wanted = r#"{"mail":"eva@example.com","name":"Eva","roles":[{"role":"auditor"}]}"#;
    let (status, _, handed) = ask(&browser, "POST", "/v1/accounts?hand_over=true", &headers, wanted).await;
    assert_eq!(status, 201, "{handed}");
    let handed: serde_json::Value = serde_json::from_str(&handed).unwrap();
    let link = handed["link"].as_str().unwrap().split("?link=").nth(1).unwrap();
    assert!(browser.letters.lock().unwrap().is_empty(), "it is handed over, and not sent");
    for path in ["/v1/tokens", "/v1/accounts", "/v1/audit"] {
        let (_, _, list) = ask(&browser, "GET", path, &[("cookie", &cookie)], "").await;
        assert!(list.contains("auditor") || list.contains("ingest"), "{path}: {list}");
        assert!(!list.contains(secret) && !list.contains(link), "{path}");
    }
    let stored = browser.state.store.scan(&[2], &[255], 1000).unwrap();
    for secret in [secret, link, PASSWORD] {
        let has = |bytes: &[u8]| bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
        assert!(!stored.iter().any(|(key, value)| has(key) || has(value)));
    }
    let set =
        browser.other().post("/invitation", &[("link", link), ("password", "another long password")]).await;
    assert_eq!(set.place.as_deref(), Some("/"));
    let (_, _, invited) =
        ask(&browser, "POST", "/v1/accounts", &headers, &wanted.replace("eva", "leo")).await;
    assert!(!invited.contains("link\"") && browser.letters.lock().unwrap().len() == 1, "{invited}");
}

#[tokio::test]
async fn a_demo_shows_its_accounts_and_says_that_it_is_one() {
    let mut browser = Browser::new();
    let ready = |mail: &str| DemoAccount { mail: mail.to_owned(), password: PASSWORD.to_owned() };
    set(&mut browser, |config| config.demo.accounts = vec![ready(MAIL), ready("nobody@example.com")]);
    let before = browser.get("/sign-in").await.text;
    assert!(!before.contains("This is a demo") && !before.contains(PASSWORD), "{before}");
    browser.account(Role::Agent, Some(RUTA));
    let page = browser.get("/sign-in?lang=en").await.text;
    assert!(page.contains("This is a demo with invented people") && !page.contains("nobody@"), "{page}");
    assert!(page.contains(PASSWORD) && page.contains("<strong>agent</strong>"), "{page}");
    let mut album = Album::default();
    for locale in Locale::ALL {
        whole(&mut album, &mut browser, locale, "GET", "/sign-in", &[]).await;
    }
    album.compare("demo");
    set(&mut browser, |config| config.demo.accounts.clear());
    assert!(!browser.get("/sign-in").await.text.contains(PASSWORD));
}
