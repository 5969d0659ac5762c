//! Discovery by mDNS (RFC 6762, RFC 6763), for desktops.

use std::collections::{BTreeMap, HashMap};
use std::net::{IpAddr, SocketAddr, SocketAddrV6};
use std::sync::{Mutex, MutexGuard, PoisonError};

use mdns_sd::{Receiver, ResolvedService, ScopedIp, ServiceDaemon, ServiceEvent, ServiceInfo};

use super::discovery::{Advertisement, Discovery, LanPeer, decode_tags, encode_tags};
use crate::TransportError;

/// The kind of service, as every Belay names it.
const SERVICE: &str = "_belay._tcp.local.";

/// Devices that are kept in mind at a time: a network may be full of liars.
const PEERS_MAX: usize = 64;

/// Shows this device by mDNS on every interface but loopback.
pub struct MdnsDiscovery {
    daemon: ServiceDaemon,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    events: Option<Receiver<ServiceEvent>>,
    /// The full name under which this device is shown, and how long ago it was another: none of them is a peer.
    own: Vec<String>,
    peers: BTreeMap<String, LanPeer>,
}

impl std::fmt::Debug for MdnsDiscovery {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MdnsDiscovery").finish_non_exhaustive()
    }
}

impl MdnsDiscovery {
    /// Begins; nothing is shown yet.
    ///
    /// # Errors
    /// `Setup` where the system gives no socket for it.
    pub fn new() -> Result<Self, TransportError> {
        let daemon = ServiceDaemon::new().map_err(|_| TransportError::Setup)?;
        Ok(Self {
            daemon,
            state: Mutex::default(),
        })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Discovery for MdnsDiscovery {
    fn advertise(&self, advertisement: &Advertisement) -> Result<(), TransportError> {
        let setup = |_| TransportError::Setup;
        let service = service(advertisement).map_err(setup)?.enable_addr_auto();
        let mut state = self.state();
        if state.events.is_none() {
            state.events = Some(self.daemon.browse(SERVICE).map_err(setup)?);
        }
        if let Some(before) = state.own.last() {
            // What cannot be taken back runs out by itself.
            let _ = self.daemon.unregister(before);
        }
        state.own.push(service.get_fullname().to_owned());
        let forgotten = state.own.len().saturating_sub(PEERS_MAX);
        state.own.drain(..forgotten);
        self.daemon.register(service).map_err(setup)
    }

    fn peers(&self) -> Vec<LanPeer> {
        let mut state = self.state();
        let State { events, own, peers } = &mut *state;
        while let Some(event) = events.as_ref().and_then(|events| events.try_recv().ok()) {
            match event {
                ServiceEvent::ServiceResolved(found) => {
                    let room = peers.len() < PEERS_MAX || peers.contains_key(&found.fullname);
                    if room
                        && !own.contains(&found.fullname)
                        && let Some(peer) = read(&found)
                    {
                        peers.insert(found.fullname.clone(), peer);
                    }
                }
                ServiceEvent::ServiceRemoved(_, name) => {
                    peers.remove(&name);
                }
                _ => {}
            }
        }
        if events.as_ref().is_some_and(Receiver::is_disconnected) {
            // Too much came at once; what is still there is told again.
            *events = self.daemon.browse(SERVICE).ok();
        }
        peers.values().cloned().collect()
    }

    fn stop(&self) {
        let mut state = self.state();
        if let Some(shown) = state.own.last() {
            let _ = self.daemon.unregister(shown);
        }
        let _ = self.daemon.stop_browse(SERVICE);
        *state = State::default();
    }
}

impl Drop for MdnsDiscovery {
    fn drop(&mut self) {
        // The thread behind it ends by itself; what was shown runs out.
        let _ = self.daemon.shutdown();
    }
}

fn service(advertisement: &Advertisement) -> mdns_sd::Result<ServiceInfo> {
    let entries = encode_tags(&advertisement.tags).into_iter();
    let text: HashMap<String, String> = entries.map(|(key, text)| (key.to_owned(), text)).collect();
    // The host has a random name too: the machine's own would say whose it is.
    let host = format!("{}.local.", advertisement.name);
    ServiceInfo::new(
        SERVICE,
        &advertisement.name,
        &host,
        "",
        advertisement.port,
        text,
    )
}

fn read(found: &ResolvedService) -> Option<LanPeer> {
    let name = found.fullname.strip_suffix(SERVICE)?.trim_end_matches('.');
    let tags = decode_tags(|key| found.get_property_val_str(key))?;
    let mut addrs: Vec<SocketAddr> = found
        .addresses
        .iter()
        .map(|ip| addr(ip, found.port))
        .collect();
    // IPv4 first: it needs no scope and works on every network that phones make.
    addrs.sort_by_key(|addr| (addr.is_ipv6(), *addr));
    (!addrs.is_empty()).then(|| LanPeer {
        name: name.to_owned(),
        addrs,
        tags,
    })
}

fn addr(ip: &ScopedIp, port: u16) -> SocketAddr {
    match (ip, ip.to_ip_addr()) {
        (ScopedIp::V6(scoped), IpAddr::V6(v6)) if v6.is_unicast_link_local() => {
            SocketAddrV6::new(v6, port, 0, scoped.scope_id().index).into()
        }
        (_, ip) => SocketAddr::new(ip, port),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use belay_protocol::limits::LAN_TAGS_MAX;

    use super::*;

    #[test]
    fn as_many_tags_as_there_may_be_are_shown_and_read() {
        let advertisement = Advertisement {
            name: "k7qz".to_owned(),
            port: 40_123,
            tags: (0..LAN_TAGS_MAX).map(|tag| [tag as u8; 16]).collect(),
        };
        let shown = service(&advertisement).unwrap();
        let tags = decode_tags(|key| shown.get_property_val_str(key)).unwrap();
        assert_eq!(tags, advertisement.tags);
    }
}
