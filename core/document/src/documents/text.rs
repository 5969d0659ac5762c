//! Edits of the text own devices write together, in characters (Unicode scalar values), cut into
//! pieces that fit in one change each.

use super::text_diff::rebased;

/// Most bytes an entry's text may hold (J5).
pub const TEXT_MAX: usize = belay_protocol::limits::TEXT_MAX;

/// Characters that one change inserts at most.
const INSERT_CHARS: usize = 8_000;
/// Bytes that one change inserts at most; each character costs a byte besides.
const INSERT_BYTES: usize = 32 * 1024;
/// Characters that one change deletes at most: each may cost 14 bytes when the text was written in
/// pieces by several devices.
const DELETE_CHARS: usize = 3_000;

/// Puts `insert` in the place of `delete` characters from the position `at`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TextEdit {
    /// Position in characters; beyond the end means the end.
    pub at: usize,
    /// How many characters go; as many as there are when fewer.
    pub delete: usize,
    /// What comes in their place.
    pub insert: String,
}

impl TextEdit {
    /// The edits that make `new` of `old`, to be applied one after another; none when they are equal.
    #[must_use]
    pub fn between(old: &str, new: &str) -> Vec<Self> {
        Self::rebased(old, new, old)
    }

    /// The edits that do to `current` what was done to `before` to make `after`, when somebody else made
    /// `current` of `before` meanwhile. To be applied one after another.
    #[must_use]
    pub fn rebased(before: &str, after: &str, current: &str) -> Vec<Self> {
        rebased(before, after, current)
    }
}

/// A part of an edit that fits in one change.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    pub(super) at: usize,
    pub(super) delete: isize,
    pub(super) insert: &'a str,
}

/// Cuts an edit of a text of `length` characters. Small edits stay whole.
pub(super) fn pieces(edit: &TextEdit, length: usize) -> Vec<Piece<'_>> {
    let at = edit.at.min(length);
    let mut delete = edit.delete.min(length - at);
    let mut pieces = Vec::new();
    let mut position = at;
    let mut rest = edit.insert.as_str();
    while !rest.is_empty() || delete > 0 {
        let (part, chars) = first_part(rest);
        rest = &rest[part.len()..];
        // What goes stands behind what was inserted, and goes with the last piece of it.
        let gone = if rest.is_empty() {
            // A change that deletes and inserts a lot would be too large; deleting goes on alone.
            let gone = delete.min(DELETE_CHARS);
            let both_large = chars > INSERT_CHARS / 8 && gone > DELETE_CHARS / 8;
            if both_large || chars + gone > INSERT_CHARS {
                0
            } else {
                gone
            }
        } else {
            0
        };
        pieces.push(Piece {
            at: position,
            delete: gone.cast_signed(),
            insert: part,
        });
        position += chars;
        delete -= gone;
    }
    pieces
}

/// What a piece may cost in a change besides its characters: where it stands is named anew.
const PIECE_BYTES: usize = 48;
/// What one change holds of pieces, as [`cost`] counts.
const PIECES_BYTES: usize = 40_000;

/// At most how many bytes a piece takes in a change.
fn cost(piece: &Piece<'_>) -> usize {
    PIECE_BYTES
        + piece.insert.len()
        + piece.insert.chars().count()
        + 14 * piece.delete.unsigned_abs()
}

/// How many pieces, from the first, make one change: at least one.
pub(super) fn first_change(pieces: &[Piece<'_>]) -> usize {
    let (mut bytes, mut operations) = (0, 0);
    let fits = pieces.iter().take_while(|piece| {
        bytes += cost(piece);
        operations += piece.insert.chars().count() + piece.delete.unsigned_abs();
        bytes <= PIECES_BYTES && operations <= INSERT_CHARS
    });
    fits.count().max(1).min(pieces.len())
}

fn first_part(text: &str) -> (&str, usize) {
    let mut chars = 0;
    for (index, c) in text.char_indices() {
        if chars == INSERT_CHARS || index + c.len_utf8() > INSERT_BYTES {
            return (&text[..index], chars);
        }
        chars += 1;
    }
    (text, chars)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;
    use proptest::prelude::*;

    fn apply(text: &str, piece: &Piece<'_>) -> String {
        let chars: Vec<char> = text.chars().collect();
        let kept = piece.at + piece.delete.unsigned_abs();
        chars[..piece.at]
            .iter()
            .copied()
            .chain(piece.insert.chars())
            .chain(chars[kept..].iter().copied())
            .collect()
    }

    proptest! {
        #[test]
        fn the_edit_between_two_texts_makes_one_of_the_other(old in "[abé😀]{0,12}", new in "[abé😀]{0,12}") {
            let mut made = old;
            for edit in TextEdit::between(&made.clone(), &new) {
                let length = made.chars().count();
                made = pieces(&edit, length).iter().fold(made, |text, piece| apply(&text, piece));
            }
            prop_assert_eq!(made, new);
        }
    }

    #[test]
    fn large_edits_are_cut_and_small_ones_are_not() {
        let whole = TextEdit {
            at: 2,
            delete: 10,
            insert: "a line".into(),
        };
        assert_eq!(pieces(&whole, 100).len(), 1);
        let old = "x".repeat(20_000);
        let edit = TextEdit {
            at: 100,
            delete: 9_000,
            insert: "é".repeat(20_000),
        };
        let cut = pieces(&edit, 20_000);
        assert_eq!(cut.len(), 3 + 3);
        let made = cut.iter().fold(old, |text, piece| apply(&text, piece));
        let expected = ["x".repeat(100), "é".repeat(20_000), "x".repeat(10_900)].concat();
        assert_eq!(made, expected);
    }
}
