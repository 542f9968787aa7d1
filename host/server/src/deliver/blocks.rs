//! Messages as Block Kit: a heading if there are several, then one section each.

use plaudit_store::family::outbox::Message;
use serde_json::{Value, json};

use super::planner::BUNDLE_MAX;
use crate::texts::{Locale, Reader, Said, Texts, shorten};

/// Blocks of a message.
pub(super) const BLOCKS_MAX: usize = 50;
/// Text of a section, in characters.
pub(super) const SECTION_CHARS_MAX: usize = 3000;
/// Text of a header, in characters.
pub(super) const HEADER_CHARS_MAX: usize = 150;
/// Text for notifications; the API cuts at 40,000, people much earlier.
const TEXT_CHARS_MAX: usize = 2000;

/// What a chat message carries besides its address.
#[derive(Debug)]
pub(super) struct ChatMessage {
    /// What notifications and screen readers say.
    pub(super) text: String,
    pub(super) blocks: Vec<Value>,
}

/// Messages to one person or room.
pub(super) fn render(texts: &Texts, locale: Locale, messages: &[Message], reader: Reader) -> ChatMessage {
    let said: Vec<Said> = messages.iter().map(|m| texts.say(locale, m, reader)).collect();
    let news = texts.own(locale, "news", &[("n", said.len().into())]);
    let mut blocks = Vec::with_capacity(BLOCKS_MAX);
    if said.len() > 1 {
        let text = shorten(&news, HEADER_CHARS_MAX);
        blocks.push(json!({ "type": "header", "text": { "type": "plain_text", "text": text } }));
    }
    blocks.extend(said.iter().take(BUNDLE_MAX).map(section));
    if said.len() > BUNDLE_MAX {
        let more = texts.own(locale, "and-more", &[("n", (said.len() - BUNDLE_MAX).into())]);
        blocks.push(json!({ "type": "context", "elements": [{ "type": "plain_text", "text": more }] }));
    }
    let lines: Vec<String> = said.iter().map(Said::line).collect();
    let text = if lines.len() > 1 { format!("{news}: {}", lines.join(" · ")) } else { lines.concat() };
    ChatMessage { text: escaped(&text, TEXT_CHARS_MAX), blocks }
}

fn section(said: &Said) -> Value {
    let link = said.link.as_ref().map(|l| format!("\n<{}|{}>", escaped(&l.url, 1000), escaped(&l.label, 100)));
    let link = link.unwrap_or_default();
    let body = escaped(&said.line(), SECTION_CHARS_MAX - link.chars().count());
    json!({ "type": "section", "text": { "type": "mrkdwn", "text": format!("{body}{link}") } })
}

/// The three characters that mean something to the service are escaped, so that no name or prize can mention a channel
/// or carry a link; the result is not longer than asked for, and no escape is cut in two.
fn escaped(text: &str, chars_max: usize) -> String {
    let (mut out, mut chars) = (String::with_capacity(text.len()), 0);
    for c in text.chars() {
        let (escape, width) = match c {
            '&' => ("&amp;", 5),
            '<' => ("&lt;", 4),
            '>' => ("&gt;", 4),
            _ => ("", 1),
        };
        if chars + width > chars_max.saturating_sub(1) {
            out.push('…');
            break;
        }
        if escape.is_empty() {
            out.push(c);
        } else {
            out.push_str(escape);
        }
        chars += width;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_said_can_call_a_channel_and_nothing_is_too_long() {
        assert_eq!(escaped("<!channel> & co", 100), "&lt;!channel&gt; &amp; co");
        assert_eq!(escaped("&&&", 11), "&amp;&amp;…");
        let line = "&".repeat(5000);
        let link = crate::texts::Link { label: "Why →".into(), url: "https://x.example/a?b&c".into() };
        let block = section(&Said { sentence: line, fact: None, link: Some(link) });
        let text = block["text"]["text"].as_str().unwrap();
        assert!(text.chars().count() <= SECTION_CHARS_MAX, "{}", text.chars().count());
        assert!(text.ends_with("…\n<https://x.example/a?b&amp;c|Why →>"), "{}", &text[text.len() - 60..]);
    }
}
