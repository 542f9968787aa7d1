//! The console's books: deliveries, metrics, sources, money, versions, results, reports.

use plaudit_core::{
    award::{EffectId, EffectKind},
    calendar::QuietTime,
    event::{Event, Subject, Value},
    journal::Block,
    ledger::{Account, Chain, Posting, Reason},
    rule::Reward,
};
use plaudit_store::family::{
    cursor::{Cursor, Place},
    delivery::{Deliveries, Delivery, State, Target},
    journal,
    ledger::Ledger,
    outbox::{Body, Message, Recipient},
};
use tokio_util::sync::CancellationToken;

use super::*;
use crate::{
    api::{
        finality::NoProposal,
        house::PluginRecord,
        previews::{Previews, Rehearser},
        versions::{Preview, Version},
    },
    deliver::{self, DeliverConfig},
    engine::{
        rehearsal::Watch,
        stage::{Done, Full, Job, Wish},
    },
    ingest::watch::{Heard, Sample},
    texts::{Links, Texts},
    web::tests::Plugins,
};

/// Two versions of the sprint.
pub(in crate::web::tests) fn versions(incentive: &str) -> Vec<Version> {
    let house = house();
    let Some(record) = house.incentives.get(incentive) else { return Vec::new() };
    let version = |number, back_to| Version {
        number,
        block: u64::from(number),
        at: NOW,
        incentive: record.incentive.clone(),
        actor: Some("ana".into()),
        back_to,
    };
    vec![version(1, None), version(2, Some(1))]
}

/// One award would be different.
pub(in crate::web::tests) fn preview(incentive: &str) -> Result<Preview, NoProposal> {
    let proposal = crate::api::finality::Finality::propose(
        &super::super::FakeViews::new(),
        incentive,
        PAST_PERIOD,
        &Watch::default(),
    )?;
    Ok(Preview {
        incentive: incentive.into(),
        plugin: "d2".into(),
        block: 5,
        keeps_states: false,
        differences: proposal.differences,
        units: 300,
        left: 700,
        moved: proposal.moved,
    })
}

const PAST_PERIOD: &str = super::super::PAST;

fn event(id: &str, csat: f64) -> Event {
    Event {
        source: "/acd".into(),
        id: id.into(),
        kind: "survey.answered".into(),
        subject: Subject::agent(RUTA),
        time: NOW - 1000,
        entity: None,
        revision: 0,
        retracted: false,
        fields: vec![("csat".into(), Value::Number(csat)), ("queue".into(), Value::Text("care".into()))],
    }
}

