//! Where the house may connect to. Addresses of webhooks come from people who may not know, or may know too well, what
//! listens inside: nothing private is reached unless the operator listed it.
//!
//! The check is in the resolver that connects, so a name can't answer one address to a check and another to the
//! connection. Literal addresses skip resolvers and are checked with the URL. Redirects are not followed.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

/// A response body is read up to here, in bytes.
const RESPONSE_BYTES_MAX: usize = 64 * 1024;

/// Why a connection is refused; permanent until somebody changes something.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It is no URL of HTTP.
    #[error("this is no http(s) address with a host: {0}")]
    Url(String),
    /// Plain HTTP to somewhere that is not listed.
    #[error("{0} has to be reached by https, or listed under `delivery.allow_private`")]
    Plain(String),
    /// Private, and not listed.
    #[error("{0} is a private address; list it under `delivery.allow_private` if that is meant")]
    Private(String),
    /// An entry of the list can't be read.
    #[error("`{0}` is no host, address or network such as 10.0.0.0/8")]
    Entry(String),
}

/// The list of what is private and allowed.
#[derive(Clone, Debug, Default)]
pub struct Guard {
    hosts: Vec<String>,
    networks: Vec<(IpAddr, u8)>,
}

impl Guard {
    /// Reads the operator's list.
    ///
    /// # Errors
    /// [`Refused::Entry`] names the entry that is neither host, address nor network.
    pub fn new(allow: &[String]) -> Result<Self, Refused> {
        let mut guard = Self::default();
        for entry in allow {
            let bad = || Refused::Entry(entry.clone());
            if let Ok(ip) = entry.parse::<IpAddr>() {
                guard.networks.push((ip, if ip.is_ipv4() { 32 } else { 128 }));
            } else if let Some((ip, bits)) = entry.split_once('/') {
                let ip: IpAddr = ip.parse().map_err(|_| bad())?;
                let bits: u8 = bits.parse().map_err(|_| bad())?;
                if bits > if ip.is_ipv4() { 32 } else { 128 } {
                    return Err(bad());
                }
                guard.networks.push((ip, bits));
            } else if let Ok(Host::Domain(host)) = Host::parse(entry) {
                guard.hosts.push(host);
            } else {
                return Err(bad());
            }
        }
        Ok(guard)
    }

    /// Checks all that can be said without resolving the name.
    ///
    /// # Errors
    /// See [`Refused`].
    pub fn check_url(&self, url: &str) -> Result<Url, Refused> {
        let url = Url::parse(url).map_err(|_| Refused::Url(url.to_owned()))?;
        let (listed, shown) = match url.host() {
            Some(Host::Ipv4(ip)) => self.check_literal(ip.into())?,
            Some(Host::Ipv6(ip)) => self.check_literal(ip.into())?,
            Some(Host::Domain(host)) => (self.lists_host(host), host.to_owned()),
            None => return Err(Refused::Url(url.to_string())),
        };
        match url.scheme() {
            "https" => Ok(url),
            "http" if listed => Ok(url),
            "http" => Err(Refused::Plain(shown)),
            _ => Err(Refused::Url(url.to_string())),
        }
    }

    /// Checks an address that a name resolved to.
    ///
    /// # Errors
    /// [`Refused::Private`].
    pub fn check_resolved(&self, host: &str, ip: IpAddr) -> Result<(), Refused> {
        if is_public(ip) || self.lists_ip(ip) || self.lists_host(host) {
            Ok(())
        } else {
            Err(Refused::Private(format!("{host} ({ip})")))
        }
    }

    fn check_literal(&self, ip: IpAddr) -> Result<(bool, String), Refused> {
        let listed = self.lists_ip(ip);
        if is_public(ip) || listed {
            Ok((listed, ip.to_string()))
        } else {
            Err(Refused::Private(ip.to_string()))
        }
    }

    fn lists_host(&self, host: &str) -> bool {
        let host = host.trim_end_matches('.');
        self.hosts.iter().any(|h| h.eq_ignore_ascii_case(host))
    }

    fn lists_ip(&self, ip: IpAddr) -> bool {
        let ip = ip.to_canonical();
        self.networks.iter().any(|(network, bits)| contains(network.to_canonical(), *bits, ip))
    }
}

