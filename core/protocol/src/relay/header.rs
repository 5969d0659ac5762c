//! Names of the request headers a relay understands beside the usual ones.

/// When the request was signed: milliseconds since 1970 in decimal digits.
pub const TIME: &str = "belay-time";
/// The mailbox key's Ed25519 signature over the request: 128 lowercase hexadecimal digits.
pub const SIGNATURE: &str = "belay-signature";
/// A creation token, where the relay asks for one.
pub const TOKEN: &str = "belay-token";
/// Media type of concatenated envelopes, of a page of them and of a rendezvous slot.
pub const BYTES: &str = "application/octet-stream";
/// Media type of RFC 9457 problem details.
pub const PROBLEM: &str = "application/problem+json";
/// Media type of a live connection's events.
pub const EVENTS: &str = "text/event-stream";
