//! The settings of a plugin as a form: from its schema, in the reader's language.

use std::collections::BTreeMap;

use plaudit_core::rule::{Manifest, Text};
use serde_json::{Map, Value};

use super::schema::{self, Wrong, Wrongs, text};
use crate::{api::house::HouseView, web::say::Say};

/// Names offered for a list that is open-ended.
const CHOICES_MAX: usize = 500;

/// A form from top to bottom: what opens and closes stands around what lies between.
pub(in crate::web) enum Piece {
    Open(Open),
    Close(Close),
    Field(Input),
}

/// The beginning of a group, a list, or a row of one.
pub(in crate::web) struct Open {
    pub(in crate::web) id: String,
    pub(in crate::web) legend: String,
    pub(in crate::web) help: Option<String>,
    pub(in crate::web) error: Option<String>,
    /// A group that may be left out: folded while it says nothing.
    pub(in crate::web) is_optional: bool,
    pub(in crate::web) is_open: bool,
    /// A row of a list.
    pub(in crate::web) is_row: bool,
    /// What takes the row away, and what that is called.
    pub(in crate::web) remove: Option<(String, String)>,
}

/// The end of it.
pub(in crate::web) struct Close {
    pub(in crate::web) is_optional: bool,
    /// Name and number of rows of a list.
    pub(in crate::web) rows: Option<(String, usize)>,
    /// What adds a row, and what that is called.
    pub(in crate::web) add: Option<(String, String)>,
}

/// A field.
#[derive(Default)]
pub(in crate::web) struct Input {
    pub(in crate::web) id: String,
    pub(in crate::web) name: String,
    pub(in crate::web) label: String,
    pub(in crate::web) help: Option<String>,
    pub(in crate::web) error: Option<String>,
    pub(in crate::web) kind: Kind,
    pub(in crate::web) value: String,
    pub(in crate::web) unit: Option<String>,
    pub(in crate::web) choices: Vec<Choice>,
    pub(in crate::web) is_checked: bool,
    pub(in crate::web) is_required: bool,
    /// It is what is changed, and stays.
    pub(in crate::web) is_fixed: bool,
}

/// How a field looks.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::web) enum Kind {
    #[default]
    Text,
    Number,
    Date,
    Area,
    Select,
    Check,
}

impl Kind {
    /// As HTML has it.
    pub(in crate::web) fn html(self) -> &'static str {
        if self == Self::Date { "date" } else { "text" }
    }

    /// Which keys a phone offers.
    pub(in crate::web) fn keys(self) -> &'static str {
        if self == Self::Number { "decimal" } else { "text" }
    }
}

/// One of several.
pub(in crate::web) struct Choice {
    pub(in crate::web) value: String,
    pub(in crate::web) label: String,
    pub(in crate::web) is_chosen: bool,
}

impl Input {
    /// What describes the field to those who hear it.
    pub(in crate::web) fn described(&self) -> String {
        let error = self.error.as_ref().map(|_| format!("{}-error", self.id));
        let help = self.help.as_ref().map(|_| format!("{}-help", self.id));
        error.into_iter().chain(help).collect::<Vec<_>>().join(" ")
    }
}

/// The id of what a pointer names.
pub(in crate::web) fn id_of(pointer: &str) -> String {
    format!("s{}", pointer.replace('/', "-"))
}

/// What makes a form of a plugin's settings.
pub(super) struct Maker<'a> {
    pub(super) say: &'a Say,
    pub(super) house: &'a HouseView,
    pub(super) digest: &'a str,
    pub(super) manifest: &'a Manifest,
    pub(super) errors: BTreeMap<String, String>,
    order: BTreeMap<String, usize>,
}

impl<'a> Maker<'a> {
    pub(super) fn new(
        say: &'a Say,
        house: &'a HouseView,
        digest: &'a str,
        manifest: &'a Manifest,
        errors: BTreeMap<String, String>,
    ) -> Self {
        Self { say, house, digest, manifest, errors, order: order(manifest) }
    }

    /// The whole form.
    pub(super) fn pieces(&self, document: &Map<String, Value>) -> Vec<Piece> {
        let mut pieces = Vec::new();
        self.object(&self.manifest.settings, "", "settings", document, &mut pieces);
        pieces
    }

    /// What it asks for, at the top.
    pub(super) fn labels(&self) -> Vec<String> {
        let pieces = self.pieces(&Map::new());
        let mut depth = 0_usize;
        let mut labels = Vec::new();
        for piece in pieces {
            match piece {
                Piece::Open(open) => {
                    if depth == 0 {
                        labels.push(open.legend);
                    }
                    depth += 1;
                }
                Piece::Close(_) => depth = depth.saturating_sub(1),
                Piece::Field(input) if depth == 0 => labels.push(input.label),
                Piece::Field(_) => {}
            }
        }
        labels
    }

