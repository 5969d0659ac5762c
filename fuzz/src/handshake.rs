//! The handshake of a pairing against a partner who holds the invitation: slots, Noise messages, pieces of a channel.

use std::sync::OnceLock;

use belay_crypto::pairing::{
    NoiseInitiator, NoiseSession, Scanner, Shower, make_invitation, noise_respond,
};
use belay_protocol::InvitationQr;

use crate::world::Counted;

const PSK: [u8; 32] = [3; 32];

fn invitation() -> &'static InvitationQr {
    static INVITATION: OnceLock<InvitationQr> = OnceLock::new();
    INVITATION.get_or_init(|| make_invitation(None, Vec::new(), 1, &mut Counted(1)))
}

fn sessions() -> (NoiseSession, NoiseSession) {
    let made = || -> Result<_, belay_crypto::CryptoError> {
        let (initiator, first) = NoiseInitiator::start(&PSK, b"fuzz", &mut Counted(2))?;
        let (responder, second) = noise_respond(&PSK, b"fuzz", &first, &mut Counted(3))?;
        Ok((initiator.finish(&second)?, responder))
    };
    match made() {
        Ok(sessions) => sessions,
        Err(error) => panic!("an honest handshake ends well: {error}"),
    }
}

/// Runs one input; tells whether a step took it. The first byte says which step of the pairing reads the rest.
pub fn run(bytes: &[u8]) -> usize {
    let Some((step, bytes)) = bytes.split_first() else {
        return 0;
    };
    match step % 4 {
        0 => {
            assert!(Shower::answer(invitation(), bytes, &mut Counted(4)).is_err());
            0
        }
        1 => {
            let Ok((scanner, _)) = Scanner::start(invitation(), &mut Counted(5)) else {
                panic!("a pairing can begin");
            };
            assert!(scanner.connect(bytes).is_err());
            0
        }
        // With the key of the invitation: whatever Noise says to it.
        2 => usize::from(noise_respond(&PSK, b"fuzz", bytes, &mut Counted(6)).is_ok()),
        _ => {
            let (mut ours, mut theirs) = sessions();
            let Ok(sealed) = ours.seal(bytes) else {
                panic!("a message of this length can be sealed");
            };
            assert_eq!(theirs.open(&sealed).as_deref(), Ok(bytes));
            assert!(theirs.open(bytes).is_err());
            1
        }
    }
}
