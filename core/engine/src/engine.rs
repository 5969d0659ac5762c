//! The one object a shell holds.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use belay_model::{CivilDay, Entropy, Moment, Settings};
use belay_store::{ReadTx, Store, WriteTx};

use crate::host::{Clock, DeviceZone, SecretStore};
use crate::input::EngineConfig;
use crate::seam::Seam;
use crate::session::{Session, Spaces};
use crate::syncing::incarnation::prove_continuity;
use crate::{BelayError, Result};

/// A person's Belay on this device: commands write, queries read, the worker syncs. Cheap to share behind
/// an [`Arc`]; every method may be called from any thread. Methods that are not async touch the disk and
/// never the network.
pub struct Engine {
    pub(crate) store: Store,
    pub(crate) dir: PathBuf,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) secrets: Arc<dyn SecretStore>,
    state: Mutex<State>,
    pub(crate) relays: crate::relays::clients::RelayClients,
    pub(crate) invitations: crate::invitations::Invitations,
    /// Held while the page is brought in step that is readable while locked.
    pub(crate) open_page: Mutex<()>,
    /// Told after every write, so that whoever keeps up looks at once whether something is due.
    pub(crate) written: tokio::sync::Notify,
    pub(crate) changes: crate::changes::Changes,
    /// How many blobs became whole here; held while a piece of one is taken in, so that two ways by which it comes
    /// do not mix.
    pub(crate) blobs_taken: Mutex<u64>,
    pub(crate) seam: Seam,
    /// How often a shell said that it is worth looking now.
    pub(crate) looks: tokio::sync::watch::Sender<u64>,
}

struct State {
    spaces: Spaces,
    entropy: Box<dyn Entropy>,
    closed: bool,
    /// Whether this opening stands in the counts that prove continuity (docs/protocol.md, I2).
    counted: bool,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").finish_non_exhaustive()
    }
}

impl Engine {
    pub(crate) fn assemble(store: Store, config: EngineConfig, entropy: Box<dyn Entropy>) -> Self {
        let spaces = Spaces::of(&config.dir);
        Self {
            store,
            seam: Seam::of(&config),
            dir: config.dir,
            clock: config.clock,
            secrets: config.secrets,
            state: Mutex::new(State {
                spaces,
                entropy,
                closed: false,
                counted: false,
            }),
            relays: crate::relays::clients::RelayClients::default(),
            invitations: crate::invitations::Invitations::default(),
            open_page: Mutex::new(()),
            written: tokio::sync::Notify::new(),
            changes: crate::changes::Changes::default(),
            blobs_taken: Mutex::new(0),
            looks: tokio::sync::watch::Sender::new(0),
        }
    }

    /// Whoever keeps up ([`Engine::watch`]) makes a round with every relay at once, where it rested after a failure
    /// or listened on a connection that may be gone: the person asked for it, or the device found another network.
    pub fn look_now(&self) {
        self.looks
            .send_modify(|times| *times = times.wrapping_add(1));
    }

    /// Whether there is a store in the folder.
    #[must_use]
    pub fn exists(dir: &Path) -> bool {
        Store::exists(dir)
    }

    /// The folder of the store.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The present moment in the person's zone: the one fixed in the settings, else the device's.
    ///
    /// # Errors
    /// When the settings cannot be read, or the zone has no name that is known.
    pub fn now(&self) -> Result<Moment> {
        self.read(|tx| {
            let settings = crate::queries::settings(tx)?;
            self.moment(&settings)
        })
    }

    /// The person's present civil day.
    ///
    /// # Errors
    /// As [`Engine::now`].
    pub fn today_on(&self) -> Result<CivilDay> {
        self.read(|tx| {
            let settings = crate::queries::settings(tx)?;
            Ok(self.moment(&settings)?.civil_day(settings.day_start))
        })
    }

    pub(crate) fn moment(&self, settings: &Settings) -> Result<Moment> {
        let now_ms = self.clock.now_ms();
        crate::settings::moment(settings, now_ms, &DeviceZone::at(&*self.clock, now_ms))
    }

