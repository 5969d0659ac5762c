//! A cursor over untrusted bytes: every number in its one shortest form.

use super::RejectReason;

/// Reads from the front of a slice and never past its end.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'a> {
    rest: &'a [u8],
}

impl<'a> Cursor<'a> {
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    pub(super) const fn len(&self) -> usize {
        self.rest.len()
    }

    pub(super) fn take(&mut self, count: usize) -> Result<&'a [u8], RejectReason> {
        if count > self.rest.len() {
            return Err(RejectReason::Truncated);
        }
        let (taken, rest) = self.rest.split_at(count);
        self.rest = rest;
        Ok(taken)
    }

    pub(super) fn array<const N: usize>(&mut self) -> Result<[u8; N], RejectReason> {
        let taken = self.take(N)?;
        Ok(std::array::from_fn(|i| taken[i]))
    }

    pub(super) fn byte(&mut self) -> Result<u8, RejectReason> {
        Ok(self.take(1)?[0])
    }

    /// Takes as many bytes as a length read from the input says.
    pub(super) fn take_long(&mut self, count: u64) -> Result<&'a [u8], RejectReason> {
        self.take(usize::try_from(count).map_err(|_| RejectReason::Truncated)?)
    }

    /// Unsigned LEB128, shortest form, at most 64 bits.
    pub(super) fn unsigned(&mut self) -> Result<u64, RejectReason> {
        let mut value = 0u64;
        for index in 0..10u32 {
            let byte = self.byte()?;
            // The tenth byte holds the 64th bit and nothing else.
            if index == 9 && byte > 1 {
                return Err(RejectReason::Leb128);
            }
            value |= u64::from(byte & 0x7f) << (7 * index);
            if byte & 0x80 == 0 {
                if byte == 0 && index > 0 {
                    return Err(RejectReason::Leb128);
                }
                return Ok(value);
            }
        }
        Err(RejectReason::Leb128)
    }

    /// Signed LEB128, shortest form, at most 64 bits.
    pub(super) fn signed(&mut self) -> Result<i64, RejectReason> {
        let mut value = 0i64;
        let mut previous = 0u8;
        for index in 0..10u32 {
            let byte = self.byte()?;
            // The tenth byte holds the sign bit alone: all zeros or all ones.
            if index == 9 && byte != 0 && byte != 0x7f {
                return Err(RejectReason::Leb128);
            }
            value |= i64::from(byte & 0x7f) << (7 * index);
            if byte & 0x80 == 0 {
                let redundant =
                    (byte == 0 && previous & 0x40 == 0) || (byte == 0x7f && previous & 0x40 != 0);
                if index > 0 && redundant {
                    return Err(RejectReason::Leb128);
                }
                if byte & 0x40 != 0 && index < 9 {
                    value |= -1i64 << (7 * (index + 1));
                }
                return Ok(value);
            }
            previous = byte;
        }
        Err(RejectReason::Leb128)
    }

    /// A length in unsigned LEB128, then that many bytes.
    pub(super) fn prefixed(&mut self) -> Result<&'a [u8], RejectReason> {
        let length = self.unsigned()?;
        self.take_long(length)
    }
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::panic,
        reason = "a test may stop at the first surprise"
    )]
    use super::*;

    fn unsigned(bytes: &[u8]) -> Result<u64, RejectReason> {
        let mut cursor = Cursor::new(bytes);
        cursor.unsigned().inspect(|_| assert!(cursor.is_empty()))
    }

    fn signed(bytes: &[u8]) -> Result<i64, RejectReason> {
        let mut cursor = Cursor::new(bytes);
        cursor.signed().inspect(|_| assert!(cursor.is_empty()))
    }

    #[test]
    fn only_the_shortest_form_of_a_number_is_read() {
        assert_eq!(unsigned(&[0]), Ok(0));
        assert_eq!(unsigned(&[0x80, 1]), Ok(128));
        assert_eq!(
            unsigned(&[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1]),
            Ok(u64::MAX)
        );
        for long in [&[0x80, 0][..], &[0x81, 0x80, 0], &[0xff; 11], &[0x80; 10]] {
            assert_eq!(unsigned(long), Err(RejectReason::Leb128));
        }
        assert_eq!(unsigned(&[0x80]), Err(RejectReason::Truncated));

        for value in [0, 1, -1, 63, 64, -64, -65, 8191, -8192, i64::MAX, i64::MIN] {
            assert_eq!(signed(&crate::changes::forge::signed(value)), Ok(value));
        }
        for long in [
            &[0x80, 0][..],
            &[0xff, 0x7f],
            &[0xbf, 0],
            &[0x81, 0xff, 0x7f],
        ] {
            assert_eq!(signed(long), Err(RejectReason::Leb128));
        }
    }
}
