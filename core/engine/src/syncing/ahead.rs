//! The part of the Gate's work that needs no store, done for a page before its transaction begins, on as many
//! threads as there are processors: envelopes are opened, signatures checked. Every rule is still asked in its
//! place and order; what was not done ahead is done there.

use std::collections::HashMap;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use belay_crypto::{EpochKeys, envelope_id, open_envelope, verify_item};
use belay_model::{EnvelopeId, EpochId, SpaceId};
use belay_protocol::Item;
use belay_protocol::relay::ReadPage;
use belay_store::SpaceState as Standing;
use belay_sync::Membership;

use crate::Result;
use crate::engine::Engine;

/// Bytes of opened envelopes that are kept at a time, about: a small envelope may hold a megabyte.
const ROOM: usize = 16 * 1024 * 1024;
/// More threads than this gain nothing: one transaction has to take it all in.
const THREADS_MAX: usize = 8;

/// How many threads a page is shared among. Asked once: where a system bounds what a program may use, each question
/// reads several files, which takes longer than looking at one envelope.
static THREADS: LazyLock<usize> = LazyLock::new(|| {
    let processors = thread::available_parallelism().map_or(1, usize::from);
    processors.min(THREADS_MAX)
});

/// What was done ahead.
#[derive(Debug, Default)]
pub(crate) struct Ahead {
    opened: HashMap<EnvelopeId, Vec<Vec<u8>>>,
    /// Under which key the signature of an item of these bytes holds, by their hash.
    signers: HashMap<EnvelopeId, [u8; 32]>,
}

impl Ahead {
    /// The items of an envelope that was opened; they are given once.
    pub fn take(&mut self, envelope: &EnvelopeId) -> Option<Vec<Vec<u8>>> {
        self.opened.remove(envelope)
    }

    /// The key under which an item was found to be signed, body and all.
    pub fn signer(&self, item: &[u8]) -> Option<[u8; 32]> {
        if self.signers.is_empty() {
            return None;
        }
        self.signers.get(&envelope_id(item)).copied()
    }

    /// Adds what was done ahead of others.
    pub fn join(&mut self, other: Self) {
        self.opened.extend(other.opened);
        self.signers.extend(other.signers);
    }
}

impl Engine {
    /// Opens the envelopes of a page that are not here yet, and checks the signatures of authors who are known.
    pub(crate) fn look_ahead(
        &self,
        space: &SpaceId,
        epoch: &EpochId,
        page: &ReadPage,
    ) -> Result<Ahead> {
        let envelopes = page.envelopes.iter();
        let envelopes: Vec<&[u8]> = envelopes
            .filter_map(|(_, bytes)| bytes.as_deref())
            .collect();
        self.look_ahead_of(space, epoch, &envelopes)
    }

    /// The same for envelopes of one epoch, wherever they came from.
    pub(crate) fn look_ahead_of(
        &self,
        space: &SpaceId,
        epoch: &EpochId,
        envelopes: &[&[u8]],
    ) -> Result<Ahead> {
        self.look_ahead_on(*THREADS, space, epoch, envelopes)
    }

    fn look_ahead_on(
        &self,
        threads: usize,
        space: &SpaceId,
        epoch: &EpochId,
        envelopes: &[&[u8]],
    ) -> Result<Ahead> {
        self.read_spaces(|tx, spaces| {
            let state = spaces.get(tx, space)?;
            let Some(keys) = state.keys.get(epoch) else {
                return Ok(Ahead::default());
            };
            let mut new = Vec::new();
            for bytes in envelopes.iter().copied() {
                let id = envelope_id(bytes);
                if state.standing != Standing::Blocked && !tx.has_envelope(&id)? {
                    new.push((id, bytes));
                }
            }
            let work = Work {
                space,
                epoch,
                keys,
                members: &state.membership,
                room: AtomicUsize::new(ROOM),
            };
            Ok(work.share(threads, &new))
        })
    }
}

struct Work<'a> {
    space: &'a SpaceId,
    epoch: &'a EpochId,
    keys: &'a EpochKeys,
    members: &'a Membership,
    room: AtomicUsize,
}

