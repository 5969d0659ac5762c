//! Deterministic CBOR (RFC 8949 section 4.2): maps with integer keys in ascending order, shortest
//! integers, definite lengths. A body is canonical when writing it again gives the same bytes.

use std::convert::Infallible;

use minicbor::data::Type;
use minicbor::{Decoder, Encoder};

use crate::ProtocolError;

/// Writes deterministic CBOR. The caller gives map keys in ascending order.
#[derive(Debug)]
pub struct CborWriter {
    encoder: Encoder<Vec<u8>>,
}

impl Default for CborWriter {
    fn default() -> Self {
        Self::new()
    }
}

fn sure<T>(result: Result<T, minicbor::encode::Error<Infallible>>) {
    result
        .map(drop)
        .expect("writing into memory has no way to fail");
}

impl CborWriter {
    /// Starts empty.
    #[must_use]
    pub fn new() -> Self {
        Self {
            encoder: Encoder::new(Vec::new()),
        }
    }

    /// Opens a map of `len` entries.
    pub fn map(&mut self, len: usize) -> &mut Self {
        sure(self.encoder.map(len as u64));
        self
    }

    /// Opens an array of `len` values.
    pub fn array(&mut self, len: usize) -> &mut Self {
        sure(self.encoder.array(len as u64));
        self
    }

    /// Writes a map key, or any small integer.
    pub fn key(&mut self, key: u8) -> &mut Self {
        sure(self.encoder.u8(key));
        self
    }

    /// Writes an unsigned integer in its shortest form.
    pub fn u64(&mut self, value: u64) -> &mut Self {
        sure(self.encoder.u64(value));
        self
    }

    /// Writes a byte string.
    pub fn bytes(&mut self, value: &[u8]) -> &mut Self {
        sure(self.encoder.bytes(value));
        self
    }

    /// Writes a text string.
    pub fn text(&mut self, value: &str) -> &mut Self {
        sure(self.encoder.str(value));
        self
    }

    /// What was written.
    #[must_use]
    pub fn finish(self) -> Vec<u8> {
        self.encoder.into_writer()
    }
}

/// Reads CBOR of a known shape. Canonical form is checked by [`parse`].
#[derive(Debug)]
pub struct CborReader<'a> {
    decoder: Decoder<'a>,
}

