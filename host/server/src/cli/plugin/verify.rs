//! `plaudit plugin verify`: does a component's signature hold?

use std::path::{Path, PathBuf};

use anyhow::Context;
use serde_json::json;

use super::{EXIT_NO, component, paint::Paint, sign::beside_path};
use crate::{
    cli::out,
    signing::{self, PublicKey, Verified},
};

/// Verify a component's signature.
///
/// Exit code 3 says that it does not hold: another key, another file, or a byte that differs.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The component.
    component: PathBuf,
    /// The public key: its file, or the key itself as text (RW…).
    #[arg(long, value_name = "FILE|KEY")]
    key: String,
    /// The signature; without it, <component>.minisig.
    #[arg(long, value_name = "FILE")]
    signature: Option<PathBuf>,
    /// The result as JSON, for machines.
    #[arg(long)]
    json: bool,
}

/// Verifies; gives the exit code.
pub(super) fn run(args: &Args) -> anyhow::Result<u8> {
    let component = component::read(&args.component)?;
    let key = public(&args.key)?;
    let path = args.signature.clone().unwrap_or_else(|| beside_path(&args.component));
    let verified = verify(&component.bytes, &path, &key)?;
    if args.json {
        let document = match &verified {
            Ok(verified) => {
                json!({ "holds": true, "key_id": verified.key_id, "trusted_comment": verified.trusted_comment })
            }
            Err(why) => json!({ "holds": false, "why": why }),
        };
        out(&serde_json::to_string_pretty(&document)?)?;
    } else {
        match &verified {
            Ok(verified) => {
                let comment = verified.trusted_comment.replace('\t', ", ");
                out(&format!("the signature holds: key {}, {comment}", verified.key_id))?;
            }
            Err(why) => {
                out(&format!("{}: the signature does not hold: {why}", Paint::of_output().red("error")))?
            }
        }
    }
    Ok(if verified.is_ok() { 0 } else { EXIT_NO })
}

/// A public key from a file or as text.
pub(super) fn public(key: &str) -> anyhow::Result<PublicKey> {
    if Path::new(key).is_file() {
        let text = std::fs::read_to_string(key).with_context(|| format!("{key} can't be read"))?;
        return signing::public(&text)
            .with_context(|| format!("{key} is no public key of minisign's format"));
    }
    signing::public(key).with_context(|| format!("{key:?} is neither a file nor a public key (RW…)"))
}

/// Whether a signature holds; else why not, for people.
pub(super) fn verify(
    bytes: &[u8],
    signature: &Path,
    key: &PublicKey,
) -> anyhow::Result<Result<Verified, String>> {
    let text = std::fs::read_to_string(signature)
        .with_context(|| format!("{} can't be read; `plaudit plugin sign` makes it", signature.display()))?;
    Ok(signing::verify(bytes, &text, key).map_err(|why| format!("{}: {why}", signature.display())))
}
