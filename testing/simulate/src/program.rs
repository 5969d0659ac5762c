//! The program that runs on a device: as it is meant, with a bug that is planted, of an older version, or of somebody
//! hostile who signs what no program should.

use std::sync::{Mutex, MutexGuard, PoisonError};

use belay_crypto::ItemDraft;
use belay_engine::{Astray, Planted};
use belay_protocol::{DocKind, ItemKind};

use crate::chance::Chance;

/// What an older program calls itself.
const OLDER: &str = "0.0.0-older";

/// Bodies that a hostile program keeps to sign them again elsewhere.
const KEPT_MAX: usize = 16;

#[derive(Debug, Default)]
struct Ways {
    bug: Option<Planted>,
    lacks: Option<DocKind>,
    hostile: Option<Hostile>,
}

/// Somebody who signs at will.
#[derive(Debug)]
struct Hostile {
    chance: Chance,
    /// Bodies of earlier items, by kind.
    kept: Vec<(ItemKind, Vec<u8>)>,
}

/// A device's program.
#[derive(Debug, Default)]
pub struct Program(Mutex<Ways>);

impl Program {
    fn ways(&self) -> MutexGuard<'_, Ways> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Plants a bug.
    pub fn plant(&self, bug: Planted) {
        self.ways().bug = Some(bug);
    }

    /// From the next start on it is one that does not know a kind yet; or, with nothing, the present one.
    pub fn set_lacking(&self, kind: Option<DocKind>) {
        self.ways().lacks = kind;
    }

    /// Which kind it does not know.
    pub fn lacks(&self) -> Option<DocKind> {
        self.ways().lacks
    }

    /// From now on it is hostile.
    pub fn turn(&self, seed: u64) {
        self.ways().hostile = Some(Hostile {
            chance: Chance::of(seed, 8),
            kept: Vec::new(),
        });
    }
}

impl Astray for Program {
    fn has(&self, bug: Planted) -> bool {
        self.ways().bug == Some(bug)
    }

    fn before_signing(&self, draft: &mut ItemDraft) {
        if let Some(hostile) = &mut self.ways().hostile {
            hostile.spoil(draft);
        }
    }

    fn knows(&self, kind: DocKind) -> bool {
        self.ways().lacks.is_none_or(|lacks| lacks != kind)
    }

    fn version(&self) -> &'static str {
        match self.ways().lacks {
            Some(_) => OLDER,
            None => env!("CARGO_PKG_VERSION"),
        }
    }
}

impl Hostile {
    /// Every second item is not what it should be: damaged, or well-formed and a lie.
    fn spoil(&mut self, draft: &mut ItemDraft) {
        let kept = draft.body.clone();
        match self.chance.below(40) {
            0..=4 => self.flip(draft),
            5 | 6 => {
                let at = self.chance.below(draft.body.len() + 1);
                draft.body.truncate(at);
            }
            7 | 8 => draft.body.push(0),
            // The number of a schema of a later time, where the body is a record.
            9 | 10 => set(&mut draft.body, 9, &[1, 0x70]),
            // The last revision there can be, or a withdrawal.
            11 => set(&mut draft.body, 0, &u64::MAX.to_le_bytes()),
            12 => set(&mut draft.body, 8, &[1]),
            // A clock far ahead of everybody's.
            13 => draft.hlc = u64::MAX >> 1,
            14 => draft.hlc = 0,
            // A place in the chain that nobody will ever fill, or one that is taken.
            15 => draft.seq += 1 + u64::from(self.chance.permille(500)) * (1 << 40),
            16 if draft.seq > 1 => draft.seq -= 1,
            17 => draft.prev = [7; 32],
            // As if it knew of nobody's acts.
            18 => {
                draft.heads.pop();
            }
            // Another's name, or another kind.
            19 => draft.doc_name = belay_engine::model::DocName::ZERO,
            20 => draft.doc_kind = u8::try_from(self.chance.below(18)).unwrap_or(0),
            // What it said once, said again here.
            21 => {
                let fitting = |one: &&(ItemKind, Vec<u8>)| one.0 == draft.kind;
                let fitting: Vec<_> = self.kept.iter().filter(fitting).collect();
                if let Some((_, body)) = self.chance.of_these(&fitting) {
                    draft.body.clone_from(body);
                }
            }
            _ => {}
        }
        if self.kept.len() < KEPT_MAX {
            self.kept.push((draft.kind, kept));
        }
    }

    fn flip(&mut self, draft: &mut ItemDraft) {
        let at = self.chance.below(draft.body.len());
        let bit = self.chance.below(8);
        if let Some(byte) = draft.body.get_mut(at) {
            *byte ^= 1 << bit;
        }
    }
}

/// Puts bytes in the place of others, where there are so many.
fn set(body: &mut [u8], at: usize, bytes: &[u8]) {
    if let Some(place) = body.get_mut(at..at + bytes.len()) {
        place.copy_from_slice(bytes);
    }
}
