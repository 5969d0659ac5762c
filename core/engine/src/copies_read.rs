//! What is known about the copies of one thing in one space: which versions were sealed, under which secrets, and
//! who told that they have them. The rule what follows from that stands in the model (`Reading`).

use std::collections::BTreeSet;

use belay_model::{CopyFacts, DeviceId, EpochId, PersonId, Reading};
use belay_protocol::{ItemKind, RecordBody};
use belay_store::{DocRow, ItemState, PeerAck, ReadTx, StoredItem};

use crate::Result;
use crate::erasures::views::{ErasureStateView, erasures_of_document};
use crate::readers::OwnReaderView;
use crate::space_state::SpaceState;
use crate::views::DeliveryView;

/// A version of a thing, and the epochs it was sealed under.
struct Version {
    item: StoredItem,
    epochs: BTreeSet<EpochId>,
}

impl Version {
    fn of(tx: &ReadTx<'_>, item: StoredItem) -> Result<Self> {
        let mut epochs = BTreeSet::new();
        for envelope in tx.envelopes_of(item.row)? {
            epochs.insert(tx.envelope(envelope)?.epoch);
        }
        Ok(Self { item, epochs })
    }

    /// Whether a device can open it: it was sealed under a secret that reaches it.
    fn reaches(&self, state: &SpaceState, device: &DeviceId) -> bool {
        let mut epochs = self.epochs.iter();
        epochs.any(|epoch| state.epochs.reaches(epoch, device))
    }
}

/// All versions of one thing in one space.
pub(crate) struct Copies {
    document: DocRow,
    /// What it is now: one record, or every change of an own document.
    now: Vec<Version>,
    /// What it was before, erased by now or not.
    before: Vec<Version>,
    /// What took it back.
    end: Option<Version>,
    /// It is an own document and not a record.
    whole: bool,
}

impl Copies {
    /// Of a record in a shared space.
    pub fn of_record(tx: &ReadTx<'_>, document: DocRow) -> Result<Self> {
        let mut copies = Self::none(document, false);
        let mut items = tx.items_of_document(document)?;
        items.retain(|item| item.kind == u8::from(ItemKind::Record));
        let newest = newest(&items)?;
        for (index, item) in items.into_iter().enumerate() {
            let version = Version::of(tx, item)?;
            match newest {
                Some((at, true)) if at == index => copies.end = Some(version),
                Some((at, false)) if at == index => copies.now.push(version),
                _ => copies.before.push(version),
            }
        }
        Ok(copies)
    }

    /// Of an own document in `self`.
    pub fn of_document(tx: &ReadTx<'_>, document: DocRow) -> Result<Self> {
        let mut copies = Self::none(document, true);
        for item in tx.items_of_document(document)? {
            let counts = item.state == ItemState::Applied && item.body.is_some();
            if item.kind == u8::from(ItemKind::Changes) && counts {
                copies.now.push(Version::of(tx, item)?);
            }
        }
        Ok(copies)
    }

    fn none(document: DocRow, whole: bool) -> Self {
        Self {
            document,
            now: Vec::new(),
            before: Vec::new(),
            end: None,
            whole,
        }
    }

    /// What is known of the copy that these devices of one reader have.
    pub fn facts(
        &self,
        tx: &ReadTx<'_>,
        state: &SpaceState,
        devices: &[DeviceId],
        now_ms: i64,
    ) -> Result<CopyFacts> {
        let told = Told::of(tx, state, devices)?;
        let has = |version: &Version| told.has(version);
        let reached = |version: &Version| {
            has(version) || devices.iter().any(|device| version.reaches(state, device))
        };
        let members = state.membership.current();
        let stands = !self.now.is_empty();
        Ok(CopyFacts {
            stands,
            left: stands && self.now.iter().all(reached),
            told: stands && self.now.iter().all(has),
            waits: devices.iter().any(|device| members.is_valid(device))
                && self.may_leave(tx, state, now_ms)?,
            left_before: self.before.iter().any(reached)
                || (self.whole && self.now.iter().any(reached)),
            knows_end: self.end.as_ref().is_some_and(has),
        })
    }

    /// Whether what it is now waits to leave. What is in `self` leaves as soon as there is where to.
    fn may_leave(&self, tx: &ReadTx<'_>, state: &SpaceState, now_ms: i64) -> Result<bool> {
        if self.whole {
            return Ok(true);
        }
        let Some(version) = self.now.last() else {
            return Ok(false);
        };
        let delivery = crate::partners::delivery(tx, state, &version.item, now_ms)?;
        Ok(matches!(
            delivery,
            Some(DeliveryView::Held { .. } | DeliveryView::Queued | DeliveryView::Paused)
        ))
    }

