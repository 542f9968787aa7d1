//! Webhook endpoints: where messages are posted.

use plaudit_core::{Id, Millis};
use serde::{Deserialize, Serialize};

use super::{Family, tags};

/// By endpoint id.
#[derive(Debug)]
pub enum Endpoints {}

impl Family for Endpoints {
    const TAG: u8 = tags::ENDPOINT;
    const NAME: &'static str = "endpoints";
    type Key = String;
    type Value = Endpoint;
}

/// A place that wants to hear.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Endpoint {
    /// Chosen by the operator: lower-case letters, digits, dashes.
    pub id: String,
    /// Where to post.
    pub url: String,
    /// `whsec_` and base64 of the signing key: Standard Webhooks. Needed in the clear, because both sides sign with it.
    pub secret: String,
    /// Only messages of these incentives; all if empty.
    pub incentives: Vec<Id>,
    /// Only messages of these kinds, such as `award.granted`; all if empty.
    pub kinds: Vec<String>,
    /// When it was made.
    pub created: Millis,
    /// Whether nothing is sent for now.
    pub disabled: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Batch, Store,
        family::{get, put},
        memory::MemoryStore,
    };

    #[test]
    fn an_endpoint_comes_back_as_it_was() {
        let endpoint = Endpoint {
            id: "wall".into(),
            url: "https://example.com/hook".into(),
            secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".into(),
            incentives: vec!["daily".into()],
            kinds: vec!["award.granted".into()],
            created: 5,
            disabled: true,
        };
        let store = MemoryStore::default();
        let mut batch = Batch::default();
        put::<Endpoints>(&mut batch, &endpoint.id, &endpoint);
        store.apply(batch).unwrap();
        assert_eq!(get::<Endpoints>(&store, &"wall".to_owned()).unwrap(), Some(endpoint));
    }
}