impl Work<'_> {
    /// Does all of it: with one envelope here, else one part on each thread.
    fn share(&self, threads: usize, envelopes: &[(EnvelopeId, &[u8])]) -> Ahead {
        let threads = threads.min(envelopes.len());
        if threads < 2 {
            // Nothing would be gained over doing it in its place.
            return Ahead::default();
        }
        let mut all = Ahead::default();
        thread::scope(|scope| {
            let (first, others) = envelopes.split_at(envelopes.len().div_ceil(threads));
            let others: Vec<_> = others
                .chunks(first.len())
                .map(|part| scope.spawn(|| self.part(part)))
                .collect();
            all.join(self.part(first));
            for other in others {
                // What a thread could not finish is done in its place.
                all.join(other.join().unwrap_or_default());
            }
        });
        all
    }

    fn part(&self, envelopes: &[(EnvelopeId, &[u8])]) -> Ahead {
        let mut done = Ahead::default();
        for (id, bytes) in envelopes {
            if self.room.load(Ordering::Relaxed) == 0 {
                break;
            }
            let Ok(items) = open_envelope(bytes, self.keys, self.space, self.epoch) else {
                continue;
            };
            let size = items.iter().map(Vec::len).sum();
            let less = |room: usize| Some(room.saturating_sub(size));
            let _ = self
                .room
                .fetch_update(Ordering::Relaxed, Ordering::Relaxed, less);
            for item in &items {
                if let Some(signer) = self.signer(item) {
                    done.signers.insert(envelope_id(item), signer);
                }
            }
            done.opened.insert(*id, items);
        }
        done
    }

    fn signer(&self, bytes: &[u8]) -> Option<[u8; 32]> {
        let item = Item::parse(bytes).ok()?;
        let key = self.members.device(&item.header.device_id)?.sign_pk;
        verify_item(&item, &key).ok()?;
        Some(key)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use belay_crypto::seal_envelope;
    use belay_protocol::{DocKind, ItemKind};

    use super::*;
    use crate::sibling_tests::{Tablet, person};

    #[test]
    fn only_what_was_opened_and_signed_as_it_stands_is_vouched_for() {
        let (_dir, engine, name) = person();
        let mut tablet = Tablet::add(&engine);
        let mut item = || {
            tablet
                .item_of(ItemKind::Erase, DocKind::Goal, name, vec![0x80])
                .encode()
        };
        let good = item();
        let mut forged = item();
        *forged.last_mut().unwrap() ^= 1;
        let (space, epoch, signer, envelopes) = engine
            .read_spaces(|tx, spaces| {
                let space = crate::queries::self_space(tx)?;
                let state = spaces.get(tx, &space)?;
                let epoch = state.writing_epoch().unwrap();
                let keys = state.keys.get(&epoch).unwrap();
                let seal = |item: &Vec<u8>, nonce: u8| {
                    let items = std::slice::from_ref(item);
                    seal_envelope(items, keys, &space, &epoch, &state.erase_key, [nonce; 24])
                };
                let envelopes = [seal(&good, 1)?.bytes, seal(&forged, 2)?.bytes];
                let signer = state.membership.device(&tablet.device).unwrap().sign_pk;
                Ok((space, epoch, signer, envelopes))
            })
            .unwrap();
        let mut broken = envelopes[0].clone();
        *broken.last_mut().unwrap() ^= 1;
        let [opened, other] = envelopes.clone().map(|bytes| envelope_id(&bytes));
        let not_opened = envelope_id(&broken);
        let given: Vec<&[u8]> = envelopes
            .iter()
            .chain([&broken])
            .map(Vec::as_slice)
            .collect();
        for threads in [2, 3, 8] {
            let mut ahead = engine
                .look_ahead_on(threads, &space, &epoch, &given)
                .unwrap();
            assert_eq!(ahead.signer(&good), Some(signer));
            assert_eq!(ahead.signer(&forged), None);
            assert_eq!(ahead.take(&opened), Some(vec![good.clone()]));
            assert_eq!(ahead.take(&opened), None);
            assert_eq!(ahead.take(&other), Some(vec![forged.clone()]));
            assert_eq!(ahead.take(&not_opened), None);
        }
    }
}
