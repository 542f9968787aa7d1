//! Which section of docs/errors.md belongs to which error. The names are for ever: messages and pages point to them.

use plaudit_core::rule::{CallError, Fault, FaultKind};
use plaudit_runtime::{LoadError, PlanError};

/// Sections about imports by how the import begins; the first that fits.
const IMPORTS: [(&str, &str); 10] = [
    ("wasi:clocks/", "import-clock"),
    ("wasi:random/", "import-random"),
    ("wasi:filesystem/", "import-files"),
    ("wasi:sockets/", "import-network"),
    ("wasi:http/", "import-network"),
    ("wasi:cli/std", "import-streams"),
    ("wasi:cli/terminal", "import-streams"),
    ("wasi:io/", "import-streams"),
    ("wasi:cli/environment", "import-environment"),
    ("wasi:", "import-wasi"),
];

/// All sections that something names.
#[cfg(test)]
const SECTIONS: [&str; 37] = [
    "import-clock",
    "import-random",
    "import-files",
    "import-network",
    "import-streams",
    "import-environment",
    "import-wasi",
    "import-unknown",
    "not-a-component",
    "core-module",
    "too-large",
    "exports",
    "contract",
    "compile",
    "link",
    "describe",
    "manifest",
    "schema",
    "settings",
    "settings-needed",
    "settings-too-large",
    "plan",
    "metric-unknown",
    "text-missing",
    "text-broken",
    "trap",
    "fuel",
    "memory",
    "output",
    "refused",
    "host",
    "impure-repeated",
    "impure-memory",
    "impure-chunks",
    "impure-arrival",
    "impure-native",
    "scenario",
];

pub(super) fn of_load(error: &LoadError) -> &'static str {
    match error {
        LoadError::TooLarge { .. } => "too-large",
        LoadError::NotWasm(_) => "not-a-component",
        LoadError::CoreModule => "core-module",
        LoadError::Import { import, .. } => IMPORTS
            .iter()
            .find(|(beginning, _)| import.starts_with(beginning))
            .map_or("import-unknown", |(_, section)| *section),
        LoadError::Exports { .. } => "exports",
        LoadError::Contract { .. } => "contract",
        LoadError::Compile(_) => "compile",
        LoadError::Link(_) => "link",
        LoadError::Describe(CallError::Rule(fault)) => match of_fault(fault) {
            "refused" | "output" => "describe",
            section => section,
        },
        LoadError::Describe(CallError::Infrastructure(_)) => "host",
        LoadError::Manifest(_) => "manifest",
    }
}

pub(super) fn of_plan(error: &PlanError) -> &'static str {
    match error {
        PlanError::SettingsTooLarge { .. } => "settings-too-large",
        PlanError::Settings(_) => "settings",
        PlanError::Call(error) => of_call(error),
        PlanError::Plan(_) => "plan",
    }
}

pub(super) fn of_call(error: &CallError) -> &'static str {
    match error {
        CallError::Rule(fault) => of_fault(fault),
        CallError::Infrastructure(_) => "host",
    }
}

pub(super) fn of_fault(fault: &Fault) -> &'static str {
    match fault.kind {
        FaultKind::Trap => "trap",
        FaultKind::Fuel => "fuel",
        FaultKind::Memory => "memory",
        FaultKind::Output => "output",
        FaultKind::Refused => "refused",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = include_str!("../../../../../docs/errors.md");

    #[test]
    fn every_section_is_on_the_page_and_every_one_of_the_page_is_named_by_something() {
        let on_page: Vec<&str> = PAGE.lines().filter_map(|line| line.strip_prefix("## ")).collect();
        for section in SECTIONS {
            assert!(on_page.contains(&section), "docs/errors.md lacks `## {section}`");
        }
        for section in &on_page {
            assert!(SECTIONS.contains(section), "nothing names `## {section}` of docs/errors.md");
        }
        assert_eq!(on_page.len(), SECTIONS.len(), "a section stands there twice");
    }

    #[test]
    fn every_section_has_a_message_a_cause_and_a_cure() {
        for section in PAGE.split("\n## ").skip(1) {
            let name = section.lines().next().unwrap_or_default();
            assert!(section.contains("\n    "), "{name} shows no message");
            assert!(section.contains("**Cause.**"), "{name} has no cause");
            assert!(section.contains("**Cure.**"), "{name} has no cure");
        }
    }

    #[test]
    fn imports_lead_to_their_sections() {
        let of = |import: &str| of_load(&LoadError::Import { import: import.into(), instead: String::new() });
        assert_eq!(of("wasi:clocks/wall-clock@0.2.6"), "import-clock");
        assert_eq!(of("wasi:io/streams@0.2.6"), "import-streams");
        assert_eq!(of("wasi:nn/graph@0.2.0"), "import-wasi");
        assert_eq!(of("acme:db/query"), "import-unknown");
    }
}
