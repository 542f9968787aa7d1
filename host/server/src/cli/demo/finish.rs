//! The end of the demo: wait for the last delivery, count, compare, say.

use std::{collections::BTreeMap, time::Duration};

use anyhow::bail;
use serde_json::Value;
use tokio::time::sleep;
use url::Url;

use super::{
    api::{Api, Deliveries},
    play::Played,
};
use crate::cli::receiver::{Receiver, Summary};

/// How often we look whether everything has left.
const LOOKS_MAX: u32 = 1800;
/// How long we wait between two looks.
const LOOK_EVERY: Duration = Duration::from_millis(100);

/// What the day came to.
#[derive(Clone, Debug, Default)]
pub(super) struct Outcome {
    pub(super) events: usize,
    pub(super) draws: usize,
    /// Whole units by account.
    pub(super) balances: BTreeMap<String, i64>,
    pub(super) deliveries: Deliveries,
    pub(super) received: Summary,
}

/// Waits until nothing is under way, then asks for every count.
pub(super) async fn finish(
    api: &Api,
    receiver: &Receiver,
    incentives: &[String],
    played: Played,
) -> anyhow::Result<Outcome> {
    let (mut deliveries, mut idle) = api.deliveries().await?;
    for _ in 0..LOOKS_MAX {
        if idle {
            break;
        }
        sleep(LOOK_EVERY).await;
        (deliveries, idle) = api.deliveries().await?;
    }
    let mut draws = 0;
    for id in incentives {
        let held = api.get(&format!("/v1/incentives/{id}/draws")).await?;
        draws +=
            held.as_array().map_or(0, |draws| draws.iter().filter(|draw| draw["state"] == "held").count());
    }
    let balances = balances(&api.get("/v1/balances").await?);
    Ok(Outcome { events: played.events, draws, balances, deliveries, received: receiver.summary() })
}

fn balances(answer: &Value) -> BTreeMap<String, i64> {
    let mut balances = BTreeMap::new();
    for row in answer.as_array().into_iter().flatten() {
        let account = row["account"].as_str().unwrap_or_default();
        let key = format!("{account} {}", row["currency"].as_str().unwrap_or_default());
        *balances.entry(key).or_insert(0) += row["units"].as_i64().unwrap_or_default();
    }
    balances
}

impl Outcome {
    /// Whole units that agents and teams have.
    fn paid(&self) -> i64 {
        let people =
            self.balances.iter().filter(|(key, _)| key.starts_with("agent/") || key.starts_with("team/"));
        people.map(|(_, units)| units).sum()
    }

    /// The sum over all accounts, by currency: 0 when every entry has its counterpart.
    fn sums(&self) -> BTreeMap<&str, i64> {
        let mut sums = BTreeMap::new();
        for (key, units) in &self.balances {
            *sums.entry(key.rsplit(' ').next().unwrap_or_default()).or_insert(0) += units;
        }
        sums
    }

    /// What the demo says at its end.
    pub(super) fn text(&self, base: &Url, stays: bool) -> String {
        let awards = self.received.webhooks.kinds.get("award.granted").copied().unwrap_or_default();
        let (chat, hooks) = (&self.received.chat, &self.received.webhooks);
        let balance = if self.sums().values().all(|sum| *sum == 0) { "zero" } else { "NOT ZERO" };
        let mut text = format!(
            "\nevents      {} posted\nawards      {awards} granted\ndraws       {} held\npoints      {} paid\n\
             deliveries  {} sent, {} dead, {} cancelled; received: {} by webhook, {} by chat, {} in the room, {} by mail\n\
             balance     {balance}\n\nconsole     {base}\nAPI         {base}v1/status{}",
            self.events,
            self.draws,
            self.paid(),
            self.deliveries.sent,
            self.deliveries.dead,
            self.deliveries.cancelled,
            hooks.distinct,
            chat.direct,
            chat.room,
            self.received.mail,
            super::accounts::text(base),
        );
        if stays {
            text.push_str("\n\nThe server stays up; Ctrl-C ends it.");
        }
        text
    }

    /// Whether everything arrived and the books balance.
    ///
    /// # Errors
    /// Names each thing that is not as it should be.
    pub(super) fn check(&self) -> anyhow::Result<()> {
        let mut wrong = Vec::new();
        let (counts, received) = (&self.deliveries, &self.received);
        if counts.sent == 0 {
            wrong.push("nothing was delivered".into());
        }
        if counts.pending > 0 || counts.dead > 0 {
            wrong.push(format!("{} deliveries are pending and {} dead", counts.pending, counts.dead));
        }
        if received.distinct() != counts.sent {
            wrong.push(format!("{} deliveries were sent, but {} arrived", counts.sent, received.distinct()));
        }
        if received.webhooks.bad_signature > 0 {
            wrong.push(format!("{} webhooks had a wrong signature", received.webhooks.bad_signature));
        }
        if self.draws == 0 {
            wrong.push("no draw was held".into());
        }
        if self.paid() <= 0 {
            wrong.push("no points were paid".into());
        }
        for (currency, sum) in self.sums() {
            if sum != 0 {
                wrong.push(format!("the accounts in {currency} add up to {sum}, not to 0"));
            }
        }
        if wrong.is_empty() {
            return Ok(());
        }
        bail!("the day did not end well: {}", wrong.join("; "))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn good() -> Outcome {
        let rows = json!([
            { "account": "budget/recognition", "currency": "points", "units": -300 },
            { "account": "incentive/quick", "currency": "points", "units": 100 },
            { "account": "agent/a1", "currency": "points", "units": 200 },
        ]);
        let mut received = Summary::default();
        received.chat.direct = 3;
        received.webhooks.distinct = 2;
        Outcome {
            events: 9,
            draws: 1,
            balances: balances(&rows),
            deliveries: Deliveries { sent: 5, ..Deliveries::default() },
            received,
        }
    }

    #[test]
    fn a_good_day_is_good_and_says_what_was_paid() {
        assert!(good().check().is_ok());
        let text = good().text(&Url::parse("http://127.0.0.1:8080").expect("an address"), true);
        assert!(
            text.contains("200 paid") && text.contains("balance     zero") && text.contains("Ctrl-C"),
            "{text}"
        );
    }

    #[test]
    fn whatever_is_missing_is_named() {
        type Spoil = fn(&mut Outcome);
        let cases: [(Spoil, &str); 6] = [
            (|o| o.received.chat.direct = 2, "5 deliveries were sent, but 4 arrived"),
            (|o| o.deliveries.dead = 1, "1 dead"),
            (|o| o.received.webhooks.bad_signature = 1, "wrong signature"),
            (|o| o.draws = 0, "no draw"),
            (|o| *o.balances.entry("agent/a1 points".into()).or_default() += 1, "add up to 1"),
            (|o| o.deliveries = Deliveries::default(), "nothing was delivered"),
        ];
        for (spoil, said) in cases {
            let mut outcome = good();
            spoil(&mut outcome);
            let error = outcome.check().expect_err(said).to_string();
            assert!(error.contains(said), "{error} does not say {said}");
        }
    }
}
