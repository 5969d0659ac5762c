//! The parts of a file, in order, with little of it in memory at a time: also for those who have no store of it
//! yet and hold other keys, such as those that come from recovery words.

use std::io::{ErrorKind, Read};

use belay_protocol::{FilePart, FileReader};

use super::file_error;
use super::views::BundleEndingView;
use crate::{BelayError, Result};

/// Bytes that are read at a time.
const PIECE: usize = 64 * 1024;

/// Hands over each part with the number of bytes read so far, and says how the file ended. What was handed over
/// before something was found wrong counts.
///
/// # Errors
/// `Unavailable{not-a-bundle}` for another kind of file and `NewerData` for one of a newer Belay, before anything
/// is handed over; `Unavailable{file-not-usable}` when it cannot be read on; what `take` answers.
pub(crate) fn each_part(
    input: &mut dyn Read,
    mut take: impl FnMut(FilePart, u64) -> Result<()>,
) -> Result<BundleEndingView> {
    let mut reader = FileReader::default();
    let mut piece = vec![0; PIECE];
    let mut bytes = 0;
    loop {
        let read = match input.read(&mut piece) {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(file_error(&error)),
        };
        reader.feed(&piece[..read]);
        bytes += read as u64;
        loop {
            match reader.next_part() {
                Ok(Some(part)) => take(part, bytes)?,
                Ok(None) => break,
                Err(error) if !reader.begun() && error.needs_newer() => {
                    return Err(BelayError::NewerData);
                }
                Err(_) if !reader.begun() => {
                    return Err(BelayError::unavailable("not-a-bundle"));
                }
                Err(_) => return Ok(BundleEndingView::Damaged),
            }
        }
    }
    if !reader.begun() {
        return Err(BelayError::unavailable("not-a-bundle"));
    }
    Ok(match reader.finish() {
        Ok(()) => BundleEndingView::Whole,
        Err(_) => BundleEndingView::CutShort,
    })
}
