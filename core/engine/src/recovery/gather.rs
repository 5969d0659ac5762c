//! A person's keyring, put together from what this device holds.

use belay_crypto::{RecoveryMailbox, SealedEnvelope, seal_keyring};
use belay_document::records::{KeysRecord, SpaceKeys};
use belay_model::SpaceId;
use belay_protocol::{ItemKind, Keyring, KeyringEpoch, KeyringSpace};
use belay_store::{ItemState, ReadTx, SecretKind, Space, SpaceState as Standing};

use crate::own_devices::joining::standing_record;
use crate::own_devices::keys_items;
use crate::session::{Session, Spaces};
use crate::space_state::{SpaceState, array};
use crate::{BelayError, Result};

/// Under which meta key stands how many keyrings this device has made.
const COUNT: &str = "keyrings-made";

/// The recovery mailbox, whose key every own device has.
pub(crate) fn mailbox(tx: &ReadTx<'_>) -> Result<RecoveryMailbox> {
    let seed = tx
        .secret(None, SecretKind::RecoveryMailbox, b"")?
        .ok_or(BelayError::unavailable("device-waiting"))?;
    Ok(RecoveryMailbox::from_seed(&array(
        &seed,
        "recovery-mailbox",
    )?))
}

/// The spaces a keyring holds: `self` first, then everything in use. What was left or blocked has nothing in
/// it that another device would have to write to.
pub(crate) fn kept_spaces(tx: &ReadTx<'_>) -> Result<Vec<Space>> {
    let own = crate::queries::self_space(tx)?;
    let mut spaces = tx.spaces()?;
    spaces.retain(|space| space.id == own || space.state == Standing::Active);
    spaces.sort_by_key(|space| space.id != own);
    Ok(spaces)
}

/// What changes whenever a keyring has to be made anew: who belongs to the spaces, which secrets open them
/// and where they are.
pub(crate) fn mark(tx: &ReadTx<'_>, spaces: &mut Spaces) -> Result<Vec<u8>> {
    let mut mark = crate::open::backup_public(tx)?;
    for space in kept_spaces(tx)? {
        let Ok(state) = spaces.sound(tx, &space.id)? else {
            continue;
        };
        mark.extend_from_slice(space.id.as_bytes());
        for act in state.membership.leaves() {
            mark.extend_from_slice(act.as_bytes());
        }
        for epoch in state.keys.ids() {
            mark.extend_from_slice(&epoch.as_bytes()[..8]);
        }
        mark.extend(state.relays().concat().bytes());
    }
    Ok(mark)
}

/// P of a space as `self` keeps it: sealed.
pub(crate) fn sealed_person(
    tx: &ReadTx<'_>,
    spaces: &mut Spaces,
    space: &SpaceId,
) -> Result<Option<Vec<u8>>> {
    let own = crate::queries::self_space(tx)?;
    let state = spaces.get(tx, &own)?;
    let (row, person) = (state.row, state.own_person);
    let items = keys_items(tx, person, row, &SpaceKeys::name(space))?;
    let standing = standing_record(&items).map(|body| KeysRecord::from_body(&body));
    Ok(match standing {
        Some(Ok(Some(KeysRecord::Space(keys)))) if keys.space_id == *space => {
            keys.sealed_person.clone()
        }
        _ => None,
    })
}

/// The acts and epochs of a space, as they were received or written.
fn control_items(tx: &ReadTx<'_>, state: &SpaceState) -> Result<Vec<Vec<u8>>> {
    let mut items = Vec::new();
    for stored in tx.control_items(state.row)? {
        let act = stored.kind == u8::from(ItemKind::Membership);
        let epoch = stored.kind == u8::from(ItemKind::Epoch);
        // An act counts also where its place in the chain is contested.
        let counts =
            stored.state == ItemState::Applied || act && stored.state == ItemState::Shadowed;
        if counts && (act || epoch) && stored.body.is_some() {
            items.push(stored.item()?.encode());
        }
    }
    Ok(items)
}

impl Session<'_> {
    /// The person's keyring under a number of its own, sealed to the words: envelopes of the recovery
    /// mailbox, for a relay, a file or another device. `above` are numbers that this device gave before.
    pub(crate) fn sealed_keyring(&mut self, above: u64) -> Result<(u64, Vec<SealedEnvelope>)> {
        let tx = self.tx;
        let made = match tx.meta(COUNT)? {
            Some(bytes) => u64::from_le_bytes(array(&bytes, "keyrings-made")?),
            None => 0,
        };
        let n = made.max(above) + 1;
        tx.put_meta(COUNT, &n.to_le_bytes())?;
        let keyring = self.keyring(n)?;
        let (mailbox, backup) = (mailbox(tx)?, crate::open::backup_public(tx)?);
        let own = self.self_space()?;
        let state = self.spaces.get(tx, &own)?;
        let envelopes = seal_keyring(
            keyring,
            &state.own_person,
            &state.sign_key,
            &backup,
            &mailbox,
            &state.erase_key,
            self.entropy,
        )?;
        Ok((n, envelopes))
    }

    fn keyring(&mut self, n: u64) -> Result<Keyring> {
        let tx = self.tx;
        let own = self.self_space()?;
        let device_id = self.space(&own)?.own_device;
        let mut spaces = Vec::new();
        for space in kept_spaces(tx)? {
            // A space that cannot be read here must not keep the others out.
            if self.spaces.sound(tx, &space.id)?.is_err() {
                continue;
            }
            spaces.extend(self.keyring_space(&space.id)?);
        }
        Ok(Keyring {
            device_id,
            n,
            spaces,
            signature: [0; 64],
        })
    }

    fn keyring_space(&mut self, space: &SpaceId) -> Result<Option<KeyringSpace>> {
        let tx = self.tx;
        let is_own = *space == self.self_space()?;
        let sealed_person = match is_own {
            true => None,
            false => sealed_person(tx, self.spaces, space)?,
        };
        if !is_own && sealed_person.is_none() {
            return Ok(None);
        }
        let state = self.spaces.get(tx, space)?;
        let epochs = state
            .keys
            .ids()
            .filter_map(|epoch| {
                let secret = *state.keys.secret(&epoch)?.bytes();
                Some(KeyringEpoch {
                    epoch_id: epoch,
                    secret,
                })
            })
            .collect();
        Ok(Some(KeyringSpace {
            space_id: *space,
            space_type: state.space_type,
            person_id: state.own_person,
            relays: state.relays(),
            erase_key: *state.erase_key.bytes(),
            sealed_person,
            epochs,
            items: control_items(tx, state)?,
        }))
    }
}
