//! What the provider's answer is worth: signature, issuer, audience, time, nonce, and what it says of the person.

use std::collections::BTreeMap;

use chrono::DateTime;
use openidconnect::{
    AccessTokenHash, AdditionalClaims, AuthorizationCode, ClaimsVerificationError, EmptyExtraTokenFields,
    IdTokenFields, Nonce, OAuth2TokenResponse, PkceCodeVerifier, RequestTokenError,
    SignatureVerificationError, StandardErrorResponse, StandardTokenResponse, SubjectIdentifier,
    TokenResponse, UserInfoClaims, UserInfoError,
    core::{
        CoreAuthDisplay, CoreAuthPrompt, CoreErrorResponseType, CoreGenderClaim, CoreJsonWebKey,
        CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm, CoreRevocableToken,
        CoreRevocationErrorResponse, CoreTokenIntrospectionResponse, CoreTokenType,
    },
};
use plaudit_core::Millis;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{
    EMAIL,
    provider::{Ready, Trouble},
};
use crate::deliver::Outlet;

/// Signatures that are believed: those that only the provider can make. None with a shared secret, and never `none`.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];
/// Longest subject, in bytes (OpenID Connect Core 1.0, section 2).
const SUBJECT_BYTES_MAX: usize = 255;

/// Claims beyond the standard ones: any of them may name the account.
#[derive(Debug, Default, Deserialize, Serialize)]
pub(super) struct Further {
    #[serde(flatten)]
    all: BTreeMap<String, Value>,
}

impl AdditionalClaims for Further {}

type Fields = IdTokenFields<
    Further,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;

/// What the token endpoint gives.
pub(super) type Tokens = StandardTokenResponse<Fields, CoreTokenType>;

/// The crate's client, with claims of any name.
pub(super) type OwnClient<A, D, I, R, T, U> = openidconnect::Client<
    Further,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    Tokens,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    A,
    D,
    I,
    R,
    T,
    U,
>;

/// Somebody, as the provider knows them.
#[derive(Clone, PartialEq, Eq)]
pub struct Person {
    /// Their name for ever at this provider.
    pub subject: String,
    /// What the claim says that names the account, if the provider says it.
    pub named: Option<String>,
    /// Whether the provider has verified their mail address.
    pub is_verified: bool,
}

// Written by hand: who it is does not belong into a log.
impl std::fmt::Debug for Person {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Person").field("is_verified", &self.is_verified).finish_non_exhaustive()
    }
}

/// Why an ID token proves nothing.
#[derive(Debug)]
pub(super) enum Unproven {
    /// It names a key that the provider had not published when we looked.
    UnknownKey,
    Invalid(String),
}

impl From<Unproven> for Trouble {
    fn from(unproven: Unproven) -> Self {
        Self::Invalid(match unproven {
            Unproven::UnknownKey => "the ID token's key is none of the provider's".to_owned(),
            Unproven::Invalid(why) => why,
        })
    }
}

/// Gives the code and the verifier, and gets tokens.
pub(super) async fn exchange(
    client: &Ready,
    outlet: &Outlet,
    code: &str,
    verifier: String,
) -> Result<Tokens, Trouble> {
    let request = client
        .exchange_code(AuthorizationCode::new(code.to_owned()))
        .map_err(|error| Trouble::Down(error.to_string()))?
        .set_pkce_verifier(PkceCodeVerifier::new(verifier));
    request.request_async(outlet).await.map_err(|error| match error {
        RequestTokenError::Request(error) => Trouble::Down(error.to_string()),
        RequestTokenError::ServerResponse(refused) => match refused.error() {
            CoreErrorResponseType::InvalidGrant => Trouble::Stale(refused.to_string()),
            _ => Trouble::Invalid(format!("the token endpoint refuses us: {refused}")),
        },
        // Without the body: it may hold tokens.
        RequestTokenError::Parse(why, _) => Trouble::Invalid(format!("its tokens can't be read: {why}")),
        RequestTokenError::Other(why) => Trouble::Invalid(why),
    })
}

