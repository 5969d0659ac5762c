//! Opening envelopes: any bytes, and crafted content that a member with the right keys could have sealed. The keys are
//! derived here a second time, from the labels alone.

use belay_crypto::{EpochKeys, EpochSecret, label, mailbox_tag, open_envelope};
use belay_model::{EpochId, SpaceId};
use belay_protocol::limits::{PLAIN_MAX, SUITE};
use belay_protocol::{Item, Outer, ZSTD_MAGIC, encode_padded, outer_aad};
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use sha2::Sha256;

const SECRET: [u8; 32] = [1; 32];
const SPACE: [u8; 32] = [2; 32];
const EPOCH: [u8; 32] = [3; 32];
const NONCE: [u8; 24] = [4; 24];
/// Length of the authentication tag.
const TAG: usize = 16;

fn expand<const N: usize>(salt: &[u8], key: &[u8], info: &str) -> [u8; N] {
    let mut output = [0; N];
    if Hkdf::<Sha256>::new(Some(salt), key)
        .expand(info.as_bytes(), &mut output)
        .is_err()
    {
        panic!("outputs here are short");
    }
    output
}

/// An envelope of the epoch around any plaintext.
fn seal(padded: &[u8], keys: &EpochKeys) -> Vec<u8> {
    let k_env: [u8; 32] = expand(&EPOCH, &SECRET, label::K_ENV);
    let both: [u8; 64] = expand(&NONCE, &k_env, label::ENV);
    let (mut key, mut commit) = ([0; 32], [0; 32]);
    key.copy_from_slice(&both[..32]);
    commit.copy_from_slice(&both[32..]);
    let mut outer = Outer {
        suite: SUITE,
        erase_hash: [5; 32],
        mailbox_tag: mailbox_tag(keys.mailbox_pk()),
        nonce: NONCE,
        commit,
        ciphertext: Vec::new(),
    };
    let aad = outer_aad(
        &outer.erase_hash,
        &outer.mailbox_tag,
        &outer.nonce,
        &outer.commit,
        padded.len() + TAG,
        &SpaceId::from_bytes(SPACE),
        &EpochId::from_bytes(EPOCH),
    );
    let payload = Payload {
        msg: padded,
        aad: &aad,
    };
    match XChaCha20Poly1305::new(&key.into()).encrypt(&XNonce::from(NONCE), payload) {
        Ok(ciphertext) => outer.ciphertext = ciphertext,
        Err(_) => panic!("plaintexts here are short"),
    }
    outer.encode()
}

/// Runs one input; tells how many items came out.
pub fn run(bytes: &[u8]) -> usize {
    let Some((mode, content)) = bytes.split_first() else {
        return 0;
    };
    let keys = EpochSecret::from_bytes(SECRET).keys(&EpochId::from_bytes(EPOCH));
    let padded = |content: &[u8]| encode_padded(content).unwrap_or_default();
    let envelope = match mode % 4 {
        0 => content.to_vec(),
        1 => seal(content, &keys),
        2 => seal(&padded(content), &keys),
        _ => seal(&padded(&[&ZSTD_MAGIC, content].concat()), &keys),
    };
    let opened = open_envelope(
        &envelope,
        &keys,
        &SpaceId::from_bytes(SPACE),
        &EpochId::from_bytes(EPOCH),
    );
    let Ok(items) = opened else {
        return 0;
    };
    assert!(items.iter().map(Vec::len).sum::<usize>() <= PLAIN_MAX);
    for item in &items {
        let _ = Item::parse(item);
    }
    items.len()
}
