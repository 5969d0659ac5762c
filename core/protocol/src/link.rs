//! The link that invites at a distance: where to meet, and 128 bits in the fragment, which a browser keeps
//! to itself. Layout in `docs/protocol.md`, section Pairing.

use std::fmt;

use data_encoding::BASE32_NOPAD;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::ProtocolError;
use crate::limits::ORIGIN_MAX;
use crate::relay::RelayOrigin;

/// What stands between the relay's origin and the version.
const PATH: &str = "/pair/";

/// Characters of the longest link: the origin, path and version, and 26 of base32.
const TEXT_MAX: usize = ORIGIN_MAX + 64;

/// An invitation to pair at a distance, sent as a link. Whoever sees it before it is used can answer it.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct InvitationLink {
    /// The relay to meet at.
    #[zeroize(skip)]
    pub relay: RelayOrigin,
    /// From which both sides derive everything else.
    pub secret: [u8; 16],
}

impl fmt::Debug for InvitationLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InvitationLink(..)")
    }
}

impl InvitationLink {
    /// The text that is sent.
    #[must_use]
    pub fn to_text(&self) -> Zeroizing<String> {
        let secret = Zeroizing::new(BASE32_NOPAD.encode(&self.secret).to_ascii_lowercase());
        Zeroizing::new(format!("{}{PATH}1#{}", self.relay, *secret))
    }

    /// Reads the text, in either case and with white space in it, as mail programs break lines.
    ///
    /// # Errors
    /// `NotAnInvitation` for another kind of text, `InvitationDamaged` when the fragment is not whole,
    /// `UnknownVersion` for a link of a newer program.
    pub fn parse(text: &str) -> Result<Self, ProtocolError> {
        const OTHER: ProtocolError = ProtocolError::NotAnInvitation;
        const DAMAGED: ProtocolError = ProtocolError::InvitationDamaged;
        if text.len() > 2 * TEXT_MAX {
            return Err(OTHER);
        }
        let text: Zeroizing<String> = Zeroizing::new(
            text.chars()
                .filter(|letter| !letter.is_whitespace())
                .map(|letter| letter.to_ascii_lowercase())
                .collect(),
        );
        let (address, fragment) = text.split_once('#').unwrap_or((&text, ""));
        let (origin, version) = address.split_once(PATH).ok_or(OTHER)?;
        let relay = origin.parse().map_err(|_| OTHER)?;
        let number: u8 = version.parse().map_err(|_| DAMAGED)?;
        // "01" and "+1" read as 1 too; a value has one encoding.
        if number.to_string() != version {
            return Err(DAMAGED);
        }
        if number != 1 {
            return Err(ProtocolError::UnknownVersion(number));
        }
        let fragment = Zeroizing::new(fragment.to_ascii_uppercase());
        let secret = BASE32_NOPAD
            .decode(fragment.as_bytes())
            .map(Zeroizing::new)
            .map_err(|_| DAMAGED)?;
        let secret = secret[..].try_into().map_err(|_| DAMAGED)?;
        Ok(Self { relay, secret })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use proptest::prelude::*;

    use super::*;

    fn link() -> InvitationLink {
        InvitationLink {
            relay: "https://relay.example:8443".parse().unwrap(),
            secret: [0xa5; 16],
        }
    }

    #[test]
    fn a_link_survives_its_text_in_either_case_and_broken_over_lines() {
        let text = link().to_text();
        assert_eq!(
            *text,
            "https://relay.example:8443/pair/1#uws2ljnfuws2ljnfuws2ljnfuu"
        );
        assert_eq!(InvitationLink::parse(&text).unwrap(), link());
        let (front, back) = text.split_at(40);
        let broken = format!(" {}\r\n {}\n", front.to_uppercase(), back);
        assert_eq!(InvitationLink::parse(&broken).unwrap(), link());
    }

    #[test]
    fn what_is_wrong_with_a_link_is_told_apart() {
        for (text, error) in [
            ("https://example.org", ProtocolError::NotAnInvitation),
            ("https://example.org/", ProtocolError::NotAnInvitation),
            ("relay.example/pair/1#aa", ProtocolError::NotAnInvitation),
            (
                "https://relay.example/pair/1",
                ProtocolError::InvitationDamaged,
            ),
            (
                "https://relay.example/pair/1#uws2ljnfuws2ljnfuws2ljnfu",
                ProtocolError::InvitationDamaged,
            ),
            (
                "https://relay.example/pair/1#uws2ljnfuws2ljnfuws2ljnfu1",
                ProtocolError::InvitationDamaged,
            ),
            (
                "https://relay.example/pair/01#uws2ljnfuws2ljnfuws2ljnfuu",
                ProtocolError::InvitationDamaged,
            ),
            (
                "https://relay.example/pair/2#later",
                ProtocolError::UnknownVersion(2),
            ),
        ] {
            assert_eq!(InvitationLink::parse(text), Err(error), "{text}");
        }
    }

    #[test]
    fn a_link_shows_nothing_in_debug_output() {
        assert_eq!(format!("{:?}", link()), "InvitationLink(..)");
    }

    proptest! {
        #[test]
        fn arbitrary_text_never_panics_and_what_is_read_is_written_the_same(
            text in "(https://[a-z]{1,9}/pair/1#)?[a-z2-7]{0,30}"
        ) {
            if let Ok(link) = InvitationLink::parse(&text) {
                prop_assert_eq!(&*link.to_text(), &text);
            }
        }
    }
}
