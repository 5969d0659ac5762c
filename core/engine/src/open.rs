//! Making a store and opening it: keys, the person's own space, the recovery secret.

use belay_crypto::{
    DeviceKey, EraseKey, ItemDraft, KemKey, PasscodeParameters, RecoverySecret, RootKey, StoreKey,
    key_file_needs_passcode, make_genesis, sign_item, unwrap_store_key, wrap_store_key,
};
use belay_model::{DisplayName, Entropy, Settings, SpaceId, make_bytes};
use belay_protocol::{
    DocKind, History, ItemKind, MembershipBody, Operation, Policy, Removal, SpaceType,
};
use belay_store::{KeyFile, NewSpace, SecretKind, Store, SyncLock};

use crate::changes::ChangeArea;
use crate::engine::Engine;
use crate::input::{EngineConfig, NewPerson};
use crate::seam::Seam;
use crate::session::{Session, Spaces};
use crate::syncing::incarnation::{make_incarnation, prove_continuity};
use crate::{BelayError, Result};

/// Under which meta key the id of the person's own space stands.
pub(crate) const SELF_SPACE: &str = "self-space";

/// Under which meta key the public half of the backup key stands.
pub(crate) const BACKUP_PUBLIC: &str = "backup-public";

impl Engine {
    /// Makes a store, the person's own space in it, and the recovery secret. Writes to disk and to the
    /// secret store.
    ///
    /// # Errors
    /// `Unavailable{already-exists}` where a store is; what the disk or the secret store refuses. Nothing
    /// usable is left behind then.
    pub fn create(config: EngineConfig, new: NewPerson) -> Result<Self> {
        let _lock = Self::clear_place(&config)?;
        let mut settings = Settings {
            day_start: new.day_start,
            ..Settings::default()
        };
        if let Some(name) = &new.display_name {
            settings.display_name = Some(DisplayName::new(name)?);
        }
        settings.validate()?;
        let mut entropy = (config.entropy)();
        let recovery = RecoverySecret::make(&mut *entropy);
        let backup = recovery.keys().backup.public();
        let passphrase = new.passphrase.as_deref();
        make_store(config, passphrase, Some(&backup), entropy, |session| {
            create_self_space(session, &recovery)?;
            crate::settings::write_settings(session, &settings)
        })
    }

    /// A folder in which a store can be made: a removal that was begun there is finished first. Nobody else
    /// makes one there while the lock is held.
    ///
    /// # Errors
    /// `Unavailable{already-exists}`; what the disk refuses.
    pub(crate) fn clear_place(config: &EngineConfig) -> Result<SyncLock> {
        if Self::is_going(&config.dir) {
            Self::erase_now(config)?;
        }
        let exists = || match Self::exists(&config.dir) {
            true => Err(BelayError::unavailable("already-exists")),
            false => Ok(()),
        };
        exists()?;
        Store::make_folder(&config.dir)?;
        // Two programs that begin at once must not mix one's key with the other's store.
        let lock = SyncLock::acquire(&config.dir)?;
        exists()?;
        Ok(lock)
    }

    /// Opens the store in the folder. Writes to disk only what a newer version judges anew and what is
    /// overdue to be erased; the first write of an opening counts it.
    ///
    /// # Errors
    /// `NotFound`, `Locked` (a passphrase is needed, or the keystore is shut), `WrongSecret`, `NewerData`,
    /// `DataDamaged` with the place where the damaged store was set aside; `Unavailable{being-deleted}`.
    pub fn open(config: EngineConfig, passphrase: Option<&str>) -> Result<Self> {
        let store = Self::open_store(&config, passphrase)?;
        Self::check_not_leaving(&store)?;
        let entropy = (config.entropy)();
        let engine = Self::assemble(store, config, entropy);
        engine.judge_parked_again(engine.seam.version())?;
        // A key file that waits for this only opens with older words meanwhile.
        let _ = engine.settle_key_file(passphrase);
        // Whoever opens wants to read and write; what is overdue goes with the next sync or opening.
        let _ = engine.erase_overdue();
        engine.keep_search_index()?;
        // A crash, or another program, may have left the page behind the settings.
        let _ = engine.refresh_open_page();
        Ok(engine)
    }

