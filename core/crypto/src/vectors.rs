//! Published vectors, read from `tests/vectors` (its README names the sources).
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use belay_model::Entropy;
use data_encoding::HEXLOWER;
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::{X25519HkdfSha256, XWing};
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};

use crate::kem::{HandedIn, KemKey};
use crate::{aead, derive, kem, keys};

/// Bytes that stand as hexadecimal in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Hex(Vec<u8>);

impl<'de> Deserialize<'de> for Hex {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        HEXLOWER
            .decode(text.as_bytes())
            .map(Self)
            .map_err(serde::de::Error::custom)
    }
}

impl Hex {
    fn array<const N: usize>(&self) -> Option<[u8; N]> {
        self.0.clone().try_into().ok()
    }
}

fn read<T: DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(text).unwrap()
}

/// Entropy that is exactly what a vector says, and not a byte more.
struct Exactly(Vec<u8>);

impl Entropy for Exactly {
    fn fill(&mut self, bytes: &mut [u8]) {
        let rest = self.0.split_off(bytes.len());
        bytes.copy_from_slice(&self.0);
        self.0 = rest;
    }
}

#[derive(Deserialize)]
struct Wycheproof<G> {
    #[serde(rename = "testGroups")]
    groups: Vec<G>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
#[derive(Debug, PartialEq)]
enum Verdict {
    Valid,
    Invalid,
}

#[test]
fn every_wycheproof_signature_gets_its_verdict_also_under_the_strict_rule() {
    #[derive(Deserialize)]
    struct Group {
        #[serde(rename = "publicKey")]
        key: Key,
        tests: Vec<Case>,
    }
    #[derive(Deserialize)]
    struct Key {
        pk: Hex,
    }
    #[derive(Deserialize)]
    struct Case {
        #[serde(rename = "tcId")]
        id: u32,
        msg: Hex,
        sig: Hex,
        result: Verdict,
    }
    let all: Wycheproof<Group> = read(include_str!("../tests/vectors/wycheproof-ed25519.json"));
    let mut seen = 0;
    for group in &all.groups {
        let public = group.key.pk.array().unwrap();
        for case in &group.tests {
            let holds = case
                .sig
                .array()
                .is_some_and(|sig| keys::verify(&public, &case.msg.0, &sig).is_ok());
            assert_eq!(holds, case.result == Verdict::Valid, "case {}", case.id);
            seen += 1;
        }
    }
    assert_eq!(seen, 151);
}

#[test]
fn every_wycheproof_ciphertext_opens_or_does_not() {
    #[derive(Deserialize)]
    struct Group {
        tests: Vec<Case>,
    }
    #[derive(Deserialize)]
    struct Case {
        #[serde(rename = "tcId")]
        id: u32,
        key: Hex,
        iv: Hex,
        aad: Hex,
        msg: Hex,
        ct: Hex,
        tag: Hex,
        result: Verdict,
    }
    let all: Wycheproof<Group> = read(include_str!(
        "../tests/vectors/wycheproof-xchacha20_poly1305.json"
    ));
    let mut seen = 0;
    for case in all.groups.iter().flat_map(|group| &group.tests) {
        seen += 1;
        // Nonces of other lengths cannot be written down here: the type has 24 bytes.
        let (Some(key), Some(nonce)) = (case.key.array(), case.iv.array()) else {
            assert_eq!(case.result, Verdict::Invalid, "case {}", case.id);
            continue;
        };
        let sealed = [&case.ct.0[..], &case.tag.0].concat();
        let opened = aead::open(&key, &nonce, &case.aad.0, &sealed);
        if case.result == Verdict::Valid {
            assert_eq!(opened.as_ref(), Ok(&case.msg.0), "case {}", case.id);
            assert_eq!(aead::seal(&key, &nonce, &case.aad.0, &case.msg.0), sealed);
        } else {
            assert!(opened.is_err(), "case {}", case.id);
        }
    }
    assert_eq!(seen, 315);
}

#[test]
fn every_wycheproof_derivation_gives_its_bytes() {
    #[derive(Deserialize)]
    struct Group {
        tests: Vec<Case>,
    }
    #[derive(Deserialize)]
    struct Case {
        #[serde(rename = "tcId")]
        id: u32,
        ikm: Hex,
        salt: Hex,
        info: Hex,
        size: usize,
        okm: Hex,
        result: Verdict,
    }
    let all: Wycheproof<Group> = read(include_str!("../tests/vectors/wycheproof-hkdf_sha256.json"));
    let mut seen = 0;
    for case in all.groups.iter().flat_map(|group| &group.tests) {
        seen += 1;
        let mut output = vec![0; case.size];
        let derived = derive::expand(&case.ikm.0, Some(&case.salt.0), &case.info.0, &mut output);
        assert_eq!(
            derived.is_ok(),
            case.result == Verdict::Valid,
            "{}",
            case.id
        );
        if derived.is_ok() {
            assert_eq!(output, case.okm.0, "case {}", case.id);
        }
    }
    assert_eq!(seen, 86);
}

#[test]
fn keys_and_encapsulation_are_those_of_the_x_wing_draft() {
    #[derive(Deserialize)]
    struct Vector {
        seed: Hex,
        eseed: Hex,
        ss: Hex,
        pk: Hex,
        ct: Hex,
    }
    let all: Vec<Vector> = read(include_str!("../tests/vectors/x-wing-draft.json"));
    assert_eq!(all.len(), 3);
    for vector in all {
        let key = KemKey::from_seed(vector.seed.array().unwrap());
        assert_eq!(key.public(), vector.pk.0);
        let public = <XWing as Kem>::PublicKey::from_bytes(&vector.pk.0).unwrap();
        let mut eseed = Exactly(vector.eseed.0);
        let (shared, enc) =
            XWing::encap_with_rng(&public, None, &mut HandedIn(&mut eseed)).unwrap();
        assert_eq!(enc.to_bytes().to_vec(), vector.ct.0);
        assert_eq!(shared.0.to_vec(), vector.ss.0);
        let private = <XWing as Kem>::PrivateKey::from_bytes(key.seed()).unwrap();
        assert_eq!(
            XWing::decap(&private, None, &enc).unwrap().0.to_vec(),
            vector.ss.0
        );
    }
}

#[derive(Deserialize)]
#[allow(non_snake_case, reason = "the names of RFC 9180")]
struct HpkeVector {
    mode: u8,
    kem_id: u16,
    kdf_id: u16,
    aead_id: u16,
    info: Hex,
    skRm: Hex,
    pkRm: Hex,
    /// What the sender draws.
    ikmE: Hex,
    enc: Hex,
    encryptions: Vec<Encryption>,
    exports: Vec<Export>,
}

#[derive(Deserialize)]
struct Encryption {
    aad: Hex,
    pt: Hex,
    ct: Hex,
    /// The number of the message, where the vector leaves some out.
    sequence: Option<usize>,
}

#[derive(Deserialize)]
#[allow(non_snake_case, reason = "the names of RFC 9180")]
struct Export {
    exporter_context: Hex,
    L: usize,
    exported_value: Hex,
}

/// Sender and recipient go through all messages of a vector, those it leaves out included, and export its values.
fn check_hpke<K: Kem>(vector: &HpkeVector) {
    assert_eq!((vector.mode, vector.kem_id), (0, K::KEM_ID));
    assert_eq!((vector.kdf_id, vector.aead_id), (1, 3));
    let private = K::PrivateKey::from_bytes(&vector.skRm.0).unwrap();
    let public = K::sk_to_pk(&private);
    assert_eq!(public.to_bytes().to_vec(), vector.pkRm.0);
    let mut drawn = Exactly(vector.ikmE.0.clone());
    let (enc, mut sender) = hpke::setup_sender_with_rng::<ChaCha20Poly1305, HkdfSha256, K>(
        &OpModeS::Base,
        &public,
        &vector.info.0,
        &mut HandedIn(&mut drawn),
    )
    .unwrap();
    assert_eq!(enc.to_bytes().to_vec(), vector.enc.0);
    let mut recipient = hpke::setup_receiver::<ChaCha20Poly1305, HkdfSha256, K>(
        &OpModeR::Base,
        &private,
        &enc,
        &vector.info.0,
    )
    .unwrap();
    let mut next = 0;
    for (index, message) in vector.encryptions.iter().enumerate() {
        while next < message.sequence.unwrap_or(index) {
            let left_out = sender.seal(b"", b"").unwrap();
            recipient.open(&left_out, b"").unwrap();
            next += 1;
        }
        let sealed = sender.seal(&message.pt.0, &message.aad.0).unwrap();
        assert_eq!(sealed, message.ct.0, "message {next}");
        assert_eq!(
            recipient.open(&sealed, &message.aad.0).unwrap(),
            message.pt.0
        );
        next += 1;
    }
    for export in &vector.exports {
        let mut value = vec![0; export.L];
        recipient
            .export(&export.exporter_context.0, &mut value)
            .unwrap();
        assert_eq!(value, export.exported_value.0);
    }
}

#[test]
fn key_schedule_and_cipher_are_those_of_rfc_9180_with_a_classical_kem() {
    let vector: HpkeVector = read(include_str!("../tests/vectors/hpke-rfc9180-a2.json"));
    assert_eq!((vector.encryptions.len(), vector.exports.len()), (6, 3));
    check_hpke::<X25519HkdfSha256>(&vector);
}

#[test]
fn sealing_to_a_device_is_that_of_the_hpke_draft_with_x_wing() {
    let vector: HpkeVector = read(include_str!("../tests/vectors/hpke-x-wing.json"));
    assert_eq!((vector.encryptions.len(), vector.exports.len()), (10, 5));
    check_hpke::<XWing>(&vector);

    let key = KemKey::from_seed(vector.skRm.array().unwrap());
    let mut drawn = Exactly(vector.ikmE.0);
    let sealed = kem::seal(&key.recipient(), &vector.info.0, b"ours", &mut drawn).unwrap();
    assert_eq!(sealed.enc, vector.enc.0);
    let opened = kem::open(&key, &vector.info.0, &sealed.enc, &sealed.ciphertext).unwrap();
    assert_eq!(*opened, b"ours");
}
