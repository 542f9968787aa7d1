//! Signing in and out, links by mail, the first start, one's own account: as a browser goes through them.

mod attack;
mod openid;

use std::sync::{Arc, Mutex};

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode},
};
use plaudit_core::access::{Grant, Range, Role};
use plaudit_store::family::{account::Account, audit, link::LinkKind};
use tower::ServiceExt;

use super::{NOW, RUTA, app, outline::Album, router};
use crate::{
    api::AppState,
    clock::Clock,
    config::Pages,
    porter::{About, Letter, Porter, accounts, links, password, sessions, tests::Postbag},
    texts::Locale,
};

const PASSWORD: &str = "correct horse battery staple";
const MAIL: &str = "ruta@example.com";

/// A house, and a browser that keeps cookies.
struct Browser {
    state: AppState,
    router: Router,
    clock: Clock,
    letters: Arc<Mutex<Vec<Letter>>>,
    cookies: Vec<(String, String)>,
}

struct Page {
    status: StatusCode,
    place: Option<String>,
    text: String,
}

impl Browser {
    fn new() -> Self {
        let clock = Clock::driven(NOW);
        let bag = Postbag::default();
        let letters = bag.0.clone();
        let porter = Arc::new(Porter::new(clock.clone(), &[3; 32], Arc::new(bag)));
        let (state, texts) = app(Pages::Accounts, porter);
        let router = router(state.clone(), texts);
        Self { state, router, clock, letters, cookies: Vec::new() }
    }

    /// The same house, and another browser.
    fn other(&self) -> Self {
        Self {
            state: self.state.clone(),
            router: self.router.clone(),
            clock: self.clock.clone(),
            letters: self.letters.clone(),
            cookies: Vec::new(),
        }
    }

    fn account(&self, role: Role, agent: Option<&str>) -> Account {
        let wish = accounts::Wish {
            mail: MAIL.into(),
            name: "Rūta Kazlauskienė".into(),
            locale: "en".into(),
            grants: vec![Grant { role, range: Range::House }],
            agent: agent.map(str::to_owned),
        };
        let hashed = password::hash(PASSWORD, [1; 16]).unwrap();
        accounts::create(&*self.state.store, wish, "test", NOW, Some(hashed)).unwrap()
    }

    async fn send(&mut self, method: &str, path: &str, origin: Option<&str>, body: &str) -> Page {
        let mut request = Request::builder().method(method).uri(path).header("host", "localhost:8080");
        if let Some(origin) = origin {
            request = request.header("origin", origin);
        }
        let cookies: Vec<String> = self.cookies.iter().map(|(k, v)| format!("{k}={v}")).collect();
        if !cookies.is_empty() {
            request = request.header("cookie", cookies.join("; "));
        }
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let answer =
            self.router.clone().oneshot(request.body(Body::from(body.to_owned())).unwrap()).await.unwrap();
        let (parts, body) = answer.into_parts();
        for cookie in parts.headers.get_all("set-cookie") {
            let cookie = cookie.to_str().unwrap();
            assert!(cookie.contains("; HttpOnly; SameSite=Lax"), "{cookie}");
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.retain(|(known, _)| known != name);
            if !value.is_empty() {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
        let policy = parts.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.contains("form-action 'self'") && !policy.contains("unsafe"), "{policy}");
        assert_eq!(parts.headers["x-frame-options"], "DENY");
        let place = parts.headers.get("location").map(|place| place.to_str().unwrap().to_owned());
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        Page { status: parts.status, place, text: String::from_utf8(bytes.to_vec()).unwrap() }
    }

    async fn get(&mut self, path: &str) -> Page {
        self.send("GET", path, None, "").await
    }

    async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let body: String = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.send("POST", path, Some("http://localhost:8080"), &body).await
    }

    async fn sign_in(&mut self) -> Page {
        self.post("/sign-in", &[("mail", MAIL), ("password", PASSWORD)]).await
    }

    /// What the forms of a page carry.
    fn form(page: &Page) -> String {
        let after = page.text.split("name=\"form\" value=\"").nth(1).expect("a form with its token");
        after.split('"').next().unwrap().to_owned()
    }

