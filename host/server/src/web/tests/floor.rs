//! The pages of an agent, of a leader and of the wall board: whole in every language, and for nobody else.

use std::{collections::BTreeSet, sync::Arc};

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode},
};
use plaudit_core::{
    Id,
    access::{Grant, Range, Role},
    award::Status,
    calendar::QuietTime,
    event::{Event, Subject, Value},
    incentive::Period,
    kudos::{Act, Given, Giver, Kudos, id_at},
    metric::MetricDefinition,
    rule::{Progress, Reward, Text},
};
use plaudit_store::{
    Batch,
    family::{
        self,
        anonymity::{Anonymities, Anonymity},
        appearance::{Appearance, Appearances},
        kudos::{KudosText, KudosTexts, put_row},
        people::{People, Person},
        preference::{Channel, Channels, Preference, Preferences, Quiet},
        token::Scope,
    },
};
use tower::ServiceExt;

use super::{NOW, PAST, RUTA, app, award, outline::Album, router};
use crate::{
    api::{
        AppState,
        days::{BookedView, DayView, TicketsView},
        views::{AwardView, ContentView, DrawState},
    },
    clock::Clock,
    config::Pages,
    ingest::tokens,
    porter::{NoPostman, Porter, accounts, sessions},
    texts::Locale,
};

/// Another team's.
const JONAS: &str = "ajonas";

/// What is before everybody of these tests: a badge that is three quarters reached, and a draw.
pub(super) fn days(agent: &str) -> Vec<DayView> {
    let tickets = |period: &str, state, own| TicketsView {
        period: period.into(),
        ends: NOW + 3_600_000,
        draw: "evening".into(),
        state,
        own,
    };
    vec![DayView {
        incentive: "sprint".into(),
        plugin: "d1".into(),
        period: Period { id: "2026-03-03".into(), start: NOW - 36_000_000, end: NOW + 46_800_000 },
        subject: Some(Subject::agent(agent)),
        progress: Some(Progress {
            slot: 0,
            text: Text { message: "nice".into(), arguments: vec![] },
            value: 3.0,
            target: 4.0,
        }),
        tickets: vec![tickets("2026-03-03", DrawState::Open, 3)],
    }]
}

pub(super) fn booked(subject: &Subject) -> Vec<BookedView> {
    let entry = |why, units| BookedView {
        at: NOW - 3_600_000,
        currency: "points".into(),
        units,
        why,
        award: "e1".into(),
        incentive: "sprint".into(),
    };
    if *subject.id != *RUTA {
        return Vec::new();
    }
    vec![entry("awarded", 300), entry("corrected", -20), entry("reversed", -280), entry("adjusted", 5)]
}

/// What was earned today: points of Rūta, a badge of Jonas.
pub(super) fn got() -> Vec<AwardView> {
    let text = || Text { message: "nice".into(), arguments: vec![] };
    let content = |reward| ContentView::Award { reward, because: text() };
    let points = content(Reward::Points { currency: "points".into(), units: 314 });
    let badge = content(Reward::Badge { name: "silver".into(), level: 1 });
    let jonas = AwardView { subject: Subject::agent(JONAS), ..award("g2", badge, Status::Granted) };
    vec![award("g1", points, Status::Granted), jonas]
}

pub(super) fn hard() -> MetricDefinition {
    MetricDefinition {
        name: "hard-contacts".into(),
        version: 1,
        types: vec!["contact.completed".into()],
        filter: Some("data.hard".into()),
        value: "1".into(),
        per: None,
        unit: String::new(),
        lower_is_better: false,
    }
}

