//! A file bundle: sealed envelopes in a file, for any way a file can travel. Nothing is in clear that a relay
//! would not see, too.
//!
//! ```text
//! file = magic[8] | ver u8 | part* | end
//! part = tag u8 | len u32 | body[len]        tag 1 envelopes, 2 piece of a blob; others are a newer Belay's
//! piece of a blob = id[32] | total u64 | offset u64 | bytes        1 byte to 1 MiB
//! end  = part of tag 0 with the body: bytes u64, all of the file before it
//! ```
//! It is read piece by piece: what came so far can be used, and how it ends says whether anything is missing.

use crate::ProtocolError;
use crate::codec::{Reader, Writer, length};
use crate::limits::{FILE_PART_MAX, VERSION};
use crate::relay::limits::{BLOB_BYTES_MAX, BLOB_PART_MAX};
use crate::relay::split_envelopes;

/// What every file bundle begins with; what mangles line ends or the eighth bit shows at once.
pub const FILE_MAGIC: [u8; 8] = *b"\x89BELAY\r\n";

/// Bytes before the first part.
const HEAD: usize = FILE_MAGIC.len() + 1;
/// Bytes of a part before its body.
const PART_HEAD: usize = 1 + 4;

const END: u8 = 0;
const ENVELOPES: u8 = 1;
const BLOB: u8 = 2;

/// A piece of a sealed attachment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileBlob {
    /// The blob's id.
    pub id: [u8; 32],
    /// Bytes of the whole blob.
    pub total: u64,
    /// Where the piece begins.
    pub offset: u64,
    /// The piece, at most 1 MiB.
    pub bytes: Vec<u8>,
}

impl FileBlob {
    fn encode(&self) -> Vec<u8> {
        let mut writer = Writer::with_capacity(48 + self.bytes.len());
        writer.bytes(&self.id).u64(self.total).u64(self.offset);
        writer.bytes(&self.bytes);
        writer.finish()
    }

    fn parse(body: &[u8]) -> Result<Self, ProtocolError> {
        let mut reader = Reader::new(body);
        let piece = Self {
            id: reader.array()?,
            total: reader.u64()?,
            offset: reader.u64()?,
            bytes: reader.rest().to_vec(),
        };
        let end = piece.offset.checked_add(piece.bytes.len() as u64);
        let inside = end.is_some_and(|end| end <= piece.total);
        let fits = (1..=BLOB_PART_MAX).contains(&piece.bytes.len());
        if !inside || !fits || piece.total > BLOB_BYTES_MAX {
            return Err(ProtocolError::Malformed("a piece of a blob"));
        }
        Ok(piece)
    }
}

/// One part of a file bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FilePart {
    /// 1 to 64 envelopes of together at most 1 MiB.
    Envelopes(Vec<Vec<u8>>),
    /// A piece of a sealed attachment; those of one blob stand in order.
    Blob(FileBlob),
    /// Something that a newer Belay knows; only its tag.
    Newer(u8),
}

impl FilePart {
    fn parse(tag: u8, body: &[u8]) -> Result<Self, ProtocolError> {
        Ok(match tag {
            ENVELOPES => {
                let envelopes = split_envelopes(body)?;
                let bytes = envelopes.iter().map(|one| one.bytes().to_vec());
                Self::Envelopes(bytes.collect())
            }
            BLOB => Self::Blob(FileBlob::parse(body)?),
            newer => Self::Newer(newer),
        })
    }
}

/// Makes a file bundle, one piece after the other.
#[derive(Debug, Default)]
pub struct FileWriter {
    written: u64,
}

impl FileWriter {
    /// The first bytes.
    pub fn begin(&mut self) -> Vec<u8> {
        let mut writer = Writer::with_capacity(HEAD);
        writer.bytes(&FILE_MAGIC).u8(VERSION);
        self.count(writer.finish())
    }

    /// A part of envelopes: 1 to 64 of them, together at most 1 MiB.
    pub fn envelopes(&mut self, envelopes: &[Vec<u8>]) -> Vec<u8> {
        let body = envelopes.concat();
        debug_assert!(split_envelopes(&body).is_ok(), "a part that nobody reads");
        self.part(ENVELOPES, &body)
    }

    /// A piece of a sealed attachment, 1 byte to 1 MiB.
    pub fn blob(&mut self, piece: &FileBlob) -> Vec<u8> {
        let body = piece.encode();
        debug_assert!(FileBlob::parse(&body).is_ok(), "a piece that nobody takes");
        self.part(BLOB, &body)
    }

