//! A shell as the tests play it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use belay_ffi::{
    BelayCore, CoreConfig, CoreHost, HostClock, HostError, LogLine, LogSink, NewPerson, SecretStore,
};
use tempfile::TempDir;

/// What a shell is asked for and told, and a way to let it panic in the middle of a call.
#[derive(Default)]
pub struct Shell {
    secret: Mutex<Option<Vec<u8>>>,
    /// From now on the clock panics, on a thread of the core, below the engine's own calls.
    pub breaks: AtomicBool,
    /// What the log was told.
    pub log: Mutex<Vec<LogLine>>,
}

/// What the broken clock says: no log may have it.
pub const DIARY: &str = "dear diary";

impl HostClock for Shell {
    fn now_ms(&self) -> i64 {
        assert!(!self.breaks.load(Ordering::SeqCst), "{DIARY}");
        1_772_476_200_000
    }

    fn zone_name(&self) -> String {
        "Europe/Berlin".to_owned()
    }

    fn offset_seconds(&self, _: i64) -> Option<i32> {
        None
    }
}

impl SecretStore for Shell {
    fn load(&self) -> Result<Option<Vec<u8>>, HostError> {
        Ok(self.secret.lock().unwrap().clone())
    }

    fn save(&self, secret: Vec<u8>) -> Result<(), HostError> {
        *self.secret.lock().unwrap() = Some(secret);
        Ok(())
    }

    fn delete(&self) -> Result<(), HostError> {
        *self.secret.lock().unwrap() = None;
        Ok(())
    }

    fn opens(&self) -> Result<Option<u64>, HostError> {
        Ok(None)
    }

    fn save_opens(&self, _: u64) -> Result<(), HostError> {
        Ok(())
    }
}

impl LogSink for Shell {
    fn log(&self, line: LogLine) {
        self.log.lock().unwrap().push(line);
    }
}

/// A person with a store in a folder of their own.
pub async fn begun() -> (TempDir, Arc<Shell>, Arc<BelayCore>) {
    let folder = tempfile::tempdir().unwrap();
    let shell = Arc::new(Shell::default());
    let host = CoreHost {
        clock: Arc::clone(&shell) as Arc<dyn HostClock>,
        secrets: Arc::clone(&shell) as Arc<dyn SecretStore>,
        log: Some(Arc::clone(&shell) as Arc<dyn LogSink>),
    };
    let config = CoreConfig {
        dir: folder.path().join("store").to_string_lossy().into_owned(),
    };
    let new = NewPerson {
        display_name: Some("Ada".to_owned()),
        day_start: belay_engine::model::DayStart::default(),
        passphrase: None,
    };
    let core = BelayCore::create(config, host, new).await.unwrap();
    (folder, shell, core)
}
