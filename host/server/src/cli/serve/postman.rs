//! Mails about accounts: said in the reader's language, sent by delivery's mail server.

use std::sync::Arc;

use futures_util::future::BoxFuture;
use plaudit_store::family::link::LinkKind;

use crate::{
    deliver::{AccountMail, DeliverHandle},
    porter::{About, Letter, Postman},
    texts::{Locale, Texts, called},
};

/// Sends for the house.
pub(super) struct House {
    pub(super) deliveries: DeliverHandle,
    pub(super) texts: Arc<Texts>,
}

impl Postman for House {
    fn is_there(&self) -> bool {
        self.deliveries.has_mail()
    }

    fn send(&self, letter: Letter) -> BoxFuture<'static, Result<(), String>> {
        let mail = in_words(&self.texts, letter);
        let deliveries = self.deliveries.clone();
        Box::pin(async move { deliveries.mail(&mail).await })
    }
}

fn in_words(texts: &Texts, letter: Letter) -> AccountMail {
    let locale = Locale::closest(&letter.locale);
    let say = |id: &str| texts.own(locale, id, &[]);
    let greeting = texts.own(locale, "mail-greeting", &[("called", called(&letter.name).into())]);
    let (about, hours, link) = match letter.about {
        About::Link(LinkKind::Invitation, link, hours) => ("account-invitation", hours, Some(link)),
        About::Link(LinkKind::Reset, link, hours) => ("account-reset", hours, Some(link)),
        About::PasswordChanged => ("account-changed", 0, None),
    };
    let lasts = match hours {
        0 => None,
        hours if hours % 24 == 0 => {
            Some(texts.own(locale, "account-link-days", &[("n", texts.count(locale, hours / 24))]))
        }
        hours => Some(texts.own(locale, "account-link-hours", &[("n", texts.count(locale, hours))])),
    };
    let paragraphs = [Some(greeting), Some(say(about)), lasts, Some(say(&format!("{about}-not-me")))];
    AccountMail {
        to: letter.to,
        name: letter.name,
        lang: locale.tag(),
        subject: say(&format!("{about}-subject")),
        paragraphs: paragraphs.into_iter().flatten().collect(),
        link: link.map(|url| (say(&format!("{about}-link")), url)),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use plaudit_store::memory::MemoryStore;

    use super::*;
    use crate::texts::{Links, PluginTexts};

    struct NoPlugins;

    impl PluginTexts for NoPlugins {
        fn texts(&self, _: &str) -> Option<Arc<BTreeMap<String, String>>> {
            None
        }
    }

    #[test]
    fn every_letter_is_whole_in_every_language() {
        let texts = Texts::new(Arc::new(MemoryStore::default()), Arc::new(NoPlugins), Links::none());
        let link = "https://plaudit.example.com/reset?link=x";
        for locale in Locale::ALL {
            for about in [
                About::Link(LinkKind::Invitation, link.into(), 168),
                About::Link(LinkKind::Reset, link.into(), 1),
                About::PasswordChanged,
            ] {
                let is_link = matches!(about, About::Link(..));
                let letter = Letter {
                    to: "ruta@example.com".into(),
                    name: "Rūta Kazlauskienė".into(),
                    locale: locale.tag().into(),
                    about,
                };
                let mail = in_words(&texts, letter);
                let all = format!("{} {} {:?}", mail.subject, mail.paragraphs.join("\n"), mail.link);
                assert!(!all.contains("[account") && !all.contains("[mail"), "{all}");
                assert_eq!(mail.link.is_some_and(|(_, url)| url == link), is_link);
                assert!(mail.paragraphs.len() >= 3, "{all}");
            }
        }
    }
}