    /// The store, opened with the keystore's secret and the passphrase, if there is one.
    pub(crate) fn open_store(config: &EngineConfig, passphrase: Option<&str>) -> Result<Store> {
        if Self::is_going(&config.dir) {
            // Nothing of it may be used any more; what a crash left is removed now.
            Self::erase_now(config)?;
        }
        if !Self::exists(&config.dir) {
            return Err(BelayError::NotFound { what: "store" });
        }
        let wrapped = KeyFile::read(&config.dir)?;
        if passphrase.is_none() && key_file_needs_passcode(&wrapped)? {
            return Err(BelayError::Locked);
        }
        let secret = config.secrets.load()?.ok_or(BelayError::Locked)?;
        let store_key = unwrap_store_key(&wrapped, &secret, passphrase)?;
        Ok(Store::open(&config.dir, store_key.bytes())?)
    }

    /// Whether a passphrase is needed beside the keystore's secret.
    ///
    /// # Errors
    /// `NotFound` where no store is.
    pub fn needs_passphrase(dir: &std::path::Path) -> Result<bool> {
        if !Self::exists(dir) {
            return Err(BelayError::NotFound { what: "store" });
        }
        Ok(key_file_needs_passcode(&KeyFile::read(dir)?)?)
    }

    /// The 24 recovery words, as long as the person has not confirmed that they are written down.
    ///
    /// # Errors
    /// `Unavailable{no-recovery-words}` afterwards: they are nowhere on the device any more.
    pub fn recovery_words(&self) -> Result<Vec<String>> {
        self.read(|tx| {
            let entropy = tx
                .secret(None, SecretKind::RecoveryEntropy, b"")?
                .ok_or(BelayError::unavailable("no-recovery-words"))?;
            let secret =
                RecoverySecret::from_bytes(crate::space_state::array(&entropy, "recovery")?);
            Ok(secret.words().into_iter().map(str::to_owned).collect())
        })
    }

    /// Takes the words as the person wrote them down; when they are right, the device forgets them.
    ///
    /// # Errors
    /// `InvalidInput{recovery_words, ..}` when they are not the same: nothing is forgotten then.
    /// `Unavailable{no-recovery-words}` when they were confirmed before.
    pub fn confirm_recovery_words(&self, words: &str) -> Result<()> {
        let kept = self.recovery_words()?;
        let typed: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
        if typed != kept {
            return Err(BelayError::InvalidInput {
                field: "recovery_words",
                rule: "not_the_same",
            });
        }
        self.write(|session| {
            session.spaces.touched.part(ChangeArea::Settings);
            session
                .tx
                .delete_secret(None, SecretKind::RecoveryEntropy, b"")?;
            Ok(())
        })?;
        // `secure_delete` overwrote the page; the write log still has it until it is emptied.
        self.checkpoint()
    }
}

