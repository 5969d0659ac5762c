//! Documents that were erased whole.

use crate::{DocRow, ItemRow, ReadTx, Result, WriteTx};

impl ReadTx<'_> {
    /// Whether an `erase` item (kind 9) names the document and counts. One on a branch that stands aside
    /// counts too: what was destroyed does not come back with the other branch.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn has_tombstone(&self, document: DocRow) -> Result<bool> {
        let found = self.one(
            "SELECT 1 FROM item INDEXED BY item_document
             WHERE document = ?1 AND kind = 9 AND state IN (0, 3) LIMIT 1",
            [document],
            |_| Ok(()),
        )?;
        Ok(found.is_some())
    }
}

impl WriteTx<'_> {
    /// Drops an item's salt and body, overwriting them in the database, and takes the item out of the
    /// outbox and its envelopes out of use; what became of it stays as it was.
    ///
    /// # Errors
    /// `MissingRow`, or what SQLite refuses.
    pub fn drop_item_body(&self, item: ItemRow) -> Result<()> {
        self.unqueue_item(item)?;
        self.run_on("item", "UPDATE item SET body = NULL WHERE id = ?1", [item])?;
        self.drop_envelopes_of(item)
    }
}
