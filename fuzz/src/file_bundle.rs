//! A file that somebody hands over as a bundle, read in pieces of a size that the input chooses.

use belay_protocol::{FILE_MAGIC, FilePart, FileReader, FileWriter, Outer};

/// Runs one input; tells how many parts were taken.
pub fn run(bytes: &[u8]) -> usize {
    let Some((first, rest)) = bytes.split_first() else {
        return 0;
    };
    let piece = 1 + usize::from(*first);
    let as_it_is = read(rest, piece);
    let begun = [&FILE_MAGIC[..], &[1], rest].concat();
    as_it_is + read(&begun, piece) + read(&begun, begun.len())
}

/// Reads a file; one that is whole is written again from its parts.
fn read(file: &[u8], piece: usize) -> usize {
    let mut reader = FileReader::default();
    let mut writer = FileWriter::default();
    let (mut again, mut parts, mut newer) = (writer.begin(), 0, false);
    for bytes in file.chunks(piece) {
        reader.feed(bytes);
        loop {
            match reader.next_part() {
                Ok(Some(part)) => {
                    parts += 1;
                    match part {
                        FilePart::Envelopes(envelopes) => {
                            again.extend(writer.envelopes(&envelopes));
                            for envelope in &envelopes {
                                let _ = Outer::parse(envelope);
                            }
                        }
                        FilePart::Blob(piece) => again.extend(writer.blob(&piece)),
                        FilePart::Newer(_) => newer = true,
                    }
                }
                Ok(None) => break,
                Err(_) => return parts,
            }
        }
    }
    if reader.finish().is_ok() && !newer {
        again.extend(writer.end());
        assert_eq!(again, file);
    }
    parts
}
