//! Pairing in person or with an own device: one side shows a code, the other scans it.
//!
//! Slots: 0 scanner's Noise message 1, 1 shower's message 2, 2 scanner's bundle and signature, 3
//! shower's bundle, signature and welcome. Each side is one value that is used up by its next step,
//! so steps cannot be left out, repeated or taken in another order.

use std::fmt;

use belay_model::{DeviceId, Entropy, SpaceId, make_bytes};
use belay_protocol::{Bundle, InvitationQr, SealedWelcome, SignedBundle, Slot3, Welcome};
use zeroize::Zeroizing;

use super::{
    ComparisonCode, NoiseInitiator, NoiseSession, SealKey, noise_respond, open_slot, seal_slot,
};
use crate::derive::hkdf;
use crate::input::Input;
use crate::{
    CryptoError, DeviceKey, HandshakeRole, KemKey, KemPublic, label, open_welcome, sign_pairing,
    verify_genesis, verify_pairing,
};

/// Makes an invitation with a random id and one-time key.
#[must_use]
pub fn make_invitation(
    relay: Option<String>,
    lan_hints: Vec<String>,
    expires_at_ms: u64,
    entropy: &mut dyn Entropy,
) -> InvitationQr {
    InvitationQr {
        id: make_bytes(entropy),
        key: make_bytes(entropy),
        relay,
        lan_hints,
        expires_at_ms,
    }
}

/// The two keys that come from the invitation's one.
fn invitation_keys(invitation: &InvitationQr) -> (Zeroizing<[u8; 32]>, SealKey) {
    let derive = |label| hkdf(&invitation.key, Some(&invitation.id), label);
    (
        derive(label::PAIR_PSK),
        SealKey::from_bytes(*derive(label::PAIR_SEAL)),
    )
}

fn prologue(id: &[u8; 16]) -> Vec<u8> {
    Input::new(label::PAIR_PROLOGUE).fixed(id).bytes()
}

/// What both sides have after the handshake.
struct Channel {
    id: [u8; 16],
    seal: SealKey,
    session: NoiseSession,
}

impl Channel {
    fn seal(
        &mut self,
        slot: u8,
        plain: &[u8],
        entropy: &mut dyn Entropy,
    ) -> Result<Vec<u8>, CryptoError> {
        let inner = self.session.seal(plain)?;
        Ok(seal_slot(&self.seal, &self.id, slot, &inner, entropy))
    }

    fn open(&mut self, slot: u8, sealed: &[u8]) -> Result<Vec<u8>, CryptoError> {
        let inner = open_slot(&self.seal, &self.id, slot, sealed)?;
        self.session.open(&inner)
    }

    fn code(&self) -> ComparisonCode {
        ComparisonCode::derive(self.session.handshake_hash())
    }

    fn sign(&self, bundle: &Bundle, role: HandshakeRole, key: &DeviceKey) -> SignedBundle {
        SignedBundle {
            bundle: bundle.clone(),
            signature: sign_pairing(key, role, self.session.handshake_hash()),
        }
    }

    /// Checks the other side's bundle: its parts fit together, and its device is at the other end.
    fn check(&self, signed: SignedBundle, role: HandshakeRole) -> Result<Bundle, CryptoError> {
        let kem_pk = match &signed.bundle {
            Bundle::Person(genesis) => {
                verify_genesis(genesis)?;
                &genesis.kem.pk
            }
            Bundle::Device { kem, .. } => &kem.pk,
        };
        KemPublic::parse(kem_pk)?;
        verify_pairing(
            signed.bundle.sign_pk(),
            role,
            self.session.handshake_hash(),
            &signed.signature,
        )?;
        Ok(signed.bundle)
    }
}

/// The scanning side, waiting for slot 1.
pub struct Scanner {
    id: [u8; 16],
    seal: SealKey,
    handshake: NoiseInitiator,
}

impl fmt::Debug for Scanner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Scanner(..)")
    }
}

impl Scanner {
    /// Begins; returns what goes into slot 0. Whether the invitation has expired is for the caller to
    /// say.
    ///
    /// # Errors
    /// `Handshake`, which cannot happen with a working `snow`.
    pub fn start(
        invitation: &InvitationQr,
        entropy: &mut dyn Entropy,
    ) -> Result<(Self, Vec<u8>), CryptoError> {
        let (psk, seal) = invitation_keys(invitation);
        let id = invitation.id;
        let (handshake, message) = NoiseInitiator::start(&psk, &prologue(&id), entropy)?;
        let slot0 = seal_slot(&seal, &id, 0, &message, entropy);
        let scanner = Self {
            id,
            seal,
            handshake,
        };
        Ok((scanner, slot0))
    }