    /// What is wrong, for the summary: the field's id and a line.
    pub(super) fn summary(&self) -> Vec<(String, String)> {
        let line = |(pointer, error): (&String, &String)| {
            let label = self.label_at(pointer);
            let text = if label.is_empty() { error.clone() } else { format!("{label}: {error}") };
            (id_of(pointer), text)
        };
        self.errors.iter().map(line).collect()
    }

    fn label_at(&self, pointer: &str) -> String {
        let (mut of, mut message, mut labels) = (&self.manifest.settings, "settings".to_owned(), Vec::new());
        for name in pointer.split('/').skip(1) {
            if text(of, "type") == "array" {
                of = &of["items"];
                if let (Some(last), Ok(index)) = (labels.last_mut(), name.parse::<usize>()) {
                    *last = format!("{last} {}", index + 1);
                }
                continue;
            }
            let Some(inner) = of.get("properties").and_then(|of| of.get(name)) else { break };
            (of, message) = (inner, format!("{message}-{name}"));
            labels.push(self.label(of, &message, name));
        }
        labels.join(" › ")
    }

    fn said(&self, message: &str) -> Option<String> {
        let (texts, locale) = (&self.say.texts, self.say.locale);
        let has = texts.has(locale, "", self.digest, message);
        has.then(|| {
            let text = Text { message: message.to_owned(), arguments: Vec::new() };
            texts.text(locale, "", self.digest, &text)
        })
    }

    fn label(&self, of: &Value, message: &str, name: &str) -> String {
        let title = || text(of, "title").to_owned();
        self.said(message)
            .or_else(|| Some(title()).filter(|title| !title.is_empty()))
            .unwrap_or_else(|| name.replace(['_', '-'], " "))
    }

    fn help(&self, of: &Value, message: &str) -> Option<String> {
        let own = self.said(&format!("{message}.help"));
        own.or_else(|| Some(text(of, "description").to_owned())).filter(|help| !help.is_empty())
    }

    fn object(
        &self,
        of: &Value,
        at: &str,
        message: &str,
        document: &Map<String, Value>,
        pieces: &mut Vec<Piece>,
    ) {
        let mut fields: Vec<(&String, &Value)> = schema::properties(of).collect();
        let place = |name: &str| self.order.get(&format!("{message}-{name}")).copied();
        fields.sort_by_key(|(name, _)| {
            (place(name).unwrap_or(usize::MAX), !schema::is_required(of, name), name.as_str())
        });
        for (name, field) in fields {
            let place = Place {
                at: format!("{at}/{name}"),
                message: format!("{message}-{name}"),
                name,
                required: schema::is_required(of, name),
            };
            self.field(field, &place, document.get(name), pieces);
        }
    }

    fn field(&self, of: &Value, place: &Place<'_>, value: Option<&Value>, pieces: &mut Vec<Piece>) {
        match text(of, "type") {
            "object" => self.group(of, place, value, pieces),
            "array" if schema::is_table(of) => self.table(of, place, value, pieces),
            _ => pieces.push(Piece::Field(self.input(of, place, value))),
        }
    }

    fn group(&self, of: &Value, place: &Place<'_>, value: Option<&Value>, pieces: &mut Vec<Piece>) {
        let given = value.or(of.get("default")).and_then(Value::as_object);
        let is_optional = schema::is_optional_group(of, place.required);
        let error = self.errors.get(&place.at).cloned();
        let is_inside = |pointer: &&String| pointer.starts_with(&format!("{}/", place.at));
        pieces.push(Piece::Open(Open {
            id: id_of(&place.at),
            legend: self.label(of, &place.message, place.name),
            help: self.help(of, &place.message),
            is_open: given.is_some() || error.is_some() || self.errors.keys().any(|p| is_inside(&p)),
            error,
            is_optional,
            is_row: false,
            remove: None,
        }));
        let nothing = Map::new();
        self.object(of, &place.at, &place.message, given.unwrap_or(&nothing), pieces);
        pieces.push(Piece::Close(Close { is_optional, rows: None, add: None }));
    }

