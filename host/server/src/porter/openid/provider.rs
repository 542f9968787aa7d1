//! What is known of the provider: found when somebody first wants to sign in, and kept for an hour.

use std::{path::Path, sync::Arc, time::Duration};

use openidconnect::{
    AuthType, ClientId, ClientSecret, CsrfToken, DiscoveryError, EndpointMaybeSet, EndpointNotSet,
    EndpointSet, IssuerUrl, Nonce, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope,
    core::{CoreAuthenticationFlow, CoreClientAuthMethod, CoreProviderMetadata, CoreResponseType},
};
use plaudit_core::Millis;
use tokio::sync::{Mutex, Semaphore};

use super::{
    Attempt, BACK,
    attempt::Used,
    token::{OwnClient, Person},
};
use crate::{
    config,
    deliver::{NoAnswer, Outlet},
    porter::Porter,
};

/// What was found is asked for again after so long.
const FOUND_MS: Millis = 60 * 60 * 1000;
/// Keys that are unknown make us ask again, at most so often.
const LOOK_AGAIN_MS: Millis = 60 * 1000;
/// After a failure nobody is sent there to wait for so long.
const PAUSE_MS: Millis = 5 * 1000;
/// People whom we ask the provider about at a time; one more is told that it is down.
const ASKED_AT_ONCE: usize = 32;
/// Name of the file in `secrets_dir`.
const SECRET_FILE: &str = "openid-client-secret";

/// Why somebody could not be asked who they are.
#[derive(Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The provider does not answer, or not as a provider does.
    Down(String),
    /// The provider does not take the code: used before, too old, or not ours.
    Stale(String),
    /// What came back is not to be believed.
    Invalid(String),
}

/// A client for what was found.
pub(super) type Ready = OwnClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// A provider by which people sign in.
pub struct OpenId {
    settings: config::OpenId,
    issuer: IssuerUrl,
    secret: Option<ClientSecret>,
    outlet: Outlet,
    found: Mutex<Found>,
    asking: Semaphore,
    used: Used,
}

#[derive(Default)]
struct Found {
    metadata: Option<(Millis, Arc<CoreProviderMetadata>)>,
    failed: Option<(Millis, String)>,
}

