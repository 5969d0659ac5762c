//! The envelope as relays, phones and file bundles carry it: everything but the ciphertext's meaning.

use belay_model::{EpochId, SpaceId};

use crate::ProtocolError;
use crate::codec::{Reader, Writer, length};
use crate::limits::{AEAD_TAG, OUTER_HEAD, OUTER_MAX, SUITE, VERSION};

/// An envelope's outer bytes, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outer {
    /// Cipher suite; [`SUITE`].
    pub suite: u8,
    /// Hash of the token that lets its author erase the envelope.
    pub erase_hash: [u8; 32],
    /// Which of a reader's mailboxes, and so which epoch, it belongs to.
    pub mailbox_tag: [u8; 16],
    /// The nonce.
    pub nonce: [u8; 24],
    /// Commitment to the key.
    pub commit: [u8; 32],
    /// Ciphertext and tag.
    pub ciphertext: Vec<u8>,
}

impl Outer {
    /// The bytes that travel.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut writer = Writer::with_capacity(OUTER_HEAD + self.ciphertext.len());
        writer.bytes(&self.encode_head()).bytes(&self.ciphertext);
        writer.finish()
    }

    /// The [`OUTER_HEAD`] bytes before the ciphertext.
    #[must_use]
    pub fn encode_head(&self) -> Vec<u8> {
        encode_head(
            &self.erase_hash,
            &self.mailbox_tag,
            &self.nonce,
            &self.commit,
            self.ciphertext.len(),
        )
    }

    /// Reads exactly one envelope.
    ///
    /// # Errors
    /// `UnknownVersion` and `UnknownSuite` for what a newer program may know, else what is wrong.
    pub fn parse(bytes: &[u8]) -> Result<Self, ProtocolError> {
        if outer_len(bytes)? != bytes.len() {
            return Err(if outer_len(bytes)? > bytes.len() {
                ProtocolError::Truncated
            } else {
                ProtocolError::Trailing
            });
        }
        let mut reader = Reader::new(bytes);
        let (_version, suite) = (reader.u8()?, reader.u8()?);
        let erase_hash = reader.array()?;
        let mailbox_tag = reader.array()?;
        let nonce = reader.array()?;
        let commit = reader.array()?;
        let _ct_len = reader.u32()?;
        Ok(Self {
            suite,
            erase_hash,
            mailbox_tag,
            nonce,
            commit,
            ciphertext: reader.rest().to_vec(),
        })
    }
}

fn encode_head(
    erase_hash: &[u8; 32],
    mailbox_tag: &[u8; 16],
    nonce: &[u8; 24],
    commit: &[u8; 32],
    ciphertext_len: usize,
) -> Vec<u8> {
    let mut writer = Writer::with_capacity(OUTER_HEAD);
    writer
        .u8(VERSION)
        .u8(SUITE)
        .bytes(erase_hash)
        .bytes(mailbox_tag)
        .bytes(nonce)
        .bytes(commit)
        .u32(length(ciphertext_len));
    writer.finish()
}

/// How long the envelope at the front of `bytes` says it is, so that concatenated envelopes can be
/// taken apart. The bytes may be longer or shorter than that.
///
/// # Errors
/// `UnknownVersion`, `UnknownSuite`, `TooLarge` above [`OUTER_MAX`], `Truncated` when the first
/// [`OUTER_HEAD`] bytes are not all there, `Malformed` when no tag fits.
pub fn outer_len(bytes: &[u8]) -> Result<usize, ProtocolError> {
    let mut reader = Reader::new(bytes);
    let version = reader.u8()?;
    if version != VERSION {
        return Err(ProtocolError::UnknownVersion(version));
    }
    let suite = reader.u8()?;
    if suite != SUITE {
        return Err(ProtocolError::UnknownSuite(suite));
    }
    reader.bytes(OUTER_HEAD - 6)?;
    let ciphertext = reader.u32()? as usize;
    if ciphertext < AEAD_TAG {
        return Err(ProtocolError::Malformed("ciphertext without a tag"));
    }
    if ciphertext > OUTER_MAX - OUTER_HEAD {
        return Err(ProtocolError::TooLarge {
            what: "envelope",
            max: OUTER_MAX,
        });
    }
    Ok(OUTER_HEAD + ciphertext)
}

/// What the AEAD authenticates beside the plaintext: the outer bytes before the ciphertext, then the
/// space and epoch, which are not sent in clear.
#[must_use]
pub fn outer_aad(
    erase_hash: &[u8; 32],
    mailbox_tag: &[u8; 16],
    nonce: &[u8; 24],
    commit: &[u8; 32],
    ciphertext_len: usize,
    space: &SpaceId,
    epoch: &EpochId,
) -> Vec<u8> {
    let mut aad = encode_head(erase_hash, mailbox_tag, nonce, commit, ciphertext_len);
    aad.extend_from_slice(space.as_bytes());
    aad.extend_from_slice(epoch.as_bytes());
    aad
}