    /// Reads slot 1. From here on both sides can compare words.
    ///
    /// # Errors
    /// `DoesNotOpen` or `Handshake`.
    pub fn connect(self, slot1: &[u8]) -> Result<ScannerSession, CryptoError> {
        let message = open_slot(&self.seal, &self.id, 1, slot1)?;
        let session = self.handshake.finish(&message)?;
        Ok(ScannerSession(Channel {
            id: self.id,
            seal: self.seal,
            session,
        }))
    }
}

/// The scanning side after the handshake.
pub struct ScannerSession(Channel);

impl fmt::Debug for ScannerSession {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ScannerSession(..)")
    }
}

impl ScannerSession {
    /// What to compare.
    #[must_use]
    pub fn code(&self) -> ComparisonCode {
        self.0.code()
    }

    /// What goes into slot 2: the own bundle, signed with its key.
    ///
    /// # Errors
    /// `Handshake` when the channel is exhausted.
    pub fn bundle_slot(
        &mut self,
        bundle: &Bundle,
        key: &DeviceKey,
        entropy: &mut dyn Entropy,
    ) -> Result<Vec<u8>, CryptoError> {
        let signed = self.0.sign(bundle, HandshakeRole::Initiator, key);
        self.0.seal(2, &signed.encode(), entropy)
    }

    /// Reads slot 3: the shower's bundle, the space, and the welcome to the own device.
    ///
    /// # Errors
    /// `DoesNotOpen`, `Format`, `BadSignature` or `BadPublicKey`.
    pub fn open_welcome_slot(
        mut self,
        slot3: &[u8],
        device: &DeviceId,
        kem: &KemKey,
    ) -> Result<(Bundle, SpaceId, Welcome), CryptoError> {
        let slot3 = Slot3::parse(&self.0.open(3, slot3)?)?;
        let bundle = self.0.check(slot3.signed, HandshakeRole::Responder)?;
        let welcome = open_welcome(&slot3.welcome, device, kem)?;
        Ok((bundle, slot3.welcome.space_id, welcome))
    }
}

/// The showing side after slot 0.
pub struct Shower(Channel);

impl fmt::Debug for Shower {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Shower(..)")
    }
}

impl Shower {
    /// Reads slot 0; returns what goes into slot 1. From here on both sides can compare words. An
    /// invitation is answered once: the caller burns it with this call.
    ///
    /// # Errors
    /// `DoesNotOpen` or `Handshake`.
    pub fn answer(
        invitation: &InvitationQr,
        slot0: &[u8],
        entropy: &mut dyn Entropy,
    ) -> Result<(Self, Vec<u8>), CryptoError> {
        let (psk, seal) = invitation_keys(invitation);
        let id = invitation.id;
        let message = open_slot(&seal, &id, 0, slot0)?;
        let (session, answer) = noise_respond(&psk, &prologue(&id), &message, entropy)?;
        let slot1 = seal_slot(&seal, &id, 1, &answer, entropy);
        Ok((Self(Channel { id, seal, session }), slot1))
    }

    /// What to compare.
    #[must_use]
    pub fn code(&self) -> ComparisonCode {
        self.0.code()
    }

    /// Reads slot 2: the scanner's bundle.
    ///
    /// # Errors
    /// `DoesNotOpen`, `Format`, `BadSignature` or `BadPublicKey`.
    pub fn open_bundle_slot(&mut self, slot2: &[u8]) -> Result<Bundle, CryptoError> {
        let signed = SignedBundle::parse(&self.0.open(2, slot2)?)?;
        self.0.check(signed, HandshakeRole::Initiator)
    }

    /// What goes into slot 3: the own bundle, signed with its key, and the welcome.
    ///
    /// # Errors
    /// `Handshake` when the channel is exhausted.
    pub fn welcome_slot(
        mut self,
        bundle: &Bundle,
        key: &DeviceKey,
        welcome: SealedWelcome,
        entropy: &mut dyn Entropy,
    ) -> Result<Vec<u8>, CryptoError> {
        let signed = self.0.sign(bundle, HandshakeRole::Responder, key);
        let slot3 = Slot3 { signed, welcome };
        self.0.seal(3, &slot3.encode(), entropy)
    }
}