impl<'a> CborReader<'a> {
    /// Starts at the first byte.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Self {
        Self {
            decoder: Decoder::new(bytes),
        }
    }

    /// Opens a map and tells how many entries it has.
    ///
    /// # Errors
    /// `Malformed` unless a map of known length follows.
    pub fn map(&mut self) -> Result<u64, ProtocolError> {
        match self.decoder.map() {
            Ok(Some(len)) => Ok(len),
            _ => Err(ProtocolError::Malformed("a map expected")),
        }
    }

    /// Opens a map of exactly `len` entries.
    ///
    /// # Errors
    /// `Malformed` unless such a map follows.
    pub fn map_of(&mut self, len: u64) -> Result<(), ProtocolError> {
        if self.map()? == len {
            Ok(())
        } else {
            Err(ProtocolError::Malformed("wrong number of fields"))
        }
    }

    /// Opens an array of at most `max` values and tells how many it has.
    ///
    /// # Errors
    /// `TooLarge` above `max`, `Malformed` unless an array of known length follows.
    pub fn array(&mut self, what: &'static str, max: usize) -> Result<usize, ProtocolError> {
        match self.decoder.array() {
            Ok(Some(len)) => match usize::try_from(len) {
                Ok(len) if len <= max => Ok(len),
                _ => Err(ProtocolError::TooLarge { what, max }),
            },
            _ => Err(ProtocolError::Malformed("an array expected")),
        }
    }

    /// Opens an array of exactly `len` values.
    ///
    /// # Errors
    /// `Malformed` unless such an array follows.
    pub fn array_of(&mut self, len: usize) -> Result<(), ProtocolError> {
        match self.decoder.array() {
            Ok(Some(found)) if found == len as u64 => Ok(()),
            _ => Err(ProtocolError::Malformed("wrong number of values")),
        }
    }

    /// Takes the map key `key`.
    ///
    /// # Errors
    /// `Malformed` when another key follows.
    pub fn key(&mut self, key: u8) -> Result<(), ProtocolError> {
        if self.u64()? == u64::from(key) {
            Ok(())
        } else {
            Err(ProtocolError::Malformed("unexpected field"))
        }
    }

    /// Takes an unsigned integer.
    ///
    /// # Errors
    /// `Malformed` when something else follows.
    pub fn u64(&mut self) -> Result<u64, ProtocolError> {
        self.decoder
            .u64()
            .map_err(|_| ProtocolError::Malformed("an unsigned integer expected"))
    }

    /// Takes an unsigned integer below 2^32.
    ///
    /// # Errors
    /// `Malformed` when something else follows.
    pub fn u32(&mut self) -> Result<u32, ProtocolError> {
        u32::try_from(self.u64()?).map_err(|_| ProtocolError::Malformed("integer out of range"))
    }

    /// Takes an unsigned integer below 256.
    ///
    /// # Errors
    /// `Malformed` when something else follows.
    pub fn u8(&mut self) -> Result<u8, ProtocolError> {
        u8::try_from(self.u64()?).map_err(|_| ProtocolError::Malformed("integer out of range"))
    }

    /// Takes a byte string of at most `max` bytes.
    ///
    /// # Errors
    /// `TooLarge` above `max`, `Malformed` when something else follows.
    pub fn bytes(&mut self, what: &'static str, max: usize) -> Result<&'a [u8], ProtocolError> {
        let bytes = self
            .decoder
            .bytes()
            .map_err(|_| ProtocolError::Malformed("a byte string expected"))?;
        if bytes.len() > max {
            return Err(ProtocolError::TooLarge { what, max });
        }
        Ok(bytes)
    }

    /// Takes a byte string of exactly `N` bytes.
    ///
    /// # Errors
    /// `Malformed` when something else follows.
    pub fn byte_array<const N: usize>(&mut self) -> Result<[u8; N], ProtocolError> {
        self.bytes("byte string", N)?
            .try_into()
            .map_err(|_| ProtocolError::Malformed("byte string of the wrong length"))
    }

    /// Takes a text of at most `max` bytes.
    ///
    /// # Errors
    /// `TooLarge` above `max`, `Malformed` when something else follows.
    pub fn text(&mut self, what: &'static str, max: usize) -> Result<&'a str, ProtocolError> {
        let text = self
            .decoder
            .str()
            .map_err(|_| ProtocolError::Malformed("a text expected"))?;
        if text.len() > max {
            return Err(ProtocolError::TooLarge { what, max });
        }
        Ok(text)
    }
}

/// Reads a whole value and refuses every encoding but the one `write` produces.
///
/// # Errors
/// What `read` returns, or `NotCanonical` when writing the value again gives other bytes (this
/// covers bytes that follow the value).
pub fn parse<T>(
    bytes: &[u8],
    read: impl FnOnce(&mut CborReader<'_>) -> Result<T, ProtocolError>,
    write: impl FnOnce(&T, &mut CborWriter),
) -> Result<T, ProtocolError> {
    let value = read(&mut CborReader::new(bytes))?;
    let mut writer = CborWriter::new();
    write(&value, &mut writer);
    if writer.finish() == bytes {
        Ok(value)
    } else {
        Err(ProtocolError::NotCanonical)
    }
}

/// Gives a body type with `fn write(&self, &mut CborWriter)` and `fn read(&mut CborReader)` its
/// public `encode` and `parse`.
macro_rules! cbor_body {
    ($name:ident, $max:expr) => {
        impl $name {
            /// The deterministic CBOR form.
            #[must_use]
            pub fn encode(&self) -> Vec<u8> {
                let mut writer = crate::cbor::CborWriter::new();
                self.write(&mut writer);
                writer.finish()
            }

            /// Reads the deterministic CBOR form; nothing else is accepted.
            ///
            /// # Errors
            /// A [`ProtocolError`](crate::ProtocolError) that says what is wrong.
            pub fn parse(bytes: &[u8]) -> Result<Self, crate::ProtocolError> {
                if bytes.len() > $max {
                    return Err(crate::ProtocolError::TooLarge {
                        what: stringify!($name),
                        max: $max,
                    });
                }
                crate::cbor::parse(bytes, Self::read, Self::write)
            }
        }
    };
}
pub(crate) use cbor_body;

/// Checks that the bytes are exactly one value in deterministic CBOR: shortest integers and lengths,
/// map keys strictly ascending by their encoding, valid UTF-8; no floats, tags or undefined, and at
/// most `depth` levels of arrays and maps.
///
/// # Errors
/// `Malformed`, `NotCanonical` or `Truncated`.
pub fn check_deterministic(bytes: &[u8], depth: usize) -> Result<(), ProtocolError> {
    let mut decoder = Decoder::new(bytes);
    check_value(&mut decoder, depth)?;
    if decoder.position() == bytes.len() {
        Ok(())
    } else {
        Err(ProtocolError::Trailing)
    }
}

fn check_value(decoder: &mut Decoder<'_>, depth: usize) -> Result<(), ProtocolError> {
    const BAD: ProtocolError = ProtocolError::Malformed("CBOR");
    let input = decoder.input();
    let start = decoder.position();
    let initial = *input.get(start).ok_or(ProtocolError::Truncated)?;
    let argument = match initial & 0x1f {
        small @ 0..=23 => u64::from(small),
        width @ 24..=27 => {
            let len = 1usize << (width - 24);
            let raw = input
                .get(start + 1..start + 1 + len)
                .ok_or(ProtocolError::Truncated)?;
            let value = raw
                .iter()
                .fold(0u64, |sum, byte| sum << 8 | u64::from(*byte));
            // Shorter forms exist for everything that fits them.
            let least = [24, 0x100, 0x1_0000, 0x1_0000_0000][usize::from(width - 24)];
            if value < least && initial >> 5 != 7 {
                return Err(ProtocolError::NotCanonical);
            }
            value
        }
        _ => return Err(BAD),
    };
    match decoder.datatype().map_err(|_| BAD)? {
        Type::Bool => decoder.bool().map(drop).map_err(|_| BAD),
        Type::Null => decoder.null().map_err(|_| BAD),
        Type::Bytes => decoder.bytes().map(drop).map_err(|_| BAD),
        Type::String => decoder.str().map(drop).map_err(|_| BAD),
        Type::Array => {
            let inner = depth.checked_sub(1).ok_or(BAD)?;
            decoder.array().map_err(|_| BAD)?;
            (0..argument).try_for_each(|_| check_value(decoder, inner))
        }
        Type::Map => {
            let inner = depth.checked_sub(1).ok_or(BAD)?;
            decoder.map().map_err(|_| BAD)?;
            let mut last: &[u8] = &[];
            for _ in 0..argument {
                let key_start = decoder.position();
                check_value(decoder, inner)?;
                let key = &input[key_start..decoder.position()];
                if key <= last {
                    return Err(ProtocolError::NotCanonical);
                }
                last = key;
                check_value(decoder, inner)?;
            }
            Ok(())
        }
        _ if initial >> 5 <= 1 => decoder.int().map(drop).map_err(|_| BAD),
        _ => Err(BAD),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_shortest_form_of_a_value_is_deterministic() {
        for good in [
            &[0x00][..],
            &[0x18, 24],
            &[0xa2, 0x00, 0x01, 0x01, 0x61, b'x'],
            &[0x83, 0xf4, 0xf6, 0x20],
        ] {
            assert_eq!(check_deterministic(good, 4), Ok(()), "{good:02x?}");
        }
        for bad in [
            &[][..],
            &[0x18, 23],
            &[0x00, 0x00],
            &[0x9f, 0xff],
            &[0xa2, 0x01, 0x00, 0x00, 0x00],
            &[0xa2, 0x01, 0x00, 0x01, 0x00],
            &[0x61, 0xff],
            &[0xf9, 0x00, 0x00],
            &[0xc0, 0x00],
            &[0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
        ] {
            assert!(check_deterministic(bad, 4).is_err(), "{bad:02x?}");
        }
    }

    #[test]
    fn nesting_is_limited() {
        let deep = [0x81; 9]
            .iter()
            .chain(&[0x00])
            .copied()
            .collect::<Vec<u8>>();
        assert!(check_deterministic(&deep, 8).is_err());
        assert_eq!(check_deterministic(&deep[1..], 8), Ok(()));
    }
}
