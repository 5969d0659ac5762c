//! What a shell hands in: the time, random bytes, and a place for one secret.

use belay_model::Entropy;

use crate::Result;

/// Tells the time. The shells use [`SystemClock`]; tests and the demo hand in one they can move.
pub trait Clock: Send + Sync {
    /// Milliseconds since 1970-01-01T00:00Z.
    fn now_ms(&self) -> i64;

    /// The IANA name of the zone the device is in.
    fn zone_name(&self) -> String;

    /// Seconds east of UTC that the device's own wall clock shows at `at_ms`; `None` where the device
    /// cannot say, and the zone data built into this version decides. A phone says it: its zone data is
    /// updated more often than Belay, and may know zones that this version does not.
    fn offset_seconds(&self, at_ms: i64) -> Option<i32> {
        let _ = at_ms;
        None
    }
}

/// Where the device is, as far as clocks go, at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DeviceZone {
    /// The IANA name.
    pub name: String,
    /// What the device's wall clock shows, where the device says it.
    pub offset_seconds: Option<i32>,
}

impl DeviceZone {
    pub(crate) fn at(clock: &dyn Clock, at_ms: i64) -> Self {
        Self {
            name: clock.zone_name(),
            offset_seconds: clock.offset_seconds(at_ms),
        }
    }
}

/// The operating system's clock, in a zone the shell names.
#[derive(Debug, Clone)]
pub struct SystemClock {
    /// The IANA name of the device's zone.
    pub zone_name: String,
}

impl Clock for SystemClock {
    fn now_ms(&self) -> i64 {
        std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .ok()
            .and_then(|since| i64::try_from(since.as_millis()).ok())
            .unwrap_or(0)
    }

    fn zone_name(&self) -> String {
        self.zone_name.clone()
    }
}

/// The operating system's random bytes.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&mut self, bytes: &mut [u8]) {
        getrandom::fill(bytes).expect("the operating system gives random bytes");
    }
}

/// Where the secret that opens the store is kept: a phone's keystore, a desktop's keyring, or a file.
/// Quick and synchronous.
pub trait SecretStore: Send + Sync {
    /// The secret, or `None` when there is none yet.
    ///
    /// # Errors
    /// [`crate::BelayError::Locked`] while the keystore cannot be opened.
    fn load(&self) -> Result<Option<Vec<u8>>>;

    /// Keeps the secret, replacing an older one.
    ///
    /// # Errors
    /// When it cannot be kept; the store is then not made.
    fn save(&self, secret: &[u8]) -> Result<()>;

    /// Forgets the secret and the count, for good: the store is deleted. Nothing there is fine.
    ///
    /// # Errors
    /// [`crate::BelayError::Locked`] while the keystore cannot be opened, or what the disk refuses; the
    /// store's files are still there then, and it is tried again.
    fn delete(&self) -> Result<()>;

    /// How often the store was opened, as counted beside the secret; `None` where nothing protects the
    /// count from being copied together with the store (a plain file). A store that is behind this count
    /// was rolled back (docs/protocol.md, "Incarnations").
    ///
    /// # Errors
    /// [`crate::BelayError::Locked`] while the keystore cannot be opened.
    fn opens(&self) -> Result<Option<u64>>;

    /// Keeps the count of [`Self::opens`]; does nothing where that is `None`.
    ///
    /// # Errors
    /// When it cannot be kept.
    fn save_opens(&self, opens: u64) -> Result<()>;
}
