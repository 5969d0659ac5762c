//! What is posted to a relay, what it acknowledged, and what its files must hold afterwards.

use std::collections::BTreeMap;
use std::path::Path;

use belay_crypto::{MailboxKey, envelope_id, erase_hash, mailbox_tag};
use belay_engine::{Clock, SystemClock};
use belay_model::EnvelopeId;
use belay_protocol::relay::{AppendAnswer, AppendOutcome, Cursor, Generation, MailboxPk};
use belay_relay::engine::{Appended, MailboxEngine, Moment, NewEnvelope, ReadLimits, SqliteEngine};
use belay_transport::{RelayClient, RelayOptions};
use rusqlite::Connection;

use crate::Event;
use crate::store_check::complaints;

/// How many envelopes a request carries: all of them arrive or none.
pub const GROUP: u64 = 3;

/// What a relay acknowledged, by the number of the mailbox.
#[derive(Debug, Clone, Default)]
pub struct Acknowledged(BTreeMap<u8, Mailbox>);

#[derive(Debug, Clone)]
struct Mailbox {
    generation: Generation,
    envelopes: BTreeMap<u64, EnvelopeId>,
}

fn key(mailbox: u8) -> MailboxKey {
    MailboxKey::from_seed(&[mailbox + 1; 32])
}

/// The erase token of an envelope.
fn token(number: u64) -> [u8; 32] {
    let mut token = [7; 32];
    token[..8].copy_from_slice(&number.to_le_bytes());
    token
}

/// An envelope that a relay takes: right in form, its content made up. The mailbox and the number can be
/// told from its bytes.
fn envelope(mailbox: u8, number: u64) -> Vec<u8> {
    let content = (number * 977 % 3_000) as usize;
    let mut bytes = vec![1, 1];
    bytes.extend_from_slice(&erase_hash(&token(number)));
    bytes.extend_from_slice(&mailbox_tag(&key(mailbox).public()));
    bytes.extend_from_slice(&[3; 16]);
    bytes.extend_from_slice(&number.to_le_bytes());
    bytes.extend_from_slice(&[5; 32]);
    bytes.extend_from_slice(&(content as u32).to_le_bytes());
    bytes.extend((0..content).map(|at| (at as u64 ^ number) as u8));
    bytes
}

fn group(mailbox: u8, number: u64) -> Vec<Vec<u8>> {
    let first = number * GROUP;
    (first..first + GROUP)
        .map(|number| envelope(mailbox, number))
        .collect()
}

impl Acknowledged {
    /// Posts `count` groups to a mailbox, one after the other, from group `from` on, until the relay is
    /// gone. Gives what it answered.
    ///
    /// # Panics
    /// When the relay answers with something else than it must.
    pub async fn by_posting(origin: &str, mailbox: u8, from: u64, count: u64) -> Self {
        let origin = origin.parse().unwrap();
        let client = RelayClient::new(origin, &RelayOptions::default()).unwrap();
        let clock = SystemClock {
            zone_name: "UTC".to_owned(),
        };
        let key = key(mailbox);
        let mut taken = Self::default();
        let Ok(made) = client.create_mailbox(&key, None, clock.now_ms()).await else {
            return taken;
        };
        taken.take(mailbox, made.generation, &[]);
        for number in from..from + count {
            let envelopes = group(mailbox, number);
            match client.append(&key, &envelopes, clock.now_ms()).await {
                Ok(outcomes) => taken.take(mailbox, made.generation, &outcomes),
                Err(_) => break,
            }
        }
        taken
    }

    /// What a recorded relay sent as answers, before the power went. `groups` is how many were posted at
    /// most to each of `mailboxes`.
    #[must_use]
    pub fn by_answers(told: &[Event], mailboxes: u8, groups: u64) -> Self {
        let mut owners = BTreeMap::new();
        for mailbox in 0..mailboxes {
            for number in 0..groups * GROUP {
                owners.insert(envelope_id(&envelope(mailbox, number)), mailbox);
            }
        }
        let mut taken = Self::default();
        for answer in answers(told) {
            let Some(first) = answer.outcomes.first() else {
                continue;
            };
            taken.take(owners[&first.env_id], answer.generation, &answer.outcomes);
        }
        taken
    }

    fn take(&mut self, mailbox: u8, generation: Generation, outcomes: &[AppendOutcome]) {
        let new = || Mailbox {
            generation,
            envelopes: BTreeMap::new(),
        };
        let mailbox = self.0.entry(mailbox).or_insert_with(new);
        assert_eq!(mailbox.generation, generation, "a mailbox stays the same");
        for outcome in outcomes {
            let before = mailbox.envelopes.insert(outcome.seq, outcome.env_id);
            assert!(
                before.is_none_or(|id| id == outcome.env_id),
                "a number is given once"
            );
        }
    }

    /// Adds what was acknowledged elsewhere.
    pub fn add(&mut self, other: Self) {
        for (number, mailbox) in other.0 {
            self.take(number, mailbox.generation, &[]);
            let here = self.0.get_mut(&number).expect("just taken");
            here.envelopes.extend(mailbox.envelopes);
        }
    }

