//! A photo that somebody attaches, in pieces of a size that the input chooses.

use belay_document::pictures::PictureCleaner;

/// Runs one input; tells whether it was taken.
pub fn run(bytes: &[u8]) -> usize {
    let Some((first, rest)) = bytes.split_first() else {
        return 0;
    };
    let whole = clean(rest, rest.len().max(1));
    assert_eq!(
        clean(rest, 1 + usize::from(*first)),
        whole,
        "pieces of any size"
    );
    let Some(cleaned) = whole else {
        return 0;
    };
    assert!(cleaned.len() <= rest.len() + 64);
    let again = clean(&cleaned, cleaned.len().max(1));
    assert_eq!(
        again.as_deref(),
        Some(&cleaned[..]),
        "what is clean stays as it is"
    );
    1
}

fn clean(picture: &[u8], piece: usize) -> Option<Vec<u8>> {
    let (mut cleaner, mut out) = (PictureCleaner::default(), Vec::new());
    for bytes in picture.chunks(piece) {
        cleaner.feed(bytes, &mut out).ok()?;
    }
    cleaner.finish().ok().map(|_| out)
}
