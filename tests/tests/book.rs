//! The book: every page is a chapter, every link leads somewhere, and what pages list is what the code has.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn none(wrong: &[String], what_to_do: &str) {
    assert!(wrong.is_empty(), "{what_to_do}:\n  {}", wrong.join("\n  "));
}

/// The pages of the book, by file name.
fn pages() -> BTreeMap<String, String> {
    let folder = fs::read_dir(root().join("docs")).expect("docs");
    let names = folder.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
    let pages = names.filter(|name| name.ends_with(".md") && name != "SUMMARY.md");
    pages.map(|name| (name.clone(), text(&format!("docs/{name}")))).collect()
}

/// A page without what stands in blocks of code.
fn prose(page: &str) -> String {
    let mut within = false;
    let lines = page.lines().filter(|line| {
        let fence = line.trim_start().starts_with("```");
        within ^= fence;
        !within && !fence && !line.starts_with("    ")
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Where a page's links lead: what stands in `](…)`, but for addresses of the web.
fn links(page: &str) -> Vec<String> {
    let page = prose(page);
    let targets = page.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    targets.filter(|target| !target.contains("://")).map(str::to_owned).collect()
}

/// Names of a page's headings as mdBook and the usual git hosts make them.
fn anchors(page: &str) -> BTreeSet<String> {
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    let prose = prose(page);
    let headings =
        prose.lines().filter(|line| line.starts_with('#')).map(|line| line.trim_start_matches('#').trim());
    let names = headings.map(|heading| {
        let kept = heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
        let name = kept.collect::<String>().to_lowercase().replace(' ', "-");
        let count = seen.entry(name.clone()).or_default();
        *count += 1;
        if *count == 1 { name } else { format!("{name}-{}", *count - 1) }
    });
    names.collect()
}

#[test]
fn every_page_is_a_chapter_and_every_chapter_a_page() {
    let chapters: BTreeSet<String> = links(&text("docs/SUMMARY.md")).into_iter().collect();
    let pages: BTreeSet<String> = pages().into_keys().collect();
    assert_eq!(chapters, pages, "docs/SUMMARY.md has one line for each page of docs");
}

#[test]
fn every_link_leads_somewhere() {
    let mut wrong = Vec::new();
    let mut check = |folder: &str, name: &str, page: &str| {
        for target in links(page) {
            let (file, anchor) = target.split_once('#').unwrap_or((&target, ""));
            let file = if file.is_empty() { name } else { file };
            let path = root().join(folder).join(file);
            let is_outside = folder == "docs" && (file.contains('/') || !path.is_file());
            if is_outside {
                wrong.push(format!("{folder}/{name}: ({target}) leads out of the book"));
            } else if !path.exists() {
                wrong.push(format!("{folder}/{name}: ({target}) leads nowhere"));
            } else if !anchor.is_empty()
                && !anchors(&fs::read_to_string(&path).unwrap_or_default()).contains(anchor)
            {
                wrong.push(format!("{folder}/{name}: ({target}): the page has no such heading"));
            }
        }
    };
    for (name, page) in pages() {
        check("docs", &name, &page);
    }
    for name in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"] {
        check(".", name, &text(name));
    }
    none(&wrong, "pages of the book link to pages beside them, and to headings that are there");
}

#[test]
fn nothing_is_included_that_a_git_host_would_not_show() {
    let includes = |(name, page): (String, String)| page.contains("{{#").then_some(name);
    let wrong: Vec<String> = pages().into_iter().filter_map(includes).collect();
    none(
        &wrong,
        "quote the file instead (```rust examples/…): a test compares it, and it can be read everywhere",
    );
}

#[test]
fn links_and_headings_are_read_from_pages() {
    let page = "# Who *won*?\n[a](b.md#c) [d](https://x)\n```\n[no](no.md)\n# no\n```\n## new\n## new\n### `at`: 1.5\n";
    assert_eq!(links(page), ["b.md#c"]);
    assert_eq!(anchors(page).into_iter().collect::<Vec<_>>(), ["at-15", "new", "new-1", "who-won"]);
}

/// `pub const NAME: type = 64 * 1024;` of a file, as numbers.
fn constants(source: &str) -> BTreeMap<String, u128> {
    let mut found = BTreeMap::new();
    for line in source.lines() {
        let declared = line.strip_prefix("pub const ").or_else(|| line.strip_prefix("pub(crate) const "));
        let Some((name, value)) = declared.and_then(|rest| rest.split_once(':')) else { continue };
        let value = value.split_once('=').map_or("", |(_, value)| value).trim().trim_end_matches(';');
        let factors = value.split('*').map(|factor| factor.trim().replace('_', "").parse::<u128>());
        let product: Result<u128, _> = factors.product();
        found.insert(name.to_owned(), product.unwrap_or_else(|error| panic!("{line}: {error}")));
    }
    found
}

/// 65536 → 65,536.
fn grouped(number: u128) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().map(|group| str::from_utf8(group).expect("digits")).collect();
    groups.join(",")
}

/// The cells of a page's table rows.
fn rows(page: &str) -> Vec<Vec<String>> {
    let rows = page.lines().filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"));
    rows.map(|row| row.split('|').map(|cell| cell.trim().to_owned()).collect()).collect()
}

/// What stands in backquotes as a whole.
fn quoted(cell: &str) -> Option<&str> {
    cell.strip_prefix('`')?.strip_suffix('`').filter(|name| !name.contains('`'))
}

#[test]
fn limits_are_as_the_page_says() {
    let mut code = constants(&text("host/core/src/limits.rs"));
    code.extend(constants(&text("host/runtime/src/bounds.rs")));
    assert!(code.len() > 50, "only {} constants were found", code.len());
    let mut wrong = Vec::new();
    for row in rows(&text("docs/limits.md")) {
        let Some(name) = row.first().and_then(|cell| quoted(cell)) else { continue };
        let said = row.get(1).and_then(|value| value.split(' ').next()).unwrap_or_default();
        match code.remove(name) {
            None => wrong.push(format!("{name} is not in the code, or twice on the page")),
            Some(value) if grouped(value) != said => {
                wrong.push(format!("{name} is {}, not {said}", grouped(value)))
            }
            Some(_) => {}
        }
    }
    wrong.extend(
        code.into_iter().map(|(name, value)| format!("{name} ({}) is not on the page", grouped(value))),
    );
    none(&wrong, "docs/limits.md lists every limit with its value");
}

/// Sources of a folder of the server, without tests.
fn sources(folder: &Path, into: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("a folder of the server") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if path.is_dir() && name != "tests" {
            sources(&path, into);
        } else if name.ends_with(".rs") && name != "tests.rs" {
            let source = fs::read_to_string(&path).expect("a source");
            into.push(source.split("\n#[cfg(test)]\nmod tests {").next().unwrap_or_default().to_owned());
        }
    }
}