/// Three difficult contacts of Rūta and an easy one, two of Jonas.
pub(super) fn facts(subjects: &[Subject]) -> Vec<Arc<Event>> {
    let contact = |agent: &str, n: usize, hard| {
        Arc::new(Event {
            source: "/acd".into(),
            id: format!("{agent}-{n}").as_str().into(),
            kind: "contact.completed".into(),
            subject: Subject::agent(agent),
            time: NOW - 60_000,
            entity: None,
            revision: 0,
            retracted: false,
            fields: vec![("hard".into(), Value::Bool(hard))],
        })
    };
    let of = |agent: &'static str, hard: usize| {
        let subject = Subject::agent(agent);
        let is_asked = subjects.contains(&subject);
        (0..=hard).filter(move |_| is_asked).map(move |n| contact(agent, n, n < hard))
    };
    of(RUTA, 3).chain(of(JONAS, 2)).collect()
}

/// Somebody at a browser, signed in.
struct Guest {
    state: AppState,
    router: Router,
    cookie: String,
    form: String,
}

impl Guest {
    fn house() -> (AppState, Router) {
        let porter = Porter::new(Clock::driven(NOW), &[3; 32], Arc::new(NoPostman));
        let (state, texts) = app(Pages::Accounts, Arc::new(porter));
        (state.clone(), router(state, texts))
    }

    fn new(role: Role, agent: Option<&str>) -> Self {
        let (state, router) = Self::house();
        Self::in_house(state, router, role, agent)
    }

    fn in_house(state: AppState, router: Router, role: Role, agent: Option<&str>) -> Self {
        let care: BTreeSet<Id> = ["care".into()].into();
        let range = match role {
            Role::TeamLeader => Range::Places { sites: BTreeSet::new(), teams: care },
            _ => Range::House,
        };
        let wish = accounts::Wish {
            mail: format!("{}-{}@example.com", role.name(), agent.unwrap_or("nobody")),
            name: "Rūta K.".into(),
            locale: "en".into(),
            grants: vec![Grant { role, range }],
            agent: agent.map(str::to_owned),
        };
        let account =
            accounts::create(&*state.store, wish, "test", NOW, Some("$secret-hash".into())).unwrap();
        let cookie = sessions::begin(&*state.store, &state.porter, &account, "test").unwrap();
        let visitor = sessions::find(&*state.store, &state.porter, &cookie).unwrap().unwrap();
        let form = state.porter.form_token(&visitor.key);
        Self { state, router, cookie, form }
    }

    async fn send(&self, method: &str, path: &str, origin: &str, body: &str) -> (StatusCode, String, String) {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", "localhost:8080")
            .header("cookie", format!("plaudit={}", self.cookie))
            .header("content-type", "application/x-www-form-urlencoded")
            .header("origin", origin);
        let answer =
            self.router.clone().oneshot(request.body(Body::from(body.to_owned())).unwrap()).await.unwrap();
        let (parts, body) = answer.into_parts();
        let place = parts.headers.get("location").map(|place| place.to_str().unwrap().to_owned());
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        (parts.status, place.unwrap_or_default(), String::from_utf8(bytes.to_vec()).unwrap())
    }

    async fn get(&self, path: &str) -> (StatusCode, String) {
        let (status, _, page) = self.send("GET", path, "http://localhost:8080", "").await;
        (status, page)
    }

    /// Only the status: a stream has no end.
    async fn status(&self, path: &str) -> StatusCode {
        let request =
            Request::builder().uri(path).header("host", "localhost:8080").body(Body::empty()).unwrap();
        self.router.clone().oneshot(request).await.unwrap().status()
    }

    async fn page(&self, path: &str) -> String {
        let (status, page) = self.get(path).await;
        assert_eq!(status, StatusCode::OK, "{path}: {page}");
        page
    }
}

fn wall(state: &AppState, scopes: Vec<Scope>) -> String {
    tokens::create(&*state.store, "the screen in the room", scopes, NOW, Some(NOW + 1000)).unwrap().secret
}

fn is_whole(page: &str, place: &str) {
    assert!(
        !page.contains("[page-") && !page.contains("[explain-") && !page.contains('\u{2068}'),
        "{place}\n{page}"
    );
    assert!(!page.contains("<script>") && !page.contains(" style=") && !page.contains("http://"), "{place}");
}

