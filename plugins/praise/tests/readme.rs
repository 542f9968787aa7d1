//! What the README shows is right.

use plaudit_plugin_praise::Praises;
use plaudit_sdk::testing::Play;

#[test]
fn the_settings_of_the_readme_have_no_problems() {
    let text = include_str!("../README.md");
    let example = text.split("```toml").nth(1).and_then(|rest| rest.split("```").next());
    let file: toml::Value =
        example.expect("the README has an example").parse::<toml::Table>().expect("it is TOML").into();
    let settings = serde_json::to_string(&file["incentive"]["settings"]).expect("TOML without dates is JSON");
    assert_eq!(Play::<Praises>::problems(&settings), []);
}
