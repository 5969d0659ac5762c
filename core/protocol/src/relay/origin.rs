//! Where a relay is: scheme, host and port, in one spelling.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use super::limits::ORIGIN_BYTES_MAX;
use crate::ProtocolError;

const MALFORMED: ProtocolError = ProtocolError::Malformed("relay origin");

/// How a relay is spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scheme {
    /// In the clear. Envelopes are sealed anyway; keys of mailboxes and times are not.
    Http,
    /// Over TLS.
    Https,
}

impl Scheme {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
        }
    }

    const fn default_port(self) -> u16 {
        match self {
            Self::Http => 80,
            Self::Https => 443,
        }
    }
}

/// A relay's origin as RFC 6454 writes it: `https://relay.example`, `http://127.0.0.1:8117`. Requests
/// are signed for it, so a relay cannot pass them on to another one.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct RelayOrigin {
    scheme: Scheme,
    host: String,
    port: u16,
}

impl RelayOrigin {
    /// The origin of a server listening in the clear at this address.
    #[must_use]
    pub fn plain(addr: std::net::SocketAddr) -> Self {
        Self::at(Scheme::Http, addr)
    }

    /// The origin of a server listening at this address.
    #[must_use]
    pub fn at(scheme: Scheme, addr: std::net::SocketAddr) -> Self {
        let host = match addr.ip() {
            std::net::IpAddr::V4(ip) => ip.to_string(),
            std::net::IpAddr::V6(ip) => format!("[{ip}]"),
        };
        Self {
            scheme,
            host,
            port: addr.port(),
        }
    }

    /// The scheme.
    #[must_use]
    pub const fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// The host; an IPv6 address stands in brackets.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The port.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// Whether it is this very machine, so that nobody is in between.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        if let Ok(ip) = self.host.parse::<Ipv4Addr>() {
            return ip.is_loopback();
        }
        let inner = self.host.trim_start_matches('[').trim_end_matches(']');
        match inner.parse::<Ipv6Addr>() {
            Ok(ip) => ip.is_loopback(),
            Err(_) => self.host == "localhost",
        }
    }
}

impl fmt::Display for RelayOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.scheme.as_str(), self.host)?;
        if self.port == self.scheme.default_port() {
            return Ok(());
        }
        write!(f, ":{}", self.port)
    }
}

impl fmt::Debug for RelayOrigin {
    // Which relay someone uses is nobody's business in a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RelayOrigin({}://..)", self.scheme.as_str())
    }
}

impl FromStr for RelayOrigin {
    type Err = ProtocolError;

    /// Takes an origin, also with capital letters, its default port or one closing slash; no user,
    /// path, query or fragment. An international host must be given in its ASCII form.
    fn from_str(text: &str) -> Result<Self, ProtocolError> {
        if text.len() > ORIGIN_BYTES_MAX {
            return Err(MALFORMED);
        }
        let text = text.to_ascii_lowercase();
        let (scheme, rest) = text.split_once("://").ok_or(MALFORMED)?;
        let scheme = match scheme {
            "http" => Scheme::Http,
            "https" => Scheme::Https,
            _ => return Err(MALFORMED),
        };
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        let (host, port) = split_port(rest)?;
        let port = match port {
            None => scheme.default_port(),
            Some(digits) => match super::cursor::parse_decimal(digits).map(u16::try_from) {
                Some(Ok(port)) if port > 0 => port,
                _ => return Err(MALFORMED),
            },
        };
        Ok(Self {
            scheme,
            host: canonical_host(host)?,
            port,
        })
    }
}

fn split_port(rest: &str) -> Result<(&str, Option<&str>), ProtocolError> {
    let name_end = if rest.starts_with('[') {
        rest.find(']').ok_or(MALFORMED)? + 1
    } else {
        rest.find(':').unwrap_or(rest.len())
    };
    let (host, after) = rest.split_at(name_end);
    match after.strip_prefix(':') {
        Some(port) => Ok((host, Some(port))),
        None if after.is_empty() => Ok((host, None)),
        None => Err(MALFORMED),
    }
}

fn canonical_host(host: &str) -> Result<String, ProtocolError> {
    if let Some(inner) = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'))
    {
        let ip: Ipv6Addr = inner.parse().map_err(|_| MALFORMED)?;
        return Ok(format!("[{ip}]"));
    }
    if let Ok(ip) = host.parse::<Ipv4Addr>() {
        return Ok(ip.to_string());
    }
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    // A last label of digits would be read as an address by some and as a name by others.
    let numeric_end = host.rsplit('.').next().is_some_and(|last| {
        last.bytes().all(|byte| byte.is_ascii_digit()) || last.starts_with("0x")
    });
    if host.len() > 253 || numeric_end || !host.split('.').all(label) {
        return Err(MALFORMED);
    }
    Ok(host.to_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_origin_has_one_spelling() {
        for (given, kept) in [
            ("https://Relay.Example:443/", "https://relay.example"),
            ("http://127.0.0.1:8117", "http://127.0.0.1:8117"),
            ("http://localhost:80", "http://localhost"),
            ("https://[0:0::1]:8443", "https://[::1]:8443"),
            (
                "https://xn--bcher-kva.example",
                "https://xn--bcher-kva.example",
            ),
        ] {
            assert_eq!(given.parse::<RelayOrigin>().unwrap().to_string(), kept);
        }
    }

    #[test]
    fn what_is_not_an_origin_is_refused() {
        for text in [
            "",
            "relay.example",
            "ftp://relay.example",
            "https://",
            "https://a b",
            "https://a/b",
            "https://user@relay.example",
            "https://relay.example?x",
            "https://relay.example#f",
            "https://relay.example:0",
            "https://relay.example:65536",
            "https://relay.example:",
            "https://1.2.3",
            "https://0x7f.1",
            "https://-a.example",
            "https://a..b",
            "https://[::1",
            "https://bücher.example",
            "https://[::1]x",
        ] {
            assert!(text.parse::<RelayOrigin>().is_err(), "{text}");
        }
        assert!(
            format!("https://{}", "a".repeat(300))
                .parse::<RelayOrigin>()
                .is_err()
        );
    }

    #[test]
    fn loopback_is_known_in_every_form_and_nothing_else_is() {
        for text in [
            "http://127.0.0.1",
            "http://127.9.9.9:1",
            "http://[::1]:1",
            "http://localhost",
        ] {
            assert!(text.parse::<RelayOrigin>().unwrap().is_loopback(), "{text}");
        }
        for text in [
            "http://10.0.0.1",
            "http://localhost.example",
            "http://[::2]",
            "http://128.0.0.1",
        ] {
            assert!(
                !text.parse::<RelayOrigin>().unwrap().is_loopback(),
                "{text}"
            );
        }
    }

    proptest! {
        #[test]
        fn arbitrary_text_never_panics_and_what_is_kept_is_stable(text in "(https?://)?.{0,40}") {
            if let Ok(origin) = text.parse::<RelayOrigin>() {
                let kept = origin.to_string();
                prop_assert_eq!(kept.parse::<RelayOrigin>().unwrap(), origin);
            }
        }
    }
}