#[tokio::test]
async fn every_page_of_the_floor_is_whole_in_every_language() {
    let ruta = Guest::new(Role::Agent, Some(RUTA));
    let leader = Guest::in_house(ruta.state.clone(), ruta.router.clone(), Role::TeamLeader, None);
    let admin = Guest::in_house(ruta.state.clone(), ruta.router.clone(), Role::Admin, None);
    let token = wall(&ruta.state, vec![Scope::Wall]);
    let (wall, drawn) = (format!("/wall/{token}"), format!("/wall/{token}?n=1"));
    let draw = format!("/draws/sprint/{PAST}/evening");
    let mut album = Album::default();
    for locale in Locale::ALL {
        let places = [
            (&ruta, "/me"),
            (&ruta, "/me/wallet"),
            (&ruta, "/me/settings"),
            (&ruta, "/me/settings?saved"),
            (&ruta, &*draw),
            (&leader, "/teams/care"),
            (&admin, "/teams"),
            (&admin, "/teams/night"),
            (&ruta, &*wall),
            (&ruta, &*drawn),
        ];
        for (guest, path) in places {
            let mark = if path.contains('?') { '&' } else { '?' };
            let page = guest.page(&format!("{path}{mark}lang={}", locale.tag())).await;
            let place = format!("{path} in {}", locale.tag());
            assert!(page.contains(&format!("<html lang=\"{}\">", locale.tag())), "{place}");
            is_whole(&page, &place);
            album.add(path, locale, &page);
        }
        // Who is nobody on the roster is told so; so is who asks for a team that is not there.
        for (guest, path) in
            [(&leader, "/me"), (&leader, "/me/wallet"), (&leader, "/me/settings"), (&admin, "/teams/none")]
        {
            let (status, page) = guest.get(&format!("{path}?lang={}", locale.tag())).await;
            assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
            is_whole(&page, path);
        }
    }
    album.compare("floor");
}

/// Thanks as the treasury would have booked them, with what was written if they are in nobody's ready-made words.
fn thanked(state: &AppState, (number, from): (i64, Giver), to: &str, said: Result<&str, &str>, acts: &[Act]) {
    let kudos = Kudos {
        id: id_at(NOW - 3_600_000 * (10 - number), 7),
        from,
        to: to.into(),
        words: said.ok().map(Id::from),
        month: "2026-03".into(),
        limit: 10,
        is_held: acts.is_empty() && said.is_err(),
    };
    let text = KudosText {
        from: kudos.from.clone(),
        to: to.into(),
        text: said.err().map(str::to_owned),
        reason: acts.contains(&Act::Remove).then(|| "A customer is named".to_owned()),
    };
    let mut row = Given::new(kudos, NOW - 3_600_000 * (10 - number), 3);
    acts.iter().for_each(|act| row.apply(*act));
    let mut batch = Batch::default();
    put_row(&mut batch, &row);
    if said.is_err() {
        family::put::<KudosTexts>(&mut batch, &row.kudos.id.to_string(), &text);
    }
    state.store.apply(batch).unwrap();
}

/// Rūta got and gave some of each kind.
fn thanks_of_all_kinds(state: &AppState) {
    let agent = |id: &str| Giver::Agent(id.into());
    let written = Err("You <b>saved</b> my day");
    thanked(state, (1, agent(JONAS)), RUTA, Ok("well-handled"), &[]);
    thanked(state, (2, agent(JONAS)), RUTA, written, &[Act::Keep]);
    thanked(state, (3, agent(JONAS)), RUTA, Ok("help"), &[Act::Hide]);
    thanked(state, (4, agent(JONAS)), RUTA, written, &[Act::Keep, Act::Report]);
    thanked(state, (5, agent(JONAS)), RUTA, written, &[]);
    thanked(state, (6, Giver::Account("unobody".into())), RUTA, Ok("glad-here"), &[]);
    thanked(state, (7, agent(RUTA)), JONAS, Ok("learned"), &[]);
    thanked(state, (8, agent(RUTA)), JONAS, written, &[]);
    thanked(state, (9, agent(RUTA)), JONAS, written, &[Act::Remove]);
    thanked(state, (10, agent("agone")), RUTA, written, &[Act::Remove]);
}

