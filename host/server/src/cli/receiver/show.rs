//! How a message is shown: who reads it, in which language, and what it says.

use std::{collections::BTreeMap, io::Write as _, sync::Arc};

use anyhow::Context as _;

/// Longest text that is shown, in characters; a terminal is no mail reader.
const SHOWN_CHARS_MAX: usize = 400;

/// Somebody behind an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Full name.
    pub name: String,
    /// Language tag, such as `lt`.
    pub locale: String,
}

/// Who stands behind which chat id or mail address.
#[derive(Clone, Debug, Default)]
pub struct People(BTreeMap<String, Person>);

impl People {
    /// From a roster as `plaudit simulate --roster` writes it.
    ///
    /// # Errors
    /// When it is no CSV or lacks one of the columns name, mail, chat, locale.
    pub fn from_csv(text: &str) -> anyhow::Result<Self> {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let headers = reader.headers()?.clone();
        let column = |name: &str| {
            headers.iter().position(|h| h == name).with_context(|| format!("the roster has no column {name}"))
        };
        let [name, mail, chat, locale] =
            [column("name")?, column("mail")?, column("chat")?, column("locale")?];
        let mut people = BTreeMap::new();
        for row in reader.records() {
            let row = row?;
            let person = Person { name: row[name].to_owned(), locale: row[locale].to_owned() };
            people.insert(row[mail].to_owned(), person.clone());
            people.insert(row[chat].to_owned(), person);
        }
        Ok(Self(people))
    }

    /// `Rūta Kazlauskaitė · lt`, or the address itself.
    pub(super) fn shown(&self, address: &str) -> String {
        self.0.get(address).map_or_else(|| address.to_owned(), |p| format!("{} · {}", p.name, p.locale))
    }
}

/// Where lines go, with colour or without.
#[derive(Clone)]
pub struct Printer {
    write: Arc<dyn Fn(&str) + Send + Sync>,
    colour: bool,
}

impl Printer {
    /// Lines go to `write`; `colour` only for a terminal.
    pub fn new(colour: bool, write: impl Fn(&str) + Send + Sync + 'static) -> Self {
        Self { write: Arc::new(write), colour }
    }

    /// Lines go to the standard output.
    pub fn stdout(colour: bool) -> Self {
        Self::new(colour, |line| {
            // A reader that went away is no reason to stop receiving.
            let _ = writeln!(std::io::stdout().lock(), "{line}");
        })
    }

    /// One line as it is.
    pub fn line(&self, line: &str) {
        (self.write)(line);
    }

    /// A message: the channel softly, the reader boldly, then the text.
    pub(super) fn message(&self, channel: &str, reader: &str, text: &str) {
        let text = tidy(text);
        let line = if self.colour {
            format!("\x1b[2m{channel:<5}\x1b[0m \x1b[1m{}\x1b[0m  {text}", tidy(reader))
        } else {
            format!("{channel:<5} {}  {text}", tidy(reader))
        };
        self.line(&line);
    }
}

/// One line without control characters (a message must not drive the terminal), cut where it becomes long.
fn tidy(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut shown: String = words.chars().filter(|c| !c.is_control()).take(SHOWN_CHARS_MAX).collect();
    if words.chars().count() > SHOWN_CHARS_MAX {
        shown.push('…');
    }
    shown
}