fn contains(network: IpAddr, bits: u8, ip: IpAddr) -> bool {
    match (network, ip) {
        (IpAddr::V4(network), IpAddr::V4(ip)) => {
            let mask = u32::MAX.checked_shl(32 - u32::from(bits)).unwrap_or(0);
            network.to_bits() & mask == ip.to_bits() & mask
        }
        (IpAddr::V6(network), IpAddr::V6(ip)) => {
            let mask = u128::MAX.checked_shl(128 - u32::from(bits)).unwrap_or(0);
            network.to_bits() & mask == ip.to_bits() & mask
        }
        _ => false,
    }
}

/// Whether an address is somewhere on the open Internet, by IANA's registries of special-purpose addresses.
fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    !(a == 0
        || ip.is_loopback()
        || ip.is_private()
        || ip.is_link_local()
        || ip.is_documentation()
        || ip.is_multicast()
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (b == 18 || b == 19))
        || a >= 240)
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let s = ip.segments();
    let embedded = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match s {
        // ::ffff:a.b.c.d, and the translations of 64:ff9b::/96 and 2002::/16, lead to the IPv4 address inside.
        [0, 0, 0, 0, 0, 0xffff, high, low]
        | [0x64, 0xff9b, 0, 0, 0, 0, high, low]
        | [0x2002, high, low, ..] => embedded(high, low),
        // Only 2000::/3 is given out to the world; 2001::/23 and 2001:db8::/32 and 3fff::/20 are not for hosts.
        [0x2001, second, ..] if second < 0x200 || second == 0xdb8 => false,
        [0x3fff, ..] => false,
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

struct Resolver(Arc<Guard>);

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let guard = Arc::clone(&self.0);
        Box::pin(async move {
            let host = name.as_str();
            let found: Vec<SocketAddr> = tokio::net::lookup_host((host, 0)).await?.collect();
            for address in &found {
                // One private address among public ones is reason enough: no picking.
                guard.check_resolved(host, address.ip())?;
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

/// The only way out by HTTP.
#[derive(Clone, Debug)]
pub(super) struct Client {
    guard: Arc<Guard>,
    http: reqwest::Client,
}

/// What came back.
#[derive(Debug)]
pub(super) struct Response {
    pub(super) status: u16,
    /// In seconds, where a number was given.
    pub(super) retry_after_s: Option<u64>,
    /// At most [`RESPONSE_BYTES_MAX`].
    pub(super) body: Vec<u8>,
}

/// Why nothing came back.
#[derive(Debug)]
pub(super) enum NoResponse {
    Refused(Refused),
    /// Nothing was sent.
    NotConnected(String),
    /// It may have arrived.
    Lost(String),
}

impl Client {
    pub(super) fn new(guard: Guard, timeout: Duration) -> Result<Self, reqwest::Error> {
        let guard = Arc::new(guard);
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            // A proxy from the environment would resolve names itself.
            .no_proxy()
            .dns_resolver(Arc::new(Resolver(Arc::clone(&guard))))
            .connect_timeout(timeout)
            .timeout(timeout)
            .user_agent(concat!("plaudit/", env!("CARGO_PKG_VERSION")))
            .build()?;
        Ok(Self { guard, http })
    }

    /// Asks for a document.
    pub(super) async fn get(&self, url: &str) -> Result<Response, NoResponse> {
        let url = self.guard.check_url(url).map_err(NoResponse::Refused)?;
        let response = self.http.get(url).send().await.map_err(no_response)?;
        let status = response.status().as_u16();
        Ok(Response { status, retry_after_s: None, body: read_bounded(response).await })
    }

    /// Sends a request as it is; what comes back has its content type beside it.
    pub(super) async fn send(
        &self,
        request: axum::http::Request<Vec<u8>>,
    ) -> Result<(Option<String>, Response), NoResponse> {
        self.guard.check_url(&request.uri().to_string()).map_err(NoResponse::Refused)?;
        let request = reqwest::Request::try_from(request).map_err(no_response)?;
        let response = self.http.execute(request).await.map_err(no_response)?;
        let status = response.status().as_u16();
        let content_type = response.headers().get("content-type").and_then(|kind| kind.to_str().ok());
        let content_type = content_type.map(str::to_owned);
        Ok((content_type, Response { status, retry_after_s: None, body: read_bounded(response).await }))
    }

    /// Posts JSON.
    pub(super) async fn post(
        &self,
        url: &str,
        headers: &[(&str, String)],
        body: String,
    ) -> Result<Response, NoResponse> {
        let url = self.guard.check_url(url).map_err(NoResponse::Refused)?;
        let mut request =
            self.http.post(url).header("content-type", "application/json; charset=utf-8").body(body);
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        let response = request.send().await.map_err(no_response)?;
        let retry_after_s = response
            .headers()
            .get("retry-after")
            .and_then(|v| v.to_str().ok())
            .and_then(|v| v.trim().parse().ok());
        let status = response.status().as_u16();
        Ok(Response { status, retry_after_s, body: read_bounded(response).await })
    }
}

/// The beginning of the body; a body that breaks off is what came of it.
async fn read_bounded(mut response: reqwest::Response) -> Vec<u8> {
    let mut body = Vec::new();
    while let Ok(Some(chunk)) = response.chunk().await {
        body.extend_from_slice(&chunk[..chunk.len().min(RESPONSE_BYTES_MAX - body.len())]);
        if body.len() >= RESPONSE_BYTES_MAX {
            break;
        }
    }
    body
}

fn no_response(error: reqwest::Error) -> NoResponse {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(&error);
    let mut last = String::new();
    while let Some(e) = cause {
        if let Some(refused) = e.downcast_ref::<Refused>() {
            return NoResponse::Refused(refused.clone());
        }
        last = e.to_string();
        cause = e.source();
    }
    if error.is_builder() {
        return NoResponse::Refused(Refused::Url(last));
    }
    // The address may be a secret (a room's webhook): only the innermost cause is kept.
    if error.is_connect() { NoResponse::NotConnected(last) } else { NoResponse::Lost(last) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guard(allow: &[&str]) -> Guard {
        Guard::new(&allow.iter().map(|a| (*a).to_owned()).collect::<Vec<_>>()).unwrap()
    }

    #[test]
    fn private_addresses_are_known_in_every_dress() {
        for private in [
            "127.0.0.1",
            "0.0.0.0",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "192.0.0.170",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::7f00:1",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "64:ff9b::a00:1",
            "2002:7f00:1::",
            "2001:db8::1",
            "2001::1",
            "fd00:ec2::254",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            let ip: IpAddr = private.parse().unwrap();
            assert!(!is_public(ip), "{private}");
            assert!(guard(&[]).check_resolved("evil.example", ip).is_err(), "{private}");
        }
        for public in
            ["1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
        {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
    }

    #[test]
    fn literal_addresses_are_checked_however_they_are_written() {
        for url in [
            "https://127.0.0.1/",
            "https://2130706433/",
            "https://0x7f.1/",
            "https://017700000001/",
            "https://[::1]/",
            "https://[::ffff:10.0.0.1]/",
            "https://user@169.254.169.254/latest",
        ] {
            assert!(matches!(guard(&[]).check_url(url), Err(Refused::Private(_))), "{url}");
        }
        assert!(matches!(guard(&[]).check_url("ftp://example.com/"), Err(Refused::Url(_))));
        assert!(matches!(guard(&[]).check_url("http://example.com/"), Err(Refused::Plain(_))));
        assert!(guard(&[]).check_url("https://example.com/").is_ok());
    }

    #[test]
    fn what_the_operator_lists_is_reached() {
        let guard = guard(&["127.0.0.1", "10.0.0.0/8", "hooks.internal", "fd00::/8"]);
        for url in [
            "http://127.0.0.1:9/",
            "http://10.200.0.1/",
            "http://[::ffff:10.0.0.1]/",
            "http://Hooks.Internal/",
        ] {
            assert!(guard.check_url(url).is_ok(), "{url}");
        }
        assert!(guard.check_resolved("hooks.internal", "192.168.0.1".parse().unwrap()).is_ok());
        assert!(guard.check_resolved("other.example", "fd00::1".parse().unwrap()).is_ok());
        assert!(guard.check_resolved("other.example", "192.168.0.1".parse().unwrap()).is_err());
        assert!(guard.check_url("https://127.0.0.2/").is_err());
        assert!(matches!(Guard::new(&["10.0.0.0/99".to_owned()]), Err(Refused::Entry(_))));
    }
}
