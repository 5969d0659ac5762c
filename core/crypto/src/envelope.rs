//! Sealing items into an envelope, and opening one.

use belay_model::{EnvelopeId, EpochId, SpaceId};
use belay_protocol::{
    Outer, encode_padded, encode_plain, outer_aad, padme, parse_padded, parse_plain,
};
use belay_protocol::{ProtocolError, ZSTD_MAGIC, limits};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::derive::{hkdf, part};
use crate::{
    CryptoError, EpochKeys, EraseKey, aead, envelope_id, erase_hash, erase_token, label,
    mailbox_tag, zip,
};

/// An envelope ready to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedEnvelope {
    /// Its id.
    pub id: EnvelopeId,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Encryption key and commitment of one envelope.
fn envelope_keys(k_env: &[u8; 32], nonce: &[u8; 24]) -> (Zeroizing<[u8; 32]>, [u8; 32]) {
    let both: Zeroizing<[u8; 64]> = hkdf(k_env, Some(nonce), label::ENV);
    (part(&*both, 0), *part(&*both, 32))
}

/// Where an envelope goes, and the key it is sealed under.
pub(crate) struct Under<'a> {
    pub k_env: &'a [u8; 32],
    pub mailbox_pk: &'a [u8; 32],
    pub space: &'a SpaceId,
    pub epoch: &'a EpochId,
}

/// Seals items under an epoch. The nonce is random and must never be used twice under one epoch:
/// store it before the first byte leaves.
///
/// # Errors
/// `Format(TooLarge)` when the items do not fit one envelope: split them and try again.
pub fn seal_envelope(
    items: &[Vec<u8>],
    keys: &EpochKeys,
    space: &SpaceId,
    epoch: &EpochId,
    erase_key: &EraseKey,
    nonce: [u8; 24],
) -> Result<SealedEnvelope, CryptoError> {
    let under = Under {
        k_env: &keys.k_env,
        mailbox_pk: keys.mailbox_pk(),
        space,
        epoch,
    };
    seal_under(&under, items, erase_key, nonce)
}

/// As [`seal_envelope`], for any mailbox.
pub(crate) fn seal_under(
    under: &Under<'_>,
    items: &[Vec<u8>],
    erase_key: &EraseKey,
    nonce: [u8; 24],
) -> Result<SealedEnvelope, CryptoError> {
    let framed = Zeroizing::new(encode_plain(items)?);
    let packed = Zeroizing::new(zip::compress(&framed)?);
    let smaller = padme(4 + packed.len()) < padme(4 + framed.len());
    let padded = Zeroizing::new(encode_padded(if smaller { &packed } else { &framed })?);

    let (key, commit) = envelope_keys(under.k_env, &nonce);
    let mut outer = Outer {
        suite: limits::SUITE,
        erase_hash: erase_hash(&erase_token(erase_key, &nonce)),
        mailbox_tag: mailbox_tag(under.mailbox_pk),
        nonce,
        commit,
        ciphertext: Vec::new(),
    };
    let aad = aad(&outer, padded.len() + limits::AEAD_TAG, under);
    outer.ciphertext = aead::seal(&key, &nonce, &aad, &padded);
    let bytes = outer.encode();
    Ok(SealedEnvelope {
        id: envelope_id(&bytes),
        bytes,
    })
}

/// Opens an envelope of the epoch and takes the items out; they are not read.
///
/// # Errors
/// `Format` for bytes of the wrong shape (see `ProtocolError::needs_newer` for what to park),
/// `OtherMailbox`, `WrongCommitment`, `DoesNotOpen`, `BadCompression`.
pub fn open_envelope(
    bytes: &[u8],
    keys: &EpochKeys,
    space: &SpaceId,
    epoch: &EpochId,
) -> Result<Vec<Vec<u8>>, CryptoError> {
    let under = Under {
        k_env: &keys.k_env,
        mailbox_pk: keys.mailbox_pk(),
        space,
        epoch,
    };
    open_under(&under, bytes)
}

/// As [`open_envelope`], for any mailbox.
pub(crate) fn open_under(under: &Under<'_>, bytes: &[u8]) -> Result<Vec<Vec<u8>>, CryptoError> {
    let outer = Outer::parse(bytes)?;
    if outer.mailbox_tag != mailbox_tag(under.mailbox_pk) {
        return Err(CryptoError::OtherMailbox);
    }
    let (key, commit) = envelope_keys(under.k_env, &outer.nonce);
    if !bool::from(commit[..].ct_eq(&outer.commit[..])) {
        return Err(CryptoError::WrongCommitment);
    }
    let aad = aad(&outer, outer.ciphertext.len(), under);
    let padded = Zeroizing::new(aead::open(&key, &outer.nonce, &aad, &outer.ciphertext)?);
    let content = parse_padded(&padded)?;
    let items = if content.starts_with(&ZSTD_MAGIC) {
        parse_plain(&Zeroizing::new(zip::decompress(content)?))?
    } else {
        parse_plain(content)?
    };
    Ok(items)
}

fn aad(outer: &Outer, ciphertext_len: usize, under: &Under<'_>) -> Vec<u8> {
    outer_aad(
        &outer.erase_hash,
        &outer.mailbox_tag,
        &outer.nonce,
        &outer.commit,
        ciphertext_len,
        under.space,
        under.epoch,
    )
}

impl CryptoError {
    /// Whether the items did not fit one envelope.
    #[must_use]
    pub const fn is_too_large(self) -> bool {
        matches!(self, Self::Format(ProtocolError::TooLarge { .. }))
    }
}
