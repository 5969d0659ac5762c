//! Compression inside envelopes: one zstd frame (RFC 8878) with declared size and a small window.

use belay_protocol::limits::{PLAIN_MAX, ZSTD_WINDOW_LOG_MAX};
use zstd::bulk::{Compressor, Decompressor};
use zstd::zstd_safe::{CParameter, DParameter, find_frame_compressed_size, get_frame_content_size};

use crate::CryptoError;

/// zstd's default: beyond it, items of a few KiB gain nothing.
const LEVEL: i32 = 3;

/// Compresses into one frame.
pub(crate) fn compress(plain: &[u8]) -> Result<Vec<u8>, CryptoError> {
    let mut compressor = Compressor::new(LEVEL).map_err(|_| CryptoError::BadCompression)?;
    compressor
        .set_parameter(CParameter::WindowLog(ZSTD_WINDOW_LOG_MAX))
        .and_then(|()| compressor.compress(plain))
        .map_err(|_| CryptoError::BadCompression)
}

/// Decompresses exactly one frame that says beforehand how large it becomes.
pub(crate) fn decompress(frame: &[u8]) -> Result<Vec<u8>, CryptoError> {
    const BAD: CryptoError = CryptoError::BadCompression;
    let declared = match get_frame_content_size(frame) {
        Ok(Some(size)) => usize::try_from(size).map_err(|_| BAD)?,
        _ => return Err(BAD),
    };
    if declared > PLAIN_MAX
        || !window_is_small(frame)
        || find_frame_compressed_size(frame) != Ok(frame.len())
    {
        return Err(BAD);
    }
    let mut decompressor = Decompressor::new().map_err(|_| BAD)?;
    decompressor
        .set_parameter(DParameter::WindowLogMax(ZSTD_WINDOW_LOG_MAX))
        .map_err(|_| BAD)?;
    let plain = decompressor.decompress(frame, declared).map_err(|_| BAD)?;
    if plain.len() == declared {
        Ok(plain)
    } else {
        Err(BAD)
    }
}

/// Reads the frame header (RFC 8878 section 3.1.1.1): no dictionary, no reserved bit, window within
/// the limit. A frame of a single segment has its content as window.
fn window_is_small(frame: &[u8]) -> bool {
    let (Some(descriptor), Some(window)) = (frame.get(4), frame.get(5)) else {
        return false;
    };
    if descriptor & 0b0000_1011 != 0 {
        return false;
    }
    let single_segment = descriptor & 0b0010_0000 != 0;
    let (exponent, mantissa) = (u64::from(window >> 3), u64::from(window & 7));
    let base = 1u64 << (10 + exponent);
    single_segment || base + base / 8 * mantissa <= 1 << ZSTD_WINDOW_LOG_MAX
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn two_frames_are_refused() {
        let mut frames = compress(&[7; 5000]).unwrap();
        frames.extend(compress(&[8; 5000]).unwrap());
        assert_eq!(decompress(&frames), Err(CryptoError::BadCompression));
    }

    #[test]
    fn a_frame_that_grows_beyond_the_limit_is_refused() {
        let bomb = compress(&vec![0; PLAIN_MAX + 1]).unwrap();
        assert!(bomb.len() < 1000);
        assert_eq!(decompress(&bomb), Err(CryptoError::BadCompression));
        assert!(decompress(&compress(&vec![0; PLAIN_MAX]).unwrap()).is_ok());
    }

    #[test]
    fn a_frame_without_its_size_is_refused() {
        let mut compressor = Compressor::new(LEVEL).unwrap();
        compressor
            .set_parameter(CParameter::ContentSizeFlag(false))
            .unwrap();
        let frame = compressor.compress(&[7; 5000]).unwrap();
        assert_eq!(decompress(&frame), Err(CryptoError::BadCompression));
    }

    #[test]
    fn a_frame_with_a_large_window_is_refused() {
        // Descriptor without single segment and with a 4-byte size; window exponent 11: 2 MiB.
        let header = [0x28, 0xb5, 0x2f, 0xfd, 0x80, 11 << 3, 16, 0, 0, 0];
        assert!(!window_is_small(&header));
        let mut fits = header;
        fits[5] = 10 << 3;
        assert!(window_is_small(&fits));
    }

    proptest! {
        #[test]
        fn what_is_compressed_comes_back(plain in prop::collection::vec(0u8..4, 0..5000)) {
            prop_assert_eq!(decompress(&compress(&plain).unwrap()).unwrap(), plain);
        }

        #[test]
        fn no_bytes_make_the_reader_panic_or_grow(
            tail in prop::collection::vec(any::<u8>(), 0..300),
        ) {
            let frame = [&belay_protocol::ZSTD_MAGIC[..], &tail].concat();
            if let Ok(plain) = decompress(&frame) {
                prop_assert!(plain.len() <= PLAIN_MAX);
            }
        }
    }
}
