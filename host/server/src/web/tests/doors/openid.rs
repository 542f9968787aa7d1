//! Signing in by OpenID Connect, against a small provider that can be told to lie.

mod attack;
mod provider;

use std::time::Duration;

use self::provider::{Provider, Says};
use super::*;
use crate::{
    config,
    deliver::Outlet,
    porter::openid::{ATTEMPT_MS, OpenId, linked},
};

/// With characters that have to be escaped on their way.
const SECRET: &str = "s3cret &+%";

/// A house that knows the provider, with Rūta's account.
fn house(provider: &Provider, change: impl FnOnce(&mut config::OpenId)) -> Browser {
    let clock = Clock::driven(NOW);
    let bag = Postbag::default();
    let letters = bag.0.clone();
    let mut settings = config::OpenId {
        issuer: provider.issuer(),
        client_id: "plaudit".into(),
        label: "Example House".into(),
        scopes: vec!["email".into()],
        claim: "email".into(),
        only: false,
    };
    change(&mut settings);
    let outlet = Outlet::new(&["127.0.0.1".to_owned()], Duration::from_secs(10)).unwrap();
    let openid = OpenId::new(settings, Some(SECRET.into()), outlet).unwrap();
    let porter = Porter::new(clock.clone(), &[3; 32], Arc::new(bag)).with_openid(Some(openid));
    let (state, texts) = app(Pages::Accounts, Arc::new(porter));
    let router = router(state.clone(), texts);
    Browser { state, router, clock, letters, cookies: Vec::new() }
}

impl Browser {
    /// Off to the provider: the address there.
    async fn set_out(&mut self, path: &str) -> url::Url {
        let away = self.get(path).await;
        assert_eq!(away.status, StatusCode::SEE_OTHER, "{}", away.text);
        url::Url::parse(&away.place.unwrap()).unwrap()
    }

    /// All the way: there, what the provider says, and back.
    async fn by_openid(&mut self, provider: &Provider, says: Says) -> Page {
        let there = self.set_out("/sign-in/openid").await;
        let back = provider.consent(&there, says);
        self.get(&back).await
    }
}

/// A value of an address' query.
fn asked_for(address: &url::Url, name: &str) -> String {
    let found = address.query_pairs().find(|(key, _)| key == name);
    found.unwrap_or_else(|| panic!("no {name} in {address}")).1.into_owned()
}

#[tokio::test]
async fn who_is_known_there_comes_where_they_wanted_to_go() {
    let provider = Provider::start().await;
    let mut browser = house(&provider, |_| {});
    let account = browser.account(Role::Admin, None);
    let door = browser.get("/incentives/sprint?period=2026-03-02").await.place.unwrap();
    let page = browser.get(&door).await;
    let button = "href=\"/sign-in/openid?next=%2Fincentives%2Fsprint%3Fperiod%3D2026-03-02\"";
    assert!(page.text.contains(button) && page.text.contains("Sign in with Example House"), "{}", page.text);
    let there = browser.set_out("/sign-in/openid?next=%2Fincentives%2Fsprint%3Fperiod%3D2026-03-02").await;
    for (name, value) in [
        ("response_type", "code"),
        ("client_id", "plaudit"),
        ("scope", "openid email"),
        ("code_challenge_method", "S256"),
        ("redirect_uri", "http://localhost:8080/sign-in/openid/back"),
    ] {
        assert_eq!(asked_for(&there, name), value);
    }
    let back = provider.consent(&there, Says::person("subject-of-ruta", MAIL));
    let page = browser.get(&back).await;
    assert_eq!(page.place.as_deref(), Some("/incentives/sprint?period=2026-03-02"), "{}", page.text);
    assert!(browser.is_in().await);
    assert!(!browser.cookies.iter().any(|(name, _)| name == "plaudit-openid"), "it is over");
    assert_eq!(browser.acts(), ["linked to OpenID", "sign-in with OpenID"]);
    assert_eq!(linked(&*browser.state.store, &account.id).unwrap().unwrap().issuer, provider.issuer());
    let subject = b"subject-of-ruta";
    let stored = browser.state.store.scan(&[2], &[255], 1000).unwrap();
    assert!(
        stored.iter().all(|(k, v)| ![k, v].iter().any(|b| b.windows(subject.len()).any(|w| w == subject)))
    );
}

