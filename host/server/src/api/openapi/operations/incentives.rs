//! Incentives, their previews and versions, boards and draws.

use serde_json::json;

use super::{
    super::shapes::{list, object, one, preview_document},
    Body, Content, Operation, delete, get, post, put,
};
use crate::api::{
    boards,
    decisions::{Decided, Disqualify, LeaveOut},
    drafts::{DraftDocument, DraftView},
    draws::WithoutBeacon,
    finality::{Adjustments, DecidedOn, LateQuery, LateView, OfPeriod, OnProposal},
    incentives::{IncentiveAnswer, IncentiveDocument, PutOptions},
    previews::{PreviewOptions, PreviewView},
    reports::EffectRow,
    versions::{Enabled, Preview, Rollback, Upgrade, VersionView},
    views::{BoardView, ChanceView, DrawView},
};

/// Where it takes longer than the client waits.
const LATER: &str = "Asked for with `Prefer: respond-async`, and it takes longer: `Location` has it.";
const EVENTS: Content = Content::Text("text/event-stream");

pub(super) fn all() -> Vec<Operation> {
    [incentives(), previews(), drafts(), versions(), late(), draws()].into_iter().flatten().collect()
}

fn incentives() -> Vec<Operation> {
    let tag = "incentives";
    let document = json!({
        "title": "Hard ones", "plugin": "contest", "zone": "Europe/Vilnius", "periods": "daily",
        "settings": { "metrics": [{ "metric": "csat" }] },
        "allotment": { "budget": "spring", "currency": "points", "units": 1000 },
    });
    vec![
        get("/v1/incentives", tag, "List incentives").json("All, ended ones too.", list::<IncentiveAnswer>),
        get("/v1/incentives/{id}", tag, "Read an incentive")
            .json("As enabled, with everything pinned, and what the engine knows.", one::<IncentiveAnswer>),
        get("/v1/incentives/{id}/effect", tag, "Compare an incentive's metrics before and during it")
            .about("A difference alone proves nothing: seasons, staffing and other changes show in it, too.")
            .json("A row for each metric.", list::<EffectRow>),
        put("/v1/incentives/{id}", tag, "Enable or change an incentive")
            .about("Checked, pinned, journalled. The same document again changes nothing.")
            .query::<PutOptions>()
            .takes(one::<IncentiveDocument>, document)
            .puts(one::<IncentiveAnswer>),
        post("/v1/incentives/{id}/{decision}", tag, "Pause, resume or end an incentive")
            .json("The incentive.", one::<IncentiveAnswer>),
        post("/v1/incentives/{id}/leave-out", tag, "Leave out an event that an incentive can't get past")
            .takes(one::<LeaveOut>, json!({ "block": 812, "index": 0 }))
            .made("The journal block of the decision.", one::<Decided>),
        post("/v1/incentives/{id}/disqualify", tag, "Let somebody take no part from now on")
            .takes(
                one::<Disqualify>,
                json!({ "subject": "a5ykuoxlbrxbfcxp4", "reason": "Calls to oneself." }),
            )
            .made("The journal block of the decision.", one::<Decided>),
        get("/v1/incentives/{id}/boards/{board}", tag, "Read a board")
            .query::<boards::Which>()
            .json("Columns and ranked rows.", one::<BoardView>),
        get("/v1/incentives/{id}/boards/{board}/stream", tag, "Follow a board").gives(
            200,
            "Server-sent events: `board` now and whenever it changes, `draw`.",
            EVENTS,
        ),
    ]
}

fn previews() -> Vec<Operation> {
    let tag = "incentives";
    let document = json!({
        "title": "Hard ones", "plugin": "contest", "zone": "Europe/Vilnius", "periods": "daily",
        "settings": { "metrics": [{ "metric": "csat" }] }, "from": "2026-02-01", "to": "2026-03-01",
    });
    vec![
        post("/v1/incentives/preview", tag, "Try an incentive on the past")
            .about("Nothing is changed.")
            .query::<PreviewOptions>()
            .takes(preview_document, document)
            .gives(200, "It is done.", Content::Json(one::<PreviewView>))
            .gives(202, "It runs: `Location` has it.", Content::Json(one::<PreviewView>)),
        get("/v1/previews/{id}", tag, "Read a preview")
            .query::<PreviewOptions>()
            .json("Progress, then the result; kept for an hour.", one::<PreviewView>),
        delete("/v1/previews/{id}", tag, "Stop and forget a preview").nothing("It is gone."),
    ]
}

