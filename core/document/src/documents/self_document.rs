//! One document of the `self` space: Automerge's state and the history the strict reader needs,
//! always in step.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::panic::{AssertUnwindSafe, catch_unwind};

use automerge::{ActorId, Automerge, ObjId, ReadDoc};
use belay_model::DocName;
use belay_protocol::DocKind;
use belay_protocol::limits::{CHANGE_MAX, CHANGE_OPERATIONS_MAX};

use super::draft::{BROUGHT_BACK_FROM, Container, DELETED_AT, Draft, ERASE_ASKED_AT};
use super::fields::Fields;
use super::genesis::{Genesis, genesis};
use super::text::{first_change, pieces};
use super::writer::{Put, Writer};
use super::{Scalar, TEXT_MAX};
use crate::DocumentError;
use crate::changes::gate::{admit, load_trusted};
use crate::changes::{
    ActorBytes, Admission, ChangeHash, History, KEY_MAX, Verdict, claimed_actor, read_change,
};

/// Bytes of fields that go into one change; what a field costs besides is well below the rest.
const FIELD_BYTES_MAX: usize = CHANGE_MAX - 6 * 1024;
/// What an operation on a field costs at most, without its key and value.
const FIELD_OVERHEAD: usize = 48;

/// A document with its history.
#[derive(Clone)]
pub struct SelfDocument {
    kind: DocKind,
    genesis: &'static Genesis,
    document: Automerge,
    history: History,
}

impl std::fmt::Debug for SelfDocument {
    /// Content stays out of logs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SelfDocument")
            .field("kind", &self.kind)
            .field("changes", &self.change_count())
            .finish_non_exhaustive()
    }
}

impl SelfDocument {
    /// A document that only has its genesis; cheap, the genesis is built once per process.
    ///
    /// # Errors
    /// `NotADocument` for kinds that are records only.
    pub fn new(kind: DocKind) -> Result<Self, DocumentError> {
        let genesis = genesis(kind)?;
        Ok(Self {
            kind,
            genesis,
            document: genesis.document.clone(),
            history: History::new(genesis.facts),
        })
    }

    /// The document that stored changes make, in any order. They are own items that passed the gate
    /// when they came; they are read strictly again, but not applied one by one on forks.
    ///
    /// # Errors
    /// `Damaged` when they do not make a whole document, `NotADocument`.
    pub fn load<B: AsRef<[u8]>>(kind: DocKind, changes: &[B]) -> Result<Self, DocumentError> {
        let mut document = Self::new(kind)?;
        document.extend_trusted(changes)?;
        Ok(document)
    }

    /// The document that was saved with [`Self::save`], with the changes that came since (changes it
    /// holds already do no harm). Faster than [`Self::load`] for documents of many changes.
    ///
    /// # Errors
    /// `Damaged` when the saved bytes are not a document of this kind; [`Self::load`] from all stored
    /// changes is then the way back.
    pub fn load_saved<B: AsRef<[u8]>>(
        kind: DocKind,
        saved: &[u8],
        since: &[B],
    ) -> Result<Self, DocumentError> {
        let genesis = genesis(kind)?;
        let loaded = catch_unwind(AssertUnwindSafe(|| Automerge::load(saved)));
        let document = loaded
            .ok()
            .and_then(Result::ok)
            .ok_or(DocumentError::Damaged)?;
        let mut history = History::new(genesis.facts);
        // Each change comes after its parents; the first is the genesis, which is known already.
        for change in document.get_changes(&[]) {
            let bytes = change.raw_bytes();
            if bytes == genesis.bytes {
                continue;
            }
            let checked = claimed_actor(bytes).map(|actor| read_change(bytes, &actor, &history));
            let Ok(Verdict::Accept(checked)) = checked else {
                return Err(DocumentError::Damaged);
            };
            history.push(&checked);
        }
        let mut loaded = Self {
            kind,
            genesis,
            document,
            history,
        };
        loaded.extend_trusted(since)?;
        Ok(loaded)
    }

    fn extend_trusted<B: AsRef<[u8]>>(&mut self, changes: &[B]) -> Result<(), DocumentError> {
        let changes: Vec<&[u8]> = changes.iter().map(AsRef::as_ref).collect();
        load_trusted(&mut self.document, &mut self.history, &changes).ok_or(DocumentError::Damaged)
    }

    /// The state in compact form, for a cache; never an item.
    #[must_use]
    pub fn save(&self) -> Vec<u8> {
        self.document.save()
    }

    /// The kind it was made as.
    #[must_use]
    pub fn kind(&self) -> DocKind {
        self.kind
    }

    /// How many changes it holds; the genesis does not count.
    #[must_use]
    pub fn change_count(&self) -> usize {
        self.history.len() - 1
    }

