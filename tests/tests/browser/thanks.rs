//! Thanks in a real browser: two clicks of a leader, and the page of whoever gets them.

use plaudit_tests::browser::{Browser, Window};
use serde_json::json;

use super::{MORNING, first_start, invited, plan};

#[tokio::test(flavor = "multi_thread")]
async fn a_leader_says_thanks_in_two_clicks_and_the_agent_sees_it_come() {
    let house = plan().open(MORNING).await;
    let Some(leader) = Browser::open(house.address(), Window::Desk).await else { return };
    first_start(&house, &leader).await;
    leader.forget().await;
    let role = json!({ "role": "team-leader", "teams": ["blue"] });
    invited(&house, &leader, "leader@example.com", role, None).await;
    let Some(ana) = Browser::open(house.address(), Window::Phone).await else { return };
    invited(&house, &ana, "ana@example.com", json!({ "role": "agent" }), Some("ana")).await;
    ana.visit("/me").await;
    ana.appears("#live.is-on").await;

    leader.visit("/teams/blue").await;
    leader.click("a.thank[aria-label$=\": Ana\"]").await;
    leader.click("button[name=words][value=hard-morning]").await;
    leader.arrives("/thanks").await;
    leader.reads(".notice", "on their way").await;
    // Without a reload.
    ana.reads("main", "you stayed calm").await;

    // Ana goes on with somebody of her team, in her own words.
    ana.click("a[href=\"/thanks\"]").await;
    ana.click(".people a").await;
    ana.fill(&[("text", "Good that you are here")]).await;
    ana.click("form.form button").await;
    ana.reads(".notice", "on their way").await;
    ana.reads("main", "Good that you are here").await;
    leader.close().await;
    ana.close().await;
}
