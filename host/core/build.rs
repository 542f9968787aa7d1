//! Tells `utoipa` what this crate's short names of types stand for: derives see names only.

fn main() {
    utoipa_config::Config::new()
        .alias_for("Id", "String")
        .alias_for("Millis", "i64")
        .alias_for("Tz", "String")
        .alias_for("Subject", "String")
        .write_to_file();
    println!("cargo::rerun-if-changed=build.rs");
}