#[tokio::test]
async fn every_page_of_thanks_is_whole_in_every_language() {
    let ruta = Guest::new(Role::Agent, Some(RUTA));
    let leader = Guest::in_house(ruta.state.clone(), ruta.router.clone(), Role::TeamLeader, None);
    let admin = Guest::in_house(ruta.state.clone(), ruta.router.clone(), Role::Admin, None);
    let mut album = Album::default();
    for locale in Locale::ALL {
        // Nobody has thanked anybody: it says what will be here.
        let page = ruta.page(&format!("/thanks?lang={}", locale.tag())).await;
        is_whole(&page, "nothing yet");
        album.add("/thanks/none", locale, &page);
    }
    thanks_of_all_kinds(&ruta.state);
    let to = format!("/thanks?to={RUTA}");
    for locale in Locale::ALL {
        let places = [
            (&ruta, "/thanks"),
            (&ruta, "/thanks?done=sent"),
            (&leader, &*to),
            (&leader, "/kudos"),
            (&admin, "/kudos?done=remove"),
            (&leader, "/teams/care?waiting"),
        ];
        for (guest, path) in places {
            let mark = if path.contains('?') { '&' } else { '?' };
            let page = guest.page(&format!("{path}{mark}lang={}", locale.tag())).await;
            is_whole(&page, &format!("{path} in {}", locale.tag()));
            assert!(!page.contains("<b>saved"), "{page}");
            album.add(path, locale, &page);
        }
    }
    album.compare("floor");
}

#[tokio::test]
async fn thanks_are_seen_by_those_whom_they_concern() {
    let ruta = Guest::new(Role::Agent, Some(RUTA));
    thanks_of_all_kinds(&ruta.state);
    let page = ruta.page("/thanks").await;
    let seen = |text: &str| page.matches(text).count();
    // Two that were written to her, one of them reported; two by her, one of them removed with its reason.
    assert_eq!(seen("saved"), 4, "{page}");
    assert_eq!(seen("A customer is named"), 1, "{page}");
    assert!(page.contains("You have given 3 of 10 this month"), "{page}");
    let day = ruta.page("/me").await;
    assert!(day.contains("Today is not easy") && day.contains("Well handled"), "{day}");
    assert!(!day.contains("Thank you for your help"), "hidden\n{day}");
    let leader = Guest::in_house(ruta.state.clone(), ruta.router.clone(), Role::TeamLeader, None);
    let page = leader.page("/kudos").await;
    assert!(page.contains("2 thank-yous wait for you"), "{page}");
    assert!(!page.contains("to Jonas"), "of another team\n{page}");
    assert_eq!(ruta.get("/kudos").await.0, StatusCode::FORBIDDEN);
    // Whoever wants initials is offered so to mates, and by name to those who lead.
    let mut batch = Batch::default();
    family::put::<Appearances>(&mut batch, &RUTA.to_owned(), &Appearance::Initials);
    ruta.state.store.apply(batch).unwrap();
    assert!(leader.page("/thanks").await.contains("Rūta &#60;script&#62;"));
    // Forms without their token change nothing.
    let (status, _, _) = leader.send("POST", "/thanks", "http://localhost:8080", "to=aruta&words=help").await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    let too_long = format!("form={}&to={RUTA}&text={}", leader.form, "x".repeat(300));
    let (status, _, page) = leader.send("POST", "/thanks", "http://localhost:8080", &too_long).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("role=\"alert\"") && page.contains(&"x".repeat(300)), "kept\n{page}");
}

