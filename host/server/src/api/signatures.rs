//! Who signed a plugin, as far as the house knows their key (`[plugins]` in the settings).

use axum::http::HeaderMap;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use plaudit_store::{
    Batch,
    family::{
        self,
        signature::{Signature, Signatures},
    },
};

use super::{
    AppState,
    problem::{Answer, Problem},
};
use crate::{config::Plugins, signing};

/// Header with the base64 of a component's `.minisig` file.
pub(crate) const HEADER: &str = "plaudit-signature";

/// The signature that came along, if its key is one of the house's and it holds.
///
/// # Errors
/// The header can't be read; the signature does not hold; or nothing is installed here without one, and there is none
/// whose key is known.
pub(super) fn come_along(
    plugins: &Plugins,
    headers: &HeaderMap,
    component: &[u8],
) -> Answer<Option<Signature>> {
    let refused = |why: String| Problem::unprocessable("plugin-refused", why);
    let found = match headers.get(HEADER) {
        None => None,
        Some(header) => {
            let text =
                STANDARD.decode(header.as_bytes()).ok().and_then(|bytes| String::from_utf8(bytes).ok());
            let signature = text.and_then(|text| Some((signing::made_with(&text)?, text)));
            Some(signature.ok_or_else(|| {
                let detail = format!("`{HEADER}` must be the base64 of a signature in minisign's format");
                Problem::bad_request("bad-header", detail)
            })?)
        }
    };
    let Some((made_with, text)) = found else {
        return match plugins.signed_only {
            false => Ok(None),
            true => Err(refused(
                "nothing is installed here without a signature (plugins.signed_only); sign it with `plaudit plugin sign`"
                    .to_owned(),
            )),
        };
    };
    let of_house = plugins.signers.values().filter_map(|line| Some((line, signing::public(line)?)));
    let mut why_not = None;
    for (line, key) in of_house.filter(|(_, key)| signing::hex_id(key.keynum()) == made_with) {
        match signing::verify(component, &text, &key) {
            Ok(_) => return Ok(Some(Signature { key: line.clone(), text })),
            Err(why) => why_not = Some(why),
        }
    }
    match why_not {
        Some(why) => Err(refused(format!("the signature does not hold: {why}"))),
        None if plugins.signed_only => Err(refused(format!(
            "it is signed with key {made_with}, which is none of this house's (plugins.signers)"
        ))),
        // It can't be told whether it holds: as if there were none.
        None => Ok(None),
    }
}

/// Keeps a signature that holds.
pub(super) fn keep(state: &AppState, digest: &str, signature: &Signature) -> Answer<()> {
    let mut batch = Batch::default();
    family::put::<Signatures>(&mut batch, &digest.to_owned(), signature);
    state.store.apply(batch)?;
    Ok(())
}

/// Name of who signed a plugin, while the house knows their key.
pub(crate) fn signer(state: &AppState, digest: &str) -> Option<String> {
    let found = family::get::<Signatures>(&*state.store, &digest.to_owned());
    let signature = found.unwrap_or_else(|error| {
        tracing::error!(%error, digest, "a signature can't be read");
        None
    })?;
    let signers = &state.config.plugins.signers;
    signers.iter().find(|(_, key)| **key == signature.key).map(|(name, _)| name.clone())
}

#[cfg(test)]
mod tests {
    use minisign::KeyPair;

    use super::*;

    const COMPONENT: &[u8] = b"\0asm as it was signed";

    fn signed_by(pair: &KeyPair) -> HeaderMap {
        let signature = minisign::sign(None, &pair.sk, COMPONENT, None, None).unwrap();
        let mut headers = HeaderMap::new();
        headers.insert(HEADER, STANDARD.encode(signature.into_string()).parse().unwrap());
        headers
    }

    fn house(signers: &[(&str, &KeyPair)], signed_only: bool) -> Plugins {
        let line = |(name, pair): &(&str, &KeyPair)| ((*name).to_owned(), pair.pk.to_base64());
        Plugins { signers: signers.iter().map(line).collect(), signed_only }
    }

    fn why_not(answer: Answer<Option<Signature>>) -> String {
        answer.unwrap_err().detail
    }

    #[test]
    fn a_known_key_names_its_owner_and_another_one_nobody() {
        let (ana, eva) = (
            KeyPair::generate_unencrypted_keypair().unwrap(),
            KeyPair::generate_unencrypted_keypair().unwrap(),
        );
        let known = house(&[("Ana", &ana)], false);
        let kept = come_along(&known, &signed_by(&ana), COMPONENT).unwrap().unwrap();
        assert_eq!(kept.key, ana.pk.to_base64());
        assert_eq!(come_along(&known, &signed_by(&eva), COMPONENT).unwrap(), None, "it can't be told");
        assert_eq!(come_along(&known, &HeaderMap::new(), COMPONENT).unwrap(), None);
    }

    #[test]
    fn what_was_changed_since_is_refused_in_any_house_that_knows_the_key() {
        let ana = KeyPair::generate_unencrypted_keypair().unwrap();
        let why = why_not(come_along(&house(&[("Ana", &ana)], false), &signed_by(&ana), b"\0asm changed"));
        assert!(why.contains("does not hold"), "{why}");
    }

    #[test]
    fn a_house_may_want_signatures() {
        let (ana, eva) = (
            KeyPair::generate_unencrypted_keypair().unwrap(),
            KeyPair::generate_unencrypted_keypair().unwrap(),
        );
        let strict = house(&[("Ana", &ana)], true);
        assert!(come_along(&strict, &signed_by(&ana), COMPONENT).unwrap().is_some());
        let why = why_not(come_along(&strict, &signed_by(&eva), COMPONENT));
        assert!(why.contains("none of this house's"), "{why}");
        let why = why_not(come_along(&strict, &HeaderMap::new(), COMPONENT));
        assert!(why.contains("plugins.signed_only"), "{why}");
    }

    #[test]
    fn what_is_no_signature_is_said() {
        let mut headers = HeaderMap::new();
        headers.insert(HEADER, "RW".parse().unwrap());
        let why = why_not(come_along(&house(&[], false), &headers, COMPONENT));
        assert!(why.contains("base64"), "{why}");
    }
}
