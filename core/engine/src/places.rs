//! A further own device in the spaces of partnerships (product id D2; docs/protocol.md, "Pairing", O8 to O12). It
//! shows fresh keys for each space in `self`; a sibling that is there adds it, wraps the secrets to it and leaves a
//! welcome in `self`; the device joins through the Gate. Nobody outside can link the two: names of devices in
//! different spaces stand beside each other in `self` only.

pub(crate) mod overruled;
pub(crate) mod place;
pub(crate) mod revoked;
pub(crate) mod welcome;

use std::collections::BTreeSet;

use belay_crypto::{DeviceKey, KemKey, device_id};
use belay_document::records::{KeysRecord, OwnPlace, RecordVersion, SpaceKeys};
use belay_model::{DeviceId, DocName, PersonId, SpaceId, make_bytes};
use belay_protocol::{Bundle, DeviceCertificate, DocKind, ItemKind, RecordBody, SpaceType};
use belay_store::{ItemState, ReadTx, SecretKind, SpaceRow, SpaceState as Standing};

use crate::Result;
use crate::session::Session;
use crate::space_state::SpaceState;

/// A record of keys in `self`: who wrote it, and what it says.
pub(crate) struct WrittenKeys {
    pub author: DeviceId,
    pub version: RecordVersion,
    pub keys: KeysRecord,
}

/// Every version of a record of keys that is still here, the one that stands last.
pub(crate) fn keys_at(
    tx: &ReadTx<'_>,
    row: SpaceRow,
    person: &PersonId,
    name: &DocName,
) -> Result<Vec<WrittenKeys>> {
    let Some(document) = tx.find_document(row, person, DocKind::Keys.into(), name)? else {
        return Ok(Vec::new());
    };
    let mut found = Vec::new();
    for stored in tx.items_of_document(document)? {
        if stored.state != ItemState::Applied || stored.kind != u8::from(ItemKind::Record) {
            continue;
        }
        let item = stored.item()?;
        let body = item.body.as_deref().map(RecordBody::parse);
        let Some(Ok(body)) = body else { continue };
        if let Ok(Some(keys)) = KeysRecord::from_body(&body) {
            found.push(WrittenKeys {
                author: item.header.device_id,
                version: RecordVersion {
                    rev: body.rev,
                    withdrawn: body.withdrawn,
                    item_id: stored.item_id,
                },
                keys,
            });
        }
    }
    found.sort_by_key(|written| written.version);
    Ok(found)
}

/// The certificate of what a device shows of itself.
fn certificate(person_id: PersonId, bundle: &Bundle) -> Option<DeviceCertificate> {
    let Bundle::Device {
        sign_pk,
        random,
        kem,
    } = bundle
    else {
        return None;
    };
    Some(DeviceCertificate {
        person_id,
        sign_pk: *sign_pk,
        random: *random,
        kem: kem.clone(),
    })
}

/// What this device shows of itself in a space: its keys as its genesis or its certificate names them.
fn shown(state: &SpaceState) -> Option<Bundle> {
    if let Some(added) = state.membership.certificate_of(&state.own_device) {
        return Some(Bundle::Device {
            sign_pk: added.sign_pk,
            random: added.random,
            kem: added.kem.clone(),
        });
    }
    let genesis = state.membership.genesis_of(&state.own_person)?;
    (belay_crypto::first_device_id(genesis) == state.own_device).then(|| Bundle::Device {
        sign_pk: genesis.sign_pk,
        random: genesis.random,
        kem: genesis.kem.clone(),
    })
}

/// Which device a certificate names.
fn named(certificate: &DeviceCertificate) -> DeviceId {
    device_id(
        &certificate.person_id,
        &certificate.sign_pk,
        &certificate.random,
    )
}

