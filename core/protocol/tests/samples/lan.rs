//! Good values of what is said on the local network.

use belay_model::DeviceId;
use belay_protocol::{LanFrame, LanGreeting, LanHello, LanWant, ProtocolError};

use super::{Again, vector};

/// An envelope in its outer form only.
fn envelope(fill: u8) -> Vec<u8> {
    let mut bytes = vec![1, 1];
    bytes.resize(106, fill);
    bytes.extend_from_slice(&16u32.to_le_bytes());
    bytes.resize(126, fill);
    bytes
}

/// One of each, with a name that says which.
pub fn frames() -> [(&'static str, LanFrame); 7] {
    [
        (
            "proof",
            LanFrame::Proof {
                device_id: DeviceId::from_bytes([1; 32]),
                signature: [2; 64],
            },
        ),
        (
            "have",
            LanFrame::Have {
                more: false,
                entries: vector(),
            },
        ),
        ("envelopes", LanFrame::Envelopes(vec![envelope(3)])),
        ("over", LanFrame::Over { again: true }),
        ("bye", LanFrame::Bye),
        (
            "want",
            LanFrame::Want(vec![
                LanWant {
                    blob: [7; 32],
                    offset: 0,
                },
                LanWant {
                    blob: [8; 32],
                    offset: 65_552,
                },
            ]),
        ),
        (
            "piece",
            LanFrame::Piece {
                blob: [8; 32],
                offset: 65_552,
                bytes: vec![9; 20],
            },
        ),
    ]
}

/// Reads a frame and writes it again.
pub fn again(bytes: &[u8]) -> Result<Vec<u8>, ProtocolError> {
    LanFrame::parse(bytes).map(|frame| frame.encode())
}

pub fn samples() -> Vec<(&'static str, Again, Vec<u8>)> {
    let greeting = LanGreeting { nonce: [5; 32] };
    let hello = LanHello { tags: [[6; 16]; 8] };
    let mut samples: Vec<(&'static str, Again, Vec<u8>)> = vec![
        (
            "LanGreeting",
            |bytes| LanGreeting::parse(bytes).map(|greeting| greeting.encode()),
            greeting.encode(),
        ),
        (
            "LanHello",
            |bytes| LanHello::parse(bytes).map(|hello| hello.encode()),
            hello.encode(),
        ),
    ];
    for (name, frame) in frames() {
        samples.push((name, again, frame.encode()));
    }
    samples
}
