//! For tests: a document to attack, and the question whether it is as good as any other afterwards.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use automerge::ScalarValue;
use belay_protocol::DocKind;

use super::craft::{Name, Op, Place};
use super::forge::{Edit, Forge, Writers, actor};
use super::*;
use crate::documents::{Draft, SelfDocument, TextEdit, genesis_facts};

pub(crate) const KIND: DocKind = DocKind::JournalEntry;
pub(crate) const SET: u64 = 1;
pub(crate) const DELETE: u64 = 3;
/// Type codes of values.
pub(crate) const NULL: u64 = 0;
pub(crate) const UINT: u64 = 3;
pub(crate) const INT: u64 = 4;
pub(crate) const FLOAT: u64 = 5;
pub(crate) const TEXT: u64 = 6;
pub(crate) const BYTES: u64 = 7;
pub(crate) const COUNTER: u64 = 8;
pub(crate) const TIME: u64 = 9;

/// Asserts that a document goes on as any other: saved, loaded, and written to by an honest device, which others take.
pub(crate) fn assert_sound(mut document: SelfDocument, context: &str) {
    let saved = document.save();
    let again = SelfDocument::load_saved::<&[u8]>(document.kind(), &saved, &[]).expect(context);
    assert_eq!(again.heads(), document.heads(), "{context}");
    let _ = (
        document.raw_fields(),
        document.text(),
        document.deleted_at_ms(),
    );
    let mut other = document.clone();
    let mut draft = Draft::new().deleted_at_ms(Some(1));
    if document.kind() == KIND {
        draft = draft.edit_text(TextEdit {
            at: 3,
            delete: 2,
            insert: "on".into(),
        });
    }
    let honest = actor(99);
    let written = document.write(&honest, 0, &draft).expect(context);
    assert!(!written.is_empty(), "{context}");
    let received: Vec<(ActorBytes, &[u8])> = written
        .iter()
        .map(|change| (honest, change.as_slice()))
        .collect();
    assert_eq!(
        other.admit(&received).accepted.len(),
        written.len(),
        "{context}"
    );
}

/// A document that an honest device wrote to, and everything a crafted change needs to stand behind it.
pub(crate) struct Target {
    pub(crate) document: SelfDocument,
    /// Names of the operations that put characters into the text.
    pub(crate) characters: Vec<Name>,
    /// The operation that set the key `aa` in `f`.
    pub(crate) field: Name,
}

impl Target {
    pub(crate) fn new() -> Self {
        let mut writers = Writers::new(KIND, 1);
        writers.write(
            0,
            &[
                Edit::Put("aa".into(), ScalarValue::Int(1)),
                Edit::Splice(0, 0, "held".into()),
            ],
        );
        let mut document = SelfDocument::new(KIND).unwrap();
        let (writer, bytes) = &writers.made[0];
        assert_eq!(document.admit(&[(*writer, bytes)]).accepted, [0]);
        Self {
            document,
            characters: (5..9).map(|counter| (counter, *writer)).collect(),
            field: (4, *writer),
        }
    }

    pub(crate) fn genesis() -> ActorBytes {
        genesis_facts(KIND).unwrap().actor
    }

    pub(crate) fn put(&self, key: &str, value: (u64, &[u8]), predecessors: &[Name]) -> Op {
        Op {
            container: Some((GenesisFacts::FIELDS, Self::genesis())),
            place: Place::Key(key.into()),
            insert: false,
            action: SET,
            value: (value.0, value.1.to_vec()),
            predecessors: predecessors.to_vec(),
        }
    }

    pub(crate) fn insert(&self, place: Place, text: &str) -> Op {
        Op {
            container: Some((GenesisFacts::TEXT, Self::genesis())),
            place,
            insert: true,
            action: SET,
            value: (TEXT, text.as_bytes().to_vec()),
            predecessors: Vec::new(),
        }
    }

    pub(crate) fn delete(&self, element: Name) -> Op {
        Op {
            place: Place::Element(element),
            insert: false,
            action: DELETE,
            value: (NULL, Vec::new()),
            predecessors: vec![element],
            ..self.insert(Place::Head, "")
        }
    }

    /// The next change of a second device.
    pub(crate) fn change(&self, ops: &[Op]) -> Forge {
        let mut forge = Forge::honest(KIND, actor(1));
        forge.dependencies = self.document.heads().iter().map(|head| head.0).collect();
        forge.start_op = self.next_counter();
        forge.operations(ops)
    }

    pub(crate) fn next_counter(&self) -> u64 {
        self.document.history().max_op() + 1
    }

    /// What became of it; a document that took it is proved sound.
    pub(crate) fn outcome(&self, forge: &Forge, context: &str) -> Result<(), RejectReason> {
        let bytes = forge.bytes();
        let mut document = self.document.clone();
        let admission = document.admit(&[(actor(1), &bytes)]);
        if let [(_, reason)] = admission.rejected.as_slice() {
            assert_eq!(document.heads(), self.document.heads(), "{context}");
            assert_sound(document, context);
            return Err(*reason);
        }
        assert_eq!(admission.accepted, [0], "{context}: {admission:?}");
        assert_sound(document, context);
        Ok(())
    }

    pub(crate) fn of(&self, ops: &[Op], context: &str) -> Result<(), RejectReason> {
        self.outcome(&self.change(ops), context)
    }
}