    /// How many of these devices some version of it was sealed for.
    pub fn reached(&self, state: &SpaceState, devices: &[DeviceId]) -> u64 {
        let versions = || self.now.iter().chain(&self.before);
        let reached = devices
            .iter()
            .filter(|device| versions().any(|version| version.reaches(state, device)));
        reached.count() as u64
    }

    /// The own devices that have it, can have it, or could once; this one first.
    pub fn own_readers(
        &self,
        tx: &ReadTx<'_>,
        state: &SpaceState,
        now_ms: i64,
    ) -> Result<Vec<OwnReaderView>> {
        let mut readers = Vec::new();
        for device in devices_of(state, &state.own_person) {
            let this_device = device == state.own_device;
            let removed = !state.membership.current().is_valid(&device);
            let reading = if this_device {
                let is_here = !self.now.is_empty();
                Some(if is_here { Reading::Has } else { Reading::Had })
            } else {
                let facts = self.facts(tx, state, &[device], now_ms)?;
                // Whoever was removed keeps what they had, and gets nothing more.
                let facts = CopyFacts {
                    stands: facts.stands && !removed,
                    left_before: facts.left_before || (removed && facts.left),
                    knows_end: facts.knows_end || removed,
                    ..facts
                };
                Reading::of(facts)
            };
            readers.extend(reading.map(|reading| OwnReaderView {
                device,
                name: None,
                this_device,
                reading,
            }));
        }
        readers.sort_by_key(|reader| (!reader.this_device, reader.device));
        Ok(readers)
    }

    /// Each relay at which something of it lies or lay: whether what it is now lies there, and what the relay said
    /// to erasing what it was before.
    pub fn sealed(
        &self,
        tx: &ReadTx<'_>,
        state: &SpaceState,
    ) -> Result<Vec<(String, bool, Option<ErasureStateView>)>> {
        let mut epochs = BTreeSet::new();
        for version in &self.now {
            if tx.was_at_relay(version.item.row)? {
                epochs.extend(version.epochs.iter().copied());
            }
        }
        // Also those that the space moved away from: what lies there is not gone by that.
        let mailboxes = tx.mailboxes(state.row)?.into_iter();
        let relays: BTreeSet<String> = mailboxes
            .filter(|mailbox| epochs.contains(&mailbox.epoch))
            .map(|mailbox| mailbox.relay)
            .collect();
        let mut sealed = Vec::new();
        for erasure in erasures_of_document(tx, state, self.document)? {
            sealed.push((erasure.relay, false, Some(erasure.state)));
        }
        for relay in relays {
            match sealed.iter_mut().find(|(there, ..)| *there == relay) {
                Some((_, lies, _)) => *lies = true,
                None => sealed.push((relay, true, None)),
            }
        }
        Ok(sealed)
    }
}

/// The place of the record whose revision counts, and whether that one takes it back.
fn newest(items: &[StoredItem]) -> Result<Option<(usize, bool)>> {
    let mut newest: Option<(u64, usize, bool)> = None;
    for (index, stored) in items.iter().enumerate() {
        if stored.state != ItemState::Applied {
            continue;
        }
        let item = stored.item()?;
        // What only a newer Belay can read is not told apart here either.
        let Ok(body) = RecordBody::parse(item.body.as_deref().unwrap_or_default()) else {
            continue;
        };
        if newest.is_none_or(|(rev, ..)| body.rev >= rev) {
            newest = Some((body.rev, index, body.withdrawn));
        }
    }
    Ok(newest.map(|(_, index, withdrawn)| (index, withdrawn)))
}

/// Every device of a person that was ever added, in ascending order.
pub(crate) fn devices_of(state: &SpaceState, person: &PersonId) -> Vec<DeviceId> {
    let devices = state.membership.current().devices.values();
    let theirs = devices.filter(|device| device.person == *person);
    theirs.map(|device| device.id).collect()
}

/// What some devices told that they have.
struct Told {
    acks: Vec<PeerAck>,
    rows: Vec<belay_store::DeviceRow>,
}

impl Told {
    fn of(tx: &ReadTx<'_>, state: &SpaceState, devices: &[DeviceId]) -> Result<Self> {
        let mut rows = Vec::new();
        for device in devices {
            rows.extend(tx.find_device(state.row, device)?.map(|(row, _)| row));
        }
        let mut acks = tx.peer_acks(state.row)?;
        acks.retain(|ack| rows.contains(&ack.by));
        Ok(Self { acks, rows })
    }

    /// Whether one of them wrote a version, or told that it has it.
    fn has(&self, version: &Version) -> bool {
        let item = &version.item;
        self.rows.contains(&item.device)
            || self
                .acks
                .iter()
                .any(|ack| ack.about == item.device && ack.inc == item.inc && ack.seq >= item.seq)
    }
}
