//! Small forms beside what they change: opened when they are needed, and with everything that was typed if it could not be
//! done.

use super::{
    api::{Said, said},
    pieces::{Input, Kind},
    sent::Sent,
};
use crate::{api::problem::Problem, web::say::Say};

/// A form with its fields.
pub(in crate::web) struct Fill {
    pub(in crate::web) title: String,
    pub(in crate::web) help: Option<String>,
    pub(in crate::web) action: String,
    pub(in crate::web) problem: Option<Said>,
    /// What stood when the page was made, for what must not have changed since.
    pub(in crate::web) before: Option<String>,
    pub(in crate::web) fields: Vec<Input>,
    pub(in crate::web) submit: String,
    pub(in crate::web) is_open: bool,
}

/// What was sent and could not be done.
#[derive(Default)]
pub(super) struct Again {
    form: &'static str,
    /// By the field's name, as typed.
    pub(super) typed: Vec<(String, String)>,
    /// The field's name, and the text that says what is wrong with it.
    pub(super) wrong: Vec<(&'static str, &'static str)>,
    pub(super) problem: Option<Problem>,
}

impl Again {
    pub(super) fn of(form: &'static str, sent: &Sent) -> Self {
        let typed = sent.under("").map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        Self { form, typed, ..Self::default() }
    }

    /// What was typed into a field of a form, if it was that form that was sent.
    pub(super) fn typed(&self, form: &str, name: &str) -> Option<&str> {
        if self.form != form {
            return None;
        }
        self.typed.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    fn error(&self, say: &Say, form: &str, name: &str) -> Option<String> {
        let wrong = self.wrong.iter().find(|(wrong, _)| *wrong == name && self.form == form)?;
        Some(say.t(wrong.1))
    }

    pub(super) fn problem(&self, say: &Say, form: &str) -> Option<Said> {
        self.problem.as_ref().filter(|_| self.form == form).map(|problem| said(say, problem))
    }

    /// Whether it was this form.
    pub(super) fn is_of(&self, form: &str) -> bool {
        self.form == form
    }

    /// A field with what was typed, else what stands. Its label is the text `console-<texts>-<name>`.
    pub(super) fn field(
        &self,
        say: &Say,
        texts: &str,
        form: &str,
        name: &str,
        kind: Kind,
        stands: &str,
    ) -> Input {
        Input {
            id: format!("{form}-{name}"),
            name: name.to_owned(),
            label: say.t(&format!("console-{texts}-{name}")),
            help: say.texts.try_own(say.locale, &format!("page-console-{texts}-{name}.help"), &[]),
            error: self.error(say, form, name),
            kind,
            value: self.typed(form, name).unwrap_or(stands).to_owned(),
            ..Input::default()
        }
    }
}
