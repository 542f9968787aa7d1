//! What somebody would try on the way to the provider and back.

use serde_json::{Value, json};

use super::*;

/// A page that says why not, and no session.
async fn refused(browser: &mut Browser, page: &Page, status: StatusCode, said: &str, what: &str) {
    assert_eq!(page.status, status, "{what}: {}", page.text);
    assert!(page.text.contains(said), "{what}: {}", page.text);
    assert!(!browser.cookies.iter().any(|(name, _)| name == "plaudit"), "{what}");
    assert!(!browser.is_in().await, "{what}");
}

#[tokio::test]
async fn a_token_that_is_wrong_in_anything_opens_nothing() {
    let provider = Provider::start().await;
    let mut browser = house(&provider, |_| {});
    let account = browser.account(Role::Admin, None);
    let right = || Says::person("s-1", MAIL);
    let seconds = NOW / 1000;
    let claims: Vec<(&str, Value)> = vec![
        ("nonce", "another".into()),
        ("nonce", Value::Null),
        ("aud", "another".into()),
        ("aud", json!([])),
        ("aud", json!(["plaudit", "another"])),
        ("aud", Value::Null),
        ("iss", "https://evil.example".into()),
        ("iss", format!("{}/", provider.issuer()).into()),
        ("exp", seconds.into()),
        ("exp", (seconds - 3600).into()),
        ("exp", Value::Null),
        ("sub", "".into()),
        ("sub", "s".repeat(256).into()),
        ("sub", Value::Null),
        ("at_hash", "AAAAAAAAAAAAAAAAAAAAAA".into()),
    ];
    let mut cases: Vec<(String, Says)> = claims
        .into_iter()
        .map(|(name, value)| (format!("{name} = {value}"), right().with(name, value)))
        .collect();
    cases.extend([
        ("a signature that was changed".to_owned(), right().signed_otherwise()),
        ("a stranger's key under the right name".to_owned(), right().by_a_stranger()),
        ("a key that nobody knows".to_owned(), right().by_unknown_key()),
        ("alg none".to_owned(), right().unsigned("none")),
        ("alg None".to_owned(), right().unsigned("None")),
        ("HMAC with the client's secret".to_owned(), right().by_hmac(SECRET.as_bytes())),
        ("HMAC with the public key".to_owned(), right().by_hmac(provider.public_key().as_bytes())),
        ("no ID token".to_owned(), right().silent()),
        ("an ID token that is none".to_owned(), right().garbled()),
    ]);
    for (what, says) in cases {
        let page = browser.by_openid(&provider, says).await;
        refused(&mut browser, &page, StatusCode::BAD_GATEWAY, "that can&#39;t be trusted", &what).await;
    }
    assert_eq!(linked(&*browser.state.store, &account.id).unwrap(), None);
    assert!(browser.acts().is_empty(), "{:?}", browser.acts());
    // And all of it right comes in, so that the above was refused for its fault alone.
    let page = browser.by_openid(&provider, right()).await;
    assert_eq!(page.place.as_deref(), Some("/"), "{}", page.text);
}

#[tokio::test]
async fn a_way_back_is_good_once_in_the_browser_that_went() {
    let provider = Provider::start().await;
    let mut browser = house(&provider, |_| {});
    browser.account(Role::Admin, None);
    let over = "This way of signing in is over";
    let there = browser.set_out("/sign-in/openid").await;
    let back = provider.consent(&there, Says::person("s-1", MAIL));
    // Somebody is led to another one's way back: without an attempt of their own, and with one.
    let mut victim = browser.other();
    let page = victim.get(&back).await;
    refused(&mut victim, &page, StatusCode::BAD_REQUEST, over, "no attempt").await;
    victim.set_out("/sign-in/openid").await;
    let page = victim.get(&back).await;
    refused(&mut victim, &page, StatusCode::BAD_REQUEST, over, "another browser's state").await;
    assert!(!victim.cookies.iter().any(|(name, _)| name == "plaudit-openid"), "and has to begin again");
    // The state is another one, or missing.
    let code = asked_for(&url::Url::parse(&format!("http://x{back}")).unwrap(), "code");
    for query in [format!("code={code}"), format!("code={code}&state="), format!("code={code}&state=x")] {
        let mut careless = browser.other();
        careless.cookies = browser.cookies.clone();
        let page = careless.get(&format!("/sign-in/openid/back?{query}")).await;
        refused(&mut careless, &page, StatusCode::BAD_REQUEST, over, &query).await;
    }
    // Whoever has copied both, address and cookie, comes second.
    let kept = browser.cookies.clone();
    assert_eq!(browser.get(&back).await.place.as_deref(), Some("/"));
    let mut thief = browser.other();
    thief.cookies = kept;
    let page = thief.get(&back).await;
    refused(&mut thief, &page, StatusCode::BAD_REQUEST, over, "a second time").await;
    assert_eq!(provider.exchanges(), 1, "the provider was asked once in all of this");
    // A code that was used, with an attempt of one's own: the provider refuses it.
    let there = thief.set_out("/sign-in/openid").await;
    let state = asked_for(&there, "state");
    let page = thief.get(&format!("/sign-in/openid/back?code={code}&state={state}")).await;
    refused(&mut thief, &page, StatusCode::BAD_REQUEST, over, "a used code").await;
    // A code of somebody else's attempt that was not used yet: PKCE's verifier is another one.
    let there = browser.other().set_out("/sign-in/openid").await;
    let fresh = provider.consent(&there, Says::person("s-1", MAIL));
    let fresh = asked_for(&url::Url::parse(&format!("http://x{fresh}")).unwrap(), "code");
    let own = asked_for(&thief.set_out("/sign-in/openid").await, "state");
    let page = thief.get(&format!("/sign-in/openid/back?code={fresh}&state={own}")).await;
    refused(&mut thief, &page, StatusCode::BAD_REQUEST, over, "an injected code").await;
}

