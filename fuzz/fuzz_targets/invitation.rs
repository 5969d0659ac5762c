//! The text of an invitation, typed, scanned or pasted with whatever stood around it.
#![no_main]

use belay_protocol::InvitationQr;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok(invitation) = InvitationQr::parse(text) else {
        return;
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
});
