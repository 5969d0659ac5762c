//! The frozen bytes of every format this room makes. Each is made again from seeded randomness and
//! compared byte for byte, then read from the file. A difference is a change of format: it needs a
//! new version, never a new exemplar of an old one. `tests/exemplars/README.md` says how to add one.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use crate::common;

use std::path::PathBuf;

use belay_crypto::pairing::{
    ComparisonCode, DistanceInvitation, commitment, make_invitation, seal_slot, transcript,
};
use belay_crypto::{
    EpochSecret, HandshakeRole, KemKey, MailboxKey, PasscodeParameters, RecoveryMailbox,
    RecoverySecret, SignedRequest, StoreKey, actor_id, doc_id, envelope_id, erase_hash,
    erase_token, item_id, mailbox_tag, make_shares, make_wraps, open_envelope, open_keyring,
    open_welcome, open_wrap, outcome_name, published_name, recover_store_key, seal_envelope,
    seal_keyring, seal_welcome, sign_endorsement, sign_item, sign_lan, sign_pairing, sign_request,
    sign_root, unwrap_store_key, verify_genesis, verify_item, verify_keyring, verify_request,
    wrap_store_key,
};
use belay_model::{DeviceId, DocId, DocName, Incarnation, ItemId, PersonId};
use belay_protocol::{
    Bundle, DocKind, EpochBody, Genesis, History, InvitationQr, Item, ItemKind, MembershipBody,
    Operation, Outer, Policy, RecordBody, Removal, Reveal, SealedWelcome, SpaceType, Welcome,
    WrapsBody,
};
use data_encoding::HEXLOWER;

use common::{Persona, Seeded, epoch, epoch_id, erase_key, space};

const NONCE: [u8; 24] = [0x24; 24];
const PASSCODE: (&str, PasscodeParameters) = (
    "open sesame",
    PasscodeParameters {
        memory_kib: 64,
        passes: 1,
        lanes: 1,
    },
);

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/exemplars")
        .join(name)
}

