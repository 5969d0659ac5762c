//! One person with a store of their own.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use belay_crypto::{StoreKey, unwrap_store_key};
use belay_engine::model::{DisplayName, SpaceId, TERMS_VERSION};
use belay_engine::{
    BelayError, BundleReadView, Engine, EngineConfig, NewOwnDevice, NewPerson, NewRestored,
    RestoredView, SecretStore, SyncReport,
};
use belay_testkit::{FakeClock, KeystoreSecrets, PlainSecrets, SeededEntropy};
use tempfile::TempDir;

/// A person, their clock and their store.
pub struct Companion {
    /// The engine on their device.
    pub engine: Arc<Engine>,
    /// Their clock and zone.
    pub clock: FakeClock,
    dir: TempDir,
    secrets: Arc<dyn SecretStore>,
    seed: u64,
}

impl Companion {
    /// Makes a store for a person of that name; `seed` decides every random byte.
    ///
    /// # Panics
    /// When the store cannot be made.
    #[must_use]
    pub fn new(name: &str, clock: &FakeClock, seed: u64) -> Self {
        Self::with_secrets(name, clock, seed, Arc::new(KeystoreSecrets::default()))
    }

    /// As [`Self::new`], with the key in a plain file: every start is a new incarnation then.
    ///
    /// # Panics
    /// When the store cannot be made.
    #[must_use]
    pub fn with_plain_key(name: &str, clock: &FakeClock, seed: u64) -> Self {
        Self::with_secrets(name, clock, seed, Arc::new(PlainSecrets::default()))
    }

    fn with_secrets(
        name: &str,
        clock: &FakeClock,
        seed: u64,
        secrets: Arc<dyn SecretStore>,
    ) -> Self {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let config = config(&dir, clock, &secrets, seed);
        let new = NewPerson {
            display_name: Some(name.to_owned()),
            ..NewPerson::default()
        };
        let engine = Engine::create(config, new).expect("a store");
        engine
            .agree_to_share(TERMS_VERSION)
            .expect("the person agrees to the terms");
        Self {
            engine: Arc::new(engine),
            clock: clock.clone(),
            dir,
            secrets,
            seed,
        }
    }

    /// Makes the empty store of a further device of somebody, which waits to be admitted.
    ///
    /// # Panics
    /// When the store cannot be made.
    #[must_use]
    pub fn further_device(clock: &FakeClock, seed: u64) -> Self {
        let secrets: Arc<dyn SecretStore> = Arc::new(KeystoreSecrets::default());
        let dir = tempfile::tempdir().expect("a temporary folder");
        let config = config(&dir, clock, &secrets, seed);
        let engine =
            Engine::create_own_device(config, NewOwnDevice::default()).expect("an empty store");
        Self {
            engine: Arc::new(engine),
            clock: clock.clone(),
            dir,
            secrets,
            seed,
        }
    }

    /// Comes back on an empty device, from the words and a relay.
    ///
    /// # Errors
    /// As [`Engine::restore_from_relay`].
    ///
    /// # Panics
    /// When there is no temporary folder.
    pub async fn restored(
        clock: &FakeClock,
        seed: u64,
        words: &str,
        relay: &str,
    ) -> Result<(Self, RestoredView), BelayError> {
        let empty = Place::new(clock, seed);
        let (engine, view) =
            Engine::restore_from_relay(empty.config(), restoring(words), relay, false).await?;
        Ok((empty.with(engine), view))
    }

    /// Comes back on an empty device, from the words and envelopes that hold a keyring.
    ///
    /// # Errors
    /// As [`Engine::restore_from_envelopes`].
    ///
    /// # Panics
    /// When there is no temporary folder.
    pub fn restored_from(
        clock: &FakeClock,
        seed: u64,
        words: &str,
        envelopes: Vec<Vec<u8>>,
    ) -> Result<(Self, RestoredView), BelayError> {
        let empty = Place::new(clock, seed);
        let (engine, view) =
            Engine::restore_from_envelopes(empty.config(), restoring(words), envelopes)?;
        Ok((empty.with(engine), view))
    }

    /// Comes back on an empty device, from the words and a file bundle.
    ///
    /// # Errors
    /// As [`Engine::restore_from_bundle`].
    ///
    /// # Panics
    /// When there is no temporary folder.
    pub fn restored_from_file(
        clock: &FakeClock,
        seed: u64,
        words: &str,
        file: &Path,
    ) -> Result<(Self, BundleReadView), BelayError> {
        let empty = Place::new(clock, seed);
        let restoring = restoring(words);
        let (engine, _, came) =
            Engine::restore_from_bundle(empty.config(), restoring, file, &|_| {})?;
        Ok((empty.with(engine), came))
    }

