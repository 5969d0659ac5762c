//! How a device that was admitted takes part in `self`: through its welcome, judged like everything else.

use belay_crypto::{EraseKey, device_id};
use belay_document::records::{KeysRecord, RecordVersion};
use belay_model::{DeviceId, PersonId, SpaceId};
use belay_protocol::{Item, MembershipBody, Operation, RecordBody, SpaceType, Welcome};
use belay_store::{NewSpace, SecretKind};

use crate::open::{BACKUP_PUBLIC, SELF_SPACE};
use crate::own_devices::{WAITING, WaitingDevice, own_keys_items};
use crate::session::Session;
use crate::syncing::held::Freed;
use crate::syncing::incarnation::make_incarnation;
use crate::syncing::ingest::Ingested;
use crate::{BelayError, Result};

impl Session<'_> {
    /// Takes part in `self`: every item of the welcome goes through the Gate like any other. `shown_by` is
    /// the signing key that whoever sent it has proved to hold.
    pub fn join_own_devices(
        &mut self,
        space: &SpaceId,
        welcome: &Welcome,
        shown_by: Option<&[u8; 32]>,
    ) -> Result<()> {
        let refused = || BelayError::unavailable("pairing-refused");
        let waiting = WaitingDevice::load(self.tx)?;
        let person = creator_of(space, welcome).ok_or_else(refused)?;
        let device = device_id(&person, &waiting.sign_key.public(), &waiting.random);
        self.keep_own_device(space, person, device, &waiting)?;
        let mut ingested = Ingested::default();
        for item in &welcome.items {
            self.ingest_item(space, item, None, &mut ingested)?;
        }
        self.retry_held(space, Freed::everything(), &mut ingested)?;
        let state = self.space(space)?;
        let view = state.membership.current();
        let known = |pk: &[u8; 32]| view.valid_devices().any(|device| device.sign_pk == *pk);
        let whole = view.space_type == Some(SpaceType::SelfSpace)
            && view.creator == Some(person)
            && view.is_valid(&device)
            && shown_by.is_none_or(known)
            && state.writing_epoch().is_some();
        if !whole {
            return Err(refused());
        }
        self.adopt_own_keys(space)?;
        let tx = self.tx;
        tx.delete_secret(None, SecretKind::SignSeed, WAITING)?;
        tx.delete_secret(None, SecretKind::KemSeed, WAITING)?;
        if let Some(relay) = welcome.relays.first() {
            self.begin_self_copy(relay)?;
        }
        // The first acknowledgement tells the other devices that the welcome arrived.
        Ok(tx.put_meta(&crate::syncing::outbox::news_key(space), &[2])?)
    }

    fn keep_own_device(
        &mut self,
        space: &SpaceId,
        person: PersonId,
        device: DeviceId,
        waiting: &WaitingDevice,
    ) -> Result<()> {
        let (tx, now_ms) = (self.tx, self.now_ms);
        let row = tx.insert_space(&NewSpace {
            id: *space,
            kind: SpaceType::SelfSpace.into(),
            own_person: person,
            own_device: device,
            inc: make_incarnation(self.entropy),
            created_at_ms: now_ms,
        })?;
        // Replaced by the person's own once that was read.
        let erase_key = EraseKey::make(self.entropy);
        let put =
            |kind, name: &[u8], value: &[u8]| tx.put_secret(Some(row), kind, name, value, now_ms);
        put(SecretKind::SignSeed, b"", &*waiting.sign_key.seed())?;
        put(
            SecretKind::KemSeed,
            &0u32.to_be_bytes(),
            waiting.kem_key.seed(),
        )?;
        put(SecretKind::EraseKey, b"", erase_key.bytes())?;
        Ok(tx.put_meta(SELF_SPACE, space.as_bytes())?)
    }

    /// Takes over what own devices hold together.
    fn adopt_own_keys(&mut self, space: &SpaceId) -> Result<()> {
        let (tx, now_ms) = (self.tx, self.now_ms);
        let state = self.space(space)?;
        let (row, person) = (state.row, state.own_person);
        let items = own_keys_items(tx, person, row)?;
        let standing = standing_record(&items);
        let keys = match standing.map(|body| KeysRecord::from_body(&body)) {
            Some(Ok(Some(KeysRecord::Own(keys)))) if keys.space_id == *space => keys,
            _ => return Err(BelayError::unavailable("pairing-refused")),
        };
        tx.put_secret(
            Some(row),
            SecretKind::EraseKey,
            b"",
            &keys.erase_key,
            now_ms,
        )?;
        tx.put_secret(
            None,
            SecretKind::RecoveryMailbox,
            b"",
            &keys.recovery_mailbox,
            now_ms,
        )?;
        tx.put_meta(BACKUP_PUBLIC, &keys.backup_public)?;
        self.spaces.clear();
        Ok(())
    }
}

/// Of the versions of a record the one that stands.
pub(crate) fn standing_record(items: &[Item]) -> Option<RecordBody> {
    items
        .iter()
        .filter_map(|item| {
            let body = RecordBody::parse(item.body.as_deref()?).ok()?;
            let version = RecordVersion {
                rev: body.rev,
                withdrawn: body.withdrawn,
                item_id: belay_crypto::item_id(&item.header),
            };
            Some((version, body))
        })
        .max_by(|(a, _), (b, _)| a.cmp(b))
        .map(|(_, body)| body)
}

/// Whose space a welcome is about, as its `create` item says. The Gate checks that item later.
fn creator_of(space: &SpaceId, welcome: &Welcome) -> Option<PersonId> {
    welcome.items.iter().find_map(|bytes| {
        let item = Item::parse(bytes).ok()?;
        if SpaceId::from(belay_crypto::item_id(&item.header)) != *space {
            return None;
        }
        match MembershipBody::parse(item.body.as_deref()?).ok()?.operation {
            Operation::Create { genesis, .. } => Some(belay_crypto::person_id(&genesis)),
            _ => None,
        }
    })
}