#[tokio::test]
async fn my_day_says_what_is_near_and_what_i_have() {
    let ruta = Guest::new(Role::Agent, Some(RUTA));
    let page = ruta.page("/me").await;
    let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text} is missing in {page}"));
    assert!(at("class=\"hero\"") < at(">Today<"), "the next thing stands on top");
    assert!(page.contains("width=\"75\"") && page.contains("A kind word."), "{page}");
    assert!(page.contains("<strong>3 tickets</strong> <span class=\"soft\">of 4</span>"), "{page}");
    assert!(page.contains("Cinema &#38; &#60;b&#62;"), "the prize of the draw that I won");
    assert!(page.contains(&format!("/draws/sprint/{PAST}/evening#check")), "{page}");
    assert!(page.contains("300 points") && page.contains("/agents/aruta/why/sprint"), "{page}");
    let wallet = ruta.page("/me/wallet").await;
    assert!(wallet.contains("+300 points") && wallet.contains("−280 points"), "{wallet}");
    assert!(wallet.contains("taken back after a correction") && wallet.contains("/why/e1"), "{wallet}");
}

#[tokio::test]
async fn everybody_comes_to_their_own_first_page() {
    for (role, agent, place) in [
        (Role::Agent, Some(RUTA), "/me"),
        (Role::TeamLeader, None, "/teams"),
        (Role::TeamLeader, Some(RUTA), "/teams"),
        (Role::Admin, None, ""),
        (Role::Auditor, None, ""),
        (Role::RuleDeveloper, None, ""),
    ] {
        let guest = Guest::new(role, agent);
        let (status, led, _) = guest.send("GET", "/", "http://localhost:8080", "").await;
        assert_eq!(led, place, "{role:?}: {status}");
        assert_eq!(guest.get("/?all").await.0, StatusCode::OK, "{role:?}");
    }
    let leader = Guest::new(Role::TeamLeader, None);
    assert_eq!(leader.send("GET", "/teams", "http://localhost:8080", "").await.1, "/teams/care");
}

#[tokio::test]
async fn a_leader_sees_their_own_team_and_a_reason_to_say_something() {
    let leader = Guest::new(Role::TeamLeader, None);
    let page = leader.page("/teams/care").await;
    assert!(page.contains("has had 3 difficult contacts today"), "{page}");
    assert!(page.contains("314 points") && page.contains("/agents/aruta"), "{page}");
    assert!(!page.contains("Jonas") && !page.contains(JONAS), "another team\n{page}");
    assert_eq!(leader.get("/teams/night").await.0, StatusCode::FORBIDDEN);
    // Two difficult contacts are a day like any other.
    let admin = Guest::new(Role::Admin, None);
    let night = admin.page("/teams/night").await;
    assert!(night.contains("Jonas Petraitis") && !night.contains("difficult contact"), "{night}");
    for role in [Role::Agent, Role::Auditor, Role::Integrator] {
        let guest = Guest::new(role, (role == Role::Agent).then_some(RUTA));
        assert_eq!(guest.get("/teams").await.0, StatusCode::FORBIDDEN, "{role:?}");
        assert_eq!(guest.get("/teams/care").await.0, StatusCode::FORBIDDEN, "{role:?}");
    }
}