    async fn is_in(&mut self) -> bool {
        self.get("/account").await.status == StatusCode::OK
    }

    fn link(&self) -> String {
        let letters = self.letters.lock().unwrap();
        let Some(About::Link(_, link, _)) = letters.last().map(|l| l.about.clone()) else {
            panic!("no link in {letters:?}")
        };
        link.split("?link=").nth(1).unwrap().to_owned()
    }

    fn acts(&self) -> Vec<String> {
        let rows = audit::newest(&*self.state.store, None, 100).unwrap();
        rows.into_iter().rev().map(|(_, row)| row.change.act).collect()
    }
}

#[tokio::test]
async fn who_signs_in_comes_where_they_wanted_to_go() {
    let mut browser = Browser::new();
    browser.account(Role::Admin, None);
    let away = browser.get("/incentives/sprint?period=2026-03-02").await;
    assert_eq!(away.status, StatusCode::SEE_OTHER);
    let door = away.place.unwrap();
    assert_eq!(door, "/sign-in?next=%2Fincentives%2Fsprint%3Fperiod%3D2026-03-02");
    let page = browser.get(&door).await;
    assert!(page.text.contains("action=\"/sign-in?next=%2Fincentives"), "{}", page.text);
    let wrong = browser.post(&door, &[("mail", MAIL), ("password", "wrong")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        wrong.text.contains(MAIL) && !wrong.text.contains("value=\"wrong\""),
        "values survive, passwords do not"
    );
    assert!(browser.cookies.is_empty());
    let right = browser.post(&door, &[("mail", " RUTA@example.com"), ("password", PASSWORD)]).await;
    assert_eq!(right.place.as_deref(), Some("/incentives/sprint?period=2026-03-02"));
    assert!(browser.is_in().await);
    let foreign =
        browser.post("/sign-in?next=//evil.example", &[("mail", MAIL), ("password", PASSWORD)]).await;
    assert_eq!(foreign.place.as_deref(), Some("/"));
    assert_eq!(browser.acts(), ["sign-in", "sign-in"]);
}

#[tokio::test]
async fn signing_in_begins_another_session_and_ends_the_one_before() {
    let mut browser = Browser::new();
    let account = browser.account(Role::Admin, None);
    browser.sign_in().await;
    let first = browser.cookies.clone();
    browser.sign_in().await;
    assert_ne!(first, browser.cookies);
    let mut thief = browser.other();
    thief.cookies = first;
    assert!(!thief.is_in().await && browser.is_in().await);
    assert_eq!(sessions::of_account(&*browser.state.store, &account.id).unwrap().len(), 1);
    let secret = &browser.cookies[0].1;
    let bare = secret.split_once('.').unwrap().1.as_bytes();
    let stored = browser.state.store.scan(&[2], &[255], 1000).unwrap();
    assert!(stored.iter().all(|(k, v)| ![k, v].iter().any(|b| b.windows(bare.len()).any(|w| w == bare))));
}

#[tokio::test]
async fn a_session_ends_unused_used_and_by_its_owner() {
    let mut browser = Browser::new();
    browser.account(Role::Admin, None);
    browser.sign_in().await;
    browser.clock.drive(NOW + sessions::IDLE_MS - 1).unwrap();
    assert!(browser.is_in().await, "used in time");
    browser.clock.drive(NOW + 2 * sessions::IDLE_MS - 1).unwrap();
    assert!(!browser.is_in().await, "not used");
    browser.sign_in().await;
    let begun = browser.clock.now();
    let mut now = begun;
    while now + sessions::IDLE_MS / 2 < begun + sessions::LIFE_MS {
        now += sessions::IDLE_MS / 2;
        browser.clock.drive(now).unwrap();
        assert!(browser.is_in().await, "{}", now - begun);
    }
    browser.clock.drive(begun + sessions::LIFE_MS).unwrap();
    assert!(!browser.is_in().await, "used all the time");

    browser.sign_in().await;
    let mut elsewhere = browser.other();
    elsewhere.sign_in().await;
    let page = browser.get("/account").await;
    assert_eq!(page.text.matches("<li><div>").count(), 2, "{}", page.text);
    let ends = page.text.split("action=\"/account/sessions/").nth(1).unwrap();
    let end = format!("/account/sessions/{}", ends.split('"').next().unwrap());
    let form = Browser::form(&page);
    assert_eq!(browser.post(&end, &[]).await.status, StatusCode::FORBIDDEN, "without the form's token");
    assert!(elsewhere.is_in().await);
    assert_eq!(browser.post(&end, &[("form", &form)]).await.place.as_deref(), Some("/account"));
    assert!(!elsewhere.is_in().await && browser.is_in().await);

    elsewhere.sign_in().await;
    let copy = browser.cookies.clone();
    assert_eq!(browser.post("/sign-out", &[("form", &form)]).await.place.as_deref(), Some("/sign-in?out"));
    assert!(!browser.cookies.iter().any(|(name, _)| name == "plaudit"));
    browser.cookies = copy;
    assert!(!browser.is_in().await, "the cookie is worth nothing any more");
    let page = elsewhere.get("/account").await;
    elsewhere.post("/account/sessions/end", &[("form", &Browser::form(&page))]).await;
    assert!(!elsewhere.is_in().await);
}

#[tokio::test]
async fn forms_of_other_sites_are_refused() {
    let mut browser = Browser::new();
    browser.account(Role::Admin, None);
    let fields = format!("mail={MAIL}&password={}", PASSWORD.replace(' ', "+"));
    for origin in [None, Some("null"), Some("http://evil.example"), Some("https://localhost:8080")] {
        let page = browser.send("POST", "/sign-in", origin, &fields).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{origin:?}");
        assert!(browser.cookies.is_empty());
    }
    browser.sign_in().await;
    let form = Browser::form(&browser.get("/account").await);
    let body = format!("form={form}");
    let page = browser.send("POST", "/sign-out", Some("http://evil.example"), &body).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert!(page.text.contains("did not come from a page of this house"), "{}", page.text);
    assert!(browser.is_in().await);
}

#[tokio::test]
async fn over_an_open_network_nobody_signs_in() {
    let browser = Browser::new();
    browser.account(Role::Admin, None);
    let request =
        Request::builder().uri("/sign-in").header("host", "10.0.0.7:8080").body(Body::empty()).unwrap();
    let answer = browser.router.clone().oneshot(request).await.unwrap();
    let text = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
    let text = String::from_utf8(text.to_vec()).unwrap();
    assert!(text.contains("encrypted connection") && !text.contains("<form"), "{text}");
    let request = Request::builder().method("POST").uri("/sign-in").header("host", "10.0.0.7:8080");
    let request = request
        .header("origin", "http://10.0.0.7:8080")
        .body(Body::from(format!("mail={MAIL}&password={PASSWORD}")));
    let answer = browser.router.clone().oneshot(request.unwrap()).await.unwrap();
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
    assert!(!answer.headers().contains_key("set-cookie"));
}

#[tokio::test]
async fn guessing_costs_time_and_never_keeps_the_owner_out() {
    let mut browser = Browser::new();
    browser.account(Role::Admin, None);
    browser.sign_in().await;
    let mut stranger = browser.other();
    let mut refused = 0;
    while refused != 429 {
        refused = stranger.post("/sign-in", &[("mail", MAIL), ("password", "guess")]).await.status.as_u16();
    }
    assert_eq!(stranger.sign_in().await.status, StatusCode::TOO_MANY_REQUESTS, "not even with the password");
    assert_eq!(browser.sign_in().await.status, StatusCode::SEE_OTHER, "the owner's browser is known");
    // A name that nobody has looks the same.
    let mut unknown = browser.other();
    let mut seen = Vec::new();
    for _ in 0..7 {
        let page = unknown.post("/sign-in", &[("mail", "nobody@example.com"), ("password", "guess")]).await;
        seen.push(page.status.as_u16());
    }
    assert_eq!(seen, [422, 422, 422, 422, 422, 422, 429]);
    // And the delay ends.
    stranger.clock.drive(NOW + 3_000).unwrap();
    assert_eq!(stranger.sign_in().await.status, StatusCode::SEE_OTHER);
    assert!(stranger.is_in().await);
}

#[tokio::test]
async fn a_reset_link_works_once_and_signs_out_everywhere() {
    let mut browser = Browser::new();
    browser.account(Role::Auditor, None);
    browser.sign_in().await;
    let mut other = browser.other();
    let (known, unknown) = (
        other.post("/forgot", &[("mail", "Ruta@example.com")]).await,
        other.post("/forgot", &[("mail", "nobody@example.com")]).await,
    );
    assert_eq!(
        (known.status, &known.text),
        (unknown.status, &unknown.text),
        "nobody learns who has an account"
    );
    while browser.letters.lock().unwrap().is_empty() {
        tokio::task::yield_now().await;
    }
    let link = browser.link();
    let path = format!("/reset?link={link}");
    for _ in 0..2 {
        assert_eq!(other.get(&path).await.status, StatusCode::OK, "looking does not use it up");
    }
    assert_eq!(
        other.get(&format!("/invitation?link={link}")).await.status,
        StatusCode::NOT_FOUND,
        "another kind"
    );
    let weak = other.post("/reset", &[("link", &link), ("password", "short")]).await;
    assert!(
        weak.text.contains("at least 12 characters") && weak.text.contains("href=\"#password\""),
        "{}",
        weak.text
    );
    let new = "another long password";
    let set = other.post("/reset", &[("link", &link), ("password", new)]).await;
    assert_eq!(set.place.as_deref(), Some("/"), "{}", set.text);
    assert!(other.is_in().await && !browser.is_in().await);
    let again = browser.post("/reset", &[("link", &link), ("password", "a third password")]).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
    assert_eq!(browser.sign_in().await.status, StatusCode::UNPROCESSABLE_ENTITY, "the old password");
    let right = browser.post("/sign-in", &[("mail", MAIL), ("password", new)]).await;
    assert_eq!(right.status, StatusCode::SEE_OTHER);
    assert_eq!(browser.letters.lock().unwrap().last().unwrap().about, About::PasswordChanged);
    assert_eq!(browser.acts(), ["sign-in", "reset asked for", "password reset", "sign-in"]);
}

#[tokio::test]
async fn links_end_and_can_t_be_made_up() {
    let mut browser = Browser::new();
    let account = browser.account(Role::Auditor, None);
    let (store, porter) = (browser.state.store.clone(), browser.state.porter.clone());
    let make = |kind| links::make(&*store, &porter, &account, kind).unwrap();
    let holds =
        |porter: &Porter, kind, text: &str| links::read(&*store, porter, kind, text).unwrap().is_some();
    let first = make(LinkKind::Reset);
    let second = make(LinkKind::Reset);
    assert!(!holds(&porter, LinkKind::Reset, &first), "a newer one ends it");
    assert!(holds(&porter, LinkKind::Reset, &second));
    let mut forged: Vec<char> = second.chars().collect();
    forged[40] = if forged[40] == 'A' { 'B' } else { 'A' };
    let forged: String = forged.into_iter().collect();
    for text in ["", "x", &forged, &second[..second.len() - 2]] {
        assert!(!holds(&porter, LinkKind::Reset, text), "{text}");
        assert_eq!(browser.get(&format!("/reset?link={text}")).await.status, StatusCode::NOT_FOUND);
    }
    let elsewhere = Porter::new(browser.clock.clone(), &[4; 32], Arc::new(Postbag::default()));
    assert!(!holds(&elsewhere, LinkKind::Reset, &second), "another key");
    browser.clock.drive(NOW + links::RESET_MS).unwrap();
    assert!(!holds(&porter, LinkKind::Reset, &second), "too late");
    let third = make(LinkKind::Invitation);
    let disabled = Account { disabled: Some(NOW), ..account.clone() };
    accounts::change(&*store, &account, &disabled, |_| {}).unwrap();
    assert!(!holds(&porter, LinkKind::Invitation, &third), "the account is disabled");
}

#[tokio::test]
async fn the_first_start_makes_one_admin() {
    let mut browser = Browser::new();
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(
        browser.get("/first-start").await.place.as_deref(),
        Some("/sign-in"),
        "no code, no first start"
    );
    let (code, _) =
        browser.state.porter.open_first_start(&*browser.state.store, dir.path()).unwrap().unwrap();
    assert_eq!(browser.get("/sign-in").await.place.as_deref(), Some("/first-start"));
    let fields = |code: &str, password: &str| {
        [("code", code), ("name", "Ana"), ("mail", "ana@example.com"), ("password", password)]
            .map(|(k, v)| (k.to_owned(), v.to_owned()))
    };
    for (code, password, missing) in
        [("wrong", PASSWORD, "not the code"), (&*code, "short", "at least 12"), ("", "", "not the code")]
    {
        let fields = fields(code, password);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        let page = browser.post("/first-start?lang=en", &fields).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.text.contains(missing) && page.text.contains("ana@example.com"), "{}", page.text);
    }
    let fields = fields(&code, PASSWORD);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    assert_eq!(browser.post("/first-start?lang=es", &fields).await.place.as_deref(), Some("/?lang=es"));
    assert!(browser.is_in().await);
    let account = accounts::by_mail(&*browser.state.store, "ana@example.com").unwrap().unwrap();
    assert!(accounts::is_admin(&account) && account.locale == "es");
    assert!(!dir.path().join("first-start-code").exists());
    let mut other = browser.other();
    assert_eq!(other.post("/first-start", &fields).await.place.as_deref(), Some("/sign-in"), "once");
    assert_eq!(accounts::list(&*browser.state.store).unwrap().len(), 1);
    assert_eq!(browser.acts(), ["first-start"]);
}

