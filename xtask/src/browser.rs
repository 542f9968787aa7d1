//! The browser that the pages are tested in: Debian's, which is installed where that may be done.

use std::process::{Command, Stdio};

/// What Debian and Ubuntu call it and its driver.
const PACKAGES: [&str; 2] = ["chromium", "chromium-driver"];
/// What has to be there for it.
const PROGRAMS: [&str; 2] = ["chromium", "chromedriver"];

/// Sees to a browser; says what is missing if it can't.
pub(crate) fn ensure() -> Result<(), String> {
    let Some(missing) = missing() else { return Ok(()) };
    let advice = "on Debian and Ubuntu, `apt install chromium chromium-driver` brings both";
    if !rustix::process::geteuid().is_root() || !answers("apt-get") {
        return Err(format!("{missing} is not here; {advice}"));
    }
    eprintln!("── browser: {missing} is not here; installing {}", PACKAGES.join(" and "));
    // A mirror that does not answer is no reason to wait for long.
    let quiet =
        ["-qq", "-o", "Dpkg::Use-Pty=0", "-o", "Acquire::Retries=1", "-o", "Acquire::http::Timeout=30"];
    let install = [&["install", "-y", "--no-install-recommends"][..], &PACKAGES[..]].concat();
    // Without fresh lists the old ones may still do.
    apt(&quiet, &["update"]);
    if apt(&quiet, &install) && self::missing().is_none() {
        return Ok(());
    }
    Err(format!("{missing} is not here and can't be installed; {advice}"))
}

fn missing() -> Option<&'static str> {
    PROGRAMS.into_iter().find(|program| !answers(program))
}

fn answers(program: &str) -> bool {
    let mut command = Command::new(program);
    command.arg("--version").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

fn apt(quiet: &[&str], arguments: &[&str]) -> bool {
    let mut command = Command::new("timeout");
    command.args(["--kill-after=10", "600", "apt-get"]);
    command.env("DEBIAN_FRONTEND", "noninteractive").args(quiet).args(arguments);
    command.stdin(Stdio::null()).stdout(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}
