//! From a core module to a component, and onto the disk.

use std::{fs, path::Path};

use wit_component::{
    ComponentEncoder,
    metadata::{self, Bindgen},
};

use crate::error::BuildError;

/// A core module as a component.
///
/// # Errors
/// The module is no rule.
pub fn componentize(name: &str, module: &[u8]) -> Result<Vec<u8>, BuildError> {
    let no_rule = |why: String| BuildError::NoRule { module: name.to_owned(), why };
    // Without the contract's section, an empty component comes out, which only the server would refuse.
    let known = metadata::decode(module).map_err(|error| no_rule(format!("{error:#}")))?;
    let (_, Bindgen { resolve, world, .. }) = known;
    if resolve.worlds[world].exports.is_empty() {
        return Err(no_rule("it does not speak the contract".to_owned()));
    }
    let encode = || ComponentEncoder::default().validate(true).module(module)?.encode();
    encode().map_err(|error| no_rule(format!("{error:#}")))
}

/// Wraps a module's file as a component's, written whole or not at all.
///
/// # Errors
/// The module is no rule, or the disk says no.
pub fn write_component(module: &Path, component: &Path) -> Result<(), BuildError> {
    let bytes = fs::read(module).map_err(|source| BuildError::at(module, source))?;
    write_whole(component, &componentize(&module.display().to_string(), &bytes)?)
}

/// Writes a file whole or not at all, with the folder it stands in.
pub(crate) fn write_whole(component: &Path, bytes: &[u8]) -> Result<(), BuildError> {
    if let Some(folder) = component.parent() {
        fs::create_dir_all(folder).map_err(|source| BuildError::at(folder, source))?;
    }
    let part = component.with_extension("part");
    fs::write(&part, bytes).map_err(|source| BuildError::at(&part, source))?;
    fs::rename(&part, component).map_err(|source| BuildError::at(component, source))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_without_the_contract_is_no_rule() {
        let message = componentize("m.wasm", b"\0asm\x01\0\0\0").expect_err("empty").to_string();
        assert!(message.starts_with("m.wasm is no rule") && message.contains("export!"), "{message}");
    }
}
