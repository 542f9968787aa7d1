//! Accounts for whoever wants to look around: a manager, a team leader and one of the team. Their password is no secret,
//! so they are made only where nobody else can reach the server.

use std::net::SocketAddr;

use anyhow::Context as _;
use serde_json::{Value, json};
use url::Url;

use super::{Args, api::Api};
use crate::cli::simulate::{Agent, World};

/// The password of all of them.
const PASSWORD: &str = "plaudit demo only";
/// Who they are for, with their addresses.
const ACCOUNTS: [(&str, &str); 3] = [
    ("manager", "manager@demo.example"),
    ("team leader", "leader@demo.example"),
    ("agent", "agent@demo.example"),
];

/// Lines of `[server]`, and the section that shows the accounts at the page to sign in. Where others could reach the
/// server there are no accounts, and pages are open, as the demo's people are invented.
pub(super) fn settings(listen: SocketAddr) -> String {
    if !listen.ip().is_loopback() {
        return "pages = \"open\"".to_owned();
    }
    let account = |(_, mail): &(&str, &str)| format!("{{ mail = \"{mail}\", password = \"{PASSWORD}\" }}");
    let accounts = ACCOUNTS.iter().map(account).collect::<Vec<_>>().join(",\n    ");
    format!("pages = \"accounts\"\n\n[demo]\naccounts = [\n    {accounts},\n]")
}

/// What the demo says of them at its end.
pub(super) fn text(base: &Url) -> String {
    let is_here = match base.host() {
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        _ => false,
    };
    if !is_here {
        return String::new();
    }
    let line = |(role, mail): &(&str, &str)| format!("\n            {role:<12} {mail}");
    let lines: String = ACCOUNTS.iter().map(line).collect();
    format!("\n\nsign in     with the password \"{PASSWORD}\", in this demo only{lines}")
}

/// Makes them through the front door, as an admin and three people with an invitation do.
pub(super) async fn make(api: &Api, args: &Args, world: &World) -> anyhow::Result<()> {
    if !args.listen.ip().is_loopback() {
        return Ok(());
    }
    let someone = someone(world, args).context("nobody works in the demo")?;
    let team = &world.teams[someone.team].id;
    let roles = [
        ("Marta Vidal", json!({ "role": "manager", "everywhere": true })),
        ("Lucas Ferrer", json!({ "role": "team-leader", "teams": [team] })),
        (someone.name.as_str(), json!({ "role": "agent" })),
    ];
    for ((role, mail), (name, grant)) in ACCOUNTS.iter().zip(roles) {
        let mut wanted = json!({ "mail": mail, "name": name, "locale": "en", "roles": [grant] });
        if *role == "agent" {
            wanted["agent"] = json!(someone.id);
        }
        // The demo counts its mails: the link comes with the answer.
        let path = "/v1/accounts?hand_over=true";
        let made = api.post(path, "application/json", wanted.to_string().into_bytes()).await?;
        accept(api, &made).await.with_context(|| format!("the account {mail} could not be made"))?;
    }
    Ok(())
}

async fn accept(api: &Api, made: &Value) -> anyhow::Result<()> {
    let link = Url::parse(made["link"].as_str().context("the answer has no link")?)?;
    let secret = link.query_pairs().find(|(name, _)| name == "link").map(|(_, value)| value.into_owned());
    let secret = secret.context("the link holds nothing")?;
    api.form(link.path(), &[("link", &secret), ("password", PASSWORD)]).await
}

/// Somebody of the first team who works full time on the day.
fn someone<'a>(world: &'a World, args: &Args) -> Option<&'a Agent> {
    let of_first = || world.agents.iter().filter(|agent| agent.team == 0);
    of_first().find(|agent| agent.share >= 1.0 && agent.works_on(args.date)).or_else(|| of_first().next())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::porter::password;

    #[test]
    fn the_password_is_one_that_the_house_takes() {
        for (name, mail) in ACCOUNTS {
            assert_eq!(password::check(PASSWORD, mail, name), Ok(()));
        }
    }

    #[test]
    fn where_others_reach_the_server_there_are_no_accounts() {
        let here = settings("127.0.0.1:8080".parse().unwrap());
        assert!(here.contains("pages = \"accounts\"") && here.contains("manager@demo.example"), "{here}");
        assert!(!settings("0.0.0.0:8080".parse().unwrap()).contains(PASSWORD));
        assert!(text(&Url::parse("http://127.0.0.1:8080/").unwrap()).contains(PASSWORD));
        assert_eq!(text(&Url::parse("http://192.0.2.1:8080/").unwrap()), "");
    }
}