fn server(folders: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for folder in folders {
        sources(&root().join("host/server/src").join(folder), &mut found);
    }
    found
}

/// Addresses of the API with the least scope of a token, as `docs/access.md` has them: a test of the server holds that page
/// and its routes together.
fn addresses() -> BTreeMap<String, String> {
    let is_of_api = |address: &str| {
        ["/v1/", "/healthz", "/readyz", "/metrics"].iter().any(|at| address.contains(&format!(" {at}")))
    };
    let address = |row: Vec<String>| {
        let address = quoted(row.first()?).filter(|address| is_of_api(address))?.to_owned();
        Some((address, row.get(1)?.replace("everybody", "none")))
    };
    rows(&text("docs/access.md")).into_iter().filter_map(address).collect()
}

#[test]
fn every_route_of_the_server_is_on_the_page_with_its_scope() {
    let mut known = addresses();
    assert!(known.len() > 60, "only {} addresses were found: {known:?}", known.len());
    let mut wrong = Vec::new();
    for row in rows(&text("docs/api.md")) {
        let Some(route) = row.first().and_then(|cell| quoted(cell)).filter(|route| route.contains(" /"))
        else {
            continue;
        };
        let said = row.get(1).map(|scope| scope.trim_matches('`')).unwrap_or_default();
        match known.remove(route) {
            None => wrong.push(format!("{route} is not a route, or twice on the page")),
            Some(scope) if scope != said => wrong.push(format!("{route} needs {scope}, not {said}")),
            Some(_) => {}
        }
    }
    wrong.extend(known.into_keys().map(|route| format!("{route} is not on the page")));
    none(&wrong, "docs/api.md has a row for every route, with method and scope");
}