#[tokio::test]
async fn from_the_second_time_on_the_subject_counts_and_no_address() {
    let provider = Provider::start().await;
    let mut browser = house(&provider, |_| {});
    let account = browser.account(Role::Auditor, None);
    assert_eq!(browser.by_openid(&provider, Says::person("s-1", MAIL)).await.place.as_deref(), Some("/"));
    let moved = Account { mail: "other@example.com".into(), ..account.clone() };
    accounts::change(&*browser.state.store, &account, &moved, |_| {}).unwrap();
    assert!(!browser.is_in().await, "a change of address ends sessions");
    for says in [
        Says::person("s-1", MAIL),
        Says::person("s-1", "third@example.com"),
        Says::person("s-1", "x").with("email_verified", false.into()),
    ] {
        let mut browser = browser.other();
        assert_eq!(browser.by_openid(&provider, says).await.place.as_deref(), Some("/"));
        assert!(browser.is_in().await);
    }
    // Another subject with the account's address is somebody else.
    let mut thief = browser.other();
    for subject in ["s-2", "S-1", "s-1 "] {
        let page = thief.by_openid(&provider, Says::person(subject, "other@example.com")).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{subject}");
        assert!(page.text.contains("belongs to another identity of Example House"), "{}", page.text);
        assert!(!thief.is_in().await);
    }
    assert!(browser.acts().contains(&"sign-in with OpenID refused".to_owned()));
    // Until somebody takes the old identity off the account, which signs it out.
    let state = axum::extract::State(browser.state.clone());
    let status = crate::api::accounts::unlink(state, axum::extract::Path(account.id.clone())).await.unwrap();
    assert_eq!(status, StatusCode::NO_CONTENT);
    assert!(sessions::of_account(&*browser.state.store, &account.id).unwrap().is_empty());
    let page = thief.by_openid(&provider, Says::person("s-2", "other@example.com")).await;
    assert_eq!(page.place.as_deref(), Some("/"));
    let page = browser.by_openid(&provider, Says::person("s-1", "other@example.com")).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN, "the first one is the other one now");
}

#[tokio::test]
async fn an_admin_takes_an_identity_off_at_the_account_s_page() {
    let provider = Provider::start().await;
    let mut admin = house(&provider, |_| {});
    let account = admin.account(Role::Admin, None);
    let path = format!("/accounts/{}", account.id);
    admin.sign_in().await;
    assert!(!admin.get(&path).await.text.contains("/unlink\""), "there is none");
    admin.other().by_openid(&provider, Says::person("s-1", MAIL)).await;
    let page = admin.get(&path).await;
    assert!(page.text.contains("Take the identity off"), "{}", page.text);
    admin.post(&format!("{path}/unlink"), &[("form", "x")]).await;
    assert!(linked(&*admin.state.store, &account.id).unwrap().is_some(), "without the form's token");
    let done = admin.post(&format!("{path}/unlink"), &[("form", &Browser::form(&page))]).await;
    assert!(done.place.is_some(), "{}", done.text);
    assert_eq!(linked(&*admin.state.store, &account.id).unwrap(), None);
    assert!(!admin.is_in().await, "its sessions ended");
    admin.sign_in().await;
    let page = admin.get(&format!("{path}?done=account-unlink")).await;
    assert!(page.text.contains("The identity is taken off."), "{}", page.text);
    assert!(admin.acts().iter().any(|act| act == "POST /accounts/{id}/{act}"), "{:?}", admin.acts());
}

#[tokio::test]
async fn an_erased_person_leaves_no_identity_behind() {
    let provider = Provider::start().await;
    let mut browser = house(&provider, |_| {});
    let account = browser.account(Role::Agent, Some(RUTA));
    browser.by_openid(&provider, Says::person("s-1", MAIL)).await;
    let store = &*browser.state.store;
    assert_eq!(accounts::erase_of_agent(store, RUTA).unwrap(), 1);
    assert_eq!(linked(store, &account.id).unwrap(), None);
    let identities =
        plaudit_store::family::scan::<plaudit_store::family::identity::Identities>(store, None, 10).unwrap();
    assert!(identities.is_empty());
    let page = browser.by_openid(&provider, Says::person("s-1", MAIL)).await;
    assert!(page.text.contains("has no account for you"), "{}", page.text);
}

#[tokio::test]
async fn who_is_not_invited_or_not_verified_is_told_what_to_do() {
    let provider = Provider::start().await;
    let mut browser = house(&provider, |_| {});
    let account = browser.account(Role::Auditor, None);
    let known = || Says::person("s-1", MAIL);
    for (says, said) in [
        (Says::person("s-1", "stranger@example.com"), "has no account for you"),
        (known().with("email_verified", false.into()), "has not verified your mail address"),
        (known().without("email_verified"), "has not verified your mail address"),
        (known().with("email_verified", "false".into()), "has not verified your mail address"),
        (known().without("email"), "did not say which address is yours"),
        (known().with("email", "  ".into()), "did not say which address is yours"),
    ] {
        let page = browser.by_openid(&provider, says).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{}", page.text);
        assert!(page.text.contains(said) && page.text.contains("href=\"/sign-in\""), "{}", page.text);
        assert!(!browser.is_in().await);
    }
    assert_eq!(linked(&*browser.state.store, &account.id).unwrap(), None);
    browser.by_openid(&provider, known()).await;
    let disabled = Account { disabled: Some(NOW), ..account.clone() };
    accounts::change(&*browser.state.store, &account, &disabled, |_| {}).unwrap();
    let page = browser.by_openid(&provider, known()).await;
    assert!(page.status == StatusCode::FORBIDDEN && page.text.contains("is switched off"), "{}", page.text);
    assert!(!browser.is_in().await);
}