#[tokio::test]
async fn who_wants_initials_is_shown_so_to_others_only() {
    let ruta = Guest::new(Role::Agent, Some(RUTA));
    let jonas = Guest::in_house(ruta.state.clone(), ruta.router.clone(), Role::Agent, Some(JONAS));
    let here = "http://localhost:8080";
    let chosen = || family::get::<Appearances>(&*ruta.state.store, &RUTA.to_owned()).unwrap();
    let wish = format!("form={}&appearance=initials", ruta.form);
    // Without the form's token, with another session's, from elsewhere: nothing is kept.
    for (origin, body) in [
        (here, "appearance=initials".to_owned()),
        (here, format!("form={}&appearance=initials", jonas.form)),
        ("http://evil.example", wish.clone()),
        ("null", wish.clone()),
    ] {
        let (status, _, page) = ruta.send("POST", "/me/settings", origin, &body).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{origin} {body}");
        is_whole(&page, "refused");
        assert_eq!(chosen(), None);
    }
    let nothing = format!("form={}&appearance=crown", ruta.form);
    let (status, _, page) = ruta.send("POST", "/me/settings", here, &nothing).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("role=\"alert\"") && chosen().is_none(), "{page}");

    assert!(jonas.page("/incentives/sprint").await.contains("Rūta &#60;script&#62;"));
    let (status, place, _) = ruta.send("POST", "/me/settings", here, &wish).await;
    assert_eq!((status, &*place), (StatusCode::SEE_OTHER, "/me/settings?saved"));
    assert_eq!(chosen(), Some(Appearance::Initials));
    assert!(ruta.page("/me/settings").await.contains("value=\"initials\" checked"));

    for path in ["/incentives/sprint", &format!("/draws/sprint/{PAST}/evening")] {
        let page = jonas.page(path).await;
        assert!(page.contains("R. s.") && !page.contains("Rūta &#60;script&#62;"), "{path}\n{page}");
        let own = ruta.page(path).await;
        assert!(own.contains("Rūta &#60;script&#62;"), "{path}\n{own}");
    }
    let leader = Guest::in_house(ruta.state.clone(), ruta.router.clone(), Role::TeamLeader, None);
    assert!(leader.page("/incentives/sprint").await.contains("Rūta &#60;script&#62;"));
    // Nobody is somebody on the roster who is not.
    let wish = format!("form={}&appearance=initials", leader.form);
    assert_eq!(leader.send("POST", "/me/settings", here, &wish).await.0, StatusCode::NOT_FOUND);
}

/// A house with chat and mail, quiet at night; Rūta can be reached by both.
fn reachable() -> Guest {
    let porter = Porter::new(Clock::driven(NOW), &[3; 32], Arc::new(NoPostman));
    let (mut state, texts) = app(Pages::Accounts, Arc::new(porter));
    let config = Arc::make_mut(&mut state.config);
    config.chat.token = "xoxb".to_owned();
    config.mail.smtp = "smtp://mail.example".to_owned();
    config.delivery.quiet_hours = "20:00-08:00".to_owned();
    let mut batch = Batch::default();
    let chat = Some("U01RUTA".to_owned());
    let mail = Some("ruta@example.com".to_owned());
    let name = "Rūta <script>".to_owned();
    let person = Person { name, locale: "lt".into(), mail, chat, ..Person::default() };
    family::put::<People>(&mut batch, &RUTA.to_owned(), &person);
    state.store.apply(batch).unwrap();
    let router = router(state.clone(), texts);
    Guest::in_house(state, router, Role::Agent, Some(RUTA))
}

#[tokio::test]
async fn settings_with_every_choice_are_whole_in_every_language() {
    let ruta = reachable();
    let mut album = Album::default();
    for locale in Locale::ALL {
        let page = ruta.page(&format!("/me/settings?all&lang={}", locale.tag())).await;
        is_whole(&page, locale.tag());
        album.add("/me/settings?all", locale, &page);
    }
    album.compare("floor");
}

