//! Attachments: a file of any length sealed in chunks, so that it is written and read without ever being whole in
//! memory. STREAM with XChaCha20-Poly1305, a random key for each file, 64 KiB a chunk; the padding is inside.
//!
//! The nonce of a chunk is 19 zeros (the key is used for one file only), the chunk's number and whether it is the
//! last: chunks cannot be left out, put in another order, or end early. The blob's id is authenticated with each.

use aead_stream::{NewStream, StreamBE32, StreamPrimitive};
use belay_protocol::limits::{AEAD_TAG, BLOB_CHUNK};
use belay_protocol::padded_blob_len;
use chacha20poly1305::{KeyInit, XChaCha20Poly1305};

use crate::derive::hkdf;
use crate::input::Input;
use crate::secret::secret;
use crate::{CryptoError, EraseKey, label};

secret!(
    /// The key of one attachment; it stands in its manifest and nowhere else. Wiped when dropped.
    BlobKey
);

/// The token that erases a blob at a relay. Secret until it is used.
#[must_use]
pub fn blob_erase_token(key: &EraseKey, blob: &[u8; 32]) -> [u8; 32] {
    *hkdf(key.bytes(), Some(blob), label::BLOB_ERASE)
}

struct Chunks {
    stream: StreamBE32<XChaCha20Poly1305>,
    aad: Vec<u8>,
    position: u32,
}

impl Chunks {
    fn new(key: &BlobKey, blob: &[u8; 32]) -> Self {
        let aead = XChaCha20Poly1305::new(&(*key.bytes()).into());
        Self {
            stream: StreamBE32::from_aead(aead, &[0; 19].into()),
            aad: Input::new(label::BLOB).fixed(blob).bytes(),
            position: 0,
        }
    }
}

/// Seals one attachment, chunk by chunk.
pub struct BlobSealer {
    chunks: Chunks,
    bytes: u64,
    ended: bool,
}

impl BlobSealer {
    /// Begins with a key that is used for nothing else.
    #[must_use]
    pub fn new(key: &BlobKey, blob: &[u8; 32]) -> Self {
        Self {
            chunks: Chunks::new(key, blob),
            bytes: 0,
            ended: false,
        }
    }

    /// Seals a chunk of [`BLOB_CHUNK`] bytes in its place; it grows by a tag. Padding is the caller's.
    ///
    /// # Errors
    /// `WrongLength` for another length or after the last chunk.
    pub fn seal(&mut self, chunk: &mut Vec<u8>, last: bool) -> Result<(), CryptoError> {
        let fits = if last {
            (1..=BLOB_CHUNK).contains(&chunk.len())
        } else {
            chunk.len() == BLOB_CHUNK
        };
        if self.ended || !fits {
            return Err(CryptoError::WrongLength);
        }
        self.bytes += chunk.len() as u64;
        self.ended = last;
        let Chunks {
            stream,
            aad,
            position,
        } = &mut self.chunks;
        stream
            .encrypt_in_place(*position, last, aad, chunk)
            .map_err(|_| CryptoError::WrongLength)?;
        *position += 1;
        Ok(())
    }
}

/// Opens one attachment, chunk by chunk.
pub struct BlobOpener {
    chunks: Chunks,
    /// What is still to come, without and with padding.
    plain: u64,
    padded: u64,
}

impl BlobOpener {
    /// Begins; the length is the attachment's own, as its manifest says.
    #[must_use]
    pub fn new(key: &BlobKey, blob: &[u8; 32], length: u64) -> Self {
        Self {
            chunks: Chunks::new(key, blob),
            plain: length,
            padded: padded_blob_len(length),
        }
    }

    /// Bytes of the next sealed chunk; 0 after the last.
    #[must_use]
    pub fn next_len(&self) -> usize {
        match usize::try_from(self.padded.min(BLOB_CHUNK as u64)) {
            Ok(0) | Err(_) => 0,
            Ok(plain) => plain + AEAD_TAG,
        }
    }

