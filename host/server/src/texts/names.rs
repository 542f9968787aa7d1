//! Names of people and teams, read at the moment of rendering: erasing a person takes their name out of everything
//! that is rendered later.

use plaudit_core::kudos::{Giver, Status};
use plaudit_store::{
    Store,
    family::{
        account::Accounts,
        get,
        kudos::{KudosRows, KudosTexts},
        people::{People, Person},
        titles::Titles,
    },
};
use std::sync::Arc;

/// What to call somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Name {
    /// By the shown name.
    Known(String),
    /// They were erased.
    Erased,
    /// The directory does not know them, or they have no name.
    Unknown,
}

/// The directory of people and teams.
#[derive(Clone)]
pub struct Names(Arc<dyn Store>);

impl Names {
    /// Reads the families people and titles of this store.
    pub fn new(store: Arc<dyn Store>) -> Self {
        Self(store)
    }

    /// A person, if the directory knows them. A store that fails is as if it did not: a message without a name is
    /// better than none.
    pub fn person(&self, agent: &str) -> Option<Person> {
        get::<People>(&*self.0, &agent.to_owned()).unwrap_or_else(|error| {
            tracing::error!(%error, agent, "can't read the directory of people");
            None
        })
    }

    /// What to call an agent.
    pub fn agent(&self, agent: &str) -> Name {
        match self.person(agent) {
            Some(person) if person.erased => Name::Erased,
            Some(person) if !person.name.is_empty() => Name::Known(person.name),
            _ => Name::Unknown,
        }
    }

    /// What to call whoever says thanks.
    pub fn giver(&self, giver: &Giver) -> Name {
        match giver {
            Giver::Agent(id) => self.agent(id),
            Giver::Account(id) => {
                let account = get::<Accounts>(&*self.0, &id.to_string()).ok().flatten();
                account.map_or(Name::Unknown, |account| Name::Known(account.name))
            }
        }
    }

    /// What somebody wrote to say thanks, if it was not erased or removed.
    pub fn thanks(&self, kudos: &str) -> Option<String> {
        let row = get::<KudosRows>(&*self.0, &kudos.to_owned()).ok().flatten()?;
        let text = get::<KudosTexts>(&*self.0, &kudos.to_owned()).ok().flatten()?;
        text.text.filter(|_| row.status != Status::Removed)
    }

    /// The shown name of a team; its id if it has none.
    pub fn team(&self, team: &str) -> String {
        get::<Titles>(&*self.0, &format!("team/{team}"))
            .ok()
            .flatten()
            .filter(|title| !title.is_empty())
            .unwrap_or_else(|| team.to_owned())
    }
}

/// How a person is spoken to: the first word of names that are written with spaces, the whole name otherwise
/// ("Rūta Kazlauskienė" is Rūta, "李娜" stays).
pub fn called(name: &str) -> &str {
    if name.contains(',') {
        return name;
    }
    name.split_whitespace().next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_called_by_their_given_name() {
        assert_eq!(called("Rūta Kazlauskienė"), "Rūta");
        assert_eq!(called("李娜"), "李娜");
        assert_eq!(called("Kazlauskienė, Rūta"), "Kazlauskienė, Rūta");
        assert_eq!(called(""), "");
    }
}
