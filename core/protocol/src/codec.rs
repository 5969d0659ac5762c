//! Fixed layouts: little-endian integers and byte strings, read strictly.

use crate::ProtocolError;

/// Reads fixed layouts from the front of a byte string.
#[derive(Debug, Clone)]
pub struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// Starts at the first byte.
    #[must_use]
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// How many bytes are left.
    #[must_use]
    pub const fn remaining(&self) -> usize {
        self.rest.len()
    }

    /// Takes `len` bytes.
    ///
    /// # Errors
    /// `Truncated` when fewer are left.
    pub fn bytes(&mut self, len: usize) -> Result<&'a [u8], ProtocolError> {
        let (taken, rest) = self
            .rest
            .split_at_checked(len)
            .ok_or(ProtocolError::Truncated)?;
        self.rest = rest;
        Ok(taken)
    }

    /// Takes `N` bytes.
    ///
    /// # Errors
    /// `Truncated` when fewer are left.
    pub fn array<const N: usize>(&mut self) -> Result<[u8; N], ProtocolError> {
        let (taken, rest) = self
            .rest
            .split_first_chunk::<N>()
            .ok_or(ProtocolError::Truncated)?;
        self.rest = rest;
        Ok(*taken)
    }

    /// Takes one byte.
    ///
    /// # Errors
    /// `Truncated` at the end.
    pub fn u8(&mut self) -> Result<u8, ProtocolError> {
        Ok(self.array::<1>()?[0])
    }

    /// Takes a little-endian `u16`.
    ///
    /// # Errors
    /// `Truncated` when fewer than two bytes are left.
    pub fn u16(&mut self) -> Result<u16, ProtocolError> {
        Ok(u16::from_le_bytes(self.array()?))
    }

    /// Takes a little-endian `u32`.
    ///
    /// # Errors
    /// `Truncated` when fewer than four bytes are left.
    pub fn u32(&mut self) -> Result<u32, ProtocolError> {
        Ok(u32::from_le_bytes(self.array()?))
    }

    /// Takes a little-endian `u64`.
    ///
    /// # Errors
    /// `Truncated` when fewer than eight bytes are left.
    pub fn u64(&mut self) -> Result<u64, ProtocolError> {
        Ok(u64::from_le_bytes(self.array()?))
    }

    /// Takes a `u32` length, checks it against `max`, then takes that many bytes.
    ///
    /// # Errors
    /// `TooLarge` above `max`, `Truncated` when fewer are left.
    pub fn prefixed(&mut self, what: &'static str, max: usize) -> Result<&'a [u8], ProtocolError> {
        let len = self.u32()? as usize;
        if len > max {
            return Err(ProtocolError::TooLarge { what, max });
        }
        self.bytes(len)
    }

    /// Takes everything that is left.
    pub fn rest(&mut self) -> &'a [u8] {
        std::mem::take(&mut self.rest)
    }

    /// Ends the reading.
    ///
    /// # Errors
    /// `Trailing` when bytes are left.
    pub fn finish(self) -> Result<(), ProtocolError> {
        if self.rest.is_empty() {
            Ok(())
        } else {
            Err(ProtocolError::Trailing)
        }
    }
}

/// Appends fixed layouts to a byte string.
#[derive(Debug, Clone, Default)]
pub struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    /// Starts empty.
    #[must_use]
    pub const fn new() -> Self {
        Self { bytes: Vec::new() }
    }

    /// Starts empty with room for `capacity` bytes.
    #[must_use]
    pub fn with_capacity(capacity: usize) -> Self {
        Self {
            bytes: Vec::with_capacity(capacity),
        }
    }

    /// Appends one byte.
    pub fn u8(&mut self, value: u8) -> &mut Self {
        self.bytes.push(value);
        self
    }

    /// Appends a little-endian `u16`.
    pub fn u16(&mut self, value: u16) -> &mut Self {
        self.bytes(&value.to_le_bytes())
    }

    /// Appends a little-endian `u32`.
    pub fn u32(&mut self, value: u32) -> &mut Self {
        self.bytes(&value.to_le_bytes())
    }

    /// Appends a little-endian `u64`.
    pub fn u64(&mut self, value: u64) -> &mut Self {
        self.bytes(&value.to_le_bytes())
    }

    /// Appends bytes as they are.
    pub fn bytes(&mut self, value: &[u8]) -> &mut Self {
        self.bytes.extend_from_slice(value);
        self
    }

    /// Appends a `u32` length and the bytes.
    pub fn prefixed(&mut self, value: &[u8]) -> &mut Self {
        self.u32(length(value.len())).bytes(value)
    }

    /// What was written.
    #[must_use]
    pub fn finish(self) -> Vec<u8> {
        self.bytes
    }
}

/// A length as the formats write it.
pub(crate) fn length(len: usize) -> u32 {
    u32::try_from(len).expect("everything written here is far below 4 GiB")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let mut writer = Writer::new();
        writer.u8(1).u16(2).u32(3).u64(4).prefixed(b"five");
        let bytes = writer.finish();
        let mut reader = Reader::new(&bytes);
        assert_eq!(reader.u8().unwrap(), 1);
        assert_eq!(reader.u16().unwrap(), 2);
        assert_eq!(reader.u32().unwrap(), 3);
        assert_eq!(reader.u64().unwrap(), 4);
        assert_eq!(reader.prefixed("text", 4).unwrap(), b"five");
        reader.finish().unwrap();
    }

    #[test]
    fn a_length_above_its_limit_is_refused_before_the_bytes_are_looked_at() {
        let mut reader = Reader::new(&[5, 0, 0, 0]);
        assert_eq!(
            reader.prefixed("text", 4),
            Err(ProtocolError::TooLarge {
                what: "text",
                max: 4
            })
        );
    }

    #[test]
    fn bytes_left_over_are_refused() {
        assert_eq!(Reader::new(&[0]).finish(), Err(ProtocolError::Trailing));
    }
}
