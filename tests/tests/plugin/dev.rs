//! `plaudit plugin dev` does it once for scripts, and again at each change until Ctrl-C.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
};

use rustix::process::{Pid, Signal, kill_process};

use crate::tool::{Tool, root, target};

/// A new rule. Each has a name of its own: they are built in the same place.
fn made(tool: &Tool, name: &str) -> std::path::PathBuf {
    let sdk = root().join("sdk/rust");
    assert_eq!(tool.run(&["new", name, "--sdk", sdk.to_str().expect("UTF-8")]).code, 0);
    tool.path().join(name)
}

fn dev(tool: &Tool, folder: &Path, arguments: &[&str]) -> Command {
    let mut command = tool.command(&[&["dev"], arguments].concat());
    command.current_dir(folder).env("CARGO_TARGET_DIR", target("new-rules")).env("CARGO_NET_OFFLINE", "true");
    command
}

#[test]
fn once_it_tests_builds_and_runs_or_says_why_not() {
    let tool = Tool::new();
    let folder = made(&tool, "once");
    let good = tool.finish(dev(&tool, &folder, &["--once"]));
    assert_eq!(good.code, 0, "{}{}", good.out, good.err);
    for words in ["tests pass after", "2 awards", "E1", "E2"] {
        assert!(good.out.contains(words), "{words:?} is not in {}", good.out);
    }
    let source = folder.join("src/lib.rs");
    let rule = fs::read_to_string(&source).expect("the rule");
    fs::write(&source, rule.replace("*run + 1", "*run + 2")).expect("written");
    let failing = tool.finish(dev(&tool, &folder, &["--once"]));
    assert_eq!(failing.code, 3, "a test fails: {}{}", failing.out, failing.err);
    fs::write(&source, rule.replace("*run + 1", "*run +")).expect("written");
    let broken = tool.finish(dev(&tool, &folder, &["--once"]));
    assert_eq!(broken.code, 1, "the compiler says no: {}{}", broken.out, broken.err);
    assert!(broken.err.contains("src/lib.rs:"), "its words are shown as they are: {}", broken.err);
}

/// Reads until a line has these words.
#[track_caller]
fn until(lines: &mut impl Iterator<Item = std::io::Result<String>>, words: &str) -> Vec<String> {
    let mut seen = Vec::new();
    for line in lines {
        let line = line.expect("a line");
        let is_it = line.contains(words);
        seen.push(line);
        if is_it {
            return seen;
        }
    }
    panic!("{words:?} never came: {seen:?}");
}

/// Ended with the test, whatever becomes of it.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn a_change_begins_again_and_ctrl_c_ends_cleanly() {
    let tool = Tool::new();
    let folder = made(&tool, "watched");
    let mut child = dev(&tool, &folder, &[]);
    let mut running = Running(child.stdout(Stdio::piped()).spawn().expect("it starts"));
    let output: ChildStdout = running.0.stdout.take().expect("a pipe");
    let mut lines = BufReader::new(output).lines();
    let first = until(&mut lines, "watching");
    assert!(first.iter().any(|line| line.contains("2 awards")), "{first:?}");
    fs::write(folder.join("settings.toml"), "good = 4.0\nlength = 50\n").expect("written");
    let second = until(&mut lines, "watching");
    assert!(second.iter().any(|line| line.contains("changed: settings.toml")), "{second:?}");
    assert!(second.iter().any(|line| line.contains("0 awards")), "{second:?}");
    let pid = Pid::from_raw(running.0.id().cast_signed()).expect("a process");
    kill_process(pid, Signal::INT).expect("told to end");
    let status = running.0.wait().expect("it ends");
    assert_eq!(status.code(), Some(0), "{status}");
}