#[tokio::test]
async fn i_choose_where_and_when_i_am_told() {
    let ruta = reachable();
    let here = "http://localhost:8080";
    let kept =
        || family::get::<Preferences>(&*ruta.state.store, &RUTA.to_owned()).unwrap().unwrap_or_default();
    let page = ruta.page("/me/settings").await;
    assert!(page.contains("As in this house: 20:00–08:00"), "{page}");
    for (name, is_ticked) in
        [("awards-chat", true), ("awards-mail", false), ("praise-chat", true), ("praise-mail", false)]
    {
        let ticked = format!("name=\"{name}\" value=\"yes\" checked");
        assert_eq!(page.contains(&ticked), is_ticked, "as the house does it by itself: {name}\n{page}");
    }
    let base = format!("form={}&appearance=name&channels=yes", ruta.form);
    let send = async |rest: &str| ruta.send("POST", "/me/settings", here, &format!("{base}{rest}")).await;
    // As it was shown: nothing was chosen.
    let (status, place, _) = send("&awards-chat=yes&praise-chat=yes&quiet=house&compete=yes").await;
    assert_eq!((status, &*place), (StatusCode::SEE_OTHER, "/me/settings?saved"));
    assert_eq!(kept(), Preference::default());

    send("&awards-mail=yes&quiet=own&from=21:30&to=06:00&days-off=yes&compete=yes").await;
    let own = QuietTime { hours: Some("21:30-06:00".parse().unwrap()), days_off: true };
    let channels = Channels { awards: vec![Channel::Mail], praise: vec![] };
    let wanted = Preference { channels: Some(channels), quiet: Quiet::Own(own) };
    assert_eq!(kept(), wanted);
    let page = ruta.page("/me/settings").await;
    assert!(page.contains("value=\"21:30\"") && page.contains("value=\"own\" checked"), "{page}");
    assert!(page.contains("name=\"days-off\" value=\"yes\" checked"), "{page}");

    // What is wrong keeps nothing, and loses nothing that was typed.
    let (status, _, page) = send("&praise-mail=yes&quiet=own&from=09:15&to=09:15&compete=no").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("href=\"#quiet\"") && page.contains("value=\"09:15\""), "{page}");
    assert!(page.contains("name=\"praise-mail\" value=\"yes\" checked"), "{page}");
    assert!(page.contains("value=\"no\" checked"), "{page}");
    for rest in ["&quiet=sometimes", "&compete=perhaps"] {
        assert_eq!(send(rest).await.0, StatusCode::UNPROCESSABLE_ENTITY, "{rest}");
    }
    assert_eq!(kept(), wanted);
    let data: serde_json::Value = serde_json::from_str(&ruta.page("/me/data.json").await).unwrap();
    assert_eq!(data["settings"]["quiet"]["hours"], "21:30-06:00");
}