    /// The last bytes.
    pub fn end(mut self) -> Vec<u8> {
        let before = self.written.to_le_bytes();
        self.part(END, &before)
    }

    fn part(&mut self, tag: u8, body: &[u8]) -> Vec<u8> {
        let mut writer = Writer::with_capacity(PART_HEAD + body.len());
        writer.u8(tag).u32(length(body.len())).bytes(body);
        self.count(writer.finish())
    }

    fn count(&mut self, bytes: Vec<u8>) -> Vec<u8> {
        self.written += bytes.len() as u64;
        bytes
    }
}

/// Reads a file bundle, fed with its bytes in pieces of any size. It keeps one part at most and what of the
/// last piece lies beyond it.
#[derive(Debug, Default)]
pub struct FileReader {
    waiting: Vec<u8>,
    /// Bytes of the file before those that wait.
    before: u64,
    begun: bool,
    ended: bool,
}

impl FileReader {
    /// Takes the next bytes of the file.
    pub fn feed(&mut self, bytes: &[u8]) {
        self.waiting.extend_from_slice(bytes);
    }

    /// Whether the file began as a file bundle of this version does.
    #[must_use]
    pub const fn begun(&self) -> bool {
        self.begun
    }

    /// The next part; `None` until more bytes are fed, and after the end.
    ///
    /// # Errors
    /// `Malformed` for what is no file bundle, or in which something is missing; `UnknownVersion` for one of a
    /// newer Belay; `TooLarge`; `Trailing` when it goes on after its end.
    pub fn next_part(&mut self) -> Result<Option<FilePart>, ProtocolError> {
        if self.ended {
            return match self.waiting.is_empty() {
                true => Ok(None),
                false => Err(ProtocolError::Trailing),
            };
        }
        if !self.begun && !self.begin()? {
            return Ok(None);
        }
        let mut reader = Reader::new(&self.waiting);
        let Ok(tag) = reader.u8() else {
            return Ok(None);
        };
        let Ok(length) = reader.u32() else {
            return Ok(None);
        };
        let length = length as usize;
        if length > FILE_PART_MAX {
            return Err(ProtocolError::TooLarge {
                what: "part of a file bundle",
                max: FILE_PART_MAX,
            });
        }
        let Ok(body) = reader.bytes(length) else {
            return Ok(None);
        };
        if tag == END {
            if body != self.before.to_le_bytes() {
                return Err(ProtocolError::Malformed(
                    "a file bundle with a part missing",
                ));
            }
            self.ended = true;
            self.take(PART_HEAD + length);
            return self.next_part();
        }
        let part = FilePart::parse(tag, body)?;
        self.take(PART_HEAD + length);
        Ok(Some(part))
    }

    /// Whether the file is whole, once all of it was fed.
    ///
    /// # Errors
    /// `Truncated`.
    pub fn finish(&self) -> Result<(), ProtocolError> {
        match self.ended {
            true => Ok(()),
            false => Err(ProtocolError::Truncated),
        }
    }

    fn begin(&mut self) -> Result<bool, ProtocolError> {
        let there = self.waiting.len().min(FILE_MAGIC.len());
        if self.waiting[..there] != FILE_MAGIC[..there] {
            return Err(ProtocolError::Malformed("not a file bundle"));
        }
        let Some(version) = self.waiting.get(FILE_MAGIC.len()) else {
            return Ok(false);
        };
        if *version != VERSION {
            return Err(ProtocolError::UnknownVersion(*version));
        }
        self.take(HEAD);
        self.begun = true;
        Ok(true)
    }

