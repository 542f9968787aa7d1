//! The program, built rules, and small files for it.

use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    sync::{Mutex, PoisonError},
};

use plaudit_tests::{components::build_component, house::plaudit};
use serde_json::Value;
use tempfile::TempDir;

/// The official plugins and the first rule, each with an incentive of the example whose settings it is tried with.
pub(crate) const OFFICIAL: [(&str, &str); 5] = [
    ("plaudit-plugin-contest", "quick-and-kind"),
    ("plaudit-plugin-lottery", "evening-draw"),
    ("plaudit-plugin-badges", "milestones"),
    ("plaudit-plugin-praise", "a-good-word"),
    ("first-rule", ""),
];

/// A folder, and the program in it.
pub(crate) struct Tool {
    folder: TempDir,
}

/// What the program said.
pub(crate) struct Answer {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}:\n{}\n{}", self.out, self.err))
    }
}

/// A text of a document.
pub(crate) fn read(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text"))
}

impl Tool {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder") }
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// `plaudit plugin …` in the folder.
    pub(crate) fn run(&self, arguments: &[&str]) -> Answer {
        self.finish(self.command(arguments))
    }

    /// The same, as on a terminal with colours.
    pub(crate) fn run_painted(&self, arguments: &[&str]) -> Answer {
        let mut command = self.command(arguments);
        command.env("CLICOLOR_FORCE", "1");
        self.finish(command)
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = plaudit(&[&["plugin"], arguments].concat());
        command.current_dir(self.path()).env_remove("CLICOLOR_FORCE").env_remove("NO_COLOR");
        command
    }

    /// `plaudit plugin …` in a folder of this workspace, whose builds go where those of the tests are.
    pub(crate) fn command_in(&self, folder: &str, arguments: &[&str]) -> Command {
        let mut command = self.command(arguments);
        command.current_dir(root().join(folder)).env("CARGO_TARGET_DIR", target("guests"));
        command.env("CARGO_NET_OFFLINE", "true");
        command
    }

    pub(crate) fn finish(&self, mut command: Command) -> Answer {
        let output = command.output().expect("the program starts");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        Answer {
            code: output.status.code().expect("an exit code"),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }

    /// A file in the folder.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.path().join(name);
        fs::write(&path, content).expect("written");
        path.to_str().expect("UTF-8").to_owned()
    }

    /// A built rule of this workspace, in the folder.
    pub(crate) fn component(&self, package: &str) -> String {
        static BUILT: Mutex<BTreeMap<String, Vec<u8>>> = Mutex::new(BTreeMap::new());
        let mut built = BUILT.lock().unwrap_or_else(PoisonError::into_inner);
        let bytes = built.entry(package.to_owned()).or_insert_with(|| {
            build_component(package).unwrap_or_else(|error| panic!("{package}: {error:#}"))
        });
        self.write(&format!("{package}.wasm"), bytes)
    }

    /// The settings of an incentive of the example; of none, the defaults.
    pub(crate) fn settings(&self, incentive: &str) -> String {
        let example = root().join("examples/a-day-at-work/incentives.toml");
        let example: toml::Table =
            fs::read_to_string(example).expect("the example").parse().expect("the example is TOML");
        let all = example["incentive"].as_array().expect("incentives");
        let found = all.iter().find(|of| of["id"].as_str() == Some(incentive));
        let settings =
            found.map_or_else(toml::Table::new, |of| of["settings"].as_table().expect("settings").clone());
        self.write(&format!("{incentive}-settings.toml"), toml::to_string(&settings).expect("TOML"))
    }
}

/// A target directory that is kept between runs, since the SDK's dependencies take a while.
pub(crate) fn target(name: &str) -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from).join(name)
}

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Ratings of E1 on one morning.
pub(crate) fn ratings(values: &[u32]) -> String {
    let event = |(number, csat): (usize, &u32)| {
        format!(
            r#"{{"specversion":"1.0","id":"s{number}","source":"/surveys","type":"survey.answered","subject":"agent/E1","time":"2026-03-02T09:{number:02}:00Z","entity":"survey-{number}","data":{{"csat":{csat}}}}}"#
        )
    };
    values.iter().enumerate().map(event).map(|line| line + "\n").collect()
}

/// Contacts of E1 on one morning.
pub(crate) fn calls(count: usize) -> String {
    let event = |number: usize| {
        format!(
            r#"{{"specversion":"1.0","id":"c{number}","source":"/acd","type":"contact.completed","subject":"agent/E1","time":"2026-03-02T09:{number:02}:00Z","entity":"contact-{number}","data":{{}}}}"#
        )
    };
    (0..count).map(event).map(|line| line + "\n").collect()
}
