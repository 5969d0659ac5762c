//! Coming back after a loss: core/engine/src/recovery. Records of this room hold what must not be printed.

use std::fmt;
use std::sync::Arc;

use belay_engine::model::SpaceId;
use belay_engine::{
    Engine, KeptShareView, RecoveryView, RestoredView, ShareHolderView, SharesView,
    TypedWordsVerdict,
};

use crate::pairing::MistypedWordView;
use crate::{BelayCore, CoreConfig, CoreHost, Result, worker};

/// Somebody who comes back on an empty device: core/engine/src/recovery/restore.rs.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
#[uniffi::export(Debug, Display)]
pub struct NewRestored {
    /// The 24 words, as typed.
    pub words: String,
    /// What the new device is called among the person's own; may stay open.
    #[uniffi(default = None)]
    pub device_name: Option<String>,
    /// A passphrase beside the secret of the secret store; nothing to open with the secret alone.
    #[uniffi(default = None)]
    pub passphrase: Option<String>,
}

/// A person who came back, and what came back with the words.
#[derive(Clone, uniffi::Record)]
pub struct RestoredCore {
    /// Their Belay on this device.
    pub core: Arc<BelayCore>,
    /// What came back before anything was read from a relay or a file.
    pub restored: RestoredView,
}

/// How the words are to be cut: core/engine/src/recovery/shares.rs.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
#[uniffi::export(Debug, Display)]
pub struct NewShares {
    /// The 24 words, as typed; not needed while this device still holds them.
    #[uniffi(default = None)]
    pub words: Option<String>,
    /// How many shares are needed to put the words together: at least 2.
    pub threshold: u8,
    /// Partners who keep one each in their Belay.
    pub partners: Vec<SpaceId>,
    /// How many more are to be printed or copied by hand.
    pub on_paper: u8,
}

/// A set of shares that was just made. The texts are shown once and kept nowhere.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
#[uniffi::export(Debug, Display)]
pub struct MadeSharesView {
    /// What the set is called on every share of it.
    pub set: String,
    /// How many are needed.
    pub threshold: u8,
    /// How many there are.
    pub count: u8,
    /// The texts of those that are not kept by partners.
    pub on_paper: Vec<String>,
}

impl From<NewRestored> for belay_engine::NewRestored {
    fn from(new: NewRestored) -> Self {
        let NewRestored {
            words,
            device_name,
            passphrase,
        } = new;
        Self {
            words: words.into(),
            device_name,
            passphrase,
        }
    }
}

impl From<NewShares> for belay_engine::NewShares {
    fn from(new: NewShares) -> Self {
        let NewShares {
            words,
            threshold,
            partners,
            on_paper,
        } = new;
        Self {
            words: words.map(Into::into),
            threshold,
            partners,
            on_paper,
        }
    }
}

impl From<SharesView> for MadeSharesView {
    fn from(made: SharesView) -> Self {
        let SharesView {
            set,
            threshold,
            count,
            on_paper,
        } = made;
        Self {
            set,
            threshold,
            count,
            on_paper,
        }
    }
}

/// Prints the name of a record and nothing of what it holds.
macro_rules! silent {
    ($($name:ident),*) => { $(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(..)"))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(self, f)
            }
        }
    )* };
}
silent!(NewRestored, NewShares, MadeSharesView, TypedWordsView);

/// What typed recovery words look like so far: core/engine/src/recovery/words.rs.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
#[uniffi::export(Debug, Display)]
pub struct TypedWordsView {
    /// How many were typed.
    pub typed: u64,
    /// How many there have to be.
    pub needed: u64,
    /// Those that are in no list, each with the nearest; the last one not while it may still become a word.
    pub mistyped: Vec<MistypedWordView>,
    /// What is to be said of all of them.
    pub verdict: TypedWordsVerdict,
}

impl From<belay_engine::TypedWordsView> for TypedWordsView {
    fn from(view: belay_engine::TypedWordsView) -> Self {
        let belay_engine::TypedWordsView {
            typed,
            needed,
            mistyped,
            verdict,
        } = view;
        Self {
            typed,
            needed,
            mistyped: mistyped.into_iter().map(MistypedWordView::from).collect(),
            verdict,
        }
    }
}

/// Looks at recovery words while they are typed. Touches nothing.
#[uniffi::export]
pub fn check_words(text: String) -> Result<TypedWordsView> {
    Ok(belay_engine::check_words(&text).into())
}

/// Whether these words open the store in the folder. Touches nothing.
#[uniffi::export]
pub async fn words_open_store(dir: String, words: String) -> Result<()> {
    worker::on_disk(move || Engine::words_open_store(dir.as_ref(), &words)).await
}

/// The first of 24 words that is in no list; nothing when all are, or when there are not 24.
#[uniffi::export]
pub fn mistyped_recovery_word(text: String) -> Result<Option<MistypedWordView>> {
    Ok(belay_engine::mistyped_recovery_word(&text).map(MistypedWordView::from))
}

/// Puts the texts of shares together to the 24 words. Touches nothing.
#[uniffi::export]
pub fn words_of_shares(texts: Vec<String>) -> Result<String> {
    Ok(belay_engine::words_of_shares(&texts)?.to_string())
}

