//! Rules in Python: a module that `plaudit.build` of the SDK wraps with an interpreter, in an environment of the rule's own.

mod environment;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde::Deserialize;

use crate::{PLUGINS, Voice, command::finish_soon, error::BuildError};
use environment::{Environment, INSTALL};

/// A project that is a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleProject {
    /// Its name.
    pub package: String,
    /// Its folder.
    pub folder: PathBuf,
    /// The SDK's folder.
    sdk: PathBuf,
}

#[derive(Deserialize)]
struct PyProject {
    project: Project,
    #[serde(default)]
    tool: Tools,
}

#[derive(Deserialize)]
struct Project {
    name: String,
}

#[derive(Default, Deserialize)]
struct Tools {
    #[serde(default)]
    plaudit: Settings,
}

#[derive(Default, Deserialize)]
struct Settings {
    /// From the rule's folder.
    sdk: Option<PathBuf>,
}

impl RuleProject {
    /// The project in a folder.
    ///
    /// # Errors
    /// Its `pyproject.toml` can't be read, has no name, or names an SDK that is not there.
    pub fn at(folder: &Path) -> Result<Self, BuildError> {
        let folder = fs::canonicalize(folder).map_err(|source| BuildError::at(folder, source))?;
        let file = folder.join("pyproject.toml");
        let text = fs::read_to_string(&file).map_err(|source| BuildError::at(&file, source))?;
        let read: PyProject = toml::from_str(&text)
            .map_err(|error| BuildError::no_rule_folder(&folder, format!("its pyproject.toml: {error}")))?;
        let Some(sdk) = read.tool.plaudit.sdk else {
            let why = "its pyproject.toml lacks [tool.plaudit] sdk: name the folder sdk/python of a checkout of Plaudit";
            return Err(BuildError::no_rule_folder(&folder, why));
        };
        let sdk = sdk_at(&folder, &sdk)?;
        Ok(Self { package: read.project.name, folder, sdk })
    }

    /// Builds it and puts the component to `<folder>/target/plugins/<name>.wasm`; gives that path. Makes the rule's
    /// environment first, if it is not there.
    ///
    /// # Errors
    /// There is no Python, the environment can't be made, or the rule is at fault.
    pub fn build(&self, voice: Voice) -> Result<PathBuf, BuildError> {
        let environment = Environment::of(&self.folder, &self.sdk);
        let python = environment.ready(voice)?;
        let component = self.folder.join("target").join(PLUGINS).join(format!("{}.wasm", self.package));
        let mut command = Command::new(python);
        command.args(["-m", "plaudit.build"]).arg(&self.folder).arg("--output").arg(&component);
        finish_soon(command, INSTALL, voice)?;
        Ok(component)
    }
}

impl RuleProject {
    /// Pytest, in the rule's environment.
    pub(crate) fn tests(&self, voice: Voice) -> Result<Command, BuildError> {
        let mut command = Command::new(Environment::of(&self.folder, &self.sdk).ready(voice)?);
        command.current_dir(&self.folder).args(["-m", "pytest", "--quiet"]);
        Ok(command)
    }
}

/// The SDK's folder, named from a rule's.
fn sdk_at(folder: &Path, sdk: &Path) -> Result<PathBuf, BuildError> {
    let sdk = folder.join(sdk);
    if !sdk.join("src/plaudit/build.py").is_file() {
        let why = format!("[tool.plaudit] sdk is {}, where there is no SDK", sdk.display());
        return Err(BuildError::no_rule_folder(folder, why));
    }
    // The same folder by another way is the same environment.
    fs::canonicalize(&sdk).map_err(|source| BuildError::at(&sdk, source))
}

/// The interpreter of an environment in `folder`, with the SDK that lies in `sdk`, and what tests of rules need: pytest, mypy
/// and ruff. It is made first, if it is not there.
///
/// # Errors
/// There is no Python, or the environment can't be made.
pub fn python_environment(folder: &Path, sdk: &Path, voice: Voice) -> Result<PathBuf, BuildError> {
    let sdk = fs::canonicalize(sdk).map_err(|source| BuildError::at(sdk, source))?;
    Environment::at(folder.to_owned(), &sdk, &sdk).ready(voice)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn project(text: &str) -> Result<RuleProject, BuildError> {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("pyproject.toml"), text).expect("written");
        RuleProject::at(folder.path())
    }

    #[test]
    fn a_project_says_its_name() {
        let sdk = fs::canonicalize("../python").expect("the SDK");
        let text = format!("[project]\nname = \"my-rule\"\n[tool.plaudit]\nsdk = '{}'\n", sdk.display());
        let read = project(&text);
        assert_eq!(read.expect("read").package, "my-rule");
    }

    #[test]
    fn what_is_missing_is_said() {
        let cases = [
            ("[tool.plaudit]\n", "missing field `project`"),
            ("[project]\nname = ", "its pyproject.toml"),
            ("[project]\nname = \"a\"\n[tool.plaudit]\n", "lacks [tool.plaudit] sdk"),
            ("[project]\nname = \"a\"\n[tool.plaudit]\nsdk = \"nowhere\"\n", "where there is no SDK"),
        ];
        for (text, words) in cases {
            let message = project(text).expect_err("wrong").to_string();
            assert!(message.contains(words), "{message}");
        }
    }
}
