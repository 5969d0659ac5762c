//! Deleting everything for good: core/engine/src/farewell.rs.

use std::path::Path;

use belay_engine::{Engine, Farewell, FarewellView};

use crate::{BelayCore, CoreConfig, CoreHost, Result, worker};

#[uniffi::export]
impl BelayCore {
    /// Leaves every space and empties the store; what partners and relays are still to be told is kept for
    /// the function `send_farewell`. The core is closed then. Writes to disk.
    pub async fn delete_everything(&self) -> Result<()> {
        self.on_disk(Engine::delete_everything).await
    }
}

/// Whether removing a store was begun and not finished: [`erase_now`] finishes it.
#[uniffi::export]
pub async fn is_going(dir: String) -> Result<bool> {
    worker::on_disk(move || Ok(Engine::is_going(Path::new(&dir)))).await
}

/// What a store that is being deleted has still to say.
#[uniffi::export(default(passphrase = None))]
pub async fn farewell_left(
    config: CoreConfig,
    host: CoreHost,
    passphrase: Option<String>,
) -> Result<FarewellView> {
    let (config, log) = host.engine_config(config.dir);
    log.told(worker::on_disk(move || Farewell::open(config, passphrase.as_deref())?.left()).await)
}

/// Says it. When nothing is left to be said, the store is removed whole. Touches the network.
#[uniffi::export(default(passphrase = None))]
pub async fn send_farewell(
    config: CoreConfig,
    host: CoreHost,
    passphrase: Option<String>,
) -> Result<FarewellView> {
    let (config, log) = host.engine_config(config.dir);
    let sent = async move { Farewell::open(config, passphrase.as_deref())?.send().await };
    log.told(worker::on_network(sent).await)
}

/// Removes the store without saying anything to anybody. Writes to disk.
#[uniffi::export]
pub async fn erase_now(config: CoreConfig, host: CoreHost) -> Result<()> {
    let (config, log) = host.engine_config(config.dir);
    log.told(worker::on_disk(move || Engine::erase_now(&config)).await)
}
