//! Thanks from person to person.

use serde_json::json;

use super::{
    super::shapes::{list, one},
    Operation, get, post,
};
use crate::api::kudos::{KudosDocument, KudosView, Removal, Which};

pub(super) fn all() -> Vec<Operation> {
    let who = "Only for people who are signed in: programs say no thanks.";
    vec![
        get("/v1/kudos", "kudos", "List thanks")
            .about("Those one got and gave, and those that people got whom one leads or manages.")
            .query::<Which>()
            .json("The newest first.", list::<KudosView>),
        post("/v1/kudos", "kudos", "Say thanks")
            .about("To somebody of the own team, or whom one leads or manages. Ready-made `words` or own `text`.")
            .takes(one::<KudosDocument>, json!({ "to": "E1042", "words": "well-handled" }))
            .made("As they were given.", one::<KudosView>),
        post("/v1/kudos/{id}/report", "kudos", "Report thanks that one got")
            .about(who)
            .json("As they stand.", one::<KudosView>),
        post("/v1/kudos/{id}/hide", "kudos", "Hide thanks that one got")
            .about(who)
            .json("As they stand.", one::<KudosView>),
        post("/v1/kudos/{id}/show", "kudos", "Show thanks again that one had hidden")
            .about(who)
            .json("As they stand.", one::<KudosView>),
        post("/v1/kudos/{id}/keep", "kudos", "Let thanks through, keep them, or bring them back")
            .json("As they stand.", one::<KudosView>),
        post("/v1/kudos/{id}/remove", "kudos", "Remove thanks")
            .about("Whoever gave them reads the reason.")
            .takes(one::<Removal>, json!({ "reason": "A name of a customer is in it." }))
            .json("As they stand.", one::<KudosView>),
    ]
}
