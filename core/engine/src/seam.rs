//! Where a test makes one engine do what no engine should: sign what it did not mean, not know what it should, or
//! have a bug that is planted on purpose, so that the simulator (`testing/simulate`) can show that it would find it.
//! Only with the feature `planted`, which no crate that ships asks for (`cargo xtask layers`), and then only where a
//! test hands something in. Otherwise every question is answered while compiling, and there is nothing to hand in to.

#[cfg(feature = "planted")]
use std::sync::Arc;

use belay_crypto::ItemDraft;
use belay_document::documents::{PublishState, PublishStep};
use belay_model::ItemId;
use belay_protocol::{DocKind, ItemHeader};
#[cfg(feature = "planted")]
use belay_store::ReadTx;
#[cfg(feature = "planted")]
use belay_sync::Cut;

use crate::input::EngineConfig;
use crate::space_state::SpaceState;

/// A bug that is planted at one place in the code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Planted {
    /// A device whose `self` is behind publishes its older copy over a newer one.
    PublishFromStale,
    /// A store that was put back from an older copy goes on in the incarnation it had.
    KeepIncarnation,
    /// A change takes effect before anybody looks whether its document was erased.
    ApplyBeforeErase,
    /// What a removed device wrote counts only if every device that stays had it, instead of any.
    CutByMinimum,
}

#[cfg(feature = "planted")]
impl Planted {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::PublishFromStale,
        Self::KeepIncarnation,
        Self::ApplyBeforeErase,
        Self::CutByMinimum,
    ];
}

/// What leads an engine astray. Whatever is not said here goes as it should.
#[cfg(feature = "planted")]
pub trait Astray: Send + Sync {
    /// Whether the program has a bug.
    fn has(&self, bug: Planted) -> bool {
        let _ = bug;
        false
    }

    /// An item that is about to be signed, and may be changed.
    fn before_signing(&self, draft: &mut ItemDraft) {
        let _ = draft;
    }

    /// Whether the program can read documents of a kind; an older one parks those it cannot.
    fn knows(&self, kind: DocKind) -> bool {
        let _ = kind;
        true
    }

    /// The program's version.
    fn version(&self) -> &'static str {
        VERSION
    }
}

const VERSION: &str = env!("CARGO_PKG_VERSION");

#[cfg(feature = "planted")]
impl crate::Engine {
    /// Looks into the store beneath, for whoever asks what no screen tells.
    ///
    /// # Errors
    /// `Closed`, or what the store refuses.
    pub fn look<T>(
        &self,
        look: impl FnOnce(&ReadTx<'_>) -> belay_store::Result<T>,
    ) -> crate::Result<T> {
        self.read(|tx| Ok(look(tx)?))
    }
}

/// The place where an engine asks.
#[derive(Clone, Default)]
pub(crate) struct Seam {
    #[cfg(feature = "planted")]
    astray: Option<Arc<dyn Astray>>,
}

#[cfg(not(feature = "planted"))]
impl Seam {
    /// Nothing is handed in.
    pub const fn of(_config: &EngineConfig) -> Self {
        Self {}
    }

    /// No.
    pub const fn has(&self, _bug: Planted) -> bool {
        false
    }

    /// It stays as it is.
    pub const fn before_signing(&self, _draft: &mut ItemDraft) {}

    /// Everything that this version knows.
    pub const fn knows(&self, _kind: DocKind) -> bool {
        true
    }

    /// This version.
    pub const fn version(&self) -> &'static str {
        VERSION
    }

    /// The step of a publication, as it is.
    pub const fn publish_step(
        &self,
        step: PublishStep,
        _noted: &[PublishState],
        _copy: Option<[u8; 32]>,
        _in_space: Option<&PublishState>,
    ) -> PublishStep {
        step
    }

    /// Nothing that somebody had is cut off.
    pub const fn cuts_off(&self, _state: &SpaceState, _header: &ItemHeader, _id: &ItemId) -> bool {
        false
    }
}

#[cfg(feature = "planted")]
impl Seam {
    /// What a test handed in.
    pub fn of(config: &EngineConfig) -> Self {
        Self {
            astray: config.astray.clone(),
        }
    }

    /// Whether this program has a bug.
    pub fn has(&self, bug: Planted) -> bool {
        self.astray.as_ref().is_some_and(|astray| astray.has(bug))
    }

    /// Whatever is about to be signed passes here.
    pub fn before_signing(&self, draft: &mut ItemDraft) {
        if let Some(astray) = &self.astray {
            astray.before_signing(draft);
        }
    }

    /// Whether this program can read documents of a kind.
    pub fn knows(&self, kind: DocKind) -> bool {
        self.astray.as_ref().is_none_or(|astray| astray.knows(kind))
    }

    /// This program's version.
    pub fn version(&self) -> &'static str {
        self.astray
            .as_ref()
            .map_or(VERSION, |astray| astray.version())
    }

    /// The step of a publication: as it is, unless [`Planted::PublishFromStale`].
    pub fn publish_step(
        &self,
        step: PublishStep,
        noted: &[PublishState],
        copy: Option<[u8; 32]>,
        in_space: Option<&PublishState>,
    ) -> PublishStep {
        if !self.has(Planted::PublishFromStale) || step != PublishStep::Behind {
            return step;
        }
        let known = noted.iter().chain(in_space).map(|state| state.rev).max();
        match noted {
            [] if copy.is_none() => PublishStep::Keep,
            [one] if one.copy() == copy => PublishStep::Keep,
            _ => PublishStep::Note(PublishState::new(known.unwrap_or(0) + 1, copy)),
        }
    }

    /// Whether something of a removed device does not count although somebody had it: never, unless
    /// [`Planted::CutByMinimum`].
    pub fn cuts_off(&self, state: &SpaceState, header: &ItemHeader, id: &ItemId) -> bool {
        if !self.has(Planted::CutByMinimum) {
            return false;
        }
        let device = header.device_id;
        let removals = state.membership.removals_of(&device);
        let answers = state
            .cuts
            .iter()
            .filter(|(removal, _)| removals.contains(removal));
        let cuts = answers.map(|(_, had)| {
            let mut cut = Cut::default();
            cut.join(had);
            cut
        });
        let mut all = state.membership.cut_of(&device).into_iter().chain(cuts);
        all.any(|cut| !cut.holds(&device, header.inc, header.seq, id))
    }
}
