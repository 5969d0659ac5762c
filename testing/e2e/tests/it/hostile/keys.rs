//! Epochs and wraps of a partner's own making.

use belay_crypto::{EpochSecret, KemPublic, make_epoch, make_wraps};
use belay_model::{DeviceId, EpochId};
use belay_protocol::{Item, ItemKind, MembershipBody, Operation};

use super::{Stage, control, id};

/// Ada's device in the shared space and the key to wrap to.
pub fn ada(stage: &Stage) -> (DeviceId, KemPublic) {
    stage
        .partner
        .welcomed
        .iter()
        .find_map(|item| {
            let body = MembershipBody::parse(item.body.as_deref()?).ok()?;
            match body.operation {
                Operation::Create { genesis, .. } => {
                    let key = KemPublic::parse(&genesis.kem.pk).ok()?;
                    Some((item.header.device_id, key))
                }
                _ => None,
            }
        })
        .unwrap()
}

/// A new epoch of the partner's for these devices, after the present one.
pub fn epoch(stage: &mut Stage, recipients: Vec<DeviceId>) -> (EpochSecret, EpochId, Item) {
    let parents = vec![stage.partner.epoch.0];
    let (secret, body) = make_epoch(parents, recipients, &mut stage.partner.entropy);
    let item = control(&mut stage.partner, ItemKind::Epoch, body.encode());
    let epoch = EpochId::from(id(&item));
    (secret, epoch, item)
}

pub fn wraps(
    stage: &mut Stage,
    secret: &EpochSecret,
    epoch: &EpochId,
    to: &[(DeviceId, KemPublic)],
) -> Vec<Item> {
    let space = stage.partner.space;
    make_wraps(secret, &space, epoch, to, &mut stage.partner.entropy)
        .unwrap()
        .iter()
        .map(|body| control(&mut stage.partner, ItemKind::Wraps, body.encode()))
        .collect()
}