    fn table(&self, of: &Value, place: &Place<'_>, value: Option<&Value>, pieces: &mut Vec<Piece>) {
        let legend = self.label(of, &place.message, place.name);
        let rows = value.or(of.get("default")).and_then(Value::as_array).cloned().unwrap_or_default();
        pieces.push(Piece::Open(Open {
            id: id_of(&place.at),
            legend: legend.clone(),
            help: self.help(of, &place.message),
            error: self.errors.get(&place.at).cloned(),
            is_optional: false,
            is_open: true,
            is_row: false,
            remove: None,
        }));
        let nothing = Map::new();
        for (index, row) in rows.iter().enumerate() {
            let at = format!("{}/{index}", place.at);
            let called = format!("{legend} {}", index + 1);
            let remove = [("what", called.clone().into())];
            pieces.push(Piece::Open(Open {
                id: id_of(&at),
                legend: called,
                help: None,
                error: self.errors.get(&at).cloned(),
                is_optional: false,
                is_open: true,
                is_row: true,
                remove: Some((format!("remove {at}"), self.say.with("console-remove", &remove))),
            }));
            let row = row.as_object().unwrap_or(&nothing);
            self.object(&of["items"], &at, &place.message, row, pieces);
            pieces.push(Piece::Close(Close { is_optional: false, rows: None, add: None }));
        }
        let is_full = schema::number(of, "maxItems").is_some_and(|most| rows.len() as f64 >= most);
        let add = [("what", legend.into())];
        pieces.push(Piece::Close(Close {
            is_optional: false,
            rows: Some((format!("s{}#", place.at), rows.len())),
            add: (!is_full).then(|| (format!("add {}", place.at), self.say.with("console-add", &add))),
        }));
    }

    fn input(&self, of: &Value, place: &Place<'_>, value: Option<&Value>) -> Input {
        let inner = of.get("items").unwrap_or(of);
        let picker = inner.get("x-plaudit").or(of.get("x-plaudit")).and_then(Value::as_str);
        let shown = value.or(of.get("default").filter(|default| !default.is_null()));
        let mut input = Input {
            id: id_of(&place.at),
            name: format!("s{}", place.at),
            label: self.label(of, &place.message, place.name),
            error: self.errors.get(&place.at).cloned(),
            value: shown.map(|value| self.typed(value)).unwrap_or_default(),
            unit: of.get("x-plaudit-unit").and_then(Value::as_str).map(|unit| self.unit(unit)),
            is_required: place.required,
            ..Input::default()
        };
        let ranges = self.range(inner).filter(|_| of.get("items").is_none());
        let list = of.get("items").is_some().then(|| self.say.t("console-list-help"));
        let help = [self.help(of, &place.message), ranges, list].into_iter().flatten().collect::<Vec<_>>();
        input.help = (!help.is_empty()).then(|| help.join(" "));
        match (text(of, "type"), picker) {
            ("boolean", _) => {
                input.kind = Kind::Check;
                input.is_checked = shown.and_then(Value::as_bool).unwrap_or(false);
            }
            ("string", Some(picker)) => self.pick(&mut input, picker, of.get("default").is_some()),
            ("string", None) => self.choose(&mut input, of, place),
            ("integer" | "number", _) => input.kind = Kind::Number,
            _ => {}
        }
        input
    }

    /// A value as somebody would type it.
    fn typed(&self, value: &Value) -> String {
        match value {
            Value::String(text) => text.clone(),
            Value::Number(number) => match number.as_f64() {
                Some(real) => self.say.locale.number(real, 0, 9, false),
                None => number.to_string(),
            },
            Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join("; "),
            other => plain(other),
        }
    }

    fn unit(&self, unit: &str) -> String {
        let message = format!("page-console-unit-{unit}");
        self.say.texts.try_own(self.say.locale, &message, &[]).unwrap_or_else(|| unit.to_owned())
    }

    fn range(&self, of: &Value) -> Option<String> {
        let bound = |key| schema::number(of, key).map(|n| self.say.locale.number(n, 0, 3, true));
        let say = |id: &str, least: Option<String>, most: Option<String>| {
            let args =
                [("least", least.unwrap_or_default().into()), ("most", most.unwrap_or_default().into())];
            Some(self.say.with(id, &args))
        };
        match (bound("minimum"), bound("maximum")) {
            (None, None) => None,
            (least @ Some(_), None) => say("console-at-least", least, None),
            (None, most @ Some(_)) => say("console-at-most", None, most),
            (least, most) => say("console-from-to", least, most),
        }
    }

