//! Thanks from person to person, through the front door: limits, moderation, reach, erasure, restarts.

use std::collections::BTreeSet;

use plaudit_tests::house::{House, Setup};
use reqwest::{Client, Method, StatusCode, header::HeaderValue, redirect::Policy};
use serde_json::{Value, json};

const MORNING: &str = "2026-03-02T06:00:00Z";
const PASSWORD: &str = "five green umbrellas";
/// Written by somebody: must stand nowhere but where it can be erased.
const SECRET: &str = "You saved my Monday, dear friend";

/// What comes of several things that go on at the same time.
async fn together<T: Send + 'static>(
    all: impl IntoIterator<Item = impl Future<Output = T> + Send + 'static>,
) -> Vec<T> {
    let running: Vec<_> = all.into_iter().map(tokio::spawn).collect();
    let mut done = Vec::new();
    for task in running {
        done.push(task.await.expect("it ends"));
    }
    done
}

/// Two teams of a site: ana, ben (who reads Lithuanian) and chen; dov of another team.
fn plan() -> Setup {
    House::plan()
        .with_pages()
        .site("vno", "Europe/Vilnius")
        .team("blue", "vno")
        .team("red", "vno")
        .agent("ana")
        .in_team("blue")
        .agent("ben")
        .in_team("blue")
        .speaks("lt")
        .agent("chen")
        .in_team("blue")
        .agent("dov")
        .in_team("red")
}

/// Somebody who is signed in.
#[derive(Clone)]
struct Person {
    client: Client,
    base: String,
    cookie: String,
    form: String,
}

impl Person {
    /// Invites somebody, who comes by the link.
    async fn new(house: &House, name: &str, role: Value, agent: Option<&str>) -> Self {
        let mail = format!("{name}@example.com");
        let wish = json!({ "mail": mail, "name": name, "roles": [role], "agent": agent });
        let (status, answer) = house.try_send("/v1/accounts?hand_over=true", &wish).await;
        assert!(status.is_success(), "{answer}");
        let link =
            answer["link"].as_str().expect("a link").split_once("link=").expect("its text").1.to_owned();
        let client = Client::builder().no_proxy().redirect(Policy::none()).build().expect("a client");
        let base = house.address().to_owned();
        let request = client
            .post(format!("{base}/invitation"))
            .header("origin", &base)
            .body(format!("link={link}&password={}", PASSWORD.replace(' ', "+")));
        let answer = request.send().await.expect("an answer");
        assert_eq!(answer.status(), 303, "{}", answer.text().await.expect("a text"));
        let pair = |cookie: &HeaderValue| cookie.to_str().ok()?.split(';').next().map(str::to_owned);
        let cookies: Vec<_> = answer.headers().get_all("set-cookie").iter().filter_map(pair).collect();
        let mut person = Self { client, base, cookie: cookies.join("; "), form: String::new() };
        let me = person.get("/v1/me").await;
        me["form_token"].as_str().expect("a token").clone_into(&mut person.form);
        person
    }

    async fn agent(house: &House, name: &str) -> Self {
        Self::new(house, name, json!({ "role": "agent" }), Some(name)).await
    }

    async fn leader(house: &House, name: &str, team: &str) -> Self {
        Self::new(house, name, json!({ "role": "team-leader", "teams": [team] }), None).await
    }

    async fn post(&self, path: &str, document: &Value) -> (StatusCode, Value) {
        self.ask(Method::POST, path, document).await
    }

    async fn ask(&self, method: Method, path: &str, document: &Value) -> (StatusCode, Value) {
        let request = self.client.request(method, format!("{}{path}", self.base));
        let request = request.header("cookie", &self.cookie);
        let request = request.header("origin", &self.base).header("x-plaudit-form", &self.form);
        let request = request.header("content-type", "application/json").body(document.to_string());
        let answer = request.send().await.expect("an answer");
        let status = answer.status();
        (status, serde_json::from_slice(&answer.bytes().await.expect("a body")).unwrap_or_default())
    }

