//! A partner who sends records of every kind in every wrong form.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use crate::hostile;

use belay_document::records::{ProfileRecord, RecordName, RecordPayload, ResponseRecord};
use belay_model::{DisplayName, DocName, PersonId, ResponseKind, SharedMoment, SharedResponse};
use belay_protocol::limits::ITEM_BODY_MAX;
use belay_protocol::{DocKind, Item, ItemKind, RecordBody};
use hostile::{START_MS, check_in, record, stage};

/// Payloads that are no record of any kind: CBOR of every type, nested, cut, doubled and too long.
fn payloads() -> Vec<Vec<u8>> {
    let mut payloads = vec![
        vec![],
        vec![0x00],                                                 // 0
        vec![0x1b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], // 2^64 - 1
        vec![0x20],                                                 // -1
        vec![0x40],                                                 // no bytes
        vec![0x60],                                                 // no text
        vec![0x61, 0xff],                                           // text that is none
        vec![0x7b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], // text without end
        vec![0x80],                                                 // an empty list
        vec![0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], // a list without end
        vec![0xa0],                                                 // an empty map
        vec![0xbf, 0xff],                                           // a map of unknown length
        vec![0xa2, 0x00, 0x01, 0x00, 0x01],                         // a key twice
        vec![0xa2, 0x01, 0x01, 0x00, 0x01],                         // keys out of order
        vec![0xa1, 0x18, 0x00, 0x01],                               // a key longer than needed
        vec![0xc0, 0x60],                                           // a tag
        vec![0xf6],                                                 // null
        vec![0xf9, 0x7e, 0x00],                                     // not a number
        vec![0xff],
        [vec![0x81; 4_000], vec![0x00]].concat(), // nested without end
        vec![0xa1; 4_000],
        vec![0x41; ITEM_BODY_MAX - 11],
    ];
    // Every key a record could have, with a value of every type.
    for key in 0..12 {
        for value in [0x00, 0x20, 0x40, 0x60, 0x80, 0xa0, 0xf4, 0xf6] {
            payloads.push(vec![0xa1, key, value]);
        }
    }
    payloads
}

#[tokio::test]
async fn no_form_of_any_kind_of_record_harms_anybody() {
    let mut stage = stage().await;
    let mut items = Vec::new();
    let mut name = 0;
    for kind in (0..=20).chain([255]) {
        for payload in payloads() {
            for (schema, withdrawn) in [(1, false), (1, true), (0, false)] {
                let body = RecordBody {
                    rev: 1,
                    withdrawn,
                    schema,
                    payload: payload.clone(),
                };
                name += 1;
                stage.partner.hlc = Some(hostile::hlc(
                    u64::from(name / 1_500) * hostile::DAY_MS + u64::from(name),
                ));
                items.push(record(&mut stage.partner, kind, name, body.encode()));
            }
        }
    }
    stage.partner.hlc = None;
    items.push(check_in(&mut stage.partner, 1_000_000, "fine"));
    let bytes: Vec<Vec<u8>> = items.iter().map(Item::encode).collect();
    for some in bytes.chunks(250) {
        // The long ones alone: an envelope has an end.
        let (long, short): (Vec<_>, Vec<_>) =
            some.iter().cloned().partition(|item| item.len() > 10_000);
        stage.partner.send(&short).await;
        for some in long.chunks(3) {
            stage.partner.send(some).await;
        }
    }
    stage.read().await;
    assert_eq!(stage.seen(), ["fine"]);
    assert_eq!(stage.status().parked, 0);
    stage.nothing_is_harmed().await;
}

#[tokio::test]
async fn bodies_out_of_form_of_every_kind_of_item_harm_nobody() {
    let mut stage = stage().await;
    let mut items = Vec::new();
    let kinds = [
        ItemKind::Changes,
        ItemKind::Record,
        ItemKind::Membership,
        ItemKind::Epoch,
        ItemKind::Wraps,
        ItemKind::Kem,
        ItemKind::Need,
        ItemKind::Ack,
        ItemKind::Erase,
        ItemKind::BlobManifest,
    ];
    for kind in kinds {
        for payload in payloads() {
            if payload.len() < 10_000 {
                items.push(stage.partner.item(kind, 2, DocName::ZERO, payload));
            }
        }
    }
    items.push(check_in(&mut stage.partner, 1, "fine"));
    stage.deliver_many(&items).await;
    assert_eq!(stage.seen(), ["fine"]);
    stage.nothing_is_harmed().await;
}

