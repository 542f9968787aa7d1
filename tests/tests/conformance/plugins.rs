//! The suite that every plugin of the repository passes, and every other component that is put into a folder.

use std::{
    env, fs,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use plaudit_runtime::{CONTRACT, outline};
use plaudit_tests::components::build_component;
use serde_json::Value;
use tempfile::TempDir;

use crate::{folder, name_of, plugin, root, within};

/// A folder of further components, such as those of rules in other languages; what is in it has to pass, too.
const MORE: &str = "PLAUDIT_CONFORMANCE_COMPONENTS";

/// A component to be tried.
pub(super) struct Component {
    /// Its plugin's name, by its manifest.
    pub(super) name: String,
    pub(super) path: PathBuf,
}

/// Every plugin of the repository, built, and those of the folder that [`MORE`] names.
pub(super) fn components() -> &'static [Component] {
    static BUILT: OnceLock<(TempDir, Vec<Component>)> = OnceLock::new();
    let (_, components) = BUILT.get_or_init(|| {
        let built = tempfile::tempdir().expect("a folder");
        let mut paths: Vec<PathBuf> = packages().iter().map(|package| build(built.path(), package)).collect();
        paths.extend(env::var_os(MORE).into_iter().flat_map(|folder| within(Path::new(&folder))));
        let is_component = |path: &PathBuf| path.extension().is_some_and(|kind| kind == "wasm");
        let component = |path: PathBuf| Component { name: name(&path), path };
        (built, paths.into_iter().filter(is_component).map(component).collect())
    });
    components
}

fn build(folder: &Path, package: &str) -> PathBuf {
    let bytes = build_component(package).unwrap_or_else(|error| panic!("{package}: {error:#}"));
    let path = folder.join(format!("{package}.wasm"));
    fs::write(&path, bytes).expect("written");
    path
}

/// Packages of the repository that become components.
fn packages() -> Vec<String> {
    let folders = ["plugins", "examples"].map(|folder| within(&root().join(folder)));
    let manifests =
        folders.into_iter().flatten().filter_map(|folder| fs::read_to_string(folder.join("Cargo.toml")).ok());
    let package = |text: String| {
        let manifest: toml::Table = text.parse().expect("a Cargo.toml");
        let kinds = manifest.get("lib")?.get("crate-type")?.as_array()?;
        let is_plugin = kinds.iter().any(|kind| kind.as_str() == Some("cdylib"));
        is_plugin.then(|| manifest["package"]["name"].as_str().expect("a name").to_owned())
    };
    manifests.filter_map(package).collect()
}

fn name(path: &Path) -> String {
    let (_, document) = plugin(&["inspect", path.to_str().expect("UTF-8")]);
    document["plugin"]["manifest"]["name"].as_str().unwrap_or_else(|| panic!("{document}")).to_owned()
}

/// The settings that a plugin is tried with; the defaults of its form where there are none.
pub(super) fn settings_of(name: &str) -> Vec<String> {
    let path = folder().join("settings").join(format!("{name}.toml"));
    if path.exists() { vec!["--settings".to_owned(), path.display().to_string()] } else { Vec::new() }
}

#[test]
fn every_plugin_imports_the_contract_alone_and_exports_all_of_it() {
    assert!(components().len() >= 15, "four plugins and eleven examples");
    let version = CONTRACT.rsplit_once('@').map_or("", |(_, version)| version);
    for component in components() {
        let outline = outline(&fs::read(&component.path).expect("the component")).expect("a component");
        assert!(outline.problems().is_empty(), "{}", component.name);
        for import in &outline.imports {
            let (interface, of) = import.split_once('@').unwrap_or((import, ""));
            let known = ["plaudit:rule/types", "plaudit:rule/log", "plaudit:rule/effects"];
            assert!(known.contains(&interface) && of == version, "{} imports {import}", component.name);
        }
    }
}

#[test]
fn every_plugin_describes_itself_and_plans_and_its_texts_are_whole() {
    for component in components() {
        let path = component.path.display().to_string();
        let settings = settings_of(&component.name);
        let mut arguments = vec!["check", &path];
        arguments.extend(settings.iter().map(String::as_str));
        let (code, document) = plugin(&arguments);
        assert_eq!((code, &document["findings"]), (0, &serde_json::json!([])), "{}", component.name);
        let metrics = document["plan"]["metrics"].as_array().map(Vec::len);
        assert!(metrics > Some(0), "{} plans for no metric: {document}", component.name);
    }
}

#[test]
fn every_plugin_has_the_properties_of_a_pure_function_and_keeps_its_limits() {
    for component in components() {
        let path = component.path.display().to_string();
        let settings = settings_of(&component.name);
        let size = ["--agents", "3", "--days", "2", "--events-a-day", "6"];
        let mut arguments = vec!["test", &path];
        arguments.extend(settings.iter().map(String::as_str).chain(size));
        let (code, document) = plugin(&arguments);
        assert_eq!(code, 0, "{}: {document}", component.name);
        let properties = document["properties"].as_array().expect("properties");
        assert!(!properties.is_empty() && properties.iter().all(|p| p["holds"] == true), "{document}");
        for (limit, used) in document["limits"].as_object().expect("limits") {
            let number = |what: &str| used[what].as_u64().or_else(|| used[what].as_f64().map(|n| n as u64));
            assert!(
                number("used") <= number("allowed"),
                "{}: {limit}: {}",
                component.name,
                Value::clone(used)
            );
        }
    }
}

/// The rule whose scenarios a plugin plays: `first-rule-python` is `first-rule` in another language.
pub(super) fn is_of(component: &Component, rule: &str) -> bool {
    let rest = component.name.strip_prefix(rule);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-')) || name_of(&component.path) == rule
}
