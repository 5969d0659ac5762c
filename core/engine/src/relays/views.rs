//! What a shell shows of a relay (product id Y5).

use serde::Serialize;

use crate::erasures::views::ErasureCountsView;

/// What is known of one relay.
#[derive(Debug, Clone, Serialize)]
pub struct RelayStatusView {
    /// Its origin.
    pub origin: String,
    /// When it last answered.
    pub last_contact_at_ms: Option<i64>,
    /// What was wrong at the last try, as a stable code.
    pub last_error: Option<String>,
    /// When whoever keeps up will try again, after a growing pause; `None` when nobody waits for that.
    pub next_try_at_ms: Option<i64>,
    /// What was last odd about it, if anything ever was.
    pub noticed: Option<RelayNoticeView>,
    /// How far its clock is ahead of this device's, in milliseconds (negative: behind), when it had to say so;
    /// one of the two is wrong.
    pub clock_offset_ms: Option<i64>,
    /// What it was asked to erase.
    pub erasures: ErasureCountsView,
    /// Until when it is still read after the space moved to another one; `None` where it is in use.
    pub read_until_ms: Option<i64>,
}

/// Something a relay did that an honest one does after a mishap at most.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RelayNoticeView {
    /// A stable word, one of `RELAY_WORDS`.
    pub word: String,
    /// When it was noticed last.
    pub at_ms: i64,
}
