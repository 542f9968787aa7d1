//! A new rule in TypeScript.

use std::path::{Component, Path, PathBuf};

use anyhow::Context;

use super::{Template, Words};

pub(super) const TEMPLATE: Template = Template {
    files: &[
        ("package.json", include_str!("../template/typescript/package.json.txt")),
        ("package-lock.json", include_str!("../template/typescript/package-lock.json.txt")),
        ("tsconfig.json", include_str!("../template/typescript/tsconfig.json.txt")),
        ("biome.json", include_str!("../template/typescript/biome.json.txt")),
        ("README.md", include_str!("../template/typescript/README.md.txt")),
        (".gitignore", "node_modules/\ntarget/\n"),
        // A lock file names no registry, so that it fits wherever the packages come from.
        (".npmrc", "omit-lockfile-registry-resolved=true\n"),
        ("src/rule.ts", include_str!("../template/typescript/rule.ts.txt")),
        ("test/in_a_row.test.ts", include_str!("../template/typescript/in_a_row.test.ts.txt")),
    ],
    sdk: "sdk/js",
    sdk_mark: ("package.json", "\"name\": \"@plaudit/sdk\""),
    taken: &["node_modules", "favicon.ico"],
    words,
    after: |_, _| Ok(()),
    next: "npm ci && npm test && plaudit plugin test",
};

/// What stands for `@…@` in the files.
fn words(_name: &str, folder: &Path, sdk: Option<&Path>) -> anyhow::Result<Words> {
    let sdk = sdk.context(
        "the SDK for TypeScript is in no registry yet: clone Plaudit's repository, and make the rule in it, beside it, or \
         with --sdk <checkout>/sdk/js",
    )?;
    let path = relative(folder, sdk).display().to_string();
    // Within a text of JSON.
    let quoted = serde_json::to_string(&path)?;
    Ok(vec![("@sdk@", quoted[1..quoted.len() - 1].to_owned())])
}

/// The way from one folder to another, both absolute, as npm writes it into a lock file.
fn relative(from: &Path, to: &Path) -> PathBuf {
    let common = from.components().zip(to.components()).take_while(|(a, b)| a == b).count();
    let up = from.components().skip(common).map(|_| Component::ParentDir);
    up.chain(to.components().skip(common)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_to_the_sdk_goes_up_and_down() {
        let way = |from: &str, to: &str| relative(Path::new(from), Path::new(to)).display().to_string();
        assert_eq!(way("/a/b/my-rule", "/a/plaudit/sdk/js"), "../../plaudit/sdk/js");
        assert_eq!(way("/a/plaudit/examples/my-rule", "/a/plaudit/sdk/js"), "../../sdk/js");
    }

    #[test]
    fn without_an_sdk_nothing_is_made_up() {
        let error = words("my-rule", Path::new("/a/my-rule"), None).expect_err("no SDK").to_string();
        assert!(error.contains("clone") && error.contains("--sdk"), "{error}");
    }
}