    /// The same device once more: a copy of its folder and of its key, opened beside it.
    ///
    /// # Panics
    /// When it cannot be copied or does not open.
    #[must_use]
    pub fn copied_with_plain_key(&self, seed: u64) -> Self {
        self.engine.checkpoint().expect("the log is emptied");
        let dir = tempfile::tempdir().expect("a temporary folder");
        let [from, to] = [&self.dir, &dir].map(|dir| dir.path().join("store"));
        std::fs::create_dir(&to).expect("a folder");
        for name in ["belay.db", "belay.check", "key.belay"] {
            std::fs::copy(from.join(name), to.join(name)).expect("a copy");
        }
        let secret = self.secrets.load().expect("a key").expect("a key");
        let secrets: Arc<dyn SecretStore> = Arc::new(PlainSecrets::default());
        secrets.save(&secret).expect("the key is kept");
        let config = config(&dir, &self.clock, &secrets, seed);
        Self {
            engine: Arc::new(Engine::open(config, None).expect("the copy opens")),
            clock: self.clock.clone(),
            dir,
            secrets,
            seed,
        }
    }

    /// Closes the store and opens it again, as after a restart of the phone.
    ///
    /// # Panics
    /// When it cannot be opened.
    pub fn restart(&mut self) {
        self.engine.shutdown().expect("the store closes");
        self.seed += 1_000;
        let config = config(&self.dir, &self.clock, &self.secrets, self.seed);
        self.engine = Arc::new(Engine::open(config, None).expect("the store opens"));
    }

    /// The same device after its keystore lost everything.
    ///
    /// # Panics
    /// When the store does not close.
    #[must_use]
    pub fn without_key(self) -> (EngineConfig, Place) {
        self.engine.shutdown().expect("the store closes");
        let place = Place {
            dir: self.dir,
            clock: self.clock,
            secrets: Arc::new(KeystoreSecrets::default()),
            seed: self.seed + 2_000,
        };
        (place.config(), place)
    }

    /// What the store is opened with.
    #[must_use]
    pub fn config(&self) -> EngineConfig {
        config(&self.dir, &self.clock, &self.secrets, self.seed + 500)
    }

    /// A copy of the store as it is now.
    ///
    /// # Panics
    /// When a file cannot be copied.
    #[must_use]
    pub fn copy_store(&self) -> TempDir {
        self.engine.checkpoint().expect("a checkpoint");
        let copy = tempfile::tempdir().expect("a temporary folder");
        let (from, to) = (self.dir.path().join("store"), copy.path().join("store"));
        std::fs::create_dir(&to).expect("a folder");
        for entry in std::fs::read_dir(from).expect("a folder") {
            let entry = entry.expect("an entry");
            std::fs::copy(entry.path(), to.join(entry.file_name())).expect("a copy");
        }
        copy
    }

    /// The same device with an older copy of its store; the keystore stays as it is.
    ///
    /// # Panics
    /// When the copy does not open.
    #[must_use]
    pub fn put_back(self, older: TempDir) -> Self {
        self.engine.shutdown().expect("the store closes");
        Self::reopen(older, self.clock.clone(), self.secrets, self.seed + 1_000)
    }

    /// A second phone made from a copy of the first one's folder, with the same keystore.
    ///
    /// # Panics
    /// When it cannot be copied or opened.
    #[must_use]
    pub fn copied(&mut self) -> Self {
        let copy = self.copy_store();
        self.restart();
        let secrets = Arc::clone(&self.secrets);
        Self::reopen(copy, self.clock.clone(), secrets, self.seed + 500)
    }

    /// The same device once more: store and keystore are copied together.
    ///
    /// # Panics
    /// When the copy does not open.
    #[must_use]
    pub fn twin(&self, seed: u64) -> Self {
        let secrets = KeystoreSecrets::default();
        let secret = self.secrets.load().expect("a keystore");
        secrets.save(&secret.expect("a secret")).expect("kept");
        let opens = self.secrets.opens().expect("a keystore");
        secrets.save_opens(opens.unwrap_or(0)).expect("kept");
        Self::reopen(
            self.copy_store(),
            self.clock.clone(),
            Arc::new(secrets),
            seed,
        )
    }

    fn reopen(dir: TempDir, clock: FakeClock, secrets: Arc<dyn SecretStore>, seed: u64) -> Self {
        let config = config(&dir, &clock, &secrets, seed);
        Self {
            engine: Arc::new(Engine::open(config, None).expect("the store opens")),
            clock,
            dir,
            secrets,
            seed,
        }
    }

    /// The folder of the store.
    #[must_use]
    pub fn dir(&self) -> &Path {
        self.dir.path()
    }

