//! Events, the catalogue, people, connections, the house.

use std::collections::{BTreeMap, BTreeSet};

use plaudit_core::{
    metric::MetricDefinition,
    roster::{Site, Team},
};
use serde_json::json;

use super::{
    super::shapes::{anything, bytes, event, events, inline, list, object, one, text, titled, titled_list},
    Body, Content, Operation, delete, get, post, put,
};
use crate::{
    api::{
        clock::{ClockView, Drive},
        endpoints::{EndpointDocument, EndpointView},
        intake::{self, Intake, SampleView},
        observe::StatusView,
        people::{AgentDocument, AgentView},
        plugins::{PluginAnswer, PluginRow},
        recent,
        roster::{ImportOptions, SiteDocument, TeamDocument},
        tokens::{TokenDocument, TokenView},
        views::Hashes,
    },
    config::catalogue::MetricDocument,
    deliver::{
        http::{Page, Retried, RetriedDead, Wanted},
        one::One,
    },
    ingest::{answer::Report, roster_csv::Import, source::Document},
};

pub(super) fn all() -> Vec<Operation> {
    [of_events(), catalogue(), people(), connections(), house()].into_iter().flatten().collect()
}

fn of_events() -> Vec<Operation> {
    let sample = json!({
        "specversion": "1.0", "id": "4711", "source": "/surveys", "type": "survey.answered",
        "subject": "agent/E1042", "time": "2026-03-02T09:12:03Z", "entity": "survey-9", "data": { "csat": 5 },
    });
    let cloud_events = Body {
        about: "CloudEvents 1.0 in any HTTP mode: structured, a batch, or binary, with `ce-` headers and the data as body.",
        is_required: true,
        contents: vec![
            ("application/cloudevents+json", event, Some(sample.clone())),
            ("application/cloudevents-batch+json", events, Some(json!([sample]))),
            ("application/json", anything, None),
        ],
    };
    let foreign = Body {
        about: "Any JSON, for the source to map.",
        is_required: true,
        contents: vec![("application/json", anything, Some(json!({ "agentId": "E1042", "score": 5 })))],
    };
    let durable = "What was accepted, known already, or rejected and why: durable when it answers.";
    let once = "An event's source and id make it known: sent again it is a duplicate, so no `Idempotency-Key` is needed.";
    vec![
        post("/v1/events", "events", "Post events")
            .about(once)
            .body(cloud_events)
            .json(durable, one::<Report>),
        get("/v1/events/recent", "events", "Read the latest events, and try an expression on them")
            .query::<recent::Which>()
            .json("Newest first. Nothing is written.", one::<recent::Recent>),
        post("/v1/sources/{name}", "events", "Post another system's JSON, for a source to map")
            .about(once)
            .body(foreign)
            .json(durable, one::<Report>),
    ]
}

fn catalogue() -> Vec<Operation> {
    let metric = json!({ "types": ["survey.answered"], "value": "data.csat", "per": "1", "unit": "of 5" });
    let component = Body {
        about: "The component's bytes, at most 32 MiB.",
        is_required: true,
        contents: vec![("application/wasm", bytes, None), ("application/octet-stream", bytes, None)],
    };
    vec![
        get("/v1/metrics", "catalogue", "List metrics")
            .json("The latest version of each.", list::<MetricDefinition>),
        get("/v1/metrics/{name}", "catalogue", "Read a metric").json("It.", one::<MetricDefinition>),
        put("/v1/metrics/{name}", "catalogue", "Set a metric")
            .about("A new version if anything changes; incentives keep the one that they pinned.")
            .takes(one::<MetricDocument>, metric)
            .puts(one::<MetricDefinition>),
        get("/v1/fields", "catalogue", "List fields that are kept")
            .json("Names by event type.", inline::<BTreeMap<String, Vec<String>>>),
        put("/v1/fields/{type}", "catalogue", "Set the fields that are kept of an event type")
            .takes(inline::<Vec<String>>, json!(["skill", "language"]))
            .json("All of them.", inline::<BTreeSet<String>>),
        post("/v1/plugins", "catalogue", "Install a plugin")
            .body(component)
            .gives(200, "It was here already.", Content::Json(one::<PluginAnswer>))
            .gives(201, "It is new.", Content::Json(one::<PluginAnswer>)),
        get("/v1/plugins", "catalogue", "List plugins").json("Each version.", list::<PluginRow>),
        get("/v1/plugins/{plugin}", "catalogue", "Read a plugin's manifest")
            .json("It, with the schema of its settings.", one::<PluginAnswer>),
    ]
}

