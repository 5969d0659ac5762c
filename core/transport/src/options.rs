//! How a relay is trusted.

use std::sync::Arc;
use std::time::Duration;

use belay_protocol::relay::{RelayOrigin, Scheme};
use rustls::pki_types::CertificateDer;
use rustls::{ClientConfig, RootCertStore};

use crate::TransportError;

const SILENCE: Duration = Duration::from_secs(60);

/// What a person decided about a relay, and how long to be patient.
#[derive(Debug, Clone)]
pub struct RelayOptions {
    /// Trust only certificates that one of these (DER) signed, or that is one of these, instead of the
    /// public authorities.
    pub pinned_roots: Option<Vec<Vec<u8>>>,
    /// The person said yes to plain HTTP to another machine. To this machine it is always allowed.
    pub allow_plain_http: bool,
    /// How long a connection may take to come about.
    pub connect_timeout: Duration,
    /// How long a request may take, a long poll's waiting not counted.
    pub timeout: Duration,
}

impl Default for RelayOptions {
    fn default() -> Self {
        Self {
            pinned_roots: None,
            allow_plain_http: false,
            connect_timeout: Duration::from_secs(10),
            timeout: Duration::from_secs(30),
        }
    }
}

impl RelayOptions {
    /// Makes the HTTP client for a relay: its own connections, no redirects (a signature is for one
    /// path), no name of the program.
    pub(crate) fn client(&self, origin: &RelayOrigin) -> Result<reqwest::Client, TransportError> {
        let plain = origin.scheme() == Scheme::Http;
        if plain && !origin.is_loopback() && !self.allow_plain_http {
            return Err(TransportError::UnsafeOrigin);
        }
        let mut builder = reqwest::Client::builder()
            .tls_backend_preconfigured(self.tls()?)
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .https_only(!plain)
            .connect_timeout(self.connect_timeout)
            // Longer than any long poll and than the silence of a live connection.
            .read_timeout(SILENCE)
            .tcp_nodelay(true);
        if origin.is_loopback() {
            builder = builder.no_proxy();
        }
        builder.build().map_err(|_| TransportError::Setup)
    }

    fn tls(&self) -> Result<ClientConfig, TransportError> {
        let mut roots = RootCertStore::empty();
        match &self.pinned_roots {
            Some(pinned) => {
                for certificate in pinned {
                    roots
                        .add(CertificateDer::from(certificate.clone()))
                        .map_err(|_| TransportError::Setup)?;
                }
            }
            None => roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned()),
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|_| TransportError::Setup)?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(config)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn plain_http_to_another_machine_needs_a_yes() {
        let careful = RelayOptions::default();
        let agreed = RelayOptions {
            allow_plain_http: true,
            ..RelayOptions::default()
        };
        let far: RelayOrigin = "http://relay.example".parse().unwrap();
        let near: RelayOrigin = "http://127.0.0.1:8117".parse().unwrap();
        let safe: RelayOrigin = "https://relay.example".parse().unwrap();
        assert_eq!(
            careful.client(&far).unwrap_err(),
            TransportError::UnsafeOrigin
        );
        assert!(agreed.client(&far).is_ok());
        assert!(careful.client(&near).is_ok());
        assert!(careful.client(&safe).is_ok());
    }
}