    /// Fills in a form of a page.
    async fn send(&self, path: &str, fields: &str) -> (StatusCode, String) {
        let request = self.client.post(format!("{}{path}", self.base)).header("cookie", &self.cookie);
        let request = request.header("origin", &self.base);
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let answer = request.body(format!("form={}&{fields}", self.form)).send().await.expect("an answer");
        let status = answer.status();
        let place = answer.headers().get("location").and_then(|place| place.to_str().ok());
        (status, place.map(str::to_owned).unwrap_or_default())
    }

    async fn text(&self, path: &str) -> String {
        let request = self.client.get(format!("{}{path}", self.base)).header("cookie", &self.cookie);
        let answer = request.send().await.expect("an answer");
        assert!(answer.status().is_success(), "GET {path}: {}", answer.status());
        answer.text().await.expect("a text")
    }

    async fn get(&self, path: &str) -> Value {
        serde_json::from_str(&self.text(path).await).expect("JSON")
    }

    /// Says thanks in ready-made words.
    async fn thank(&self, to: &str) -> (StatusCode, Value) {
        self.post("/v1/kudos", &json!({ "to": to, "words": "well-handled" })).await
    }

    /// Writes something.
    async fn write(&self, to: &str, text: &str) -> Value {
        let (status, answer) = self.post("/v1/kudos", &json!({ "to": to, "text": text })).await;
        assert_eq!(status, 201, "{answer}");
        answer
    }

    /// What the list says: the text or the words, and the state.
    async fn sees(&self) -> Vec<(String, String)> {
        let list = self.get("/v1/kudos").await;
        let rows = list.as_array().expect("a list").iter();
        let said = |row: &Value| row["text"].as_str().or(row["words"].as_str()).expect("words").to_owned();
        rows.map(|row| (said(row), row["state"].as_str().expect("a state").to_owned())).collect()
    }
}