#[tokio::test]
async fn what_the_id_token_does_not_say_is_asked_at_userinfo() {
    let provider = Provider::start().await;
    let mut browser = house(&provider, |_| {});
    browser.account(Role::Auditor, None);
    let bare = || Says::person("s-1", MAIL).without("email").without("email_verified");
    let elsewhere =
        |subject: &str| serde_json::json!({ "sub": subject, "email": MAIL, "email_verified": true });
    let page = browser.by_openid(&provider, bare().at_userinfo(elsewhere("s-2"))).await;
    assert_eq!(page.status, StatusCode::BAD_GATEWAY, "somebody else's");
    // An address of the ID token is not made good by userinfo's word about another one.
    let unsure = Says::person("s-1", MAIL).without("email_verified");
    let other = serde_json::json!({ "sub": "s-1", "email": "mine@example.com", "email_verified": true });
    let page = browser.by_openid(&provider, unsure.at_userinfo(other)).await;
    assert!(page.text.contains("has no account for you"), "{}", page.text);
    let page = browser.by_openid(&provider, bare().at_userinfo(elsewhere("s-1"))).await;
    assert_eq!(page.place.as_deref(), Some("/"), "{}", page.text);
}

#[tokio::test]
async fn another_claim_may_name_the_account() {
    let provider = Provider::start().await;
    for claim in ["upn", "preferred_username"] {
        let mut browser = house(&provider, |settings| claim.clone_into(&mut settings.claim));
        browser.account(Role::Auditor, None);
        let page = browser.by_openid(&provider, Says::person("s-1", MAIL)).await;
        assert!(page.text.contains("did not say which address"), "{claim}: {}", page.text);
        let says = Says::person("s-1", "nobody@example.com").with(claim, MAIL.into());
        let page = browser.by_openid(&provider, says).await;
        assert_eq!(page.place.as_deref(), Some("/"), "{claim}: {}", page.text);
    }
}

#[tokio::test]
async fn a_provider_that_is_down_keeps_nobody_else_out() {
    let provider = Provider::start().await;
    let mut browser = house(&provider, |_| {});
    browser.account(Role::Auditor, None);
    provider.set_down(true);
    let page = browser.get("/sign-in/openid").await;
    assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(page.text.contains("Example House can&#39;t be reached"), "{}", page.text);
    assert_eq!(browser.sign_in().await.place.as_deref(), Some("/"), "a password does it all the same");
    provider.set_down(false);
    let mut other = browser.other();
    assert_eq!(other.get("/sign-in/openid").await.status, StatusCode::SERVICE_UNAVAILABLE, "a pause first");
    assert_eq!(provider.asked(), 1, "it is not asked again and again");
    browser.clock.drive(NOW + 5_000).unwrap();
    assert_eq!(other.by_openid(&provider, Says::person("s-1", MAIL)).await.place.as_deref(), Some("/"));
    // What was found once is good for what it knows.
    provider.set_down(true);
    browser.clock.drive(NOW + 2 * 60 * 60 * 1000).unwrap();
    let mut third = browser.other();
    let there = third.set_out("/sign-in/openid").await;
    let page = third.get(&provider.consent(&there, Says::person("s-1", MAIL))).await;
    assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE, "{}", page.text);
    // Nobody listens at all.
    let mut gone = house(&provider, |settings| settings.issuer = "http://127.0.0.1:9".into());
    gone.account(Role::Auditor, None);
    assert_eq!(gone.get("/sign-in/openid").await.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(gone.get("/sign-in").await.status, StatusCode::OK);
}

#[tokio::test]
async fn keys_that_change_are_fetched_anew_but_not_for_everybody_who_makes_one_up() {
    let provider = Provider::start().await;
    let mut browser = house(&provider, |_| {});
    browser.account(Role::Auditor, None);
    browser.by_openid(&provider, Says::person("s-1", MAIL)).await;
    provider.change_key();
    let mut early = browser.other();
    let page = early.by_openid(&provider, Says::person("s-1", MAIL)).await;
    assert_eq!((page.status, provider.asked()), (StatusCode::BAD_GATEWAY, 1));
    browser.clock.drive(NOW + 60_000).unwrap();
    let page = early.by_openid(&provider, Says::person("s-1", MAIL)).await;
    assert_eq!((page.place.as_deref(), provider.asked()), (Some("/"), 2), "{}", page.text);
}

