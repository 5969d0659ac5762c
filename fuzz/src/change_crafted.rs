//! Changes with a right head and crafted columns, as a stolen own device could sign them: the strict reader, the guarded
//! application, and what the document is good for afterwards.

use belay_document::changes::{ActorBytes, Admission};
use belay_document::documents::{SelfDocument, genesis_facts};
use belay_protocol::DocKind;

use crate::chunk::{Head, craft};
use crate::input::Input;
use crate::sound::assert_sound;

/// Two writers, so that changes also stand side by side.
const ACTORS: [ActorBytes; 2] = [[7; 16], [9; 16]];

/// One change on top of the document: head as the reader wants it, columns as the input says.
fn next(
    input: &mut Input<'_>,
    document: &SelfDocument,
    seqs: &[u64; 2],
    kind: DocKind,
) -> (usize, Vec<u8>) {
    let flags = input.byte();
    let writer = usize::from(flags & 1);
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
    let head = Head {
        parents: &document.heads(),
        actor: ACTORS[writer],
        seq: seqs[writer] + 1,
        start_op: document.history().max_op() + 1,
        others: &others,
    };
    (writer, craft(&head, input))
}

/// Runs one input; tells how many changes were let in.
pub fn run(bytes: &[u8]) -> usize {
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
    let mut tried = 0;
    while !input.0.is_empty() && tried < 16 {
        tried += 1;
        let (writer, chunk) = next(&mut input, &document, &seqs, kind);
        let Admission { accepted, .. } = document.admit(&[(ACTORS[writer], &chunk)]);
        if !accepted.is_empty() {
            seqs[writer] += 1;
            made.push(chunk);
        }
    }
    let accepted = made.len();
    if accepted > 0 {
        assert_sound(document, &made);
    }
    accepted
}