fn id(answer: &Value) -> &str {
    answer["id"].as_str().unwrap_or_else(|| panic!("no id: {answer}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_limit_of_a_month_holds_when_everything_comes_at_once_and_over_restarts() {
    let mut house = plan().settings("\n[kudos]\nper_month = 3\n").open(MORNING).await;
    let ana = Person::agent(&house, "ana").await;
    let asked = together((0..8).map(|_| {
        let ana = ana.clone();
        async move { ana.thank("ben").await }
    }))
    .await;
    let given = asked.iter().filter(|(status, _)| *status == 201).count();
    assert_eq!(given, 3, "{asked:?}");
    for (status, problem) in asked.iter().filter(|(status, _)| *status != 201) {
        assert_eq!((status.as_u16(), &problem["code"]), (409, &json!("kudos-limit")), "{problem}");
    }
    assert_eq!(ana.sees().await.len(), 3);
    house.told().await;
    let told = house.mailroom.chat("U-ben");
    let before = house.full_hash().await;
    house.kill();
    house.start_again().await;
    assert_eq!(house.full_hash().await, before);
    assert_eq!(ana.thank("chen").await.1["code"], "kudos-limit", "the limit is older than the server");
    assert_eq!(ana.sees().await.len(), 3);
    house.told().await;
    assert_eq!(house.mailroom.chat("U-ben"), told, "told once");
    // A pulled plug may send a webhook once more, by the same number.
    let numbers: BTreeSet<String> =
        house.mailroom.hooks_of("kudos.given").into_iter().map(|hook| hook.id).collect();
    assert_eq!(numbers.len(), 3, "{numbers:?}");
    // In April Ana may again; the clock moves by days, since everything between is due.
    house.drive_to("2026-04-01T06:00:00Z").await;
    assert_eq!(ana.thank("ben").await.0, 201);
    house.told().await;
    house.stop().await;
    let replayed = house.store(&["verify", "--replay"]);
    assert!(replayed.status.success(), "{}", String::from_utf8_lossy(&replayed.stderr));
}

#[tokio::test(flavor = "multi_thread")]
async fn thanks_reach_the_receiver_alone_in_their_own_language() {
    let house = plan().open(MORNING).await;
    let (ana, ben) = (Person::agent(&house, "ana").await, Person::agent(&house, "ben").await);
    let (status, thanks) = ana.thank("ben").await;
    assert_eq!((status.as_u16(), &thanks["state"]), (201, &json!("shown")), "{thanks}");
    ana.write("ben", SECRET).await;
    house.told().await;
    let heard = house.mailroom.chat("U-ben").join("\n");
    assert!(heard.contains("Ana") && heard.contains("Puikiai susitvarkei"), "{heard}");
    assert!(heard.contains(SECRET), "{heard}");
    // Machines hear that somebody said thanks, and not what was written; no room hears of it.
    let hooks = house.mailroom.hooks_of("kudos.given");
    assert_eq!(hooks.len(), 2);
    assert_eq!(hooks[0].data["words"], "well-handled");
    assert!(hooks[1].data["incentive"].is_null() && hooks[1].data["words"].is_null(), "{:?}", hooks[1]);
    assert!(hooks.iter().all(|hook| !hook.data.to_string().contains(SECRET)), "{hooks:?}");
    let page = ben.text("/me?lang=en").await;
    assert!(page.contains("Well handled") && page.contains(SECRET) && page.contains("Ana"), "{page}");
    let chen = Person::agent(&house, "chen").await;
    assert!(!chen.text("/thanks").await.contains(SECRET));
    assert!(chen.sees().await.is_empty());
    let audit = house.get("/v1/audit?limit=100").await.to_string();
    assert!(audit.contains("POST /v1/kudos") && !audit.contains(SECRET), "{audit}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_thanks_themselves_or_beyond_their_reach_or_in_no_words() {
    let house = plan().open(MORNING).await;
    let ana = Person::agent(&house, "ana").await;
    let red = Person::leader(&house, "lena", "red").await;
    let blue = Person::leader(&house, "boris", "blue").await;
    let refused = |(status, problem): (StatusCode, Value)| {
        (status.as_u16(), problem["code"].as_str().unwrap_or_default().to_owned())
    };
    assert_eq!(refused(ana.thank("ana").await), (422, "kudos-to-oneself".into()));
    assert_eq!(refused(ana.thank("dov").await), (403, "reach".into()), "another team");
    assert_eq!(refused(red.thank("ana").await), (403, "reach".into()), "a leader of another team");
    assert_eq!(refused(ana.thank("nobody").await), (404, "not-found".into()));
    assert_eq!(blue.thank("ana").await.0, 201);
    for bad in [
        json!({ "to": "ben" }),
        json!({ "to": "ben", "words": "well-handled", "text": "both" }),
        json!({ "to": "ben", "words": "praise-be" }),
        json!({ "to": "ben", "text": "" }),
        json!({ "to": "ben", "text": "x".repeat(281) }),
        json!({ "to": "ben", "text": "two\nlines" }),
    ] {
        assert_eq!(refused(ana.post("/v1/kudos", &bad).await), (422, "bad-kudos".into()), "{bad}");
    }
    assert!(ana.sees().await.iter().all(|(said, _)| said == "well-handled"));
    // A token is nobody who says thanks.
    let (status, _) = house.try_send("/v1/kudos", &json!({ "to": "ben", "words": "help" })).await;
    assert_eq!(status, 403);
    // What Ben did not get, Ben neither hides nor reports.
    let thanks = ana.write("chen", "Well done").await;
    let ben = Person::agent(&house, "ben").await;
    for act in ["report", "hide", "show"] {
        let (status, _) = ben.post(&format!("/v1/kudos/{}/{act}", id(&thanks)), &json!({})).await;
        assert_eq!(status, 404, "{act}");
    }
    let (status, _) = red.post(&format!("/v1/kudos/{}/keep", id(&thanks)), &json!({})).await;
    assert_eq!(status, 403, "a leader of another team");
    assert!(red.sees().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_reported_and_removed_is_gone_everywhere_and_its_giver_hears_why() {
    let house = plan().open(MORNING).await;
    let (ana, ben) = (Person::agent(&house, "ana").await, Person::agent(&house, "ben").await);
    let boris = Person::leader(&house, "boris", "blue").await;
    let thanks = ana.write("ben", SECRET).await;
    let path = |act: &str| format!("/v1/kudos/{}/{act}", id(&thanks));
    assert_eq!(boris.get("/v1/kudos?state=waiting").await, json!([]));
    assert_eq!(ben.post(&path("report"), &json!({})).await.0, 200);
    assert_eq!(ana.sees().await, [(SECRET.to_owned(), "shown".to_owned())], "Ana does not hear of it");
    let team = boris.text("/teams/blue?lang=en").await;
    assert!(team.contains("1 thank-you waits for you"), "{team}");
    assert!(boris.text("/kudos").await.contains(SECRET));
    let (status, problem) = boris.post(&path("remove"), &json!({ "reason": " " })).await;
    assert_eq!((status.as_u16(), &problem["code"]), (422, &json!("reason-missing")));
    let why = "A customer is named in it";
    assert_eq!(boris.post(&path("remove"), &json!({ "reason": why })).await.0, 200);
    for place in ["/me", "/thanks", "/v1/kudos", "/me/data.json"] {
        assert!(!ben.text(place).await.contains(SECRET), "{place}");
    }
    assert!(ana.text("/thanks").await.contains(why));
    assert_eq!(ana.sees().await, [(SECRET.to_owned(), "removed".to_owned())]);
    assert!(!boris.text("/teams/blue?lang=en").await.contains("waits for you"));
    // By mistake: it is brought back, and not told a second time.
    assert_eq!(boris.send(&format!("/kudos/{}/keep", id(&thanks)), "").await.1, "/kudos?done=keep");
    assert!(ben.text("/me").await.contains(SECRET));
    house.told().await;
    assert_eq!(house.mailroom.hooks_of("kudos.given").len(), 1);
    // Hidden by Ben, and shown again.
    assert_eq!(ben.post(&path("hide"), &json!({})).await.1["hidden"], true);
    assert!(!ben.text("/me").await.contains(SECRET));
    assert_eq!(ben.send(&format!("/thanks/{}/show", id(&thanks)), "").await.1, "/thanks?done=show");
    assert!(ben.text("/me").await.contains(SECRET));
    let audit = house.get("/v1/audit?limit=100").await.to_string();
    assert!(audit.contains("kudos/") && !audit.contains(SECRET) && !audit.contains(why), "{audit}");
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_house_reviews_own_words_wait_and_ready_made_ones_do_not() {
    let house = plan().settings("\n[kudos]\nreview = true\n").open(MORNING).await;
    let (ana, ben) = (Person::agent(&house, "ana").await, Person::agent(&house, "ben").await);
    let boris = Person::leader(&house, "boris", "blue").await;
    let thanks = ana.write("ben", SECRET).await;
    assert_eq!(thanks["state"], "held");
    assert_eq!(ana.thank("ben").await.1["state"], "shown", "ready-made");
    assert_eq!(boris.write("ben", "From your leader").await["state"], "shown");
    house.told().await;
    assert!(!house.mailroom.chat("U-ben").join("\n").contains(SECRET));
    assert!(!ben.text("/v1/kudos").await.contains(SECRET), "Ben does not see what waits");
    let waiting = boris.get("/v1/kudos?state=waiting").await;
    assert_eq!((waiting.as_array().map(Vec::len), &waiting[0]["text"]), (Some(1), &json!(SECRET)));
    let own = boris.post(&format!("/v1/kudos/{}/keep", id(&thanks)), &json!({})).await;
    assert_eq!((own.0.as_u16(), &own.1["state"]), (200, &json!("shown")));
    house.told().await;
    assert!(house.mailroom.chat("U-ben").join("\n").contains(SECRET));
    assert_eq!(house.mailroom.hooks_of("kudos.given").len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_leader_does_not_hear_that_their_own_words_were_reported() {
    let house = plan().open(MORNING).await;
    let (lea, ben) = (Person::leader(&house, "lea", "blue").await, Person::agent(&house, "ben").await);
    let (status, thanks) = lea.thank("ben").await;
    assert_eq!(status, 201, "{thanks}");
    let report = format!("/v1/kudos/{}/report", id(&thanks));
    assert_eq!(ben.post(&report, &json!({})).await.0, 200);
    let stands = |state: &str| [("well-handled".to_owned(), state.to_owned())];
    assert_eq!(ben.sees().await, stands("reported"));
    assert_eq!(lea.sees().await, stands("shown"), "for her nothing has happened");
    assert_eq!(lea.get("/v1/kudos?state=waiting").await, json!([]));
    assert_eq!(house.get("/v1/kudos?state=waiting").await[0]["id"], id(&thanks), "others decide");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_removed_in_quiet_hours_is_not_told_in_the_morning() {
    // It is half past seven in Vilnius.
    let house = plan().open("2026-03-02T05:30:00Z").await;
    let (ana, lea) = (Person::agent(&house, "ana").await, Person::leader(&house, "lea", "blue").await);
    let ben = Person::agent(&house, "ben").await;
    let mut settings = ben.get("/v1/me/settings").await;
    let fields = ["appearance", "channels", "competes"].map(|name| (name.to_owned(), settings[name].take()));
    let mut wanted = Value::Object(fields.into_iter().collect());
    wanted["quiet"] = json!({ "when": "own", "hours": "20:00-08:00" });
    let (status, answer) = ben.ask(Method::PUT, "/v1/me/settings", &wanted).await;
    assert_eq!(status, 200, "{answer}");
    let (_, ready_made) = ana.thank("ben").await;
    let own_words = ana.write("ben", SECRET).await;
    for thanks in [&ready_made, &own_words] {
        let path = format!("/v1/kudos/{}/remove", id(thanks));
        assert_eq!(lea.post(&path, &json!({ "reason": "Not here" })).await.0, 200);
    }
    house.drive_to("2026-03-02T06:10:00Z").await;
    house.told().await;
    assert_eq!(house.mailroom.chat("U-ben"), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_erased_takes_what_they_wrote_and_got_along() {
    let mut house = plan().open(MORNING).await;
    let (ana, ben) = (Person::agent(&house, "ana").await, Person::agent(&house, "ben").await);
    ana.write("ben", SECRET).await;
    ben.write("ana", "The same to you, my dear").await;
    ana.thank("ben").await.1["id"].as_str().expect("an id");
    ben.write("chen", "Good that you are here today").await;
    house.told().await;
    let (status, _) =
        house.request(reqwest::Method::DELETE, "/v1/people/ana", "", "").await.expect("an answer");
    assert_eq!(status, 204);
    let page = ben.text("/thanks?lang=en").await;
    assert!(!page.contains(SECRET) && !page.contains("my dear") && !page.contains("Ana"), "{page}");
    assert!(page.contains("a former colleague") && page.contains("Well handled"), "{page}");
    assert!(page.contains("Good that you are here today"), "of others\n{page}");
    assert_eq!(ben.thank("ana").await.0, 404);
    house.stop().await;
    let verified = house.store(&["verify", "--replay"]);
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_clicks_on_pages_say_thanks_and_a_form_sent_twice_says_it_once() {
    let house = plan().open(MORNING).await;
    let boris = Person::leader(&house, "boris", "blue").await;
    let team = boris.text("/teams/blue?lang=en").await;
    let link = team.split("/thanks?to=").nth(1).expect("a link").split(['"', '&']).next().expect("an id");
    let page = boris.text(&format!("/thanks?to={link}&lang=en")).await;
    let once = page.split("name=\"once\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let fields = format!("to={link}&once={}&words=hard-morning", once.expect("an id of the form"));
    for _ in 0..2 {
        assert_eq!(boris.send("/thanks", &fields).await, (StatusCode::SEE_OTHER, "/thanks?done=sent".into()));
    }
    assert_eq!(boris.sees().await, [("hard-morning".to_owned(), "shown".to_owned())]);
    let after = boris.text("/thanks?done=sent&lang=en").await;
    assert!(after.contains("1 of 50") && after.contains("on their way"), "{after}");
}