#[tokio::test]
async fn what_belongs_into_ones_own_space_only_is_set_aside() {
    let mut stage = stage().await;
    let shared = check_in(&mut stage.partner, 1, "fine");
    let body = shared.body.clone().unwrap();
    let mut items = vec![shared];
    for (name, kind) in [
        DocKind::None,
        DocKind::JournalEntry,
        DocKind::Settings,
        DocKind::Contacts,
        DocKind::Keys,
    ]
    .into_iter()
    .enumerate()
    {
        let name = 10 + u32::try_from(name).unwrap();
        items.push(record(&mut stage.partner, kind.into(), name, body.clone()));
    }
    stage.deliver_many(&items).await;
    assert_eq!((stage.status().quarantined, stage.seen().len()), (5, 1));
    stage.nothing_is_harmed().await;
}

#[tokio::test]
async fn answers_to_what_is_nobodys_or_somebody_elses_show_nowhere_they_should_not() {
    let mut stage = stage().await;
    let mut items = Vec::new();
    for (name, person) in [PersonId::from_bytes([7; 32]), stage.partner.person]
        .into_iter()
        .enumerate()
    {
        let answer = ResponseRecord {
            about: RecordName {
                person_id: person,
                doc_kind: DocKind::CheckIn,
                doc_name: DocName::from_bytes([9; 16]),
                rev: u64::MAX >> 1,
            },
            response: SharedResponse {
                kind: ResponseKind::Question,
                text: Some("an answer to nothing".to_owned()),
                written: SharedMoment::new(START_MS, 0).unwrap(),
            },
        };
        let name = u32::try_from(name).unwrap();
        let body = answer.to_body(1).encode();
        items.push(record(
            &mut stage.partner,
            DocKind::Response.into(),
            name,
            body,
        ));
    }
    stage.deliver_many(&items).await;
    stage.nothing_is_harmed().await;
}

#[tokio::test]
async fn a_name_that_plays_tricks_does_not_become_the_partners_name() {
    let honest = ProfileRecord {
        name: DisplayName::new("Ada").unwrap(),
    };
    for trick in [
        "",
        " ",
        "\u{1b}[2J",
        "Sam\u{202e}mas",
        "two\nlines",
        &"long ".repeat(2_000),
    ] {
        let mut stage = stage().await;
        // As a program would write it that checks nothing: the honest bytes with another text in them.
        let mut body = honest.to_body(1);
        let at = body.payload.windows(3).position(|bytes| bytes == b"Ada");
        let at = at.unwrap();
        let mut text = match u16::try_from(trick.len()).unwrap() {
            short @ 0..24 => vec![0x60 + u8::try_from(short).unwrap()],
            longer @ 24..256 => vec![0x78, u8::try_from(longer).unwrap()],
            long => [vec![0x79], long.to_be_bytes().to_vec()].concat(),
        };
        text.extend_from_slice(trick.as_bytes());
        body.payload.splice(at - 1..at + 3, text);
        let item = record_zero(&mut stage, body.encode());
        stage.deliver(&[&item]).await;
        assert_eq!(stage.status().quarantined, 1, "{trick:?}");
        stage.nothing_is_harmed().await;
    }
    // A name equal to Ada's own is a name like any other: it is shown beside the space it belongs to.
    let mut stage = stage().await;
    let item = record_zero(&mut stage, honest.to_body(1).encode());
    stage.deliver(&[&item]).await;
    let page = stage.ada.engine.partner(&stage.partner.space).unwrap();
    assert_eq!(page.partner.name, "Ada");
    stage.nothing_is_harmed().await;
}

fn record_zero(stage: &mut hostile::Stage, body: Vec<u8>) -> Item {
    stage.partner.item(
        ItemKind::Record,
        DocKind::Profile.into(),
        DocName::ZERO,
        body,
    )
}
