//! Starting other programs, and saying what to repeat when they fail.

use std::{
    fs::File,
    io::{self, Read as _, Seek as _},
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    time::Duration,
};

use wait_timeout::ChildExt as _;

use crate::error::BuildError;

/// How long a tool of another language may take, far beyond what any has needed, when it is started for the first and for the
/// second time. Node stops for good at its own end once in a great many runs (<https://github.com/nodejs/node/issues/54918>),
/// with its work done or not; the tools that are started here may be started again.
const PATIENCE: [Duration; 2] = [Duration::from_mins(5), Duration::from_mins(10)];

/// Where the words of other programs go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    /// To this process's own output.
    Aloud,
    /// Into the error, if it fails.
    Quiet,
}

/// Runs it to its end, however long that takes. `install` says where the program comes from.
pub(crate) fn finish(mut command: Command, install: &'static str, voice: Voice) -> Result<(), BuildError> {
    finish_by(&mut command, install, voice, None)
}

/// Runs it to its end; what has not ended in time is ended, and started once more.
pub(crate) fn finish_soon(
    mut command: Command,
    install: &'static str,
    voice: Voice,
) -> Result<(), BuildError> {
    finish_in(PATIENCE, &mut command, install, voice)
}

fn finish_in(
    [first, second]: [Duration; 2],
    command: &mut Command,
    install: &'static str,
    voice: Voice,
) -> Result<(), BuildError> {
    match finish_by(command, install, voice, Some(first)) {
        Err(BuildError::NoEnd { .. }) => finish_by(command, install, voice, Some(second)),
        ended => ended,
    }
}

fn finish_by(
    command: &mut Command,
    install: &'static str,
    voice: Voice,
    limit: Option<Duration>,
) -> Result<(), BuildError> {
    // What a build prints is no result of ours: all of it goes to standard error.
    command.stdin(Stdio::null()).stdout(Stdio::null());
    // A file, since nobody has to read it while the program runs.
    let mut words = match voice {
        Voice::Aloud => None,
        Voice::Quiet => Some(tempfile::tempfile().map_err(|source| BuildError::not_heard(command, source))?),
    };
    if let Some(words) = &words {
        command.stderr(words.try_clone().map_err(|source| BuildError::not_heard(command, source))?);
    }
    let child = command.spawn().map_err(|source| BuildError::not_started(command, install, source))?;
    let status = ended(child, limit).map_err(|source| BuildError::not_heard(command, source))?;
    if status.is_some_and(|status| status.success()) {
        return Ok(());
    }
    let said = words.as_mut().map(read).unwrap_or_default();
    let command = typed(command);
    Err(match (status, limit) {
        (None, Some(limit)) => BuildError::NoEnd { command, minutes: limit.as_secs() / 60, said },
        (status, _) => BuildError::Failed { command, status: status.unwrap_or_default(), said },
    })
}

/// How it ended; nothing if it had to be ended.
fn ended(mut child: Child, limit: Option<Duration>) -> io::Result<Option<ExitStatus>> {
    let Some(limit) = limit else { return child.wait().map(Some) };
    let status = child.wait_timeout(limit)?;
    if status.is_none() {
        // Fails only if it has ended just now.
        let _ = child.kill();
        child.wait()?;
    }
    Ok(status)
}

/// What was said, on lines of its own.
fn read(words: &mut File) -> String {
    let mut bytes = Vec::new();
    // Without its words, the error still says what failed.
    let _ = words.rewind().and_then(|()| words.read_to_end(&mut bytes));
    format!("\n{}", String::from_utf8_lossy(&bytes).trim_end())
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

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn what_a_program_said_is_in_the_error() {
        let failed = finish_soon(shell("echo no result; echo a word >&2; exit 3"), "", Voice::Quiet)
            .expect_err("it failed");
        let text = failed.to_string();
        assert!(text.contains("exit status: 3") && text.ends_with("\na word"), "{text}");
        assert!(finish(shell("exit 0"), "", Voice::Quiet).is_ok());
    }

    #[test]
    fn a_program_that_never_ends_is_ended_and_named() {
        let soon = [Duration::from_millis(50); 2];
        let ended = finish_in(soon, &mut shell("echo waiting >&2; exec sleep 1000"), "", Voice::Quiet)
            .expect_err("it does not end");
        assert!(
            matches!(&ended, BuildError::NoEnd { command, .. } if command.contains("sleep 1000")),
            "{ended}"
        );
    }

    #[test]
    fn a_program_that_stops_once_is_started_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let sign = folder.path().join("sign").display().to_string();
        let mut command = shell(&format!("[ -e {sign} ] || {{ touch {sign}; exec sleep 1000; }}"));
        // The second time it has as long as it wants.
        let patience = [Duration::from_secs(1), Duration::from_mins(10)];
        finish_in(patience, &mut command, "", Voice::Quiet).expect("the second time it ends");
    }
}