#[tokio::test]
async fn one_s_own_account_has_language_and_password() {
    let mut browser = Browser::new();
    let account = browser.account(Role::Admin, None);
    browser.sign_in().await;
    let mut elsewhere = browser.other();
    elsewhere.sign_in().await;
    let page = browser.get("/account").await;
    assert!(page.text.contains("My account") && page.text.contains("admin"), "{}", page.text);
    let form = Browser::form(&page);
    browser.post("/account/language", &[("form", &form), ("language", "lt")]).await;
    let page = browser.get("/account").await;
    assert!(page.text.contains("<html lang=\"lt\">") && page.text.contains("Mano paskyra"), "{}", page.text);
    let new = "another long password";
    let wrong =
        browser.post("/account/password", &[("form", &form), ("current", "no"), ("password", new)]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("href=\"#current\"") && elsewhere.is_in().await, "{}", wrong.text);
    let before = browser.cookies.clone();
    let set =
        browser.post("/account/password", &[("form", &form), ("current", PASSWORD), ("password", new)]).await;
    assert_eq!(set.place.as_deref(), Some("/account?changed"), "{}", set.text);
    assert!(browser.is_in().await && !elsewhere.is_in().await);
    assert_ne!(before, browser.cookies, "the session that goes on is another one");
    assert_eq!(
        browser.post("/sign-out", &[("form", &form)]).await.status,
        StatusCode::FORBIDDEN,
        "an old form"
    );
    let stored = accounts::get(&*browser.state.store, &account.id).unwrap().unwrap();
    assert!(password::verify(stored.password.as_deref(), new));
    let acts = browser.acts();
    assert_eq!(&acts[2..], ["POST /account/language", "POST /account/password"], "{acts:?}");
}

