//! Finding words again in any script (J2): folding, cutting into terms, reading a question, showing what was found.
//! Pure text; the index itself lies in core/store.

mod fold;
mod query;
mod segment;
mod snippet;

/// Which rules and tables of Unicode cut a text into terms: words cut by others are not found any more, and an index
/// of them is to be filled anew.
#[must_use]
pub fn search_version() -> String {
    let tables = [
        unicode_segmentation::UNICODE_VERSION,
        unicode_properties::UNICODE_VERSION,
        wide(unicode_normalization::UNICODE_VERSION),
        unicode_script::UNICODE_VERSION,
    ];
    format!("{RULES} {tables:?}")
}

/// Raised with every change of how words are folded or cut.
const RULES: u32 = 1;

fn wide((major, minor, update): (u8, u8, u8)) -> (u64, u64, u64) {
    (major.into(), minor.into(), update.into())
}

pub use query::{SearchQuery, Wanted, fold_tag};
pub use segment::{Term, terms};
pub use snippet::{SNIPPET_CHARS, Snippet, SnippetPart, snippet};
