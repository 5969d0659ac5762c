//! The keystore lost its secret, or the passphrase is forgotten: the words open the store that is there, and it
//! gets a new secret (docs/storage.md).

use std::path::Path;

use belay_crypto::{
    CryptoError, PasscodeParameters, RecoverySecret, StoreKey, recover_store_key, wrap_store_key,
};
use belay_model::make_bytes;
use belay_store::{KeyFile, Store, SyncLock};

use super::words;
use crate::engine::Engine;
use crate::input::EngineConfig;
use crate::syncing::incarnation::begin_anew;
use crate::{BelayError, Result};

impl Engine {
    /// Whether these words open the store in the folder. Touches nothing.
    ///
    /// # Errors
    /// As [`Engine::open_with_words`] for the words and the key file.
    pub fn words_open_store(dir: &Path, words: &str) -> Result<()> {
        let secret = words::parse(words)?;
        if !Self::exists(dir) {
            return Err(BelayError::NotFound { what: "store" });
        }
        store_key(&KeyFile::read(dir)?, &secret).map(drop)
    }

    /// Opens the store in the folder with the 24 words in place of its secret, and gives it a new one: a new
    /// secret in the secret store, and the passphrase, if there is to be one. Everything stays as it is; the
    /// device begins a new incarnation, for nobody can say what its keystore knew. Writes to disk and to the
    /// secret store.
    ///
    /// # Errors
    /// `NotFound`; `InvalidInput{recovery_words, ..}`; `WrongSecret` for the words of another store;
    /// `Unavailable{not-sealed-to-words}` for a store that was made as a further device; as [`Engine::open`].
    /// The store stays shut then, as it was.
    pub fn open_with_words(
        config: EngineConfig,
        words: &str,
        passphrase: Option<&str>,
    ) -> Result<Self> {
        let secret = words::parse(words)?;
        if Self::is_going(&config.dir) || !Self::exists(&config.dir) {
            return Err(BelayError::NotFound { what: "store" });
        }
        {
            // Nobody else changes the key meanwhile.
            let _lock = SyncLock::acquire(&config.dir)?;
            give_new_secret(&config, &secret, passphrase)?;
        }
        Self::open(config, passphrase)
    }
}

fn store_key(wrapped: &[u8], words: &RecoverySecret) -> Result<StoreKey> {
    recover_store_key(wrapped, &words.keys().backup).map_err(|error| match error {
        CryptoError::NoSecret => BelayError::unavailable("not-sealed-to-words"),
        other => other.into(),
    })
}

fn give_new_secret(
    config: &EngineConfig,
    words: &RecoverySecret,
    passphrase: Option<&str>,
) -> Result<()> {
    let backup = words.keys().backup;
    let store_key = store_key(&KeyFile::read(&config.dir)?, words)?;
    let mut entropy = (config.entropy)();
    let store = Store::open(&config.dir, store_key.bytes())?;
    store.write(|tx| -> Result<()> {
        for space in tx.spaces()? {
            begin_anew(tx, &space.id, &mut *entropy)?;
        }
        Ok(())
    })?;
    drop(store);
    let secret: [u8; 32] = make_bytes(&mut *entropy);
    let passcode = passphrase.map(|passphrase| (passphrase, PasscodeParameters::default()));
    let wrapped = wrap_store_key(
        &store_key,
        &secret,
        passcode,
        Some(&backup.public()),
        &mut *entropy,
    )?;
    // A crash in between leaves a secret that opens nothing, and the words work again.
    config.secrets.save(&secret)?;
    Ok(KeyFile::replace(&config.dir, &wrapped)?)
}