impl Desk {
    /// With deliveries, events in the journal, rows in the ledger, and something that came in.
    fn with_books(role: Role) -> Self {
        let mut desk = Self::new(role, Range::House);
        let store = desk.state.store.clone();
        let mut batch = Batch::default();
        let message = |id: &str| Message {
            id: id.into(),
            time: NOW,
            block: 1,
            at: NOW,
            incentive: "sprint".into(),
            plugin: "d1".into(),
            to: Recipient::Subject(Subject::agent("aeva")),
            body: Body::Granted {
                effect: "e1".into(),
                reward: Reward::Points { currency: "points".into(), units: 40 },
                because: plaudit_core::rule::Text { message: "nice".into(), arguments: vec![] },
            },
        };
        // Deliveries go by the wall's clock, and old ones are forgotten.
        let lately = Clock::system().now();
        // Quiet until a minute before midnight.
        let night = NOW - NOW.rem_euclid(plaudit_core::DAY_MS) + plaudit_core::DAY_MS - 60_000;
        for (number, target, state) in [
            (1, Target::Mail("aeva".into()), State::Dead),
            (2, Target::Webhook("crm".into()), State::Sent),
            (3, Target::Nowhere(RUTA.into()), State::NoChannel),
            (4, Target::Chat(RUTA.into()), State::Waiting),
        ] {
            let delivery = Delivery {
                target,
                messages: vec![message(&format!("msg_{number}"))],
                state,
                created: lately,
                attempts: 2,
                next_at: lately,
                first_attempt: Some(lately),
                last_attempt: Some(lately),
                last_error: (state == State::Dead).then(|| "answered 550".to_owned()),
                maybe_told: false,
                waited_until: (state == State::Waiting).then_some(night),
            };
            family::put::<Deliveries>(&mut batch, &number, &delivery);
        }
        let fact = |event| Entry::Event { event, replaces: None, stale: false };
        let entries = vec![fact(event("s1", 5.0)), fact(event("s2", 2.0))];
        journal::put_block(&mut batch, &Block { number: 1, at: NOW, entries }).unwrap();
        let mut chain = Chain::new("sprint");
        for number in 1..=3_i64 {
            let effect = EffectId {
                incentive: "sprint".into(),
                period: Some(PAST_PERIOD.into()),
                kind: EffectKind::Award,
                name: "first".into(),
                subject: Subject::agent("aeva"),
                key: number.to_string().into(),
            };
            let move_ = |account, units| Posting { account, currency: "points".into(), units };
            let eva = Account::Subject(Subject::agent("aeva"));
            let postings = vec![move_(Account::Allotment("sprint".into()), -number), move_(eva, number)];
            let reason = Reason::Awarded { effect, earned: NOW };
            let row = chain.append(number.unsigned_abs(), NOW + number, postings, reason).unwrap();
            family::put::<Ledger>(&mut batch, &("sprint".into(), row.number), &row);
        }
        let place = Place { ledger_next: chain.next, ledger_head: chain.head, ..Place::default() };
        family::put::<Cursor>(&mut batch, &"sprint".to_owned(), &place);
        store.apply(batch).unwrap();
        let sample = Sample::new(&serde_json::json!({ "secret_field": "as it came" }), &event("s1", 5.0));
        let rejected = crate::ingest::answer::Rejected {
            index: 0,
            id: None,
            field: "time".into(),
            value: None,
            message: "more than 5 minutes ahead".into(),
            code: "time-ahead".into(),
        };
        let heard = Heard {
            accepted: 2,
            lag: Some(1000),
            rejected: vec![rejected],
            sample: Some(sample),
            ..Heard::default()
        };
        desk.state.front.watch.note(NOW, "/acd", heard);
        let texts =
            Arc::new(Texts::new(store.clone(), Arc::new(Plugins), Links::under("https://plaudit.example")));
        let deps = deliver::Deps {
            store,
            clock: Clock::driven(NOW),
            texts: texts.clone(),
            roster: Arc::new(|| Arc::new(plaudit_core::roster::Roster::default())),
            rng: Box::new(rand::make_rng::<rand::rngs::StdRng>()),
        };
        let quiet = QuietTime { hours: Some("00:00-23:59".parse().unwrap()), days_off: false };
        let config = DeliverConfig { quiet, ..DeliverConfig::default() };
        let (handle, _) = deliver::start(deps, config, CancellationToken::new()).unwrap();
        desk.router = super::super::super::router_with(desk.state.clone(), texts, Some(handle));
        desk
    }
}

#[tokio::test]
async fn every_book_is_whole_in_every_language() {
    let desk = Desk::with_books(Role::Admin);
    let mut album = Album::default();
    for path in [
        "/deliveries",
        "/deliveries?state=dead&channel=mail&who=nobody",
        "/deliveries/1",
        "/measures",
        "/measures/csat",
        "/measures/csat?type=survey.answered&value=data.csat&filter=data.csat+%3E+3",
        "/sources",
        "/sources?source=/acd",
        "/money",
        "/money/ledger",
        "/plugins",
        "/incentives/sprint/versions",
        "/incentives/sprint/versions?to=back:1",
        "/incentives/sprint/results",
        "/incentives/sprint/results?status=withheld",
        "/incentives/over/results",
        "/reports",
        "/reports?from=2026-03-01&to=2026-03-03&incentive=sprint",
    ] {
        for locale in Locale::ALL {
            let mark = if path.contains('?') { '&' } else { '?' };
            let page = desk.get(&format!("{path}{mark}lang={}", locale.tag())).await;
            let place = format!("{path} in {}", locale.tag());
            assert_eq!(page.status, StatusCode::OK, "{place}: {}", page.text);
            assert!(page.has(&format!("<html lang=\"{}\">", locale.tag())), "{place}");
            assert!(
                !page.has("[page-") && !page.has("[explain"),
                "{place}: a text is missing\n{}",
                page.text
            );
            let is_clean = !page.has("<script>") && !page.has(" style=") && !page.has("http://");
            assert!(is_clean, "{place}: {}", page.text);
            assert_eq!(page.text.matches("<h1").count(), 1, "{place}");
            // Deliveries say how long ago they were, by the wall's clock.
            if !path.starts_with("/deliveries") {
                album.add(path, locale, &page.text);
            }
        }
    }
    album.compare("books");
    for nothing in
        ["/deliveries/9", "/deliveries/x", "/measures/none", "/incentives/none/results", "/reports/none.csv"]
    {
        assert_eq!(desk.get(nothing).await.status, StatusCode::NOT_FOUND, "{nothing}");
    }
}

