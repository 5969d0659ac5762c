//! How devices on one network find each other: what each of them shows, and what is found. The means differ
//! (mDNS on desktops, the system's own on phones, none in a test), so they stand behind one trait.

use std::net::SocketAddr;

use belay_protocol::LanTag;
use belay_protocol::limits::{LAN_TAGS, LAN_TAGS_MAX};
use data_encoding::BASE64URL_NOPAD;

use crate::TransportError;

/// What this device shows on the network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advertisement {
    /// A random name, new with every advertisement: it tells nobody who this is.
    pub name: String,
    /// Where it listens.
    pub port: u16,
    /// Tags that those recognise who share a space with it; random ones fill up to a multiple of eight.
    pub tags: Vec<LanTag>,
}

/// A device that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LanPeer {
    /// The random name it shows at present.
    pub name: String,
    /// Where it listens, best first; one device may have several addresses.
    pub addrs: Vec<SocketAddr>,
    /// Its tags.
    pub tags: Vec<LanTag>,
}

/// Shows this device to others on the network, and finds them. Quick and synchronous: what takes time happens
/// elsewhere.
pub trait Discovery: Send + Sync {
    /// Shows this device so from now on, in place of what it showed before; and begins to look for others.
    ///
    /// # Errors
    /// `Setup` when this network or system does not let it.
    fn advertise(&self, advertisement: &Advertisement) -> Result<(), TransportError>;

    /// Who can be seen now, this device itself left out.
    fn peers(&self) -> Vec<LanPeer>;

    /// Shows nothing and looks for nobody any more.
    fn stop(&self);
}

/// Tags as the one line of text that discovery carries.
#[must_use]
pub fn encode_tags(tags: &[LanTag]) -> String {
    BASE64URL_NOPAD.encode(&tags.concat())
}

/// Reads that line. Anybody may have written it.
#[must_use]
pub fn decode_tags(text: &str) -> Option<Vec<LanTag>> {
    if text.len() > BASE64URL_NOPAD.encode_len(16 * LAN_TAGS_MAX) {
        return None;
    }
    let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
    let (tags, rest) = bytes.as_chunks::<16>();
    let whole = rest.is_empty() && !tags.is_empty() && tags.len().is_multiple_of(LAN_TAGS);
    whole.then(|| tags.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_back_and_anything_else_is_nothing() {
        let tags = [[1; 16], [2; 16]].repeat(4);
        let text = encode_tags(&tags);
        assert_eq!(decode_tags(&text), Some(tags));
        for wrong in ["", "AAAA", "not base64!", &text[1..], &text.repeat(5)] {
            assert_eq!(decode_tags(wrong), None, "{wrong}");
        }
    }
}