/// The claims of the ID token, once all of it has been checked.
pub(super) fn verified(
    client: &Ready,
    tokens: &Tokens,
    nonce: &Nonce,
    now: Millis,
) -> Result<Map<String, Value>, Unproven> {
    let invalid = |why: String| Unproven::Invalid(why);
    let token = tokens.id_token().ok_or_else(|| invalid("there is no ID token".to_owned()))?;
    let at = DateTime::from_timestamp_millis(now).ok_or_else(|| invalid("the clock is off".to_owned()))?;
    let verifier = client.id_token_verifier().set_allowed_algs(ALGORITHMS).set_time_fn(move || at);
    let claims = token.claims(&verifier, nonce).map_err(|error| match error {
        ClaimsVerificationError::SignatureVerification(SignatureVerificationError::NoMatchingKey) => {
            Unproven::UnknownKey
        }
        // The nonces and the subject in it are nobody's business.
        ClaimsVerificationError::InvalidNonce(_) => invalid("the nonce is another one".to_owned()),
        ClaimsVerificationError::SignatureVerification(why) => invalid(format!("the signature: {why}")),
        error => invalid(error.to_string()),
    })?;
    if let Some(wanted) = claims.access_token_hash() {
        let hashed = token
            .signing_alg()
            .and_then(|alg| Ok((alg, token.signing_key(&verifier)?)))
            .map_err(|error| invalid(error.to_string()))
            .and_then(|(alg, key)| {
                AccessTokenHash::from_token(tokens.access_token(), alg, key)
                    .map_err(|error| invalid(error.to_string()))
            })?;
        if hashed != *wanted {
            return Err(invalid("the access token is not the one that the ID token speaks of".to_owned()));
        }
    }
    let subject = claims.subject().as_str();
    if subject.is_empty() || subject.len() > SUBJECT_BYTES_MAX {
        return Err(invalid(format!("the subject has {} bytes", subject.len())));
    }
    match serde_json::to_value(claims) {
        Ok(Value::Object(claims)) => Ok(claims),
        _ => Err(invalid("the claims can't be read".to_owned())),
    }
}

/// Who it is. Many providers say more than the subject only at their userinfo endpoint: it is asked where the ID token does
/// not have the claim, and has to speak of the same subject.
pub(super) async fn person(
    client: &Ready,
    outlet: &Outlet,
    tokens: &Tokens,
    claims: Map<String, Value>,
    claim: &str,
) -> Result<Person, Trouble> {
    let text = |claims: &Map<String, Value>, name: &str| {
        claims
            .get(name)
            .and_then(Value::as_str)
            .map(str::trim)
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    };
    let is_whole = |claims: &Map<String, Value>| {
        text(claims, claim).is_some() && (claim != EMAIL || claims.contains_key("email_verified"))
    };
    // As it is: every character of a subject counts.
    let subject = claims.get("sub").and_then(Value::as_str).unwrap_or_default().to_owned();
    let claims = match client.user_info_url() {
        Some(_) if !is_whole(&claims) => {
            let further = user_info(client, outlet, tokens, &subject).await?;
            // All of it from one place: a word about one address makes no other one good.
            if text(&further, claim).is_some() { further } else { claims }
        }
        _ => claims,
    };
    let is_verified = claims.get("email_verified") == Some(&Value::Bool(true));
    Ok(Person { subject, named: text(&claims, claim), is_verified })
}

async fn user_info(
    client: &Ready,
    outlet: &Outlet,
    tokens: &Tokens,
    subject: &str,
) -> Result<Map<String, Value>, Trouble> {
    let request = client
        .user_info(tokens.access_token().clone(), Some(SubjectIdentifier::new(subject.to_owned())))
        .map_err(|error| Trouble::Invalid(error.to_string()))?;
    let answer: Result<UserInfoClaims<Further, CoreGenderClaim>, _> = request.request_async(outlet).await;
    let claims = answer.map_err(|error| match error {
        UserInfoError::Request(error) => Trouble::Down(error.to_string()),
        UserInfoError::ClaimsVerification(ClaimsVerificationError::InvalidSubject(_)) => {
            Trouble::Invalid("the userinfo endpoint speaks of somebody else".to_owned())
        }
        UserInfoError::Response(status, _, why) => {
            Trouble::Invalid(format!("userinfo answers {status}: {why}"))
        }
        UserInfoError::Parse(why) => Trouble::Invalid(format!("userinfo can't be read: {why}")),
        error => Trouble::Invalid(error.to_string()),
    })?;
    match serde_json::to_value(claims) {
        Ok(Value::Object(claims)) => Ok(claims),
        _ => Err(Trouble::Invalid("userinfo can't be read".to_owned())),
    }
}