/// Codes of the problems that a source makes.
fn codes(source: &str) -> BTreeSet<String> {
    let makers = ["conflict(", "unprocessable(", "bad_request(", "new("];
    let mut found = BTreeSet::new();
    for made in source.split("Problem::").skip(1) {
        let Some(rest) = makers.iter().find_map(|maker| made.strip_prefix(maker)) else { continue };
        let rest = rest.trim_start();
        let rest = rest
            .strip_prefix("StatusCode::")
            .map_or(rest, |status| status.split_once(',').map_or("", |(_, rest)| rest).trim_start());
        if let Some(code) = rest.strip_prefix('"').and_then(|rest| rest.split('"').next()) {
            found.insert(code.to_owned());
        }
    }
    found
}

#[test]
fn every_problem_has_a_row() {
    let sources = server(&["api", "deliver", "ingest"]);
    let page = text("docs/api.md");
    let errors = page.split("## Errors").nth(1).and_then(|rest| rest.split("\n## ").next()).expect("errors");
    let listed: BTreeSet<String> = rows(errors)
        .iter()
        .filter(|row| row[0].chars().all(|c| c.is_ascii_digit()))
        .flat_map(|row| row[1].split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>())
        .collect();
    let mut wrong = Vec::new();
    for code in &listed {
        let word = format!("\"{code}\"");
        if !sources.iter().any(|source| source.contains(&word)) {
            wrong.push(format!("{code} is nowhere in the server"));
        }
    }
    let made: BTreeSet<String> = sources.iter().flat_map(|source| codes(source)).collect();
    assert!(made.len() > 30, "only {} codes were found: {made:?}", made.len());
    wrong.extend(made.difference(&listed).map(|code| format!("{code} is not on the page")));
    none(&wrong, "docs/api.md lists the codes of problems");
}

/// Names that a WIT file declares: types, fields, cases, functions.
fn names_of_wit(source: &str) -> BTreeSet<String> {
    let code: String =
        source.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n");
    let is_name = |word: &str| {
        !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    };
    let mut names = BTreeSet::new();
    // What stands before a colon is a field, a parameter or a function; what follows a keyword is a type.
    for (at, _) in code.match_indices(':') {
        let word =
            code[..at].rsplit(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).next().unwrap_or_default();
        names.insert(word.to_owned());
    }
    let words: Vec<&str> =
        code.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).filter(|w| !w.is_empty()).collect();
    for pair in words.windows(2) {
        if ["record", "variant", "enum", "type", "interface", "world"].contains(&pair[0]) {
            names.insert(pair[1].to_owned());
        }
    }
    // Cases: the words of an enum or variant's braces.
    for kind in ["enum ", "variant "] {
        for body in code.split(kind).skip(1).filter_map(|rest| rest.split('{').nth(1)?.split('}').next()) {
            for case in body.split(',') {
                names.insert(case.trim().split('(').next().unwrap_or_default().trim().to_owned());
            }
        }
    }
    names.retain(|name| is_name(name) && name != "plaudit");
    names
}

/// Fields of the structs that serde reads, as the manifest and the plan have them.
fn names_of_documents(source: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for item in source.split("#[derive(").skip(1) {
        let (derives, rest) = item.split_once(")]").unwrap_or_default();
        let is_struct = rest.lines().any(|line| line.starts_with("pub struct ") && line.ends_with('{'));
        if derives.contains("Deserialize") && is_struct {
            let body = rest.split("\n}").next().unwrap_or_default();
            let fields = body.lines().filter_map(|line| line.strip_prefix("    pub ")?.split_once(':'));
            names.extend(fields.map(|(name, _)| name.to_owned()));
        }
    }
    names
}

#[test]
fn the_contract_s_page_has_every_name() {
    let page = text("docs/contract.md");
    let is_there = |name: &String| page.contains(&format!("`{name}`")) || page.contains(&format!("`{name}:"));
    let wit = names_of_wit(&text("sdk/wit/rule.wit"));
    let documents = names_of_documents(&text("host/core/src/rule/plan.rs"));
    assert!(wit.len() > 90 && documents.len() > 25, "{} and {} names were found", wit.len(), documents.len());
    let mut wrong: Vec<String> =
        wit.iter().filter(|name| !is_there(name)).map(|name| format!("`{name}` of rule.wit")).collect();
    wrong.extend(
        documents
            .iter()
            .filter(|name| !is_there(name))
            .map(|name| format!("`{name}` of host/core/src/rule/plan.rs")),
    );
    none(&wrong, "docs/contract.md explains every type, field, case and function, in backquotes");
}
