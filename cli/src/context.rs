//! What every command stands on: the store's place, the clock, and the opened engine.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use belay_engine::{BelayError, Engine, EngineConfig, Farewell, SystemClock};

use crate::args::Global;
use crate::error::{CliError, Result};
use crate::prompt;
use crate::screen::Screen;
use crate::secrets::{self, passphrase};
use crate::zone::zone_name;

/// How often a passphrase may be typed before the program gives up.
const TRIES: u8 = 3;

/// Where and when a command runs.
pub struct Context {
    /// The store's folder.
    pub dir: PathBuf,
    /// The file a passphrase is read from, if one was named.
    pub passphrase_file: Option<PathBuf>,
    zone_name: String,
}

impl Context {
    /// Reads the flags and the environment.
    pub fn new(global: Global) -> Result<Self> {
        Ok(Self {
            dir: global.dir.map_or_else(default_dir, Ok)?,
            passphrase_file: global.passphrase_file,
            zone_name: zone_name(global.zone.as_deref())?,
        })
    }

    /// The machine's clock, in the person's zone.
    pub fn clock(&self) -> SystemClock {
        SystemClock {
            zone_name: self.zone_name.clone(),
        }
    }

    /// The engine's configuration with this secret store.
    pub fn config(&self, secrets: Arc<dyn belay_engine::SecretStore>) -> EngineConfig {
        EngineConfig::new(&self.dir, Arc::new(self.clock()), secrets)
    }

    /// Opens the store; asks for the passphrase where there is one.
    pub fn open(&self, screen: &mut Screen) -> Result<Engine> {
        self.open_with(screen, Engine::open)
    }

    /// Opens a store that is being deleted; asks for the passphrase where there is one.
    pub fn open_farewell(&self, screen: &mut Screen) -> Result<Farewell> {
        self.open_with(screen, Farewell::open)
    }

    /// Finishes removing a store, where that was begun and interrupted.
    pub fn finish_removing(&self) -> Result<()> {
        if Engine::is_going(&self.dir) {
            Engine::erase_now(&self.config(secrets::to_delete(&self.dir)))?;
        }
        Ok(())
    }

    fn open_with<T>(
        &self,
        screen: &mut Screen,
        open: impl Fn(EngineConfig, Option<&str>) -> belay_engine::Result<T>,
    ) -> Result<T> {
        self.finish_removing()?;
        if !Engine::exists(&self.dir) {
            return Err(BelayError::NotFound { what: "store" }.into());
        }
        let secrets = secrets::of_store(&self.dir, screen)?;
        let config = self.config(secrets);
        if !Engine::needs_passphrase(&self.dir)? {
            return Ok(open(config, None)?);
        }
        if let Some(file) = &self.passphrase_file {
            let passphrase = passphrase::from_file(file)?;
            return Ok(open(config, Some(&passphrase))?);
        }
        if !prompt::can_ask(screen) {
            return Err(BelayError::Locked.into());
        }
        for _ in 1..TRIES {
            let passphrase = passphrase::ask("Passphrase:")?;
            match open(config.clone(), Some(&passphrase)) {
                Err(BelayError::WrongSecret) => screen.note("That does not open it. Once more?"),
                other => return Ok(other?),
            }
        }
        let passphrase = passphrase::ask("Passphrase:")?;
        Ok(open(config, Some(&passphrase))?)
    }
}

/// Empties the write log into the store file. What was written is durable before this, so it is no reason
/// to complain when another program keeps the log open.
pub fn tidy(engine: &Engine) {
    let _ = engine.checkpoint();
}

/// A runtime for what goes over the network.
pub fn runtime() -> Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(CliError::io("network"))
}

/// The place for private data that the operating system names.
fn default_dir() -> Result<PathBuf> {
    let of = |name: &str| {
        std::env::var_os(name)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
    };
    let home = of("HOME");
    let found = if cfg!(windows) {
        of("LOCALAPPDATA").map(|data| data.join("Belay"))
    } else if cfg!(target_os = "macos") {
        home.map(|home| home.join("Library/Application Support/Belay"))
    } else {
        of("XDG_DATA_HOME")
            .or_else(|| home.map(|home| home.join(Path::new(".local/share"))))
            .map(|data| data.join("belay"))
    };
    found.ok_or(CliError::Input {
        field: "dir",
        rule: "empty",
    })
}
