//! `blob manifest`: an attachment, and what opens its blobs.

use std::fmt;

use belay_model::{DocName, EpochId};

use crate::ProtocolError;
use crate::cbor::{CborReader, CborWriter, cbor_body};
use crate::limits::{
    AEAD_TAG, ATTACHMENT_MAX, BLOB_CHUNK, ITEM_BODY_MAX, MANIFEST_MEDIA_TYPE_MAX,
    MANIFEST_NAME_MAX, NUMBER_MAX, PADDED_MIN, THUMBNAIL_MAX,
};
use crate::plain::padme;

/// What an attachment is to the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttachmentSort {
    /// A picture.
    Photo,
    /// Something spoken.
    Voice,
    /// Any file.
    File,
}

impl AttachmentSort {
    const fn number(self) -> u64 {
        match self {
            Self::Photo => 1,
            Self::Voice => 2,
            Self::File => 3,
        }
    }
}

/// One blob: where it is, what opens it, and how much is in it.
#[derive(Clone, PartialEq, Eq)]
pub struct ManifestBlob {
    /// Its id at relays and in files.
    pub id: [u8; 32],
    /// Its key. As secret as what is in it.
    pub key: [u8; 32],
    /// Bytes of what is in it, without padding.
    pub length: u64,
}

impl fmt::Debug for ManifestBlob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ManifestBlob(..)")
    }
}

impl ManifestBlob {
    /// Bytes of the sealed blob.
    #[must_use]
    pub const fn sealed_len(&self) -> u64 {
        sealed_blob_len(self.length)
    }

    fn write(&self, writer: &mut CborWriter) {
        writer
            .array(3)
            .bytes(&self.id)
            .bytes(&self.key)
            .u64(self.length);
    }

    fn read(reader: &mut CborReader<'_>, max: u64) -> Result<Self, ProtocolError> {
        reader.array_of(3)?;
        let (id, key) = (reader.byte_array()?, reader.byte_array()?);
        let length = reader.u64()?;
        if length > max {
            return Err(ProtocolError::TooLarge {
                what: "attachment",
                max: usize::try_from(max).unwrap_or(usize::MAX),
            });
        }
        Ok(Self { id, key, length })
    }
}

/// The body of a `blob manifest` item. It is the one item of its document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManifestBody {
    /// The journal entry it belongs to; in a space with others, the passage.
    pub entry: DocName,
    /// What it is.
    pub sort: AttachmentSort,
    /// What the person calls it; may be empty.
    pub name: String,
    /// Its media type, such as `image/jpeg`; may be empty.
    pub media_type: String,
    /// When it was added, in milliseconds since 1970.
    pub at_ms: u64,
    /// The epoch whose mailbox the blobs go to, where a relay keeps a copy.
    pub epoch: EpochId,
    /// The attachment.
    pub blob: ManifestBlob,
    /// A small picture of it.
    pub thumbnail: Option<ManifestBlob>,
}

impl ManifestBody {
    /// The blobs, the small one first.
    pub fn blobs(&self) -> impl Iterator<Item = &ManifestBlob> {
        self.thumbnail.iter().chain([&self.blob])
    }

    fn write(&self, writer: &mut CborWriter) {
        writer.map(7 + usize::from(self.thumbnail.is_some()));
        writer.key(0).bytes(self.entry.as_bytes());
        writer.key(1).u64(self.sort.number());
        writer.key(2).text(&self.name);
        writer.key(3).text(&self.media_type);
        writer.key(4).u64(self.at_ms);
        writer.key(5).bytes(self.epoch.as_bytes());
        writer.key(6);
        self.blob.write(writer);
        if let Some(thumbnail) = &self.thumbnail {
            writer.key(7);
            thumbnail.write(writer);
        }
    }

