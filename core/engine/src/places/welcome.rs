//! The two ends of a welcome into a partnership's space between own devices: what a sibling leaves in `self`, and
//! how the new device takes it.

use belay_crypto::{DeviceKey, EpochSecret, KemKey, KemPublic, device_id};
use belay_document::records::{EpochKey, KeysRecord, OwnPlace, PlaceWelcome, WELCOME_PART_BYTES};
use belay_model::{DeviceId, EpochId, SpaceId};
use belay_protocol::{Bundle, DeviceCertificate, ItemKind, Operation, SpaceType, Welcome};
use belay_store::{NewSpace, SecretKind, SpaceState as Standing};

use crate::changes::ChangeArea;
use crate::session::Session;
use crate::space_state::array;
use crate::syncing::held::Freed;
use crate::syncing::incarnation::make_incarnation;
use crate::syncing::ingest::Ingested;
use crate::{BelayError, Result};

impl Session<'_> {
    /// Adds a sibling to a space: the act, every secret that is held, and a welcome in `self`.
    pub(crate) fn admit_to(
        &mut self,
        space: &SpaceId,
        sibling: &DeviceId,
        certificate: DeviceCertificate,
    ) -> Result<()> {
        let Ok(key) = KemPublic::parse(&certificate.kem.pk) else {
            return Ok(());
        };
        let device = device_id(
            &certificate.person_id,
            &certificate.sign_pk,
            &certificate.random,
        );
        let added = self.append_act(space, Operation::AddDevice { certificate }, None)?;
        self.queue(space, added, 0)?;
        if !self.space(space)?.membership.current().is_valid(&device) {
            // There are too many: it stays out, and the self-check of that device says so.
            return Ok(());
        }
        let wraps = self.wrap_epochs_to(space, device, &key)?;
        for written in wraps {
            self.queue(space, written, 0)?;
        }
        self.welcome_to(space, sibling)
    }

    /// Writes the acts and epochs of a space into `self`, for a device that was added there.
    fn welcome_to(&mut self, space: &SpaceId, sibling: &DeviceId) -> Result<()> {
        let tx = self.tx;
        let state = self.space(space)?;
        let (row, person_id, relays) = (state.row, state.own_person, state.relays());
        let mut items: Vec<Vec<u8>> = Vec::new();
        for stored in tx.control_items(row)? {
            let told = [ItemKind::Membership, ItemKind::Epoch].map(u8::from);
            if told.contains(&stored.kind) && stored.body.is_some() {
                items.push(stored.item()?.encode());
            }
        }
        let groups = in_parts(items);
        let parts =
            u8::try_from(groups.len()).map_err(|_| BelayError::internal("place-welcome"))?;
        let code = crate::partners::kept_code_text(tx, space)?;
        let first = self.own_keys_at(&PlaceWelcome::name(sibling, space, 0))?;
        let rev = first.last().map_or(1, |last| last.version.rev + 1);
        for (part, items) in (0u8..).zip(groups) {
            let welcome = PlaceWelcome {
                device: *sibling,
                space_id: *space,
                person_id,
                part,
                parts,
                welcome: Welcome {
                    relays: relays.clone(),
                    items,
                    floors: Vec::new(),
                },
                code: code.clone(),
            };
            self.write_keys_at(&KeysRecord::Welcome(welcome), rev)?;
        }
        Ok(())
    }

    /// Joins a space that a sibling left a welcome for. What does not hold leaves nothing behind, and is looked at
    /// again when something else comes.
    pub(crate) fn join_place(&mut self, space: &SpaceId) -> Result<()> {
        let own = self.self_space()?;
        let this = self.space(&own)?.own_device;
        let Some(parts) = self.parts_for(space, &this)? else {
            return Ok(());
        };
        let Some(person) = parts.first().map(|part| part.person_id) else {
            return Ok(());
        };
        let Some((device, bundle)) = self.shown_for(space, &this, person)? else {
            return Ok(());
        };
        if !self.keep_place(space, &parts, device, &bundle)? {
            return Ok(());
        }
        let mut ingested = Ingested::default();
        for item in parts.iter().flat_map(|part| &part.welcome.items) {
            self.ingest_item(space, item, None, &mut ingested)?;
        }
        self.retry_held(space, Freed::everything(), &mut ingested)?;
        self.adopt_epochs(space)?;
        let state = self.space(space)?;
        let view = state.membership.current();
        let whole = view.space_type == Some(SpaceType::Pair)
            && view.is_valid(&device)
            && view.device(&device).map(|there| there.person) == Some(person)
            && state.writing_epoch().is_some();
        if !whole {
            return self.forget_space(*space);
        }
        let tx = self.tx;
        tx.delete_secret(None, SecretKind::SignSeed, space.as_bytes())?;
        tx.delete_secret(None, SecretKind::KemSeed, space.as_bytes())?;
        if let Some(code) = parts.first().and_then(|part| part.code.as_deref()) {
            crate::partners::keep_code_text(tx, space, code)?;
        }
        self.spaces.touched.part(ChangeArea::Partners);
        self.spaces.touched.part(ChangeArea::Devices);
        // The first acknowledgement tells the others from which secret on this device reads.
        Ok(tx.put_meta(&crate::syncing::outbox::news_key(space), &[2])?)
    }

    /// All parts of the welcome that stands, in their order; `None` while one is missing.
    fn parts_for(&mut self, space: &SpaceId, this: &DeviceId) -> Result<Option<Vec<PlaceWelcome>>> {
        let mut parts: Vec<PlaceWelcome> = Vec::new();
        let mut wanted = 1u8;
        while parts.len() < usize::from(wanted) {
            let part = u8::try_from(parts.len()).unwrap_or(u8::MAX);
            let found = self.own_keys_at(&PlaceWelcome::name(this, space, part))?;
            let standing = found
                .into_iter()
                .rev()
                .find_map(|written| match written.keys {
                    KeysRecord::Welcome(welcome)
                        if welcome.device == *this
                            && welcome.space_id == *space
                            && welcome.part == part =>
                    {
                        Some(welcome)
                    }
                    _ => None,
                });
            let Some(welcome) = standing else {
                return Ok(None);
            };
            wanted = welcome.parts;
            parts.push(welcome);
        }
        Ok(Some(parts))
    }

    /// Which device this one is to be in a space, by the keys it showed and still has.
    fn shown_for(
        &mut self,
        space: &SpaceId,
        this: &DeviceId,
        person: belay_model::PersonId,
    ) -> Result<Option<(DeviceId, Bundle)>> {
        let shown = self.own_keys_at(&OwnPlace::name(this, space))?;
        let place = shown
            .into_iter()
            .rev()
            .find_map(|written| match written.keys {
                KeysRecord::Place(place) if written.author == *this => Some(place),
                _ => None,
            });
        let Some(Bundle::Device {
            sign_pk,
            random,
            kem,
        }) = place.map(|place| place.bundle)
        else {
            return Ok(None);
        };
        let seed = self
            .tx
            .secret(None, SecretKind::SignSeed, space.as_bytes())?;
        let Some(seed) = seed else { return Ok(None) };
        let key = DeviceKey::from_seed(&array(&seed, "sign-seed")?);
        if key.public() != sign_pk {
            return Ok(None);
        }
        let device = device_id(&person, &sign_pk, &random);
        Ok(Some((
            device,
            Bundle::Device {
                sign_pk,
                random,
                kem,
            },
        )))
    }

    /// Puts the space and this device's keys for it into the store; `false` where a key is missing.
    fn keep_place(
        &mut self,
        space: &SpaceId,
        parts: &[PlaceWelcome],
        device: DeviceId,
        bundle: &Bundle,
    ) -> Result<bool> {
        let (tx, now_ms) = (self.tx, self.now_ms);
        let Some(held) = self.space_keys(space)? else {
            return Ok(false);
        };
        let secret = |kind| tx.secret(None, kind, space.as_bytes());
        let (Some(sign), Some(kem), Some(first)) = (
            secret(SecretKind::SignSeed)?,
            secret(SecretKind::KemSeed)?,
            parts.first(),
        ) else {
            return Ok(false);
        };
        let same = matches!(bundle, Bundle::Device { kem: shown, .. }
            if KemKey::from_seed(array(&kem, "kem-seed")?).statement(0).pk == shown.pk);
        if !same {
            return Ok(false);
        }
        let row = tx.insert_space(&NewSpace {
            id: *space,
            kind: SpaceType::Pair.into(),
            own_person: first.person_id,
            own_device: device,
            inc: make_incarnation(self.entropy),
            created_at_ms: now_ms,
        })?;
        let put =
            |kind, name: &[u8], value: &[u8]| tx.put_secret(Some(row), kind, name, value, now_ms);
        put(SecretKind::SignSeed, b"", &sign)?;
        put(SecretKind::KemSeed, &0u32.to_be_bytes(), &kem)?;
        put(SecretKind::EraseKey, b"", &held.erase_key)?;
        tx.set_space_state(row, Standing::Active)?;
        Ok(true)
    }

    /// Takes secrets of a space into use that siblings noted in `self`, each checked against its epoch.
    pub(crate) fn adopt_epochs(&mut self, space: &SpaceId) -> Result<()> {
        let (tx, now_ms) = (self.tx, self.now_ms);
        let state = self.space(space)?;
        let unread: Vec<EpochId> = state
            .epochs
            .ids()
            .filter(|epoch| !state.keys.contains_key(epoch))
            .collect();
        for epoch in unread {
            for written in self.own_keys_at(&EpochKey::name(&epoch))? {
                let KeysRecord::Epoch(key) = &written.keys else {
                    continue;
                };
                let secret = EpochSecret::from_bytes(key.secret);
                let state = self.space(space)?;
                let fits = key.space_id == *space
                    && key.epoch_id == epoch
                    && state
                        .epochs
                        .body(&epoch)
                        .is_some_and(|body| secret.check(body).is_ok());
                if fits {
                    let (kind, name) = (SecretKind::EpochSecret, epoch.as_bytes());
                    tx.put_secret(Some(state.row), kind, name, secret.bytes(), now_ms)?;
                    state.hold_epoch(epoch, secret, now_ms);
                    break;
                }
            }
        }
        Ok(())
    }

    /// Where the person left a partnership on another device, nothing more goes out from this one either.
    pub(crate) fn follow_leaving(&mut self, space: &SpaceId) -> Result<()> {
        let state = self.space(space)?;
        let left = state.standing == Standing::Active
            && state
                .membership
                .current()
                .persons
                .get(&state.own_person)
                .is_some_and(|person| person.left);
        if !left {
            return Ok(());
        }
        let row = state.row;
        for queued in self.tx.queued(row, i64::MAX, usize::MAX)? {
            self.tx.unqueue_item(queued.item)?;
        }
        self.tx.set_space_state(row, Standing::Left)?;
        self.space(space)?.standing = Standing::Left;
        self.spaces.touched.part(ChangeArea::Partners);
        Ok(())
    }
}

/// Cuts items, in their order, into groups that fit a record.
fn in_parts(items: Vec<Vec<u8>>) -> Vec<Vec<Vec<u8>>> {
    let mut groups: Vec<Vec<Vec<u8>>> = vec![Vec::new()];
    let mut bytes = 0;
    for item in items {
        if bytes > 0 && bytes + item.len() > WELCOME_PART_BYTES {
            groups.push(Vec::new());
            bytes = 0;
        }
        bytes += item.len();
        if let Some(last) = groups.last_mut() {
            last.push(item);
        }
    }
    groups
}
