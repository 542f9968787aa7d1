//! Starting other programs, and saying what to repeat when they fail.

use std::{
    path::Path,
    process::{Command, Stdio},
};

use crate::error::BuildError;

/// Where the words of other programs go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    /// To this process's own output.
    Aloud,
    /// Into the error, if it fails.
    Quiet,
}

/// Runs it to its end. `install` says where the program comes from.
pub(crate) fn finish(mut command: Command, install: &'static str, voice: Voice) -> Result<(), BuildError> {
    let (status, said) = match voice {
        Voice::Aloud => {
            // What a build prints is no result of ours: all of it goes to standard error.
            let status = command.stdout(Stdio::null()).status();
            (status.map_err(|source| BuildError::not_started(&command, install, source))?, String::new())
        }
        Voice::Quiet => {
            let output =
                command.output().map_err(|source| BuildError::not_started(&command, install, source))?;
            (output.status, format!("\n{}", String::from_utf8_lossy(&output.stderr).trim_end()))
        }
    };
    if status.success() {
        return Ok(());
    }
    Err(BuildError::Failed { command: typed(&command), status, said })
}

/// How a person would type it.
pub fn typed(command: &Command) -> String {
    let name = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let words = std::iter::once(name).chain(command.get_args()).map(|word| {
        let word = word.to_string_lossy();
        if word.contains([' ', '"', '*']) { format!("'{word}'") } else { word.into_owned() }
    });
    words.collect::<Vec<_>>().join(" ")
}