    fn choose(&self, input: &mut Input, of: &Value, place: &Place<'_>) {
        let choices = schema::choices(of);
        if choices.is_empty() {
            return;
        }
        input.kind = Kind::Select;
        let label = |value: &str, title: Option<String>| {
            let own = self.said(&format!("{}.{value}", place.message));
            own.or(title).unwrap_or_else(|| value.replace(['_', '-'], " "))
        };
        let choices = choices.into_iter().map(|(value, title)| (label(&value, title), value)).collect();
        offer(input, choices, of.get("default").is_some());
    }

    fn pick(&self, input: &mut Input, picker: &str, has_default: bool) {
        let roster = &self.house.roster;
        let mut choices: Vec<(String, String)> = match picker {
            "metric" => self.house.metrics.keys().map(|name| (self.metric(name), name.to_string())).collect(),
            "team" => {
                let name = |id: &plaudit_core::Id| self.say.texts.names().team(id);
                roster.teams().map(|team| (name(&team.id), team.id.to_string())).collect()
            }
            "queue" => roster
                .teams()
                .flat_map(|team| team.queues.iter())
                .map(|queue| (queue.to_string(), queue.to_string()))
                .collect(),
            "currency" => {
                let of_budgets = self.house.budgets.values().map(|budget| budget.currency.to_string());
                let all: std::collections::BTreeSet<String> =
                    of_budgets.chain(std::iter::once("points".to_owned())).collect();
                all.into_iter().map(|currency| (self.currency(&currency), currency)).collect()
            }
            _ => return,
        };
        choices.sort();
        choices.dedup();
        choices.truncate(CHOICES_MAX);
        input.kind = Kind::Select;
        offer(input, choices, has_default);
    }

    fn metric(&self, name: &str) -> String {
        let unit = self.house.metrics.get(name).map(|metric| metric.unit.as_str()).unwrap_or_default();
        let called = self.say.metric(name);
        let unit = self.unit(unit);
        if unit.is_empty() || called.contains(&unit) { called } else { format!("{called} ({unit})") }
    }

    fn currency(&self, currency: &str) -> String {
        let message = format!("page-console-currency-{currency}");
        let own = self.say.texts.try_own(self.say.locale, &message, &[]);
        own.unwrap_or_else(|| currency.to_owned())
    }
}

/// Where a field stands.
struct Place<'a> {
    at: String,
    message: String,
    name: &'a str,
    required: bool,
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Choices of a field, (label, value); an empty one first where nothing is chosen by itself. What was chosen before stays
/// among them.
fn offer(input: &mut Input, choices: Vec<(String, String)>, has_default: bool) {
    let chosen = input.value.clone();
    let is_known = choices.iter().any(|(_, value)| *value == chosen);
    if !has_default || chosen.is_empty() {
        let is_chosen = chosen.is_empty();
        input.choices.push(Choice { value: String::new(), label: "–".to_owned(), is_chosen });
    }
    if !is_known && !chosen.is_empty() {
        input.choices.push(Choice { value: chosen.clone(), label: chosen.clone(), is_chosen: true });
    }
    let choice = |(label, value): (String, String)| Choice { is_chosen: value == chosen, label, value };
    input.choices.extend(choices.into_iter().map(choice));
}

/// The order in which the plugin's texts speak of its settings: the author's, which a schema does not keep.
fn order(manifest: &Manifest) -> BTreeMap<String, usize> {
    let mut order = BTreeMap::new();
    for text in ["es", "en", "lt"].iter().filter_map(|tag| manifest.texts.get(*tag)) {
        let messages = text.lines().filter(|line| line.starts_with("settings-"));
        let ids = messages.filter_map(|line| Some(line.split_once('=')?.0.trim().to_owned()));
        for id in ids {
            let next = order.len();
            order.entry(id).or_insert(next);
        }
    }
    order
}

/// What is wrong, in words.
pub(super) fn words(say: &Say, wrongs: &Wrongs) -> BTreeMap<String, String> {
    let bound = |id: &str, n: f64| say.with(id, &[("n", say.locale.number(n, 0, 3, true).into())]);
    let word = |wrong: &Wrong| match wrong {
        Wrong::Missing => say.t("console-wrong-missing"),
        Wrong::Number => say.t("console-wrong-number"),
        Wrong::Whole => say.t("console-wrong-whole"),
        Wrong::Choice => say.t("console-wrong-choice"),
        Wrong::Least(n) => bound("console-wrong-least", *n),
        Wrong::Most(n) => bound("console-wrong-most", *n),
        Wrong::RowsLeast(n) => bound("console-wrong-rows-least", *n),
        Wrong::RowsMost(n) => bound("console-wrong-rows-most", *n),
    };
    wrongs.iter().map(|(place, wrong)| (place.clone(), word(wrong))).collect()
}
