//! A loaded rule: what it says of itself, and what it plans for given settings.

use std::{collections::BTreeSet, sync::Arc};

use plaudit_core::{
    limits::{MANIFEST_BYTES_MAX, PLAN_BYTES_MAX, SETTINGS_BYTES_MAX, TEXT_ARGUMENTS_MAX},
    rule::{BoardSpec, Manifest, Plan, Problem},
};

use crate::{
    bindings::{RulePre, plaudit::rule::types},
    bounds::Class,
    check::speaks,
    error::{LoadError, PlanError},
    guest::{Instance, WasmGuest},
    host::{Call, Host, Shape},
    sinks,
};

/// Problems of settings that a rule may name.
const PROBLEMS_MAX: usize = 100;

/// A loaded, compiled and described plugin. Cheap to share; compiled once per digest.
pub struct Plugin {
    digest: String,
    class: Class,
    pre: RulePre<Host>,
    manifest: Arc<Manifest>,
}

impl Plugin {
    /// Links compiled code and asks the rule for its manifest.
    pub(crate) fn describe(digest: String, class: Class, pre: RulePre<Host>) -> Result<Self, LoadError> {
        let nothing = Manifest {
            name: String::new(),
            version: String::new(),
            contract: String::new(),
            settings: serde_json::Value::Null,
            state_schema: 0,
            texts: std::collections::BTreeMap::new(),
        };
        let mut plugin = Self { digest, class, pre, manifest: Arc::new(nothing) };
        let mut instance = Instance::new(&plugin, no_shape()).map_err(LoadError::Describe)?;
        let described = instance
            .call("describe", Call::Cold, class.fuel_cold(), |rule, store| rule.call_describe(store))
            .map_err(LoadError::Describe)?;
        tracing::debug!(digest = %plugin.digest, fuel = described.fuel, fuel_given = class.fuel_cold(), "described");
        plugin.manifest = Arc::new(manifest(&described.value)?);
        Ok(plugin)
    }

    /// SHA-256 of the component, 64 hexadecimal digits.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// What the plugin says of itself.
    #[must_use]
    pub fn manifest(&self) -> &Arc<Manifest> {
        &self.manifest
    }

    /// What the rule subscribes to and keeps for these settings (JSON); the plan is consistent in itself.
    ///
    /// # Errors
    /// [`PlanError::Settings`] for whoever fills in the form, all others for the rule's developer.
    pub fn plan(&self, settings: &str) -> Result<Plan, PlanError> {
        if settings.len() > SETTINGS_BYTES_MAX {
            return Err(PlanError::SettingsTooLarge { bytes: settings.len() });
        }
        let mut instance = Instance::new(self, no_shape()).map_err(PlanError::Call)?;
        let answer = instance
            .call("plan", Call::Cold, self.class.fuel_cold(), |rule, store| rule.call_plan(store, settings))
            .map_err(PlanError::Call)?;
        let document = answer.value.map_err(|problems| {
            PlanError::Settings(problems.into_iter().take(PROBLEMS_MAX).map(problem).collect())
        })?;
        if document.len() > PLAN_BYTES_MAX {
            let message = format!("it has {} bytes; {PLAN_BYTES_MAX} are allowed", document.len());
            return Err(PlanError::Plan(message));
        }
        let plan: Plan =
            serde_json::from_str(&document).map_err(|error| PlanError::Plan(error.to_string()))?;
        check_plan(&plan).map_err(PlanError::Plan)?;
        Ok(plan)
    }

    /// The rule, to be called for an incentive with this plan. Its effects are checked against the plan.
    #[must_use]
    pub fn guest(self: &Arc<Self>, plan: &Plan) -> WasmGuest {
        WasmGuest::new(Arc::clone(self), Shape::of(plan))
    }

    /// Fuel that a call with so many keys and steps gets.
    #[must_use]
    pub fn fuel(&self, keys: usize, steps: usize) -> u64 {
        self.class.fuel(keys, steps)
    }

    /// Wall clock of a call, in milliseconds.
    #[must_use]
    pub fn call_ms_max(&self) -> u64 {
        self.class.call_ms
    }

    /// Memory that an instance may have, in bytes.
    #[must_use]
    pub fn memory_bytes_max(&self) -> usize {
        self.class.memory_bytes
    }

    pub(crate) fn pre(&self) -> &RulePre<Host> {
        &self.pre
    }

    pub(crate) fn class(&self) -> Class {
        self.class
    }
}

impl std::fmt::Debug for Plugin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Plugin").field("name", &self.manifest.name).field("digest", &self.digest).finish()
    }
}

fn problem(found: types::Problem) -> Problem {
    let arguments = found.arguments.into_iter().take(TEXT_ARGUMENTS_MAX);
    // A text without one of its arguments says more than no text at all.
    let arguments =
        arguments.filter_map(|a| sinks::value("plan", &a.name, a.value).ok().map(|value| (a.name, value)));
    Problem { field: found.field, message: found.message, arguments: arguments.collect() }
}

fn no_shape() -> Shape {
    Shape { key: plaudit_core::rule::KeyKind::Incentive, boards: Vec::new(), draws: Vec::new(), chances: 0 }
}

