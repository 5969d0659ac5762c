//! What is listened to between two rounds with a relay: the mailboxes of one space, and of no other, over
//! one live connection; by long polls where the relay, or something before it, gives none.

use belay_crypto::MailboxKey;
use belay_model::EpochId;
use belay_protocol::relay::{Cursor, limits};
use belay_store::SpaceState as Standing;
use belay_transport::{Ears, Mark, RelayClient};
use tokio::time::sleep;

use crate::Result;
use crate::engine::Engine;
use crate::relays::clients::Link;
use crate::syncing::watch::LOCAL_POLL;

/// A mailbox that exists at the relay, and how far it has been read.
pub(crate) struct Listened {
    key: MailboxKey,
    after: Option<Cursor>,
    /// The one that the others write to now.
    newest: bool,
}

/// Keeps a connection from one question to the next.
#[derive(Default)]
pub(crate) struct Listening {
    ears: Option<Ears>,
}

impl Listening {
    /// Ready when something is new, or when the question ended without; `false` when the relay cannot be
    /// listened to, also where there is nothing to listen to.
    pub async fn hear(&mut self, client: RelayClient, marks: &[Listened], now_ms: i64) -> bool {
        let ears = self.ears.get_or_insert_with(|| Ears::new(client));
        // A long poll each is too much for mailboxes into which hardly anybody writes any more.
        let polls = ears.polls();
        let marks: Vec<Mark<'_>> = marks
            .iter()
            .filter(|mark| mark.newest || !polls)
            .map(|mark| Mark {
                key: &mark.key,
                after: mark.after,
            })
            .collect();
        match ears.hear(&marks, now_ms).await {
            // A relay that ends the question at once must not keep the worker busy.
            Ok(news) if news.is_empty() => sleep(LOCAL_POLL).await,
            Ok(_) => {}
            Err(_) => return false,
        }
        true
    }
}

impl Engine {
    /// What to listen to; `None` where nothing is to be heard of, or nothing can be read yet.
    pub(crate) fn marks(&self, link: &Link) -> Result<Option<Vec<Listened>>> {
        self.read_spaces(|tx, spaces| {
            let state = spaces.get(tx, &link.space)?;
            let writing = state.writing_epoch();
            if state.standing == Standing::Blocked || writing.is_none() {
                return Ok(None);
            }
            let acked = crate::queries::acked_epochs(tx, state)?;
            let mut epochs: Vec<EpochId> = state.epochs_to_poll(&acked);
            epochs.sort_by_key(|epoch| Some(*epoch) != writing);
            let mut marks = Vec::new();
            for epoch in epochs.iter().take(limits::LIVE_MAILBOXES_MAX) {
                let made = tx.mailbox(state.row, epoch, &link.relay)?;
                let (Some(mailbox), Some(keys)) = (made, state.keys.get(epoch)) else {
                    continue;
                };
                if mailbox.created {
                    marks.push(Listened {
                        key: keys.mailbox().clone(),
                        after: crate::syncing::worker::cursor(&mailbox),
                        newest: Some(*epoch) == writing,
                    });
                }
            }
            Ok(Some(marks))
        })
    }
}
