//! File bundles (product id Y4): the envelopes that a relay would carry, in a file, for any way in which a file
//! can travel. Two who never have a network in common exchange everything by handing files to each other.
//!
//! What is in it is sealed as it is for a relay, and comes in through the same Gate. A file names nobody: whoever
//! finds it sees how many mailboxes it is about, how many envelopes, and their padded sizes.

mod lacking;
mod parts;
mod read;
mod views;
mod write;

pub use views::{
    BundleEndingView, BundleFor, BundleProgress, BundleReadView, BundleSpaceView,
    BundleWrittenView, NewBundle,
};

pub(crate) use parts::each_part;
pub(crate) use write::beside;

use std::io::{Error, ErrorKind};

use crate::BelayError;

/// Called while a bundle is written or read.
pub type OnBundleProgress<'a> = &'a (dyn Fn(BundleProgress) + Send + Sync);

/// What a system says of a file that a person named.
pub(crate) fn file_error(error: &Error) -> BelayError {
    match error.kind() {
        ErrorKind::NotFound => BelayError::NotFound { what: "file" },
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
            BelayError::StorageFull
        }
        _ => BelayError::unavailable("file-not-usable"),
    }
}
