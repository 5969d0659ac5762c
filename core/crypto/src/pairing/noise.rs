//! `Noise_NNpsk0_25519_ChaChaPoly_BLAKE2s` (Noise revision 34): both sides know one key and nothing
//! of each other; afterwards they share a channel and a hash of the handshake.

use std::fmt;

use belay_model::Entropy;
use snow::params::{CipherChoice, DHChoice, HashChoice, NoiseParams};
use snow::resolvers::{CryptoResolver, DefaultResolver};
use snow::types::{Cipher, Dh, Hash, Random};
use snow::{Builder, HandshakeState, TransportState};
use zeroize::Zeroizing;

use crate::CryptoError;

const PATTERN: &str = "Noise_NNpsk0_25519_ChaChaPoly_BLAKE2s";
/// Bytes of a Noise message (Noise section 3).
const MESSAGE_MAX: usize = 65_535;
const TAG: usize = 16;
/// Content bytes of one message of the channel: one byte says whether more follow.
const PIECE_MAX: usize = MESSAGE_MAX - TAG - 1;
/// Bytes of both handshake messages: a public key and the tag of an empty payload.
const HANDSHAKE: usize = 32 + TAG;

/// The bytes drawn beforehand from the caller's entropy. One handshake needs one ephemeral key.
struct Drawn(Zeroizing<[u8; 32]>, bool);

impl Random for Drawn {
    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), snow::Error> {
        if self.1 || bytes.len() != self.0.len() {
            return Err(snow::Error::Rng);
        }
        bytes.copy_from_slice(&*self.0);
        self.1 = true;
        Ok(())
    }
}

/// `snow`'s own primitives, with the caller's entropy in place of the operating system's.
struct Resolver(Zeroizing<[u8; 32]>);

impl CryptoResolver for Resolver {
    fn resolve_rng(&self) -> Option<Box<dyn Random>> {
        Some(Box::new(Drawn(self.0.clone(), false)))
    }

    fn resolve_dh(&self, choice: &DHChoice) -> Option<Box<dyn Dh>> {
        DefaultResolver.resolve_dh(choice)
    }

    fn resolve_hash(&self, choice: &HashChoice) -> Option<Box<dyn Hash>> {
        DefaultResolver.resolve_hash(choice)
    }

    fn resolve_cipher(&self, choice: &CipherChoice) -> Option<Box<dyn Cipher>> {
        DefaultResolver.resolve_cipher(choice)
    }
}

fn handshake(
    psk: &[u8; 32],
    prologue: &[u8],
    initiator: bool,
    entropy: &mut dyn Entropy,
) -> Result<HandshakeState, CryptoError> {
    let mut drawn = Zeroizing::new([0; 32]);
    entropy.fill(&mut *drawn);
    let params: NoiseParams = PATTERN.parse().map_err(|_| CryptoError::Handshake)?;
    Builder::with_resolver(params, Box::new(Resolver(drawn)))
        .psk(0, psk)
        .and_then(|builder| builder.prologue(prologue))
        .and_then(|builder| {
            if initiator {
                builder.build_initiator()
            } else {
                builder.build_responder()
            }
        })
        .map_err(|_| CryptoError::Handshake)
}

fn write(state: &mut HandshakeState) -> Result<Vec<u8>, CryptoError> {
    let mut message = vec![0; HANDSHAKE];
    match state.write_message(&[], &mut message) {
        Ok(HANDSHAKE) => Ok(message),
        _ => Err(CryptoError::Handshake),
    }
}

fn read(state: &mut HandshakeState, message: &[u8]) -> Result<(), CryptoError> {
    if message.len() != HANDSHAKE {
        return Err(CryptoError::Handshake);
    }
    match state.read_message(message, &mut [0; HANDSHAKE]) {
        Ok(0) => Ok(()),
        _ => Err(CryptoError::Handshake),
    }
}

/// The side that speaks first, waiting for the answer.
pub struct NoiseInitiator(HandshakeState);

impl fmt::Debug for NoiseInitiator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NoiseInitiator(..)")
    }
}

