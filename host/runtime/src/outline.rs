//! What a component is made of, read without compiling or running anything: for people who look at it.

use wasmparser::{ComponentExternalKind, ComponentTypeRef, Payload, TypeBounds};

use crate::{
    check::{self, EXPORTS, check_import},
    error::LoadError,
};

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
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(found)
}

impl Outline {
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
    fn what_is_no_component_has_no_outline() {
        assert!(matches!(outline(b"\0asm\x01\0\0\0"), Err(LoadError::CoreModule)));
        assert!(matches!(outline(b"hello"), Err(LoadError::NotWasm(_))));
    }
}
