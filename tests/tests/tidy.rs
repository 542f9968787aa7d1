//! House rules as tests. Each says what is wrong, where, and what to do.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// A file that is longer has two things to say.
const LINES_MAX: usize = 700;
/// The languages of everything people read.
const LOCALES: [&str; 5] = ["en", "es", "lt", "zh-Hans", "zh-Hant"];
/// Folders that are no part of the source, where there is no git to ask.
const NOT_SOURCE: [&str; 6] = [".git", "target", "data", "node_modules", "__pycache__", ".venv"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests stand in the workspace")
}

/// Every file of the project with its path from the root: what git knows or would take in; without git, all files.
fn files() -> Vec<PathBuf> {
    let listed = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output();
    let mut files = match listed {
        Ok(output) if output.status.success() => {
            let names = String::from_utf8(output.stdout).expect("names are UTF-8");
            names.split('\0').filter(|name| !name.is_empty()).map(PathBuf::from).collect()
        }
        _ => walked(root()),
    };
    files.retain(|file| root().join(file).is_file());
    files.sort();
    files.dedup();
    assert!(files.len() > 50, "only {} files found below {}", files.len(), root().display());
    files
}

fn walked(dir: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(dir).expect("a folder of the project") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if path.is_dir() && !NOT_SOURCE.contains(&name) {
            files.extend(walked(&path));
        } else if path.is_file() {
            files.push(path.strip_prefix(root()).expect("below the root").to_owned());
        }
    }
    files
}

/// The files that are text, with their text.
fn texts() -> Vec<(PathBuf, String)> {
    let read = |file: PathBuf| fs::read_to_string(root().join(&file)).ok().map(|text| (file, text));
    files().into_iter().filter_map(read).collect()
}

fn rust_files() -> Vec<(PathBuf, String)> {
    texts()
        .into_iter()
        .filter(|(file, _)| file.extension().is_some_and(|extension| extension == "rs"))
        .collect()
}

fn none(wrong: &[String], what_to_do: &str) {
    assert!(wrong.is_empty(), "{what_to_do}:\n  {}", wrong.join("\n  "));
}

#[test]
fn no_file_is_longer_than_a_reader_s_patience() {
    let long = |(file, text): (PathBuf, String)| {
        let lines = text.lines().count();
        (lines > LINES_MAX).then(|| format!("{} has {lines} lines", file.display()))
    };
    let wrong: Vec<String> = rust_files().into_iter().filter_map(long).collect();
    none(&wrong, "split these by what they decide");
}

/// Which folder of somebody's machine a line names at the start of a path, if any.
fn machine_path(line: &str) -> Option<&'static str> {
    // Written in pieces, so that this file does not accuse itself.
    const FOLDERS: [&str; 4] =
        [concat!("/", "root"), concat!("/", "home"), concat!("/", "work"), concat!("/", "Users")];
    FOLDERS.into_iter().find(|folder| {
        line.match_indices(folder).any(|(at, _)| {
            let before = line[..at].chars().next_back();
            let after = line[at + folder.len()..].chars().next();
            let starts = before
                .is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '.' | '/' | '-' | '_' | '}' | '~'));
            starts && after == Some('/')
        })
    })
}

#[test]
fn no_file_knows_somebody_s_machine() {
    let mut wrong = Vec::new();
    for (file, text) in texts() {
        for (at, line) in text.lines().enumerate() {
            if let Some(folder) = machine_path(line) {
                wrong.push(format!("{}:{} names {folder}/…", file.display(), at + 1));
            }
        }
    }
    none(&wrong, "write paths from the project's folder, or take them as a setting");
}

#[test]
fn machine_paths_are_told_from_addresses() {
    let (own, others) = (concat!("/", "home"), concat!("/", "work"));
    for line in [format!("cd {own}/me/plaudit"), format!("\"{others}/wt\""), format!("{own}/x")] {
        assert!(machine_path(&line).is_some(), "{line}");
    }
    for line in [
        format!("https://example.com{own}/page"),
        format!("a-day-at{others}/x"),
        format!("{own}work/x"),
        format!("{own} sweet {own}"),
    ] {
        assert!(machine_path(&line).is_none(), "{line}");
    }
}

#[test]
fn nothing_is_left_to_do_in_code() {
    let unfinished = [concat!("todo", "!("), concat!("unimplemented", "!(")];
    let mut wrong = Vec::new();
    for (file, text) in rust_files() {
        for (at, line) in text.lines().enumerate() {
            if let Some(found) = unfinished.iter().find(|word| line.contains(*word)) {
                wrong.push(format!("{}:{} has {found}…)", file.display(), at + 1));
            }
        }
    }
    none(&wrong, "finish it, or return an error that says what is missing");
}

