//! Who can read a thing, on every item (product id D5): which of the person's own devices, which other people, who
//! could once, and at which relays sealed copies lie. It answers from what is known here and says no more.

use belay_model::{CivilDay, DeviceId, DocName, PersonId, Reading, SpaceId};
use belay_protocol::{DocKind, SpaceType};
use belay_store::{DocRow, ReadTx};
use serde::{Deserialize, Serialize};

use crate::copies_read::{Copies, devices_of};
use crate::engine::Engine;
use crate::erasures::views::ErasureStateView;
use crate::projection::{CheckInRow, GoalRow, OutcomeRow};
use crate::session::Spaces;
use crate::{BelayError, Result};

/// The thing that is asked about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "what")]
pub enum Readable {
    /// An own journal entry, with the passages that were given of it.
    Entry {
        /// Its name.
        name: DocName,
    },
    /// An own check-in.
    CheckIn {
        /// Its name.
        name: DocName,
    },
    /// An own goal.
    Goal {
        /// Its name.
        name: DocName,
    },
    /// What was logged of an own goal for a day.
    Outcome {
        /// The goal.
        goal: DocName,
        /// The day.
        on: CivilDay,
    },
    /// Something that lives in a shared space alone: a passage that was given, a response, or anything that a
    /// partner shared.
    Shared {
        /// The space.
        space: SpaceId,
        /// Its name there.
        name: DocName,
    },
}

/// Who can read a thing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ReadersView {
    /// The person's own devices, this one first.
    pub own_devices: Vec<OwnReaderView>,
    /// Other people, in the order the partnerships began. Whoever never could read it is not among them.
    pub people: Vec<ReaderView>,
    /// Relays at which something of it lies sealed, or did. They cannot open it.
    pub sealed: Vec<SealedCopyView>,
    /// Partnerships that it is shared with and only other own devices have: what happened there they know.
    pub known_elsewhere: u64,
}

/// One of the person's own devices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OwnReaderView {
    /// The device, as the space of the thing knows it.
    pub device: DeviceId,
    /// The name the person gave it.
    pub name: Option<String>,
    /// It is this one.
    #[serde(rename = "this")]
    pub this_device: bool,
    /// What it has.
    pub reading: Reading,
}

/// Another person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReaderView {
    /// The space that both are in.
    pub space: SpaceId,
    /// Who.
    pub person: PersonId,
    /// As named here.
    pub name: String,
    /// What they have.
    pub reading: Reading,
    /// How many devices of theirs the secret reaches.
    pub devices: u64,
    /// They left, or were removed: what they have stays theirs, and nothing new reaches them.
    pub gone: bool,
    /// It is a passage of the entry that they have, not the entry.
    pub passage: Option<DocName>,
}

/// Sealed bytes of a thing at a relay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SealedCopyView {
    /// The space.
    pub space: SpaceId,
    /// The relay's origin.
    pub relay: String,
    /// What it is now lies there, as far as is known.
    pub lies: bool,
    /// What the relay said to erasing what it was before; `None` where nothing was to be erased.
    pub earlier: Option<ErasureStateView>,
}

impl Engine {
    /// Who can read a thing now, who could once, and where sealed copies lie. Changes nothing.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn who_can_read(&self, item: &Readable) -> Result<ReadersView> {
        self.read_spaces(|tx, spaces| {
            let mut found = Readers {
                tx,
                spaces,
                view: ReadersView::default(),
            };
            match item {
                Readable::Entry { name } => found.entry(name)?,
                Readable::CheckIn { name } => found.check_in(name)?,
                Readable::Goal { name } => found.goal(name)?,
                Readable::Outcome { goal, on } => found.outcome(goal, *on)?,
                Readable::Shared { space, name } => found.shared(space, name)?,
            }
            Ok(found.view)
        })
    }
}

struct Readers<'a, 'tx> {
    tx: &'a ReadTx<'tx>,
    spaces: &'a mut Spaces,
    view: ReadersView,
}

impl Readers<'_, '_> {
    fn entry(&mut self, name: &DocName) -> Result<()> {
        let own = self.own_document(DocKind::JournalEntry, name)?;
        let given = crate::journal::given_of(self.tx, own)?;
        for (space, names) in given {
            if self.tx.space(space)?.is_none() {
                self.view.known_elsewhere += 1;
                continue;
            }
            for passage in names {
                self.copy_in(&space, DocKind::Passage, &passage, Some(passage))?;
            }
        }
        Ok(())
    }

    fn check_in(&mut self, name: &DocName) -> Result<()> {
        let document = self.own_document(DocKind::CheckIn, name)?;
        let row: CheckInRow = self.row_of(document)?;
        self.copies_of(DocKind::CheckIn, name, row.shares.keys())
    }

    fn goal(&mut self, name: &DocName) -> Result<()> {
        let document = self.own_document(DocKind::Goal, name)?;
        let row: GoalRow = self.row_of(document)?;
        self.copies_of(DocKind::Goal, name, row.shares.keys())
    }

    fn outcome(&mut self, goal: &DocName, on: CivilDay) -> Result<()> {
        let on = on.to_string();
        let kind = DocKind::Outcome;
        let logged = self
            .tx
            .own_related(kind.into(), goal.as_bytes(), &on, &on)?;
        let name = logged.last().map(|own| own.name);
        let name = name.ok_or(BelayError::NotFound { what: "outcome" })?;
        let document = self.own_document(kind, &name)?;
        let row: OutcomeRow = self.row_of(document)?;
        self.copies_of(kind, &name, row.shares.keys())
    }

