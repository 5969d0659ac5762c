//! What follows once a batch was taken in, whichever way it came.

use belay_model::SpaceId;

use crate::Result;
use crate::session::Session;
use crate::syncing::ingest::Ingested;
use crate::syncing::outbox::news_key;

impl Session<'_> {
    /// What follows in own documents and for the other side once a batch was taken in. Says how many edits
    /// met a deletion.
    pub(crate) fn take_consequences(
        &mut self,
        space: &SpaceId,
        ingested: &Ingested,
    ) -> Result<u64> {
        self.note_traffic(space, 0, ingested.bytes)?;
        if self.is_removed()? {
            // A device that was removed reads on where it can, and writes nothing.
            return Ok(0);
        }
        self.note_news(space, ingested)?;
        if self.self_space().is_ok_and(|own| own == *space) {
            if ingested.items > 0 {
                self.tend_places()?;
            }
        } else if ingested.urgent {
            self.follow_leaving(space)?;
        }
        self.bring_copies_in_step(ingested)?;
        self.settle_edits_after_deletion(ingested)
    }

    /// Remembers that something came which is worth an acknowledgement.
    pub(crate) fn note_news(&mut self, space: &SpaceId, ingested: &Ingested) -> Result<()> {
        if !ingested.news {
            return Ok(());
        }
        let key = news_key(space);
        let urgent = ingested.urgent || self.tx.meta(&key)?.is_some_and(|flag| flag == [2]);
        self.tx.put_meta(&key, &[if urgent { 2 } else { 1 }])?;
        Ok(())
    }
}
