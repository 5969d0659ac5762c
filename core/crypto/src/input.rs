//! What is hashed or signed: the label, one zero byte, then fields. Integers are little-endian,
//! fields of variable length carry a `u32` length before them, fields of fixed length do not. Two
//! different lists of fields therefore never give the same bytes.

use belay_model::ItemId;

/// Bytes to hash or sign, under construction.
pub(crate) struct Input(Vec<u8>);

impl Input {
    /// Starts with a label from [`crate::label`].
    pub(crate) fn new(label: &str) -> Self {
        let mut bytes = Vec::with_capacity(256);
        bytes.extend_from_slice(label.as_bytes());
        bytes.push(0);
        Self(bytes)
    }

    /// A field whose length the construction fixes.
    pub(crate) fn fixed<const N: usize>(mut self, field: &[u8; N]) -> Self {
        self.0.extend_from_slice(field);
        self
    }

    /// A field of variable length.
    pub(crate) fn variable(mut self, field: &[u8]) -> Self {
        let len = u32::try_from(field.len()).expect("no field comes near 4 GiB");
        self.0.extend_from_slice(&len.to_le_bytes());
        self.0.extend_from_slice(field);
        self
    }

    /// Heads, as one field of variable length.
    pub(crate) fn heads(self, heads: &[ItemId]) -> Self {
        let bytes: Vec<u8> = heads
            .iter()
            .flat_map(|head| head.as_bytes().iter().copied())
            .collect();
        self.variable(&bytes)
    }

    pub(crate) fn u8(mut self, field: u8) -> Self {
        self.0.push(field);
        self
    }

    pub(crate) fn u64(mut self, field: u64) -> Self {
        self.0.extend_from_slice(&field.to_le_bytes());
        self
    }

    /// The bytes to sign or to authenticate.
    pub(crate) fn bytes(self) -> Vec<u8> {
        self.0
    }

    /// Their BLAKE3 hash.
    pub(crate) fn hash(self) -> [u8; 32] {
        *blake3::hash(&self.0).as_bytes()
    }

    /// The first 16 bytes of their BLAKE3 hash.
    pub(crate) fn short_hash(self) -> [u8; 16] {
        first(&self.hash())
    }
}

/// The first `N` of 32 bytes.
pub(crate) fn first<const N: usize>(hash: &[u8; 32]) -> [u8; N] {
    *hash.first_chunk().expect("asked for at most 32 bytes")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moving_a_byte_from_one_field_to_the_next_changes_the_input() {
        let one = Input::new("belay/v1/test")
            .variable(b"ab")
            .variable(b"c")
            .bytes();
        let other = Input::new("belay/v1/test")
            .variable(b"a")
            .variable(b"bc")
            .bytes();
        assert_ne!(one, other);
    }

    #[test]
    fn the_layout_is_label_zero_fields() {
        let bytes = Input::new("l")
            .u8(1)
            .u64(2)
            .fixed(&[3])
            .variable(&[4])
            .bytes();
        assert_eq!(
            bytes,
            [b'l', 0, 1, 2, 0, 0, 0, 0, 0, 0, 0, 3, 1, 0, 0, 0, 4]
        );
    }
}
