//! Mail by SMTP: a text and the same in HTML.

use std::time::Duration;

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message as Mail, Tokio1Executor,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
    transport::smtp::{authentication::Credentials, client::Tls},
};
use plaudit_store::family::{
    delivery::Delivery,
    outbox::{Body, Message},
};

use super::{
    book::Outcome,
    config::{MailConfig, MailEncryption},
    error::DeliverError,
    handle::AccountMail,
};
use crate::texts::{Locale, Reader, Said, Texts, called, shorten};

/// A subject, in characters.
const SUBJECT_CHARS_MAX: usize = 120;

/// The way to the mail server.
#[derive(Debug)]
pub(super) struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Mailer {
    pub(super) fn new(config: &MailConfig, timeout: Duration) -> Result<Self, DeliverError> {
        let wrong = |setting, problem: String| DeliverError::Setting { setting, problem };
        let from: Mailbox = config.from.parse().map_err(|error| {
            wrong(
                "mail.from",
                format!("`{}` is no sender such as `Plaudit <a@b.example>`: {error}", config.from),
            )
        })?;
        let host = config.host.as_str();
        let builder = match config.encryption {
            MailEncryption::Starttls => AsyncSmtpTransport::<Tokio1Executor>::starttls_relay(host),
            MailEncryption::Tls => AsyncSmtpTransport::<Tokio1Executor>::relay(host),
            MailEncryption::None => {
                Ok(AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host).tls(Tls::None))
            }
        };
        let mut builder = builder
            .map_err(|error| wrong("mail.smtp", format!("`{host}` can't be used with TLS: {error}")))?
            .timeout(Some(timeout));
        if let Some(port) = config.port {
            builder = builder.port(port);
        }
        if let (Some(user), Some(password)) = (&config.user, &config.password) {
            builder = builder.credentials(Credentials::new(user.clone(), password.clone()));
        }
        Ok(Self { transport: builder.build(), from })
    }

    /// Sends to an agent.
    pub(super) async fn send(&self, texts: &Texts, agent: &str, id: u64, delivery: &Delivery) -> Outcome {
        let person = texts.names().person(agent).filter(|p| !p.erased);
        let Some((person, address)) = person.and_then(|p| p.mail.clone().map(|mail| (p, mail))) else {
            return Outcome::NoChannel { error: "no mail address any more".to_owned() };
        };
        let Ok(address_parsed) = address.parse() else {
            return Outcome::Dead { error: "the agent's mail address is none".to_owned(), disable: false };
        };
        let to = Mailbox::new((!person.name.is_empty()).then(|| one_line(&person.name)), address_parsed);
        let locale = Locale::closest(&person.locale);
        let letter = Letter::new(texts, locale, &person.name, &delivery.messages);
        let mail = match self.compose(&letter, to, id, delivery) {
            Ok(mail) => mail,
            Err(error) => {
                return Outcome::Dead {
                    error: format!("the mail can't be written: {error}"),
                    disable: false,
                };
            }
        };
        match self.transport.send(mail).await {
            Ok(_) => Outcome::Sent,
            Err(error) => {
                // Servers like to repeat the address; rows hold none.
                let text = shorten(&error.to_string().replace(&address, "…"), 300);
                if error.is_permanent() {
                    Outcome::Dead { error: text, disable: false }
                } else {
                    Outcome::Retry { error: text, after: None, all: false, maybe: !error.is_transient() }
                }
            }
        }
    }

    /// Sends a mail about an account; the error says whether it is worth another try.
    pub(super) async fn send_letter(&self, mail: &AccountMail) -> Result<(), (String, bool)> {
        let lost = |error: String| (shorten(&error.replace(&mail.to, "…"), 300), false);
        let address = mail.to.parse().map_err(|_| lost("the mail address is none".to_owned()))?;
        let to = Mailbox::new((!mail.name.is_empty()).then(|| one_line(&mail.name)), address);
        let raw = |name, value: &str| raw(HeaderName::new_from_ascii_str(name), value.to_owned());
        let message = Mail::builder()
            .from(self.from.clone())
            .to(to)
            .subject(one_line(&shorten(&mail.subject, SUBJECT_CHARS_MAX)))
            .message_id(None)
            .raw_header(raw("Auto-Submitted", "auto-generated"))
            .multipart(MultiPart::alternative_plain_html(account_text(mail), account_html(mail)))
            .map_err(|error| lost(error.to_string()))?;
        match self.transport.send(message).await {
            Ok(_) => Ok(()),
            Err(error) => Err((lost(error.to_string()).0, !error.is_permanent())),
        }
    }

    fn compose(
        &self,
        letter: &Letter,
        to: Mailbox,
        id: u64,
        delivery: &Delivery,
    ) -> Result<Mail, lettre::error::Error> {
        let domain = self.from.email.domain();
        let first = delivery.messages.first().map_or("none", |m| &*m.id);
        Mail::builder()
            .from(self.from.clone())
            .to(to)
            .subject(letter.subject.clone())
            // The same over all attempts, so that mailboxes recognise a repetition.
            .message_id(Some(format!("<{id}.{first}@{domain}>")))
            .raw_header(raw(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned()))
            .raw_header(raw(HeaderName::new_from_ascii_str("List-Id"), format!("Plaudit <plaudit.{domain}>")))
            .multipart(MultiPart::alternative_plain_html(letter.text(), letter.html()))
    }
}

fn account_text(mail: &AccountMail) -> String {
    let mut out = mail.paragraphs.join("\n\n");
    if let Some((label, url)) = &mail.link {
        out.push_str(&format!("\n\n{label}\n{url}"));
    }
    out.push('\n');
    out
}

