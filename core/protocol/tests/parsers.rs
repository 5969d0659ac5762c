//! Every parser, with every kind of value, damaged in every way.
//!
//! One property holds for all: bytes are either refused, or are the one encoding of what was read.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod samples;

use belay_model::EpochId;
use belay_protocol::{
    AckBody, EraseBody, History, Item, MembershipBody, Outer, Policy, ProtocolError, RecordBody,
    Removal,
};
use proptest::prelude::*;

use samples::{item, samples, slots, vector};

#[test]
fn every_value_is_read_back_and_written_the_same() {
    for (name, again, bytes) in samples() {
        assert_eq!(again(&bytes).as_deref(), Ok(&bytes[..]), "{name}");
    }
}

#[test]
fn every_shortened_or_lengthened_value_is_refused() {
    for (name, again, bytes) in samples() {
        for len in 0..bytes.len() {
            // A list of framed changes may end after any whole change.
            let cut = again(&bytes[..len]);
            assert!(cut.is_err() || name == "ChangesBody", "{name} cut to {len}");
        }
        let longer = [&bytes[..], &[0]].concat();
        assert!(again(&longer).is_err(), "{name} with a byte behind it");
    }
}

#[test]
fn a_place_or_clock_beyond_what_a_store_can_hold_is_refused() {
    let whole = item(3);
    for change in [
        |item: &mut Item| item.header.seq = u64::MAX,
        |item: &mut Item| item.header.hlc = 1 << 63,
        |item: &mut Item| item.header.seq = 0,
    ] {
        let mut other = whole.clone();
        change(&mut other);
        assert!(matches!(
            Item::parse(&other.encode()),
            Err(ProtocolError::Malformed(_))
        ));
    }
}

#[test]
fn what_a_newer_program_may_know_is_told_apart_from_damage() {
    let mut newer = item(3).encode();
    newer[0] = 2;
    assert_eq!(Item::parse(&newer), Err(ProtocolError::UnknownVersion(2)));
    newer[0] = 1;
    newer[1] = 11;
    assert_eq!(Item::parse(&newer), Err(ProtocolError::UnknownKind(11)));
    assert_eq!(
        MembershipBody::parse(&[0xa2, 0x00, 0x18, 0x63, 0x01, 0x02]),
        Err(ProtocolError::UnknownKind(99))
    );
    let (.., mut outer) = samples().swap_remove(3);
    outer[1] = 2;
    assert_eq!(Outer::parse(&outer), Err(ProtocolError::UnknownSuite(2)));
    outer[0] = 7;
    assert_eq!(Outer::parse(&outer), Err(ProtocolError::UnknownVersion(7)));
}

#[test]
fn sizes_in_a_header_are_checked_before_anything_is_allocated() {
    let mut wrong = item(3).encode();
    // body_len stands 36 bytes before the end of the header.
    let at = wrong.len() - 64 - 3 - 16 - 36;
    wrong[at..at + 4].copy_from_slice(&u32::MAX.to_le_bytes());
    assert_eq!(
        Item::parse(&wrong),
        Err(ProtocolError::TooLarge {
            what: "item body",
            max: 64 * 1024
        })
    );
    let mut heads = item(3).encode();
    heads[122] = 17;
    assert_eq!(
        Item::parse(&heads),
        Err(ProtocolError::TooLarge {
            what: "heads",
            max: 16
        })
    );
    // A CBOR array that claims 2^32 entries.
    let huge = [0xa1, 0x00, 0x9b, 0, 0, 0, 1, 0, 0, 0, 0];
    assert!(matches!(
        EraseBody::parse(&huge),
        Err(ProtocolError::TooLarge { .. })
    ));
}

#[test]
fn lists_out_of_order_or_with_doubles_are_refused() {
    let mut swapped = slots();
    swapped.swap(0, 1);
    assert!(EraseBody::parse(&EraseBody { slots: swapped }.encode()).is_err());
    let mut entries = vector();
    entries[1].device_id = entries[0].device_id;
    entries[1].inc = entries[0].inc;
    let ack = AckBody {
        vector: entries,
        removal: None,
        epoch: EpochId::ZERO,
    };
    assert!(AckBody::parse(&ack.encode()).is_err());
    let mut wrong = item(0);
    wrong.header.heads.swap(0, 1);
    assert!(Item::parse(&wrong.encode()).is_err());
    let twice = Policy {
        relays: vec!["https://a".into(), "https://a".into()],
        removal: Removal::Steward,
        history: History::All,
    };
    assert!(Policy::parse(&twice.encode()).is_err());
}

#[test]
fn ranges_that_touch_overlap_or_go_back_are_refused() {
    for ranges in [
        vec![(301, 302)],
        vec![(300, 302)],
        vec![(305, 304)],
        vec![(303, 305), (306, 307)],
        vec![(310, u64::MAX), (1, 2)],
        (0..9).map(|n| (310 + 3 * n, 311 + 3 * n)).collect(),
    ] {
        let mut entries = vector();
        entries[0].ranges.clone_from(&ranges);
        assert!(entries[0].check().is_err(), "{ranges:?}");
    }
}

#[test]
fn a_withdrawn_record_keeps_nothing() {
    let record = |withdrawn, payload: &[u8]| {
        let body = RecordBody {
            rev: 1,
            withdrawn,
            schema: 1,
            payload: payload.to_vec(),
        };
        RecordBody::parse(&body.encode()).is_ok()
    };
    assert!(record(true, &[]) && record(false, &[0xa0]));
    assert!(!record(true, &[0xa0]) && !record(false, &[]));
    assert!(
        !record(false, &[0xbf, 0xff]),
        "an indefinite map is not deterministic"
    );
}

proptest! {
    #[test]
    fn a_damaged_value_is_refused_or_is_another_good_one(
        pick: prop::sample::Index,
        at: prop::sample::Index,
        byte: u8,
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let samples = samples();
        let (name, again, bytes) = pick.get(&samples);
        let mut wrong = bytes.clone();
        wrong[at.index(bytes.len())] = byte;
        if let Some(cut) = cut {
            wrong.remove(cut.index(bytes.len()));
        }
        if let Ok(written) = again(&wrong) {
            prop_assert_eq!(written, wrong, "{}", name);
        }
    }

    #[test]
    fn no_bytes_make_a_parser_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for (name, again, _) in samples() {
            if let Ok(written) = again(&bytes) {
                prop_assert_eq!(&written, &bytes, "{}", name);
            }
        }
    }
}
