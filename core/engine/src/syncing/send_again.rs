//! Sending everything again to a relay that lost it, and noticing that it did.

use belay_protocol::relay::ReadPage;
use belay_store::{Mailbox, ReadTx};

use crate::Result;
use crate::session::Session;
use crate::syncing::worker::Round;

/// How often everything is sent again to a relay that lost it.
const SEND_AGAIN_EVERY_MS: i64 = 24 * 60 * 60 * 1000;

impl Round<'_> {
    /// Whether the relay's head is below a number it gave. Believed as often as everything may be sent again:
    /// a relay that says so at every call cannot keep the reading from going on.
    pub(crate) fn lacks_what_was_sent(&self, mailbox: &Mailbox, page: &ReadPage) -> Result<bool> {
        let now_ms = self.engine.clock.now_ms();
        self.engine.read(|tx| {
            let sent = tx.highest_number(mailbox.space, &mailbox.epoch, page.generation)?;
            Ok(sent.is_some_and(|sent| page.head < sent) && may_send_again(tx, mailbox, now_ms)?)
        })
    }
}

impl Session<'_> {
    /// Marks what was sent to a mailbox as not sent, after the relay lost it: at most once a day, so that a
    /// relay which forgets at every call cannot make the device send everything at every call.
    /// Says whether it did.
    pub(crate) fn send_again(&mut self, mailbox: &Mailbox) -> Result<bool> {
        let due = may_send_again(self.tx, mailbox, self.now_ms)?;
        if due {
            self.tx.unsend(mailbox.space, &mailbox.epoch)?;
            let key = sent_again_key(mailbox);
            self.tx.put_meta(&key, &self.now_ms.to_le_bytes())?;
        }
        Ok(due)
    }
}

/// Under which meta key it stands when everything was last sent again to a mailbox.
fn sent_again_key(mailbox: &Mailbox) -> String {
    format!("sent-again/{}/{}", mailbox.epoch, mailbox.relay)
}

/// Whether everything may be sent again to a mailbox.
fn may_send_again(tx: &ReadTx<'_>, mailbox: &Mailbox, now_ms: i64) -> Result<bool> {
    let last = tx.meta(&sent_again_key(mailbox))?;
    let last = last.and_then(|kept| kept.try_into().ok());
    Ok(last
        .map(i64::from_le_bytes)
        .is_none_or(|last| !(0..SEND_AGAIN_EVERY_MS).contains(&now_ms.saturating_sub(last))))
}
