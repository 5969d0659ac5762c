//! Sealing and opening an envelope, against the primitives they are made of.

use std::time::Duration;

use belay_crypto::{
    DeviceKey, EpochKeys, EraseKey, ItemDraft, make_epoch, open_envelope, seal_envelope, sign_item,
};
use belay_document::records::RecordPayload;
use belay_engine::SystemEntropy;
use belay_model::{
    DeviceId, DocName, EpochId, Incarnation, ItemId, SpaceId, make_bytes, publish_check_in,
};
use belay_protocol::{DocKind, ItemKind, Outer, encode_plain, padme};
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use sha2::Sha256;

use crate::content::shared_fields;
use crate::home::Home;
use crate::person::Newcomer;
use crate::row::{Bar, Measured, Row};
use crate::shared_check_in::{CheckInWriter, timed};
use crate::spread::{Spread, micros};
use crate::ten_years::END_MS;
use crate::{Outcome, PER_ROUND};

/// As `core/crypto` compresses.
const LEVEL: i32 = 3;
/// The additional data of an envelope: its head, the space and the epoch.
const AAD: [u8; 110 + 32 + 32] = [0; 174];

/// Measures four rows: one check-in and thirty, sealed and opened.
pub fn measure(home: &Home, rounds: usize) -> Outcome<Vec<Row>> {
    let items = items(home)?;
    let mut rows = Vec::new();
    for count in [1, items.len()] {
        rows.extend(measure_items(&items[..count], rounds)?);
    }
    Ok(rows)
}

/// Records of check-ins as they are shared, thirty of them.
fn items(home: &Home) -> Outcome<Vec<Vec<u8>>> {
    let newcomer = Newcomer::make(home, END_MS)?;
    let mut writer = CheckInWriter::new(&newcomer.person)?;
    let key = DeviceKey::make(&mut SystemEntropy);
    let mut items = Vec::new();
    for seq in 1..=30 {
        let written = writer.write()?.0;
        let record = publish_check_in(&written.check_in, shared_fields());
        let draft = ItemDraft {
            kind: ItemKind::Record,
            space_id: SpaceId::from_bytes([1; 32]),
            device_id: DeviceId::from_bytes([2; 32]),
            inc: Incarnation(1),
            seq,
            prev: make_bytes(&mut SystemEntropy),
            hlc: u64::try_from(END_MS)? << 16,
            heads: vec![ItemId::from_bytes([4; 32])],
            doc_kind: DocKind::CheckIn.into(),
            doc_name: DocName::from_bytes(make_bytes(&mut SystemEntropy)),
            body: record.ok_or("nothing is shared")?.to_body(1).encode(),
        };
        items.push(sign_item(&key, draft, &mut SystemEntropy)?.encode());
    }
    Ok(items)
}

fn measure_items(items: &[Vec<u8>], rounds: usize) -> Outcome<[Row; 2]> {
    let epoch = EpochId::from_bytes([6; 32]);
    let (secret, _) = make_epoch(vec![], vec![], &mut SystemEntropy);
    let work = Work {
        items,
        keys: secret.keys(&epoch),
        erase: EraseKey::make(&mut SystemEntropy),
        epoch,
    };
    let framed = encode_plain(items)?;
    let sealed = work.seal([9; 24])?;
    let padded = Outer::parse(&sealed)?.ciphertext.len() - 16;
    let plain = work.plain(&framed, padded)?;

    let mut times = [const { Vec::<f64>::new() }; 4];
    let mut ratios = [Vec::new(), Vec::new()];
    for round in 0..=rounds {
        let mut sums = [Duration::ZERO; 4];
        for _ in 0..PER_ROUND {
            let nonce = make_bytes(&mut SystemEntropy);
            let took = [
                timed(|| work.seal(nonce))?.1,
                timed(|| work.primitives_of_sealing(&framed, padded, nonce, sealed.len()))?.1,
                timed(|| work.open(&sealed))?.1,
                timed(|| work.primitives_of_opening(&plain))?.1,
            ];
            for (index, took) in took.into_iter().enumerate() {
                sums[index] += took;
                if round > 0 {
                    times[index].push(micros(took));
                }
            }
        }
        if round > 0 {
            for side in 0..2 {
                let [path, parts] = [sums[2 * side], sums[2 * side + 1]];
                ratios[side].push(path.as_secs_f64() / parts.as_secs_f64());
            }
        }
    }
    let count = items.len();
    let [sealing, opening] = ratios;
    let measured =
        |index: usize, what: String| Measured::micros(what, Spread::of(&times[index]).median);
    let zip = if plain.frame.is_some() { "zstd, " } else { "" };
    let row = |path: usize, verb: &str, parts: String, ratios: Vec<f64>| Row {
        path: measured(
            path,
            format!("{verb} an envelope of {count} ({} B)", sealed.len()),
        ),
        parts: vec![measured(path + 1, parts)],
        ratios,
        bar: Bar::AtMost(1.3),
    };
    Ok([
        row(
            0,
            "seal",
            "zstd, two HKDF, XChaCha20-Poly1305, three BLAKE3".into(),
            sealing,
        ),
        row(
            2,
            "open",
            format!("{zip}HKDF, XChaCha20-Poly1305, BLAKE3 of the tag"),
            opening,
        ),
    ])
}

