//! After another own device changed a document, the copies of it that this device keeps in partners' spaces
//! are brought in step: a copy is a function of the document and its audience, whoever wrote last. A device
//! that is not in a space leaves the copies there, and the notes about them, alone.

use std::collections::{BTreeMap, BTreeSet};

use belay_document::documents::Draft as DocumentDraft;
use belay_model::{DeviceId, DocName, SpaceId};
use belay_protocol::{DocKind, SpaceType};
use belay_store::{DocRow, SpaceState as Standing};

use crate::Result;
use crate::session::Session;
use crate::syncing::ingest::Ingested;

impl Session<'_> {
    /// Publishes anew what other own devices changed, and withdraws what they erased.
    pub fn bring_copies_in_step(&mut self, ingested: &Ingested) -> Result<()> {
        if ingested.changed.is_empty() && ingested.erased.is_empty() {
            return Ok(());
        }
        let spaces = self.open_pairs()?;
        if spaces.is_empty() {
            return Ok(());
        }
        for row in &ingested.erased {
            let document = self.tx.document(*row)?;
            if let Ok(kind) = DocKind::try_from(document.kind) {
                for space in &spaces {
                    self.withdraw_erased(space, kind, &document.name)?;
                }
            }
        }
        for row in ingested.changed.difference(&ingested.erased) {
            match self.bring_in_step(*row, &spaces) {
                // A newer Belay wrote it, or part of it is still to come: nothing is published from a half.
                Err(error) if error.is_unreadable() => {}
                done => done?,
            }
        }
        Ok(())
    }

    /// Spaces of partnerships that go on, on this device.
    fn open_pairs(&mut self) -> Result<Vec<SpaceId>> {
        let mut open = self.tx.spaces()?;
        open.retain(|space| {
            space.kind == u8::from(SpaceType::Pair) && space.state == Standing::Active
        });
        let mut ids = Vec::new();
        for space in open {
            if self.spaces.sound(self.tx, &space.id)?.is_ok() {
                ids.push(space.id);
            }
        }
        Ok(ids)
    }

    /// Reads all it needs before it writes anything.
    fn bring_in_step(&mut self, row: DocRow, spaces: &[SpaceId]) -> Result<()> {
        let described = self.tx.document(row)?;
        if described.kind == u8::from(DocKind::Contacts) {
            // Of two cards written at once the cautious one holds, and the partner sees that one.
            return spaces
                .iter()
                .try_for_each(|space| self.publish_boundary_card(space));
        }
        let Some(kind) = published_kind(described.kind) else {
            return Ok(());
        };
        let document = crate::documents::load_row(self.tx, row, kind)?;
        let mut copies = BTreeMap::new();
        for space in document.shared_spaces()? {
            if !spaces.contains(&space) {
                continue;
            }
            copies.insert(space, self.copy_now(&space, kind, &document)?);
        }
        if copies.is_empty() {
            return Ok(());
        }
        let settings = crate::queries::settings(self.tx)?;
        let not_before = self.hold_until(&settings);
        let name = described.name;
        self.write_shared(
            kind,
            &name,
            document,
            DocumentDraft::new(),
            copies,
            not_before,
        )
    }

    /// Brings in step what devices that were removed put into a space: what they took back at last may have come to
    /// nobody, and they cannot say it again. Reads every own document, for removals are rare.
    pub(crate) fn bring_in_step_what_they_put_there(
        &mut self,
        space: &SpaceId,
        gone: &BTreeSet<DeviceId>,
    ) -> Result<()> {
        if !self.open_pairs()?.contains(space) {
            return Ok(());
        }
        let own = self.self_space()?;
        let own = self.space(&own)?.row;
        for (row, document) in self.tx.documents()? {
            let Some(kind) = published_kind(document.kind).filter(|_| document.space == own) else {
                continue;
            };
            if self
                .authors_in_space(space, kind, &document.name)?
                .is_disjoint(gone)
            {
                continue;
            }
            match self.bring_in_step(row, &[*space]) {
                Err(error) if error.is_unreadable() => {}
                done => done?,
            }
        }
        Ok(())
    }

    /// Takes back the copy of a document that is gone, and of which nothing tells the audience any more.
    pub fn withdraw_erased(
        &mut self,
        space: &SpaceId,
        kind: DocKind,
        name: &DocName,
    ) -> Result<()> {
        match self.state_in_space(space, kind, name)? {
            // While sharing is paused it is noted, and done afterwards.
            Some(there) if there.copy().is_some() && !self.defer(space, kind, name, false)? => {
                self.publish_withdrawal(space, kind, name, there.rev.saturating_add(1))
            }
            _ => Ok(()),
        }
    }
}

/// The kind, if it is one of those whose copies follow the document.
fn published_kind(kind: u8) -> Option<DocKind> {
    let kind = DocKind::try_from(kind).ok()?;
    matches!(kind, DocKind::CheckIn | DocKind::Goal | DocKind::Outcome).then_some(kind)
}
