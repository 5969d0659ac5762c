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

/// The keys of the text entries that carry tags, in order: eight tags each, because an entry with its key has
/// room for 255 bytes (RFC 6763, section 6.1).
const KEYS: [&str; LAN_TAGS_MAX / LAN_TAGS] = ["t", "t2", "t3", "t4"];

/// Tags as the text entries that discovery carries, each with its key.
#[must_use]
pub fn encode_tags(tags: &[LanTag]) -> Vec<(&'static str, String)> {
    let entries = tags.chunks(LAN_TAGS).map(<[LanTag]>::concat);
    KEYS.into_iter()
        .zip(entries.map(|entry| BASE64URL_NOPAD.encode(&entry)))
        .collect()
}

/// Reads the tags out of what a service says, asked for key by key. Anybody may have written it.
#[must_use]
pub fn decode_tags<'a>(entry: impl Fn(&str) -> Option<&'a str>) -> Option<Vec<LanTag>> {
    let mut tags = Vec::new();
    for text in KEYS.iter().map_while(|key| entry(key)) {
        if text.len() > BASE64URL_NOPAD.encode_len(16 * LAN_TAGS) {
            return None;
        }
        let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
        let (of_entry, rest) = bytes.as_chunks::<16>();
        if !rest.is_empty() || of_entry.len() != LAN_TAGS {
            return None;
        }
        tags.extend_from_slice(of_entry);
    }
    (!tags.is_empty()).then_some(tags)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads entries as a service of these would be read.
    fn read(entries: &[(&str, String)]) -> Option<Vec<LanTag>> {
        decode_tags(|key| {
            let found = entries.iter().find(|(known, _)| *known == key);
            found.map(|(_, text)| text.as_str())
        })
    }

    #[test]
    fn tags_are_read_back_and_anything_else_is_nothing() {
        let tags = [[1; 16], [2; 16]].repeat(4);
        let text = encode_tags(&tags);
        assert_eq!(read(&text), Some(tags));
        let one = &text[0].1;
        for wrong in ["", "AAAA", "not base64!", &one[1..], &one.repeat(2)] {
            assert_eq!(read(&[("t", wrong.to_owned())]), None, "{wrong}");
            assert_eq!(read(&[text[0].clone(), ("t2", wrong.to_owned())]), None);
        }
        assert_eq!(read(&[("t2", one.clone())]), None, "the first is missing");
        assert_eq!(read(&[]), None);
    }

    #[test]
    fn as_many_tags_as_there_may_be_fit_into_what_discovery_carries() {
        for count in (LAN_TAGS..=LAN_TAGS_MAX).step_by(LAN_TAGS) {
            let tags: Vec<LanTag> = (0..count).map(|n| [n as u8; 16]).collect();
            let entries = encode_tags(&tags);
            for (key, value) in &entries {
                let length = format!("{key}={value}").len();
                assert!(length <= 255, "{length} bytes of {count} tags in one entry");
            }
            assert_eq!(read(&entries), Some(tags));
        }
    }
}