struct Work<'a> {
    items: &'a [Vec<u8>],
    keys: EpochKeys,
    erase: EraseKey,
    epoch: EpochId,
}

/// An envelope's inside, sealed by the primitives alone.
struct Plain {
    sealed: Vec<u8>,
    nonce: [u8; 24],
    key: [u8; 32],
    frame: Option<(Vec<u8>, usize)>,
}

impl Work<'_> {
    fn space(&self) -> SpaceId {
        SpaceId::from_bytes([1; 32])
    }

    fn seal(&self, nonce: [u8; 24]) -> Outcome<Vec<u8>> {
        let (keys, erase) = (&self.keys, &self.erase);
        let sealed = seal_envelope(self.items, keys, &self.space(), &self.epoch, erase, nonce)?;
        Ok(sealed.bytes)
    }

    fn open(&self, sealed: &[u8]) -> Outcome<()> {
        let items = open_envelope(sealed, &self.keys, &self.space(), &self.epoch)?;
        std::hint::black_box(items);
        Ok(())
    }

    fn primitives_of_sealing(
        &self,
        framed: &[u8],
        padded: usize,
        nonce: [u8; 24],
        total: usize,
    ) -> Outcome<()> {
        let packed = zstd::bulk::compress(framed, LEVEL)?;
        let mut plain = if packed.len() < framed.len() {
            packed
        } else {
            framed.to_vec()
        };
        plain.resize(padded, 0);
        let key = expand(&nonce)?;
        std::hint::black_box(expand(&nonce)?);
        let mut bytes = seal(&key, &nonce, &plain)?;
        bytes.resize(total, 0);
        for input in [&bytes[..], &nonce[..], &key[..]] {
            std::hint::black_box(blake3::hash(input));
        }
        Ok(())
    }

    fn plain(&self, framed: &[u8], padded: usize) -> Outcome<Plain> {
        let packed = zstd::bulk::compress(framed, LEVEL)?;
        let is_packed = padme(4 + packed.len()) < padme(4 + framed.len());
        let (nonce, key) = ([9; 24], [8; 32]);
        Ok(Plain {
            sealed: seal(&key, &nonce, &vec![0; padded])?,
            nonce,
            key,
            frame: is_packed.then_some((packed, framed.len())),
        })
    }

    fn primitives_of_opening(&self, plain: &Plain) -> Outcome<()> {
        std::hint::black_box(blake3::hash(&plain.key));
        std::hint::black_box(expand(&plain.nonce)?);
        let opened = XChaCha20Poly1305::new(&plain.key.into())
            .decrypt(
                &XNonce::from(plain.nonce),
                Payload {
                    msg: &plain.sealed,
                    aad: &AAD,
                },
            )
            .map_err(|_| "does not open")?;
        std::hint::black_box(opened);
        if let Some((frame, size)) = &plain.frame {
            std::hint::black_box(zstd::bulk::decompress(frame, *size)?);
        }
        Ok(())
    }
}

fn expand(nonce: &[u8; 24]) -> Outcome<[u8; 32]> {
    let mut both = [0; 64];
    Hkdf::<Sha256>::new(Some(nonce), &[7; 32])
        .expand(b"belay/v1/env", &mut both)
        .map_err(|_| "too long")?;
    let mut key = [0; 32];
    key.copy_from_slice(&both[..32]);
    Ok(key)
}

fn seal(key: &[u8; 32], nonce: &[u8; 24], plain: &[u8]) -> Outcome<Vec<u8>> {
    let payload = Payload {
        msg: plain,
        aad: &AAD,
    };
    let sealed = XChaCha20Poly1305::new(&(*key).into()).encrypt(&XNonce::from(*nonce), payload);
    Ok(sealed.map_err(|_| "does not seal")?)
}
