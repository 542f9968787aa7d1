//! `plaudit plugin new`: a rule's folder that builds, tests and lints clean as it is.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail, ensure};
use clap::ValueEnum;

use crate::cli::out;

/// Where the SDK is found when nobody says and no checkout is near.
const REPOSITORY: &str = env!("CARGO_PKG_REPOSITORY");
/// The folder of the SDK in a checkout.
const SDK: &str = "sdk/rust";

/// Files of the template: path, text.
const FILES: [(&str, &str); 13] = [
    ("Cargo.toml", include_str!("template/Cargo.toml.txt")),
    ("README.md", include_str!("template/README.md.txt")),
    (".gitignore", "/target\n"),
    ("src/lib.rs", include_str!("template/lib.rs.txt")),
    ("tests/in_a_row.rs", include_str!("template/in_a_row.rs.txt")),
    ("settings.toml", include_str!("template/settings.toml.txt")),
    ("events.ndjson", include_str!("template/events.ndjson")),
    ("texts/en.ftl", include_str!("template/texts/en.ftl")),
    ("texts/es.ftl", include_str!("template/texts/es.ftl")),
    ("texts/lt.ftl", include_str!("template/texts/lt.ftl")),
    ("texts/zh-Hans.ftl", include_str!("template/texts/zh-Hans.ftl")),
    ("texts/zh-Hant.ftl", include_str!("template/texts/zh-Hant.ftl")),
    ("rustfmt.toml", "style_edition = \"2024\"\nmax_width = 110\nuse_small_heuristics = \"Max\"\n"),
];

/// Languages that rules are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Language {
    Rust,
    Typescript,
    Python,
}

/// Make a new rule's folder, which builds and tests as it is.
///
/// Nothing is fetched. The rule counts good ratings in a row; change it to yours.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The rule's name and folder: lower-case letters, digits and dashes.
    name: String,
    /// What the rule is written in.
    #[arg(long, value_enum, default_value_t = Language::Rust)]
    lang: Language,
    /// The SDK's folder. Without it: sdk/rust of the checkout that this folder is in or beside; else the SDK is fetched from
    /// its repository at the first build.
    #[arg(long, value_name = "FOLDER", env = "PLAUDIT_SDK")]
    sdk: Option<PathBuf>,
}

/// Makes the folder; gives the exit code.
pub(super) fn run(args: &Args) -> anyhow::Result<u8> {
    if args.lang != Language::Rust {
        bail!("there is no SDK for {:?} yet; --lang rust is", args.lang);
    }
    let name = &args.name;
    let is_name = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.len() <= 64
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    ensure!(
        is_name,
        "{name:?} is no name for a rule: begin with a lower-case letter; up to 64 of a-z, 0-9 and `-`"
    );
    ensure!(!matches!(name.as_str(), "plaudit-sdk" | "test"), "{name:?} is taken; choose another name");
    let folder = PathBuf::from(name);
    ensure!(!folder.exists(), "{name} is there already; nothing was changed");
    let sdk = match &args.sdk {
        Some(sdk) => {
            ensure!(is_sdk(sdk), "{} is not the SDK's folder: it is sdk/rust of a checkout", sdk.display());
            Some(fs::canonicalize(sdk)?)
        }
        None => near(&env::current_dir()?),
    };
    let dependency = match &sdk {
        Some(path) => format!("path = {:?}", path.display().to_string()),
        None => format!("git = {REPOSITORY:?}"),
    };
    for (file, text) in FILES {
        let path = folder.join(file);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).with_context(|| format!("{} can't be made", parent.display()))?;
        }
        let text = text
            .replace("@name@", name)
            .replace("@module@", &name.replace('-', "_"))
            .replace("@sdk@", &dependency);
        fs::write(&path, text).with_context(|| format!("{} can't be written", path.display()))?;
    }
    // The versions that the SDK is built and tested with: so nothing has to be looked up, and nothing new comes in.
    let lock = sdk.as_deref().and_then(|sdk| sdk.ancestors().nth(2)).map(|root| root.join("Cargo.lock"));
    if let Some(lock) = lock.filter(|lock| lock.is_file()) {
        fs::copy(&lock, folder.join("Cargo.lock"))
            .with_context(|| format!("{} can't be copied", lock.display()))?;
    }
    out(&format!("{name}: a rule that counts good ratings in a row, in {} files", FILES.len()))?;
    out(&format!("next: cd {name} && cargo test && plaudit plugin test"))?;
    Ok(0)
}

/// The SDK of the checkout that a folder is in, or that stands beside one of its parents.
fn near(folder: &Path) -> Option<PathBuf> {
    let in_or_beside =
        folder.ancestors().flat_map(|parent| [parent.join(SDK), parent.join("plaudit").join(SDK)]);
    in_or_beside.filter(|path| is_sdk(path)).find_map(|path| fs::canonicalize(path).ok())
}

fn is_sdk(folder: &Path) -> bool {
    fs::read_to_string(folder.join("Cargo.toml")).is_ok_and(|text| text.contains("name = \"plaudit-sdk\""))
}
