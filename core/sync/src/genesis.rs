//! What a certificate says once its signatures were checked.

use belay_crypto::{device_id, person_id, verify_genesis, verify_root};
use belay_model::{ItemId, SpaceId};
use belay_protocol::{DeviceCertificate, Genesis, MembershipBody};

use crate::SyncError;
use crate::view::DeviceView;

/// Checks that the recovery key signed the genesis and returns the device it starts with.
///
/// # Errors
/// [`SyncError::Genesis`] when the signature does not hold.
pub fn check(genesis: &Genesis) -> Result<DeviceView, SyncError> {
    verify_genesis(genesis).map_err(|_| SyncError::Genesis)?;
    Ok(device_of_genesis(genesis))
}

/// The first device of a persona, without checking anything.
#[must_use]
pub fn device_of_genesis(genesis: &Genesis) -> DeviceView {
    let person = person_id(genesis);
    DeviceView {
        id: device_id(&person, &genesis.sign_pk, &genesis.random),
        person,
        sign_pk: genesis.sign_pk,
        kem: genesis.kem.clone(),
    }
}

/// A later device of a persona, without checking anything.
#[must_use]
pub fn device_of_certificate(certificate: &DeviceCertificate) -> DeviceView {
    DeviceView {
        id: device_id(
            &certificate.person_id,
            &certificate.sign_pk,
            &certificate.random,
        ),
        person: certificate.person_id,
        sign_pk: certificate.sign_pk,
        kem: certificate.kem.clone(),
    }
}

/// Whether an act of the recovery key carries that key's signature over exactly this act.
#[must_use]
pub fn root_signature_holds(
    recovery_pk: &[u8; 32],
    space: &SpaceId,
    heads: &[ItemId],
    body: &MembershipBody,
    signature: &[u8; 64],
) -> bool {
    verify_root(recovery_pk, space, heads, &body.operation, signature).is_ok()
}