/// Reads what `describe` returned.
fn manifest(document: &str) -> Result<Manifest, LoadError> {
    let wrong = |problem: String| Err(LoadError::Manifest(problem));
    if document.len() > MANIFEST_BYTES_MAX {
        return wrong(format!("it has {} bytes; {MANIFEST_BYTES_MAX} are allowed", document.len()));
    }
    let manifest: Manifest =
        serde_json::from_str(document).map_err(|error| LoadError::Manifest(error.to_string()))?;
    if !speaks(&manifest.contract) {
        return Err(LoadError::Contract { built_for: manifest.contract });
    }
    let is_name = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.len() <= 64
            && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    };
    if !is_name(&manifest.name) {
        return wrong(format!(
            "the name is `{}`; names begin with a lower-case letter and have up to 64 of a-z, 0-9 and `-`",
            manifest.name
        ));
    }
    let core = manifest.version.split(['-', '+']).next().unwrap_or_default();
    if core.split('.').count() != 3 || core.split('.').any(|part| part.parse::<u32>().is_err()) {
        return wrong(format!("the version is `{}`; it has to be semantic, such as 1.0.0", manifest.version));
    }
    if !manifest.settings.is_object() {
        return wrong("`settings` has to be a JSON Schema, an object".into());
    }
    Ok(manifest)
}

/// Whether the names and indexes of a plan hold together.
fn check_plan(plan: &Plan) -> Result<(), String> {
    unique("metric", &plan.metrics)?;
    unique("attribute", &plan.attributes)?;
    unique("board", plan.boards.iter().map(|board| &board.name))?;
    // One name, one seed.
    let drawn = plan.draws.iter().map(|draw| &draw.name);
    unique("draw or chance", drawn.chain(plan.chances.iter().map(|chance| &chance.name)))?;
    unique("quota", plan.quotas.iter().map(|quota| &quota.award))?;
    if plan.opening.as_ref().is_some_and(|opening| opening.message.is_empty()) {
        return Err("what is told when a period opens names no message of the texts".into());
    }
    plan.boards.iter().try_for_each(|board| {
        check_board(board).map_err(|problem| format!("board `{}`: {problem}", board.name))
    })
}

fn unique<'a>(what: &str, names: impl IntoIterator<Item = &'a String>) -> Result<(), String> {
    let mut seen = BTreeSet::new();
    for name in names {
        if name.is_empty() {
            return Err(format!("a {what} without a name"));
        }
        if !seen.insert(name) {
            return Err(format!("the {what} `{name}` stands there twice"));
        }
    }
    Ok(())
}

fn check_board(board: &BoardSpec) -> Result<(), String> {
    let columns = board.columns.len();
    unique("column", board.columns.iter().map(|column| &column.name))?;
    let known = |what: &str, column: u32| {
        if (column as usize) < columns {
            Ok(())
        } else {
            Err(format!("{what} names column {column}; there are {columns}"))
        }
    };
    if board.value.is_empty() {
        return Err("its value has no terms; name at least one column".into());
    }
    for term in &board.value {
        known("a term", term.column)?;
        if !term.factor.is_finite() {
            return Err(format!("the factor of column {} is {}", term.column, term.factor));
        }
    }
    board.per.map_or(Ok(()), |column| known("`per`", column))?;
    board.ties.iter().try_for_each(|tie| known("a tie-break", tie.column))?;
    for guard in &board.guards {
        known("a guard", guard.column)?;
        if let (Some(least), Some(most)) = (guard.at_least, guard.at_most)
            && least > most
        {
            return Err(format!(
                "a guard of column {} wants at least {least} and at most {most}",
                guard.column
            ));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str =
        r#"{"name":"streak","version":"1.2.3-beta","contract":"plaudit:rule@1.0.0","settings":{},"new":1}"#;

    #[test]
    fn a_manifest_may_say_more_than_we_know_but_not_less() {
        assert_eq!(manifest(GOOD).expect("good").name, "streak");
        for (from, to, word) in [
            ("streak", "Streak", "lower-case"),
            ("1.2.3", "1.2", "semantic"),
            ("@1.0.0", "@0.3.0", "plaudit:rule@0.3.0"),
            (r#""settings":{}"#, r#""settings":3"#, "JSON Schema"),
            (r#""version""#, r#""release""#, "version"),
        ] {
            let message = manifest(&GOOD.replace(from, to)).expect_err(word).to_string();
            assert!(message.contains(word), "{message}");
        }
        let long = GOOD.replace("streak", &"s".repeat(MANIFEST_BYTES_MAX));
        assert!(manifest(&long).expect_err("long").to_string().contains("bytes"));
    }

    #[test]
    fn a_plan_with_a_wrong_index_is_told_where() {
        let good = r#"{"key":"agent","metrics":["calls"],"boards":[{"name":"main","columns":[{"name":"a","aggregate":"sum"}],
            "value":[{"column":0,"factor":1.0}],"guards":[{"column":0,"at_least":1.0}],"ties":[{"column":0}],"per":0}]}"#;
        let plan = |text: &str| check_plan(&serde_json::from_str(text).expect("JSON"));
        assert_eq!(plan(good), Ok(()));
        for (from, to, word) in [
            (r#""per":0"#, r#""per":1"#, "`per`"),
            (r#"{"column":0,"factor""#, r#"{"column":7,"factor""#, "a term names column 7"),
            (r#"[{"column":0}]"#, r#"[{"column":2}]"#, "tie-break"),
            (r#""at_least":1.0"#, r#""at_least":1.0,"at_most":0.5"#, "at most 0.5"),
            (r#"["calls"]"#, r#"["calls","calls"]"#, "twice"),
            (r#""main""#, r#""""#, "without a name"),
            (r#"[{"column":0,"factor":1.0}]"#, "[]", "no terms"),
        ] {
            let message = plan(&good.replace(from, to)).expect_err(word);
            assert!(message.contains(word), "{message}");
        }
    }
}
