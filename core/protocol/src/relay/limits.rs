//! Sizes and times that both sides of the relay protocol keep. What an envelope, an origin and a slot
//! may measure stands in the formats' own limits.

use crate::limits;

/// Most bytes of envelopes in one append.
pub const APPEND_BYTES_MAX: usize = 1024 * 1024;
/// Most envelopes in one append.
pub const APPEND_ENVELOPES_MAX: usize = 64;
/// Bytes of an envelope before its ciphertext.
pub const ENVELOPE_HEAD: usize = limits::OUTER_HEAD;
/// Most bytes of one envelope, head included.
pub const ENVELOPE_MAX: usize = limits::OUTER_MAX;
/// Most envelopes in one page.
pub const READ_ENVELOPES_MAX: u32 = 1000;
/// Most bytes of envelopes in one page. One envelope is always given, however large.
pub const READ_BYTES_MAX: u32 = 4 * 1024 * 1024;
/// Envelopes in a page when the reader names no number.
pub const READ_ENVELOPES_DEFAULT: u32 = 256;
/// Bytes in a page when the reader names no number.
pub const READ_BYTES_DEFAULT: u32 = 1024 * 1024;
/// Longest wait of a long poll, in seconds.
pub const WAIT_SECONDS_MAX: u32 = 25;
/// Most entries in one erase request.
pub const ERASE_ENTRIES_MAX: usize = 256;
/// Most bytes of an erase request: 256 entries of at most 200 bytes, rounded up.
pub const ERASE_BYTES_MAX: usize = 64 * 1024;
/// Days a withdrawn envelope may be kept when its author asks for time to change their mind.
pub const ERASE_GRACE_DAYS: u32 = 30;
/// Most bytes in rendezvous slots 0 to 2.
pub const SLOT_BYTES_MAX: usize = limits::SLOT_MAX;
/// Most bytes in rendezvous slot 3, which carries a welcome.
pub const SLOT_WELCOME_BYTES_MAX: usize = limits::WELCOME_SLOT_MAX;
/// How far a request's time may be from the relay's, in milliseconds, either way.
pub const CLOCK_TOLERANCE_MS: i64 = 5 * 60 * 1000;
/// Most bytes of a relay's origin as text.
pub const ORIGIN_BYTES_MAX: usize = limits::ORIGIN_MAX;
/// Most bytes of a creation token as text.
pub const TOKEN_BYTES_MAX: usize = 256;
/// Most bytes of a JSON answer (info, outcomes, problem) a client takes in.
pub const JSON_BYTES_MAX: usize = 64 * 1024;
/// Most bytes of one sealed blob.
pub const BLOB_BYTES_MAX: u64 = 64 * 1024 * 1024;
/// Most bytes of one part of a blob, up and down.
pub const BLOB_PART_MAX: usize = 1024 * 1024;
/// Fewest bytes of a part that is not a blob's last.
pub const BLOB_PART_MIN: usize = 64 * 1024;
/// Most bytes of the request that erases a blob.
pub const BLOB_ERASE_MAX: usize = 256;
/// Days after which an upload that does not go on is dropped.
pub const BLOB_UNFINISHED_DAYS: i64 = 7;
/// Most mailboxes watched over one live connection.
pub const LIVE_MAILBOXES_MAX: usize = 64;
/// Most bytes of the request that begins a live connection: 64 claims of 235 bytes, rounded up.
pub const LIVE_ORDER_MAX: usize = 16 * 1024;
/// Most bytes of one event, those of newer relays included.
pub const LIVE_EVENT_MAX: usize = 1024;
/// Seconds after which a live connection on which nothing happened says that it is there.
pub const LIVE_QUIET_SECONDS: u64 = 25;
/// Seconds after which a relay ends a live connection, and its client begins another.
pub const LIVE_SECONDS_MAX: u64 = 3600;