    /// Copies the store's database and its log into a folder and returns the copy with the key that opens it,
    /// for a program that shares no code with Belay.
    ///
    /// # Panics
    /// When a file cannot be read or the keystore's secret does not open the key file.
    #[must_use]
    pub fn copy_database(&self, to: &Path) -> (PathBuf, StoreKey) {
        let store = self.dir.path().join("store");
        for name in ["belay.db", "belay.db-wal"] {
            std::fs::copy(store.join(name), to.join(name)).expect("a copy");
        }
        let key_file = std::fs::read(store.join("key.belay")).expect("a key file");
        let secret = self.secrets.load().expect("a keystore");
        let secret = secret.expect("a secret");
        let key = unwrap_store_key(&key_file, &secret, None).expect("the secret fits");
        (to.join("belay.db"), key)
    }

    /// Syncs once.
    ///
    /// # Panics
    /// When the store refuses; trouble with relays stands in the report.
    pub async fn sync(&self) -> SyncReport {
        self.engine.sync(&|_| {}).await.expect("a sync")
    }
}

/// A place for a store: an empty device, or one whose key is lost.
pub struct Place {
    dir: TempDir,
    clock: FakeClock,
    secrets: Arc<dyn SecretStore>,
    seed: u64,
}

impl Place {
    /// An empty device.
    ///
    /// # Panics
    /// When there is no temporary folder.
    #[must_use]
    pub fn new(clock: &FakeClock, seed: u64) -> Self {
        Self {
            dir: tempfile::tempdir().expect("a temporary folder"),
            clock: clock.clone(),
            secrets: Arc::new(KeystoreSecrets::default()),
            seed,
        }
    }

    /// What a store there is made or opened with.
    #[must_use]
    pub fn config(&self) -> EngineConfig {
        config(&self.dir, &self.clock, &self.secrets, self.seed)
    }

    /// The person, once their store is open there.
    #[must_use]
    pub fn opened(self, engine: Engine) -> Companion {
        self.with(engine)
    }

    fn with(self, engine: Engine) -> Companion {
        Companion {
            engine: Arc::new(engine),
            clock: self.clock,
            dir: self.dir,
            secrets: self.secrets,
            seed: self.seed,
        }
    }
}

fn restoring(words: &str) -> NewRestored {
    NewRestored {
        words: words.to_owned().into(),
        device_name: Some("new phone".to_owned()),
        ..NewRestored::default()
    }
}

fn config(
    dir: &TempDir,
    clock: &FakeClock,
    secrets: &Arc<dyn SecretStore>,
    seed: u64,
) -> EngineConfig {
    let mut config = EngineConfig::new(
        dir.path().join("store"),
        Arc::new(clock.clone()),
        Arc::clone(secrets),
    );
    config.entropy = Arc::new(move || Box::new(SeededEntropy::new(seed)));
    config
}

/// Pairs two people through a relay; both compare the words. Returns each side's space.
///
/// # Panics
/// When the pairing fails or the words differ.
pub async fn pair(shower: &Companion, scanner: &Companion, relay: &str) -> SpaceId {
    for companion in [shower, scanner] {
        companion
            .engine
            .set_relay(Some(relay), false)
            .expect("a relay");
    }
    let invitation = shower.engine.invite().await.expect("an invitation");
    let (shown, scanned) = tokio::join!(
        shower.engine.await_partner(&invitation.id),
        scanner.engine.accept_invitation(&invitation.text),
    );
    let (shown, scanned) = (shown.expect("welcomed"), scanned.expect("accepted"));
    assert_eq!(
        shown.partner.comparison_words, scanned.partner.comparison_words,
        "both see the same words"
    );
    assert_eq!(shown.partner.comparison_words.len(), 4);
    assert_eq!(shown.partner.space, scanned.partner.space);
    for companion in [shower, scanner] {
        companion
            .engine
            .mark_compared(&shown.partner.space, true)
            .expect("compared");
    }
    scanner.sync().await;
    shower.sync().await;
    shown.partner.space
}

/// Adds a further device to one that is there, through the relay that keeps the sealed copy; the words are
/// compared.
///
/// # Panics
/// When it is not admitted or the words differ.
pub async fn add_own_device(to: &Companion, new: &Companion, name: &str) {
    let invitation = to.engine.invite_own_device().await.expect("an invitation");
    let shown = std::sync::Mutex::new(Vec::new());
    let show = |words: &[String]| *shown.lock().expect("one at a time") = words.to_vec();
    let admitting = async {
        let asking = to
            .engine
            .await_own_device(&invitation.id)
            .await
            .expect("an answer");
        let words = asking.comparison_words();
        to.engine
            .admit_asking_device(asking, &DisplayName::new(name).expect("a name"))
            .await
            .expect("admitted");
        words
    };
    let (words, joined) = tokio::join!(
        admitting,
        new.engine.join_as_own_device(&invitation.text, &show)
    );
    joined.expect("joined");
    assert_eq!(words, *shown.lock().expect("one at a time"));
}