#[tokio::test]
async fn what_could_not_be_delivered_is_found_read_and_sent_again() {
    let desk = Desk::with_books(Role::Manager);
    let today = desk.get("/").await;
    assert!(today.has("1 message could not be delivered") && today.has("href=\"/deliveries?state=dead\""));
    let dead = desk.get("/deliveries?state=dead").await;
    assert!(dead.has("Eva Ortega") && dead.has("answered 550") && !dead.has("crm"), "{}", dead.text);
    let found = desk.get("/deliveries?who=eva+ortega&incentive=sprint").await;
    assert!(found.has("/deliveries/1\"") && !found.has("/deliveries/2\""), "{}", found.text);
    assert!(!desk.get("/deliveries?incentive=other").await.has("/deliveries/1\""));
    let one = desk.get("/deliveries/1").await;
    // In the language of whom it is for, with what it comes to.
    assert!(one.has("<blockquote lang=\"es\">") && one.has("https://plaudit.example/why/e1"), "{}", one.text);
    let foreign = desk.send("POST", "/deliveries/1/retry", "form=foreign".to_owned()).await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
    let nowhere = desk.post("/deliveries/3/retry", &[]).await;
    assert_eq!(nowhere.status, StatusCode::CONFLICT);
    assert!(nowhere.has("It can&#39;t be sent again now."), "{}", nowhere.text);
    assert_eq!(desk.post("/deliveries/1/retry", &[]).await.place, "/deliveries?done=retried");
    let row = family::get::<Deliveries>(&*desk.state.store, &1).unwrap().unwrap();
    assert_ne!(row.state, State::Dead, "it was taken up again");
    let auditor = Desk::with_books(Role::Auditor);
    let private = auditor.get("/deliveries/1").await;
    assert!(
        private.has("for those who may read about people") && !private.has("<blockquote"),
        "{}",
        private.text
    );
    assert!(!private.has("/deliveries/1/retry"), "an auditor changes nothing");
}

#[tokio::test]
async fn an_expression_is_tried_on_what_came_lately_and_changes_nothing() {
    let desk = Desk::with_books(Role::Manager);
    let tried = desk.get("/measures/csat?type=survey.answered&value=data.csat&filter=data.csat+%3E+3").await;
    assert!(tried.has("1 of the latest 2 events have it.") && tried.has("left out"), "{}", tried.text);
    assert!(tried.has("Rūta &#60;script&#62;") && tried.has("value=\"data.csat &#62; 3\""), "{}", tried.text);
    let wrong = desk.get("/measures/csat?type=survey.answered&value=data.csat+%2B").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.has("id=\"value-error\"") && wrong.has("value=\"data.csat +\""), "{}", wrong.text);
    let empty = desk.get("/measures/csat?value=").await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", empty.text);
    assert!(desk.written().is_empty());
    let auditor = Desk::with_books(Role::Auditor).get("/measures/csat?value=data.csat").await;
    assert!(
        !auditor.has("<form class=\"form\"") && !auditor.has("Rūta"),
        "facts about people\n{}",
        auditor.text
    );
}

#[tokio::test]
async fn sources_show_what_came_and_a_sample_only_to_who_sets_them() {
    let manager = Desk::with_books(Role::Manager).get("/sources?source=/acd").await;
    assert!(manager.has("/acd") && manager.has("more than 5 minutes ahead"), "{}", manager.text);
    assert!(manager.has("aghost") && manager.has("href=\"/roster\""), "{}", manager.text);
    assert!(!manager.has("as it came"), "raw payloads are an admin's");
    for (role, sees) in [(Role::Manager, true), (Role::RuleDeveloper, false), (Role::Auditor, false)] {
        let desk = Desk::with_books(role);
        desk.state.front.strangers.meet(&"aghost".into(), "E4711");
        let page = desk.get("/sources").await;
        assert!(page.has("aghost") && page.has("E4711") == sees, "{role:?}: {}", page.text);
    }
    let admin = Desk::with_books(Role::Admin).get("/sources?source=/acd").await;
    assert!(admin.has("as it came") && admin.has("survey.answered"), "{}", admin.text);
}