    /// Opens the next chunk in its place and takes padding away. What is left of it is the attachment's.
    ///
    /// # Errors
    /// `DoesNotOpen` for anything but the chunk that was sealed for this place, with zeros for padding.
    pub fn open(&mut self, chunk: &mut Vec<u8>) -> Result<(), CryptoError> {
        if chunk.is_empty() || chunk.len() != self.next_len() {
            return Err(CryptoError::DoesNotOpen);
        }
        let here = (chunk.len() - AEAD_TAG) as u64;
        let last = here == self.padded;
        let Chunks {
            stream,
            aad,
            position,
        } = &mut self.chunks;
        stream
            .decrypt_in_place(*position, last, aad, chunk)
            .map_err(|_| CryptoError::DoesNotOpen)?;
        *position += 1;
        self.padded -= here;
        let of_it = self.plain.min(here);
        self.plain -= of_it;
        let of_it = usize::try_from(of_it).unwrap_or(chunk.len());
        if chunk[of_it..].iter().any(|byte| *byte != 0) {
            return Err(CryptoError::DoesNotOpen);
        }
        chunk.truncate(of_it);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use belay_protocol::sealed_blob_len;

    use super::*;

    const ID: [u8; 32] = [7; 32];

    fn key() -> BlobKey {
        BlobKey::from_bytes([3; 32])
    }

    fn seal(plain: &[u8]) -> Vec<Vec<u8>> {
        let mut padded = plain.to_vec();
        padded.resize(
            usize::try_from(padded_blob_len(plain.len() as u64)).unwrap(),
            0,
        );
        let mut sealer = BlobSealer::new(&key(), &ID);
        let count = padded.len().div_ceil(BLOB_CHUNK);
        let mut chunks = Vec::new();
        for (n, chunk) in padded.chunks(BLOB_CHUNK).enumerate() {
            let mut chunk = chunk.to_vec();
            sealer.seal(&mut chunk, n + 1 == count).unwrap();
            chunks.push(chunk);
        }
        chunks
    }

    fn open_as(id: &[u8; 32], length: usize, chunks: &[Vec<u8>]) -> Result<Vec<u8>, CryptoError> {
        let mut opener = BlobOpener::new(&key(), id, length as u64);
        let mut plain = Vec::new();
        for chunk in chunks {
            let mut chunk = chunk.clone();
            opener.open(&mut chunk)?;
            plain.extend(chunk);
        }
        if opener.next_len() == 0 {
            Ok(plain)
        } else {
            Err(CryptoError::DoesNotOpen)
        }
    }

    fn plain(length: usize) -> Vec<u8> {
        (0..length)
            .map(|n| u8::try_from(n % 251).unwrap())
            .collect()
    }

    #[test]
    fn whatever_its_length_a_file_comes_out_as_it_went_in() {
        for length in [0, 1, 511, 512, 513, 65_536, 65_537, 200_000, 262_144] {
            let chunks = seal(&plain(length));
            let sealed: usize = chunks.iter().map(Vec::len).sum();
            assert_eq!(sealed as u64, sealed_blob_len(length as u64), "{length}");
            assert_eq!(open_as(&ID, length, &chunks).unwrap(), plain(length));
        }
    }

    #[test]
    fn chunks_in_another_order_left_out_or_of_another_blob_do_not_open() {
        let chunks = seal(&plain(200_000));
        let mut swapped = chunks.clone();
        swapped.swap(0, 1);
        assert!(open_as(&ID, 200_000, &swapped).is_err());
        assert!(open_as(&ID, 200_000, &chunks[1..]).is_err());
        assert!(open_as(&ID, 200_000, &chunks[..chunks.len() - 1]).is_err());
        assert!(open_as(&[8; 32], 200_000, &chunks).is_err());
        let twice: Vec<_> = chunks.iter().chain(&chunks).cloned().collect();
        assert!(open_as(&ID, 200_000, &twice).is_err());
    }

    #[test]
    fn the_first_chunks_of_a_longer_file_are_no_shorter_file() {
        let chunks = seal(&plain(4 * BLOB_CHUNK));
        assert!(open_as(&ID, 2 * BLOB_CHUNK, &chunks[..2]).is_err());
    }

    #[test]
    fn a_changed_byte_or_length_is_noticed() {
        let chunks = seal(&plain(70_000));
        for (chunk, at) in [(0, 0), (0, 65_551), (1, 9), (1, 5_000)] {
            let mut changed = chunks.clone();
            if at < changed[chunk].len() {
                changed[chunk][at] ^= 1;
                assert!(open_as(&ID, 70_000, &changed).is_err(), "{chunk} {at}");
            }
        }
        assert!(
            open_as(&ID, 69_999, &chunks).is_err(),
            "padding that is not zero"
        );
    }

    #[test]
    fn nothing_is_sealed_out_of_turn() {
        let mut sealer = BlobSealer::new(&key(), &ID);
        assert!(sealer.seal(&mut vec![0; 10], false).is_err());
        assert!(sealer.seal(&mut vec![0; BLOB_CHUNK + 1], true).is_err());
        sealer.seal(&mut vec![0; 10], true).unwrap();
        assert!(sealer.seal(&mut vec![0; 10], true).is_err());
    }
}