fn drafts() -> Vec<Operation> {
    let tag = "incentives";
    let draft = || {
        json!({
            "incentive": "hard-ones",
            "document": { "title": "Hard ones", "plugin": "contest", "audience": { "teams": ["blue"] } },
        })
    };
    vec![
        get("/v1/drafts", tag, "List drafts of incentives")
            .about("One's own, and those whose whole audience is within reach; the last changed first.")
            .json("What is filled in of each.", list::<DraftView>),
        post("/v1/drafts", tag, "Begin a draft of an incentive")
            .about("Nothing is enabled: that is done with what it says, by whoever may.")
            .takes(one::<DraftDocument>, draft())
            .made("The draft: `Location` has it.", one::<DraftView>),
        get("/v1/drafts/{id}", tag, "Read a draft").json("What is filled in.", one::<DraftView>),
        put("/v1/drafts/{id}", tag, "Change a draft")
            .takes(one::<DraftDocument>, draft())
            .json("The draft.", one::<DraftView>),
        delete("/v1/drafts/{id}", tag, "Throw a draft away").nothing("It is gone."),
    ]
}

fn versions() -> Vec<Operation> {
    let tag = "incentives";
    let upgrade = || {
        let contents: Vec<_> =
            vec![("application/json", one::<Upgrade> as _, Some(json!({ "plugin": "contest@1.1.0" })))];
        Body { about: "Nothing means the newest version of the plugin.", is_required: false, contents }
    };
    let back = Body {
        about: "Nothing means the version before.",
        is_required: false,
        contents: vec![("application/json", one::<Rollback>, Some(json!({ "to": 1 })))],
    };
    vec![
        get("/v1/incentives/{id}/versions", tag, "List versions of an incentive")
            .json("The first one first.", list::<VersionView>),
        post("/v1/incentives/{id}/upgrade/preview", tag, "See what an upgrade would do")
            .about("Nothing is changed.")
            .body(upgrade())
            .json("Award by award.", one::<Preview>)
            .gives(202, LATER, Content::Json(one::<PreviewView>)),
        post("/v1/incentives/{id}/upgrade", tag, "Upgrade an incentive")
            .body(upgrade())
            .gives(200, "It is so already.", Content::Json(one::<Enabled>))
            .made("The version in force.", one::<Enabled>),
        post("/v1/incentives/{id}/rollback", tag, "Go back to an earlier version")
            .body(back)
            .gives(200, "It is so already.", Content::Json(one::<Enabled>))
            .made("The version in force.", one::<Enabled>),
    ]
}

fn late() -> Vec<Operation> {
    let tag = "incentives";
    let seen = || json!({ "period": "2026-03-02", "digest": "6f1c2a90b1d24e55" });
    vec![
        get("/v1/incentives/{id}/late", tag, "List facts that came too late")
            .query::<LateQuery>()
            .json("Behind the final boundary, newest first.", list::<LateView>),
        get("/v1/incentives/{id}/adjustments", tag, "Compute or list adjustments")
            .query::<OfPeriod>()
            .json("With `period`: what it would have settled; without: what was decided.", one::<Adjustments>)
            .gives(202, LATER, Content::Json(one::<PreviewView>)),
        post("/v1/incentives/{id}/adjustments/accept", tag, "Book what a final period would have settled")
            .takes(one::<OnProposal>, seen())
            .made("The journal block, and the difference.", one::<DecidedOn>),
        post("/v1/incentives/{id}/adjustments/leave", tag, "Leave a final period as it is")
            .takes(one::<OnProposal>, seen())
            .made("The journal block, and the difference.", one::<DecidedOn>),
    ]
}

fn draws() -> Vec<Operation> {
    let tag = "draws";
    vec![
        get("/v1/incentives/{id}/draws", tag, "List draws")
            .json("State, hashes, tickets and winners of each, newest first.", list::<DrawView>),
        get("/v1/incentives/{id}/chances", tag, "List instant wins")
            .json("By period, newest first.", list::<ChanceView>),
        get("/v1/incentives/{id}/draws/{period}/{draw}/receipt", tag, "Read a draw's receipt")
            .json("Byte for byte as it was written; docs/draws.md says how it is checked.", object),
        post(
            "/v1/incentives/{id}/draws/{period}/{draw}/disqualify",
            tag,
            "Let somebody take no part in a draw",
        )
        .takes(one::<Disqualify>, json!({ "subject": "a5ykuoxlbrxbfcxp4", "reason": "Has left." }))
        .made("The journal block of the decision.", one::<Decided>),
        post(
            "/v1/incentives/{id}/draws/{period}/{draw}/without-beacon",
            tag,
            "Let a draw wait no longer for its beacon",
        )
        .takes(one::<WithoutBeacon>, json!({ "reason": "The network is down for days." }))
        .made("The journal block of the decision.", one::<Decided>),
    ]
}