/// Makes the store's files, the secret that opens them, and what `first` writes into them: all of it, or
/// nothing usable is left. The caller holds the folder's lock.
pub(crate) fn make_store(
    config: EngineConfig,
    passphrase: Option<&str>,
    backup: Option<&[u8]>,
    mut entropy: Box<dyn Entropy>,
    first: impl FnOnce(&mut Session<'_>) -> Result<()>,
) -> Result<Engine> {
    let secret: [u8; 32] = make_bytes(&mut *entropy);
    let store_key = StoreKey::make(&mut *entropy);
    let passcode = passphrase.map(|passphrase| (passphrase, PasscodeParameters::default()));
    let wrapped = wrap_store_key(&store_key, &secret, passcode, backup, &mut *entropy)?;
    config.secrets.save(&secret)?;
    // The key file stands before the store does: a crash in between leaves a key without a store,
    // which the next try sets aside, never a store without a key.
    KeyFile::set_aside(&config.dir)?;
    KeyFile::write_new(&config.dir, &wrapped)?;
    let now_ms = config.clock.now_ms();
    let device_zone = crate::host::DeviceZone::at(&*config.clock, now_ms);
    let seam = Seam::of(&config);
    let (store, opens) = Store::create_with(&config.dir, store_key.bytes(), |tx| {
        let mut session = Session {
            tx,
            spaces: &mut Spaces::of(&config.dir),
            entropy: &mut *entropy,
            now_ms,
            device_zone,
            seam: &seam,
        };
        first(&mut session)?;
        prove_continuity(tx, &*config.secrets, session.entropy, &seam)
    })?;
    config.secrets.save_opens(opens)?;
    let engine = Engine::assemble(store, config, entropy).with_opening_counted();
    // A page that an earlier store left here is nobody's any more.
    engine.refresh_open_page()?;
    Ok(engine)
}

/// The public key that backups are sealed to.
pub(crate) fn backup_public(tx: &belay_store::ReadTx<'_>) -> Result<Vec<u8>> {
    tx.meta(BACKUP_PUBLIC)?
        .ok_or(BelayError::internal("backup-public"))
}

fn create_self_space(session: &mut Session<'_>, recovery: &RecoverySecret) -> Result<()> {
    let keys = recovery.keys();
    let space = create_space(
        session,
        SpaceType::SelfSpace,
        &keys.root,
        Policy {
            relays: Vec::new(),
            removal: Removal::Steward,
            history: History::All,
        },
    )?;
    let tx = session.tx;
    tx.put_meta(SELF_SPACE, space.as_bytes())?;
    tx.put_meta(BACKUP_PUBLIC, &keys.backup.public())?;
    // The words are wiped once confirmed; the mailbox of the keyring copies must stay reachable.
    tx.put_secret(
        None,
        SecretKind::RecoveryMailbox,
        b"",
        &*keys.mailbox.seed(),
        session.now_ms,
    )?;
    tx.put_secret(
        None,
        SecretKind::RecoveryEntropy,
        b"",
        recovery.bytes(),
        session.now_ms,
    )?;
    session.make_epoch(&space)?;
    Ok(())
}

/// Keys of a new persona on this device, before it belongs to a space.
pub(crate) struct NewPersona {
    pub sign_key: DeviceKey,
    pub kem_key: KemKey,
    pub erase_key: EraseKey,
    pub genesis: belay_protocol::Genesis,
}

impl NewPersona {
    /// Draws every key and signs the genesis with the recovery key.
    pub fn make(recovery: &RootKey, entropy: &mut dyn Entropy) -> Self {
        let sign_key = DeviceKey::make(entropy);
        let kem_key = KemKey::make(entropy);
        let genesis = make_genesis(recovery, &sign_key, kem_key.statement(0), entropy);
        Self {
            sign_key,
            kem_key,
            erase_key: EraseKey::make(entropy),
            genesis,
        }
    }
}

/// Makes a space with a fresh persona as its creator: the `create` item, signed and stored.
pub(crate) fn create_space(
    session: &mut Session<'_>,
    space_type: SpaceType,
    recovery: &RootKey,
    policy: Policy,
) -> Result<SpaceId> {
    let persona = NewPersona::make(recovery, session.entropy);
    create_space_as(session, space_type, &persona, policy)
}

/// As [`create_space`], with a persona that was made before: at a distance the inviter commits to its
/// keys first.
pub(crate) fn create_space_as(
    session: &mut Session<'_>,
    space_type: SpaceType,
    persona: &NewPersona,
    policy: Policy,
) -> Result<SpaceId> {
    let person = belay_crypto::person_id(&persona.genesis);
    let device = belay_crypto::first_device_id(&persona.genesis);
    let inc = make_incarnation(session.entropy);
    let hlc = belay_model::Hlc::tick(belay_model::Hlc::ZERO, session.now_ms).to_u64();
    let body = MembershipBody {
        operation: Operation::Create {
            space_type,
            genesis: persona.genesis.clone(),
            policy,
        },
        root_signature: None,
    };
    let item = sign_item(
        &persona.sign_key,
        ItemDraft {
            kind: ItemKind::Membership,
            space_id: SpaceId::ZERO,
            device_id: device,
            inc,
            seq: 1,
            prev: device.to_bytes(),
            hlc,
            heads: Vec::new(),
            doc_kind: DocKind::None.into(),
            doc_name: belay_model::DocName::ZERO,
            body: body.encode(),
        },
        session.entropy,
    )?;
    let id = belay_crypto::item_id(&item.header);
    let space = SpaceId::from(id);
    keep_persona(
        session,
        &NewSpace {
            id: space,
            kind: space_type.into(),
            own_person: person,
            own_device: device,
            inc,
            created_at_ms: session.now_ms,
        },
        persona,
    )?;
    let written = session.store_own(&space, &item, id, DocKind::None)?;
    session.queue(&space, written, 0)?;
    Ok(space)
}

/// Puts a space and this device's private keys for it into the store.
pub(crate) fn keep_persona(
    session: &mut Session<'_>,
    space: &NewSpace,
    persona: &NewPersona,
) -> Result<()> {
    let (tx, now_ms) = (session.tx, session.now_ms);
    let row = tx.insert_space(space)?;
    tx.put_secret(
        Some(row),
        SecretKind::SignSeed,
        b"",
        &*persona.sign_key.seed(),
        now_ms,
    )?;
    tx.put_secret(
        Some(row),
        SecretKind::KemSeed,
        &0u32.to_be_bytes(),
        persona.kem_key.seed(),
        now_ms,
    )?;
    tx.put_secret(
        Some(row),
        SecretKind::EraseKey,
        b"",
        persona.erase_key.bytes(),
        now_ms,
    )?;
    Ok(())
}
