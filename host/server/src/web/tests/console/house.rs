//! What a house is made of, in the console: money, prizes, sites, teams and tokens.

use plaudit_core::{journal::Prize, roster::RosterChange};
use plaudit_store::family::token::Scope;

use super::*;
use crate::{ingest::tokens, journal::Stocked};

impl Desk {
    /// With a prize in stock.
    fn with_prize(role: Role) -> Self {
        let mut desk = Self::new(role, Range::House);
        desk.house(|house| {
            let prize = Prize { id: "cinema".into(), title: "Two cinema tickets".into(), cost: None };
            let stocked = Stocked { prize, total: 10, left: 4 };
            house.prizes = Arc::new([("cinema".into(), stocked)].into());
        });
        desk
    }
}

#[tokio::test]
async fn what_a_house_is_made_of_reads_well_in_every_language() {
    let admin = Desk::with_prize(Role::Admin);
    let token =
        tokens::create_for(&*admin.state.store, "acd madrid", vec![Scope::Ingest], (NOW, None), None, None)
            .unwrap();
    let mut album = Album::default();
    for path in
        ["/tokens", "/places", "/places?site=vilnius", "/places?team=care", "/money", "/money?prize=cinema"]
    {
        for locale in Locale::ALL {
            let mark = if path.contains('?') { '&' } else { '?' };
            let page = admin.get(&format!("{path}{mark}lang={}", locale.tag())).await;
            let place = format!("{path} in {}", locale.tag());
            assert_eq!(page.status, StatusCode::OK, "{place}: {}", page.text);
            assert!(!page.has("[page-"), "{place}: a text is missing\n{}", page.text);
            assert_eq!(page.text.matches("<h1").count(), 1, "{place}");
            album.add(path, locale, &page.text.replace(&token.token.id, "t1"));
        }
    }
    album.compare("house");
}

