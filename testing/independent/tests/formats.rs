//! A decoder in Python, written from the documents alone, reads the frozen exemplars and finds in them what
//! Belay finds.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::fs;
use std::path::{Path, PathBuf};

use belay_crypto::{
    EpochSecret, EraseKey, MailboxKey, RecoverySecret, envelope_id, erase_hash, erase_token,
    first_device_id, item_id, open_envelope, person_id, unwrap_store_key,
};
use belay_independent::ask_python;
use belay_model::{EpochId, SpaceId};
use belay_protocol::relay::ReadPage;
use belay_protocol::{EpochBody, Genesis, InvitationQr, Item, Outer, RecordBody, WrapsBody};
use data_encoding::HEXLOWER;
use serde_json::{Value, json};

const SPACE: [u8; 32] = [0x51; 32];
const EPOCH: [u8; 32] = [0xe0; 32];
const ERASE: [u8; 32] = [0x0e; 32];
const MAILBOX_SEED: [u8; 32] = [0x33; 32];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../core/crypto/tests/exemplars")
}

fn wire() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../core/protocol/tests/exemplars")
}

fn exemplar(name: &str) -> Vec<u8> {
    fs::read(folder().join(name)).unwrap()
}

fn hex(bytes: impl AsRef<[u8]>) -> String {
    HEXLOWER.encode(bytes.as_ref())
}

/// What Python finds, with the keys that the exemplars' README names.
fn found_by_python() -> Value {
    let given = json!({
        "exemplars": folder(),
        "wire": wire(),
        "keys": {
            "space": hex(SPACE),
            "epoch": hex(EPOCH),
            "erase": hex(ERASE),
            "slot_key": hex([0x5e; 32]),
            "slot_id": hex([1; 16]),
            "mailbox_seed": hex(MAILBOX_SEED),
        },
    });
    let answer = ask_python("read_exemplars.py", &serde_json::to_vec(&given).unwrap());
    serde_json::from_slice(&answer).unwrap()
}

fn check_items(found: &Value) {
    let genesis = Genesis::parse(&exemplar("genesis-v1.bin")).unwrap();
    assert_eq!(
        found["genesis"]["person"],
        hex(person_id(&genesis).as_bytes())
    );
    let device = hex(first_device_id(&genesis).as_bytes());
    assert_eq!(found["genesis"]["device"], device);

    let item = Item::parse(&exemplar("item-v1.bin")).unwrap();
    let record = RecordBody::parse(item.body.as_deref().unwrap()).unwrap();
    let id = hex(item_id(&item.header).as_bytes());
    assert_eq!(found["item"]["id"], id);
    assert_eq!(found["item"]["device"], device);
    assert_eq!(found["item"]["inc"], item.header.inc.0);
    assert_eq!(found["item"]["hlc"], item.header.hlc);
    assert_eq!(
        found["item"]["doc_name"],
        hex(item.header.doc_name.as_bytes())
    );
    assert_eq!(found["item"]["body"]["rev"], record.rev);
    assert_eq!(found["item"]["body"]["payload"], json!({"0": "yes"}));
    assert_eq!(found["erased"]["id"], id);
    assert_eq!(found["erased"]["body"], Value::Null);
    assert_eq!(found["create"]["body"]["operation"], "create");
    assert_eq!(found["create"]["body"]["genesis"], found["genesis"]);
}

