//! The strict reader over any bytes, with the checksum made right so that the bytes behind it are looked at.
#![no_main]

use belay_document::changes::{History, Verdict, read_change};
use belay_document::documents::genesis_facts;
use belay_protocol::DocKind;
use libfuzzer_sys::fuzz_target;
use sha2::{Digest, Sha256};

/// The writer that the carrying item would imply.
const ACTOR: [u8; 16] = [7; 16];

fuzz_target!(|bytes: &[u8]| {
    let Some((kind, rest)) = bytes.split_first() else {
        return;
    };
    let kind = if kind % 2 == 0 {
        DocKind::CheckIn
    } else {
        DocKind::JournalEntry
    };
    let Ok(genesis) = genesis_facts(kind) else {
        panic!("both kinds are documents");
    };
    let mut chunk = rest.to_vec();
    if chunk.len() > 8 {
        chunk[..4].copy_from_slice(&[0x85, 0x6f, 0x4a, 0x83]);
        let checksum = Sha256::digest(&chunk[8..]);
        chunk[4..8].copy_from_slice(&checksum[..4]);
    }
    let history = History::new(genesis);
    if let Verdict::Accept(change) = read_change(&chunk, &ACTOR, &history) {
        assert_eq!(change.bytes, chunk);
        assert_eq!(change.actor, ACTOR);
        assert!(change.operations > 0 && change.start_op > history.max_op());
    }
});
