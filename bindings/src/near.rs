//! Meeting other devices on one network: core/engine/src/lan. How devices find each other is the system's on
//! phones, so a shell hands it in.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Arc;

use belay_engine::{
    Advertisement, Engine, InvitationView, LanConfig, LanPeer, LanReport, NearbyView,
    TransportError, decode_tags, encode_tags,
};

use crate::subscription::Subscription;
use crate::{BelayCore, BelayError, HostError, Result, worker};

/// What to show on the network, as a service of the kind `_belay._tcp`.
#[derive(Debug, Clone, uniffi::Record)]
pub struct NearbyService {
    /// Its name, random and new every time.
    pub name: String,
    /// Its port.
    pub port: u16,
    /// Its text entries, by their keys: each with its key is at most 255 bytes, as one string of a text record is.
    pub text: HashMap<String, String>,
}

/// A service of that kind that was found and resolved.
#[derive(Debug, Clone, uniffi::Record)]
pub struct NearbyPeer {
    /// Its name.
    pub name: String,
    /// Its addresses with its port, such as `192.168.1.7:40123` or `[fe80::1%3]:40123`, best first.
    pub addresses: Vec<String>,
    /// Its text entries, by their keys, as far as they are text.
    pub text: HashMap<String, String>,
}

/// Shows this device on the network and finds others, by the means of the system. Quick: what takes time
/// happens elsewhere.
#[uniffi::export(rust, foreign)]
pub trait Discovery: Send + Sync {
    /// Shows this from now on, in place of what was shown before, and begins to look for others.
    fn advertise(&self, service: NearbyService) -> std::result::Result<(), HostError>;

    /// Who can be seen now, this device left out.
    fn peers(&self) -> std::result::Result<Vec<NearbyPeer>, HostError>;

    /// Shows nothing and looks for nobody any more. Once more does nothing.
    fn stop(&self);
}

/// Is told how keeping near goes.
#[uniffi::export(rust, foreign)]
pub trait NearbyObserver: Send + Sync {
    /// Other devices can call this one at this address from now on.
    fn on_ready(&self, address: String);

    /// Somebody was met.
    fn on_report(&self, report: LanReport);

    /// Nobody keeps near any more: the subscription was cancelled (no error), or something forbids it.
    fn on_stopped(&self, error: Option<BelayError>);
}

struct Handed(Arc<dyn Discovery>);

impl belay_engine::Discovery for Handed {
    fn advertise(&self, advertisement: &Advertisement) -> std::result::Result<(), TransportError> {
        let service = NearbyService {
            name: advertisement.name.clone(),
            port: advertisement.port,
            text: encode_tags(&advertisement.tags)
                .into_iter()
                .map(|(key, text)| (key.to_owned(), text))
                .collect(),
        };
        self.0.advertise(service).map_err(|_| TransportError::Setup)
    }

    fn peers(&self) -> Vec<LanPeer> {
        // What cannot be looked up now is looked up a second later.
        let found = self.0.peers().unwrap_or_default();
        found.into_iter().filter_map(read).collect()
    }

    fn stop(&self) {
        worker::let_be(|| self.0.stop());
    }
}

/// What was found, as far as it is one of ours: anybody may show anything.
fn read(peer: NearbyPeer) -> Option<LanPeer> {
    let addrs = peer.addresses.iter().filter_map(|text| text.parse().ok());
    Some(LanPeer {
        name: peer.name,
        addrs: addrs.collect(),
        tags: decode_tags(|key| peer.text.get(key).map(String::as_str))?,
    })
}

/// Listens on every interface; without a discovery the one built in for desktops is used.
pub(crate) fn lan_config(discovery: Option<Arc<dyn Discovery>>) -> LanConfig {
    let handed = |discovery| -> Arc<dyn belay_engine::Discovery> { Arc::new(Handed(discovery)) };
    LanConfig {
        discovery: discovery
            .map(handed)
            .or_else(belay_engine::system_discovery),
        ..LanConfig::default()
    }
}

#[uniffi::export]
impl BelayCore {
    /// Whether devices may find each other on one network, and who was met there.
    pub async fn nearby(&self) -> Result<NearbyView> {
        self.on_disk(Engine::nearby).await
    }

    /// Lets devices find each other on one network, or no more. Writes to disk.
    pub async fn set_nearby(&self, on: bool) -> Result<NearbyView> {
        self.on_disk(move |engine| engine.set_nearby(on)).await
    }

    /// Meets whoever is near, as long as the person has it switched on, until the subscription ends. Without a
    /// discovery the one built in for desktops is used. Touches the network.
    #[uniffi::method(default(discovery = None))]
    pub fn keep_near(
        &self,
        observer: Arc<dyn NearbyObserver>,
        discovery: Option<Arc<dyn Discovery>>,
    ) -> Result<Arc<Subscription>> {
        Ok(self.meet_in_room(Meeting::Everybody, observer, discovery))
    }

    /// Makes an invitation for somebody in the same room, without a relay; as [`Self::invite`] otherwise.
    pub async fn invite_near(&self) -> Result<InvitationView> {
        let engine = self.engine();
        let listen = LanConfig::default().listen;
        worker::on_network(async move { engine.invite_near(listen).await }).await
    }

    /// Makes a code for an own device in the same room, without a relay.
    pub async fn invite_own_device_near(&self) -> Result<InvitationView> {
        let engine = self.engine();
        let listen = LanConfig::default().listen;
        worker::on_network(async move { engine.invite_own_device_near(listen).await }).await
    }

    /// Calls one device whose address is known and exchanges everything once. Touches the network.
    pub async fn sync_lan(&self, address: String) -> Result<LanReport> {
        let engine = self.engine();
        worker::on_network(async move { engine.sync_lan_at(&address, &|_| {}).await }).await
    }
}

/// Whom a device is there for in a room.
pub(crate) enum Meeting {
    /// All devices of its spaces.
    Everybody,
    /// Whoever comes back with the words.
    ThoseWithWords,
}

impl BelayCore {
    /// Is there for others in the same room until the subscription ends, and tells the observer of it.
    pub(crate) fn meet_in_room(
        &self,
        meeting: Meeting,
        observer: Arc<dyn NearbyObserver>,
        discovery: Option<Arc<dyn Discovery>>,
    ) -> Arc<Subscription> {
        let engine = self.engine();
        let config = lan_config(discovery);
        let (subscription, ended) = Subscription::begin();
        worker::detached(async move {
            let heard = Arc::clone(&observer);
            let kept = worker::on_network(async move {
                let ready = |addr: SocketAddr| worker::let_be(|| heard.on_ready(addr.to_string()));
                let report =
                    |report: &LanReport| worker::let_be(|| heard.on_report(report.clone()));
                match meeting {
                    Meeting::Everybody => {
                        engine
                            .watch_lan(config, &ready, &report, ended.wait())
                            .await
                    }
                    Meeting::ThoseWithWords => {
                        engine
                            .hand_over(config, &ready, &report, ended.wait())
                            .await
                    }
                }
            });
            let error = kept.await.err();
            worker::let_be(|| observer.on_stopped(error));
        });
        subscription
    }
}