#[test]
fn no_lock_file_of_npm_names_a_registry() {
    let is_lock = |file: &Path| file.to_string_lossy().contains("package-lock.json");
    let named = |(file, text): (PathBuf, String)| {
        (is_lock(&file) && text.contains("\"resolved\": \"http")).then(|| file.display().to_string())
    };
    let wrong: Vec<String> = texts().into_iter().filter_map(named).collect();
    none(&wrong, "write them with `omit-lockfile-registry-resolved=true` in .npmrc");
}

#[test]
fn a_new_rule_in_typescript_has_the_packages_of_the_example() {
    let read = |path: &str| fs::read_to_string(root().join(path)).expect("a lock file");
    let example = read("examples/first-rule-ts/package-lock.json");
    let example = example.replace("\"first-rule-ts\"", "\"@name@\"").replace("../../sdk/js", "@sdk@");
    let template = read("host/server/src/cli/plugin/template/typescript/package-lock.json.txt");
    let differing = example.lines().zip(template.lines()).find(|(ours, theirs)| ours != theirs);
    assert_eq!(differing, None, "take the example's lock file into the template");
    assert_eq!(example.lines().count(), template.lines().count());
}

/// The rooms of the README's table: what stands in backquotes in the first column.
fn rooms(readme: &str) -> Vec<String> {
    let map = readme.split("## A map of the rooms").nth(1).unwrap_or_default();
    let map = map.split("\n## ").next().unwrap_or_default();
    let cells = map.lines().filter_map(|line| line.strip_prefix('|')?.split('|').next());
    cells.flat_map(|cell| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>()).collect()
}

#[test]
fn every_room_of_the_map_exists_and_every_room_is_on_the_map() {
    let readme = fs::read_to_string(root().join("README.md")).expect("README.md");
    let rooms = rooms(&readme);
    let missing: Vec<String> = rooms.iter().filter(|room| !root().join(room).is_dir()).cloned().collect();
    none(&missing, "README.md's map shows rooms that are not there");
    let on_map =
        |folder: &str| rooms.iter().any(|room| room == folder || room.starts_with(&format!("{folder}/")));
    let top = files().into_iter().filter(|file| file.components().count() > 1);
    let top: BTreeSet<String> = top
        .filter_map(|file| {
            file.components().next().map(|first| first.as_os_str().to_string_lossy().into_owned())
        })
        .filter(|folder| !folder.starts_with('.'))
        .collect();
    let unknown: Vec<String> = top.into_iter().filter(|folder| !on_map(folder)).collect();
    none(&unknown, "README.md's map lacks these folders");
}

#[test]
fn what_the_readme_points_to_is_there() {
    let readme = fs::read_to_string(root().join("README.md")).expect("README.md");
    let mut wrong = Vec::new();
    for target in readme.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
        if !target.starts_with("http") && !root().join(target).exists() {
            wrong.push(format!("({target})"));
        }
    }
    for name in readme.split('`').skip(1).step_by(2) {
        let is_path = name.contains('/') && !name.contains([' ', '{']) && !name.starts_with('/');
        let is_page = !name.contains('/') && name.ends_with(".md");
        if (is_path || is_page) && !root().join(name).exists() {
            wrong.push(name.to_owned());
        }
    }
    none(&wrong, "README.md points to what is not there");
}

/// Ids of messages and their attributes in a Fluent resource: lines that begin with an identifier and `=`, and
/// indented `.attribute =` below them.
fn message_ids(resource: &str) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    let mut message = String::new();
    for line in resource.lines() {
        let Some((name, _)) = line.split_once('=') else { continue };
        let indented = line.starts_with(' ');
        let name = name.trim();
        let is_identifier = |name: &str| {
            !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        };
        match name.strip_prefix('.') {
            Some(attribute) if indented && is_identifier(attribute) => {
                ids.insert(format!("{message}.{attribute}"));
            }
            None if !indented && is_identifier(name.trim_start_matches('-')) => {
                name.clone_into(&mut message);
                ids.insert(message.clone());
            }
            _ => {}
        }
    }
    ids
}

#[test]
fn message_ids_are_read_from_fluent() {
    let resource = "# a comment = no message\nwon = Won\n    .help = Why\nn-wins =\n    { $n ->\n        [one] one = 1\n       *[other] many\n    }\n-brand = Plaudit\n";
    let expected: BTreeSet<String> = ["won", "won.help", "n-wins", "-brand"].map(str::to_owned).into();
    assert_eq!(message_ids(resource), expected);
}

