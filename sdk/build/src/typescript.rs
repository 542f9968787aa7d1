//! Rules in TypeScript: a package whose `package.json` names the rule's file. The SDK's own tool bundles it and takes a
//! snapshot of it within the engine; here stand Node, npm and the packages.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde::Deserialize;

use crate::{PLUGINS, Voice, command::finish_soon, error::BuildError};

/// Where node and npm come from.
const INSTALL: &str = "install Node.js 20 or newer (with npm) from https://nodejs.org";
/// The oldest Node that knows what the SDK's tool asks of it.
const NODE_MAJOR_MIN: u32 = 20;
/// The tool of the SDK in a rule's folder.
const TOOL: &str = "node_modules/@plaudit/sdk/tool/plaudit-js.mjs";

/// A package that is a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeScriptRule {
    /// Its name, without the `@` and `/` of a scope.
    pub package: String,
    /// Its folder.
    pub folder: PathBuf,
}

#[derive(Deserialize)]
struct Manifest {
    name: String,
    plaudit: Entry,
}

#[derive(Deserialize)]
struct Entry {
    rule: PathBuf,
}

impl TypeScriptRule {
    /// The package in a folder.
    ///
    /// # Errors
    /// Its `package.json` can't be read, or names no rule that is there.
    pub fn at(folder: &Path) -> Result<Self, BuildError> {
        let file = folder.join("package.json");
        let folder = fs::canonicalize(folder).map_err(|source| BuildError::at(folder, source))?;
        let text = fs::read_to_string(&file).map_err(|source| BuildError::at(&file, source))?;
        let manifest: Manifest = serde_json::from_str(&text).map_err(|error| {
            let wanted = r#"write "plaudit": { "rule": "src/rule.ts" } with the rule's file"#;
            BuildError::no_rule_folder(&folder, format!("its package.json is not right ({error}); {wanted}"))
        })?;
        let rule = &manifest.plaudit.rule;
        if !folder.join(rule).is_file() {
            let why = format!("its package.json names {} as the rule, which is not there", rule.display());
            return Err(BuildError::no_rule_folder(&folder, why));
        }
        let package = manifest.name.trim_start_matches('@').replace('/', "-");
        Ok(Self { package, folder })
    }

    /// Where the component is put.
    pub fn component(&self) -> PathBuf {
        self.folder.join("target").join(PLUGINS).join(format!("{}.wasm", self.package))
    }

    /// Builds it and puts the component to `target/plugins/<package>.wasm`; gives that path. What has not changed since
    /// the last time is not built again.
    ///
    /// # Errors
    /// Node or npm is missing, the packages can't be installed, or the rule can't be bundled or run.
    pub fn build(&self, voice: Voice) -> Result<PathBuf, BuildError> {
        let locked = self.ready(voice)?;
        finish_soon(self.tool("build"), INSTALL, voice)?;
        drop(locked);
        Ok(self.component())
    }

    /// What runs its tests, once its packages are there.
    pub(crate) fn tests(&self, voice: Voice) -> Result<Command, BuildError> {
        self.ready(voice).map(|_| self.tool("test"))
    }

    fn tool(&self, verb: &str) -> Command {
        let mut node = Command::new("node");
        node.current_dir(&self.folder).args([TOOL, verb]);
        node
    }

    /// Sees to Node and the packages; nobody else builds in this folder as long as the file is held.
    fn ready(&self, voice: Voice) -> Result<fs::File, BuildError> {
        if let Some(why) = missing("node") {
            return Err(BuildError::Missing { why, install: INSTALL });
        }
        let locked = self.lock()?;
        self.ensure_packages(voice)?;
        Ok(locked)
    }

    /// Waits for other builds of this folder: two at once would take each other's packages and files away.
    fn lock(&self) -> Result<fs::File, BuildError> {
        let target = self.folder.join("target");
        fs::create_dir_all(&target).map_err(|source| BuildError::at(&target, source))?;
        let path = target.join(".build-lock");
        let file = fs::File::create(&path).map_err(|source| BuildError::at(&path, source))?;
        file.lock().map_err(|source| BuildError::at(&path, source))?;
        Ok(file)
    }

    /// Installs the packages of the lock file if they are not there.
    fn ensure_packages(&self, voice: Voice) -> Result<(), BuildError> {
        if self.folder.join(TOOL).is_file() {
            return Ok(());
        }
        let mut npm = Command::new("npm");
        // What is not locked is not installed; and nothing of a package is run.
        npm.current_dir(&self.folder).args([
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--prefer-offline",
        ]);
        finish_soon(npm, INSTALL, voice).map_err(|error| match error {
            BuildError::Failed { command, said, .. } => {
                BuildError::NoPackages { folder: self.folder.display().to_string(), command, said }
            }
            other => other,
        })?;
        if self.folder.join(TOOL).is_file() {
            return Ok(());
        }
        let why = "its lock file brings no @plaudit/sdk: add it to devDependencies and run `npm install`";
        Err(BuildError::no_rule_folder(&self.folder, why))
    }
}

/// What this machine lacks to build and test rules in TypeScript, if anything.
pub fn missing_for_typescript() -> Option<String> {
    ["node", "npm"].into_iter().find_map(missing)
}

fn missing(program: &str) -> Option<String> {
    let output =
        Command::new(program).arg("--version").output().ok().filter(|output| output.status.success());
    let Some(output) = output else { return Some(format!("`{program}` is not installed")) };
    let version = String::from_utf8_lossy(&output.stdout);
    (program == "node").then(|| too_old(version.trim())).flatten()
}

fn too_old(version: &str) -> Option<String> {
    let major = version.trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    major
        .is_none_or(|major| major < NODE_MAJOR_MIN)
        .then(|| format!("Node {version} is too old: {NODE_MAJOR_MIN} or newer is needed"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(manifest: &str) -> String {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("package.json"), manifest).expect("written");
        TypeScriptRule::at(folder.path()).expect_err("no rule").to_string()
    }

    #[test]
    fn a_package_that_names_no_rule_says_what_to_write() {
        let cases = [
            ("{ \"name\": \"x\", \"plaudit\": {} }", "src/rule.ts"),
            ("{ \"name\": \"x\", \"plaudit\":", "package.json is not right"),
            (
                "{ \"name\": \"x\", \"plaudit\": { \"rule\": \"src/rool.ts\" } }",
                "names src/rool.ts as the rule",
            ),
        ];
        for (manifest, words) in cases {
            let message = message(manifest);
            assert!(message.contains(words), "{message}");
        }
    }

    #[test]
    fn an_old_node_is_told_from_a_new_one() {
        assert_eq!(too_old("v20.20.2"), None);
        assert_eq!(too_old("v24.1.0"), None);
        assert!(too_old("v18.20.4").is_some_and(|words| words.contains("v18.20.4 is too old: 20 or newer")));
        assert!(too_old("").is_some());
        assert!(missing("no-such-program-at-all").is_some_and(|words| words.contains("is not installed")));
    }

    #[test]
    fn a_scope_is_part_of_the_name_and_not_of_the_path() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("src")).expect("src");
        fs::write(folder.path().join("src/rule.ts"), "").expect("the rule");
        let manifest = r#"{ "name": "@acme/bingo", "plaudit": { "rule": "src/rule.ts" } }"#;
        fs::write(folder.path().join("package.json"), manifest).expect("written");
        let rule = TypeScriptRule::at(folder.path()).expect("a rule");
        assert!(rule.component().ends_with("target/plugins/acme-bingo.wasm"));
    }
}