#[tokio::test]
async fn the_ledger_is_narrowed_and_the_plan_stands_beside_what_is_spent() {
    let desk = Desk::with_books(Role::Manager);
    let all = desk.get("/money/ledger").await;
    assert!(all.has("Eva Ortega +3 points") && all.has("incentive/sprint −1 point"), "{}", all.text);
    assert!(desk.get("/money/ledger?kind=funded").await.has("No row like that."));
    assert!(desk.get("/money/ledger?incentive=sprint&kind=awarded&who=agent/aeva").await.has("+2 points"));
    assert!(desk.get("/money/ledger?who=agent/anobody").await.has("No row like that."));
    assert_eq!(desk.get("/money/ledger?before=nonsense").await.status, StatusCode::BAD_REQUEST);
    let money = desk.get("/money").await;
    assert!(money.has("action=\"/v1/payroll\"") && money.has("Rūta"), "{}", money.text);
    let part = Desk::new(Role::Manager, places("madrid")).get("/money").await;
    assert!(!part.has("/money/ledger") && !part.has("Rūta"), "accounts beyond their reach\n{}", part.text);
}

#[tokio::test]
async fn another_version_is_looked_at_before_it_is_taken() {
    let mut desk = Desk::manager();
    desk.house(|house| {
        let mut plugins = (*house.plugins).clone();
        plugins.push(PluginRecord { digest: "d2".into(), name: "contest".into(), version: "1.1.0".into() });
        house.plugins = Arc::new(plugins);
    });
    let plugins = desk.get("/plugins").await;
    assert!(plugins.has("1.1.0") && plugins.has("href=\"/incentives/sprint/versions\""), "{}", plugins.text);
    let page = desk.get("/incentives/sprint/versions").await;
    assert!(page.has("value=\"plugin:d2\"") && page.has("value=\"back:1\""), "{}", page.text);
    let looked = desk.get("/incentives/sprint/versions?to=plugin:d2").await;
    assert!(looked.has("1 award would be different.") && looked.has("+300 points"), "{}", looked.text);
    assert!(
        looked.has("action=\"/incentives/sprint/upgrade\"") && looked.has("name=\"plugin\" value=\"d2\"")
    );
    assert!(desk.written().is_empty(), "looking changes nothing");
    let none = desk.get("/incentives/sprint/versions?to=back:9").await;
    assert_eq!(none.status, StatusCode::CONFLICT, "{}", none.text);
    let back = desk.get("/incentives/sprint/versions?to=back:1").await;
    assert!(back.has("action=\"/incentives/sprint/rollback\""), "{}", back.text);
    let taken = desk.post("/incentives/sprint/upgrade", &[("plugin", "d2")]).await;
    assert_eq!(taken.place, "/incentives/sprint/versions?done=version", "{}", taken.text);
    let written = desk.written();
    let Some(Entry::Incentive(incentive)) = written.first() else { panic!("{written:?}") };
    assert_eq!(&*incentive.plugin, "d2");
    let unknown = desk.post("/incentives/sprint/upgrade", &[("plugin", "d9")]).await;
    assert!(unknown.status.is_client_error() && unknown.has("role=\"alert\""), "{}", unknown.text);
}

/// A stage on which things are begun when the test says so.
#[derive(Default)]
struct Backstage(Mutex<Vec<(Arc<Watch>, Job)>>);

impl Rehearser for Backstage {
    fn rehearse(&self, _: Wish, _: Arc<Watch>, _: Done) -> Result<(), Full> {
        Err(Full)
    }

    fn stage(&self, watch: Arc<Watch>, job: Job) -> Result<(), Full> {
        self.0.lock().unwrap().push((watch, job));
        Ok(())
    }
}