    /// How many envelopes that is.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.values().map(|mailbox| mailbox.envelopes.len()).sum()
    }

    /// Whether nothing was acknowledged.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The first group that a mailbox has not been asked to keep in files that were checked.
    #[must_use]
    pub fn next_group(&self, mailbox: u8) -> u64 {
        let newest = |mailbox: &Mailbox| mailbox.envelopes.keys().next_back().copied();
        self.0.get(&mailbox).and_then(newest).unwrap_or(0) / GROUP
    }

    /// Opens a relay's files: everything acknowledged is there under its number and in a mailbox of the
    /// same generation, nothing else but whole groups, no number is left out, the next group is taken, and
    /// every page is sound. What it found counts as acknowledged from now on, for it is on the disk.
    ///
    /// # Panics
    /// When it is not so.
    pub async fn check(&mut self, data: &Path, mailboxes: u8) {
        let engine = SqliteEngine::open(data).unwrap();
        for number in 0..mailboxes {
            let found = read(&engine, number).await;
            let Some((generation, envelopes)) = found else {
                assert!(!self.0.contains_key(&number), "the mailbox is gone");
                continue;
            };
            self.take(number, generation, &[]);
            let mailbox = self.0.get_mut(&number).expect("just taken");
            for (seq, id) in &mailbox.envelopes {
                assert_eq!(envelopes.get(seq), Some(id), "acknowledged and gone");
            }
            let head = envelopes.len() as u64;
            assert!(head.is_multiple_of(GROUP), "half a request is there");
            let all: Vec<EnvelopeId> = (0..head / GROUP)
                .flat_map(|at| group(number, at))
                .map(|bytes| envelope_id(&bytes))
                .collect();
            assert!(all.iter().eq(envelopes.values()), "as they were posted");
            mailbox.envelopes = envelopes;
            self.append_next(&engine, number, head).await;
        }
        engine.close().await.unwrap();
        let connection = Connection::open(data.join("relay.sqlite")).unwrap();
        assert_eq!(
            complaints(&connection, "integrity_check"),
            Vec::<String>::new()
        );
    }

    async fn append_next(&mut self, engine: &SqliteEngine, mailbox: u8, head: u64) {
        let new = group(mailbox, head / GROUP).into_iter().zip(head..);
        let new = new.map(|(bytes, number)| NewEnvelope {
            id: envelope_id(&bytes),
            erase_hash: erase_hash(&token(number)),
            bytes: bytes.into(),
        });
        let appended = engine.append(pk(mailbox), None, new.collect(), moment());
        let Ok(Appended::Stored {
            generation,
            head: now,
            outcomes,
        }) = appended.await
        else {
            panic!("the next group is not taken")
        };
        assert_eq!(now, head + GROUP);
        self.take(mailbox, generation, &outcomes);
    }
}

fn pk(mailbox: u8) -> MailboxPk {
    MailboxPk::from_bytes(key(mailbox).public())
}

fn moment() -> Moment {
    Moment {
        now_ms: 1_790_000_000_000,
        gone_before_ms: 0,
        renew_to_ms: 0,
    }
}

/// All that a mailbox holds, numbered from 1 without a gap.
async fn read(
    engine: &SqliteEngine,
    mailbox: u8,
) -> Option<(Generation, BTreeMap<u64, EnvelopeId>)> {
    let limits = ReadLimits {
        envelopes: 1_000,
        bytes: 1 << 24,
    };
    let mut found = BTreeMap::new();
    loop {
        let seq = found.len() as u64;
        let page = engine.read(pk(mailbox), None, limits, moment());
        let generation = page.await.unwrap()?.state.generation;
        let after = Some(Cursor { generation, seq });
        let page = engine.read(pk(mailbox), after, limits, moment());
        let page = page.await.unwrap().expect("still there");
        if page.envelopes.is_empty() {
            assert_eq!(page.state.head, seq, "the head is the last one");
            return Some((generation, found));
        }
        for (seq, bytes) in page.envelopes {
            assert_eq!(seq, found.len() as u64 + 1, "no gap");
            found.insert(seq, envelope_id(&bytes.expect("nothing was erased")));
        }
    }
}

/// The answers to appends among what a relay sent.
#[must_use]
pub fn answers(told: &[Event]) -> Vec<AppendAnswer> {
    let mut streams: BTreeMap<i32, Vec<u8>> = BTreeMap::new();
    let mut answers = Vec::new();
    for event in told {
        let Event::Sent { fd, bytes } = event else {
            continue;
        };
        let stream = streams.entry(*fd).or_default();
        stream.extend_from_slice(bytes);
        while let Some(body) = take_body(stream) {
            answers.extend(serde_json::from_slice::<AppendAnswer>(&body));
        }
    }
    answers
}

/// Takes a whole HTTP answer off the stream and gives its body.
fn take_body(stream: &mut Vec<u8>) -> Option<Vec<u8>> {
    let end = stream.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
    let head = String::from_utf8_lossy(&stream[..end]).to_lowercase();
    let length = head.split("content-length: ").nth(1)?;
    let length: usize = length.split("\r\n").next()?.parse().ok()?;
    if stream.len() < end + length {
        return None;
    }
    let body = stream[end..end + length].to_vec();
    stream.drain(..end + length);
    Some(body)
}