impl Session<'_> {
    /// Brings the person's devices and the spaces of partnerships together, as far as `self` tells.
    pub(crate) fn tend_places(&mut self) -> Result<()> {
        if self.self_space().is_err() || self.is_removed()? {
            return Ok(());
        }
        let tx = self.tx;
        for space in crate::queries::contacts(tx)?.keys() {
            match tx.space(*space)? {
                None => {
                    self.ask_for_place(space)?;
                    self.join_place(space)?;
                }
                Some(there) if there.kind == u8::from(SpaceType::Pair) => {
                    let active = there.state == Standing::Active;
                    if active && self.spaces.sound(tx, space)?.is_ok() {
                        self.tend_place(space)?;
                    }
                }
                Some(_) => {}
            }
        }
        Ok(())
    }

    fn tend_place(&mut self, space: &SpaceId) -> Result<()> {
        if self.space(space)?.is_removed_here() {
            return Ok(());
        }
        self.show_place(space)?;
        self.adopt_epochs(space)?;
        self.follow_leaving(space)?;
        if self.space(space)?.standing == Standing::Active {
            self.admit_siblings(space)?;
            self.note_epoch_key(space)?;
        }
        Ok(())
    }

    /// Tells in `self` which device this one is in a space that it made, was invited to, or came back into.
    pub(crate) fn show_place(&mut self, space: &SpaceId) -> Result<()> {
        let device = self.own_device()?;
        if !self
            .own_keys_at(&OwnPlace::name(&device, space))?
            .is_empty()
        {
            return Ok(());
        }
        let Some(bundle) = shown(self.space(space)?) else {
            return Ok(());
        };
        self.write_keys(&KeysRecord::Place(OwnPlace {
            device,
            space_id: *space,
            bundle,
        }))
    }

    /// Shows fresh keys for a space that only siblings are in, unless it was done before.
    fn ask_for_place(&mut self, space: &SpaceId) -> Result<()> {
        let (tx, now_ms) = (self.tx, self.now_ms);
        if self.space_keys(space)?.is_none() {
            return Ok(());
        }
        let device = self.own_device()?;
        let shown = self.own_keys_at(&OwnPlace::name(&device, space))?;
        let name = space.as_bytes();
        if !shown.is_empty() && tx.secret(None, SecretKind::SignSeed, name)?.is_some() {
            return Ok(());
        }
        // Shown before and not here: the store was put back to an older state, and those keys are gone.
        let rev = shown.last().map_or(1, |last| last.version.rev + 1);
        let (sign_key, kem_key) = (DeviceKey::make(self.entropy), KemKey::make(self.entropy));
        let random: [u8; 16] = make_bytes(self.entropy);
        tx.put_secret(None, SecretKind::SignSeed, name, &*sign_key.seed(), now_ms)?;
        tx.put_secret(None, SecretKind::KemSeed, name, kem_key.seed(), now_ms)?;
        let bundle = Bundle::Device {
            sign_pk: sign_key.public(),
            random,
            kem: kem_key.statement(0),
        };
        let place = OwnPlace {
            device,
            space_id: *space,
            bundle,
        };
        self.write_keys_at(&KeysRecord::Place(place), rev)
    }

    /// Adds to a space the own devices that showed keys for it, and welcomes them.
    fn admit_siblings(&mut self, space: &SpaceId) -> Result<()> {
        let own = self.self_space()?;
        let state = self.space(&own)?;
        let this = state.own_device;
        let siblings: Vec<DeviceId> = state
            .membership
            .current()
            .valid_devices()
            .map(|device| device.id)
            .filter(|device| *device != this)
            .collect();
        for sibling in siblings {
            let Some(place) = self.place_of(space, &sibling)? else {
                continue;
            };
            let state = self.space(space)?;
            let Some(certificate) = certificate(state.own_person, &place.bundle) else {
                continue;
            };
            if state.membership.device(&named(&certificate)).is_none() {
                self.admit_to(space, &sibling, certificate)?;
            }
        }
        Ok(())
    }

    /// The keys that a device shows for a space now, told by that device itself.
    fn place_of(&mut self, space: &SpaceId, device: &DeviceId) -> Result<Option<OwnPlace>> {
        let shown = self.own_keys_at(&OwnPlace::name(device, space))?;
        Ok(shown
            .into_iter()
            .filter(|written| written.author == *device)
            .filter_map(|written| match written.keys {
                KeysRecord::Place(place) if place.device == *device && place.space_id == *space => {
                    Some(place)
                }
                _ => None,
            })
            .next_back())
    }

    /// Which device of a space a device of `self` says to be now.
    pub(crate) fn place_id_of(
        &mut self,
        space: &SpaceId,
        device: &DeviceId,
    ) -> Result<Option<DeviceId>> {
        let person = self.space(space)?.own_person;
        let place = self.place_of(space, device)?;
        Ok(place
            .and_then(|place| certificate(person, &place.bundle))
            .map(|certificate| named(&certificate)))
    }

    /// Which devices of a space a device of `self` said to be.
    pub(crate) fn places_of(
        &mut self,
        space: &SpaceId,
        device: &DeviceId,
    ) -> Result<BTreeSet<DeviceId>> {
        let person = self.space(space)?.own_person;
        let shown = self.own_keys_at(&OwnPlace::name(device, space))?;
        let said = shown
            .iter()
            .filter(|written| written.author == *device)
            .filter_map(|written| match &written.keys {
                KeysRecord::Place(place) if place.space_id == *space => {
                    certificate(person, &place.bundle)
                }
                _ => None,
            });
        Ok(said.map(|certificate| named(&certificate)).collect())
    }

    /// The valid devices of a space that go when a device of `self` is removed: what it said to be, and what it
    /// brought in there that no other own device says to be.
    pub(crate) fn devices_there(
        &mut self,
        space: &SpaceId,
        device: &DeviceId,
    ) -> Result<BTreeSet<DeviceId>> {
        let own = self.self_space()?;
        let view = self.space(&own)?.membership.current();
        let others: Vec<DeviceId> = view
            .valid_devices()
            .map(|other| other.id)
            .filter(|other| other != device)
            .collect();
        let mut claimed = BTreeSet::new();
        for other in others {
            claimed.extend(self.places_of(space, &other)?);
        }
        let theirs = self.places_of(space, device)?;
        let state = self.space(space)?;
        let (person, own_device) = (state.own_person, state.own_device);
        let view = state.membership.current();
        Ok(view
            .valid_devices()
            .filter(|there| there.person == person && there.id != own_device)
            .filter(|there| {
                let brought = view
                    .addition_of(&there.id)
                    .is_some_and(|(_, by)| theirs.contains(&by));
                theirs.contains(&there.id) || (brought && !claimed.contains(&there.id))
            })
            .map(|there| there.id)
            .collect())
    }

    /// The keys that own devices hold of a space together.
    pub(crate) fn space_keys(&mut self, space: &SpaceId) -> Result<Option<SpaceKeys>> {
        let found = self.own_keys_at(&SpaceKeys::name(space))?;
        Ok(found
            .into_iter()
            .rev()
            .find_map(|written| match written.keys {
                KeysRecord::Space(keys) if keys.space_id == *space => Some(keys),
                _ => None,
            }))
    }

    /// Every version of a record of keys in `self`, the one that stands last.
    pub(crate) fn own_keys_at(&mut self, name: &DocName) -> Result<Vec<WrittenKeys>> {
        let own = self.self_space()?;
        let state = self.space(&own)?;
        let (row, person) = (state.row, state.own_person);
        keys_at(self.tx, row, &person, name)
    }

    /// Whether a record of keys stands in `self`.
    pub(crate) fn has_keys(&mut self, name: &DocName) -> Result<bool> {
        Ok(!self.own_keys_at(name)?.is_empty())
    }

    /// This device, as it is known in `self`.
    fn own_device(&mut self) -> Result<DeviceId> {
        let own = self.self_space()?;
        Ok(self.space(&own)?.own_device)
    }
}
