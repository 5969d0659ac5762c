//! The projection as a whole: it can be dropped and made again, and must then be the same.

use crate::{ReadTx, Result, WriteTx};

impl ReadTx<'_> {
    /// Every row of the projection as one line of text, in an order that does not depend on when it
    /// was written. Names things by their ids, never by rows. Two stores that hold the same items give
    /// the same lines. Large: for tests and for checking a rebuild.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn projection_dump(&self) -> Result<Vec<String>> {
        let mut lines: Vec<String> = self.many(
            "SELECT format('own %s %d %s %s %d %s %s %s', lower(hex(p.person_id)), d.kind, lower(hex(d.name)),
                           coalesce(o.day, '-'), o.at_ms, coalesce(lower(hex(o.related)), '-'),
                           coalesce(o.deleted_at_ms, '-'), o.json)
             FROM own o JOIN document d ON d.id = o.document JOIN person p ON p.id = d.person",
            [],
            |row| row.get(0),
        )?;
        lines.extend(self.many(
            "SELECT format('shared %s %d %s %d %d %s %d %s %s %s', lower(hex(p.person_id)), d.kind,
                           lower(hex(d.name)), s.rev, s.withdrawn, coalesce(lower(hex(i.item_id)), '-'), s.hlc,
                           coalesce(s.day, '-'), coalesce(lower(hex(s.about)), '-'), s.json)
             FROM shared s JOIN document d ON d.id = s.document JOIN person p ON p.id = s.person
             LEFT JOIN item i ON i.id = s.item",
            [],
            |row| row.get(0),
        )?);
        lines.extend(self.many(
            "SELECT format('entry_text %s %d %s %s', lower(hex(p.person_id)), d.kind, lower(hex(d.name)), t.text)
             FROM entry_text t JOIN document d ON d.id = t.document JOIN person p ON p.id = d.person",
            [],
            |row| row.get(0),
        )?);
        lines.extend(self.many(
            "SELECT format('entry_search %s %s %s | %s | %s | %s', lower(hex(p.person_id)), lower(hex(d.name)), s.title,
                           s.body, s.tags, s.facets)
             FROM entry_place e JOIN entry_search s ON s.rowid = e.place
             JOIN document d ON d.id = e.document JOIN person p ON p.id = d.person",
            [],
            |row| row.get(0),
        )?);
        lines.sort_unstable();
        Ok(lines)
    }
}

impl WriteTx<'_> {
    /// Drops the projection of all spaces, to be made again from the items in the same transaction.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn clear_projection(&self) -> Result<()> {
        self.clear_entry_index()?;
        self.run("DELETE FROM own", [])?;
        self.run("DELETE FROM entry_text", [])?;
        self.run("DELETE FROM shared", [])?;
        Ok(())
    }
}
