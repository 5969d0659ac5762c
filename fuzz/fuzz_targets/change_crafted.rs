//! Changes with a right head and crafted columns, as a stolen own device could sign them: the strict reader, the guarded
//! application, and what the document is good for afterwards.
#![no_main]

use belay_document::changes::Admission;
use belay_document::documents::{Draft, SelfDocument, genesis_facts};
use belay_protocol::DocKind;
use libfuzzer_sys::fuzz_target;
use sha2::{Digest, Sha256};

/// Two writers, so that changes also stand side by side.
const ACTORS: [[u8; 16]; 2] = [[7; 16], [9; 16]];
/// An honest writer that comes afterwards.
const HONEST: [u8; 16] = [8; 16];
/// The columns a change may have, in their order.
const COLUMNS: [u8; 12] = [
    0x01, 0x02, 0x11, 0x13, 0x15, 0x34, 0x42, 0x56, 0x57, 0x70, 0x71, 0x73,
];

/// Takes bytes from the input, one value after the other; zeros when it is used up.
struct Input<'a>(&'a [u8]);

impl<'a> Input<'a> {
    fn byte(&mut self) -> u8 {
        self.take(1).first().copied().unwrap_or_default()
    }

    fn take(&mut self, count: usize) -> &'a [u8] {
        let (taken, rest) = self.0.split_at(count.min(self.0.len()));
        self.0 = rest;
        taken
    }
}

fn leb128(out: &mut Vec<u8>, mut value: u64) {
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

/// One change on top of the document: head as the reader wants it, columns as the input says.
fn craft(
    input: &mut Input<'_>,
    document: &SelfDocument,
    seqs: &mut [u64; 2],
    kind: DocKind,
) -> (usize, Vec<u8>) {
    let flags = input.byte();
    let writer = usize::from(flags & 1);
    let mut data = Vec::new();
    let heads = document.heads();
    leb128(&mut data, heads.len() as u64);
    for head in &heads {
        data.extend_from_slice(&head.0);
    }
    prefixed(&mut data, &ACTORS[writer]);
    leb128(&mut data, seqs[writer] + 1);
    leb128(&mut data, document.history().max_op() + 1);
    // No time, no message.
    data.extend_from_slice(&[0, 0]);
    let mut others = Vec::new();
    if flags & 2 == 0 {
        let Ok(genesis) = genesis_facts(kind) else {
            panic!("both kinds are documents");
        };
        others.push(genesis.actor);
    }
    if flags & 4 != 0 {
        others.push(ACTORS[1 - writer]);
    }
    others.sort_unstable();
    leb128(&mut data, others.len() as u64);
    for other in &others {
        prefixed(&mut data, other);
    }
    let present = u16::from_le_bytes([input.byte(), input.byte()]);
    let columns: Vec<(u8, &[u8])> = COLUMNS
        .iter()
        .enumerate()
        .filter(|(index, _)| present >> index & 1 == 0)
        .map(|(_, column)| {
            let length = usize::from(input.byte());
            (*column, input.take(length))
        })
        .filter(|(_, bytes)| !bytes.is_empty())
        .collect();
    leb128(&mut data, columns.len() as u64);
    for (column, bytes) in &columns {
        leb128(&mut data, u64::from(*column));
        leb128(&mut data, bytes.len() as u64);
    }
    for (_, bytes) in &columns {
        data.extend_from_slice(bytes);
    }
    let mut hashed = vec![1];
    prefixed(&mut hashed, &data);
    let mut chunk = vec![0x85, 0x6f, 0x4a, 0x83];
    chunk.extend_from_slice(&Sha256::digest(&hashed)[..4]);
    chunk.extend_from_slice(&hashed);
    (writer, chunk)
}

fuzz_target!(|bytes: &[u8]| {
    let mut input = Input(bytes);
    let kind = if input.byte() % 2 == 0 {
        DocKind::CheckIn
    } else {
        DocKind::JournalEntry
    };
    let Ok(mut document) = SelfDocument::new(kind) else {
        panic!("both kinds are documents");
    };
    let mut seqs = [0; 2];
    let mut made: Vec<Vec<u8>> = Vec::new();
    while !input.0.is_empty() && made.len() < 16 {
        let (writer, chunk) = craft(&mut input, &document, &mut seqs, kind);
        let Admission { accepted, .. } = document.admit(&[(ACTORS[writer], &chunk)]);
        if !accepted.is_empty() {
            seqs[writer] += 1;
            made.push(chunk);
        }
    }
    if made.is_empty() {
        return;
    }
    // Whatever was let in: the document can be read, saved and loaded, and takes honest writes for ever after.
    let _ = document.raw_fields();
    let _ = document.text();
    let _ = document.deleted_at_ms();
    let saved = document.save();
    let again = SelfDocument::load_saved::<&[u8]>(kind, &saved, &[]);
    assert!(again.is_ok_and(|again| again.heads() == document.heads()));
    let rebuilt = SelfDocument::load(kind, &made);
    assert!(rebuilt.is_ok_and(|rebuilt| rebuilt.heads() == document.heads()));
    for at_ms in 1..4 {
        let draft = Draft::new().deleted_at_ms(Some(at_ms));
        assert!(document.write(&HONEST, 0, &draft).is_ok());
    }
});
