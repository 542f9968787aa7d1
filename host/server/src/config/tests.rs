use std::{fs, path::PathBuf};

use super::*;

fn file(text: &str) -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("plaudit.toml");
    fs::write(&path, text).unwrap();
    (dir, path)
}

fn problem(text: &str) -> String {
    let (_dir, path) = file(text);
    Config::load(Some(&path)).unwrap_err().to_string()
}

#[test]
fn the_defaults_are_whole_and_pass_their_own_checks() {
    let config = Config::load(None).unwrap();
    assert_eq!(config, Config::defaults());
    assert_eq!(config.server.base_url(), "http://127.0.0.1:8080");
}

#[test]
fn every_setting_of_the_default_file_has_a_comment_before_it() {
    let mut before = "";
    for line in DEFAULT.lines() {
        if line.contains(" = ") && !line.starts_with('#') {
            assert!(before.starts_with('#'), "no comment before `{line}`");
        }
        before = line;
    }
}

#[test]
fn a_value_of_the_wrong_kind_is_named_as_people_say_it() {
    let text = problem("[engine]\nthreads = \"many\"\n");
    assert!(
        text.contains("`engine.threads` is string \"many\", and must be a whole number, 0 or more"),
        "{text}"
    );
}

#[test]
fn a_chat_needs_both_its_address_and_its_token() {
    let address = problem("[chat]\ntoken = \"xoxb-1\"\n");
    assert!(address.contains("`chat.api_url` is empty"), "{address}");
    let token = problem("[chat]\napi_url = \"https://chat.example.com/api\"\n");
    assert!(token.contains("`chat.token` is empty"), "{token}");
}

#[test]
fn accounts_of_a_demo_are_for_this_machine_only() {
    let demo = "\n[demo]\naccounts = [{ mail = \"a@demo.example\", password = \"everybody may know\" }]\n";
    let (_dir, path) = file(demo);
    assert_eq!(Config::load(Some(&path)).unwrap().demo.accounts.len(), 1);
    for server in
        ["listen = \"0.0.0.0:8080\"", "public_url = \"https://plaudit.example.com\"", "pages = \"open\""]
    {
        let text = problem(&format!("[server]\n{server}\n{demo}"));
        assert!(text.contains("`demo.accounts` shows passwords to everybody"), "{text}");
    }
}

#[test]
fn an_openid_provider_needs_a_client_and_a_way_to_it() {
    let (_dir, path) = file("[openid]\nissuer = \"https://id.example.com\"\nclient_id = \"plaudit\"\n");
    let config = Config::load(Some(&path)).unwrap();
    assert_eq!((config.openid.claim.as_str(), config.openid.scopes), ("email", vec!["email".to_owned()]));
    for (text, wrong) in [
        ("only = true", "`openid.only` is of no use without openid.issuer"),
        ("client_id = \"x\"", "`openid.client_id` is of no use"),
        ("issuer = \"https://id.example.com\"", "`openid.client_id` is empty"),
        ("issuer = \"id.example.com\"", "`openid.issuer` is no address"),
        (
            "issuer = \"http://id.example.com\"",
            "`openid.issuer` can't be asked: id.example.com has to be reached by https",
        ),
        ("issuer = \"https://10.0.0.7\"", "`openid.issuer` can't be asked: 10.0.0.7 is a private address"),
        (
            "issuer = \"https://id.example.com\"\nclient_id = \"x\"\nscopes = [\"a b\"]",
            "`openid.scopes` holds \"a b\"",
        ),
        ("issuer = \"https://id.example.com\"\nclient_id = \"x\"\nclaim = \"\"", "`openid.claim` is \"\""),
    ] {
        let said = problem(&format!("[openid]\n{text}\n"));
        assert!(said.contains(wrong), "{said}");
    }
}

#[test]
fn a_file_changes_only_what_it_names() {
    let (_dir, path) = file("[store]\ncache_mb = 128\n");
    let config = Config::load(Some(&path)).unwrap();
    assert_eq!(config.store.cache_mb, 128);
    assert_eq!(config.store.path, Config::defaults().store.path);
}

#[test]
fn errors_name_the_file_the_key_the_value_and_what_is_allowed() {
    let text = problem("[store]\ncache_mb = 1\n");
    assert!(
        text.contains("plaudit.toml") && text.contains("`store.cache_mb` is 1, and must be from 8 to 65536"),
        "{text}"
    );
    let text = problem("[clock]\nmode = \"sundial\"\n");
    assert!(
        text.contains("plaudit.toml") && text.contains("`clock.mode`") && text.contains("system, driven"),
        "{text}"
    );
    let text = problem("[server]\nport = 80\n");
    assert!(text.contains("`server.port` is no setting") && text.contains("listen, public_url"), "{text}");
    let text = problem("[delivery]\nallow_private = [\"10.0.0.0/99\"]\n");
    assert!(text.contains("`delivery.allow_private` holds \"10.0.0.0/99\""), "{text}");
    let text = problem("[server]\nlisten = \"here\"\n");
    assert!(text.contains("`server.listen`"), "{text}");
}

#[test]
fn keys_may_not_live_inside_the_store() {
    let text = problem("[store]\npath = \"d\"\nsecrets_dir = \"d/secrets\"\n");
    assert!(text.contains("`store.secrets_dir` is d/secrets, inside store.path"), "{text}");
}

#[test]
fn passwords_are_not_printed() {
    let (_dir, path) = file(
        "[mail]\nsmtp = \"smtps://me:hunter2@mail.example.com\"\n[chat]\napi_url = \"https://chat.example.com/api\"\ntoken = \"xoxb-1\"\n",
    );
    let shown = format!("{:?}", Config::load(Some(&path)).unwrap());
    assert!(!shown.contains("hunter2") && !shown.contains("xoxb"), "{shown}");
    let text = problem("[mail]\nsmtp = \"http://me:hunter2@mail.example.com\"\n");
    assert!(text.contains("`mail.smtp`") && !text.contains("hunter2"), "{text}");
}

#[test]
fn a_missing_file_says_how_to_get_one() {
    let text = Config::load(Some(Path::new("nowhere/plaudit.toml"))).unwrap_err().to_string();
    assert!(text.contains("nowhere/plaudit.toml") && text.contains("plaudit config >"), "{text}");
}
