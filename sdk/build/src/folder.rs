//! A rule's folder, whatever it is written in.

use std::{
    fmt, fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{Voice, error::BuildError, python::RuleProject, rust::RuleCrate, typescript::TypeScriptRule};

/// Languages that rules are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Compiled by cargo.
    Rust,
    /// Bundled, and run by an engine within the component.
    TypeScript,
    /// Run by an interpreter within the component.
    Python,
}

impl Language {
    /// All of them, in the order in which a folder is asked.
    pub const ALL: [Self; 3] = [Self::TypeScript, Self::Python, Self::Rust];

    /// The file that makes a folder a rule's in this language, and what has to stand in it.
    pub fn marker(self) -> &'static str {
        match self {
            Self::Rust => "Cargo.toml",
            Self::TypeScript => "package.json with an entry \"plaudit\"",
            Self::Python => "pyproject.toml with a table [tool.plaudit]",
        }
    }

    /// Whether a folder says that it is a rule's in this language.
    fn claims(self, folder: &Path) -> bool {
        let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap_or_default();
        match self {
            Self::Rust => folder.join("Cargo.toml").is_file(),
            Self::TypeScript => read("package.json").contains("\"plaudit\":"),
            Self::Python => read("pyproject.toml").lines().any(|line| line.starts_with("[tool.plaudit")),
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Rust => "Rust",
            Self::TypeScript => "TypeScript",
            Self::Python => "Python",
        })
    }
}

/// A rule, by the folder it stands in.
#[derive(Clone, Debug)]
pub enum RuleFolder {
    /// A crate.
    Rust(RuleCrate),
    /// A package of npm.
    TypeScript(TypeScriptRule),
    /// A Python project.
    Python(RuleProject),
}

impl RuleFolder {
    /// The rule in a folder. A folder that is of two languages is of the one that says so itself: a Rust crate may well
    /// have a `package.json` without an entry for us.
    ///
    /// # Errors
    /// There is no rule, or what describes it can't be read.
    pub fn at(folder: &Path) -> Result<Self, BuildError> {
        let Some(language) = Language::ALL.into_iter().find(|language| language.claims(folder)) else {
            let markers = Language::ALL.map(Language::marker).join(", ");
            let why = format!(
                "it has none of {markers}; go to your rule's folder, name a component, or begin with `plaudit plugin new`"
            );
            return Err(BuildError::no_rule_folder(folder, why));
        };
        match language {
            Language::Rust => RuleCrate::at(folder).map(Self::Rust),
            Language::TypeScript => TypeScriptRule::at(folder).map(Self::TypeScript),
            Language::Python => RuleProject::at(folder).map(Self::Python),
        }
    }

    /// What it is written in.
    pub fn language(&self) -> Language {
        match self {
            Self::Rust(_) => Language::Rust,
            Self::TypeScript(_) => Language::TypeScript,
            Self::Python(_) => Language::Python,
        }
    }

    /// The name of its package.
    pub fn package(&self) -> &str {
        match self {
            Self::Rust(rule) => &rule.package,
            Self::TypeScript(rule) => &rule.package,
            Self::Python(rule) => &rule.package,
        }
    }

    /// Where it stands.
    pub fn folder(&self) -> &Path {
        match self {
            Self::Rust(rule) => &rule.folder,
            Self::TypeScript(rule) => &rule.folder,
            Self::Python(rule) => &rule.folder,
        }
    }

    /// The crate, if it is one: only a compiled rule can do something else natively than as a component.
    pub fn as_crate(&self) -> Option<&RuleCrate> {
        match self {
            Self::Rust(rule) => Some(rule),
            Self::TypeScript(_) | Self::Python(_) => None,
        }
    }

    /// What runs the rule's own tests natively, to be started by the caller; what they need is installed before. With
    /// `is_quick`, without those that take long to build, as those in the documentation of a crate.
    ///
    /// # Errors
    /// What runs them is missing, or can't be installed.
    pub fn tests(&self, is_quick: bool, voice: Voice) -> Result<Command, BuildError> {
        match self {
            Self::Rust(rule) => {
                let mut command = rule.tests();
                if is_quick {
                    command.args(["--quiet", "--lib", "--tests"]);
                }
                Ok(command)
            }
            Self::TypeScript(rule) => rule.tests(voice),
            Self::Python(rule) => rule.tests(voice),
        }
    }

    /// Builds it and puts the component to `<target dir>/plugins/<package>.wasm`; gives that path.
    ///
    /// # Errors
    /// What builds it is missing, or says no; or it is no rule.
    pub fn build(&self, voice: Voice) -> Result<PathBuf, BuildError> {
        match self {
            Self::Rust(rule) => rule.build(voice),
            Self::TypeScript(rule) => rule.build(voice),
            Self::Python(rule) => rule.build(voice),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_without_a_rule_says_what_to_do() {
        let folder = tempfile::tempdir().expect("a folder");
        let message = RuleFolder::at(folder.path()).expect_err("no rule").to_string();
        assert!(
            message.contains("none of package.json") && message.contains("plaudit plugin new"),
            "{message}"
        );
    }

    #[test]
    fn what_a_folder_says_of_itself_decides() {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("written");
        let claimed = || Language::ALL.into_iter().find(|language| language.claims(folder.path()));
        assert_eq!(claimed(), None);
        write("Cargo.toml", "[package]");
        write("package.json", "{ \"name\": \"docs-of-a-crate\" }");
        assert_eq!(claimed(), Some(Language::Rust));
        write("pyproject.toml", "[tool.plaudit]\nrule = \"rule\"\n");
        assert_eq!(claimed(), Some(Language::Python));
        write("package.json", "{ \"plaudit\": { \"rule\": \"src/rule.ts\" } }");
        assert_eq!(claimed(), Some(Language::TypeScript));
    }
}