fn account_html(mail: &AccountMail) -> String {
    let paragraph = |text: &String| format!("<p style=\"margin:0 0 16px\">{}</p>", escaped(text));
    let link = mail.link.as_ref().map(|(label, url)| {
        let (label, url) = (escaped(label), escaped(url));
        format!("<p style=\"margin:0 0 16px\"><a href=\"{url}\" style=\"color:#2f6b4f\">{label}</a></p>")
    });
    html_page(
        mail.lang,
        &mail.subject,
        &mail.paragraphs.iter().map(paragraph).chain(link).collect::<String>(),
    )
}

fn html_page(lang: &str, subject: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"{lang}\"><head><meta charset=\"utf-8\">\
         <meta name=\"color-scheme\" content=\"light dark\"><title>{subject}</title></head>\
         <body style=\"margin:0;padding:24px;font:16px/1.6 system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',\
         'PingFang SC','PingFang TC','Microsoft YaHei','Microsoft JhengHei',sans-serif\">\
         <div style=\"max-width:560px;margin:0 auto\">{body}</div></body></html>\n",
        subject = escaped(subject),
    )
}

/// Without control characters: the mail library panics over a line break in a header.
fn one_line(text: &str) -> String {
    text.replace(char::is_control, " ")
}

fn raw(name: HeaderName, value: String) -> HeaderValue {
    HeaderValue::new(name, value)
}

/// A mail in words.
struct Letter {
    locale: Locale,
    subject: String,
    greeting: String,
    footer: String,
    /// With whether it was earned: only that is gold.
    said: Vec<(Said, bool)>,
}

impl Letter {
    fn new(texts: &Texts, locale: Locale, name: &str, messages: &[Message]) -> Self {
        let is_earned = |m: &Message| matches!(m.body, Body::Granted { .. });
        let said: Vec<(Said, bool)> =
            messages.iter().map(|m| (texts.say(locale, m, Reader::Self_), is_earned(m))).collect();
        let subject = match said.as_slice() {
            [(one, _)] => one.fact.clone().unwrap_or_else(|| one.sentence.clone()),
            several => texts.own(locale, "news", &[("n", several.len().into())]),
        };
        let called = if name.is_empty() { "none" } else { called(name) };
        Self {
            locale,
            subject: one_line(&shorten(&subject, SUBJECT_CHARS_MAX)),
            greeting: texts.own(locale, "mail-greeting", &[("called", called.into())]),
            footer: texts.own(locale, "mail-footer", &[]),
            said,
        }
    }

    fn text(&self) -> String {
        let mut out = format!("{}\n\n", self.greeting);
        for (said, _) in &self.said {
            out.push_str(&said.line());
            if let Some(link) = &said.link {
                out.push_str(&format!("\n{} {}", link.label, link.url));
            }
            out.push_str("\n\n");
        }
        out.push_str(&format!("-- \n{}\n", self.footer));
        out
    }

    fn html(&self) -> String {
        let rows: String = self.said.iter().map(|(said, earned)| row(said, *earned)).collect();
        let (greeting, footer) = (escaped(&self.greeting), escaped(&self.footer));
        let body = format!(
            "<p style=\"margin:0 0 24px\">{greeting}</p>{rows}\
             <p style=\"margin:32px 0 0;font-size:13px;opacity:.75\">{footer}</p>"
        );
        html_page(self.locale.tag(), &self.subject, &body)
    }
}

fn row(said: &Said, earned: bool) -> String {
    let bar = if earned { "#b8860b" } else { "#c9c5bb" };
    let fact =
        said.fact.as_ref().map(|f| format!("<br><strong style=\"font-weight:600\">{}</strong>", escaped(f)));
    let link = said.link.as_ref().map(|l| {
        format!("<br><a href=\"{}\" style=\"color:#2f6b4f\">{}</a>", escaped(&l.url), escaped(&l.label))
    });
    format!(
        "<p style=\"margin:0 0 16px;padding:0 0 0 16px;border-left:4px solid {bar}\">{}{}{}</p>",
        escaped(&said.sentence),
        fact.unwrap_or_default(),
        link.unwrap_or_default()
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use plaudit_store::family::delivery::{State, Target};

    use super::*;
    use crate::deliver::MailWhen;

    #[tokio::test]
    async fn no_name_or_text_can_add_a_header() {
        let config = MailConfig {
            host: "127.0.0.1".into(),
            port: None,
            encryption: MailEncryption::None,
            user: None,
            password: None,
            from: "a@example.com".into(),
            when: MailWhen::NoChat,
        };
        let mailer = Mailer::new(&config, Duration::from_secs(1)).unwrap();
        let hostile = one_line("x\r\nBcc: all@example.com");
        let (greeting, footer) = (String::new(), String::new());
        let letter = Letter { locale: Locale::En, subject: hostile.clone(), greeting, footer, said: vec![] };
        let to = Mailbox::new(Some(hostile), "b@example.com".parse().unwrap());
        let delivery = Delivery {
            target: Target::Mail("a1".into()),
            messages: vec![],
            state: State::Pending,
            created: 0,
            attempts: 0,
            next_at: 0,
            first_attempt: None,
            last_attempt: None,
            last_error: None,
            maybe_told: false,
            waited_until: None,
        };
        let mail = mailer.compose(&letter, to, 1, &delivery).unwrap().formatted();
        let mail = String::from_utf8(mail).unwrap();
        assert!(mail.contains("Bcc"), "{mail}");
        assert!(!mail.lines().any(|line| line.to_ascii_lowercase().starts_with("bcc")), "{mail}");
    }
}
