//! What a relay answers to an append.

use belay_model::EnvelopeId;
use serde::{Deserialize, Serialize};

use super::Generation;

/// What became of one envelope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppendOutcome {
    /// The envelope's id as the relay computed it.
    pub env_id: EnvelopeId,
    /// Its number in the mailbox, counted from 1 without gaps.
    pub seq: u64,
    /// True when the relay had it before; nothing was changed then.
    pub duplicate: bool,
}

/// The answer to an append, outcomes in the order sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppendAnswer {
    /// The generation the numbers belong to.
    #[serde(rename = "gen")]
    pub generation: Generation,
    /// Number of the mailbox's last envelope after the append.
    pub head: u64,
    /// One for each envelope.
    pub outcomes: Vec<AppendOutcome>,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn the_answer_reads_as_documented() {
        let answer = AppendAnswer {
            generation: Generation(0x2a),
            head: 7,
            outcomes: vec![AppendOutcome {
                env_id: EnvelopeId::from_bytes([0xcd; 32]),
                seq: 7,
                duplicate: false,
            }],
        };
        let text = serde_json::to_string(&answer).unwrap();
        let id = "cd".repeat(32);
        assert_eq!(
            text,
            format!(
                r#"{{"gen":"000000000000002a","head":7,"outcomes":[{{"env_id":"{id}","seq":7,"duplicate":false}}]}}"#
            )
        );
        assert_eq!(serde_json::from_str::<AppendAnswer>(&text).unwrap(), answer);
    }
}
