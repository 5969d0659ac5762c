//! What a shell hands in: the time, a place for one secret. Both are quick and answer at once.

use std::sync::Arc;

use belay_engine::{BelayError, Clock, EngineConfig};

use crate::log::{Log, LogSink};

/// Tells the time and the zone, as the device does.
#[uniffi::export(rust, foreign)]
pub trait HostClock: Send + Sync {
    /// Milliseconds since 1970-01-01T00:00Z.
    fn now_ms(&self) -> i64;

    /// The IANA name of the zone the device is in.
    fn zone_name(&self) -> String;

    /// Seconds east of UTC that the device's own wall clock shows at `at_ms`; nothing where the device cannot say.
    fn offset_seconds(&self, at_ms: i64) -> Option<i32>;
}

/// Keeps the one secret that opens the store: a phone's keystore, a desktop's keyring.
#[uniffi::export(rust, foreign)]
pub trait SecretStore: Send + Sync {
    /// The secret; nothing when there is none yet.
    fn load(&self) -> Result<Option<Vec<u8>>, HostError>;

    /// Keeps the secret, replacing an older one.
    fn save(&self, secret: Vec<u8>) -> Result<(), HostError>;

    /// Forgets the secret and the count, for good. Nothing there is fine.
    fn delete(&self) -> Result<(), HostError>;

    /// How often the store was opened; nothing where a copy of the store would carry the count with it.
    fn opens(&self) -> Result<Option<u64>, HostError>;

    /// Keeps the count.
    fn save_opens(&self, opens: u64) -> Result<(), HostError>;
}

/// What a secret store answers when it cannot do what it is asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum HostError {
    /// Not while the device or the keystore is locked.
    #[error("the keystore is locked")]
    Locked,
    /// There is no room.
    #[error("no space left")]
    StorageFull,
    /// Anything else.
    #[error("the keystore does not work")]
    Broken,
}

impl From<uniffi::UnexpectedUniFFICallbackError> for HostError {
    /// Something was thrown that is no [`HostError`]. Its words may hold anything and are not kept.
    fn from(_: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::Broken
    }
}

impl From<HostError> for BelayError {
    fn from(error: HostError) -> Self {
        match error {
            HostError::Locked => Self::Locked,
            HostError::StorageFull => Self::StorageFull,
            HostError::Broken => Self::Internal {
                code: "secret-store",
            },
        }
    }
}

/// What the core runs on.
#[derive(Clone, uniffi::Record)]
pub struct CoreHost {
    /// Time and zone.
    pub clock: Arc<dyn HostClock>,
    /// The secret's place.
    pub secrets: Arc<dyn SecretStore>,
    /// Where a shell keeps what went wrong; nothing is kept without.
    #[uniffi(default = None)]
    pub log: Option<Arc<dyn LogSink>>,
}

impl CoreHost {
    pub(crate) fn engine_config(self, dir: String) -> (EngineConfig, Log) {
        let Self {
            clock,
            secrets,
            log,
        } = self;
        let config = EngineConfig::new(dir, Arc::new(Told(clock)), Arc::new(Kept(secrets)));
        (config, Log::to(log))
    }
}

struct Told(Arc<dyn HostClock>);

impl Clock for Told {
    fn now_ms(&self) -> i64 {
        self.0.now_ms()
    }

    fn zone_name(&self) -> String {
        self.0.zone_name()
    }

    fn offset_seconds(&self, at_ms: i64) -> Option<i32> {
        self.0.offset_seconds(at_ms)
    }
}

struct Kept(Arc<dyn SecretStore>);

impl belay_engine::SecretStore for Kept {
    fn load(&self) -> belay_engine::Result<Option<Vec<u8>>> {
        Ok(self.0.load()?)
    }

    fn save(&self, secret: &[u8]) -> belay_engine::Result<()> {
        Ok(self.0.save(secret.to_vec())?)
    }

    fn delete(&self) -> belay_engine::Result<()> {
        Ok(self.0.delete()?)
    }

    fn opens(&self) -> belay_engine::Result<Option<u64>> {
        Ok(self.0.opens()?)
    }

    fn save_opens(&self, opens: u64) -> belay_engine::Result<()> {
        Ok(self.0.save_opens(opens)?)
    }
}
