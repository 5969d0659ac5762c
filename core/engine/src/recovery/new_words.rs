//! New words in the place of the old ones, while a device is left: every space gets a new key that only the new
//! words open, and everything that was sealed to the old ones is sealed anew (product id X4).

use belay_crypto::{
    BackupPurpose, PasscodeParameters, RecoverySecret, RootKey, StoreKey, erase_token,
    seal_to_backup, unwrap_store_key, wrap_store_key,
};
use belay_document::documents::Comparison;
use belay_document::records::{KeysRecord, OwnKeys, SpaceKeys};
use belay_model::{DocName, SpaceId};
use belay_protocol::relay::EraseToken;
use belay_protocol::{Item, ItemKind, MembershipBody, Operation};
use belay_store::{KeyFile, SecretKind};
use belay_transport::RelayClient;

use super::{copies, gather, words};
use crate::changes::ChangeArea;
use crate::engine::Engine;
use crate::open::BACKUP_PUBLIC;
use crate::own_devices::joining::standing_record;
use crate::own_devices::keys_items;
use crate::session::{Draft, Session};
use crate::space_state::array;
use crate::{BelayError, Result};

/// Names the words that were drawn and not confirmed.
const NEW: &[u8] = b"new";

/// Names the mailbox of the words before, until it is emptied.
const OLD: &[u8] = b"old";

/// Under which meta key it stands that the key file is still sealed to older words.
const KEY_FILE_OWED: &str = "key-file-owed";

/// Orders in one request to erase.
const ERASE_BATCH: usize = 200;

impl Engine {
    /// Draws new words and shows them. Nothing changes before they are typed ([`Engine::confirm_new_words`]); drawn
    /// again, the earlier ones are forgotten. Writes to disk.
    ///
    /// # Errors
    /// `Unavailable{device-waiting}`.
    pub fn draw_new_words(&self) -> Result<Vec<String>> {
        self.write(|session| {
            session.self_space()?;
            let secret = RecoverySecret::make(session.entropy);
            let now_ms = session.now_ms;
            let kind = SecretKind::RecoveryEntropy;
            session
                .tx
                .put_secret(None, kind, NEW, secret.bytes(), now_ms)?;
            Ok(secret.words().into_iter().map(str::to_owned).collect())
        })
    }

    /// Takes the new words as the person wrote them down, and puts them in the place of the old ones: the old ones
    /// open nothing any more that is written from now on, shares of them are taken back, and partners see that the
    /// key behind this person changed. Writes to disk; the relay's copy is replaced with the next sync.
    ///
    /// # Errors
    /// `InvalidInput{recovery_words, ..}`; `Unavailable{no-recovery-words}` when none were drawn; `Locked` without
    /// the passphrase of a store that has one, `WrongSecret` for another. The old ones hold then.
    pub fn confirm_new_words(&self, typed: &str, passphrase: Option<&str>) -> Result<()> {
        let drawn = self.read(|tx| {
            let kept = tx.secret(None, SecretKind::RecoveryEntropy, NEW)?;
            let kept = kept.ok_or(BelayError::unavailable("no-recovery-words"))?;
            Ok(RecoverySecret::from_bytes(array(&kept, "recovery")?))
        })?;
        if words::parse(typed)? != drawn {
            return Err(BelayError::InvalidInput {
                field: "recovery_words",
                rule: "not_the_same",
            });
        }
        let store_key = self.store_key(passphrase)?;
        // First: after a crash the store opens as before, and the words are confirmed once more.
        self.seal_key_file(&store_key, &drawn.keys().backup.public(), passphrase)?;
        self.write(|session| session.replace_words(&drawn))?;
        self.checkpoint()
    }

    /// Seals the key file to the present words where another device of the person changed them.
    pub(crate) fn settle_key_file(&self, passphrase: Option<&str>) -> Result<()> {
        if self.read(|tx| Ok(tx.meta(KEY_FILE_OWED)?.is_none()))? {
            return Ok(());
        }
        let backup = self.read(crate::open::backup_public)?;
        let store_key = self.store_key(passphrase)?;
        self.seal_key_file(&store_key, &backup, passphrase)?;
        self.write(|session| Ok(session.tx.delete_meta(KEY_FILE_OWED)?))
    }

    fn store_key(&self, passphrase: Option<&str>) -> Result<StoreKey> {
        let secret = self.secrets.load()?.ok_or(BelayError::Locked)?;
        let wrapped = KeyFile::read(&self.dir)?;
        Ok(unwrap_store_key(&wrapped, &secret, passphrase)?)
    }