    fn take(&mut self, bytes: usize) {
        self.waiting.drain(..bytes);
        self.before += bytes as u64;
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    fn envelope(fill: u8) -> Vec<u8> {
        let mut bytes = vec![1, 1];
        bytes.resize(106, fill);
        bytes.extend_from_slice(&16u32.to_le_bytes());
        bytes.resize(126, fill);
        bytes
    }

    fn parts() -> Vec<FilePart> {
        vec![
            FilePart::Envelopes(vec![envelope(9)]),
            FilePart::Envelopes(vec![envelope(2), envelope(3)]),
            FilePart::Envelopes(vec![envelope(4)]),
            FilePart::Blob(FileBlob {
                id: [5; 32],
                total: 40,
                offset: 10,
                bytes: vec![6; 30],
            }),
        ]
    }

    #[test]
    fn a_piece_that_does_not_lie_inside_its_blob_is_refused() {
        for (total, offset, bytes) in [(40, 11, 30), (40, 0, 0), (u64::MAX, 0, 1), (9, u64::MAX, 2)]
        {
            let piece = FileBlob {
                id: [5; 32],
                total,
                offset,
                bytes: vec![6; bytes],
            };
            assert!(
                FileBlob::parse(&piece.encode()).is_err(),
                "{total} {offset}"
            );
        }
    }

    fn whole() -> Vec<u8> {
        let mut writer = FileWriter::default();
        let mut file = writer.begin();
        for part in parts() {
            file.extend(match part {
                FilePart::Envelopes(envelopes) => writer.envelopes(&envelopes),
                FilePart::Blob(piece) => writer.blob(&piece),
                FilePart::Newer(tag) => writer.part(tag, b"?"),
            });
        }
        file.extend(writer.end());
        file
    }

    fn read(file: &[u8], piece: usize) -> (Vec<FilePart>, Result<(), ProtocolError>) {
        let (mut reader, mut parts) = (FileReader::default(), Vec::new());
        for bytes in file.chunks(piece) {
            reader.feed(bytes);
            loop {
                match reader.next_part() {
                    Ok(Some(part)) => parts.push(part),
                    Ok(None) => break,
                    Err(error) => return (parts, Err(error)),
                }
            }
        }
        let ended = reader.finish();
        (parts, ended)
    }

    #[test]
    fn a_file_is_read_as_written_in_pieces_of_any_size() {
        let file = whole();
        for piece in [1, 2, 7, 126, 1_000, 100_000] {
            assert_eq!(read(&file, piece), (parts(), Ok(())), "{piece}");
        }
    }

    #[test]
    fn wherever_it_is_cut_short_the_parts_before_are_there_and_it_is_said() {
        let file = whole();
        let mut most = 0;
        for cut in 0..file.len() {
            let (found, ended) = read(&file[..cut], 50);
            assert_eq!(ended, Err(ProtocolError::Truncated), "{cut}");
            assert_eq!(found, parts()[..found.len()]);
            assert!(found.len() >= most, "what was there stays there");
            most = found.len();
        }
        assert_eq!(most, 4);
    }

    #[test]
    fn a_part_taken_out_or_put_behind_the_end_is_seen() {
        let file = whole();
        let without: Vec<u8> = [&file[..HEAD], &file[HEAD + 131..]].concat();
        let (found, ended) = read(&without, 1_000);
        assert_eq!(found, parts()[1..]);
        assert!(matches!(ended, Err(ProtocolError::Malformed(_))));
        let beyond = [&file[..], &[0]].concat();
        assert_eq!(read(&beyond, 1_000).1, Err(ProtocolError::Trailing));
    }

    #[test]
    fn another_file_and_a_newer_version_are_told_apart() {
        for other in [&b"PK\x03\x04"[..], b"\x89PNG\r\n\x1a\n", b"\x89BELAY\n\x01"] {
            let (_, ended) = read(other, 3);
            assert_eq!(ended, Err(ProtocolError::Malformed("not a file bundle")));
        }
        let newer = [&FILE_MAGIC[..], &[2]].concat();
        assert_eq!(read(&newer, 99).1, Err(ProtocolError::UnknownVersion(2)));
    }

    #[test]
    fn a_part_of_a_newer_belay_is_passed_over() {
        let mut writer = FileWriter::default();
        let mut file = writer.begin();
        file.extend(writer.part(77, b"new"));
        file.extend(writer.envelopes(&[envelope(5)]));
        file.extend(writer.end());
        let expected = [FilePart::Newer(77), FilePart::Envelopes(vec![envelope(5)])];
        assert_eq!(read(&file, 9), (expected.to_vec(), Ok(())));
    }

    #[test]
    fn a_part_that_claims_too_much_is_refused_before_it_is_waited_for() {
        let mut file = FileWriter::default().begin();
        file.push(ENVELOPES);
        file.extend(u32::MAX.to_le_bytes());
        assert!(matches!(
            read(&file, 9).1,
            Err(ProtocolError::TooLarge { .. })
        ));
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(bytes in vec(any::<u8>(), 0..400), piece in 1usize..50) {
            let _ = read(&bytes, piece);
            let _ = read(&[&FILE_MAGIC[..], &[VERSION], &bytes[..]].concat(), piece);
        }

        #[test]
        fn a_changed_byte_never_panics(at in 0usize..500, to: u8, piece in 1usize..50) {
            let mut file = whole();
            let at = at % file.len();
            file[at] = to;
            let _ = read(&file, piece);
        }
    }
}
