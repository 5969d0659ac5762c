//! For tests: changes made by honest Automerge, and chunks built field by field to break each rule.

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId, Automerge, Change, ROOT, ReadDoc};
use belay_protocol::DocKind;
use sha2::{Digest, Sha256};

use super::{ActorBytes, ChangeHash, History};
use crate::documents::{genesis_bytes, genesis_facts};

pub(crate) fn unsigned(mut value: u64) -> Vec<u8> {
    let mut out = Vec::new();
    loop {
        let byte = value.to_le_bytes()[0] & 0x7f;
        value >>= 7;
        if value == 0 {
            out.push(byte);
            return out;
        }
        out.push(byte | 0x80);
    }
}

pub(crate) fn signed(mut value: i64) -> Vec<u8> {
    let mut out = Vec::new();
    loop {
        let byte = value.to_le_bytes()[0] & 0x7f;
        value >>= 7;
        let done = (value == 0 && byte & 0x40 == 0) || (value == -1 && byte & 0x40 != 0);
        if done {
            out.push(byte);
            return out;
        }
        out.push(byte | 0x80);
    }
}

/// A change as its fields; [`Forge::bytes`] makes the chunk with a valid checksum.
#[derive(Clone)]
pub(crate) struct Forge {
    pub(crate) chunk_type: u8,
    pub(crate) dependencies: Vec<[u8; 32]>,
    pub(crate) actor: Vec<u8>,
    pub(crate) seq: u64,
    pub(crate) start_op: u64,
    pub(crate) time: i64,
    pub(crate) message: Vec<u8>,
    pub(crate) others: Vec<Vec<u8>>,
    pub(crate) columns: Vec<(u64, Vec<u8>)>,
    pub(crate) extra: Vec<u8>,
}

impl Forge {
    /// Sets `f.a = null` as the first change after a kind's genesis.
    pub(crate) fn honest(kind: DocKind, actor: ActorBytes) -> Self {
        let genesis = genesis_facts(kind).expect("the kind has a document");
        Self {
            chunk_type: 1,
            dependencies: vec![genesis.hash.0],
            actor: actor.to_vec(),
            seq: 1,
            start_op: if genesis.has_text { 4 } else { 3 },
            time: 0,
            message: Vec::new(),
            others: vec![genesis.actor.to_vec()],
            columns: vec![
                (0x01, vec![0x7f, 1]),
                (0x02, vec![0x7f, 1]),
                (0x15, vec![0x7f, 1, b'a']),
                (0x34, vec![1]),
                (0x42, vec![0x7f, 1]),
                (0x56, vec![0x7f, 0]),
                (0x70, vec![0x7f, 0]),
            ],
            extra: Vec::new(),
        }
    }

    pub(crate) fn column(mut self, specification: u64, data: &[u8]) -> Self {
        self.columns.retain(|(known, _)| *known != specification);
        self.columns.push((specification, data.to_vec()));
        self.columns.sort_by_key(|(known, _)| *known & !8);
        self
    }

    pub(crate) fn without(mut self, specification: u64) -> Self {
        self.columns.retain(|(known, _)| *known != specification);
        self
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut data = unsigned(self.dependencies.len() as u64);
        for dependency in &self.dependencies {
            data.extend(dependency);
        }
        let prefixed = |data: &mut Vec<u8>, bytes: &[u8]| {
            data.extend(unsigned(bytes.len() as u64));
            data.extend(bytes);
        };
        prefixed(&mut data, &self.actor);
        data.extend(unsigned(self.seq));
        data.extend(unsigned(self.start_op));
        data.extend(signed(self.time));
        prefixed(&mut data, &self.message);
        data.extend(unsigned(self.others.len() as u64));
        for other in &self.others {
            prefixed(&mut data, other);
        }
        data.extend(unsigned(self.columns.len() as u64));
        for (specification, column) in &self.columns {
            data.extend(unsigned(*specification));
            data.extend(unsigned(column.len() as u64));
        }
        for (_, column) in &self.columns {
            data.extend(column);
        }
        data.extend(&self.extra);
        chunk(self.chunk_type, &data)
    }
}

