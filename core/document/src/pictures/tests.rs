//! Pictures made by hand, with what a camera puts into them.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;

const PLACE: &[u8] = b"48.137N 11.575E";

fn clean_in(picture: &[u8], piece: usize) -> Result<(Vec<u8>, PictureFormat), PictureError> {
    let (mut cleaner, mut out) = (PictureCleaner::default(), Vec::new());
    for bytes in picture.chunks(piece) {
        cleaner.feed(bytes, &mut out)?;
    }
    Ok((out, cleaner.finish()?))
}

fn clean(picture: &[u8]) -> Vec<u8> {
    let whole = clean_in(picture, picture.len()).unwrap();
    for piece in [1, 2, 3, 7, 64] {
        assert_eq!(
            clean_in(picture, piece).unwrap(),
            whole,
            "pieces of {piece}"
        );
    }
    whole.0
}

fn tells(picture: &[u8]) -> bool {
    let has = |what: &[u8]| picture.windows(what.len()).any(|window| window == what);
    has(PLACE) || has(b"GPS") || has(b"Camera") || has(b"ftyp")
}

fn segment(marker: u8, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
    [&[0xff, marker][..], &length, body].concat()
}

fn exif(orientation: u8) -> Vec<u8> {
    let mut body = b"Exif\0\0II*\0\x08\0\0\0\x02\0".to_vec();
    body.extend(b"\x0f\x01\x02\0\x06\0\0\0\x26\0\0\0");
    body.extend([0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]);
    body.extend(b"\0\0\0\0Camera GPS ");
    body.extend(PLACE);
    body
}

/// A progressive picture as a telephone makes it, with a film behind it.
fn jpeg(orientation: u8) -> Vec<u8> {
    let mut picture = vec![0xff, 0xd8];
    picture.extend(segment(0xe0, b"JFIF\0\x01\x02\0\0\x48\0\x48\x01\x01RGB"));
    picture.extend(segment(0xe1, &exif(orientation)));
    picture.extend(segment(
        0xe1,
        b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>GPS",
    ));
    picture.extend(segment(0xe2, b"ICC_PROFILE\0\x01\x01colours"));
    picture.extend(segment(0xe2, b"MPF\0GPS"));
    picture.extend(segment(0xed, b"Photoshop 3.0\0GPS"));
    picture.extend(segment(0xfe, PLACE));
    picture.extend(segment(0xdb, &[1; 65]));
    picture.extend([0xff]);
    picture.extend(segment(0xc2, &[8, 0, 1, 0, 1, 1, 1, 0x11, 0]));
    for _ in 0..2 {
        picture.extend(segment(0xc4, &[0; 20]));
        picture.extend(segment(0xda, &[1, 1, 0, 0, 63, 0]));
        picture.extend([0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56]);
    }
    picture.extend([0xff, 0xd9]);
    picture.extend(b"....ftypmp42 GPS ");
    picture.extend(PLACE);
    picture
}

fn chunk(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len()).unwrap().to_be_bytes();
    [&length[..], name, body, &[1, 2, 3, 4]].concat()
}

fn png() -> Vec<u8> {
    [
        b"\x89PNG\r\n\x1a\n".to_vec(),
        chunk(b"IHDR", &[0; 13]),
        chunk(b"tEXt", b"Comment\0GPS"),
        chunk(b"eXIf", &exif(1)[6..]),
        chunk(b"iCCP", b"colours"),
        chunk(b"zzZz", PLACE),
        chunk(b"IDAT", &[5; 300]),
        chunk(b"tIME", b"Camera."),
        chunk(b"IEND", b""),
        PLACE.to_vec(),
    ]
    .concat()
}

fn riff(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len()).unwrap().to_le_bytes();
    let mut chunk = [&name[..], &length, body].concat();
    chunk.resize(chunk.len() + body.len() % 2, 0);
    chunk
}

