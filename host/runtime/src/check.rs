//! What a component imports and exports, before anything of it is compiled.

use wasmparser::{Encoding, Parser, Payload};

use crate::{
    CONTRACT,
    error::LoadError,
    outline::{Outline, outline},
};

/// Interfaces of `plaudit:rule` that may be imported; `types` has no functions.
const GRANTED: [&str; 3] = ["plaudit:rule/types", "plaudit:rule/log", "plaudit:rule/effects"];
/// Functions that have to be there.
pub(crate) const EXPORTS: [&str; 4] = ["describe", "plan", "fold", "conclude"];

/// What the component is made of, if it asks for nothing but the sinks and offers what the contract wants.
pub(crate) fn check(wasm: &[u8]) -> Result<Outline, LoadError> {
    let outline = outline(wasm)?;
    match outline.problems().into_iter().next() {
        Some(problem) => Err(problem),
        None => Ok(outline),
    }
}

/// Walks through a component: each part with how many modules and components it stands within.
pub(crate) fn walk(
    wasm: &[u8],
    mut look: impl FnMut(usize, &Payload<'_>) -> Result<(), LoadError>,
) -> Result<(), LoadError> {
    let mut depth = 0usize;
    if !wasm.starts_with(b"\0asm") {
        return Err(LoadError::NotWasm("it does not begin with `\\0asm`".into()));
    }
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload.map_err(not_wasm)?;
        if depth == 0 && matches!(payload, Payload::Version { encoding: Encoding::Module, .. }) {
            return Err(LoadError::CoreModule);
        }
        look(depth, &payload)?;
        match payload {
            Payload::ModuleSection { .. } | Payload::ComponentSection { .. } => depth += 1,
            Payload::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    Ok(())
}

#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
pub(crate) fn not_wasm(error: wasmparser::BinaryReaderError) -> LoadError {
    LoadError::NotWasm(format!("{error}; the file may be cut off: build or copy it again"))
}

/// Whether this import is one of the sinks, in a version that this host speaks.
pub(crate) fn check_import(import: &str) -> Result<(), LoadError> {
    let (name, version) = import.split_once('@').unwrap_or((import, ""));
    if GRANTED.contains(&name) {
        let built_for = format!("plaudit:rule@{version}");
        return if speaks(&built_for) { Ok(()) } else { Err(LoadError::Contract { built_for }) };
    }
    Err(LoadError::Import { import: import.to_owned(), instead: instead(name).to_owned() })
}

/// Whether a rule built for this contract can run here.
pub(crate) fn speaks(contract: &str) -> bool {
    is_spoken_by(contract, CONTRACT)
}

/// Whether a host of one contract runs rules of another: the same major version, and no later minor one. A minor version
/// adds functions, which a rule may need; a patch changes only words.
fn is_spoken_by(theirs: &str, ours: &str) -> bool {
    let version = |contract: &str| {
        let mut parts =
            contract.strip_prefix("plaudit:rule@")?.split('.').map(|part| part.parse::<u32>().ok());
        let version = (parts.next()??, parts.next()??);
        parts.next()??;
        parts.next().is_none().then_some(version)
    };
    match (version(theirs), version(ours)) {
        (Some((major, minor)), Some(ours)) => major == ours.0 && minor <= ours.1,
        _ => false,
    }
}

/// What to write instead of an import.
fn instead(name: &str) -> &'static str {
    /// Beginnings of names, the first that fits counts.
    const REMEDIES: [(&str, &str); 13] = [
        (
            "wasi:clocks/",
            "there is no clock, because the same events must give the same result; use the time of the event: `event.time()` or `cx.now()`",
        ),
        (
            "wasi:random/",
            "there is no randomness in a rule; give tickets for a draw (`cx.tickets`), which the host draws so that anybody can check it",
        ),
        (
            "wasi:filesystem/",
            "there are no files; what a rule needs to know stands in its settings or is an event",
        ),
        (
            "wasi:sockets/",
            "there is no network; send what a rule needs to know as events, and let a webhook carry what it decides",
        ),
        (
            "wasi:http/",
            "there is no network; send what a rule needs to know as events, and let a webhook carry what it decides",
        ),
        ("wasi:cli/std", "there are no standard streams (`println!`); log with `cx.log`"),
        ("wasi:cli/terminal", "there are no standard streams (`println!`); log with `cx.log`"),
        ("wasi:io/", "there are no standard streams (`println!`); log with `cx.log`"),
        ("wasi:cli/environment", "there is no environment; what a rule needs to know stands in its settings"),
        (
            "wasi:cli/exit",
            "a rule can't exit; return an error instead, and build for `wasm32-unknown-unknown`, not `wasm32-wasip2`",
        ),
        ("wasi:keyvalue/", "there is no store; what a rule remembers stands in its state"),
        (
            "wasi:",
            "there is no WASI; build for `wasm32-unknown-unknown`, not `wasm32-wasip2` (TypeScript and Python: build with `plaudit plugin build`)",
        ),
        (
            "plaudit:rule/",
            "this host's contract has no such interface; build it with the SDK that belongs to this host",
        ),
    ];
    REMEDIES
        .iter()
        .find(|(beginning, _)| name.starts_with(beginning))
        .map_or("leave out whatever needs it; all a rule knows is handed in", |(_, remedy)| remedy)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_older_is_spoken_and_what_is_newer_is_not() {
        assert!(speaks(CONTRACT));
        let host = "plaudit:rule@1.2.0";
        for theirs in ["1.0.0", "1.1.3", "1.2.0", "1.2.7"] {
            assert!(is_spoken_by(&format!("plaudit:rule@{theirs}"), host), "{theirs}");
        }
        for theirs in ["1.3.0", "0.1.0", "2.0.0", "1.2", "1.2.0.0", "1.2.x", ""] {
            assert!(!is_spoken_by(&format!("plaudit:rule@{theirs}"), host), "{theirs}");
        }
        assert!(!is_spoken_by("acme:rule@1.0.0", host));
    }

    #[test]
    fn an_unwanted_import_is_named_with_what_to_write_instead() {
        for (import, word) in [
            ("wasi:clocks/monotonic-clock@0.2.6", "event.time()"),
            ("wasi:random/random@0.2.6", "draw"),
            ("wasi:filesystem/types@0.2.6", "files"),
            ("wasi:http/outgoing-handler@0.2.6", "webhook"),
            ("wasi:cli/stdout@0.2.6", "cx.log"),
            ("wasi:nn/graph", "wasm32-unknown-unknown"),
            ("acme:db/query", "handed in"),
        ] {
            let message = check_import(import).expect_err(import).to_string();
            assert!(message.contains(import) && message.contains(word), "{message}");
        }
    }

    #[test]
    fn another_contract_is_named_with_both_versions() {
        let message = check_import("plaudit:rule/log@0.2.0").expect_err("0.2").to_string();
        assert!(message.contains("plaudit:rule@0.2.0") && message.contains(CONTRACT), "{message}");
    }

    #[test]
    fn a_module_and_a_text_are_no_components() {
        assert!(matches!(check(b"\0asm\x01\0\0\0"), Err(LoadError::CoreModule)));
        assert!(matches!(check(b"hello"), Err(LoadError::NotWasm(_))));
        assert!(matches!(check(b"\0asm\x0d\0\x01\0\x07"), Err(LoadError::NotWasm(_))));
        assert!(matches!(check(b"\0asm\x0d\0\x01\0"), Err(LoadError::Exports { .. })));
    }
}