    fn seal_key_file(
        &self,
        store_key: &StoreKey,
        backup: &[u8],
        passphrase: Option<&str>,
    ) -> Result<()> {
        let secret = self.secrets.load()?.ok_or(BelayError::Locked)?;
        // A passphrase that the file does not ask for opened it all the same, and does not become one.
        let asked = Self::needs_passphrase(&self.dir)?;
        let passcode = passphrase
            .filter(|_| asked)
            .map(|passphrase| (passphrase, PasscodeParameters::default()));
        let wrapped = self.with_entropy(|entropy| {
            wrap_store_key(store_key, &secret, passcode, Some(backup), entropy)
        })??;
        Ok(KeyFile::replace(&self.dir, &wrapped)?)
    }

    /// Takes this person's copies back from the mailbox of words that were replaced.
    pub(crate) async fn empty_old_mailbox(&self, client: &RelayClient) -> Result<()> {
        let kept = self.read(|tx| Ok(tx.secret(None, SecretKind::RecoveryMailbox, OLD)?))?;
        let Some(seed) = kept else {
            return Ok(());
        };
        let mailbox = belay_crypto::RecoveryMailbox::from_seed(&array(&seed, "old-mailbox")?);
        let now_ms = self.clock.now_ms();
        let there = match copies::read_all(client, &mailbox, now_ms).await {
            Ok(there) => there,
            // A relay without the mailbox has nothing to give back.
            Err(BelayError::RelayRefused { .. }) => Vec::new(),
            Err(error) => return Err(error),
        };
        let erase_key = self.read_spaces(|tx, spaces| {
            let own = crate::queries::self_space(tx)?;
            Ok(spaces.get(tx, &own)?.erase_key.clone())
        })?;
        let orders: Vec<_> = there
            .iter()
            .map(|found| {
                let token = erase_token(&erase_key, &found.nonce);
                (found.env_id, EraseToken::from_bytes(token), 0)
            })
            .collect();
        for batch in orders.chunks(ERASE_BATCH) {
            client.erase(mailbox.key(), batch, now_ms).await?;
        }
        self.write(|session| {
            session
                .tx
                .delete_secret(None, SecretKind::RecoveryMailbox, OLD)?;
            Ok(())
        })
    }
}

