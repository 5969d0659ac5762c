//! The framing of items inside an envelope, and the padding around it.

use crate::ProtocolError;
use crate::codec::{Reader, Writer, length};
use crate::limits::{
    AEAD_TAG, ITEM_MAX, OUTER_HEAD, OUTER_MAX, PADDED_MIN, PLAIN_ITEMS_MAX, PLAIN_MAX,
};

/// First bytes of a zstd frame (RFC 8878). No framed item list begins with them: as a length they
/// are far above [`ITEM_MAX`].
pub const ZSTD_MAGIC: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// The padded length of a plaintext of `len` bytes: Padme, at least [`PADDED_MIN`]. It reveals
/// O(log log len) bits of the length and adds at most 12 %.
#[must_use]
pub const fn padme(len: usize) -> usize {
    if len <= PADDED_MIN {
        return PADDED_MIN;
    }
    let exponent = len.ilog2();
    let kept = exponent.ilog2() + 1;
    let mask = (1usize << (exponent - kept)) - 1;
    (len + mask) & !mask
}

/// Frames items: `(item_len u32 | item)*`.
///
/// # Errors
/// `TooLarge` when an item is above [`ITEM_MAX`], all together above [`PLAIN_MAX`], or more than
/// [`PLAIN_ITEMS_MAX`] of them; `Malformed`
/// for no item or an empty one.
pub fn encode_plain(items: &[Vec<u8>]) -> Result<Vec<u8>, ProtocolError> {
    if items.is_empty() {
        return Err(ProtocolError::Malformed("an envelope without items"));
    }
    let total = items.iter().map(|item| 4 + item.len()).sum::<usize>();
    if total > PLAIN_MAX || items.len() > PLAIN_ITEMS_MAX {
        return Err(ProtocolError::TooLarge {
            what: "items of an envelope",
            max: PLAIN_MAX,
        });
    }
    let mut writer = Writer::with_capacity(total);
    for item in items {
        if item.is_empty() {
            return Err(ProtocolError::Malformed("an empty item"));
        }
        if item.len() > ITEM_MAX {
            return Err(ProtocolError::TooLarge {
                what: "item",
                max: ITEM_MAX,
            });
        }
        writer.prefixed(item);
    }
    Ok(writer.finish())
}

/// Takes framed items apart. The items themselves are not read.
///
/// # Errors
/// What is wrong with the framing.
pub fn parse_plain(bytes: &[u8]) -> Result<Vec<Vec<u8>>, ProtocolError> {
    if bytes.len() > PLAIN_MAX {
        return Err(ProtocolError::TooLarge {
            what: "items of an envelope",
            max: PLAIN_MAX,
        });
    }
    let mut reader = Reader::new(bytes);
    let mut items = Vec::new();
    while reader.remaining() > 0 {
        let item = reader.prefixed("item", ITEM_MAX)?;
        if item.is_empty() {
            return Err(ProtocolError::Malformed("an empty item"));
        }
        if items.len() == PLAIN_ITEMS_MAX {
            return Err(ProtocolError::TooLarge {
                what: "items of an envelope",
                max: PLAIN_ITEMS_MAX,
            });
        }
        items.push(item.to_vec());
    }
    if items.is_empty() {
        return Err(ProtocolError::Malformed("an envelope without items"));
    }
    Ok(items)
}

/// Puts the length before `content` and zeros behind it.
///
/// # Errors
/// `TooLarge` when the padded plaintext does not fit an envelope.
pub fn encode_padded(content: &[u8]) -> Result<Vec<u8>, ProtocolError> {
    let padded = padme(4 + content.len());
    if padded + AEAD_TAG + OUTER_HEAD > OUTER_MAX {
        return Err(ProtocolError::TooLarge {
            what: "envelope",
            max: OUTER_MAX,
        });
    }
    let mut bytes = Vec::with_capacity(padded);
    bytes.extend_from_slice(&length(content.len()).to_le_bytes());
    bytes.extend_from_slice(content);
    bytes.resize(padded, 0);
    Ok(bytes)
}

/// Takes the padding off again.
///
/// # Errors
/// `NotCanonical` when the padding is not zeros or not the one length that [`padme`] gives.
pub fn parse_padded(bytes: &[u8]) -> Result<&[u8], ProtocolError> {
    let mut reader = Reader::new(bytes);
    let content = reader.prefixed("envelope", OUTER_MAX)?;
    if padme(4 + content.len()) != bytes.len() || reader.rest().iter().any(|byte| *byte != 0) {
        return Err(ProtocolError::NotCanonical);
    }
    Ok(content)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn padding_has_the_lengths_of_the_padme_paper() {
        for (len, padded) in [
            (0, 512),
            (512, 512),
            (513, 544),
            (1000, 1024),
            (1025, 1088),
            (65_537, 67_584),
            (258_049, 262_144),
        ] {
            assert_eq!(padme(len), padded, "{len}");
        }
    }

    #[test]
    fn an_envelope_of_crumbs_is_refused_before_anybody_looks_at_each() {
        let crumb = [1, 0, 0, 0, 2];
        let most = crumb.repeat(PLAIN_ITEMS_MAX);
        let items = parse_plain(&most).unwrap();
        assert_eq!(items.len(), PLAIN_ITEMS_MAX);
        assert!(encode_plain(&items).is_ok());
        let beyond = [&most[..], &crumb].concat();
        assert!(matches!(
            parse_plain(&beyond),
            Err(ProtocolError::TooLarge { .. })
        ));
        let beyond = [&items[..], &[vec![2]]].concat();
        assert!(encode_plain(&beyond).is_err());
    }

    #[test]
    fn a_plaintext_that_fits_no_envelope_is_refused() {
        assert!(encode_padded(&vec![0; 258_044]).is_ok());
        assert!(encode_padded(&vec![0; 258_045]).is_err());
    }

    proptest! {
        #[test]
        fn padding_never_shrinks_and_adds_little(len in 0usize..OUTER_MAX) {
            let padded = padme(len);
            prop_assert!(padded >= len && padded >= PADDED_MIN);
            prop_assert_eq!(padme(padded), padded);
            prop_assert!(len < PADDED_MIN || padded * 100 <= len * 112);
        }

        #[test]
        fn framed_items_come_out_as_they_went_in(
            items in prop::collection::vec(prop::collection::vec(any::<u8>(), 1..300), 1..20),
        ) {
            let framed = encode_plain(&items).unwrap();
            let padded = encode_padded(&framed).unwrap();
            prop_assert_eq!(parse_padded(&padded).unwrap(), &framed[..]);
            prop_assert_eq!(parse_plain(&framed).unwrap(), items);
        }

        #[test]
        fn any_bytes_are_either_refused_or_the_one_framing_of_their_items(
            bytes in prop::collection::vec(any::<u8>(), 0..200),
        ) {
            if let Ok(items) = parse_plain(&bytes) {
                prop_assert_eq!(encode_plain(&items).unwrap(), bytes);
            }
        }
    }
}
