//! The text of an invitation, typed, scanned or pasted with whatever stood around it; and any fields in a right frame.

use belay_protocol::{InvitationLink, InvitationQr};
use data_encoding::BASE32_NOPAD;

fn crc32(bytes: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in bytes {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = (sum >> 1) ^ (0xedb8_8320 & (sum & 1).wrapping_neg());
        }
    }
    !sum
}

/// Runs one input; tells how often it was an invitation.
pub fn run(bytes: &[u8]) -> usize {
    let framed = [bytes, &crc32(bytes).to_le_bytes()].concat();
    let framed = format!("BELAY:PAIR/1/{}", BASE32_NOPAD.encode(&framed));
    std::str::from_utf8(bytes).map_or(0, read) + read(&framed)
}

fn read(text: &str) -> usize {
    if let Ok(link) = InvitationLink::parse(text) {
        assert_eq!(InvitationLink::parse(&link.to_text()), Ok(link));
        return 1;
    }
    let Ok(invitation) = InvitationQr::parse(text) else {
        return 0;
    };
    // Case and white space are forgiven; nothing else is.
    let Ok(written) = invitation.to_text() else {
        panic!("what was read can be written");
    };
    let bare: String = text
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .map(|letter| letter.to_ascii_uppercase())
        .collect();
    assert_eq!(written.to_ascii_uppercase(), bare);
    1
}
