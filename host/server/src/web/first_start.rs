//! `/first-start`: who is the first admin? Open as long as there is no account, with the code that the server printed.

use axum::{body::Bytes, http::StatusCode, response::Response};
use plaudit_core::access::{Grant, Range, Role};
use plaudit_store::family::audit::Actor;

use super::{
    answer::{Asked, Missing},
    form::{Field, Filled, FormPage, go, signed_in},
    sign_in,
};
use crate::porter::{
    accounts::{self, AccountError, NotIn, Wish},
    audit::Entry,
    cookie::device,
    password, sessions,
};

/// What is wrong with what was filled in.
#[derive(Default)]
struct Wrong {
    code: Option<String>,
    name: Option<String>,
    mail: Option<String>,
    password: Option<String>,
    problem: Option<String>,
}

fn is_open(asked: &Asked) -> bool {
    asked.web.state.porter.is_first_start(&*asked.web.state.store).unwrap_or(false)
}

/// `GET /first-start`
pub(super) async fn show(asked: Asked) -> Response {
    if !is_open(&asked) {
        return go(&asked.say.href("/sign-in"), vec![]);
    }
    asked.page(|asked| form(asked, &Filled::default(), Wrong::default())).await
}

fn form(asked: &Asked, filled: &Filled, wrong: Wrong) -> Result<String, Missing> {
    let say = &asked.say;
    let mut page = FormPage::new(asked, say.t("first-title"), "/first-start", say.t("first-submit"));
    page.lead = Some(say.t("first-lead"));
    page.problem = wrong.problem;
    page.fields = vec![
        Field::new("code", say.t("first-code"), "text", "one-time-code")
            .filled(filled.get("code"))
            .helped(say.t("first-code-help"))
            .wrong(wrong.code),
        Field::new("name", say.t("shown-name"), "text", "name").filled(filled.get("name")).wrong(wrong.name),
        Field::new("mail", say.t("mail"), "email", "username").filled(filled.get("mail")).wrong(wrong.mail),
        Field::new("password", say.t("password"), "password", "new-password")
            .helped(say.t("password-help"))
            .wrong(wrong.password),
    ];
    page.page(asked)
}

/// `POST /first-start`
pub(super) async fn send(asked: Asked, body: Bytes) -> Response {
    if !is_open(&asked) {
        return go(&asked.say.href("/sign-in"), vec![]);
    }
    let filled = Filled::read(&body);
    match make(&asked, &filled).await {
        Ok(response) => response,
        Err((status, wrong)) => asked.page_as(status, move |asked| form(asked, &filled, wrong)).await,
    }
}

async fn make(asked: &Asked, filled: &Filled) -> Result<Response, (StatusCode, Wrong)> {
    let (say, state) = (&asked.say, &asked.web.state);
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    if !asked.is_from_here() {
        let problem = Some(say.t("form-elsewhere"));
        return Err((StatusCode::FORBIDDEN, Wrong { problem, ..Wrong::default() }));
    }
    let mut wrong = Wrong::default();
    if !state.porter.is_first_code(filled.raw("code")) {
        wrong.code = Some(say.t("first-code-wrong"));
    }
    let wish = Wish {
        mail: filled.get("mail").to_owned(),
        name: filled.get("name").to_owned(),
        locale: say.locale.tag().to_owned(),
        grants: vec![Grant { role: Role::Admin, range: Range::House }],
        agent: None,
    };
    let given = filled.raw("password");
    wrong.password = password::check(given, &wish.mail, &wish.name).err().map(|weak| asked.weak(weak));
    let wish = match wish.checked() {
        Err(AccountError::Field("mail", _)) => {
            wrong.mail = Some(say.t("bad-mail"));
            return Err((refused, wrong));
        }
        Err(_) => {
            wrong.name = Some(say.t("bad-name"));
            return Err((refused, wrong));
        }
        Ok(wish) => wish,
    };
    if wrong.code.is_some() || wrong.password.is_some() {
        return Err((refused, wrong));
    }
    let failed = |error: NotIn| {
        let (status, problem) = sign_in::refusal(asked, error);
        (status, Wrong { problem: Some(problem), ..Wrong::default() })
    };
    let hashed = state.porter.hash(given).await.map_err(|_| failed(NotIn::Crowded))?;
    let Some(code) = state.porter.take_first_code(filled.raw("code")) else {
        // Somebody was faster by a moment.
        return Err((refused, Wrong { code: Some(say.t("first-code-wrong")), ..Wrong::default() }));
    };
    let account = match accounts::create(&*state.store, wish, "first start", state.porter.now(), Some(hashed))
    {
        Ok(account) => account,
        Err(error) => {
            state.porter.put_back_first_code(code);
            return Err(match error {
                AccountError::Store(error) => failed(NotIn::Store(error)),
                other => (refused, Wrong { problem: Some(other.to_string()), ..Wrong::default() }),
            });
        }
    };
    code.use_up();
    let begun =
        sessions::begin(&*state.store, &state.porter, &account, &device(&asked.headers)).and_then(|s| {
            let entry = Entry::new(Actor::Stranger, "first-start", format!("accounts/{}", account.id));
            state.porter.record(&*state.store, entry.asked_by(&asked.request_id()))?;
            Ok(s)
        });
    let session = begun.map_err(|error| failed(NotIn::Store(error)))?;
    Ok(go(&say.href("/"), signed_in(asked, &account.id, &session)))
}
