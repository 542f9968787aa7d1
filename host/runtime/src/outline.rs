//! What a component is made of, read without compiling or running anything: for people who look at it.

use plaudit_core::limits::COMPONENT_BYTES_MAX;
use wasmparser::{ComponentExternalKind, ComponentTypeRef, Payload, TypeBounds};

use crate::{
    check::{self, EXPORTS, check_import},
    error::LoadError,
};

/// The custom section by which a component says what language the rule in it is written in: `typescript`, `python`.
pub const LANGUAGE_SECTION: &str = "plaudit:language";
/// Languages whose rules carry an engine that runs them.
const INTERPRETED: [&str; 2] = ["typescript", "python"];
/// A name of a language, in bytes.
const LANGUAGE_BYTES_MAX: usize = 32;

/// Imports, exports and sizes of a component, whether or not it may run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// The whole file, in bytes.
    pub bytes: usize,
    /// Machine code of all modules, in bytes.
    pub code_bytes: usize,
    /// Data of all modules, in bytes.
    pub data_bytes: usize,
    /// Custom sections (names of functions, producers), in bytes.
    pub custom_bytes: usize,
    /// Core modules.
    pub modules: usize,
    /// Whether functions have names, so that a backtrace can say where something happened.
    pub has_names: bool,
    /// What the rule is written in, if the component says so.
    pub language: Option<String>,
    /// Interfaces that it imports, in order.
    pub imports: Vec<String>,
    /// Functions that it exports, in order.
    pub exports: Vec<String>,
}

/// Reads a component.
///
/// # Errors
/// It is no component, or is cut off.
pub fn outline(wasm: &[u8]) -> Result<Outline, LoadError> {
    let mut found = Outline { bytes: wasm.len(), ..Outline::default() };
    check::walk(wasm, |depth, payload| {
        match payload {
            Payload::ComponentImportSection(imports) if depth == 0 => {
                for import in imports.clone() {
                    let import = import.map_err(check::not_wasm)?;
                    // The contract's own records are imported by name, as types: that gives nothing.
                    if !matches!(import.ty, ComponentTypeRef::Type(TypeBounds::Eq(_))) {
                        found.imports.push(import.name.name.to_owned());
                    }
                }
            }
            Payload::ComponentExportSection(exports) if depth == 0 => {
                for export in exports.clone() {
                    let export = export.map_err(check::not_wasm)?;
                    if export.kind == ComponentExternalKind::Func {
                        found.exports.push(export.name.name.to_owned());
                    }
                }
            }
            Payload::ModuleSection { .. } => found.modules += 1,
            Payload::CodeSectionStart { size, .. } => found.code_bytes += *size as usize,
            Payload::DataSection(data) => found.data_bytes += data.range().len(),
            Payload::CustomSection(custom) => {
                found.custom_bytes += custom.data().len();
                found.has_names |= depth > 0 && custom.name() == "name";
                if depth == 0
                    && custom.name() == LANGUAGE_SECTION
                    && custom.data().len() <= LANGUAGE_BYTES_MAX
                {
                    found.language = String::from_utf8(custom.data().to_vec()).ok();
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(found)
}

impl Outline {
    /// Whether the rule is run by an engine within the component, and has the limits of such: it says so, or it is larger
    /// than a compiled rule may be. Whoever says so wrongly gets no more than whoever makes the file larger.
    #[must_use]
    pub fn is_interpreted(&self) -> bool {
        let says_so = self.language.as_deref().is_some_and(|language| INTERPRETED.contains(&language));
        says_so || self.bytes > COMPONENT_BYTES_MAX
    }

    /// Everything in it that a rule may not have, and what it lacks; [`crate::Runtime::load`] names the first of these.
    #[must_use]
    pub fn problems(&self) -> Vec<LoadError> {
        let mut problems: Vec<LoadError> =
            self.imports.iter().filter_map(|import| check_import(import).err()).collect();
        let is_there = |name: &str| self.exports.iter().any(|export| export == name);
        let missing: Vec<String> =
            EXPORTS.iter().filter(|name| !is_there(name)).map(|name| format!("`{name}`")).collect();
        if !missing.is_empty() {
            problems.push(LoadError::Exports { missing });
        }
        problems
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_component_lacks_everything_and_imports_nothing() {
        let empty = b"\0asm\x0d\0\x01\0";
        let outline = outline(empty).expect("a component");
        assert_eq!((outline.bytes, outline.modules, outline.imports.len()), (8, 0, 0));
        let problems: Vec<String> = outline.problems().iter().map(ToString::to_string).collect();
        assert_eq!(problems.len(), 1);
        assert!(problems[0].contains("`describe`, `plan`, `fold`, `conclude`"), "{problems:?}");
    }

    #[test]
    fn a_component_says_what_its_rule_is_written_in() {
        let with = |language: &str| {
            let name = LANGUAGE_SECTION.as_bytes();
            let length = |bytes: &[u8]| u8::try_from(bytes.len()).expect("short");
            let body = [[length(name)].as_slice(), name, language.as_bytes()].concat();
            let wasm = [b"\0asm\x0d\0\x01\0".as_slice(), &[0, length(&body)], &body].concat();
            outline(&wasm).expect("a component")
        };
        assert!(with("typescript").is_interpreted() && with("python").is_interpreted());
        assert!(!with("rust").is_interpreted() && !with("").is_interpreted());
        assert_eq!(with("rust").language.as_deref(), Some("rust"));
        assert_eq!(with(&"x".repeat(LANGUAGE_BYTES_MAX + 1)).language, None);
        let large = Outline { bytes: COMPONENT_BYTES_MAX + 1, ..Outline::default() };
        assert!(large.is_interpreted() && !Outline::default().is_interpreted());
    }

    #[test]
    fn what_is_no_component_has_no_outline() {
        assert!(matches!(outline(b"\0asm\x01\0\0\0"), Err(LoadError::CoreModule)));
        assert!(matches!(outline(b"hello"), Err(LoadError::NotWasm(_))));
    }
}
