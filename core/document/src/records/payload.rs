//! Payloads as CBOR maps with small integer keys in ascending order; optional fields are left out.

use std::convert::Infallible;

use belay_model::SharedMoment;
use belay_protocol::ProtocolError;
use minicbor::{Decoder, Encoder};

/// Writes a payload's fields; the map's length is put before them at the end.
pub(super) struct PayloadWriter {
    fields: u64,
    body: Encoder<Vec<u8>>,
}

/// Writing into memory has no way to fail.
fn sure<T>(result: &Result<T, minicbor::encode::Error<Infallible>>) {
    debug_assert!(result.is_ok(), "writing into a vector");
}

impl PayloadWriter {
    pub(super) fn new() -> Self {
        Self {
            fields: 0,
            body: Encoder::new(Vec::new()),
        }
    }

    fn key(&mut self, key: u8) -> &mut Encoder<Vec<u8>> {
        self.fields += 1;
        sure(&self.body.u8(key));
        &mut self.body
    }

    pub(super) fn uint(&mut self, key: u8, value: u64) -> &mut Self {
        sure(&self.key(key).u64(value));
        self
    }

    pub(super) fn int(&mut self, key: u8, value: i64) -> &mut Self {
        sure(&self.key(key).i64(value));
        self
    }

    pub(super) fn text(&mut self, key: u8, value: &str) -> &mut Self {
        sure(&self.key(key).str(value));
        self
    }

    pub(super) fn bytes(&mut self, key: u8, value: &[u8]) -> &mut Self {
        sure(&self.key(key).bytes(value));
        self
    }

    pub(super) fn optional_uint(&mut self, key: u8, value: Option<u64>) -> &mut Self {
        value.into_iter().fold(self, |w, value| w.uint(key, value))
    }

    pub(super) fn optional_text(&mut self, key: u8, value: Option<&str>) -> &mut Self {
        value.into_iter().fold(self, |w, value| w.text(key, value))
    }

    /// A moment takes two keys: `key` the instant, `key + 1` the offset.
    pub(super) fn moment(&mut self, key: u8, moment: SharedMoment) -> &mut Self {
        self.int(key, moment.at_ms())
            .int(key + 1, moment.offset_seconds().into())
    }

    pub(super) fn finish(self) -> Vec<u8> {
        let mut whole = Encoder::new(Vec::new());
        sure(&whole.map(self.fields));
        let mut bytes = whole.into_writer();
        bytes.extend(self.body.into_writer());
        bytes
    }
}

/// Reads a payload's fields in the order of their keys.
pub(super) struct PayloadReader<'a> {
    decoder: Decoder<'a>,
    /// Fields whose key was not taken yet.
    left: u64,
    /// The key in front, if it was taken and its value was not.
    key: Option<u8>,
}

const BAD: ProtocolError = ProtocolError::Malformed("record payload");

impl<'a> PayloadReader<'a> {
    fn new(payload: &'a [u8]) -> Result<Self, ProtocolError> {
        let mut decoder = Decoder::new(payload);
        let left = decoder.map().ok().flatten().ok_or(BAD)?;
        Ok(Self {
            decoder,
            left,
            key: None,
        })
    }

    /// Whether the next field has this key.
    fn is_next(&mut self, key: u8) -> Result<bool, ProtocolError> {
        if self.key.is_none() && self.left > 0 {
            self.key = Some(self.decoder.u8().map_err(|_| BAD)?);
            self.left -= 1;
        }
        let found = self.key == Some(key);
        if found {
            self.key = None;
        }
        Ok(found)
    }

    pub(super) fn optional_uint(&mut self, key: u8) -> Result<Option<u64>, ProtocolError> {
        if !self.is_next(key)? {
            return Ok(None);
        }
        self.decoder.u64().map(Some).map_err(|_| BAD)
    }

    pub(super) fn uint(&mut self, key: u8) -> Result<u64, ProtocolError> {
        self.optional_uint(key)?.ok_or(BAD)
    }

    pub(super) fn int(&mut self, key: u8) -> Result<i64, ProtocolError> {
        if !self.is_next(key)? {
            return Err(BAD);
        }
        self.decoder.i64().map_err(|_| BAD)
    }

    /// A small closed choice by its stable number.
    pub(super) fn optional_choice<T>(
        &mut self,
        key: u8,
        from_number: impl Fn(u8) -> Option<T>,
    ) -> Result<Option<T>, ProtocolError> {
        match self.optional_uint(key)? {
            None => Ok(None),
            Some(number) => u8::try_from(number)
                .ok()
                .and_then(from_number)
                .map(Some)
                .ok_or(BAD),
        }
    }

    pub(super) fn choice<T>(
        &mut self,
        key: u8,
        from_number: impl Fn(u8) -> Option<T>,
    ) -> Result<T, ProtocolError> {
        self.optional_choice(key, from_number)?.ok_or(BAD)
    }

    /// A text that says something, of at most `max` characters.
    pub(super) fn optional_text(
        &mut self,
        key: u8,
        max: usize,
    ) -> Result<Option<String>, ProtocolError> {
        if !self.is_next(key)? {
            return Ok(None);
        }
        let text = self.decoder.str().map_err(|_| BAD)?;
        if text.chars().nth(max).is_some() {
            return Err(ProtocolError::TooLarge { what: "text", max });
        }
        if text.trim().is_empty() {
            return Err(BAD);
        }
        Ok(Some(text.to_owned()))
    }

    pub(super) fn text(&mut self, key: u8, max: usize) -> Result<String, ProtocolError> {
        self.optional_text(key, max)?.ok_or(BAD)
    }

    pub(super) fn optional_bytes(
        &mut self,
        key: u8,
        max: usize,
    ) -> Result<Option<&'a [u8]>, ProtocolError> {
        if !self.is_next(key)? {
            return Ok(None);
        }
        let bytes = self.decoder.bytes().map_err(|_| BAD)?;
        if bytes.len() > max {
            return Err(ProtocolError::TooLarge { what: "bytes", max });
        }
        Ok(Some(bytes))
    }

    pub(super) fn array<const N: usize>(&mut self, key: u8) -> Result<[u8; N], ProtocolError> {
        self.optional_bytes(key, N)?
            .and_then(|bytes| bytes.try_into().ok())
            .ok_or(BAD)
    }

    pub(super) fn moment(&mut self, key: u8) -> Result<SharedMoment, ProtocolError> {
        let at_ms = self.int(key)?;
        let offset = i32::try_from(self.int(key + 1)?).map_err(|_| BAD)?;
        SharedMoment::new(at_ms, offset).map_err(|_| BAD)
    }
}

/// Reads a whole payload and accepts only the bytes that writing the value again gives; this covers
/// unknown fields, trailing bytes and every second form of a number or text.
pub(super) fn read_payload<T>(
    payload: &[u8],
    read: impl FnOnce(&mut PayloadReader<'_>) -> Result<T, ProtocolError>,
    write: impl FnOnce(&T) -> Vec<u8>,
) -> Result<T, ProtocolError> {
    let value = read(&mut PayloadReader::new(payload)?)?;
    if write(&value) == payload {
        Ok(value)
    } else {
        Err(ProtocolError::NotCanonical)
    }
}