#[tokio::test]
async fn what_takes_long_shows_how_far_it_is_and_can_be_stopped() {
    let mut desk = Desk::manager();
    let stage = Arc::new(Backstage::default());
    desk.state.previews = Arc::new(Previews::new(stage.clone()));
    desk.house(|_| {});
    let mut album = Album::default();
    for path in ["/incentives/sprint/versions?to=back:1", "/incentives/sprint/adjustments/2026-03-02"] {
        let page = desk.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text);
        let id = page.refresh.split("of=").nth(1).expect("the browser asks again").to_owned();
        assert!(
            page.refresh.starts_with("3; url=") && page.has(&format!("/previews/{id}/stop")),
            "{}",
            page.text
        );
        let and = if path.contains('?') { '&' } else { '?' };
        let again = format!("{path}{and}of={id}");
        stage.0.lock().unwrap()[0].0.tell(412, 1000);
        for locale in Locale::ALL {
            let page = desk.get(&format!("{again}&lang={}", locale.tag())).await;
            assert!(page.has("value=\"412\"") && !page.has("[page-"), "{}", page.text);
            album.add(path, locale, &page.text.replace(&id, "p1"));
        }
        assert_eq!(stage.0.lock().unwrap().len(), 1, "looking again begins nothing");

        let tab = desk.get(path).await;
        assert!(tab.refresh.ends_with(&id), "another look joins it: {}", tab.refresh);
        let back = page.text.split("name=\"back\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
        let back = back.expect("where one is when it was stopped").to_owned();
        let stopped = desk.post(&format!("/previews/{id}/stop"), &[("back", &back)]).await;
        assert_eq!((stopped.status, &*stopped.place), (StatusCode::SEE_OTHER, &*back));
        assert_eq!(desk.get(&back).await.refresh, "", "stopping begins nothing");
        let (watch, _) = stage.0.lock().unwrap().pop().expect("it had begun");
        assert!(watch.is_cancelled());
        let elsewhere = desk.post(&format!("/previews/{id}/stop"), &[("back", "//evil.example")]).await;
        assert_eq!(elsewhere.place, "/");

        // A page that was left open does not begin it again; asking anew does, and it is there as soon as it is done.
        let gone = desk.get(&again).await;
        assert_eq!((gone.status, &*gone.refresh), (StatusCode::NOT_FOUND, ""), "{}", gone.text);
        let page = desk.get(path).await;
        assert!(page.refresh.contains("of=") && !page.refresh.contains(&id), "{}", page.refresh);
        let (_, job) = stage.0.lock().unwrap().pop().expect("it has begun");
        job();
        let and = page.refresh.split("url=").nth(1).expect("an address");
        let done = desk.get(and).await;
        assert!(done.refresh.is_empty() && done.has("+300 points"), "{}", done.text);
    }
    album.compare("under-way");
    // What one version would change never stands above the button of another.
    desk.house(|house| {
        let mut plugins = (*house.plugins).clone();
        plugins.push(PluginRecord { digest: "d2".into(), name: "contest".into(), version: "1.1.0".into() });
        house.plugins = Arc::new(plugins);
    });
    let harmless = desk.get("/incentives/sprint/versions?to=back:1").await;
    let id = harmless.refresh.split("of=").nth(1).expect("it is under way").to_owned();
    let other = desk.get(&format!("/incentives/sprint/versions?to=plugin:d2&of={id}")).await;
    assert!(other.refresh.contains("of=") && !other.refresh.contains(&id), "{}", other.refresh);
}

#[tokio::test]
async fn results_say_what_an_incentive_gave_and_to_how_many() {
    let desk = Desk::with_books(Role::Manager);
    let page = desk.get("/incentives/sprint/results").await;
    assert!(page.has("1 award for 1") && page.has("1 of 3 have got something (33%)."), "{}", page.text);
    assert!(page.has("/why/e1") && page.has("/deliveries?incentive=sprint&#38;who=aruta"), "{}", page.text);
    let part = Desk::new(Role::Manager, places("madrid")).get("/incentives/sprint/results").await;
    assert!(part.has("Nobody has got anything yet.") && !part.has("/why/e1"), "{}", part.text);
}

#[tokio::test]
async fn a_report_is_shown_and_downloaded_and_no_title_is_a_formula() {
    let mut desk = Desk::manager();
    desk.house(|house| {
        let mut incentives = (*house.incentives).clone();
        if let Some(record) = incentives.get_mut("sprint") {
            record.incentive.title = "=cmd|calc".into();
        }
        house.incentives = Arc::new(incentives);
    });
    let window = "from=2026-03-01&to=2026-03-03";
    let page = desk.get(&format!("/reports?{window}")).await;
    assert!(page.has(&format!("/reports/teams.csv?{}", window.replace('&', "&#38;"))), "{}", page.text);
    let csv = desk.get(&format!("/reports/incentives.csv?{window}")).await;
    assert!(csv.text.starts_with("id,title,audience,on_board,winners,awards"), "{}", csv.text);
    assert!(csv.has("sprint,'=cmd|calc,3,"), "{}", csv.text);
    assert!(desk.get(&format!("/reports/sites.csv?{window}")).await.has("vilnius,vilnius,2,"));
    let wrong = desk.get("/reports?from=2026-03-03&to=2026-03-01").await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
    assert!(wrong.has("Give the first day first"), "{}", wrong.text);
    let part = Desk::new(Role::Manager, places("madrid"));
    let teams = part.get(&format!("/reports/teams.csv?{window}")).await;
    assert!(teams.has("ventas") && !teams.has("care"), "{}", teams.text);
}
