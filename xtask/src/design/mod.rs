//! The looks both shells share, from `design/tokens.json`: colours, spaces, corners, sizes. The file itself says which
//! colour is written or drawn on which, and a check computes those contrasts.

mod contrast;
mod emit;
mod read;

use std::path::Path;

pub use emit::{kotlin, swift};
pub use read::Tokens;

use crate::findings::Findings;

/// The source, below the root.
pub const FILE: &str = "design/tokens.json";

/// Reads the tokens and checks their contrasts; `None` when they cannot be read.
pub fn tokens(root: &Path, findings: &mut Findings) -> Option<Tokens> {
    let read = std::fs::read_to_string(root.join(FILE))
        .map_err(|error| error.to_string())
        .and_then(|text| read::tokens(&text));
    match read {
        Ok(tokens) => {
            contrast::check(&tokens, findings);
            Some(tokens)
        }
        Err(error) => {
            findings.problem(format!("{FILE}: {error}"));
            None
        }
    }
}