#[tokio::test]
async fn what_is_put_into_a_budget_is_put_in_once() {
    let desk = Desk::manager();
    let total = desk.journal.0.budgets["team"].total;
    let page = desk.get("/money").await;
    assert!(page.has("action=\"/budgets/team\"") && page.has(&format!("value=\"{total}\"")), "{}", page.text);
    let before = total.to_string();
    for wrong in ["", "0", "-5", "1.5", "many"] {
        let page = desk.post("/budgets/team", &[("before", &before), ("add", wrong)]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        assert!(page.has("Give whole amounts"), "{}", page.text);
    }
    let stale = desk.post("/budgets/team", &[("before", "7"), ("add", "500")]).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.has("It was changed meanwhile") && stale.has("value=\"500\""), "{}", stale.text);
    assert!(desk.written().is_empty());
    // The same form once more, when what it adds is in it already.
    let once_more = (total - 500).to_string();
    let again = desk.post("/budgets/team", &[("before", &once_more), ("add", "500")]).await;
    assert_eq!((again.status, desk.written().len()), (StatusCode::CONFLICT, 0), "{}", again.text);
    let added = desk.post("/budgets/team", &[("before", &before), ("add", "1,500")]).await;
    assert_eq!(added.place, "/money?done=funded", "{}", added.text);
    let written = desk.written();
    let [Entry::Budget { budget, units, .. }] = &written[..] else { panic!("{written:?}") };
    assert_eq!((&**budget, *units), ("team", 1500));
    assert_eq!(
        desk.post("/budgets/none", &[("before", "0"), ("add", "1")]).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn a_new_budget_and_a_prize_are_checked_beside_their_fields() {
    let desk = Desk::with_prize(Role::Manager);
    for (fields, says) in [
        ([("budget", "Team"), ("currency", "points"), ("units", "5")], "small letters, digits and dashes"),
        ([("budget", "team"), ("currency", "points"), ("units", "5")], "of this name already"),
        ([("budget", "spring"), ("currency", ""), ("units", "5")], "small letters, digits and dashes"),
        ([("budget", "spring"), ("currency", "points"), ("units", "")], "Give whole amounts"),
    ] {
        let page = desk.post("/budgets", &fields).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{fields:?}");
        assert!(page.has(says) && page.has("<details open>"), "{fields:?}: {}", page.text);
    }
    let made = desk.post("/budgets", &[("budget", "spring"), ("currency", "eur"), ("units", "800")]).await;
    assert_eq!(made.place, "/money?done=funded", "{}", made.text);

    let taken = desk.post("/prizes", &[("prize", "cinema"), ("title", "Other"), ("stock", "1")]).await;
    assert!(taken.has("There is a prize of this name already."), "{}", taken.text);
    let mut stale = vec![("title", "Cinema"), ("stock", "10"), ("before", "12")];
    let page = desk.post("/prizes/cinema", &stale).await;
    assert!(page.has("It was changed meanwhile"), "{}", page.text);
    stale.push(("prize", "cinema"));
    assert_eq!(desk.post("/prizes/none", &stale).await.status, StatusCode::NOT_FOUND);
    let prize = |stock, reason| {
        let of = [("title", "Cinema"), ("cost", "12"), ("currency", "eur"), ("before", "10")];
        [&of[..], &[("stock", stock), ("reason", reason)]].concat()
    };
    let fewer = desk.post("/prizes/cinema", &prize("8", "")).await;
    assert!(fewer.has("Say why there are fewer pieces.") && fewer.has("value=\"8\""), "{}", fewer.text);
    let held = desk.post("/prizes/cinema", &prize("2", "lost")).await;
    assert_eq!(held.status, StatusCode::CONFLICT);
    assert!(held.has("set aside more pieces"), "{}", held.text);
    let kept = desk.post("/prizes/cinema", &prize("8", "two went to the raffle")).await;
    assert_eq!(kept.place, "/money?done=prize", "{}", kept.text);
    assert!(matches!(&desk.written()[..], [Entry::Budget { .. }, Entry::Prize { pieces: -2, .. }]));

    let auditor = Desk::with_prize(Role::Auditor);
    let page = auditor.get("/money").await;
    assert!(page.has("Two cinema tickets") && !page.has("/prizes"), "{}", page.text);
}

#[tokio::test]
async fn a_manager_of_a_site_makes_teams_there_and_no_sites() {
    let range = Range::Places { sites: ["madrid".into()].into(), teams: [].into() };
    let desk = Desk::new(Role::Manager, range);
    let page = desk.get("/places").await;
    assert!(!page.has("action=\"/sites") && page.has("action=\"/teams\""), "{}", page.text);
    assert!(page.has("<option value=\"madrid\"") && !page.has("<option value=\"vilnius\""), "{}", page.text);
    let site = [("site", "kaunas"), ("zone", "Europe/Vilnius")];
    assert_eq!(desk.post("/sites", &site).await.status, StatusCode::FORBIDDEN);
    let beyond = desk.post("/teams", &[("team", "night"), ("of-site", "vilnius")]).await;
    assert_eq!(beyond.status, StatusCode::FORBIDDEN, "{}", beyond.text);
    let taken = desk.post("/teams", &[("team", "care"), ("of-site", "madrid")]).await;
    assert!(taken.has("There is one of this name already."), "{}", taken.text);
    let moved = desk.post("/teams/care", &[("of-site", "madrid")]).await;
    assert_eq!(moved.status, StatusCode::FORBIDDEN, "a team of another site: {}", moved.text);
    assert!(desk.written().is_empty());
    let team =
        [("team", "night"), ("title", "Night"), ("of-site", "madrid"), ("queues", "es-night, es-late")];
    assert_eq!(desk.post("/teams", &team).await.place, "/places?done=place");
    let written = desk.written();
    let [Entry::Roster(RosterChange::Team(team))] = &written[..] else { panic!("{written:?}") };
    assert_eq!((&*team.id, &*team.site, team.queues.len()), ("night", "madrid", 2));
}

#[tokio::test]
async fn a_site_keeps_its_holidays_when_it_is_changed() {
    let desk = Desk::manager();
    let site = [
        ("site", "kaunas"),
        ("title", "Kaunas"),
        ("zone", "Europe/Vilnius"),
        ("holidays", "2026-05-01,\n2026-12-25"),
    ];
    for (at, wrong, says) in [
        (0, "Kaunas!", "small letters, digits and dashes"),
        (2, "Europe/Kaunas", "Give a zone"),
        (3, "May Day", "Give a day"),
    ] {
        let mut fields = site;
        fields[at].1 = wrong;
        let page = desk.post("/sites", &fields).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.has(says), "{wrong}: {}", page.text);
    }
    assert_eq!(desk.post("/sites", &site).await.place, "/places?done=place");
    let written = desk.written();
    let [Entry::Roster(RosterChange::Site(site))] = &written[..] else { panic!("{written:?}") };
    assert_eq!(site.holidays.len(), 2);
    let mut desk = desk;
    let roster = {
        let mut roster = (*desk.journal.0.roster).clone();
        roster.apply(&RosterChange::Site(site.clone()));
        roster
    };
    desk.house(|house| house.roster = Arc::new(roster));
    let page = desk.get("/places?site=kaunas").await;
    assert!(page.has("2026-05-01, 2026-12-25"), "{}", page.text);
    let anew = desk.post("/sites", &[("site", "kaunas"), ("zone", "Asia/Shanghai")]).await;
    assert!(anew.has("There is one of this name already."), "{}", anew.text);
    let changed = desk.post("/sites/kaunas", &[("zone", "Asia/Shanghai"), ("holidays", "2026-05-01")]).await;
    assert_eq!(changed.place, "/places?done=place", "{}", changed.text);
    let log = family::scan::<family::audit::Audit>(&*desk.state.store, None, 99).unwrap();
    let (_, entry) = log.last().expect("it is in the audit log");
    assert_eq!(&*entry.change.object, "sites/kaunas");
    assert!(entry.change.before.is_some(), "with how it stood before");
}

#[tokio::test]
async fn a_token_is_shown_once_and_revoked_by_its_name() {
    let desk = Desk::new(Role::Admin, Range::House);
    let nothing = desk.post("/tokens", &[("name", ""), ("expires", "2020-01-01")]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    for says in ["Say what the token is for.", "This day is over.", "Choose at least one."] {
        assert!(nothing.has(says), "{says}: {}", nothing.text);
    }
    let made =
        desk.post("/tokens", &[("name", "screen"), ("scope", "wall"), ("expires", "2026-12-31")]).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    let all = tokens::list(&*desk.state.store).unwrap();
    let [token] = &all[..] else { panic!("{all:?}") };
    assert_eq!((token.expires, token.made_by.as_deref()), (Some(1_798_761_600_000), Some(&*desk.account)));
    assert!(made.has("<code>http://") && made.has("/wall/plaudit_"), "the whole address: {}", made.text);
    let page = desk.get(&format!("/tokens/{}", token.id)).await;
    assert!(
        page.has("screen") && !page.has("/wall/") && !page.has("<pre"),
        "it is not shown again: {}",
        page.text
    );

    let revoke = format!("/tokens/{}/revoke", token.id);
    let unsure = desk.post(&revoke, &[("confirm", "scren")]).await;
    assert!(unsure.has("Type the name exactly as it is shown."), "{}", unsure.text);
    assert!(tokens::list(&*desk.state.store).unwrap()[0].revoked.is_none());
    assert_eq!(desk.post(&revoke, &[("confirm", "screen")]).await.place, "/tokens?done=revoked");
    assert!(tokens::list(&*desk.state.store).unwrap()[0].revoked.is_some());
    assert!(desk.get("/tokens").await.has("revoked"));
    assert_eq!(desk.post("/tokens/none/revoke", &[("confirm", "")]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(Desk::manager().get("/tokens").await.status, StatusCode::FORBIDDEN);
}
