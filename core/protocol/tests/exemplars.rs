//! The frozen bytes of what travels between a device and a relay. JSON answers are frozen as texts beside
//! their types.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

#[allow(dead_code, reason = "the tests of parsers use the rest")]
mod samples;

use std::path::PathBuf;

use belay_protocol::relay::{
    BlobPage, BlobState, Cursor, EnvelopeRef, Generation, LiveEvent, LiveReader, MailboxPk,
    PageWriter, ReadPage,
};
use belay_protocol::{FileBlob, FilePart, FileReader, FileWriter, LanFrame};

fn frozen(name: &str, made: &[u8]) -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/exemplars")
        .join(name);
    if !path.exists() && std::env::var_os("BELAY_NEW_EXEMPLARS").is_some() {
        std::fs::write(&path, made).unwrap();
    }
    let kept = std::fs::read(&path).unwrap();
    assert_eq!(kept, made, "{name} is not made as it was before");
    kept
}

/// An envelope in its outer form only; what a relay carries it does not open.
fn envelope(fill: u8, ct_len: u32) -> Vec<u8> {
    let mut bytes = vec![1, 1];
    bytes.resize(106, fill);
    bytes.extend_from_slice(&ct_len.to_le_bytes());
    bytes.resize(110 + ct_len as usize, fill ^ 0xff);
    bytes
}

#[test]
fn a_page_is_made_and_read_as_ever() {
    let mut page = PageWriter::new(Generation(0x0102_0304_0506_0708), 9, 3);
    page.push(4, &envelope(0x11, 16)).unwrap();
    page.push(5, &[]).unwrap();
    page.push(6, &envelope(0x22, 40)).unwrap();
    let kept = frozen("page-v1.bin", &page.finish());
    let read = ReadPage::parse(&kept, 3).unwrap();
    assert_eq!(read.generation, Generation(0x0102_0304_0506_0708));
    assert_eq!((read.head, read.floor), (9, 3));
    let entries = [
        (4, Some(envelope(0x11, 16))),
        (5, None),
        (6, Some(envelope(0x22, 40))),
    ];
    assert_eq!(read.envelopes, entries);
}

#[test]
fn an_append_is_envelopes_one_after_the_other_as_ever() {
    let kept = frozen(
        "append-v1.bin",
        &[envelope(0x11, 16), envelope(0x22, 40)].concat(),
    );
    let (first, rest) = EnvelopeRef::take(&kept).unwrap();
    let (second, rest) = EnvelopeRef::take(rest).unwrap();
    assert!(rest.is_empty());
    assert_eq!(first.erase_hash(), [0x11; 32]);
    assert_eq!(second.mailbox_tag(), [0x22; 16]);
}

#[test]
fn a_piece_of_a_blob_is_made_and_read_as_ever() {
    let state = BlobState {
        held: 70_000,
        total: 100_000,
    };
    let head = BlobPage::head(state, &[0x33; 32], 65_536);
    let kept = frozen("blob-piece-v1.bin", &[&head[..], &[0x44; 8]].concat());
    let read = BlobPage::parse(&kept, 8).unwrap();
    assert_eq!((read.state, read.erase_hash), (state, [0x33; 32]));
    assert_eq!((read.offset, read.bytes), (65_536, vec![0x44; 8]));
}

#[test]
fn a_live_connection_speaks_and_is_heard_as_ever() {
    let events = [
        LiveEvent::Head {
            mailbox: MailboxPk::from_bytes([0x11; 32]),
            head: Cursor {
                generation: Generation(0x0102_0304_0506_0708),
                seq: 9,
            },
        },
        LiveEvent::Quiet,
        LiveEvent::Gone {
            mailbox: MailboxPk::from_bytes([0x22; 32]),
        },
    ];
    let mut text = String::new();
    for event in &events {
        event.write(&mut text);
    }
    let kept = frozen("live-v1.txt", text.as_bytes());
    assert_eq!(LiveReader::new().take(&kept).unwrap(), events);
}

#[test]
fn what_is_said_on_the_local_network_is_made_and_read_as_ever() {
    for (name, frame) in samples::lan::frames() {
        let kept = frozen(&format!("lan-{name}-v1.bin"), &frame.encode());
        assert_eq!(LanFrame::parse(&kept), Ok(frame));
    }
}

#[test]
fn a_file_bundle_is_made_and_read_as_ever() {
    let envelopes = vec![envelope(0x11, 16), envelope(0x22, 40)];
    let mut writer = FileWriter::default();
    let mut file = writer.begin();
    file.extend(writer.envelopes(&envelopes));
    let piece = FileBlob {
        id: [0x33; 32],
        total: 100_000,
        offset: 65_536,
        bytes: vec![0x44; 8],
    };
    file.extend(writer.blob(&piece));
    file.extend(writer.end());
    let kept = frozen("file-bundle-v1.bin", &file);
    let mut reader = FileReader::default();
    reader.feed(&kept);
    let mut next = || reader.next_part().unwrap();
    assert_eq!(next(), Some(FilePart::Envelopes(envelopes)));
    assert_eq!(next(), Some(FilePart::Blob(piece)));
    assert_eq!(next(), None);
    assert_eq!(reader.finish(), Ok(()));
}