#[tokio::test]
async fn my_data_is_all_of_mine_and_nobody_elses() {
    let ruta = Guest::new(Role::Agent, Some(RUTA));
    let jonas = Guest::in_house(ruta.state.clone(), ruta.router.clone(), Role::Agent, Some(JONAS));
    let data: serde_json::Value = serde_json::from_str(&ruta.page("/me/data.json").await).unwrap();
    assert_eq!(data["person"]["name"], "Rūta <script>");
    assert_eq!(data["terms"]["stints"][0]["team"], "care");
    assert_eq!(data["balances"][0]["units"], 300);
    assert_eq!(data["awards"][0]["because"], "First, with 12.5.");
    assert_eq!(data["entries"].as_array().unwrap().len(), 4);
    assert_eq!(
        (data["facts"].as_array().unwrap().len(), &data["facts"][0]["data"]["hard"]),
        (4, &true.into())
    );
    assert_eq!(data["account"]["sessions"].as_array().unwrap().len(), 1);
    let text = data.to_string();
    assert!(
        !text.contains("secret-hash") && !text.contains(&ruta.cookie) && !text.contains("Jonas"),
        "{text}"
    );
    let other = jonas.page("/me/data.json").await;
    assert!(other.contains("Jonas") && !other.contains("Rūta <script>"), "{other}");
    let nobody = Guest { cookie: String::new(), ..jonas };
    assert_eq!(nobody.get("/me/data.json").await.0, StatusCode::UNAUTHORIZED);
    assert_eq!(nobody.get("/me").await.0, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_wall_board_opens_with_its_token_and_with_no_other() {
    let (state, router) = Guest::house();
    let nobody = Guest { cookie: String::new(), form: String::new(), router, state };
    let token = wall(&nobody.state, vec![Scope::Wall]);
    assert!(nobody.page(&format!("/wall/{token}")).await.contains("Daily sprint"));
    assert_eq!(nobody.status(&format!("/live/wall/{token}")).await, StatusCode::OK);
    let mut shut = vec!["guess".to_owned(), "plaudit_guess".to_owned()];
    shut.extend(
        [Scope::Ingest, Scope::Read, Scope::Manage, Scope::Admin]
            .map(|scope| wall(&nobody.state, vec![scope])),
    );
    tokens::revoke(
        &*nobody.state.store,
        &tokens::find(&*nobody.state.store, &token, NOW).unwrap().unwrap().id,
        NOW,
    )
    .unwrap();
    shut.push(token);
    for token in shut {
        for locale in Locale::ALL {
            let (status, page) = nobody.get(&format!("/wall/{token}?lang={}", locale.tag())).await;
            assert_eq!(status, StatusCode::NOT_FOUND, "{token}");
            is_whole(&page, "a board that is over");
            assert!(!page.contains("sprint"), "{page}");
        }
        assert_eq!(nobody.status(&format!("/live/wall/{token}")).await, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_wall_board_shows_people_as_each_incentive_allows() {
    let (state, router) = Guest::house();
    let nobody = Guest { cookie: String::new(), form: String::new(), router, state };
    let token = wall(&nobody.state, vec![Scope::Wall]);
    let all = async || {
        let mut pages = String::new();
        for n in 0..4 {
            pages += &nobody.page(&format!("/wall/{token}?n={n}")).await;
        }
        pages
    };
    let set = |anonymity: Anonymity| {
        let mut batch = Batch::default();
        family::put::<Anonymities>(&mut batch, &"sprint".to_owned(), &anonymity);
        nobody.state.store.apply(batch).unwrap();
    };
    let named = all().await;
    assert!(named.contains("Rūta &#60;script&#62;") && named.contains("Jonas Petraitis"), "{named}");
    assert!(named.contains("silver") && !named.contains("314"), "a badge, and nobody's points\n{named}");
    assert!(named.contains("Cinema") && !named.contains("/agents/") && !named.contains(RUTA), "{named}");
    set(Anonymity::Initials);
    let initials = all().await;
    assert!(
        initials.contains("J. P.") && !initials.contains("Jonas") && !initials.contains("Rūta"),
        "{initials}"
    );
    for anonymity in [Anonymity::Neighbours, Anonymity::Mine] {
        set(anonymity);
        let hidden = all().await;
        assert!(hidden.contains("Somebody"), "{hidden}");
        assert!(
            !hidden.contains("Jonas") && !hidden.contains("Rūta") && !hidden.contains("J. P."),
            "{hidden}"
        );
    }
    // Only what was asked for; without a script the page turns itself.
    set(Anonymity::Names);
    let other = nobody.page(&format!("/wall/{token}?only=over,none")).await;
    assert!(!other.contains("Daily sprint"), "{other}");
    let first = nobody.page(&format!("/wall/{token}?only=sprint")).await;
    assert!(first.contains(&format!("content=\"15; url=/wall/{token}?n=1&#38;only=sprint\"")), "{first}");
}

#[tokio::test]
async fn a_held_draw_offers_the_check_and_an_open_one_what_to_remember() {
    let ruta = Guest::new(Role::Agent, Some(RUTA));
    let held = ruta.page(&format!("/draws/sprint/{PAST}/evening")).await;
    assert!(held.contains(&format!("data-receipt=\"/draws/sprint/{PAST}/evening/receipt.json\"")), "{held}");
    assert!(held.contains("data-own=\"aruta\"") && held.contains("data-hash=\"seed_hash\""), "{held}");
    assert!(held.contains("plaudit draw verify"), "without a script: the command line");
    assert!(held.contains(super::super::assets::check_url()), "{held}");
    let open = ruta.page("/draws/sprint/2026-03-03/evening").await;
    assert!(open.contains("data-open-seed=") && !open.contains("data-receipt="), "{open}");
}