/// A chunk with a valid checksum around any content.
pub(crate) fn chunk(chunk_type: u8, data: &[u8]) -> Vec<u8> {
    let mut hashed = vec![chunk_type];
    hashed.extend(unsigned(data.len() as u64));
    hashed.extend(data);
    let mut out = vec![0x85, 0x6f, 0x4a, 0x83];
    out.extend(&Sha256::digest(&hashed)[..4]);
    out.extend(hashed);
    out
}

/// Makes a mutated chunk's checksum valid again.
pub(crate) fn repair(bytes: &mut [u8]) {
    if bytes.len() > 8 {
        let hash = Sha256::digest(&bytes[8..]);
        bytes[4..8].copy_from_slice(&hash[..4]);
    }
}

/// Several devices that write one document with plain Automerge.
pub(crate) struct Writers {
    pub(crate) devices: Vec<Automerge>,
    /// Every change in the order it was made.
    pub(crate) made: Vec<(ActorBytes, Vec<u8>)>,
    pub(crate) kind: DocKind,
}

impl Writers {
    pub(crate) fn new(kind: DocKind, count: u8) -> Self {
        let genesis = Change::from_bytes(genesis_bytes(kind).expect("the kind has a document"))
            .expect("the genesis is a change");
        let devices = (0..count)
            .map(|number| {
                let mut document = Automerge::new().with_actor(ActorId::from(actor(number)));
                document
                    .apply_changes([genesis.clone()])
                    .expect("the genesis applies");
                document
            })
            .collect();
        Self {
            devices,
            made: Vec::new(),
            kind,
        }
    }

    pub(crate) fn history(&self) -> History {
        History::new(genesis_facts(self.kind).expect("the kind has a document"))
    }

    /// One transaction of one device; nothing is recorded when it did nothing.
    pub(crate) fn write(&mut self, device: usize, edits: &[Edit]) {
        let document = &mut self.devices[device];
        let object = |name: &str| document.get(ROOT, name).ok().flatten().map(|found| found.1);
        let (fields, extensions, text) = (object("f"), object("x"), object("t"));
        let mut transaction = document.transaction();
        for edit in edits {
            match edit {
                Edit::Put(key, value) => {
                    let map = if key.len() % 2 == 0 {
                        &fields
                    } else {
                        &extensions
                    };
                    let map = map.as_ref().expect("the genesis made it");
                    transaction
                        .put(map, key.as_str(), value.clone())
                        .expect("a scalar can be set");
                }
                Edit::Delete(key) => {
                    let map = if key.len() % 2 == 0 {
                        &fields
                    } else {
                        &extensions
                    };
                    // Deleting what is not there is an error in some versions and nothing in others.
                    let _ = transaction
                        .delete(map.as_ref().expect("the genesis made it"), key.as_str());
                }
                Edit::Splice(at, delete, insert) => {
                    if let Some(text) = &text {
                        let length = transaction.length(text);
                        let at = at % (length + 1);
                        let delete = (*delete).min(length - at);
                        transaction
                            .splice_text(text, at, delete.cast_signed(), insert)
                            .expect("the range is inside the text");
                    }
                }
            }
        }
        let (hash, _) = transaction.commit_with(CommitOptions::default().with_time(0));
        if let Some(change) = hash.and_then(|hash| document.get_change_by_hash(&hash)) {
            self.made.push((
                actor(u8::try_from(device).unwrap_or(u8::MAX)),
                change.raw_bytes().to_vec(),
            ));
        }
    }

    /// One device takes over what another has.
    pub(crate) fn merge(&mut self, from: usize, into: usize) {
        let mut other = self.devices[from].clone();
        self.devices[into]
            .merge(&mut other)
            .expect("honest documents merge");
    }
}

#[derive(Debug, Clone)]
pub(crate) enum Edit {
    Put(String, automerge::ScalarValue),
    Delete(String),
    Splice(usize, usize, String),
}

pub(crate) fn actor(number: u8) -> ActorBytes {
    // Not in the order of the numbers, so that the sorting of actors is put to the test.
    std::array::from_fn(|i| number.wrapping_mul(151).wrapping_add(i.to_le_bytes()[0]))
}

pub(crate) fn hash_of(bytes: &[u8]) -> ChangeHash {
    super::chunk_hash(bytes).expect("a valid chunk")
}
