//! Errors on the wire: RFC 9457 problem details with a code that stays the same over versions.

use belay_model::EnvelopeId;
use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal, $status:literal, $title:literal;)*) => {
        /// Why a relay refused. The text form is stable; new ones may be added.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Code {
            $($(#[$doc])* $name,)*
            /// A code this version does not know.
            Unknown,
        }

        impl Code {
            /// All codes a relay of this version sends.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The stable text.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                    Self::Unknown => "unknown",
                }
            }

            /// The HTTP status it is sent with.
            #[must_use]
            pub const fn status(self) -> u16 {
                match self {
                    $(Self::$name => $status,)*
                    Self::Unknown => 500,
                }
            }

            /// One English sentence for people.
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self {
                    $(Self::$name => $title,)*
                    Self::Unknown => "The relay refused for a reason this version does not know.",
                }
            }

            /// The code with this text; `Unknown` if there is none.
            #[must_use]
            pub fn from_text(text: &str) -> Self {
                match text {
                    $($text => Self::$name,)*
                    _ => Self::Unknown,
                }
            }
        }
    };
}

codes! {
    /// A path, query, header or body that does not follow the protocol.
    Malformed = "malformed", 400, "The request does not follow the protocol.";
    /// No time or no signature.
    Unsigned = "unsigned", 401, "The request is not signed.";
    /// The signature is not the mailbox key's over this request at this origin.
    BadSignature = "bad_signature", 401, "The signature does not fit the mailbox, the request or this relay's origin.";
    /// Signed more than five minutes from the relay's time, which the answer tells.
    Stale = "stale", 401, "The request's time is too far from the relay's.";
    /// This relay gives mailboxes only for a token.
    TokenRequired = "token_required", 403, "A new mailbox needs a token on this relay.";
    /// The token is wrong, expired or used.
    TokenRefused = "token_refused", 403, "The token is not valid here or was used before.";
    /// No such path.
    NotFound = "not_found", 404, "There is nothing at this path.";
    /// The mailbox was never made or has expired.
    NoMailbox = "no_mailbox", 404, "There is no such mailbox.";
    /// The blob was never begun, or is erased.
    NoBlob = "no_blob", 404, "There is no such blob.";
    /// The path exists, the method does not.
    MethodNotAllowed = "method_not_allowed", 405, "This path does not take this method.";
    /// The body did not arrive in time.
    Timeout = "timeout", 408, "The request did not arrive in time.";
    /// A blob of another size or for another token stands under this id.
    BlobDiffers = "blob_differs", 409, "Another blob stands under this id.";
    /// At least one envelope, or this blob, was erased by its author; for envelopes the answer names them and
    /// nothing was stored.
    Erased = "erased", 410, "This was erased by its author and is not taken again.";
    /// Someone else has answered in this rendezvous slot.
    SlotTaken = "slot_taken", 410, "This rendezvous slot was written before.";
    /// More bytes than allowed here.
    TooLarge = "too_large", 413, "The request is larger than allowed.";
    /// An envelope is sealed for another mailbox.
    WrongMailbox = "wrong_mailbox", 422, "An envelope belongs to another mailbox.";
    /// Too many requests; try later.
    RateLimited = "rate_limited", 429, "Too many requests; try again later.";
    /// Something broke inside the relay. Nothing is known to be stored; the same request may be sent again.
    Internal = "internal", 500, "The relay could not do it; the same request may be sent again.";
    /// All places are taken for the moment.
    Busy = "busy", 503, "The relay is busy; try again later.";
    /// The mailbox holds as much as it may.
    QuotaExceeded = "quota_exceeded", 507, "The mailbox is full.";
    /// The relay holds as much as it may.
    RelayFull = "relay_full", 507, "The relay takes nothing new at the moment.";
}

/// Problem details, RFC 9457.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// A name for the kind of problem: `urn:belay:problem:` and the code.
    #[serde(rename = "type")]
    pub kind: String,
    /// One English sentence.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// The stable code.
    pub code: String,
    /// The relay's clock, milliseconds since 1970.
    pub time_ms: i64,
    /// Envelopes that are refused because their author erased them (code `erased`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub erased: Vec<EnvelopeId>,
}

impl Problem {
    /// The problem with this code at this relay time.
    #[must_use]
    pub fn new(code: Code, time_ms: i64) -> Self {
        Self {
            kind: format!("urn:belay:problem:{}", code.as_str()),
            title: code.title().to_owned(),
            status: code.status(),
            code: code.as_str().to_owned(),
            time_ms,
            erased: Vec::new(),
        }
    }

    /// Its code as far as this version knows it.
    #[must_use]
    pub fn code(&self) -> Code {
        Code::from_text(&self.code)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn every_code_survives_its_text_and_a_new_one_is_unknown() {
        for code in Code::ALL {
            assert_eq!(Code::from_text(code.as_str()), *code);
            assert!((400..600).contains(&code.status()));
        }
        assert_eq!(Code::from_text("tea_time"), Code::Unknown);
    }

    #[test]
    fn a_problem_reads_as_documented() {
        let problem = Problem::new(Code::Stale, 5);
        let text = serde_json::to_string(&problem).unwrap();
        assert_eq!(
            text,
            r#"{"type":"urn:belay:problem:stale","title":"The request's time is too far from the relay's.","status":401,"code":"stale","time_ms":5}"#
        );
        assert_eq!(serde_json::from_str::<Problem>(&text).unwrap(), problem);
    }
}
