//! How much a text may hold, in one place. All of a check-in at its limits stays below the 64 KiB
//! that one item's body can carry.

use crate::{Rule, RuleError};

/// Characters in a check-in's win, struggle or plan (C1).
pub const MAX_LINE_CHARS: usize = 2_000;
/// UTF-8 bytes in the note of a check-in.
pub const MAX_NOTE_BYTES: usize = 16 * 1024;
/// Characters in a response (C6).
pub const MAX_RESPONSE_CHARS: usize = 4_000;
/// Characters in a goal's title.
pub const MAX_TITLE_CHARS: usize = 200;
/// Characters in a goal's why (G3).
pub const MAX_WHY_CHARS: usize = 2_000;
/// Characters in an outcome's note or its reason for skipping (G4).
pub const MAX_OUTCOME_TEXT_CHARS: usize = 2_000;
/// UTF-8 bytes in the text of a journal entry (J1).
pub const MAX_ENTRY_TEXT_BYTES: usize = 1024 * 1024;
/// Tags of one entry.
pub const MAX_ENTRY_TAGS: usize = 32;
/// Characters in a tag; four bytes each still fit a document's key.
pub const MAX_TAG_CHARS: usize = 60;
/// Goals one entry is about.
pub const MAX_ENTRY_GOALS: usize = 32;
/// Characters in the prompt that an entry answers (J4).
pub const MAX_PROMPT_CHARS: usize = 500;
/// UTF-8 bytes in a passage that is shared (J7): it is one item.
pub const MAX_PASSAGE_BYTES: usize = 48 * 1024;
/// Characters in the name a person shows to others.
pub const MAX_DISPLAY_NAME_CHARS: usize = 64;
/// Characters in a time zone's name.
pub const MAX_ZONE_NAME_CHARS: usize = 64;
/// The longest hold before a shared copy leaves, in seconds (C5).
pub const MAX_HOLD_SECONDS: u32 = 600;

/// People of one's own on the page for bad hours (S4).
pub const MAX_TRUSTED_PEOPLE: usize = 12;
/// Characters in the number or address of one of them.
pub const MAX_TRUSTED_ADDRESS_CHARS: usize = 200;
/// Characters in the note about one of them.
pub const MAX_TRUSTED_NOTE_CHARS: usize = 200;

/// Characters of an own word for a step of the mood.
pub const MAX_MOOD_LABEL_CHARS: usize = 40;
/// Lines in one of a person's own lists: a step of the safety plan, small things that help.
pub const MAX_KEPT_LINES: usize = 100;
/// Characters of such a line.
pub const MAX_KEPT_LINE_CHARS: usize = 500;

/// A text that is there must say something and be at most `limit` characters long.
pub(crate) fn check_chars(
    field: &'static str,
    text: Option<&str>,
    limit: usize,
) -> Result<(), RuleError> {
    check_said(field, text)?;
    if text.is_some_and(|text| text.chars().nth(limit).is_some()) {
        return Err(RuleError::new(field, Rule::TooManyCharacters { limit }));
    }
    Ok(())
}

/// A text that is there must say something and be at most `limit` UTF-8 bytes long.
pub(crate) fn check_bytes(
    field: &'static str,
    text: Option<&str>,
    limit: usize,
) -> Result<(), RuleError> {
    check_said(field, text)?;
    if text.is_some_and(|text| text.len() > limit) {
        return Err(RuleError::new(field, Rule::TooManyBytes { limit }));
    }
    Ok(())
}

fn check_said(field: &'static str, text: Option<&str>) -> Result<(), RuleError> {
    match text {
        Some(text) if text.trim().is_empty() => Err(RuleError::new(field, Rule::Empty)),
        _ => Ok(()),
    }
}
