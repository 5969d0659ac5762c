//! A live connection: server-sent events that say how far each watched mailbox has come.
//!
//! ```text
//! event: head\ndata: PK GEN.SEQ\n\n        the mailbox has come to this; the first comes at once
//! event: gone\ndata: PK\n\n                there is no such mailbox, and it is watched no more
//! :\n\n                                    nothing happened for a while
//! ```
//! Only numbers travel: what came is read as usual. Events of other names are for newer readers and
//! are passed over.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::limits::{LIVE_EVENT_MAX, LIVE_MAILBOXES_MAX};
use super::name::decode_hex;
use super::{Cursor, MailboxPk};
use crate::ProtocolError;

/// What a live connection says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LiveEvent {
    /// A mailbox has come to this number.
    Head {
        /// Which.
        mailbox: MailboxPk,
        /// Its generation and the number of its last envelope.
        head: Cursor,
    },
    /// There is no such mailbox.
    Gone {
        /// Which.
        mailbox: MailboxPk,
    },
    /// Nothing happened; the connection is alive.
    Quiet,
}

impl LiveEvent {
    /// Appends the event as it travels.
    pub fn write(&self, to: &mut String) {
        match self {
            Self::Head { mailbox, head } => {
                to.push_str(&format!("event: head\ndata: {mailbox} {head}\n\n"));
            }
            Self::Gone { mailbox } => to.push_str(&format!("event: gone\ndata: {mailbox}\n\n")),
            Self::Quiet => to.push_str(":\n\n"),
        }
    }

    /// Reads what stands before the empty line; `None` for an event of another name.
    fn parse(text: &str) -> Result<Option<Self>, ProtocolError> {
        const MALFORMED: ProtocolError = ProtocolError::Malformed("live event");
        if text == ":" {
            return Ok(Some(Self::Quiet));
        }
        let rest = text.strip_prefix("event: ").ok_or(MALFORMED)?;
        let (name, data) = rest.split_once("\ndata: ").ok_or(MALFORMED)?;
        match name {
            "head" => {
                let (mailbox, head) = data.split_once(' ').ok_or(MALFORMED)?;
                Ok(Some(Self::Head {
                    mailbox: mailbox.parse()?,
                    head: head.parse()?,
                }))
            }
            "gone" => Ok(Some(Self::Gone {
                mailbox: data.parse()?,
            })),
            _ => Ok(None),
        }
    }
}

/// Takes events out of the bytes of a connection, however they are cut. Holds at most one event.
#[derive(Debug, Default)]
pub struct LiveReader {
    held: Vec<u8>,
}

impl LiveReader {
    /// Nothing read yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes in the next bytes and gives the events that they complete.
    ///
    /// # Errors
    /// `TooLarge` for an event without an end, `Malformed` for what is no event. After an error the
    /// connection is of no use.
    pub fn take(&mut self, bytes: &[u8]) -> Result<Vec<LiveEvent>, ProtocolError> {
        let mut events = Vec::new();
        for byte in bytes {
            self.held.push(*byte);
            if let Some(text) = self.held.strip_suffix(b"\n\n") {
                let text = std::str::from_utf8(text)
                    .map_err(|_| ProtocolError::Malformed("live event"))?;
                events.extend(LiveEvent::parse(text)?);
                self.held.clear();
            } else if self.held.len() > LIVE_EVENT_MAX {
                return Err(ProtocolError::TooLarge {
                    what: "live event",
                    max: LIVE_EVENT_MAX,
                });
            }
        }
        Ok(events)
    }
}

/// One mailbox to be watched, and the proof that one may.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LiveClaim {
    /// Which.
    pub mailbox: MailboxPk,
    /// The mailbox key's signature over the request that would watch it alone: `GET` of its live path,
    /// without query and body, at the list's time.
    pub signature: LiveSignature,
}

/// An Ed25519 signature, in JSON 128 lowercase hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LiveSignature(pub [u8; 64]);

impl Serialize for LiveSignature {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&data_encoding::HEXLOWER.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for LiveSignature {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        decode_hex(&text)
            .map(Self)
            .ok_or_else(|| serde::de::Error::custom("not a signature"))
    }
}

/// The body of `POST /v1/live`: several mailboxes watched over one connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LiveOrder {
    /// When the claims were signed, milliseconds since 1970.
    pub time_ms: u64,
    /// 1 to 64 mailboxes, each once.
    pub watch: Vec<LiveClaim>,
}