impl NoiseInitiator {
    /// Begins; returns the first message.
    ///
    /// # Errors
    /// `Handshake`, which cannot happen with a working `snow`.
    pub fn start(
        psk: &[u8; 32],
        prologue: &[u8],
        entropy: &mut dyn Entropy,
    ) -> Result<(Self, Vec<u8>), CryptoError> {
        let mut state = handshake(psk, prologue, true, entropy)?;
        let message = write(&mut state)?;
        Ok((Self(state), message))
    }

    /// Reads the answer.
    ///
    /// # Errors
    /// `Handshake` when the answer was made with another key or altered.
    pub fn finish(mut self, answer: &[u8]) -> Result<NoiseSession, CryptoError> {
        read(&mut self.0, answer)?;
        NoiseSession::new(self.0)
    }
}

/// Answers a first message; returns the channel and the answer to send.
///
/// # Errors
/// `Handshake` when the message was made with another key or altered.
pub fn noise_respond(
    psk: &[u8; 32],
    prologue: &[u8],
    message: &[u8],
    entropy: &mut dyn Entropy,
) -> Result<(NoiseSession, Vec<u8>), CryptoError> {
    let mut state = handshake(psk, prologue, false, entropy)?;
    read(&mut state, message)?;
    let answer = write(&mut state)?;
    Ok((NoiseSession::new(state)?, answer))
}

/// A channel between two sides: what is sealed is opened in the same order or not at all.
pub struct NoiseSession {
    transport: TransportState,
    handshake_hash: [u8; 32],
}

impl fmt::Debug for NoiseSession {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NoiseSession(..)")
    }
}

impl NoiseSession {
    fn new(state: HandshakeState) -> Result<Self, CryptoError> {
        let handshake_hash = state
            .get_handshake_hash()
            .try_into()
            .map_err(|_| CryptoError::Handshake)?;
        let transport = state
            .into_transport_mode()
            .map_err(|_| CryptoError::Handshake)?;
        Ok(Self {
            transport,
            handshake_hash,
        })
    }

    /// The hash of the whole handshake: equal on both sides, different for every handshake.
    #[must_use]
    pub const fn handshake_hash(&self) -> &[u8; 32] {
        &self.handshake_hash
    }

    /// Seals a message of any length, in pieces: `(len u16 | Noise message)*`, each holding one byte
    /// that says whether more follow, then content.
    ///
    /// # Errors
    /// `Handshake` when the channel is exhausted (2^64 pieces).
    pub fn seal(&mut self, plain: &[u8]) -> Result<Vec<u8>, CryptoError> {
        let mut sealed = Vec::with_capacity(plain.len() + 64);
        let mut rest = plain;
        loop {
            let (piece, after) = rest.split_at(rest.len().min(PIECE_MAX));
            rest = after;
            let marked = [&[u8::from(!rest.is_empty())][..], piece].concat();
            let mut message = vec![0; marked.len() + TAG];
            let len = self
                .transport
                .write_message(&marked, &mut message)
                .map_err(|_| CryptoError::Handshake)?;
            let len = u16::try_from(len).map_err(|_| CryptoError::Handshake)?;
            sealed.extend_from_slice(&len.to_le_bytes());
            sealed.extend_from_slice(&message);
            if rest.is_empty() {
                return Ok(sealed);
            }
        }
    }

    /// Opens exactly one sealed message.
    ///
    /// # Errors
    /// `DoesNotOpen` for altered, shortened, repeated or reordered bytes.
    pub fn open(&mut self, sealed: &[u8]) -> Result<Vec<u8>, CryptoError> {
        const BAD: CryptoError = CryptoError::DoesNotOpen;
        let mut plain = Vec::new();
        let mut rest = sealed;
        loop {
            let (len, after) = rest.split_first_chunk::<2>().ok_or(BAD)?;
            let (message, after) = after
                .split_at_checked(usize::from(u16::from_le_bytes(*len)))
                .ok_or(BAD)?;
            rest = after;
            let mut piece = vec![0; message.len()];
            let len = self
                .transport
                .read_message(message, &mut piece)
                .map_err(|_| BAD)?;
            let (more, content) = piece[..len].split_first().ok_or(BAD)?;
            plain.extend_from_slice(content);
            match (more, rest.is_empty()) {
                (0, true) => return Ok(plain),
                (1, false) => {}
                _ => return Err(BAD),
            }
        }
    }
}