#[tokio::test]
async fn pages_show_what_the_role_reaches_and_say_why_not() {
    let mut browser = Browser::new();
    browser.account(Role::Agent, Some(RUTA));
    browser.sign_in().await;
    let own = browser.get("/agents/aruta").await;
    assert!(own.status == StatusCode::OK && own.text.contains("My day"), "{}", own.text);
    let home = browser.get("/?all").await;
    assert!(
        home.status == StatusCode::OK && !home.text.contains("class=\"budget\""),
        "an agent sees no budget"
    );
    assert!(!home.text.contains("300 of 1,000"), "nor what is spent: {}", home.text);
    let refused = browser.get("/agents/aerased").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(refused.text.contains("other sites, teams or people"), "{}", refused.text);
    let mut developer = Browser::new();
    developer.account(Role::RuleDeveloper, None);
    developer.sign_in().await;
    let refused = developer.get("/why/e1").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(refused.text.contains("manager") && refused.text.contains("auditor"), "{}", refused.text);
    let page = developer.get("/incentives/sprint?period=2026-03-02").await;
    assert!(page.status == StatusCode::OK && !page.text.contains("Rūta &#60;"), "no names: {}", page.text);
    // Who reads the books sees what somebody got, and no single facts about them, as in the API.
    let mut auditor = Browser::new();
    auditor.account(Role::Auditor, None);
    auditor.sign_in().await;
    let why = auditor.get("/why/e1").await.text;
    assert!(why.contains("300 points") && !why.contains("contact-2"), "{why}");
    assert_eq!(auditor.get("/agents/aruta/why/sprint").await.status, StatusCode::FORBIDDEN);
    let mut admin = Browser::new();
    admin.account(Role::Admin, None);
    admin.sign_in().await;
    assert!(admin.get("/why/e1").await.text.contains("contact-2"));
}

