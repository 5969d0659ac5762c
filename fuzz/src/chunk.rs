//! Automerge change chunks written by hand: a head as the strict reader wants it, columns as an input says.

use belay_document::changes::{ActorBytes, ChangeHash};
use sha2::{Digest, Sha256};

use crate::input::Input;

const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
/// The columns a change may have, in their order.
const COLUMNS: [u8; 12] = [
    0x01, 0x02, 0x11, 0x13, 0x15, 0x34, 0x42, 0x56, 0x57, 0x70, 0x71, 0x73,
];

/// What stands before a change's columns.
pub struct Head<'a> {
    pub parents: &'a [ChangeHash],
    pub actor: ActorBytes,
    pub seq: u64,
    pub start_op: u64,
    /// Strictly ascending.
    pub others: &'a [ActorBytes],
}

pub fn leb128(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value.to_le_bytes()[0] | 0x80);
        value >>= 7;
    }
    out.push(value.to_le_bytes()[0]);
}

fn prefixed(out: &mut Vec<u8>, bytes: &[u8]) {
    leb128(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

/// Makes the checksum right again, so that what stands behind it is looked at.
pub fn repair(chunk: &mut [u8]) {
    if chunk.len() > 8 {
        chunk[..4].copy_from_slice(&MAGIC);
        let checksum = Sha256::digest(&chunk[8..]);
        chunk[4..8].copy_from_slice(&checksum[..4]);
    }
}

/// A plain chunk with right length and checksum around any content.
pub fn around(content: &[u8]) -> Vec<u8> {
    let mut hashed = vec![1];
    prefixed(&mut hashed, content);
    let mut chunk = MAGIC.to_vec();
    chunk.extend_from_slice(&Sha256::digest(&hashed)[..4]);
    chunk.extend_from_slice(&hashed);
    chunk
}

/// A change with this head; which columns are there, and what they hold, is taken from the input.
pub fn craft(head: &Head<'_>, input: &mut Input<'_>) -> Vec<u8> {
    let mut content = Vec::new();
    leb128(&mut content, head.parents.len() as u64);
    for parent in head.parents {
        content.extend_from_slice(&parent.0);
    }
    prefixed(&mut content, &head.actor);
    leb128(&mut content, head.seq);
    leb128(&mut content, head.start_op);
    // The time; no message.
    let absent = input.u16();
    content.extend_from_slice(if absent & 0x8000 == 0 {
        &[0]
    } else {
        input.time()
    });
    content.push(0);
    leb128(&mut content, head.others.len() as u64);
    for other in head.others {
        prefixed(&mut content, other);
    }
    let columns: Vec<(u8, &[u8])> = COLUMNS
        .iter()
        .enumerate()
        .filter(|(index, _)| absent >> index & 1 == 0)
        .map(|(_, column)| {
            let length = usize::from(input.byte());
            (*column, input.take(length))
        })
        .filter(|(_, bytes)| !bytes.is_empty())
        .collect();
    leb128(&mut content, columns.len() as u64);
    for (column, bytes) in &columns {
        leb128(&mut content, u64::from(*column));
        leb128(&mut content, bytes.len() as u64);
    }
    for (_, bytes) in &columns {
        content.extend_from_slice(bytes);
    }
    around(&content)
}