    /// A record of a shared space: the person's own, else the partner's.
    fn shared(&mut self, space: &SpaceId, name: &DocName) -> Result<()> {
        const KINDS: [DocKind; 5] = [
            DocKind::Passage,
            DocKind::Response,
            DocKind::CheckIn,
            DocKind::Goal,
            DocKind::Outcome,
        ];
        let (tx, now_ms) = (self.tx, self.spaces.now_ms);
        let missing = BelayError::NotFound { what: "shared" };
        let state = crate::partners::pair(tx, self.spaces, space)?;
        let persons = state.membership.current().persons.keys();
        let mut authors: Vec<PersonId> = persons.copied().collect();
        authors.sort_by_key(|person| *person != state.own_person);
        for person in authors {
            for kind in KINDS {
                let Some(row) = tx.find_document(state.row, &person, kind.into(), name)? else {
                    continue;
                };
                let copies = Copies::of_record(tx, row)?;
                self.view.own_devices = copies.own_readers(tx, state, now_ms)?;
                return self.add(space, &copies, Some(person), None);
            }
        }
        Err(missing)
    }

    /// The own document in `self`, with the own devices that can read it.
    fn own_document(&mut self, kind: DocKind, name: &DocName) -> Result<DocRow> {
        let (tx, now_ms) = (self.tx, self.spaces.now_ms);
        let what = match kind {
            DocKind::JournalEntry => "entry",
            DocKind::CheckIn => "check-in",
            DocKind::Outcome => "outcome",
            _ => "goal",
        };
        let own = tx
            .own_by_name(kind.into(), name)?
            .ok_or(BelayError::NotFound { what })?;
        let space = crate::queries::self_space(tx)?;
        let state = self.spaces.get(tx, &space)?;
        let copies = Copies::of_document(tx, own.document)?;
        let mut readers = copies.own_readers(tx, state, now_ms)?;
        let mut names = crate::own_devices::names(tx, state)?;
        for reader in &mut readers {
            reader.name = names.remove(&reader.device);
        }
        self.view.own_devices = readers;
        self.add_sealed(&space, &copies)?;
        Ok(own.document)
    }

    fn row_of<T: serde::de::DeserializeOwned>(&self, document: DocRow) -> Result<T> {
        let own = self.tx.own(document)?;
        crate::queries::projected(&own.ok_or(BelayError::internal("own-row"))?)
    }

    /// The copies of an own document in every space that this device has.
    fn copies_of<'s>(
        &mut self,
        kind: DocKind,
        name: &DocName,
        shares: impl Iterator<Item = &'s SpaceId>,
    ) -> Result<()> {
        for space in shares {
            self.view.known_elsewhere += u64::from(self.tx.space(*space)?.is_none());
        }
        // Also where it is shared no more: somebody may have it still, or could read it once.
        for space in self.tx.spaces()? {
            if space.kind == u8::from(SpaceType::SelfSpace) {
                continue;
            }
            let Ok(state) = self.spaces.sound(self.tx, &space.id)? else {
                continue;
            };
            let copy = belay_crypto::published_name(&state.erase_key, kind.into(), name);
            self.copy_in(&space.id, kind, &copy, None)?;
        }
        Ok(())
    }

    /// The copy of that name in a space, if there is one.
    fn copy_in(
        &mut self,
        space: &SpaceId,
        kind: DocKind,
        name: &DocName,
        passage: Option<DocName>,
    ) -> Result<()> {
        let tx = self.tx;
        let state = self.spaces.get(tx, space)?;
        let row = tx.find_document(state.row, &state.own_person, kind.into(), name)?;
        let Some(row) = row else {
            return Ok(());
        };
        let copies = Copies::of_record(tx, row)?;
        self.add(space, &copies, None, passage)
    }

    fn add(
        &mut self,
        space: &SpaceId,
        copies: &Copies,
        author: Option<PersonId>,
        passage: Option<DocName>,
    ) -> Result<()> {
        let (tx, now_ms) = (self.tx, self.spaces.now_ms);
        let state = self.spaces.get(tx, space)?;
        let name = crate::partners::shown_name(tx, state)?;
        let persons = &state.membership.current().persons;
        for (person, member) in persons.iter().filter(|(id, _)| **id != state.own_person) {
            let devices = devices_of(state, person);
            let reading = if author == Some(*person) {
                Some(Reading::Wrote)
            } else {
                Reading::of(copies.facts(tx, state, &devices, now_ms)?)
            };
            if let Some(reading) = reading {
                self.view.people.push(ReaderView {
                    space: *space,
                    person: *person,
                    name: name.clone(),
                    reading,
                    devices: copies.reached(state, &devices),
                    gone: !member.is_present(),
                    passage,
                });
            }
        }
        self.add_sealed(space, copies)
    }

    fn add_sealed(&mut self, space: &SpaceId, copies: &Copies) -> Result<()> {
        let tx = self.tx;
        let state = self.spaces.get(tx, space)?;
        for (relay, lies, earlier) in copies.sealed(tx, state)? {
            self.view.sealed.push(SealedCopyView {
                space: *space,
                relay,
                lies,
                earlier,
            });
        }
        Ok(())
    }
}
