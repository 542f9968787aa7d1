//! What a page says, line by line, as it is read: kept beside the tests, so that a change of any page is seen as one.

use crate::texts::Locale;

/// Longer words with digits in them differ from run to run: ids, tokens, digests.
const WORD_MAX: usize = 15;

/// Pages of one address in each language, in the order in which they were looked at.
#[derive(Default)]
pub(super) struct Album(Vec<(String, String)>);

impl Album {
    /// Puts a page in.
    pub(super) fn add(&mut self, name: &str, locale: Locale, page: &str) {
        let text = format!("── {} ──\n{}\n", locale.tag(), outline(page));
        match self.0.iter_mut().find(|(known, _)| known == name) {
            Some((_, all)) => all.push_str(&text),
            None => self.0.push((name.to_owned(), text)),
        }
    }

    /// Compares all of them with what is kept.
    pub(super) fn compare(self, of: &str) {
        for (name, text) in self.0 {
            let file = masked(&name).replace(|c: char| !c.is_ascii_alphanumeric(), "-");
            let file = format!("{of}-{}", file.trim_matches('-'));
            insta::with_settings!({ prepend_module_to_snapshot => false, snapshot_path => "pages", omit_expression => true }, {
                insta::assert_snapshot!(file.trim_end_matches('-').to_owned(), text);
            });
        }
    }
}

/// A line for each thing that is read, and what can be done there.
fn outline(page: &str) -> String {
    let body = page.split_once("<body").map_or(page, |(_, body)| body);
    let mut lines: Vec<String> = Vec::new();
    let mut is_silent = false;
    for piece in body.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').unwrap_or((piece, ""));
        let name = tag.split([' ', '\n', '/']).next().unwrap_or_default();
        match name {
            "svg" | "noscript" => is_silent = true,
            "" if tag.starts_with("/svg") || tag.starts_with("/noscript") => is_silent = false,
            _ => {}
        }
        if let Some(label) = attribute(tag, "aria-label") {
            lines.push(format!("[{label}]"));
        }
        lines.extend(doing(name, tag));
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !is_silent && !text.is_empty() {
            let mark = if matches!(name, "h1" | "h2" | "h3") { "# " } else { "" };
            lines.push(format!("{mark}{}", plain(&text)));
        }
    }
    lines.iter().map(|line| masked(line)).collect::<Vec<_>>().join("\n")
}

/// What one can do with it.
fn doing(name: &str, tag: &str) -> Option<String> {
    let of = |key| attribute(tag, key).unwrap_or_default();
    match name {
        "a" => Some(format!("→ {}", of("href"))),
        "form" => Some(format!("form {}", of("action"))),
        "input" if of("type") == "hidden" => None,
        "input" => {
            let ticked = if tag.contains(" checked") { " ticked" } else { "" };
            Some(format!("field {} {} {}{ticked}", of("name"), of("type"), of("value")).trim_end().to_owned())
        }
        "select" | "textarea" => Some(format!("{name} {}", of("name"))),
        "button" => Some(format!("button {} {}", of("name"), of("value")).trim_end().to_owned()),
        "option" if tag.contains(" selected") => Some("chosen:".to_owned()),
        _ => None,
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split_once('"').map(|(value, _)| plain(value))
}

fn plain(text: &str) -> String {
    let marks =
        [("&#38;", "&"), ("&#60;", "<"), ("&#62;", ">"), ("&#34;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    marks.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

/// Without what differs from run to run.
fn masked(text: &str) -> String {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    // Names of things are small letters with dashes.
    let is_random = |word: &str| {
        word.len() > WORD_MAX
            && word.contains(|c: char| c.is_ascii_digit())
            && (!word.contains('-') || word.contains(|c: char| c.is_ascii_uppercase()))
    };
    let mut out = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|c: char| is_part(c) != is_part(first)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        out.push_str(if is_part(first) && is_random(word) { "…" } else { word });
        rest = after;
    }
    out
}

#[test]
fn an_outline_has_what_is_read_and_what_can_be_done() {
    let page = "<html><head><title>No</title></head><body class=\"x\">\n<h1>Who &#38; why</h1>\
                <form action=\"/drafts/d5decca175c6586e0\"><input type=\"hidden\" name=\"form\" value=\"t\">\
                <input name=\"who\" type=\"text\" value=\"Ana\"><button name=\"do\" value=\"go\">Go\n  on</button></form>\
                <svg aria-label=\"Half\"><title>x</title></svg><a href=\"/\">Home</a></body></html>";
    let read = "# Who & why\nform /drafts/…\nfield who text Ana\nbutton do go\nGo on\n[Half]\n→ /\nHome";
    assert_eq!(outline(page), read);
}
