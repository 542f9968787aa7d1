//! The contract is compared with each text of it that was released.

use std::fs;

use crate::{name_of, root, shape::Shape, within};

const NOW: &str = include_str!("../../../sdk/wit/rule.wit");

#[test]
fn the_contract_breaks_no_released_one() {
    let now = Shape::read(NOW);
    let released = within(&root().join("sdk/wit/released"));
    assert!(!released.is_empty(), "the text of 1.0.0 is missing");
    for path in released {
        let text = fs::read_to_string(&path).expect("a released text");
        let then = Shape::read(&text);
        assert_eq!(format!("{}.{}.{}", then.version.0, then.version.1, then.version.2), file_version(&path));
        assert_eq!(now.breaks(&then), Vec::<String>::new(), "against {}", path.display());
    }
}

fn file_version(path: &std::path::Path) -> String {
    assert_eq!(path.extension().and_then(|e| e.to_str()), Some("wit"), "{}", path.display());
    name_of(path).to_owned()
}

/// What a changed contract breaks.
#[track_caller]
fn broken(from: &str, to: &str) -> Vec<String> {
    let changed = NOW.replacen(from, to, 1);
    assert_ne!(changed, NOW, "{from:?} does not stand in the contract");
    Shape::read(&changed).breaks(&Shape::read(NOW))
}

#[test]
fn every_incompatible_change_is_found() {
    for (from, to, word) in [
        ("        tickets: list<u64>,", "        tickets: list<u64>,\n        more: u32,", "types.entrant"),
        ("        members: u32,\n", "", "types.entrant"),
        (
            "        share: f32,\n        /// How many",
            "        share: f64,\n        /// How many",
            "types.entrant",
        ),
        ("{ thanks, congratulation,", "{ congratulation, thanks,", "effects.tone"),
        ("notice }", "notice, warning }", "effects.tone"),
        ("        close,\n", "        close,\n        open,\n", "types.origin"),
        ("    type timestamp = s64;", "    type timestamp = u64;", "types.batch"),
        ("    show-progress: func(progress: list<progress>);\n", "", "effects.show-progress is gone"),
        (
            "add-scores: func(scores: list<score>);",
            "add-scores: func(scores: list<score>) -> u32;",
            "effects.add-scores",
        ),
        ("    export describe: func() -> string;\n", "", "export describe is gone"),
        ("    export describe", "    export migrate: func();\n    export describe", "export migrate is new"),
        ("func(settings: string, batch: batch) ->", "func(batch: batch, settings: string) ->", "export fold"),
        ("    import log;\n", "", "imports"),
        ("    import log;", "    import clock: func() -> s64;\n    import log;", "imports"),
        ("plaudit:rule@1.0.0", "plaudit:rule@2.0.0", "major"),
        ("plaudit:rule@1.0.0", "plaudit:rules@1.0.0", "major"),
    ] {
        let found = broken(from, to);
        assert!(found.iter().any(|line| line.contains(word)), "{to:?}: {found:?} names no {word}");
    }
}

#[test]
fn a_function_more_is_fine_with_a_later_minor_version() {
    let more =
        "    record hint { text: string }\n    give-hints: func(hints: list<hint>);\n    /// Instant wins";
    let found = broken("    /// Instant wins", more);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("minor version"), "{found:?}");
    let later = NOW.replace("rule@1.0.0", "rule@1.1.0").replacen("    /// Instant wins", more, 1);
    assert_eq!(Shape::read(&later).breaks(&Shape::read(NOW)), Vec::<String>::new());
    // And a host of 1.0 is none of 1.1.
    assert!(!Shape::read(NOW).breaks(&Shape::read(&later)).is_empty());
}

#[test]
fn words_and_aliases_change_nothing() {
    let other = NOW.replace("///", "//");
    assert_eq!(Shape::read(&other).breaks(&Shape::read(NOW)), Vec::<String>::new());
    let alias = NOW.replacen("    record zone {", "    type offset = s16;\n    record zone {", 1);
    let alias = alias.replacen("offset-minutes: s16", "offset-minutes: offset", 1);
    assert_eq!(Shape::read(&alias).breaks(&Shape::read(NOW)), Vec::<String>::new());
}
