//! What a page costs the server, and weighs, with 5,000 agents: those that people open again and again, and the long ones.

use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use reqwest::{
    Client, StatusCode,
    header::{ACCEPT, COOKIE, ORIGIN, SET_COOKIE},
    redirect::Policy,
};
use serde_json::{Value, json};

use crate::{
    Asked,
    centre::{self, DAWN, Incentives, monday},
    server::Server,
    table::{self, median, row, times, whole},
};

/// Events in a request.
const SIZE: usize = 1000;
const PASSWORD: &str = "five green umbrellas";
/// What a page is held against: a small file that the server has in memory.
const BASELINE: &str = "/assets/mark.svg";

/// Somebody who is signed in.
struct Reader {
    client: Client,
    base: String,
    cookie: String,
}

/// What was asked for, and what came.
struct Measured {
    what: String,
    micros: f64,
    slowest: f64,
    bytes: usize,
}

pub(crate) fn run(asked: &Asked) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    runtime.block_on(measured(asked))
}

async fn measured(asked: &Asked) -> anyhow::Result<()> {
    let agents = asked.agents.unwrap_or(5000);
    let rounds = if asked.quick { 10 } else { 60 };
    let world = centre::world(agents);
    let folder = tempfile::tempdir()?;
    let server = Server::start_new(folder.path(), DAWN).await?;
    centre::set_up(&server, &world, Incentives::Ten).await?;
    let mut events = 0;
    for part in centre::parts(&world.day(monday()), SIZE) {
        server.drive(part.arrives).await?;
        events += part.events;
        server.events(part.body).await?;
    }
    // Over in both zones, so that there are awards and draws to show.
    server.drive(DAWN + 27 * 3_600).await?;
    server.settled().await?;

    let awards = server.get("/v1/awards?status=granted&incentive=quick-and-kind&limit=1").await?;
    let award = awards[0].clone();
    let agent = award["subject"].as_str().and_then(|subject| subject.strip_prefix("agent/"));
    let agent = agent.with_context(|| format!("no agent: {award}"))?.to_owned();
    let effect = award["id"].as_str().context("an award without an id")?.to_owned();
    let roster = server.get(&format!("/v1/agents/{agent}")).await?;
    let team = roster["stints"][0]["team"].as_str().with_context(|| format!("no team: {roster}"))?.to_owned();
    let admin = Reader::invited(&server, json!({ "role": "admin" }), None).await?;
    let leader = Reader::invited(&server, json!({ "role": "team-leader", "teams": [&team] }), None).await?;
    let own = Reader::invited(&server, json!({ "role": "agent" }), Some(&agent)).await?;
    let day = "2026-03-02";
    let pages = [
        (&admin, BASELINE.to_owned()),
        (&admin, "/".to_owned()),
        (&admin, "/gallery".to_owned()),
        (&admin, "/incentives/quick-and-kind".to_owned()),
        (&admin, format!("/incentives/quick-and-kind?period={day}")),
        (&admin, "/incentives/quick-and-kind/manage".to_owned()),
        (&admin, format!("/draws/evening-draw/{day}/tickets")),
        (&admin, format!("/why/{effect}")),
        (&admin, format!("/agents/{agent}/why/quick-and-kind")),
        (&admin, "/decisions".to_owned()),
        (&admin, "/roster".to_owned()),
        (&admin, "/accounts".to_owned()),
        (&admin, "/audit".to_owned()),
        (&leader, format!("/teams/{team}")),
        (&own, "/me".to_owned()),
        (&own, "/me/wallet".to_owned()),
    ];
    let mut rows = Vec::new();
    for (reader, path) in pages {
        rows.push(reader.measure(&path, rounds).await?);
    }
    print(&rows);
    table::say(&format!(
        "  {agents} agents, ten incentives, a day of {} events that is over; {rounds} requests of each one after another, one \
         connection, medians; bytes as sent, without sheet and script. The baseline is the first row: a small file from memory.",
        whole(events as f64)
    ));
    Ok(())
}

fn print(measured: &[Measured]) {
    let baseline = measured.first().map_or(1.0, |first| first.micros);
    let mut rows = vec![row(["page", "median", "slowest", "of baseline", "bytes"])];
    rows.extend(measured.iter().map(|page| {
        vec![
            page.what.clone(),
            format!("{} µs", whole(page.micros)),
            format!("{} µs", whole(page.slowest)),
            times(page.micros / baseline),
            whole(page.bytes as f64),
        ]
    }));
    table::print("pages: what they cost the server, and weigh", &rows);
}

impl Reader {
    /// Somebody new, with a session.
    async fn invited(server: &Server, role: Value, agent: Option<&str>) -> anyhow::Result<Self> {
        let name = role["role"].as_str().unwrap_or_default().to_owned();
        let document = json!({
            "mail": format!("{name}@example.com"), "name": name, "locale": "en", "roles": [role], "agent": agent,
        });
        let made =
            server.post("/v1/accounts?hand_over=true", "application/json", document.to_string().into_bytes());
        let made = made.await?;
        let link = made["link"].as_str().with_context(|| format!("no link: {made}"))?;
        let client = Client::builder().redirect(Policy::none()).build()?;
        let secret = link.split_once("link=").context("a link without its secret")?.1;
        let base = server.base().to_owned();
        let form = [("link", secret), ("password", PASSWORD)];
        let request = client.post(format!("{base}/invitation")).header(ORIGIN, &base).form(&form);
        let answer = request.send().await?;
        let cookie = answer.headers().get(SET_COOKIE).and_then(|cookie| cookie.to_str().ok());
        let cookie = cookie.and_then(|cookie| cookie.split(';').next()).map(str::to_owned);
        let Some(cookie) = cookie else {
            bail!("nobody was signed in: {}: {}", answer.status(), answer.text().await?)
        };
        Ok(Self { client, base, cookie })
    }

    async fn measure(&self, path: &str, rounds: usize) -> anyhow::Result<Measured> {
        let mut times = Vec::new();
        let mut bytes = 0;
        // The first one is not counted: it may read what the next ones find in memory.
        for round in 0..=rounds {
            let begun = Instant::now();
            let request = self.client.get(format!("{}{path}", self.base));
            let answer = request.header(COOKIE, &self.cookie).header(ACCEPT, "text/html").send().await?;
            let status = answer.status();
            let body = answer.bytes().await?;
            let took: Duration = begun.elapsed();
            if status != StatusCode::OK {
                bail!("{path} answered {status}: {}", String::from_utf8_lossy(&body));
            }
            bytes = body.len();
            if round > 0 {
                times.push(took.as_secs_f64() * 1e6);
            }
        }
        let slowest = times.iter().copied().fold(0.0, f64::max);
        Ok(Measured { what: path.to_owned(), micros: median(&times), slowest, bytes })
    }
}
