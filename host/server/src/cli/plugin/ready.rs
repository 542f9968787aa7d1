//! What the verbs that run a rule begin with: a component, what runs it, and a plan for its settings.

use super::{
    component::{self, Component, Which, Workshop},
    finding::{self, Finding},
    trial::{Frame, Tried, Untried},
};

/// A rule that can be called.
pub(super) struct Ready {
    pub(super) component: Component,
    /// Has to live as long as the rule is called.
    pub(super) workshop: Workshop,
    pub(super) tried: Tried,
}

/// Why a verb that runs a rule does not.
pub(super) enum NotReady {
    /// The plugin is at fault, or its settings are.
    Plugin(Finding),
    /// A file, the compiler or the machine is.
    Other(anyhow::Error),
}

impl From<anyhow::Error> for NotReady {
    fn from(error: anyhow::Error) -> Self {
        Self::Other(error)
    }
}

impl NotReady {
    /// Says what is wrong with the plugin and gives the exit code; hands on what is no fault of the plugin.
    pub(super) fn tell(self, json: bool) -> anyhow::Result<u8> {
        match self {
            Self::Plugin(finding) => {
                let findings = [finding];
                finding::tell(&findings, json)?;
                Ok(finding::exit_code(&findings))
            }
            Self::Other(error) => Err(error),
        }
    }
}

/// Reads or builds the component, loads it, and has it plan.
pub(super) fn ready(which: &Which, frame: &Frame) -> Result<Ready, NotReady> {
    let component = which.read()?;
    let workshop = Workshop::open(&component)?;
    load(component, workshop, frame)
}

/// Loads a component and has it plan.
pub(super) fn load(component: Component, workshop: Workshop, frame: &Frame) -> Result<Ready, NotReady> {
    let plugin = component::loaded(&workshop, &component).map_err(NotReady::Plugin)?;
    match frame.tried(plugin) {
        Ok(tried) => Ok(Ready { component, workshop, tried }),
        Err(Untried::Plugin(finding)) => Err(NotReady::Plugin(finding)),
        Err(Untried::File(error)) => Err(NotReady::Other(error)),
    }
}