    /// The changes no other change follows, ascending: equal exactly when two documents of one name
    /// hold the same changes.
    #[must_use]
    pub fn heads(&self) -> Vec<ChangeHash> {
        let heads = self.document.get_heads();
        heads.into_iter().map(|hash| ChangeHash(hash.0)).collect()
    }

    /// The document as the merging library holds it.
    pub(super) fn document(&self) -> &Automerge {
        &self.document
    }

    /// Where its fields stand.
    pub(super) fn fields_object(&self) -> &'static ObjId {
        &self.genesis.fields
    }

    /// Where its text stands, if it has one.
    pub(super) fn text_object(&self) -> Option<&'static ObjId> {
        self.genesis.text.as_ref()
    }

    /// What the strict reader knows of it.
    #[must_use]
    pub fn history(&self) -> &History {
        &self.history
    }

    /// Takes over changes that came from other devices: the strict reader first, then one guarded
    /// application for the whole batch. `received` holds, for each change, the writer derived from
    /// its item and the raw bytes, in any order; changes of one device's chain in chain order.
    pub fn admit(&mut self, received: &[(ActorBytes, &[u8])]) -> Admission {
        admit(&mut self.document, &mut self.history, received)
    }

    /// Writes a draft and returns the raw changes made, in order: one in almost every case, several
    /// when it is large, none when the document already says all of it.
    ///
    /// `actor` is this device's writer for this document; `at_ms` (milliseconds since 1970 UTC) is
    /// noted in the change in whole seconds, or 0 for no time. Either all is written or, on an error,
    /// nothing.
    ///
    /// # Errors
    /// `TooLarge` for values that fit in no change; `Refused` if the own reader would not take it.
    pub fn write(
        &mut self,
        actor: &ActorBytes,
        at_ms: i64,
        draft: &Draft,
    ) -> Result<Vec<Vec<u8>>, DocumentError> {
        // Whatever may come out of Automerge, the caller gets an error and the document stays as it was.
        let writer = catch_unwind(AssertUnwindSafe(|| {
            let mut writer = Writer {
                document: self.document.clone().with_actor(ActorId::from(*actor)),
                actor,
                time: at_ms.div_euclid(1000),
                made: Vec::new(),
            };
            self.write_fields(&mut writer, draft)?;
            self.write_text(&mut writer, draft)?;
            Ok::<_, DocumentError>(writer)
        }));
        let writer = writer.map_err(|_| DocumentError::Engine)??;

        let before = self.history.len();
        for change in &writer.made {
            match read_change(change, actor, &self.history) {
                Verdict::Accept(checked) => self.history.push(&checked),
                verdict => {
                    self.history.truncate(before);
                    return Err(match verdict {
                        Verdict::Reject(reason) => DocumentError::Refused(reason),
                        _ => DocumentError::Engine,
                    });
                }
            }
        }
        self.document = writer.document;
        Ok(writer.made)
    }

    fn write_fields(&self, writer: &mut Writer<'_>, draft: &Draft) -> Result<(), DocumentError> {
        let mut batch = Vec::new();
        let mut bytes = 0;
        let present = [Container::Fields, Container::Extensions].map(|c| self.present(c));
        for ((container, key), value) in &draft.values {
            let object = self.object(*container);
            let there = present[*container as usize].get(key.as_str());
            if key.len() > KEY_MAX {
                return Err(DocumentError::TooLarge {
                    what: "a key",
                    max: KEY_MAX,
                });
            }
            if !differs(there, value.as_ref()) {
                continue;
            }
            let value_size = value.as_ref().map_or(0, Scalar::size);
            let size = FIELD_OVERHEAD + key.len() + value_size;
            if size > FIELD_BYTES_MAX {
                return Err(DocumentError::TooLarge {
                    what: "a field",
                    max: FIELD_BYTES_MAX,
                });
            }
            if bytes + size > FIELD_BYTES_MAX || batch.len() == CHANGE_OPERATIONS_MAX {
                writer.commit_fields(&batch)?;
                batch.clear();
                bytes = 0;
            }
            bytes += size;
            batch.push(Put {
                object,
                key,
                value: value.as_ref(),
            });
        }
        writer.commit_fields(&batch)
    }

    fn write_text(&self, writer: &mut Writer<'_>, draft: &Draft) -> Result<(), DocumentError> {
        if draft.text.is_empty() {
            return Ok(());
        }
        let text = self.genesis.text.as_ref().ok_or(DocumentError::WrongKind)?;
        let too_large = DocumentError::TooLarge {
            what: "the text",
            max: TEXT_MAX,
        };
        // Refused before the work is done, where the end is plain.
        if draft.text.iter().any(|edit| edit.insert.len() > TEXT_MAX) {
            return Err(too_large);
        }
        let before = writer.document.text(text)?.len();
        let mut length = writer.document.length(text);
        let mut all = Vec::new();
        for edit in &draft.text {
            for piece in pieces(edit, length) {
                length += piece.insert.chars().count();
                length -= piece.delete.unsigned_abs();
                all.push(piece);
            }
        }
        let mut rest = &all[..];
        while !rest.is_empty() {
            let (now, later) = rest.split_at(first_change(rest));
            writer.commit_text(text, now)?;
            rest = later;
        }
        // A merge may have made it longer than one device may; making it shorter is always allowed.
        let after = writer.document.text(text)?.len();
        if after > TEXT_MAX && after > before {
            return Err(too_large);
        }
        Ok(())
    }

    /// What stands under each key of a container, and whether devices contradict each other there.
    fn present(&self, container: Container) -> HashMap<Cow<'_, str>, (Scalar, bool)> {
        if self.history.is_empty() {
            // Nothing was written after the genesis, and making a document must stay cheap.
            return HashMap::new();
        }
        self.document
            .map_range(self.object(container), ..)
            .map(|item| {
                let value = Scalar::from_value(&item.value.into_value());
                (item.key, (value, item.conflict))
            })
            .collect()
    }

    fn object(&self, container: Container) -> &'static ObjId {
        match container {
            Container::Fields => &self.genesis.fields,
            Container::Extensions => &self.genesis.extensions,
        }
    }

    /// The fields in `f`, whatever they are; where devices wrote at the same time, the one value all
    /// of them agree on.
    #[must_use]
    pub fn raw_fields(&self) -> BTreeMap<String, Scalar> {
        self.document
            .map_range(&self.genesis.fields, ..)
            .map(|item| {
                let value = Scalar::from_value(&item.value.into_value());
                (item.key.into_owned(), value)
            })
            .collect()
    }

    /// The fields, if the document is of that kind and this program knows its schema.
    pub(super) fn fields_of(&self, kind: DocKind) -> Result<Fields, DocumentError> {
        if self.kind != kind {
            return Err(DocumentError::WrongKind);
        }
        let fields = Fields(self.raw_fields());
        fields.check_schema()?;
        Ok(fields)
    }

    /// Every key in `x` with all values that stand there: more than one after concurrent writes.
    pub(super) fn extensions(&self) -> Result<BTreeMap<String, Vec<Scalar>>, DocumentError> {
        let object = &self.genesis.extensions;
        let mut found = BTreeMap::new();
        for item in self.document.map_range(object, ..) {
            let values = if item.conflict {
                self.extension(&item.key)?
            } else {
                vec![Scalar::from_value(&item.value.into_value())]
            };
            found.insert(item.key.into_owned(), values);
        }
        Ok(found)
    }

    /// All values that stand under one key of `x`.
    pub(super) fn extension(&self, key: &str) -> Result<Vec<Scalar>, DocumentError> {
        let present = self.document.get_all(&self.genesis.extensions, key)?;
        Ok(present
            .iter()
            .map(|(value, _)| Scalar::from_value(value))
            .collect())
    }

    /// When it was deleted, in milliseconds since 1970 UTC; `None` while it is not.
    ///
    /// # Errors
    /// `Field` when something else stands there.
    pub fn deleted_at_ms(&self) -> Result<Option<i64>, DocumentError> {
        Fields(self.raw_fields()).int(DELETED_AT)
    }

    /// When its erasure was asked for, if it is deleted and that counts: a wish from before the deletion that stands
    /// now was left by a program that did not know it when it brought the document back.
    ///
    /// # Errors
    /// `Field` when something else stands there.
    pub fn erase_asked_at_ms(&self) -> Result<Option<i64>, DocumentError> {
        let fields = Fields(self.raw_fields());
        let deleted_at_ms = fields.int(DELETED_AT)?;
        let asked_at_ms = fields.int(ERASE_ASKED_AT)?;
        Ok(asked_at_ms.filter(|asked| deleted_at_ms.is_some_and(|deleted| deleted <= *asked)))
    }

    /// The erased document that this one was brought back from, if it was.
    ///
    /// # Errors
    /// `Field` when something else stands there.
    pub fn brought_back_from(&self) -> Result<Option<DocName>, DocumentError> {
        Fields(self.raw_fields()).parsed(BROUGHT_BACK_FROM)
    }

    /// The text own devices edit together; empty for kinds without one.
    ///
    /// # Errors
    /// `Engine` if the merging library fails.
    pub fn text(&self) -> Result<String, DocumentError> {
        match &self.genesis.text {
            Some(text) => Ok(self.document.text(text)?),
            None => Ok(String::new()),
        }
    }
}

/// Whether writing a value would change anything; a conflict is always worth settling.
fn differs(there: Option<&(Scalar, bool)>, value: Option<&Scalar>) -> bool {
    match (there, value) {
        (None, value) => value.is_some(),
        (Some((there, false)), Some(value)) => there != value,
        (Some(_), _) => true,
    }
}
