//! Which attachments belong to what.

use crate::own::{Own, read};
use crate::{ReadTx, Result};

impl ReadTx<'_> {
    /// What is shown of a kind that belongs to `related` and to no day, by time.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn own_belonging_to(&self, kind: u8, related: &[u8]) -> Result<Vec<Own>> {
        self.many(
            "SELECT o.document, o.kind, d.name, o.day, o.at_ms, o.related, o.deleted_at_ms, o.json
             FROM own o INDEXED BY own_related JOIN document d ON d.id = o.document
             WHERE o.kind = ?1 AND o.related = ?2 AND o.day IS NULL AND o.deleted_at_ms IS NULL
             ORDER BY o.at_ms, d.name",
            (kind, related),
            read,
        )
    }
}