/// Comes back from the words and the relay that kept the sealed copy. Touches the network, then the disk.
#[uniffi::export]
pub async fn restore_from_relay(
    config: CoreConfig,
    host: CoreHost,
    new: NewRestored,
    relay: String,
    allow_plain_http: bool,
) -> Result<RestoredCore> {
    let (config, log) = host.engine_config(config.dir);
    let (core, restored) = BelayCore::made_by_network(log, async move {
        Engine::restore_from_relay(config, new.into(), &relay, allow_plain_http).await
    })
    .await?;
    Ok(RestoredCore { core, restored })
}

/// Comes back from the words and a sealed keyring that another own device, or a file, handed over. Writes to disk.
#[uniffi::export]
pub async fn restore_from_envelopes(
    config: CoreConfig,
    host: CoreHost,
    new: NewRestored,
    envelopes: Vec<Vec<u8>>,
) -> Result<RestoredCore> {
    let (config, log) = host.engine_config(config.dir);
    let (core, restored) = BelayCore::made_with(log, move || {
        Engine::restore_from_envelopes(config, new.into(), envelopes)
    })
    .await?;
    Ok(RestoredCore { core, restored })
}

/// Comes back from the words and a file bundle, and takes in everything that the file holds. Writes to disk.
#[uniffi::export]
pub async fn restore_from_bundle(
    config: CoreConfig,
    host: CoreHost,
    new: NewRestored,
    path: String,
) -> Result<RestoredCore> {
    let (config, log) = host.engine_config(config.dir);
    let (core, restored) = BelayCore::made_with(log, move || {
        let (engine, view, _) =
            Engine::restore_from_bundle(config, new.into(), path.as_ref(), &|_| {})?;
        Ok((engine, view))
    })
    .await?;
    Ok(RestoredCore { core, restored })
}

/// Opens the store that is there with the 24 words in place of its secret, and gives it a new one. Writes to disk.
#[uniffi::export(default(passphrase = None))]
pub async fn open_with_words(
    config: CoreConfig,
    host: CoreHost,
    words: String,
    passphrase: Option<String>,
) -> Result<Arc<BelayCore>> {
    let (config, log) = host.engine_config(config.dir);
    let (core, ()) = BelayCore::made_with(log, move || {
        let engine = Engine::open_with_words(config, &words, passphrase.as_deref())?;
        Ok((engine, ()))
    })
    .await?;
    Ok(core)
}

#[uniffi::export]
impl BelayCore {
    /// How coming back stands, and what is missing.
    pub async fn recovery(&self) -> Result<RecoveryView> {
        self.on_disk(Engine::recovery).await
    }

    /// Tries typed words, or the texts of shares one a line. Changes nothing but the date of the last try.
    pub async fn drill(&self, typed: String) -> Result<RecoveryView> {
        self.on_disk(move |engine| engine.drill(&typed)).await
    }

    /// After how many days this device asks again; nothing for never. Writes to disk.
    pub async fn set_drill_reminder(&self, every_days: Option<u32>) -> Result<RecoveryView> {
        self.on_disk(move |engine| engine.set_drill_reminder(every_days))
            .await
    }

    /// The person's keyring, sealed so that only the words open it: for a file or another own device.
    pub async fn sealed_keyring(&self) -> Result<Vec<Vec<u8>>> {
        self.on_disk(Engine::sealed_keyring).await
    }

    /// Cuts the words into shares; partners get theirs, the others are answered as texts. Writes to disk.
    pub async fn make_shares(&self, new: NewShares) -> Result<MadeSharesView> {
        self.on_disk(move |engine| engine.make_shares(new.into()).map(MadeSharesView::from))
            .await
    }

    /// The partners who keep a share of the words.
    pub async fn share_holders(&self) -> Result<Vec<ShareHolderView>> {
        self.on_disk(Engine::share_holders).await
    }

    /// Asks every partner's Belay to drop its share. Writes to disk.
    pub async fn take_shares_back(&self) -> Result<()> {
        self.on_disk(Engine::take_shares_back).await
    }

    /// What this person keeps for partners, without the shares themselves.
    pub async fn kept_shares(&self) -> Result<Vec<KeptShareView>> {
        self.on_disk(Engine::kept_shares).await
    }

    /// The share that is kept for a partner, as text, for when they ask for it.
    pub async fn kept_share(&self, space: SpaceId) -> Result<String> {
        self.on_disk(move |engine| Ok(engine.kept_share(&space)?.to_string()))
            .await
    }

    /// Draws new words. Nothing changes before they are typed. Writes to disk.
    pub async fn draw_new_words(&self) -> Result<Vec<String>> {
        self.on_disk(Engine::draw_new_words).await
    }

    /// Takes the new words as the person wrote them down, and puts them in the place of the old ones. Writes to
    /// disk.
    #[uniffi::method(default(passphrase = None))]
    pub async fn confirm_new_words(&self, words: String, passphrase: Option<String>) -> Result<()> {
        self.on_disk(move |engine| engine.confirm_new_words(&words, passphrase.as_deref()))
            .await
    }
}
