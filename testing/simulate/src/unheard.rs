//! An erasure that a sibling has not heard of: it writes on in what is gone, and what it wrote comes to who erased it.

use crate::acts::{self, Change};
use crate::ledger::State;
use crate::quiet::HOLD_MS;
use crate::world::{Held, World};

impl World {
    /// A device writes something that a sibling gets, and erases it; the sibling writes on, and both exchange.
    pub async fn unheard_erasure(&mut self, device: usize) -> Held<()> {
        let mut siblings = self.devices_of(self.devices[device].person);
        siblings.retain(|other| *other != device && self.is_here(*other));
        let Some(sibling) = self.chance.of_these(&siblings).copied() else {
            return Ok(());
        };
        let is_entry = self.chance.permille(500);
        let before = self.ledger.things.len();
        match is_entry {
            true => self.write_entry(device)?,
            false => self.write_check_in(device)?,
        }
        if self.ledger.things.len() == before {
            return Ok(());
        }
        self.wait_ms(HOLD_MS);
        self.meet_whole(device, sibling).await?;
        let changes: [Change; 2] = match is_entry {
            true => [acts::DELETE_ENTRY, acts::ERASE_ENTRY],
            false => [acts::TAKE_CHECK_IN_BACK, acts::ERASE_CHECK_IN],
        };
        for change in changes {
            self.change_this(device, change, before)?;
        }
        if self.ledger.things[before].state != State::Erased {
            return Ok(());
        }
        match is_entry {
            true => self.edit_this_entry(sibling, before)?,
            false => self.edit_this(sibling, before)?,
        }
        if self.has_relay && self.chance.permille(700) {
            self.sync_once(sibling).await?;
            return self.sync_once(device).await;
        }
        self.meet_whole(device, sibling).await
    }
}