fn check_envelopes(found: &Value) {
    let secret = EpochSecret::from_bytes(exemplar("envelope-v1.secret").try_into().unwrap());
    let epoch = EpochId::from_bytes(EPOCH);
    let keys = secret.keys(&epoch);
    let bytes = exemplar("envelope-v1.bin");
    let outer = Outer::parse(&bytes).unwrap();
    let items = |bytes: &[u8]| -> Vec<String> {
        let items = open_envelope(bytes, &keys, &SpaceId::from_bytes(SPACE), &epoch).unwrap();
        items.iter().map(hex).collect()
    };
    let envelope = &found["envelope"];
    assert_eq!(envelope["id"], hex(envelope_id(&bytes).as_bytes()));
    assert_eq!(envelope["items"], json!(items(&bytes)));
    let token = erase_token(&EraseKey::from_bytes(ERASE), &outer.nonce);
    assert_eq!(envelope["erase_hash"], hex(erase_hash(&token)));
    assert_eq!(envelope["erase_hash_made"], envelope["erase_hash"]);
    let compressed = exemplar("envelope-compressed-v1.bin");
    assert_eq!(found["compressed"], json!(items(&compressed)));

    let body = EpochBody::parse(&exemplar("epoch-body-v1.bin")).unwrap();
    assert_eq!(found["epoch"]["fits"], true);
    assert_eq!(
        found["epoch"]["recipients"],
        json!([hex(body.recipients[0].as_bytes())])
    );
    let wraps = WrapsBody::parse(&exemplar("wraps-body-v1.bin")).unwrap();
    assert!(wraps.wrap_for(&body.recipients[0]).is_some());
    let devices = found["wraps"]["devices"].as_array().unwrap();
    assert!(devices.contains(&found["genesis"]["device"]));
}

fn check_the_rest(found: &Value) {
    let text = String::from_utf8(exemplar("invitation-v1.txt")).unwrap();
    let invitation = InvitationQr::parse(&text).unwrap();
    assert_eq!(found["invitation"]["id"], hex(invitation.id));
    assert_eq!(
        found["invitation"]["expires_at_ms"],
        invitation.expires_at_ms
    );
    assert_eq!(found["invitation"]["relay"], "https://relay.example");
    assert_eq!(found["slot"], hex("bundle"));

    let key_file = exemplar("key-file-v1.bin");
    let store_key = unwrap_store_key(&key_file, b"keystore", Some("open sesame")).unwrap();
    assert_eq!(found["store_key"], hex(store_key.bytes()));

    let words = String::from_utf8(exemplar("recovery-words-v1.txt")).unwrap();
    let keys = RecoverySecret::parse(&words).unwrap().keys();
    let seeds = [
        hex(*keys.root.seed()),
        hex(keys.backup.seed()),
        hex(*keys.age),
        hex(*keys.mailbox.seed()),
    ];
    assert_eq!(found["recovery"], json!(seeds));
    let mailbox = MailboxKey::from_seed(&MAILBOX_SEED);
    assert_eq!(found["request_key"], hex(mailbox.public()));
}

/// The values of a file of `name value` lines.
fn lines(name: &str) -> Value {
    let text = String::from_utf8(exemplar(name)).unwrap();
    let pairs = text.lines().map(|line| line.split_once(' ').unwrap());
    pairs
        .map(|(name, value)| (name.to_owned(), json!(value)))
        .collect()
}

fn check_values(found: &Value) {
    assert_eq!(found["names"], lines("names-v1.txt"));
    let signed = ["device-key", "endorse", "lan", "pair", "root", "root-key"];
    assert_eq!(found["signatures"], json!(signed));
    let mut distance = lines("distance-v1.txt");
    let kept = distance.as_object_mut().unwrap();
    for given in ["m1", "m2", "typed-id", "typed-seal"] {
        assert!(kept.remove(given).is_some());
    }
    assert_eq!(found["distance"], distance);
}

fn check_what_travels(found: &Value) {
    let page = ReadPage::parse(&fs::read(wire().join("page-v1.bin")).unwrap(), 3).unwrap();
    assert_eq!(found["page"]["gen"], page.generation.0);
    assert_eq!(found["page"]["head"], page.head);
    assert_eq!(found["page"]["floor"], page.floor);
    let entries = page.envelopes.iter();
    let entries: Vec<_> = entries
        .map(|(seq, envelope)| json!([seq, envelope.as_ref().map_or(String::new(), hex)]))
        .collect();
    assert_eq!(found["page"]["entries"], json!(entries));
    let appended = page
        .envelopes
        .iter()
        .filter_map(|(_, envelope)| envelope.as_ref());
    assert_eq!(
        found["append"],
        json!(appended.map(hex).collect::<Vec<_>>())
    );
}

#[test]
fn python_reads_every_exemplar_as_belay_does() {
    let found = found_by_python();
    check_items(&found);
    check_envelopes(&found);
    check_the_rest(&found);
    check_values(&found);
    check_what_travels(&found);
}