    /// Ends the engine's work: later calls answer [`BelayError::Closed`]. Empties the write log into the
    /// store file.
    ///
    /// # Errors
    /// When the disk refuses; the engine is closed all the same.
    pub fn shutdown(&self) -> Result<()> {
        let mut state = self.lock();
        state.closed = true;
        state.spaces.clear();
        drop(state);
        self.changes.close();
        self.store.checkpoint()?;
        Ok(())
    }

    /// Empties the write log into the store file, before the system suspends the program.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn checkpoint(&self) -> Result<()> {
        self.store.checkpoint()?;
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // A panic in a write rolled the transaction back; the caches it left are dropped below.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Draws random bytes without a write.
    pub(crate) fn with_entropy<T>(&self, draw: impl FnOnce(&mut dyn Entropy) -> T) -> Result<T> {
        let mut state = self.lock();
        if state.closed {
            return Err(BelayError::Closed);
        }
        Ok(draw(&mut *state.entropy))
    }

    /// One consistent look at the store.
    pub(crate) fn read<T>(&self, query: impl FnOnce(&ReadTx<'_>) -> Result<T>) -> Result<T> {
        if self.lock().closed {
            return Err(BelayError::Closed);
        }
        self.store.read(query)
    }

    /// A look that needs who belongs to a space.
    pub(crate) fn read_spaces<T>(
        &self,
        query: impl FnOnce(&ReadTx<'_>, &mut Spaces) -> Result<T>,
    ) -> Result<T> {
        let mut guard = self.lock();
        let state = &mut *guard;
        if state.closed {
            return Err(BelayError::Closed);
        }
        self.store.read(|tx| {
            refresh(tx, &mut state.spaces)?;
            state.spaces.now_ms = self.clock.now_ms();
            query(tx, &mut state.spaces)
        })
    }

    /// Says that whoever made the store counted this opening already.
    pub(crate) fn with_opening_counted(self) -> Self {
        self.lock().counted = true;
        self
    }

    /// Counts this opening before its first write: who only reads leaves no place in a chain behind, and
    /// shows a screen without waiting for a disk.
    fn count_opening(&self, state: &mut State) -> Result<()> {
        let entropy = &mut *state.entropy;
        let prove = |tx: &WriteTx<'_>| prove_continuity(tx, &*self.secrets, entropy, &self.seam);
        let opens = self.store.write(prove)?;
        self.secrets.save_opens(opens)?;
        // The incarnations may be new.
        state.spaces.clear();
        state.counted = true;
        Ok(())
    }

    /// All or nothing: what the closure writes is durable when this returns, or none of it happened.
    pub(crate) fn write<T>(
        &self,
        command: impl FnOnce(&mut Session<'_>) -> Result<T>,
    ) -> Result<T> {
        let mut guard = self.lock();
        let state = &mut *guard;
        if state.closed {
            return Err(BelayError::Closed);
        }
        if !state.counted {
            self.count_opening(state)?;
        }
        let mut committed = false;
        // Taken out, so that a panic half way leaves no half-changed cache behind.
        let mut spaces = std::mem::replace(&mut state.spaces, Spaces::of(&self.dir));
        let entropy = &mut *state.entropy;
        let result = self.store.write(|tx| {
            refresh(tx, &mut spaces)?;
            let now_ms = self.clock.now_ms();
            let result = command(&mut Session {
                tx,
                spaces: &mut spaces,
                entropy,
                now_ms,
                device_zone: DeviceZone::at(&*self.clock, now_ms),
                seam: &self.seam,
            });
            committed = result.is_ok();
            result
        });
        if committed && result.is_ok() {
            let settings_written = std::mem::take(&mut spaces.settings_written);
            let touched = std::mem::take(&mut spaces.touched);
            state.spaces = spaces;
            drop(guard);
            if settings_written {
                // The command is durable; a page that could not be written now is at the next start.
                let _ = self.refresh_open_page();
            }
            self.written.notify_waiters();
            self.changes.note(touched);
        }
        result
    }
}

/// Caches are only trusted while no other program wrote to the store.
fn refresh(tx: &ReadTx<'_>, spaces: &mut Spaces) -> Result<()> {
    if tx.changed_elsewhere()? {
        spaces.clear();
        tx.note_seen()?;
    }
    Ok(())
}
