//! Sealing an attachment chunk by chunk, against the cipher over all of it at once.

use std::time::Duration;

use belay_crypto::{BlobKey, BlobSealer};
use belay_engine::SystemEntropy;
use belay_protocol::limits::BLOB_CHUNK;
use belay_protocol::padded_blob_len;
use chacha20poly1305::aead::AeadInOut;
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};

use crate::Outcome;
use crate::row::{Bar, Measured, Row};
use crate::shared_check_in::timed;
use crate::spread::{Spread, micros};

/// How often both are done in one round, in turns: one alone would tell more of what else runs.
const TURNS: usize = 8;

/// A photo of a telephone.
const BYTES: usize = 8 * 1024 * 1024 - 4_321;

/// Measures one row.
pub fn measure(rounds: usize) -> Outcome<Row> {
    let plain: Vec<u8> = (0..BYTES).map(|n| (n % 251) as u8).collect();
    let mut times = [const { Vec::<f64>::new() }; 2];
    let mut ratios = Vec::new();
    for round in 0..=rounds {
        let mut sums = [Duration::ZERO; 2];
        for turn in 0..TURNS {
            // Who comes second may find warmer caches.
            let (path, alone) = if turn % 2 == 0 {
                let path = timed(|| seal_in_chunks(&plain))?.1;
                (path, cipher_alone(&plain)?)
            } else {
                let alone = cipher_alone(&plain)?;
                (timed(|| seal_in_chunks(&plain))?.1, alone)
            };
            for (index, took) in [path, alone].into_iter().enumerate() {
                sums[index] += took;
                if round > 0 {
                    times[index].push(micros(took));
                }
            }
        }
        if round > 0 {
            ratios.push(sums[1].as_secs_f64() / sums[0].as_secs_f64());
        }
    }
    let [path, alone] = times.map(|times| Spread::of(&times).median);
    Ok(Row {
        path: Measured::micros(format!("seal an attachment of {BYTES} B in chunks"), path),
        parts: vec![Measured::micros(
            "XChaCha20-Poly1305 over it at once",
            alone,
        )],
        ratios,
        bar: Bar::RateAtLeast(0.8),
    })
}

/// As the engine does it: copied into a chunk, sealed there, padded at the end.
fn seal_in_chunks(plain: &[u8]) -> Outcome<()> {
    let (id, key) = ([7; 32], BlobKey::make(&mut SystemEntropy));
    let mut sealer = BlobSealer::new(&key, &id);
    let padded = usize::try_from(padded_blob_len(plain.len() as u64))?;
    let mut chunk = Vec::with_capacity(BLOB_CHUNK + 16);
    let mut done = 0;
    while done < padded {
        let end = (done + BLOB_CHUNK).min(padded);
        chunk.clear();
        chunk.extend_from_slice(&plain[done.min(plain.len())..end.min(plain.len())]);
        chunk.resize(end - done, 0);
        sealer.seal(&mut chunk, end == padded)?;
        std::hint::black_box(&chunk);
        done = end;
    }
    Ok(())
}

/// How long the cipher takes for the same bytes.
fn cipher_alone(plain: &[u8]) -> Outcome<Duration> {
    let mut bytes = plain.to_vec();
    let cipher = XChaCha20Poly1305::new(&[3; 32].into());
    let nonce = XNonce::from([9; 24]);
    let took = timed(|| {
        let sealed = cipher.encrypt_inout_detached(&nonce, &[], (&mut bytes[..]).into());
        Ok(sealed.map_err(|_| "does not seal")?)
    })?;
    std::hint::black_box(&bytes);
    Ok(took.1)
}
