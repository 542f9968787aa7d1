//! A new rule in Python.

use std::path::Path;

use anyhow::Context;

use super::{Template, Words};

pub(super) const TEMPLATE: Template = Template {
    files: &[
        ("pyproject.toml", include_str!("../template/python/pyproject.toml.txt")),
        ("requirements.lock", include_str!("../../../../../../sdk/python/requirements.lock")),
        ("README.md", include_str!("../template/python/README.md.txt")),
        (".gitignore", "/target\n/.venv\n__pycache__/\n"),
        ("rule.py", include_str!("../template/python/rule.py.txt")),
        ("tests/test_in_a_row.py", include_str!("../template/python/test_in_a_row.py.txt")),
    ],
    sdk: "sdk/python",
    sdk_mark: ("pyproject.toml", "name = \"plaudit-sdk\""),
    taken: &["plaudit-sdk", "plaudit", "test", "tests"],
    words,
    after: |_, _| Ok(()),
    next: "plaudit plugin test && .venv/bin/pytest",
};

/// What stands for `@…@` in the files.
fn words(_name: &str, _folder: &Path, sdk: Option<&Path>) -> anyhow::Result<Words> {
    // A literal string of TOML: nothing in it has to be escaped.
    let sdk = sdk.context(
        "the SDK for Python is in no registry yet: clone Plaudit's repository, and make the rule in it, beside it, or with \
         --sdk <checkout>/sdk/python",
    )?;
    Ok(vec![("@sdk@", format!("sdk = '{}'", sdk.display()))])
}
