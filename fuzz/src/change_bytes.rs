//! A change of any bytes, with length and checksum made right so that what stands behind them is looked at, handed to a
//! document that two devices wrote before.

use std::sync::OnceLock;

use belay_document::changes::{ActorBytes, Verdict, read_change};
use belay_document::documents::{Draft, SelfDocument, TextEdit};
use belay_protocol::DocKind;

use crate::chunk::{around, repair};
use crate::sound::assert_sound;

/// The two writers; the change at hand is the next one of the first.
const ACTORS: [ActorBytes; 2] = [[7; 16], [9; 16]];

/// What stands before the change, and the honest change in its place.
struct Base {
    document: SelfDocument,
    changes: Vec<Vec<u8>>,
    honest: Vec<u8>,
}

fn base(kind: DocKind) -> &'static Base {
    static BASES: [OnceLock<Base>; 2] = [const { OnceLock::new() }; 2];
    BASES[usize::from(kind == DocKind::JournalEntry)].get_or_init(|| make(kind))
}

fn make(kind: DocKind) -> Base {
    let draft = |round: i64| {
        let draft = Draft::new().deleted_at_ms(Some(round));
        if kind == DocKind::JournalEntry {
            draft.edit_text(TextEdit {
                at: 3,
                delete: 2,
                insert: "held the rope".to_owned(),
            })
        } else {
            draft
        }
    };
    let made = || -> Result<Base, belay_document::DocumentError> {
        let mut changes = Vec::new();
        let mut document = SelfDocument::new(kind)?;
        for round in 0..4 {
            // Both write on the same state, so that their changes stand side by side.
            let mut other = document.clone();
            let ours = document.write(&ACTORS[0], 0, &draft(10 + round))?;
            let theirs = other.write(&ACTORS[1], 0, &draft(20 + round))?;
            for change in &theirs {
                document.admit(&[(ACTORS[1], change)]);
            }
            changes.extend(ours);
            changes.extend(theirs);
        }
        let last = document.clone().write(&ACTORS[0], 0, &draft(30))?;
        Ok(Base {
            document,
            changes,
            honest: last.concat(),
        })
    };
    match made() {
        Ok(base) => base,
        Err(error) => panic!("honest writes succeed: {error}"),
    }
}

/// The inputs to begin with: the honest change of each kind.
#[must_use]
pub fn honest() -> [Vec<u8>; 2] {
    [(0, DocKind::CheckIn), (1, DocKind::JournalEntry)]
        .map(|(mode, kind)| [&[mode][..], &base(kind).honest].concat())
}

/// Runs one input; tells how many changes were let in. Bit 0 of the first byte says which kind of document, bit 1 whether
/// the chunk's own length is made right too.
pub fn run(bytes: &[u8]) -> usize {
    let Some((mode, rest)) = bytes.split_first() else {
        return 0;
    };
    let kind = if mode & 1 == 0 {
        DocKind::CheckIn
    } else {
        DocKind::JournalEntry
    };
    let base = base(kind);
    let chunk = if mode & 2 == 0 {
        let mut chunk = rest.to_vec();
        repair(&mut chunk);
        chunk
    } else {
        // Behind magic, checksum and type stands the length, which ends with the first byte below 0x80.
        let content = rest.get(9..).unwrap_or_default();
        let length = content.iter().take_while(|byte| **byte >= 0x80).count() + 1;
        around(content.get(length..).unwrap_or_default())
    };
    let actor = ACTORS[0];
    let verdict = read_change(&chunk, &actor, base.document.history());
    let mut document = base.document.clone();
    let admission = document.admit(&[(actor, &chunk)]);
    let Verdict::Accept(change) = verdict else {
        assert!(admission.accepted.is_empty());
        return 0;
    };
    assert_eq!(change.bytes, chunk);
    assert_eq!(change.actor, actor);
    assert!(change.operations > 0 && change.start_op > base.document.history().max_op());
    if admission.accepted.is_empty() {
        return 0;
    }
    let mut changes = base.changes.clone();
    changes.push(chunk);
    assert_sound(document, &changes);
    1
}
