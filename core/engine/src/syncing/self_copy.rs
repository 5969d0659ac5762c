//! The sealed copy of `self` that a person may keep on their relay, so that own devices reach each other
//! while only one of them is awake. Off until the person asks for it.

use belay_store::ReadTx;

use crate::changes::ChangeArea;
use crate::engine::Engine;
use crate::session::Session;
use crate::{BelayError, Result};

/// Under which meta key stands the relay that keeps the copy. It belongs to this device, like the choice of
/// a relay for new partnerships; a new own device is told of it in its welcome.
const SELF_COPY: &str = "self-copy";

/// Under which meta key stands the relay that had the copy when it was ended.
const ENDED_COPY: &str = "ended-self-copy";

/// The relay that keeps the sealed copy of `self`, if the person asked for one.
pub(crate) fn relay_of_copy(tx: &ReadTx<'_>) -> Result<Option<String>> {
    relay_at(tx, SELF_COPY)
}

/// The relay that keeps the copy, or kept it until that was ended.
fn relay_of_last_copy(tx: &ReadTx<'_>) -> Result<Option<String>> {
    match relay_of_copy(tx)? {
        None => relay_at(tx, ENDED_COPY),
        now => Ok(now),
    }
}

fn relay_at(tx: &ReadTx<'_>, key: &str) -> Result<Option<String>> {
    tx.meta(key)?
        .map(|bytes| String::from_utf8(bytes).map_err(|_| BelayError::internal("self-copy")))
        .transpose()
}

impl Engine {
    /// The relay that keeps a sealed copy of everything for the person's own devices; `None` while nothing
    /// of `self` leaves this device.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn self_copy(&self) -> Result<Option<String>> {
        self.read(relay_of_copy)
    }

    /// Starts or ends keeping a sealed copy for the person's own devices on the chosen relay. What is on the
    /// relay already stays there when it ends. Writes to disk.
    ///
    /// # Errors
    /// `Unavailable{no-relay}` when none was chosen, `Unavailable{device-waiting}` before this device was
    /// admitted.
    pub fn set_self_copy(&self, keep: bool) -> Result<()> {
        let relay = self.relay()?;
        self.write(|session| {
            session.self_space()?;
            if !keep {
                return session.end_self_copy();
            }
            session.begin_self_copy(&relay.ok_or(BelayError::unavailable("no-relay"))?)
        })
    }
}

impl Session<'_> {
    /// Lets everything of `self` that was written here go to the relay, and what comes from now on.
    pub fn begin_self_copy(&mut self, relay: &str) -> Result<()> {
        let tx = self.tx;
        let space = self.self_space()?;
        let before = relay_of_last_copy(tx)?;
        self.spaces.touched.part(ChangeArea::Settings);
        tx.put_meta(SELF_COPY, relay.as_bytes())?;
        // The relay is part of what is loaded of a space.
        self.spaces.clear();
        let state = self.space(&space)?;
        if before.as_deref().is_some_and(|before| before != relay) {
            for epoch in state.epochs.ids() {
                tx.unsend(state.row, &epoch)?;
            }
        }
        let device = tx.device_row(state.row, &state.own_device, &state.own_person)?;
        Ok(tx.queue_unsealed(state.row, device)?)
    }

    fn end_self_copy(&mut self) -> Result<()> {
        let tx = self.tx;
        if let Some(relay) = relay_of_copy(tx)? {
            self.spaces.touched.part(ChangeArea::Settings);
            tx.put_meta(ENDED_COPY, relay.as_bytes())?;
            tx.delete_meta(SELF_COPY)?;
            self.spaces.clear();
        }
        Ok(())
    }
}