#[tokio::test]
async fn where_passwords_are_for_admins_only_everybody_else_goes_there() {
    let provider = Provider::start().await;
    let mut browser = house(&provider, |settings| settings.only = true);
    let account = browser.account(Role::Auditor, None);
    let page = browser.sign_in().await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert!(page.text.contains("Passwords are for admins only here"), "{}", page.text);
    let page = browser.post("/sign-in", &[("mail", MAIL), ("password", "wrong")]).await;
    assert!(!page.text.contains("admins only"), "who does not know the password learns nothing");
    let (store, porter) = (browser.state.store.clone(), browser.state.porter.clone());
    for (kind, path) in [(LinkKind::Invitation, "/invitation"), (LinkKind::Reset, "/reset")] {
        let link = links::make(&*store, &porter, &account, kind).unwrap();
        let page = browser.get(&format!("{path}?link={link}")).await;
        assert!(page.text.contains("need no password") && !page.text.contains("<form"), "{}", page.text);
        let page = browser.post(path, &[("link", &link), ("password", "another long password")]).await;
        assert!(page.text.contains("need no password"), "{}", page.text);
    }
    assert_eq!(accounts::get(&*store, &account.id).unwrap().unwrap().password, account.password);
    assert_eq!(browser.by_openid(&provider, Says::person("s-1", MAIL)).await.place.as_deref(), Some("/"));
    let mut admin = house(&provider, |settings| settings.only = true);
    admin.account(Role::Admin, None);
    assert_eq!(admin.sign_in().await.place.as_deref(), Some("/"));
}

#[tokio::test]
async fn a_house_without_a_provider_has_no_button_and_no_way_back() {
    let mut browser = Browser::new();
    browser.account(Role::Auditor, None);
    assert!(!browser.get("/sign-in").await.text.contains("/sign-in/openid"));
    for path in ["/sign-in/openid", "/sign-in/openid/back?code=x&state=y"] {
        assert_eq!(browser.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn every_page_of_this_door_is_whole_in_every_language() {
    let provider = Provider::start().await;
    let mut browser = house(&provider, |settings| settings.only = true);
    let account = browser.account(Role::Auditor, None);
    for locale in Locale::ALL {
        whole(&mut Album::default(), &mut browser, locale, "GET", "/sign-in", &[]).await;
        whole(
            &mut Album::default(),
            &mut browser,
            locale,
            "POST",
            "/sign-in",
            &[("mail", MAIL), ("password", PASSWORD)],
        )
        .await;
        let link =
            links::make(&*browser.state.store, &browser.state.porter, &account, LinkKind::Reset).unwrap();
        whole(&mut Album::default(), &mut browser, locale, "GET", &format!("/reset?link={link}"), &[]).await;
        for says in [
            Says::person("s-1", "stranger@example.com"),
            Says::person("s-1", MAIL).without("email_verified"),
            Says::person("s-1", MAIL).without("email"),
            Says::person("s-1", MAIL).with("aud", "another".into()),
        ] {
            let there = browser.set_out("/sign-in/openid").await;
            whole(&mut Album::default(), &mut browser, locale, "GET", &provider.consent(&there, says), &[])
                .await;
        }
        let there = browser.set_out("/sign-in/openid").await;
        let back = format!("/sign-in/openid/back?error=access_denied&state={}", asked_for(&there, "state"));
        whole(&mut Album::default(), &mut browser, locale, "GET", &back, &[]).await;
        whole(&mut Album::default(), &mut browser, locale, "GET", &back, &[]).await;
    }
    let mut owner = browser.other();
    owner.by_openid(&provider, Says::person("s-1", MAIL)).await;
    let disabled = Account { disabled: Some(NOW), ..account.clone() };
    for locale in Locale::ALL {
        let there = browser.set_out("/sign-in/openid").await;
        let back = provider.consent(&there, Says::person("s-2", MAIL));
        whole(&mut Album::default(), &mut browser, locale, "GET", &back, &[]).await;
    }
    accounts::change(&*browser.state.store, &account, &disabled, |_| {}).unwrap();
    for locale in Locale::ALL {
        let there = browser.set_out("/sign-in/openid").await;
        let back = provider.consent(&there, Says::person("s-1", MAIL));
        whole(&mut Album::default(), &mut browser, locale, "GET", &back, &[]).await;
    }
    provider.set_down(true);
    let mut down = house(&provider, |_| {});
    down.account(Role::Auditor, None);
    for locale in Locale::ALL {
        whole(&mut Album::default(), &mut down, locale, "GET", "/sign-in/openid", &[]).await;
    }
}