/// Compares with the frozen file and returns the file's bytes.
pub fn frozen(name: &str, made: &[u8]) -> Vec<u8> {
    let path = path(name);
    if !path.exists() && std::env::var_os("BELAY_NEW_EXEMPLARS").is_some() {
        std::fs::write(&path, made).unwrap();
    }
    let kept = std::fs::read(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert!(kept == made, "{name} is not made as it was before");
    kept
}

fn record(persona: &Persona) -> Item {
    let body = RecordBody {
        rev: 3,
        withdrawn: false,
        schema: 1,
        payload: vec![0xa1, 0x00, 0x63, b'y', b'e', b's'],
    };
    let draft = persona.draft(&body.encode());
    sign_item(&persona.device, draft, &mut Seeded::new("exemplar item")).unwrap()
}

#[test]
fn an_item_is_made_and_read_as_ever() {
    let ada = Persona::new("ada");
    let item = record(&ada);
    let kept = Item::parse(&frozen("item-v1.bin", &item.encode())).unwrap();
    verify_item(&kept, &ada.device.public()).unwrap();
    let body = RecordBody::parse(kept.body.as_deref().unwrap()).unwrap();
    assert_eq!((body.rev, body.schema), (3, 1));
    frozen("item-v1.id", item_id(&kept.header).as_bytes());

    let detached = frozen("item-erased-v1.bin", &item.encode_detached());
    verify_item(
        &Item::parse_detached(&detached).unwrap(),
        &ada.device.public(),
    )
    .unwrap();
}

#[test]
fn a_create_item_is_made_and_read_as_ever() {
    let ada = Persona::new("ada");
    let body = MembershipBody {
        operation: Operation::Create {
            space_type: SpaceType::Pair,
            genesis: ada.genesis.clone(),
            policy: Policy {
                relays: vec!["https://relay.example".into()],
                removal: Removal::Steward,
                history: History::All,
            },
        },
        root_signature: None,
    };
    let mut draft = ada.draft(&body.encode());
    draft.kind = ItemKind::Membership;
    draft.space_id = belay_model::SpaceId::ZERO;
    draft.heads.clear();
    draft.doc_kind = DocKind::None.into();
    draft.doc_name = DocName::ZERO;
    let item = sign_item(&ada.device, draft, &mut Seeded::new("exemplar create")).unwrap();
    let kept = Item::parse(&frozen("item-create-v1.bin", &item.encode())).unwrap();
    verify_item(&kept, &ada.device.public()).unwrap();
    assert_eq!(
        MembershipBody::parse(kept.body.as_deref().unwrap()).unwrap(),
        body
    );

    let genesis = Genesis::parse(&frozen("genesis-v1.bin", &ada.genesis.encode())).unwrap();
    verify_genesis(&genesis).unwrap();
    frozen("genesis-v1.person", ada.person_id.as_bytes());
    frozen("genesis-v1.device", ada.device_id.as_bytes());
}

#[test]
fn an_envelope_is_made_and_read_as_ever() {
    let ada = Persona::new("ada");
    let items = vec![record(&ada).encode()];
    let (secret, _, keys) = epoch(ada.device_id);
    frozen("envelope-v1.secret", secret.bytes());
    let sealed = seal_envelope(&items, &keys, &space(), &epoch_id(), &erase_key(), NONCE).unwrap();
    let kept = frozen("envelope-v1.bin", &sealed.bytes);
    assert_eq!(
        open_envelope(&kept, &keys, &space(), &epoch_id()).unwrap(),
        items
    );
    assert_eq!(envelope_id(&kept), sealed.id);
    frozen("envelope-v1.id", sealed.id.as_bytes());
}

#[test]
fn a_compressed_envelope_is_read_as_ever() {
    // Not compared with a new one: another release of zstd may compress differently.
    let (_, _, keys) = epoch(Persona::new("ada").device_id);
    let items = vec![vec![0x61; 4000], vec![0x62; 4000]];
    let sealed = seal_envelope(&items, &keys, &space(), &epoch_id(), &erase_key(), NONCE).unwrap();
    let path = path("envelope-compressed-v1.bin");
    if !path.exists() && std::env::var_os("BELAY_NEW_EXEMPLARS").is_some() {
        std::fs::write(&path, &sealed.bytes).unwrap();
    }
    let kept = std::fs::read(&path).unwrap();
    assert_eq!(Outer::parse(&kept).unwrap().ciphertext.len(), 512 + 16);
    assert_eq!(
        open_envelope(&kept, &keys, &space(), &epoch_id()).unwrap(),
        items
    );
}

#[test]
fn an_epoch_and_its_wraps_are_made_and_read_as_ever() {
    let ada = Persona::new("ada");
    let (secret, body, _) = epoch(ada.device_id);
    let body = EpochBody::parse(&frozen("epoch-body-v1.bin", &body.encode())).unwrap();
    let recipients = [(ada.device_id, ada.kem.recipient())];
    let mut entropy = Seeded::new("exemplar wraps");
    let wraps = make_wraps(&secret, &space(), &epoch_id(), &recipients, &mut entropy).unwrap();
    let kept = WrapsBody::parse(&frozen("wraps-body-v1.bin", &wraps[0].encode())).unwrap();
    let wrap = kept.wrap_for(&ada.device_id).unwrap();
    let opened: EpochSecret = open_wrap(wrap, &ada.kem, &space(), &epoch_id(), &body).unwrap();
    assert_eq!(opened, secret);
    frozen("wraps-body-v1.kem-seed", ada.kem.seed());
}

#[test]
fn a_welcome_is_made_and_read_as_ever() {
    let ben = Persona::new("ben");
    let welcome = Welcome {
        relays: vec!["https://relay.example".into()],
        items: vec![record(&Persona::new("ada")).encode()],
        floors: vec![],
    };
    let mut entropy = Seeded::new("exemplar welcome");
    let public = ben.kem.public();
    let sealed = seal_welcome(&welcome, &space(), &ben.device_id, &public, &mut entropy).unwrap();
    let kept = SealedWelcome::parse(&frozen("welcome-v1.bin", &sealed.encode())).unwrap();
    assert_eq!(
        open_welcome(&kept, &ben.device_id, &ben.kem).unwrap(),
        welcome
    );
}

#[test]
fn an_invitation_is_made_and_read_as_ever() {
    let invitation = make_invitation(
        Some("https://relay.example".into()),
        vec!["192.168.1.20:4711".into()],
        1_800_000_000_000,
        &mut Seeded::new("exemplar invitation"),
    );
    let kept = frozen(
        "invitation-v1.txt",
        invitation.to_text().unwrap().as_bytes(),
    );
    let text = String::from_utf8(kept).unwrap();
    assert_eq!(InvitationQr::parse(&text).unwrap(), invitation);
}

#[test]
fn a_rendezvous_slot_is_sealed_as_ever() {
    let key = belay_crypto::pairing::SealKey::from_bytes([0x5e; 32]);
    let sealed = seal_slot(
        &key,
        &[1; 16],
        2,
        b"bundle",
        &mut Seeded::new("exemplar slot"),
    );
    let kept = frozen("slot-v1.bin", &sealed);
    let opened = belay_crypto::pairing::open_slot(&key, &[1; 16], 2, &kept).unwrap();
    assert_eq!(opened, b"bundle");
}

#[test]
fn a_key_file_is_made_and_read_as_ever() {
    let key = StoreKey::from_bytes([0x11; 32]);
    let backup = KemKey::from_seed([0x22; 32]);
    let public = backup.public();
    let mut entropy = Seeded::new("exemplar key file");
    let file = wrap_store_key(
        &key,
        b"keystore",
        Some(PASSCODE),
        Some(&public),
        &mut entropy,
    )
    .unwrap();
    let kept = frozen("key-file-v1.bin", &file);
    assert_eq!(
        unwrap_store_key(&kept, b"keystore", Some(PASSCODE.0)),
        Ok(key.clone())
    );
    assert_eq!(recover_store_key(&kept, &backup), Ok(key));
}

#[test]
fn the_recovery_keys_are_derived_as_ever() {
    let secret = RecoverySecret::make(&mut Seeded::new("exemplar words"));
    let words = secret.words().join(" ");
    let kept = String::from_utf8(frozen("recovery-words-v1.txt", words.as_bytes())).unwrap();
    let keys = RecoverySecret::parse(&kept).unwrap().keys();
    let derived = [
        &keys.root.seed()[..],
        keys.backup.seed(),
        &*keys.age,
        &*keys.mailbox.seed(),
    ]
    .map(|seed| HEXLOWER.encode(seed))
    .join("\n");
    frozen("recovery-keys-v1.txt", derived.as_bytes());
}

#[test]
fn a_request_is_signed_as_ever() {
    let key = MailboxKey::from_seed(&[0x33; 32]);
    let request = SignedRequest {
        method: "POST",
        path: "/v1/mailboxes/ab/envelopes",
        query: "limit=3",
        time_ms: 1_700_000_000_000,
        body: b"sealed",
        origin: "https://relay.example",
    };
    let kept = frozen("request-v1.sig", &sign_request(&key, &request));
    verify_request(&key.public(), &request, &kept.try_into().unwrap()).unwrap();
}

/// Lines of `name value`, the value in hexadecimal.
fn frozen_lines(name: &str, values: &[(&str, &[u8])]) {
    let lines: String = values
        .iter()
        .map(|(name, value)| format!("{name} {}\n", HEXLOWER.encode(value)))
        .collect();
    frozen(name, lines.as_bytes());
}

#[test]
fn the_ids_and_names_are_derived_as_ever() {
    let name = DocName::from_bytes([7; 16]);
    let document = doc_id(&space(), &PersonId::from_bytes([8; 32]), 3, &name);
    let token = erase_token(&erase_key(), &NONCE);
    let device = DeviceId::from_bytes([9; 32]);
    let actor = actor_id(&device, Incarnation(11), &DocId::from_bytes([10; 32]));
    frozen_lines(
        "names-v1.txt",
        &[
            ("doc", document.as_bytes()),
            ("outcome", outcome_name(&name, "2026-11-22").as_bytes()),
            ("actor", &actor),
            ("name", published_name(&erase_key(), 3, &name).as_bytes()),
            ("tag", &mailbox_tag(&[12; 32])),
            ("erase-token", &token),
            ("erase-hash", &erase_hash(&token)),
        ],
    );
}

#[test]
fn acts_consents_and_proofs_are_signed_as_ever() {
    let ada = Persona::new("ada");
    let heads = [ItemId::from_bytes([1; 32]), ItemId::from_bytes([2; 32])];
    let act = sign_root(&ada.root, &space(), &heads, &Operation::Leave);
    let consent = sign_endorsement(&ada.device, &space(), b"target", &[3; 16]);
    let pair = sign_pairing(&ada.device, HandshakeRole::Initiator, &[4; 32]);
    let lan = sign_lan(&ada.device, HandshakeRole::Responder, &[4; 32]);
    frozen_lines(
        "signatures-v1.txt",
        &[
            ("root-key", &ada.root.public()),
            ("root", &act),
            ("device-key", &ada.device.public()),
            ("endorse", &consent),
            ("pair", &pair),
            ("lan", &lan),
        ],
    );
}

#[test]
fn a_meeting_at_a_distance_is_derived_as_ever() {
    let reveal = |name, nonce| Reveal {
        nonce: [nonce; 32],
        bundle: Bundle::Person(Persona::new(name).genesis),
    };
    let (m2, m1) = (reveal("ada", 5), reveal("ben", 6));
    let id = [1; 16];
    let m0 = commitment(&id, &m2.nonce, &m2.bundle);
    let seen = transcript(&id, &m0, &m1, &m2);
    let link = DistanceInvitation::from_link(&[2; 16]);
    let words = DistanceInvitation::from_words("wealth News deal,  deposit").unwrap();
    frozen_lines(
        "distance-v1.txt",
        &[
            ("m1", &m1.encode()),
            ("m2", &m2.encode()),
            ("m0", &m0.encode()),
            ("transcript", &seen),
            (
                "words",
                ComparisonCode::derive(&seen).words().join(" ").as_bytes(),
            ),
            ("digits", ComparisonCode::derive(&seen).digits().as_bytes()),
            ("link-id", &link.id),
            ("link-seal", link.seal.bytes()),
            ("typed-id", &words.id),
            ("typed-seal", words.seal.bytes()),
        ],
    );
}

#[test]
fn a_keyring_copy_is_made_and_read_as_ever() {
    let backup = KemKey::from_seed([0x22; 32]);
    let mailbox = RecoveryMailbox::from_seed(&[0x23; 32]);
    let made_by = belay_crypto::DeviceKey::from_seed(&[0x25; 32]);
    let keyring = crate::keyrings::keyring(1, 3);
    let person = keyring.own().unwrap().person_id;
    let mut entropy = Seeded::new("exemplar keyring");
    let envelopes = seal_keyring(
        keyring.clone(),
        &person,
        &made_by,
        &backup.public(),
        &mailbox,
        &erase_key(),
        &mut entropy,
    )
    .unwrap();
    let kept = frozen("keyring-envelope-v1.bin", &envelopes[0].bytes);
    let part = mailbox.open(&kept).unwrap();
    assert_eq!(frozen("keyring-part-v1.bin", &part.encode()), part.encode());
    let (found, read) = open_keyring(&[part], &backup).unwrap();
    frozen("keyring-v1.cbor", &read.encode());
    assert_eq!((found, &read.spaces), (person, &keyring.spaces));
    verify_keyring(&read, &person, &made_by.public()).unwrap();
}

#[test]
fn shares_are_made_and_read_as_ever() {
    let secret = RecoverySecret::make(&mut Seeded::new("exemplar words"));
    let shares = make_shares(&secret, 2, 3, &mut Seeded::new("exemplar shares")).unwrap();
    let made: Vec<String> = shares
        .iter()
        .map(|share| share.to_text().to_string())
        .collect();
    let kept =
        String::from_utf8(frozen("recovery-shares-v1.txt", made.join("\n").as_bytes())).unwrap();
    let read: Vec<belay_protocol::RecoveryShare> = kept
        .lines()
        .map(|line| belay_protocol::RecoveryShare::parse(line).unwrap())
        .collect();
    assert_eq!(belay_crypto::combine_shares(&read[1..]).unwrap(), secret);
}
