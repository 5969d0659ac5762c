//! The one object a shell holds: its beginning and its end.

use std::path::Path;
use std::sync::Arc;

use belay_engine::Engine;

use crate::asking_devices::AskingDevices;
use crate::log::Log;
use crate::{CoreHost, NewOwnDevice, NewPerson, Result, worker};

/// Where the store lies.
#[derive(Debug, Clone, uniffi::Record)]
pub struct CoreConfig {
    /// The store's folder, in the program's private place.
    pub dir: String,
}

/// A person's Belay on this device.
#[derive(uniffi::Object)]
pub struct BelayCore {
    engine: Arc<Engine>,
    pub(crate) asking: AskingDevices,
    pub(crate) log: Log,
}

#[uniffi::export]
impl BelayCore {
    /// Begins: makes the store in an empty folder. Writes to disk.
    #[uniffi::constructor]
    pub async fn create(config: CoreConfig, host: CoreHost, new: NewPerson) -> Result<Arc<Self>> {
        let (config, log) = host.engine_config(config.dir);
        Self::made(log, move || Engine::create(config, new.into())).await
    }

    /// Begins as a further device of somebody who uses Belay on another one. Writes to disk.
    #[uniffi::constructor]
    pub async fn create_own_device(
        config: CoreConfig,
        host: CoreHost,
        new: NewOwnDevice,
    ) -> Result<Arc<Self>> {
        let (config, log) = host.engine_config(config.dir);
        Self::made(log, move || Engine::create_own_device(config, new.into())).await
    }

    /// Opens the store that is there. Writes to disk where an older version made it.
    #[uniffi::constructor(default(passphrase = None))]
    pub async fn open(
        config: CoreConfig,
        host: CoreHost,
        passphrase: Option<String>,
    ) -> Result<Arc<Self>> {
        let (config, log) = host.engine_config(config.dir);
        Self::made(log, move || Engine::open(config, passphrase.as_deref())).await
    }

    /// Ends the work: later calls answer `Closed`.
    pub async fn shutdown(&self) -> Result<()> {
        self.on_disk(Engine::shutdown).await
    }

    /// Leaves nothing half done on the disk before the system suspends the program.
    pub async fn enter_background(&self) -> Result<()> {
        self.on_disk(Engine::checkpoint).await
    }

    /// The 24 recovery words, until they are confirmed.
    pub async fn recovery_words(&self) -> Result<Vec<String>> {
        self.on_disk(Engine::recovery_words).await
    }

    /// Confirms that they were written down; the device forgets them then.
    pub async fn confirm_recovery_words(&self, words: String) -> Result<()> {
        self.on_disk(move |engine| engine.confirm_recovery_words(&words))
            .await
    }
}

impl BelayCore {
    async fn made(
        log: Log,
        make: impl FnOnce() -> belay_engine::Result<Engine> + Send + 'static,
    ) -> Result<Arc<Self>> {
        let (core, ()) = Self::made_with(log, move || Ok((make()?, ()))).await?;
        Ok(core)
    }

    /// As [`Self::made`], with what is told beside it.
    pub(crate) async fn made_with<T: Send + 'static>(
        log: Log,
        make: impl FnOnce() -> belay_engine::Result<(Engine, T)> + Send + 'static,
    ) -> Result<(Arc<Self>, T)> {
        let (engine, told) = log.told(worker::on_disk(make).await)?;
        Ok((Self::of(engine, log), told))
    }

    /// As [`Self::made_with`], where the network is asked first.
    pub(crate) async fn made_by_network<T: Send + 'static>(
        log: Log,
        make: impl Future<Output = belay_engine::Result<(Engine, T)>> + Send + 'static,
    ) -> Result<(Arc<Self>, T)> {
        let (engine, told) = log.told(worker::on_network(make).await)?;
        Ok((Self::of(engine, log), told))
    }

    fn of(engine: Engine, log: Log) -> Arc<Self> {
        Arc::new(Self {
            engine: Arc::new(engine),
            asking: AskingDevices::default(),
            log,
        })
    }

    /// Runs something of the engine that touches the disk, whether or not it is still waited for.
    pub(crate) async fn on_disk<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Engine) -> belay_engine::Result<T> + Send + 'static,
    ) -> Result<T> {
        let engine = Arc::clone(&self.engine);
        self.log.told(worker::on_disk(move || job(&engine)).await)
    }

    /// Runs something of the engine that touches the network, whether or not it is still waited for.
    pub(crate) async fn on_network<T: Send + 'static, J>(
        &self,
        job: impl FnOnce(Arc<Engine>) -> J,
    ) -> Result<T>
    where
        J: Future<Output = belay_engine::Result<T>> + Send + 'static,
    {
        self.log.told(worker::on_network(job(self.engine())).await)
    }

    pub(crate) fn engine(&self) -> Arc<Engine> {
        Arc::clone(&self.engine)
    }
}

/// Whether there is a store in the folder.
#[uniffi::export]
pub async fn store_exists(dir: String) -> Result<bool> {
    worker::on_disk(move || Ok(Engine::exists(Path::new(&dir)))).await
}

/// Whether the store in the folder opens only with a passphrase.
#[uniffi::export]
pub async fn needs_passphrase(dir: String) -> Result<bool> {
    worker::on_disk(move || Engine::needs_passphrase(Path::new(&dir))).await
}
