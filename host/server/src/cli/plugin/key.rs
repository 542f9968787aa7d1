//! `plaudit plugin key`: a pair of keys in minisign's format.

use std::{
    fs::OpenOptions,
    io::Write,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use anyhow::Context;
use minisign::{KeyPair, SecretKey, SecretKeyBox};

use crate::{cli::out, signing::hex_id};

/// Where the password of a secret key is looked for.
pub(super) const PASSWORD: &str = "PLAUDIT_KEY_PASSWORD";

/// Make a pair of keys for signing.
///
/// Writes <NAME>.key, the secret one, for its owner alone, and <NAME>.pub. The secret key is encrypted with the password
/// in PLAUDIT_KEY_PASSWORD, or asked for on a terminal; --no-password leaves it open. `minisign` can use both files.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// What the files are called.
    name: PathBuf,
    /// Do not encrypt the secret key: whoever can read the file can sign.
    #[arg(long)]
    no_password: bool,
}

/// Makes the keys; gives the exit code.
pub(super) fn run(args: &Args) -> anyhow::Result<u8> {
    let (secret, public) = (with(&args.name, "key"), with(&args.name, "pub"));
    let pair = if args.no_password {
        KeyPair::generate_unencrypted_keypair()?
    } else {
        KeyPair::generate_encrypted_keypair(password())
            .with_context(|| format!("there is no password; set {PASSWORD}, or use --no-password"))?
    };
    let comment = if args.no_password { "plaudit secret key" } else { "plaudit encrypted secret key" };
    create(&secret, 0o600)?.write_all(pair.sk.to_box(Some(comment))?.into_string().as_bytes())?;
    create(&public, 0o644)?.write_all(pair.pk.to_box()?.into_string().as_bytes())?;
    out(&format!(
        "key {}: {} is secret, {} is for everybody",
        hex_id(pair.pk.keynum()),
        secret.display(),
        public.display()
    ))?;
    out(&format!("next: plaudit plugin sign rule.wasm --key {}", secret.display()))?;
    Ok(0)
}

fn with(name: &Path, ending: &str) -> PathBuf {
    let mut path = name.as_os_str().to_owned();
    path.push(format!(".{ending}"));
    path.into()
}

fn create(path: &Path, mode: u32) -> anyhow::Result<std::fs::File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true).mode(mode);
    options
        .open(path)
        .with_context(|| format!("{} can't be made; an existing key is never overwritten", path.display()))
}

/// Reads a secret key, open or encrypted.
pub(super) fn secret(path: &Path) -> anyhow::Result<SecretKey> {
    let text = std::fs::read_to_string(path).with_context(|| format!("{} can't be read", path.display()))?;
    let wrong = || format!("{} is no secret key of minisign's format", path.display());
    let boxed = || SecretKeyBox::from_string(&text).with_context(wrong);
    if let Ok(key) = boxed()?.into_unencrypted_secret_key() {
        return Ok(key);
    }
    let key = boxed()?.into_secret_key(password());
    key.with_context(|| format!("{} can't be opened; is the password in {PASSWORD} right?", path.display()))
}

/// From the environment; without it, the terminal is asked.
fn password() -> Option<String> {
    std::env::var(PASSWORD).ok()
}