fn webp() -> Vec<u8> {
    let chunks = [
        riff(b"VP8X", &[0b10_1100, 0, 0, 0, 9, 0, 0, 9, 0, 0]),
        riff(b"ICCP", b"colours"),
        riff(b"VP8 ", &[6; 31]),
        riff(b"EXIF", &exif(1)[6..]),
        riff(b"XMP ", b"<x>GPS</x>"),
    ]
    .concat();
    let length = u32::try_from(chunks.len() + 4).unwrap().to_le_bytes();
    [b"RIFF", &length[..], b"WEBP", &chunks, PLACE].concat()
}

#[test]
fn a_jpeg_keeps_what_draws_it_and_which_way_is_up() {
    assert!(tells(&jpeg(6)));
    let cleaned = clean(&jpeg(6));
    assert!(!tells(&cleaned));
    let upright = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06";
    assert!(
        cleaned
            .windows(upright.len())
            .any(|window| window == upright)
    );
    assert!(cleaned.windows(7).any(|window| window == b"colours"));
    assert!(
        !cleaned.windows(3).any(|window| window == b"RGB"),
        "the small picture"
    );
    let scan = [0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56];
    let scans = cleaned.windows(scan.len()).filter(|window| *window == scan);
    assert_eq!(scans.count(), 2);
    assert!(cleaned.ends_with(&[0xff, 0xd9]));
    assert_eq!(clean(&cleaned), cleaned, "what is clean stays as it is");
}

#[test]
fn a_jpeg_that_lies_as_it_was_taken_gets_no_exif() {
    let cleaned = clean(&jpeg(1));
    assert!(!cleaned.windows(4).any(|window| window == b"Exif"));
}

#[test]
fn a_png_keeps_only_chunks_that_draw_it() {
    let cleaned = clean(&png());
    assert!(!tells(&cleaned));
    assert!(cleaned.windows(7).any(|window| window == b"colours"));
    assert!(cleaned.windows(300).any(|window| window == [5; 300]));
    assert_eq!(clean(&cleaned), cleaned);
}

#[test]
fn a_webp_keeps_its_length_and_nothing_of_what_went() {
    let cleaned = clean(&webp());
    assert!(!tells(&cleaned));
    assert_eq!(cleaned.len(), webp().len() - PLACE.len());
    assert!(cleaned.windows(7).any(|window| window == b"colours"));
    assert!(!cleaned.windows(4).any(|window| window == b"EXIF"));
    let header = riff(b"VP8X", &[0b10_0000, 0, 0, 0, 9, 0, 0, 9, 0, 0]);
    assert!(cleaned.windows(header.len()).any(|window| window == header));
    assert_eq!(clean(&cleaned), cleaned);
}

#[test]
fn other_files_and_pictures_that_end_early_are_refused() {
    for other in [&b""[..], b"GIF89a......", b"....ftypheic....", &[0xff; 40]] {
        assert_eq!(clean_in(other, 5).unwrap_err(), PictureError::UnknownFormat);
    }
    for whole in [jpeg(6), png(), webp()] {
        let appended = PLACE.len() + b"....ftypmp42 GPS ".len();
        for end in [40, whole.len() / 2, whole.len() - appended - 3] {
            assert_eq!(
                clean_in(&whole[..end], 11).unwrap_err(),
                PictureError::Damaged,
                "{end}"
            );
        }
    }
}

proptest! {
    #[test]
    fn whatever_comes_nothing_panics_and_little_is_added(
        bytes in vec(any::<u8>(), 0..300), at in 0usize..400, piece in 1usize..40,
    ) {
        for whole in [jpeg(6), png(), webp()] {
            let mut changed = whole;
            let at = at.min(changed.len());
            changed.splice(at..(at + bytes.len()).min(changed.len()), bytes.iter().copied());
            if let Ok((cleaned, _)) = clean_in(&changed, piece) {
                prop_assert!(cleaned.len() <= changed.len() + 64);
            }
        }
    }
}
