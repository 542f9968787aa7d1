//! Forms: one column of fields, errors beside them and summarised above, values that survive an error.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use super::{
    answer::{Asked, Missing},
    say::{Say, segment},
    shell::Shell,
};
use crate::porter::{
    cookie::{Kept, Transport, is_from_here},
    password::Weak,
};

/// Most fields and longest values that are read.
const FIELDS_MAX: usize = 40;

/// What somebody has filled in.
#[derive(Default)]
pub(super) struct Filled(BTreeMap<String, String>);

impl Filled {
    pub(super) fn read(body: &[u8]) -> Self {
        Self(url::form_urlencoded::parse(body).into_owned().take(FIELDS_MAX).collect())
    }

    /// A value without spaces around it.
    pub(super) fn get(&self, name: &str) -> &str {
        self.raw(name).trim()
    }

    /// A value as it was typed: passwords keep their spaces.
    pub(super) fn raw(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }
}

/// A field.
pub(super) struct Field {
    pub(super) id: &'static str,
    pub(super) label: String,
    /// `text`, `email` or `password`.
    pub(super) kind: &'static str,
    pub(super) autocomplete: &'static str,
    pub(super) value: String,
    pub(super) help: Option<String>,
    pub(super) error: Option<String>,
}

impl Field {
    pub(super) fn new(
        id: &'static str,
        label: String,
        kind: &'static str,
        autocomplete: &'static str,
    ) -> Self {
        Self { id, label, kind, autocomplete, value: String::new(), help: None, error: None }
    }

    pub(super) fn filled(mut self, value: &str) -> Self {
        value.clone_into(&mut self.value);
        self
    }

    pub(super) fn helped(mut self, help: String) -> Self {
        self.help = Some(help);
        self
    }

    pub(super) fn wrong(mut self, error: Option<String>) -> Self {
        self.error = error;
        self
    }
}

