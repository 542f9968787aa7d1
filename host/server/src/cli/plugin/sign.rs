//! `plaudit plugin sign`: a detached signature in minisign's format.

use std::{
    io::Cursor,
    path::{Path, PathBuf},
};

use anyhow::Context;
use minisign::{PublicKey, SignatureBox};
use serde::Serialize;
use serde_json::json;

use super::{component, key};
use crate::{cli::out, clock::Clock, signing::hex_id};

/// Sign a component; `minisign -V` can verify it.
///
/// Writes <component>.minisig: Ed25519 over the BLAKE2b of the file, in minisign's format. The trusted comment names the
/// file and the time.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The component.
    component: PathBuf,
    /// The secret key, as `plaudit plugin key` or `minisign -G` makes it. Its password is taken from PLAUDIT_KEY_PASSWORD.
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// The result as JSON, for machines.
    #[arg(long)]
    json: bool,
}

/// Signs; gives the exit code.
pub(super) fn run(args: &Args) -> anyhow::Result<u8> {
    let component = component::read(&args.component)?;
    let secret = key::secret(&args.key)?;
    let public = PublicKey::from_secret_key(&secret)?;
    let file = args.component.file_name().unwrap_or(args.component.as_os_str()).to_string_lossy();
    let comment = format!("timestamp:{}\tfile:{file}\thashed", Clock::system().now() / 1000);
    let words = Some("signature from plaudit");
    let signature =
        minisign::sign(Some(&public), &secret, Cursor::new(&component.bytes), Some(&comment), words)?;
    let path = beside_path(&args.component);
    std::fs::write(&path, signature.into_string())
        .with_context(|| format!("{} can't be written", path.display()))?;
    let id = hex_id(public.keynum());
    if args.json {
        let document = json!({ "signature": path, "key_id": id, "public_key": public.to_base64() });
        out(&serde_json::to_string_pretty(&document)?)?;
    } else {
        out(&format!("{}: signed with key {id}", path.display()))?;
        out(&format!(
            "others verify it with: minisign -V -m {} -P {}",
            args.component.display(),
            public.to_base64()
        ))?;
    }
    Ok(0)
}

/// A signature that stands beside a component. Nothing says here whether it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Beside {
    pub(super) file: String,
    pub(super) key_id: String,
    pub(super) trusted_comment: String,
}

/// Where a component's signature is.
pub(super) fn beside_path(component: &Path) -> PathBuf {
    let mut path = component.as_os_str().to_owned();
    path.push(".minisig");
    path.into()
}

/// The signature beside a component, if there is one that can be read.
pub(super) fn beside(component: &Path) -> Option<Beside> {
    let path = beside_path(component);
    let signature = SignatureBox::from_string(&std::fs::read_to_string(&path).ok()?).ok()?;
    Some(Beside {
        file: path.display().to_string(),
        key_id: hex_id(signature.keynum()),
        trusted_comment: signature.trusted_comment().unwrap_or_default(),
    })
}
