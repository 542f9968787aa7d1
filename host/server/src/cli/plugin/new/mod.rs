//! `plaudit plugin new`: a rule's folder that builds, tests and lints clean as it is. A language is a file here, which
//! gives its [`Template`].

mod python;
mod rust;
mod typescript;

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, ensure};
use clap::ValueEnum;

use crate::cli::out;

/// Where the SDK is found when nobody says and no checkout is near.
const REPOSITORY: &str = env!("CARGO_PKG_REPOSITORY");

/// Files that are the same in every language: path, text.
const SHARED: [(&str, &str); 7] = [
    ("settings.toml", include_str!("../template/shared/settings.toml.txt")),
    ("events.ndjson", include_str!("../template/shared/events.ndjson")),
    ("texts/en.ftl", include_str!("../template/shared/texts/en.ftl")),
    ("texts/es.ftl", include_str!("../template/shared/texts/es.ftl")),
    ("texts/lt.ftl", include_str!("../template/shared/texts/lt.ftl")),
    ("texts/zh-Hans.ftl", include_str!("../template/shared/texts/zh-Hans.ftl")),
    ("texts/zh-Hant.ftl", include_str!("../template/shared/texts/zh-Hant.ftl")),
];

/// What stands for `@…@` in the files of a template.
type Words = Vec<(&'static str, String)>;

/// What a new rule of a language begins with.
struct Template {
    /// Files of its own: path, text. `@name@` and what `words` gives are replaced.
    files: &'static [(&'static str, &'static str)],
    /// The folder of the SDK in a checkout.
    sdk: &'static str,
    /// A file of that folder, and what stands in it.
    sdk_mark: (&'static str, &'static str),
    /// Names that a rule can't have.
    taken: &'static [&'static str],
    /// From the rule's name, its absolute folder and that of the SDK (if there is one near): what stands for `@…@`.
    words: fn(&str, &Path, Option<&Path>) -> anyhow::Result<Words>,
    /// What is left to do once the files are there: the rule's folder and that of the SDK.
    after: fn(&Path, Option<&Path>) -> anyhow::Result<()>,
    /// What to type next.
    next: &'static str,
}

/// Languages that rules are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Language {
    Rust,
    Typescript,
    Python,
}

impl Language {
    fn template(self) -> Template {
        match self {
            Self::Rust => rust::TEMPLATE,
            Self::Typescript => typescript::TEMPLATE,
            Self::Python => python::TEMPLATE,
        }
    }
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
    /// The SDK's folder. Without it: that of the language (such as sdk/rust) in the checkout that this folder is in or
    /// beside; else, for Rust, the SDK is fetched from its repository at the first build.
    #[arg(long, value_name = "FOLDER", env = "PLAUDIT_SDK")]
    sdk: Option<PathBuf>,
}

/// Makes the folder; gives the exit code.
pub(super) fn run(args: &Args) -> anyhow::Result<u8> {
    let template = args.lang.template();
    let name = &args.name;
    let is_name = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.len() <= 64
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    ensure!(
        is_name,
        "{name:?} is no name for a rule: begin with a lower-case letter; up to 64 of a-z, 0-9 and `-`"
    );
    ensure!(!template.taken.contains(&name.as_str()), "{name:?} is taken; choose another name");
    let here = fs::canonicalize(env::current_dir()?)?;
    let folder = here.join(name);
    ensure!(!folder.exists(), "{name} is there already; nothing was changed");
    let sdk = match &args.sdk {
        Some(sdk) => {
            ensure!(
                template.is_sdk(sdk),
                "{} is not the SDK's folder: it is {} of a checkout",
                sdk.display(),
                template.sdk
            );
            Some(fs::canonicalize(sdk)?)
        }
        None => template.near(&here),
    };
    let count = template.write(name, &folder, sdk.as_deref())?;
    out(&format!("{name}: a rule that counts good ratings in a row, in {count} files"))?;
    out(&format!("next: cd {name} && {}", template.next))?;
    Ok(0)
}

impl Template {
    /// Writes the files; gives how many.
    fn write(&self, name: &str, folder: &Path, sdk: Option<&Path>) -> anyhow::Result<usize> {
        let words = (self.words)(name, folder, sdk)?;
        for (file, text) in self.files.iter().chain(&SHARED) {
            let path = folder.join(file);
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent).with_context(|| format!("{} can't be made", parent.display()))?;
            }
            let text = words
                .iter()
                .fold(text.replace("@name@", name), |text, (word, value)| text.replace(word, value));
            fs::write(&path, text).with_context(|| format!("{} can't be written", path.display()))?;
        }
        (self.after)(folder, sdk)?;
        Ok(self.files.len() + SHARED.len())
    }

    /// The SDK of the checkout that a folder is in, or that stands beside one of its parents.
    fn near(&self, folder: &Path) -> Option<PathBuf> {
        let in_or_beside = folder
            .ancestors()
            .flat_map(|parent| [parent.join(self.sdk), parent.join("plaudit").join(self.sdk)]);
        in_or_beside.filter(|path| self.is_sdk(path)).find_map(|path| fs::canonicalize(path).ok())
    }

    fn is_sdk(&self, folder: &Path) -> bool {
        let (file, mark) = self.sdk_mark;
        fs::read_to_string(folder.join(file)).is_ok_and(|text| text.contains(mark))
    }
}