/// A page that is a form.
#[derive(Template)]
#[template(path = "form.html")]
pub(super) struct FormPage {
    pub(super) shell: Shell,
    pub(super) say: Say,
    pub(super) lead: Option<String>,
    /// What went well before.
    pub(super) notice: Option<String>,
    /// What is wrong with the whole of it.
    pub(super) problem: Option<String>,
    pub(super) action: String,
    pub(super) hidden: Vec<(&'static str, String)>,
    pub(super) fields: Vec<Field>,
    /// What is wrong, by field: shown above, with a link to it.
    pub(super) errors: Vec<(&'static str, String)>,
    pub(super) submit: String,
    pub(super) links: Vec<(String, String)>,
    /// Another way to the same end: its address, and what its button says.
    pub(super) elsewhere: Option<(String, String)>,
    /// Accounts that everybody may use, in a demo.
    pub(super) ready: Vec<Ready>,
}

/// An account of a demo: what it is, and how one gets in.
pub(super) struct Ready {
    pub(super) roles: String,
    pub(super) mail: String,
    pub(super) password: String,
}

impl FormPage {
    pub(super) fn new(asked: &Asked, title: String, action: &str, submit: String) -> Self {
        let say = asked.say.clone();
        Self {
            shell: Shell::new(asked, title, None),
            lead: None,
            notice: None,
            problem: None,
            action: say.href(action),
            hidden: Vec::new(),
            fields: Vec::new(),
            errors: Vec::new(),
            submit,
            links: Vec::new(),
            elsewhere: None,
            ready: Vec::new(),
            say,
        }
    }

    /// The page; without its form where no secret may travel.
    pub(super) fn page(mut self, asked: &Asked) -> Result<String, Missing> {
        if asked.transport == Transport::Insecure {
            let say = &asked.say;
            return message(asked, say.t("insecure"), vec![say.t("insecure-help")], None);
        }
        self.errors = errors(&self.fields);
        Ok(self.render()?)
    }
}

/// What is wrong, by field.
pub(super) fn errors(fields: &[Field]) -> Vec<(&'static str, String)> {
    let wrong = |field: &Field| Some((field.id, format!("{}: {}", field.label, field.error.as_ref()?)));
    fields.iter().filter_map(wrong).collect()
}

/// A page that says something, and where to go on.
#[derive(Template)]
#[template(path = "message.html")]
struct MessagePage {
    shell: Shell,
    paragraphs: Vec<String>,
    next: Option<(String, String)>,
}

pub(super) fn message(
    asked: &Asked,
    title: String,
    paragraphs: Vec<String>,
    next: Option<(String, String)>,
) -> Result<String, Missing> {
    Ok(MessagePage { shell: Shell::new(asked, title, None), paragraphs, next }.render()?)
}

impl Asked {
    /// Whether a form was sent by a page of this house, over a way on which secrets may travel.
    pub(super) fn is_from_here(&self) -> bool {
        is_from_here(&self.transport, &self.headers)
    }

    /// Whether a form of somebody who is signed in was made for their session.
    pub(super) fn is_own_form(&self, filled: &Filled) -> bool {
        let session = self.caller.as_ref().and_then(|caller| caller.account());
        session.is_some_and(|(_, key)| self.web.state.porter.is_form_token(key, filled.raw("form")))
    }

    /// What forms of this session carry.
    pub(super) fn form_token(&self) -> String {
        let session = self.caller.as_ref().and_then(|caller| caller.account());
        session.map(|(_, key)| self.web.state.porter.form_token(key)).unwrap_or_default()
    }

    /// Why a password is refused, in words.
    pub(super) fn weak(&self, weak: Weak) -> String {
        self.say.t(match weak {
            Weak::Short => "weak-short",
            Weak::Long => "weak-long",
            Weak::Simple => "weak-simple",
            Weak::Known => "weak-known",
        })
    }

    /// The request's id, as the log has it.
    pub(super) fn request_id(&self) -> String {
        crate::api::auth::request_id(&self.headers)
    }
}

/// Goes on to another page of this house, keeping these cookies.
pub(super) fn go(path: &str, cookies: Vec<Option<HeaderValue>>) -> Response {
    let place = HeaderValue::from_str(path).unwrap_or(HeaderValue::from_static("/"));
    let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, place)]).into_response();
    for cookie in cookies.into_iter().flatten() {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// A path of this house, or the first page: nobody is led elsewhere.
pub(super) fn own_path(given: &str) -> &str {
    let is_own = given.starts_with('/')
        && !given.starts_with("//")
        && !given.contains('\\')
        && given.len() <= 1000
        && given.bytes().all(|b| b.is_ascii_graphic());
    if is_own { given } else { "/" }
}

/// An address with a path to go on to.
pub(super) fn with_next(say: &Say, page: &str, next: &str) -> String {
    if next == "/" { say.href(page) } else { say.href(&format!("{page}?next={}", segment(next))) }
}

/// The cookies of somebody who has just signed in.
pub(super) fn signed_in(asked: &Asked, account: &str, session: &str) -> Vec<Option<HeaderValue>> {
    let mark = asked.web.state.porter.mark(account);
    vec![
        Kept::Session.keep(&asked.transport, session),
        Kept::Known.keep(&asked.transport, &format!("{account}.{mark}")),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_led_elsewhere() {
        for own in ["/", "/incentives/sprint?period=2026-03-02", "/agents/a1/why/x"] {
            assert_eq!(own_path(own), own);
        }
        for foreign in
            ["", "//evil.example", "https://evil.example", "/\\evil.example", "javascript:x", "/a b", "/x\n"]
        {
            assert_eq!(own_path(foreign), "/", "{foreign}");
        }
    }

    #[test]
    fn passwords_keep_their_spaces() {
        let filled = Filled::read(b"mail=%20a%40b.example+&password=+x+&password=last");
        assert_eq!(filled.get("mail"), "a@b.example");
        assert_eq!(filled.raw("password"), "last");
        assert_eq!(Filled::read(b"password=+x+").raw("password"), " x ");
        assert_eq!(filled.get("none"), "");
    }
}