    fn read(reader: &mut CborReader<'_>) -> Result<Self, ProtocolError> {
        let entries = reader.map()?;
        if !(7..=8).contains(&entries) {
            return Err(ProtocolError::Malformed("manifest"));
        }
        reader.key(0)?;
        let entry = DocName::from_bytes(reader.byte_array()?);
        reader.key(1)?;
        let sort = match reader.u8()? {
            1 => AttachmentSort::Photo,
            2 => AttachmentSort::Voice,
            3 => AttachmentSort::File,
            other => return Err(ProtocolError::UnknownKind(other)),
        };
        reader.key(2)?;
        let name = reader.text("name", MANIFEST_NAME_MAX)?.to_owned();
        reader.key(3)?;
        let media_type = reader
            .text("media type", MANIFEST_MEDIA_TYPE_MAX)?
            .to_owned();
        reader.key(4)?;
        let at_ms = reader.u64()?;
        if at_ms > NUMBER_MAX {
            return Err(ProtocolError::Malformed("a number beyond 2^63"));
        }
        reader.key(5)?;
        let epoch = EpochId::from_bytes(reader.byte_array()?);
        reader.key(6)?;
        let blob = ManifestBlob::read(reader, ATTACHMENT_MAX)?;
        let thumbnail = if entries == 8 {
            reader.key(7)?;
            Some(ManifestBlob::read(reader, THUMBNAIL_MAX)?)
        } else {
            None
        };
        if thumbnail.as_ref().is_some_and(|small| small.id == blob.id) {
            return Err(ProtocolError::Malformed("two blobs of one id"));
        }
        Ok(Self {
            entry,
            sort,
            name,
            media_type,
            at_ms,
            epoch,
            blob,
            thumbnail,
        })
    }
}

cbor_body!(ManifestBody, ITEM_BODY_MAX);

/// Bytes of what is in a blob with its padding: Padme, at least [`PADDED_MIN`].
#[must_use]
pub const fn padded_blob_len(length: u64) -> u64 {
    if length <= PADDED_MIN as u64 {
        return PADDED_MIN as u64;
    }
    padme(length as usize) as u64
}

/// Bytes of a sealed blob: chunks of [`BLOB_CHUNK`] bytes, each with a tag.
#[must_use]
pub const fn sealed_blob_len(length: u64) -> u64 {
    let padded = padded_blob_len(length);
    padded + padded.div_ceil(BLOB_CHUNK as u64) * AEAD_TAG as u64
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;
    use crate::relay::limits::BLOB_BYTES_MAX;

    fn manifest(thumbnail: bool) -> ManifestBody {
        ManifestBody {
            entry: DocName::from_bytes([1; 16]),
            sort: AttachmentSort::Photo,
            name: "lake.jpg".to_owned(),
            media_type: "image/jpeg".to_owned(),
            at_ms: 1_772_476_200_000,
            epoch: EpochId::from_bytes([2; 32]),
            blob: ManifestBlob {
                id: [3; 32],
                key: [4; 32],
                length: 2_000_000,
            },
            thumbnail: thumbnail.then_some(ManifestBlob {
                id: [5; 32],
                key: [6; 32],
                length: 9_000,
            }),
        }
    }

    #[test]
    fn a_manifest_is_read_as_written_with_and_without_a_small_picture() {
        for thumbnail in [true, false] {
            let manifest = manifest(thumbnail);
            assert_eq!(ManifestBody::parse(&manifest.encode()), Ok(manifest));
        }
    }

    #[test]
    fn what_is_too_large_or_names_one_blob_twice_is_refused() {
        let mut large = manifest(true);
        large.blob.length = ATTACHMENT_MAX + 1;
        assert!(ManifestBody::parse(&large.encode()).is_err());
        let mut large = manifest(true);
        large.thumbnail.as_mut().unwrap().length = THUMBNAIL_MAX + 1;
        assert!(ManifestBody::parse(&large.encode()).is_err());
        let mut twice = manifest(true);
        twice.thumbnail.as_mut().unwrap().id = twice.blob.id;
        assert!(ManifestBody::parse(&twice.encode()).is_err());
    }

    #[test]
    fn keys_stand_in_no_debug_output() {
        let shown = format!("{:?}", manifest(true));
        assert!(
            !shown.contains("4, 4") && !shown.contains("0404"),
            "{shown}"
        );
    }

    #[test]
    fn the_largest_attachment_fits_the_largest_blob() {
        assert!(sealed_blob_len(ATTACHMENT_MAX) <= BLOB_BYTES_MAX);
        assert_eq!(sealed_blob_len(0), 512 + 16);
        assert_eq!(sealed_blob_len(65_536), 65_536 + 16);
        assert_eq!(sealed_blob_len(65_537), 67_584 + 32);
    }
}