#[tokio::test]
async fn every_door_is_whole_in_every_language() {
    let mut browser = Browser::new();
    let mut album = Album::default();
    let dir = tempfile::tempdir().unwrap();
    browser.state.porter.open_first_start(&*browser.state.store, dir.path()).unwrap();
    for locale in Locale::ALL {
        whole(&mut album, &mut browser, locale, "GET", "/first-start", &[]).await;
        whole(&mut album, &mut browser, locale, "POST", "/first-start", &[]).await;
    }
    let account = browser.account(Role::Auditor, None);
    let link =
        links::make(&*browser.state.store, &browser.state.porter, &account, LinkKind::Invitation).unwrap();
    let mut signed_in = browser.other();
    signed_in.sign_in().await;
    for locale in Locale::ALL {
        let reset =
            links::make(&*browser.state.store, &browser.state.porter, &account, LinkKind::Reset).unwrap();
        for path in [
            "/sign-in?out",
            "/forgot",
            &format!("/invitation?link={link}"),
            &format!("/reset?link={reset}"),
            "/reset",
        ] {
            whole(&mut album, &mut browser, locale, "GET", path, &[]).await;
        }
        for weak in ["short", &"é".repeat(600), "aaaaaaaaaaaa", MAIL] {
            whole(
                &mut album,
                &mut browser,
                locale,
                "POST",
                "/invitation",
                &[("link", &link), ("password", weak)],
            )
            .await;
        }
        whole(&mut album, &mut browser, locale, "POST", "/sign-in", &[("mail", "nobody@example.com")]).await;
        whole(&mut album, &mut browser, locale, "POST", "/forgot", &[("mail", "nobody@example.com")]).await;
        for path in ["/account", "/account?saved", "/account?changed", "/why/e1", "/agents/aruta/why/sprint"]
        {
            whole(&mut album, &mut signed_in, locale, "GET", path, &[]).await;
        }
        whole(&mut album, &mut signed_in, locale, "POST", "/sign-out", &[("form", "x")]).await;
    }
    album.compare("doors");
}

async fn whole(
    album: &mut Album,
    browser: &mut Browser,
    locale: Locale,
    method: &str,
    path: &str,
    fields: &[(&str, &str)],
) {
    let place = path.split('=').next().unwrap_or(path);
    let lengths: String = fields.iter().map(|(_, value)| format!("-{}", value.len())).collect();
    let name = format!("{method}-{place}{lengths}");
    let mark = if path.contains('?') { '&' } else { '?' };
    let path = format!("{path}{mark}lang={}", locale.tag());
    let page = match method {
        "GET" => browser.get(&path).await,
        _ => browser.post(&path, fields).await,
    };
    let place = format!("{method} {path}: {}", page.text);
    assert!(page.place.is_none(), "{place} leads to {:?}", page.place);
    assert!(page.text.contains(&format!("<html lang=\"{}\">", locale.tag())), "{place}");
    assert!(!page.text.contains("[page-") && !page.text.contains('\u{2068}'), "{place}");
    assert!(!page.text.contains(" style=") && !page.text.contains("<script>"), "{place}");
    assert!(page.text.contains("<h1"), "{place}");
    album.add(&name, locale, &page.text);
}