impl LiveOrder {
    /// Reads an order.
    ///
    /// # Errors
    /// `Malformed` for what is no order, for none and for one mailbox twice; `TooLarge` for too many.
    pub fn parse(bytes: &[u8]) -> Result<Self, ProtocolError> {
        const MALFORMED: ProtocolError = ProtocolError::Malformed("live order");
        let order: Self = serde_json::from_slice(bytes).map_err(|_| MALFORMED)?;
        if order.watch.len() > LIVE_MAILBOXES_MAX {
            return Err(ProtocolError::TooLarge {
                what: "number of mailboxes",
                max: LIVE_MAILBOXES_MAX,
            });
        }
        let mut names: Vec<_> = order.watch.iter().map(|claim| claim.mailbox).collect();
        names.sort_unstable();
        names.dedup();
        if names.is_empty() || names.len() != order.watch.len() {
            return Err(MALFORMED);
        }
        Ok(order)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::super::Generation;
    use super::*;

    fn events() -> impl Strategy<Value = Vec<LiveEvent>> {
        let event = prop_oneof![
            (any::<[u8; 32]>(), any::<u64>(), any::<u64>()).prop_map(|(pk, generation, seq)| {
                LiveEvent::Head {
                    mailbox: MailboxPk::from_bytes(pk),
                    head: Cursor {
                        generation: Generation(generation),
                        seq,
                    },
                }
            }),
            any::<[u8; 32]>().prop_map(|pk| LiveEvent::Gone {
                mailbox: MailboxPk::from_bytes(pk)
            }),
            Just(LiveEvent::Quiet),
        ];
        vec(event, 0..6)
    }

    proptest! {
        #[test]
        fn events_are_read_as_written_however_the_bytes_are_cut(events in events(), cut in 1usize..90) {
            let mut text = String::new();
            for event in &events {
                event.write(&mut text);
            }
            let mut reader = LiveReader::new();
            let mut read = Vec::new();
            for piece in text.as_bytes().chunks(cut) {
                read.extend(reader.take(piece).unwrap());
            }
            prop_assert_eq!(read, events);
        }

        #[test]
        fn arbitrary_bytes_never_panic_and_never_pile_up(bytes in vec(any::<u8>(), 0..2000)) {
            let mut reader = LiveReader::new();
            let _ = reader.take(&bytes);
            prop_assert!(reader.held.len() <= LIVE_EVENT_MAX + 1);
            let _ = LiveOrder::parse(&bytes);
        }
    }

    #[test]
    fn events_of_other_names_are_passed_over_and_what_is_no_event_is_refused() {
        let mut reader = LiveReader::new();
        let read = reader.take(b"event: weather\ndata: fair\n\n:\n\n").unwrap();
        assert_eq!(read, [LiveEvent::Quiet]);
        for text in [
            "hello\n\n",
            "event: head\ndata: 12 3\n\n",
            "event: gone\n\n",
            "\n\n",
        ] {
            assert!(LiveReader::new().take(text.as_bytes()).is_err(), "{text:?}");
        }
        assert!(LiveReader::new().take(&[b'a'; LIVE_EVENT_MAX + 2]).is_err());
    }

    #[test]
    fn an_order_names_each_mailbox_once_and_not_too_many() {
        let order = |numbers: std::ops::Range<u8>| LiveOrder {
            time_ms: 5,
            watch: numbers
                .map(|number| LiveClaim {
                    mailbox: MailboxPk::from_bytes([number; 32]),
                    signature: LiveSignature([number; 64]),
                })
                .collect(),
        };
        let bytes = |order: &LiveOrder| serde_json::to_vec(order).unwrap();
        let good = order(0..64);
        assert_eq!(LiveOrder::parse(&bytes(&good)).unwrap(), good);
        assert!(bytes(&good).len() <= super::super::limits::LIVE_ORDER_MAX);
        assert!(LiveOrder::parse(&bytes(&order(0..0))).is_err());
        assert!(matches!(
            LiveOrder::parse(&bytes(&order(0..65))),
            Err(ProtocolError::TooLarge { .. })
        ));
        let mut twice = order(0..2);
        twice.watch[1] = twice.watch[0].clone();
        assert!(LiveOrder::parse(&bytes(&twice)).is_err());
    }
}