#[tokio::test]
async fn an_attempt_ends_after_ten_minutes() {
    let provider = Provider::start().await;
    let mut browser = house(&provider, |_| {});
    browser.account(Role::Admin, None);
    let there = browser.set_out("/sign-in/openid").await;
    let back = provider.consent(&there, Says::person("s-1", MAIL));
    browser.clock.drive(NOW + ATTEMPT_MS).unwrap();
    let page = browser.get(&back).await;
    refused(&mut browser, &page, StatusCode::BAD_REQUEST, "took too long", "too late").await;
}

#[tokio::test]
async fn nobody_is_led_elsewhere_afterwards() {
    let provider = Provider::start().await;
    for next in ["//evil.example", "https%3A%2F%2Fevil.example", "%2F%5Cevil.example", "javascript%3Ax", ""] {
        let mut browser = house(&provider, |_| {});
        browser.account(Role::Admin, None);
        let there = browser.set_out(&format!("/sign-in/openid?next={next}")).await;
        assert_eq!(asked_for(&there, "redirect_uri"), "http://localhost:8080/sign-in/openid/back", "{next}");
        let page = browser.get(&provider.consent(&there, Says::person("s-1", MAIL))).await;
        assert_eq!(page.place.as_deref(), Some("/"), "{next}");
        assert_eq!(
            browser.get(&format!("/sign-in/openid?next={next}")).await.place.as_deref(),
            Some("/"),
            "who is in already goes there directly: {next}"
        );
    }
}

#[tokio::test]
async fn a_refusal_of_the_provider_is_said_and_what_others_wrote_is_not() {
    let provider = Provider::start().await;
    let mut browser = house(&provider, |_| {});
    browser.account(Role::Admin, None);
    for (word, shown) in [
        ("access_denied", "(access_denied)"),
        ("Call%20555", "(?)"),
        ("%3Cscript%3Ealert(1)%3C%2Fscript%3E", "(?)"),
    ] {
        let state = asked_for(&browser.set_out("/sign-in/openid").await, "state");
        let path = format!("/sign-in/openid/back?error={word}&error_description=Call%20555&state={state}");
        let page = browser.get(&path).await;
        refused(&mut browser, &page, StatusCode::FORBIDDEN, shown, word).await;
        assert!(!page.text.contains("Call") && !page.text.contains("alert("), "{}", page.text);
    }
    let page = browser.get("/sign-in/openid/back?error=access_denied&state=x").await;
    refused(&mut browser, &page, StatusCode::BAD_REQUEST, "is over", "nobody went there").await;
    // An answer of another provider than the one that was asked.
    let there = browser.set_out("/sign-in/openid").await;
    let back = provider.consent(&there, Says::person("s-1", MAIL));
    let page = browser.get(&format!("{back}&iss=https%3A%2F%2Fevil.example")).await;
    refused(&mut browser, &page, StatusCode::BAD_GATEWAY, "that can&#39;t be trusted", "mix-up").await;
    assert_eq!(provider.exchanges(), 0);
}

#[tokio::test]
async fn the_session_that_begins_is_another_one_and_over_tls_a_cookie_of_this_host() {
    let provider = Provider::start().await;
    let mut browser = house(&provider, |_| {});
    let account = browser.account(Role::Admin, None);
    let there = browser.set_out("/sign-in/openid").await;
    browser.sign_in().await;
    let before = browser.cookies.clone();
    let page = browser.get(&provider.consent(&there, Says::person("s-1", MAIL))).await;
    assert_eq!(page.place.as_deref(), Some("/"));
    assert!(browser.is_in().await);
    let mut thief = browser.other();
    thief.cookies = before;
    assert!(!thief.is_in().await);
    assert_eq!(sessions::of_account(&*browser.state.store, &account.id).unwrap().len(), 1);
    // Behind TLS.
    let mut tls = house(&provider, |_| {});
    tls.account(Role::Admin, None);
    let config = Arc::make_mut(&mut tls.state.config);
    "https://plaudit.example.com".clone_into(&mut config.server.public_url);
    let (_, texts) = app(Pages::Accounts, tls.state.porter.clone());
    tls.router = router(tls.state.clone(), texts);
    let there = tls.set_out("/sign-in/openid").await;
    assert_eq!(asked_for(&there, "redirect_uri"), "https://plaudit.example.com/sign-in/openid/back");
    assert_eq!(tls.cookies[0].0, "__Host-plaudit-openid");
    tls.get(&provider.consent(&there, Says::person("s-1", MAIL))).await;
    assert!(tls.cookies.iter().any(|(name, _)| name == "__Host-plaudit"), "{:?}", tls.cookies);
    // And over a network without it nothing at all.
    let request = Request::builder().uri("/sign-in/openid").header("host", "10.0.0.7:8080");
    let answer = browser.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
    assert!(!answer.headers().contains_key("set-cookie") && !answer.headers().contains_key("location"));
}
