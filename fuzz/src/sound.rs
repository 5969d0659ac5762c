//! What a document must still be good for after whatever was let in.

use belay_document::changes::ActorBytes;
use belay_document::documents::{Draft, SelfDocument, TextEdit};
use belay_protocol::DocKind;

/// An honest writer that comes afterwards.
const HONEST: ActorBytes = [8; 16];

/// Asserts that the document can be read, saved and loaded, that its changes make it again, and that it takes honest
/// writes. `changes` are all it holds.
pub fn assert_sound(mut document: SelfDocument, changes: &[Vec<u8>]) {
    let _ = document.raw_fields();
    let _ = document.text();
    let _ = document.deleted_at_ms();
    let kind = document.kind();
    let saved = document.save();
    let again = SelfDocument::load_saved::<&[u8]>(kind, &saved, &[]);
    assert!(again.is_ok_and(|again| again.heads() == document.heads()));
    let rebuilt = SelfDocument::load(kind, changes);
    assert!(rebuilt.is_ok_and(|rebuilt| rebuilt.heads() == document.heads()));
    for at_ms in 1..4 {
        let mut draft = Draft::new().deleted_at_ms(Some(at_ms));
        if kind == DocKind::JournalEntry {
            draft = draft.edit_text(TextEdit {
                at: 1,
                delete: 1,
                insert: "on".to_owned(),
            });
        }
        assert!(document.write(&HONEST, 0, &draft).is_ok());
    }
}
