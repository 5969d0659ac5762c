//! The invitation that a QR code shows, as text.
//!
//! `BELAY:PAIR/1/` and unpadded upper-case base32 (RFC 4648) of the fields and a CRC-32 of them: all
//! characters are in a QR code's alphanumeric set, and a mistyped one is told apart from a text that
//! is no invitation at all. Layout in `docs/protocol.md`, section Pairing.

use std::fmt;

use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::ProtocolError;
use crate::codec::{Reader, Writer};
use crate::limits::{LAN_HINT_MAX, LAN_HINTS_MAX, ORIGIN_MAX};
use crate::policy::check_origin;
use crate::text_code::{TextCode, TextFault};

/// An invitation as text. What is looked at is generous for the longest one.
const TEXT: TextCode = TextCode {
    prefix: "BELAY:PAIR/",
    text_max: 2_048,
    read_as: Some,
};

/// An invitation to pair in person. Whoever sees it before it is used can answer it.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct InvitationQr {
    /// Names the rendezvous.
    #[zeroize(skip)]
    pub id: [u8; 16],
    /// One-time key.
    pub key: [u8; 32],
    /// Origin of the relay to meet at.
    #[zeroize(skip)]
    pub relay: Option<String>,
    /// Addresses on the local network to try, `host:port`.
    #[zeroize(skip)]
    pub lan_hints: Vec<String>,
    /// Until when it is good, in milliseconds since 1970. Compared by whoever uses it.
    #[zeroize(skip)]
    pub expires_at_ms: u64,
}

impl fmt::Debug for InvitationQr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InvitationQr")
            .field("expires_at_ms", &self.expires_at_ms)
            .finish_non_exhaustive()
    }
}

impl InvitationQr {
    /// The text that is shown.
    ///
    /// # Errors
    /// `TooLarge` or `Malformed` when relay or hints break their limits.
    pub fn to_text(&self) -> Result<String, ProtocolError> {
        self.check()?;
        let mut writer = Writer::new();
        writer
            .bytes(&self.id)
            .bytes(&self.key)
            .u64(self.expires_at_ms)
            .prefixed(self.relay.as_deref().unwrap_or_default().as_bytes())
            .u8(u8::try_from(self.lan_hints.len()).expect("at most 8, checked above"));
        for hint in &self.lan_hints {
            writer.prefixed(hint.as_bytes());
        }
        let bytes = Zeroizing::new(writer.finish());
        Ok(TEXT.write(&bytes, None).to_string())
    }

    /// Reads the text, in either case, with or without white space in it.
    ///
    /// # Errors
    /// `NotAnInvitation` for another kind of text, `InvitationDamaged` for a typing or scanning
    /// error, `UnknownVersion` for an invitation of a newer program.
    pub fn parse(text: &str) -> Result<Self, ProtocolError> {
        let bytes = TEXT.read(text).map_err(|fault| match fault {
            TextFault::Foreign => ProtocolError::NotAnInvitation,
            TextFault::Damaged => ProtocolError::InvitationDamaged,
            TextFault::Later(version) => ProtocolError::UnknownVersion(version),
        })?;
        Self::read(&bytes)
    }

    fn read(bytes: &[u8]) -> Result<Self, ProtocolError> {
        let mut reader = Reader::new(bytes);
        let id = reader.array()?;
        let key = reader.array()?;
        let expires_at_ms = reader.u64()?;
        let relay = text(reader.prefixed("relay origin", ORIGIN_MAX)?)?;
        let count = reader.u8()?;
        let mut lan_hints = Vec::new();
        for _ in 0..count {
            lan_hints.push(text(reader.prefixed("network hint", LAN_HINT_MAX)?)?);
        }
        reader.finish()?;
        let invitation = Self {
            id,
            key,
            relay: (!relay.is_empty()).then_some(relay),
            lan_hints,
            expires_at_ms,
        };
        invitation.check()?;
        Ok(invitation)
    }

    fn check(&self) -> Result<(), ProtocolError> {
        if let Some(relay) = &self.relay {
            check_origin(relay)?;
        }
        if self.lan_hints.len() > LAN_HINTS_MAX
            || self.lan_hints.iter().any(|hint| hint.len() > LAN_HINT_MAX)
        {
            return Err(ProtocolError::TooLarge {
                what: "network hints",
                max: LAN_HINTS_MAX,
            });
        }
        if self
            .lan_hints
            .iter()
            .any(|hint| check_origin(hint).is_err())
        {
            return Err(ProtocolError::Malformed("network hint"));
        }
        Ok(())
    }
}

fn text(bytes: &[u8]) -> Result<String, ProtocolError> {
    String::from_utf8(bytes.to_vec()).map_err(|_| ProtocolError::Malformed("text"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use proptest::prelude::*;

    use super::*;

    fn invitation() -> InvitationQr {
        InvitationQr {
            id: [7; 16],
            key: [9; 32],
            relay: Some("https://relay.example:8443".into()),
            lan_hints: vec!["192.168.1.20:4711".into()],
            expires_at_ms: 1_800_000_000_000,
        }
    }

    #[test]
    fn an_invitation_survives_its_text_in_either_case_and_broken_over_lines() {
        let text = invitation().to_text().unwrap();
        assert!(text.starts_with("BELAY:PAIR/1/"));
        assert_eq!(InvitationQr::parse(&text).unwrap(), invitation());
        let (front, back) = text.split_at(40);
        let retyped = format!("  {}\n {} ", front.to_lowercase(), back);
        assert_eq!(InvitationQr::parse(&retyped).unwrap(), invitation());
    }

    #[test]
    fn a_text_of_another_kind_is_no_invitation() {
        for text in [
            "",
            "https://example.org",
            "belay",
            "BELAY:PAIR",
            "WIFI:S:x;;",
        ] {
            assert_eq!(
                InvitationQr::parse(text),
                Err(ProtocolError::NotAnInvitation),
                "{text}"
            );
        }
    }

    #[test]
    fn an_invitation_of_a_newer_program_is_called_so() {
        let text = invitation()
            .to_text()
            .unwrap()
            .replace("PAIR/1/", "PAIR/2/");
        assert_eq!(
            InvitationQr::parse(&text),
            Err(ProtocolError::UnknownVersion(2))
        );
    }

    #[test]
    fn the_key_does_not_show_in_debug_output() {
        assert!(
            !format!("{:?}", invitation()).contains('9'),
            "no byte of the key"
        );
    }

    proptest! {
        #[test]
        fn one_wrong_or_missing_character_is_noticed(at in 0usize..200, letter in "[A-Z2-7]") {
            let text = invitation().to_text().unwrap();
            let at = 13 + at % (text.len() - 13);
            let mut wrong = text.clone();
            wrong.replace_range(at..=at, &letter);
            prop_assume!(wrong != text);
            prop_assert_eq!(InvitationQr::parse(&wrong), Err(ProtocolError::InvitationDamaged));
            let mut short = text.clone();
            short.remove(at);
            prop_assert_eq!(InvitationQr::parse(&short), Err(ProtocolError::InvitationDamaged));
        }

        #[test]
        fn no_text_makes_the_reader_panic(text in "(BELAY:PAIR/1/)?\\PC{0,80}") {
            let _ = InvitationQr::parse(&text);
        }
    }

    #[test]
    fn the_version_has_one_spelling() {
        let text = invitation().to_text().unwrap();
        for spelling in ["/01/", "/+1/"] {
            let other = text.replacen("/1/", spelling, 1);
            assert_eq!(
                InvitationQr::parse(&other),
                Err(ProtocolError::InvitationDamaged)
            );
        }
    }
}