impl Session<'_> {
    fn replace_words(&mut self, secret: &RecoverySecret) -> Result<()> {
        let (tx, now_ms) = (self.tx, self.now_ms);
        let keys = secret.keys();
        let backup = keys.backup.public();
        let own = self.self_space()?;
        self.rotate_recovery(&own, &keys.root)?;
        for space in gather::kept_spaces(tx)? {
            if space.id == own || self.spaces.sound(tx, &space.id)?.is_err() {
                continue;
            }
            let person_key = RootKey::make(self.entropy);
            let person = self.space(&space.id)?.own_person;
            let purpose = BackupPurpose::RecoveryKey(person);
            let sealed = seal_to_backup(&backup, purpose, &*person_key.seed(), self.entropy)?;
            self.rotate_recovery(&space.id, &person_key)?;
            let keys = SpaceKeys {
                space_id: space.id,
                erase_key: *self.space(&space.id)?.erase_key.bytes(),
                sealed_person: Some(sealed),
            };
            self.replace_keys(&KeysRecord::Space(keys))?;
            self.take_share_back(&space.id)?;
        }
        let before = tx.secret(None, SecretKind::RecoveryMailbox, b"")?;
        if let Some(before) = before {
            tx.put_secret(None, SecretKind::RecoveryMailbox, OLD, &before, now_ms)?;
        }
        self.adopt_words(&backup, &keys.mailbox.seed())?;
        let own_keys = OwnKeys {
            space_id: own,
            erase_key: *self.space(&own)?.erase_key.bytes(),
            backup_public: backup,
            recovery_mailbox: *keys.mailbox.seed(),
        };
        self.replace_keys(&KeysRecord::Own(own_keys))?;
        for name in [NEW, b""] {
            tx.delete_secret(None, SecretKind::RecoveryEntropy, name)?;
        }
        self.spaces.touched.part(ChangeArea::Settings);
        Ok(())
    }

    fn adopt_words(&mut self, backup: &[u8], mailbox: &[u8; 32]) -> Result<()> {
        let now_ms = self.now_ms;
        self.tx.put_meta(BACKUP_PUBLIC, backup)?;
        let kind = SecretKind::RecoveryMailbox;
        Ok(self.tx.put_secret(None, kind, b"", mailbox, now_ms)?)
    }

    fn rotate_recovery(&mut self, space: &SpaceId, new: &RootKey) -> Result<()> {
        let body = MembershipBody {
            operation: Operation::RotateRecovery {
                new_recovery_pk: new.public(),
            },
            root_signature: None,
        };
        let draft = Draft::control(ItemKind::Membership, body.encode());
        let written = self.append(space, draft)?;
        self.queue(space, written, 0)
    }

    /// Writes keys in the place of the version of their record that stands.
    fn replace_keys(&mut self, keys: &KeysRecord) -> Result<()> {
        let rev = self.standing_keys(&keys.name())?.map_or(0, |(rev, _)| rev);
        self.write_keys_at(keys, rev + 1)
    }

    fn standing_keys(&mut self, name: &DocName) -> Result<Option<(u64, Option<KeysRecord>)>> {
        let tx = self.tx;
        let own = self.self_space()?;
        let state = self.space(&own)?;
        let items = keys_items(tx, state.own_person, state.row, name)?;
        Ok(standing_record(&items).map(|body| {
            let keys = KeysRecord::from_body(&body).ok().flatten();
            (body.rev, keys)
        }))
    }

    /// A record of keys came from another own device: words that were replaced there are replaced here.
    pub(crate) fn follow_words(&mut self, space: &SpaceId, item: &Item) -> Result<()> {
        if item.header.doc_name != OwnKeys::NAME || *space != self.self_space()? {
            return Ok(());
        }
        // A device that is being admitted takes them from its welcome.
        let Some(known) = self.tx.meta(BACKUP_PUBLIC)? else {
            return Ok(());
        };
        let Some((_, Some(KeysRecord::Own(keys)))) = self.standing_keys(&OwnKeys::NAME)? else {
            return Ok(());
        };
        if keys.space_id != *space || keys.backup_public == known {
            return Ok(());
        }
        self.adopt_words(&keys.backup_public, &keys.recovery_mailbox)?;
        self.tx.put_meta(KEY_FILE_OWED, &[1])?;
        self.tx
            .delete_secret(None, SecretKind::RecoveryEntropy, b"")?;
        self.spaces.touched.part(ChangeArea::Settings);
        Ok(())
    }

    /// Somebody replaced the key behind them: what was compared with them was about the one before.
    pub(crate) fn note_new_words(
        &mut self,
        space: &SpaceId,
        item: &Item,
        body: &MembershipBody,
    ) -> Result<()> {
        if !matches!(body.operation, Operation::RotateRecovery { .. }) {
            return Ok(());
        }
        let state = self.space(space)?;
        let author = state.membership.device(&item.header.device_id);
        let other = author.is_some_and(|device| device.person != state.own_person);
        let compared = crate::queries::contact(self.tx, space)?.comparison;
        if !other || compared != Comparison::Matched {
            return Ok(());
        }
        self.spaces.touched.part(ChangeArea::Partners);
        self.edit_contact(space, |contact| {
            contact.comparison = Comparison::NotCompared;
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use std::sync::Arc;

    use super::*;
    use crate::sibling_tests::{Kept, Monday, person};
    use crate::{EngineConfig, NewRestored};

    #[test]
    fn words_that_a_copy_shows_to_be_replaced_are_told_apart_from_words_that_open_nothing() {
        let (_dir, engine, _) = person();
        let elsewhere = tempfile::tempdir().unwrap();
        let old = engine.recovery_words().unwrap().join(" ");
        // A device that knows of the new key and has not been told what to seal to since.
        engine
            .write(|session| {
                let own = session.self_space()?;
                let new = RootKey::make(session.entropy);
                session.rotate_recovery(&own, &new)
            })
            .unwrap();
        let copy = engine.sealed_keyring().unwrap();
        let empty = elsewhere.path().join("store");
        let config = EngineConfig::new(&empty, Arc::new(Monday), Arc::new(Kept::default()));
        let new = NewRestored {
            words: old.into(),
            ..NewRestored::default()
        };
        let refused = Engine::restore_from_envelopes(config, new, copy);
        let error = refused.map(drop).unwrap_err();
        assert_eq!(error, BelayError::unavailable("words-replaced"));
        assert!(!empty.exists(), "nothing is left of the attempt");
    }
}
