//! What every document begins with: one change per kind, the same bytes on every device, never
//! sent and never stored as an item.
//!
//! Two devices that each made their own containers would never merge them. So the containers stand
//! in a change that all devices make for themselves, and none is made later.

use std::sync::OnceLock;

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId, Automerge, ObjId, ObjType, ROOT};
use belay_protocol::DocKind;

use crate::DocumentError;
use crate::changes::{ActorBytes, ChangeHash, GenesisFacts};

/// Map of the document's fields: scalars, one per key.
pub(crate) const FIELDS: &str = "f";
/// Map for composite keys, `<id>/<field>`.
pub(crate) const EXTENSIONS: &str = "x";
/// The text own devices edit together, where the kind has one.
pub(crate) const TEXT: &str = "t";

/// A genesis and the document it makes, built once per process.
pub(crate) struct Genesis {
    pub(crate) document: Automerge,
    pub(crate) facts: GenesisFacts,
    pub(crate) bytes: Vec<u8>,
    /// The map `f`.
    pub(crate) fields: ObjId,
    /// The map `x`.
    pub(crate) extensions: ObjId,
    /// The text `t`, where there is one.
    pub(crate) text: Option<ObjId>,
}

/// The genesis of a kind of document.
///
/// # Errors
/// `NotADocument` for kinds that are records only.
pub(crate) fn genesis(kind: DocKind) -> Result<&'static Genesis, DocumentError> {
    static GENESES: [OnceLock<Result<Genesis, DocumentError>>; 6] = [const { OnceLock::new() }; 6];
    let (slot, has_text) = match kind {
        DocKind::JournalEntry => (0, true),
        DocKind::CheckIn => (1, false),
        DocKind::Goal => (2, false),
        DocKind::Outcome => (3, false),
        DocKind::Settings => (4, false),
        DocKind::Contacts => (5, false),
        _ => return Err(DocumentError::NotADocument),
    };
    GENESES[slot]
        .get_or_init(|| build(kind, has_text))
        .as_ref()
        .map_err(Clone::clone)
}

/// The fixed writer of a kind's genesis. Derived actors are hashes, so none can be this one.
fn genesis_actor(kind: DocKind) -> ActorBytes {
    let mut actor = *b"belay/genesis/\0\0";
    actor[15] = u8::from(kind);
    actor
}

fn build(kind: DocKind, has_text: bool) -> Result<Genesis, DocumentError> {
    let actor = genesis_actor(kind);
    let mut document = Automerge::new().with_actor(ActorId::from(actor));
    let mut transaction = document.transaction();
    let fields = transaction.put_object(ROOT, FIELDS, ObjType::Map)?;
    let extensions = transaction.put_object(ROOT, EXTENSIONS, ObjType::Map)?;
    let text = if has_text {
        Some(transaction.put_object(ROOT, TEXT, ObjType::Text)?)
    } else {
        None
    };
    transaction.commit_with(CommitOptions::default().with_time(0));
    let change = document
        .get_last_local_change()
        .ok_or(DocumentError::Engine)?;
    Ok(Genesis {
        facts: GenesisFacts {
            actor,
            hash: ChangeHash(change.hash().0),
            has_text,
        },
        bytes: change.raw_bytes().to_vec(),
        document,
        fields,
        extensions,
        text,
    })
}

/// The bytes of a kind's genesis, as every device makes them for itself.
///
/// # Errors
/// `NotADocument` for kinds that are records only.
pub fn genesis_bytes(kind: DocKind) -> Result<Vec<u8>, DocumentError> {
    genesis(kind).map(|genesis| genesis.bytes.clone())
}

/// What the strict reader has to know of a kind's genesis.
///
/// # Errors
/// `NotADocument` for kinds that are records only.
pub fn genesis_facts(kind: DocKind) -> Result<GenesisFacts, DocumentError> {
    genesis(kind).map(|genesis| genesis.facts)
}
