//! Payload of a share of the recovery words that somebody gave a partner to keep: sealed to the partner's devices,
//! so that it stands in the shared space and neither the giver's devices nor the relay can read it.

use belay_model::DeviceId;
use belay_protocol::limits::{KEM_ENCAPSULATED, SHARES_MAX};
use belay_protocol::{DocKind, ProtocolError, RecoveryShare};

use super::payload::{PayloadReader, PayloadWriter, read_payload};
use super::record::RecordPayload;

/// Devices a share is sealed to at most: what fits an item.
pub const SHARE_DEVICES_MAX: usize = 32;

/// Bytes of HPKE's ciphertext of a share.
const CIPHERTEXT: usize = RecoveryShare::LEN + 16;

/// Bytes of one seal: device, encapsulated key, ciphertext.
const SEAL: usize = 32 + KEM_ENCAPSULATED + CIPHERTEXT;

/// A share sealed to one device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShareSeal {
    /// The device.
    pub device_id: DeviceId,
    /// HPKE's encapsulated key.
    pub enc: Vec<u8>,
    /// HPKE's ciphertext.
    pub ciphertext: Vec<u8>,
}

/// A share as published. Its record's name is zero: one per person and space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShareRecord {
    /// Names the set it belongs to.
    pub set_id: [u8; 8],
    /// Which of the set it is, from 1.
    pub index: u8,
    /// How many of the set are needed.
    pub threshold: u8,
    /// The share, once for each device that may open it; strictly ascending by device.
    pub seals: Vec<ShareSeal>,
}

impl RecordPayload for ShareRecord {
    const KIND: DocKind = DocKind::Share;
    const SCHEMA: u16 = 1;

    fn encode(&self) -> Vec<u8> {
        let mut seals = Vec::with_capacity(self.seals.len() * SEAL);
        for seal in &self.seals {
            seals.extend_from_slice(seal.device_id.as_bytes());
            seals.extend_from_slice(&seal.enc);
            seals.extend_from_slice(&seal.ciphertext);
        }
        let mut writer = PayloadWriter::new();
        writer
            .bytes(0, &self.set_id)
            .uint(1, self.index.into())
            .uint(2, self.threshold.into())
            .bytes(3, &seals);
        writer.finish()
    }

    fn decode(payload: &[u8]) -> Result<Self, ProtocolError> {
        read_payload(payload, read, Self::encode)
    }
}

fn read(reader: &mut PayloadReader<'_>) -> Result<ShareRecord, ProtocolError> {
    const BAD: ProtocolError = ProtocolError::Malformed("share");
    let set_id = reader.array(0)?;
    let index = u8::try_from(reader.uint(1)?).map_err(|_| BAD)?;
    let threshold = u8::try_from(reader.uint(2)?).map_err(|_| BAD)?;
    let bytes = reader
        .optional_bytes(3, SHARE_DEVICES_MAX * SEAL)?
        .ok_or(BAD)?;
    let seals: Vec<ShareSeal> = bytes
        .chunks(SEAL)
        .map(|seal| {
            let (device, rest) = seal.split_first_chunk::<32>().ok_or(BAD)?;
            let (enc, ciphertext) = rest.split_at_checked(KEM_ENCAPSULATED).ok_or(BAD)?;
            if ciphertext.len() != CIPHERTEXT {
                return Err(BAD);
            }
            Ok(ShareSeal {
                device_id: DeviceId::from_bytes(*device),
                enc: enc.to_vec(),
                ciphertext: ciphertext.to_vec(),
            })
        })
        .collect::<Result<_, _>>()?;
    let counts = (1..=SHARES_MAX).contains(&index) && (2..=SHARES_MAX).contains(&threshold);
    if !counts || seals.is_empty() || !seals.is_sorted_by(|a, b| a.device_id < b.device_id) {
        return Err(BAD);
    }
    Ok(ShareRecord {
        set_id,
        index,
        threshold,
        seals,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    fn record() -> ShareRecord {
        let seal = |at| ShareSeal {
            device_id: DeviceId::from_bytes([at; 32]),
            enc: vec![at; KEM_ENCAPSULATED],
            ciphertext: vec![at; CIPHERTEXT],
        };
        ShareRecord {
            set_id: [1; 8],
            index: 2,
            threshold: 3,
            seals: vec![seal(1), seal(2)],
        }
    }

    #[test]
    fn a_share_comes_out_as_it_went_in() {
        assert_eq!(ShareRecord::decode(&record().encode()).unwrap(), record());
    }

    #[test]
    fn what_is_no_share_is_refused() {
        let mut turned = record();
        turned.seals.swap(0, 1);
        let mut none = record();
        none.seals.clear();
        let mut short = record();
        short.seals[1].ciphertext.pop();
        let beyond = ShareRecord {
            index: SHARES_MAX + 1,
            ..record()
        };
        let single = ShareRecord {
            threshold: 1,
            ..record()
        };
        for wrong in [turned, none, short, beyond, single] {
            assert!(ShareRecord::decode(&wrong.encode()).is_err());
        }
    }

    #[test]
    fn a_share_is_written_and_read_as_ever() {
        let kept = include_str!("../../tests/exemplars/record-share.1.hex").replace('\n', "");
        let body = record().to_body(3).encode();
        let hex: String = body.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hex, kept);
        let parsed = belay_protocol::RecordBody::parse(&body).unwrap();
        assert_eq!(ShareRecord::from_body(&parsed).unwrap(), Some(record()));
    }
}
