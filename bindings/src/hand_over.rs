//! Coming back with the words and another own device in one room: core/engine/src/lan/hand_over.rs.

use std::sync::Arc;

use belay_engine::{Engine, LanConfig};

use crate::near::{Meeting, lan_config};
use crate::subscription::Subscription;
use crate::{
    BelayCore, CoreConfig, CoreHost, Discovery, NearbyObserver, NewRestored, RestoredCore, Result,
};

/// Comes back from the words and another own device that hands over in the same room: at the address that it shows,
/// or found on the network, by the discovery built in for desktops where none is handed in. Everything is exchanged
/// with it before this answers. Touches the network, then the disk.
#[uniffi::export(default(address = None, discovery = None))]
pub async fn restore_near(
    config: CoreConfig,
    host: CoreHost,
    new: NewRestored,
    address: Option<String>,
    discovery: Option<Arc<dyn Discovery>>,
) -> Result<RestoredCore> {
    let (config, log) = host.engine_config(config.dir);
    let near = lan_config(discovery);
    let (core, restored) = BelayCore::made_by_network(log, async move {
        let near = LanConfig {
            peers: LanConfig::peers_at(address.as_deref())?,
            ..near
        };
        let (engine, view, _) = Engine::restore_near(config, new.into(), near, &|_| {}).await?;
        Ok((engine, view))
    })
    .await?;
    Ok(RestoredCore { core, restored })
}

#[uniffi::export]
impl BelayCore {
    /// Hands the person's keyring to whoever comes with the words, and meets them, until the subscription ends. Only
    /// the words open it. Touches the network.
    #[uniffi::method(default(discovery = None))]
    pub fn hand_over(
        &self,
        observer: Arc<dyn NearbyObserver>,
        discovery: Option<Arc<dyn Discovery>>,
    ) -> Result<Arc<Subscription>> {
        Ok(self.meet_in_room(Meeting::ThoseWithWords, observer, discovery))
    }
}