// Written by hand: the secret is not printed.
impl std::fmt::Debug for OpenId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OpenId").field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl OpenId {
    /// By the settings; `None` where no provider is set. The client's secret is in a file of the secrets directory; a
    /// public client has none.
    ///
    /// # Errors
    /// The secret can't be read, or a setting can't be used.
    pub fn open(config: &config::Config) -> anyhow::Result<Option<Self>> {
        if config.openid.issuer.is_empty() {
            return Ok(None);
        }
        let path = config.store.secrets_dir.join(SECRET_FILE);
        let secret = read(&path)?;
        tracing::info!(
            issuer = config.openid.issuer,
            client_id = config.openid.client_id,
            secret = secret.is_some(),
            "people may sign in by OpenID Connect"
        );
        let timeout = Duration::from_secs(config.delivery.timeout_s);
        let outlet = Outlet::new(&config.delivery.allow_private, timeout)?;
        Ok(Some(Self::new(config.openid.clone(), secret, outlet)?))
    }

    /// With a secret, or as a public client.
    ///
    /// # Errors
    /// The issuer is no address.
    pub fn new(settings: config::OpenId, secret: Option<String>, outlet: Outlet) -> anyhow::Result<Self> {
        Ok(Self {
            issuer: IssuerUrl::new(settings.issuer.clone())?,
            secret: secret.map(ClientSecret::new),
            settings,
            outlet,
            found: Mutex::default(),
            asking: Semaphore::new(ASKED_AT_ONCE),
            used: Used::default(),
        })
    }

    /// Its settings.
    pub fn settings(&self) -> &config::OpenId {
        &self.settings
    }

    /// What the button says: its name, or the provider's host.
    pub fn label(&self) -> String {
        if self.settings.label.is_empty() {
            self.issuer.url().host_str().unwrap_or_default().to_owned()
        } else {
            self.settings.label.clone()
        }
    }

    /// Uses an attempt up; `false` if somebody came back with it before.
    pub fn take(&self, attempt: &Attempt, now: Millis) -> bool {
        self.used.take(attempt, now)
    }

    /// Where the browser goes.
    ///
    /// # Errors
    /// The provider is down.
    pub async fn address(&self, porter: &Porter, attempt: &Attempt, origin: &str) -> Result<String, Trouble> {
        let metadata = self.metadata(porter.now()).await?;
        let client = self.client(&metadata, origin)?;
        let verifier = PkceCodeVerifier::new(porter.verifier_of(attempt));
        let (state, nonce) = (porter.state_of(attempt), porter.nonce_of(attempt));
        let mut request = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                move || CsrfToken::new(state),
                move || Nonce::new(nonce),
            )
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier));
        // The crate asks for `openid` itself.
        for scope in self.settings.scopes.iter().filter(|scope| *scope != "openid") {
            request = request.add_scope(Scope::new(scope.clone()));
        }
        Ok(request.url().0.to_string())
    }

    /// Who came back with a code.
    ///
    /// # Errors
    /// See [`Trouble`].
    pub async fn who(
        &self,
        porter: &Porter,
        attempt: &Attempt,
        origin: &str,
        code: &str,
    ) -> Result<Person, Trouble> {
        let _turn = self.asking.try_acquire().map_err(|_| Trouble::Down("too many at once".to_owned()))?;
        let now = porter.now();
        let metadata = self.metadata(now).await?;
        let client = self.client(&metadata, origin)?;
        let (nonce, verifier) = (porter.nonce_of(attempt), porter.verifier_of(attempt));
        let answer = super::token::exchange(&client, &self.outlet, code, verifier).await?;
        let claim = &self.settings.claim;
        match super::token::verified(&client, &answer, &Nonce::new(nonce.clone()), now) {
            Err(super::token::Unproven::UnknownKey) => {
                // Providers change their keys: look once, and not for everybody who makes one up.
                let metadata = self.look_again(now).await?;
                let client = self.client(&metadata, origin)?;
                let claims = super::token::verified(&client, &answer, &Nonce::new(nonce), now)?;
                super::token::person(&client, &self.outlet, &answer, claims, claim).await
            }
            claims => super::token::person(&client, &self.outlet, &answer, claims?, claim).await,
        }
    }

    /// Issuer as it stands in the settings, and in tokens.
    pub fn issuer(&self) -> &str {
        self.issuer.as_str()
    }

    fn client(&self, metadata: &CoreProviderMetadata, origin: &str) -> Result<Ready, Trouble> {
        let back = RedirectUrl::new(format!("{origin}{BACK}"))
            .map_err(|error| Trouble::Invalid(format!("{origin} is no origin ({error})")))?;
        let id = ClientId::new(self.settings.client_id.clone());
        let ways = metadata.token_endpoint_auth_methods_supported();
        let takes = |way: CoreClientAuthMethod| ways.is_some_and(|ways| ways.contains(&way));
        let is_in_body = self.secret.is_none()
            || takes(CoreClientAuthMethod::ClientSecretPost)
                && !takes(CoreClientAuthMethod::ClientSecretBasic);
        let auth = if is_in_body { AuthType::RequestBody } else { AuthType::BasicAuth };
        Ok(OwnClient::from_provider_metadata(metadata.clone(), id, self.secret.clone())
            .set_redirect_uri(back)
            .set_auth_type(auth))
    }

    async fn metadata(&self, now: Millis) -> Result<Arc<CoreProviderMetadata>, Trouble> {
        self.found(now, FOUND_MS).await
    }

    async fn look_again(&self, now: Millis) -> Result<Arc<CoreProviderMetadata>, Trouble> {
        self.found(now, LOOK_AGAIN_MS).await
    }

    /// What was found at most so long ago. One asks at a time, the others wait for what it hears.
    async fn found(&self, now: Millis, age_ms: Millis) -> Result<Arc<CoreProviderMetadata>, Trouble> {
        let mut found = self.found.lock().await;
        if let Some((at, metadata)) = &found.metadata
            && now - at < age_ms
        {
            return Ok(metadata.clone());
        }
        let pausing = found.failed.as_ref().filter(|(at, _)| now - at < PAUSE_MS);
        let discovered = match pausing {
            Some((_, why)) => Err(why.clone()),
            None => discover(&self.issuer, &self.outlet).await.inspect_err(|why| {
                tracing::warn!(issuer = self.issuer.as_str(), why, "the OpenID provider can't be used");
            }),
        };
        match (discovered, &found.metadata) {
            (Ok(metadata), _) => {
                let metadata = Arc::new(metadata);
                *found = Found { metadata: Some((now, metadata.clone())), failed: None };
                Ok(metadata)
            }
            (Err(why), old) => {
                // What was found before still holds: its keys are checked all the same.
                let old = old.as_ref().map(|(_, metadata)| metadata.clone());
                if pausing.is_none() {
                    found.failed = Some((now, why.clone()));
                }
                old.ok_or(Trouble::Down(why))
            }
        }
    }
}

fn read(path: &Path) -> anyhow::Result<Option<String>> {
    use anyhow::Context;
    match std::fs::read_to_string(path) {
        Ok(text) if text.trim().is_empty() => Ok(None),
        Ok(text) => Ok(Some(text.trim().to_owned())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("{} can't be read", path.display())),
    }
}

async fn discover(issuer: &IssuerUrl, outlet: &Outlet) -> Result<CoreProviderMetadata, String> {
    let found = CoreProviderMetadata::discover_async(issuer.clone(), outlet).await;
    let metadata = found.map_err(|error: DiscoveryError<NoAnswer>| match error {
        DiscoveryError::Request(why) => why.to_string(),
        DiscoveryError::Parse(why) => format!("its document can't be read: {why}"),
        // Without the body, which may be long.
        DiscoveryError::Response(status, _, why) => format!("it answers {status}: {why}"),
        other => other.to_string(),
    })?;
    let is_code =
        |types: &openidconnect::ResponseTypes<CoreResponseType>| **types == [CoreResponseType::Code];
    if !metadata.response_types_supported().iter().any(is_code) {
        return Err("it does not offer the authorization code flow".to_owned());
    }
    if metadata.token_endpoint().is_none() {
        return Err("its document names no token endpoint".to_owned());
    }
    Ok(metadata)
}
