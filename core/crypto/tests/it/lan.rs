//! Tags and channels on the local network: who recognises whom, and what cannot be shown again.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use belay_crypto::{EpochSecret, LanKey};
use belay_model::EpochId;
use belay_protocol::limits::LAN_TAGS;
use belay_protocol::{LanGreeting, LanHello, LanTag};

use crate::common::Seeded;
use crate::exemplars::frozen;

const GREETING: LanGreeting = LanGreeting { nonce: [3; 32] };

fn key(byte: u8) -> LanKey {
    let secret = EpochSecret::from_bytes([byte; 32]);
    LanKey::of(&secret.keys(&EpochId::from_bytes([9; 32])))
}

fn hello(tag: LanTag) -> LanHello {
    let mut tags = [[0; 16]; LAN_TAGS];
    tags[2] = tag;
    LanHello { tags }
}

#[test]
fn a_tag_is_recognised_by_its_own_key_alone_and_never_looks_the_same() {
    let mut entropy = Seeded::new("lan 1");
    let (own, other) = (key(1), key(2));
    let tag = own.make_tag(&mut entropy);
    assert!(own.made_tag(&tag) && !other.made_tag(&tag));
    assert_ne!(tag, own.make_tag(&mut entropy));
    let mut altered = tag;
    altered[15] ^= 1;
    assert!(!own.made_tag(&altered));
}

#[test]
fn a_tag_of_a_call_cannot_be_shown_to_somebody_else() {
    let mut entropy = Seeded::new("lan 2");
    let own = key(1);
    let tag = own.make_hello_tag(&GREETING, &mut entropy);
    assert!(own.made_hello_tag(&GREETING, &tag));
    assert!(!own.made_hello_tag(&LanGreeting { nonce: [4; 32] }, &tag));
    assert!(!own.made_tag(&tag), "nor is it one to advertise");
    let advertised = own.make_tag(&mut entropy);
    assert!(!own.made_hello_tag(&GREETING, &advertised));
}

#[test]
fn both_sides_with_one_key_have_a_channel_and_one_hash() {
    let mut entropy = Seeded::new("lan 3");
    let own = key(1);
    let hello = hello(own.make_hello_tag(&GREETING, &mut entropy));
    let (calling, first) = own.call(&GREETING, &hello, 2, &mut entropy).unwrap();
    let (mut answered, second) = own
        .answer(&GREETING, &hello, 2, &first, &mut entropy)
        .unwrap();
    let mut called = calling.finish(&second).unwrap();
    assert_eq!(called.handshake_hash(), answered.handshake_hash());
    let sealed = called.seal(b"word").unwrap();
    assert_eq!(answered.open(&sealed).unwrap(), b"word");
    assert!(answered.open(&sealed).is_err(), "not twice");
}

#[test]
fn another_key_call_or_choice_opens_no_channel() {
    let mut entropy = Seeded::new("lan 4");
    let own = key(1);
    let hello = hello(own.make_hello_tag(&GREETING, &mut entropy));
    let (_, first) = own.call(&GREETING, &hello, 2, &mut entropy).unwrap();
    let again = LanGreeting { nonce: [4; 32] };
    let mut other_hello = hello.clone();
    other_hello.tags[7] = [1; 16];
    for (key, greeting, hello, choice) in [
        (key(2), &GREETING, &hello, 2),
        (key(1), &again, &hello, 2),
        (key(1), &GREETING, &other_hello, 2),
        (key(1), &GREETING, &hello, 3),
    ] {
        let answer = key.answer(greeting, hello, choice, &first, &mut entropy);
        assert!(answer.is_err());
    }
    for cut in 0..first.len() {
        let answer = own.answer(&GREETING, &hello, 2, &first[..cut], &mut entropy);
        assert!(answer.is_err());
    }
}

#[test]
fn a_call_is_made_and_answered_as_ever() {
    let mut entropy = Seeded::new("lan exemplar");
    let own = key(1);
    let advertised = own.make_tag(&mut entropy);
    let hello = hello(own.make_hello_tag(&GREETING, &mut entropy));
    let (_, first) = own.call(&GREETING, &hello, 2, &mut entropy).unwrap();
    let (mut session, second) = own
        .answer(&GREETING, &hello, 2, &first, &mut entropy)
        .unwrap();
    let sealed = session.seal(b"word").unwrap();
    let lines = [
        ("advertised", advertised.to_vec()),
        ("greeting", GREETING.encode()),
        ("hello", hello.encode()),
        ("first", first.clone()),
        ("second", second),
        ("sealed", sealed),
    ]
    .map(|(name, bytes)| format!("{name} {}\n", data_encoding::HEXLOWER.encode(&bytes)));
    let kept = frozen("lan-v1.txt", lines.concat().as_bytes());
    let kept = String::from_utf8(kept).unwrap();
    let read = |name: &str| {
        let line = kept.lines().find_map(|line| line.strip_prefix(name));
        data_encoding::HEXLOWER
            .decode(line.unwrap().trim().as_bytes())
            .unwrap()
    };
    assert!(own.made_tag(&read("advertised").try_into().unwrap()));
    let hello = LanHello::parse(&read("hello")).unwrap();
    assert!(own.made_hello_tag(&GREETING, &hello.tags[2]));
    let answer = own.answer(&GREETING, &hello, 2, &read("first"), &mut entropy);
    assert!(answer.is_ok());
}