/// Folders of texts: each official plugin, and examples that have one.
fn text_folders() -> BTreeMap<PathBuf, Vec<PathBuf>> {
    let mut folders: BTreeMap<PathBuf, Vec<PathBuf>> = BTreeMap::new();
    for file in files() {
        if file.starts_with("plugins") && file.components().count() == 3 && file.ends_with("Cargo.toml") {
            folders.entry(file.with_file_name("texts")).or_default();
        }
        if file.extension().is_some_and(|extension| extension == "ftl")
            && let Some(parent) = file.parent()
        {
            folders.entry(parent.to_owned()).or_default().push(file.clone());
        }
    }
    folders
}

#[test]
fn every_text_is_there_in_five_languages() {
    let folders = text_folders();
    assert!(folders.len() >= 4, "the official plugins are four, found {:?}", folders.keys());
    let mut wrong = Vec::new();
    for (folder, files) in folders {
        let found: BTreeSet<String> =
            files.iter().filter_map(|f| f.file_stem()).map(|s| s.to_string_lossy().into_owned()).collect();
        let wanted: BTreeSet<String> = LOCALES.map(str::to_owned).into();
        if found != wanted {
            wrong.push(format!("{} has {found:?}, not {wanted:?}", folder.display()));
            continue;
        }
        let ids = |locale: &str| {
            let text = fs::read_to_string(root().join(&folder).join(format!("{locale}.ftl")));
            message_ids(&text.expect("a text of the project"))
        };
        // English titles of settings stand in the schema itself, so only the four translations have to agree on them.
        let is_setting = |id: &&String| id.starts_with("settings-");
        let said = |ids: &BTreeSet<String>| {
            ids.iter().filter(|id| !is_setting(id)).cloned().collect::<BTreeSet<_>>()
        };
        let settings =
            |ids: &BTreeSet<String>| ids.iter().filter(is_setting).cloned().collect::<BTreeSet<_>>();
        let (english, first) = (ids("en"), ids(LOCALES[1]));
        if said(&english).is_empty() {
            wrong.push(format!("{}/en.ftl has no message", folder.display()));
        }
        for locale in &LOCALES[1..] {
            let own = ids(locale);
            let mut differing: BTreeSet<String> =
                said(&english).symmetric_difference(&said(&own)).cloned().collect();
            differing.extend(settings(&first).symmetric_difference(&settings(&own)).cloned());
            if !differing.is_empty() {
                wrong.push(format!("{}: {locale} differs in {differing:?}", folder.display()));
            }
        }
    }
    none(&wrong, "every text needs the same messages in each language");
}

/// Blocks of a page that name a file after the language, with what they quote: pieces between lines of `…`.
fn quotes(page: &str) -> Vec<(String, Vec<Vec<String>>)> {
    let mut quotes = Vec::new();
    for block in page.split("\n```").skip(1).step_by(2) {
        let Some((head, body)) = block.split_once('\n') else { continue };
        let Some((_, file)) = head.split_once(' ') else { continue };
        let lines: Vec<String> = body.lines().map(|line| line.trim().to_owned()).collect();
        let pieces = lines.split(|line| line == "…").map(<[String]>::to_vec);
        quotes.push((file.trim().to_owned(), pieces.filter(|piece| !piece.is_empty()).collect()));
    }
    quotes
}

#[test]
fn what_pages_quote_is_in_the_code() {
    let (mut wrong, mut count) = (Vec::new(), 0);
    let pages = texts().into_iter().filter(|(file, _)| {
        (file.starts_with("docs") || *file == Path::new("README.md"))
            && file.extension().is_some_and(|e| e == "md")
    });
    for (page, text) in pages {
        for (file, pieces) in quotes(&text) {
            count += 1;
            let source = fs::read_to_string(root().join(&file)).unwrap_or_default();
            let source: Vec<&str> = source.lines().map(str::trim).collect();
            let is_there =
                |piece: &&Vec<String>| source.windows(piece.len()).any(|lines| lines == piece.as_slice());
            let missing = pieces.iter().filter(|piece| !is_there(piece));
            wrong.extend(missing.map(|piece| format!("{}: {file} has no “{}…”", page.display(), piece[0])));
        }
    }
    assert!(count >= 10, "the cookbook quotes ten recipes, {count} quotes were found");
    none(&wrong, "quote what is in the code, whole lines, with a line of … where some are left out");
}

#[test]
fn quotes_are_read_from_pages() {
    let page = "# A page\n\n```rust examples/a.rs\n  one\n…\ntwo\nthree\n```\n\n```toml\nx = 1\n```\n";
    let pieces = vec![vec!["one".to_owned()], vec!["two".to_owned(), "three".to_owned()]];
    assert_eq!(quotes(page), [("examples/a.rs".to_owned(), pieces)]);
}
