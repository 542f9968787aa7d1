//! The rule as a native program that serves it over standard input and output, to be compared with its component.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    BuildError, PLUGINS, RuleCrate, Voice,
    command::finish,
    rust::{INSTALL, cargo},
};

impl RuleCrate {
    /// Builds the rule natively, as it is built for the component (release), and gives the program. The program is a crate
    /// of its own in the target directory that calls what `plaudit_sdk::export!` wrote; it is built with the versions of the
    /// rule's `Cargo.lock`.
    ///
    /// # Errors
    /// The rule's crate makes no library that another crate could use, or does not build natively.
    pub fn build_native(&self, voice: Voice) -> Result<PathBuf, BuildError> {
        if !self.makes_library {
            return Err(BuildError::no_rule_folder(
                &self.folder,
                format!(
                    "the package {} makes no `rlib`, which a native program needs: write crate-type = [\"cdylib\", \
                     \"rlib\"] under [lib] in its Cargo.toml",
                    self.package
                ),
            ));
        }
        let name = format!("{}-native", self.package);
        let folder = self.target_dir.join(PLUGINS).join("native").join(&self.package);
        let manifest = folder.join("Cargo.toml");
        keep(&manifest, &manifest_of(&name, &self.package, &self.folder))?;
        keep(&folder.join("src/main.rs"), MAIN)?;
        let lock = self.workspace.join("Cargo.lock");
        if let Ok(known) = fs::read_to_string(&lock) {
            // Cargo writes its own beside the manifest; ours is only where it begins.
            keep(&folder.join("versions.lock"), &known).and_then(|is_new| {
                if is_new { keep(&folder.join("Cargo.lock"), &known) } else { Ok(false) }
            })?;
        }
        let mut command = cargo();
        // From the rule's folder, so that its cargo configuration holds.
        command.current_dir(&self.folder).args(["build", "--release", "--bin", &name]);
        command.arg("--manifest-path").arg(&manifest).arg("--target-dir").arg(&self.target_dir);
        finish(command, INSTALL, voice)?;
        Ok(self.target_dir.join("release").join(format!("{name}{}", std::env::consts::EXE_SUFFIX)))
    }
}

const MAIN: &str = "//! The rule, natively, over standard input and output.
fn main() -> std::io::Result<()> {
    rule::__plaudit_serve()
}
";

fn manifest_of(name: &str, package: &str, folder: &Path) -> String {
    let folder = toml_text(&folder.display().to_string());
    format!(
        "# Made by `plaudit plugin`: the rule natively, to be compared with its component.
[package]
name = \"{name}\"
version = \"0.0.0\"
edition = \"2024\"
publish = false

[dependencies]
rule = {{ package = \"{package}\", path = {folder} }}

[workspace]
"
    )
}

/// A text as TOML has it.
fn toml_text(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Writes a file if it is another one, so that cargo builds nothing anew for nothing; gives whether it was.
fn keep(path: &Path, text: &str) -> Result<bool, BuildError> {
    if fs::read_to_string(path).is_ok_and(|found| found == text) {
        return Ok(false);
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|source| BuildError::at(folder, source))?;
    }
    fs::write(path, text).map_err(|source| BuildError::at(path, source))?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_with_strange_letters_stays_one_text() {
        let manifest = manifest_of("a-native", "a", Path::new(r#"C:\rules\"mine""#));
        assert!(manifest.contains(r#"path = "C:\\rules\\\"mine\"""#), "{manifest}");
    }

    #[test]
    fn what_is_there_is_not_written_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("new/file");
        assert!(keep(&path, "a").expect("written"));
        assert!(!keep(&path, "a").expect("the same"));
        assert!(keep(&path, "b").expect("another"));
    }
}