fn people() -> Vec<Operation> {
    let roster = Body {
        about: "CSV with a header: `agent`, `name`, `team`, `from`, and further columns.",
        is_required: true,
        contents: vec![(
            "text/csv",
            text,
            Some(json!("agent,name,team,from\nE9001,Ieva,vilnius-uzupis,2026-03-01\n")),
        )],
    };
    let agent = json!({
        "name": "Ieva", "locale": "lt",
        "stints": [{ "from": 1_772_323_200_000_i64, "team": "vilnius-uzupis", "share": 1.0, "workdays": 31 }],
    });
    vec![
        post("/v1/roster", "people", "Import people")
            .about("All of it or nothing.")
            .query::<ImportOptions>()
            .body(roster)
            .json("What is new or changed, by agent.", one::<Import>),
        get("/v1/sites", "people", "List sites").json("With zone and holidays.", titled_list::<Site>),
        put("/v1/sites/{id}", "people", "Set a site")
            .takes(one::<SiteDocument>, json!({ "zone": "Europe/Vilnius", "holidays": ["2026-03-11"] }))
            .json("It.", titled::<Site>),
        get("/v1/teams", "people", "List teams").json("With site and queues.", titled_list::<Team>),
        put("/v1/teams/{id}", "people", "Set a team")
            .takes(one::<TeamDocument>, json!({ "site": "vilnius", "queues": ["billing"] }))
            .json("It.", titled::<Team>),
        get("/v1/agents", "people", "List agents")
            .json("With names, addresses and terms, by opaque id.", list::<AgentView>),
        get("/v1/agents/{id}", "people", "Read an agent").json("One.", one::<AgentView>),
        put("/v1/agents/{id}", "people", "Set an agent")
            .takes(one::<AgentDocument>, agent)
            .json("It.", one::<AgentView>),
        delete("/v1/people/{id}", "people", "Erase what is personal of somebody")
            .about("The books keep the opaque id.")
            .nothing("Name, addresses and external id are gone."),
    ]
}

fn connections() -> Vec<Operation> {
    let mapping = json!({
        "each": "body.items", "id": "item.id", "type": "\"survey.answered\"",
        "subject": "\"agent/\" + item.agent", "time": "item.at", "fields": { "csat": "item.score" },
    });
    vec![
        get("/v1/sources", "connections", "List sources").json("Names.", inline::<Vec<String>>),
        get("/v1/sources/{name}", "connections", "Read a source's mapping").json("It.", one::<Document>),
        put("/v1/sources/{name}", "connections", "Set a source's mapping")
            .about("Every expression is checked.")
            .takes(one::<Document>, mapping)
            .puts(one::<Document>),
        delete("/v1/sources/{name}", "connections", "Remove a source").nothing("It is gone."),
        get("/v1/endpoints", "connections", "List webhook endpoints")
            .json("Without secrets.", list::<EndpointView>),
        put("/v1/endpoints/{id}", "connections", "Set a webhook endpoint")
            .takes(one::<EndpointDocument>, json!({ "url": "https://hooks.example.com/plaudit" }))
            .puts(one::<EndpointView>),
        delete("/v1/endpoints/{id}", "connections", "Remove a webhook endpoint")
            .nothing("What waits for it is not sent."),
        get("/v1/deliveries", "connections", "List deliveries")
            .query::<Wanted>()
            .json("A page, newest first, with counts.", one::<Page>),
        get("/v1/deliveries/{id}", "connections", "Read a delivery")
            .json("With what it says, for who may read about people.", one::<One>),
        post("/v1/deliveries/{id}/retry", "connections", "Send a delivery again").gives(
            202,
            "It is due again.",
            Content::Json(one::<Retried>),
        ),
        post("/v1/deliveries/retry-dead", "connections", "Send all again that were given up").gives(
            202,
            "They are due again.",
            Content::Json(one::<RetriedDead>),
        ),
        get("/v1/intake", "connections", "What comes in from where")
            .json("Since the start: how much, how late, what was refused, whose events wait.", one::<Intake>),
        get("/v1/intake/sample", "connections", "One item as it came, and its event")
            .query::<intake::Which>()
            .json("Kept in memory only.", one::<SampleView>),
        get("/v1/tokens", "connections", "List tokens").json("Without secrets.", list::<TokenView>),
        post("/v1/tokens", "connections", "Make a token")
            .about("With an `Idempotency-Key`, sent again it is refused: the secret is told once.")
            .takes(one::<TokenDocument>, json!({ "name": "acd madrid", "scopes": ["ingest"] }))
            .made("It, with its secret, this once.", one::<TokenView>),
        delete("/v1/tokens/{id}", "connections", "Revoke a token").nothing("It holds no longer."),
    ]
}

fn house() -> Vec<Operation> {
    vec![
        get("/v1/openapi.json", "house", "This document").json("OpenAPI 3.1.", object),
        get("/v1/status", "house", "How the house is")
            .json("Version, clock, parked events, each incentive's place, lag and fault.", one::<StatusView>),
        get("/v1/hashes", "house", "Hashes of what is settled")
            .json("Equal for equal journals.", one::<Hashes>),
        get("/v1/clock", "house", "The house's time").json("It.", one::<ClockView>),
        post("/v1/clock", "house", "Drive the clock")
            .about("Only with `clock.mode = \"driven\"`.")
            .takes(one::<Drive>, json!({ "to": "2026-03-02T12:00:00Z" }))
            .json("It.", one::<ClockView>),
        get("/healthz", "house", "Whether the process lives").gives(
            200,
            "It does.",
            Content::Text("text/plain"),
        ),
        get("/readyz", "house", "Whether it takes requests")
            .gives(200, "It does.", Content::Text("text/plain"))
            .gives(503, "It starts or closes.", Content::Text("text/plain")),
        get("/metrics", "house", "Figures for Prometheus").gives(
            200,
            "Prometheus' text format.",
            Content::Text("text/plain"),
        ),
    ]
}
