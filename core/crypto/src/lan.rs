//! Finding and meeting each other on one network: tags that only those recognise who hold a secret of the
//! same epoch, and a channel that only they can open. Which device speaks is proved inside it
//! ([`crate::sign_lan`]).

use std::fmt;

use belay_model::{Entropy, make_bytes};
use belay_protocol::{LanGreeting, LanHello, LanTag};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::derive::hkdf;
use crate::input::Input;
use crate::pairing::{NoiseInitiator, NoiseSession, noise_respond};
use crate::{CryptoError, EpochKeys, label};

/// Random bytes of a tag; the rest shows who made it.
const RANDOM: usize = 8;

/// An epoch's key on the local network. Wiped when dropped.
#[derive(Clone)]
pub struct LanKey(Zeroizing<[u8; 32]>);

impl fmt::Debug for LanKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LanKey(..)")
    }
}

impl LanKey {
    /// The key of an epoch.
    #[must_use]
    pub fn of(keys: &EpochKeys) -> Self {
        Self(Zeroizing::new(*keys.k_lan()))
    }

    /// The key of whoever has the words, from the seed of their mailbox. Devices of the person have it too, also
    /// those that were removed: what is said under it must be sealed to the words.
    pub(crate) fn of_words(mailbox_seed: &[u8; 32]) -> Self {
        Self(hkdf(mailbox_seed, None, label::LAN_WORDS))
    }

    /// A tag to advertise: eight random bytes, and what only holders of the key can compute from them.
    #[must_use]
    pub fn make_tag(&self, entropy: &mut dyn Entropy) -> LanTag {
        let random = make_bytes::<RANDOM>(entropy);
        join(&random, &self.mac(&random))
    }

    /// Whether an advertised tag was made with this key.
    #[must_use]
    pub fn made_tag(&self, tag: &LanTag) -> bool {
        same(tag, &self.mac(&tag[..RANDOM]))
    }

    /// A tag for one call: it fits this greeting alone, so that nobody can show it to somebody else, or again.
    #[must_use]
    pub fn make_hello_tag(&self, greeting: &LanGreeting, entropy: &mut dyn Entropy) -> LanTag {
        let random = make_bytes::<RANDOM>(entropy);
        join(&random, &self.hello_mac(greeting, &random))
    }

    /// Whether a tag of a call was made with this key, after this greeting.
    #[must_use]
    pub fn made_hello_tag(&self, greeting: &LanGreeting, tag: &LanTag) -> bool {
        same(tag, &self.hello_mac(greeting, &tag[..RANDOM]))
    }

    /// Begins the handshake of the side that called; `choice` is the tag of its hello that the other took.
    ///
    /// # Errors
    /// `Handshake`, which cannot happen with a working `snow`.
    pub fn call(
        &self,
        greeting: &LanGreeting,
        hello: &LanHello,
        choice: u8,
        entropy: &mut dyn Entropy,
    ) -> Result<(NoiseInitiator, Vec<u8>), CryptoError> {
        NoiseInitiator::start(&self.psk(), &prologue(greeting, hello, choice), entropy)
    }

    /// Answers the first message of the side that called; returns the channel and the answer to send.
    ///
    /// # Errors
    /// `Handshake` when the message was made with another key, for another call, or altered.
    pub fn answer(
        &self,
        greeting: &LanGreeting,
        hello: &LanHello,
        choice: u8,
        message: &[u8],
        entropy: &mut dyn Entropy,
    ) -> Result<(NoiseSession, Vec<u8>), CryptoError> {
        let prologue = prologue(greeting, hello, choice);
        noise_respond(&self.psk(), &prologue, message, entropy)
    }

    fn psk(&self) -> Zeroizing<[u8; 32]> {
        hkdf(&*self.0, None, label::LAN_PSK)
    }

    fn hello_mac(&self, greeting: &LanGreeting, random: &[u8]) -> [u8; 32] {
        let input = Input::new(label::LAN_HELLO)
            .fixed(&greeting.nonce)
            .variable(random)
            .bytes();
        self.mac(&input)
    }

    fn mac(&self, input: &[u8]) -> [u8; 32] {
        let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(&*self.0)
            .expect("HMAC takes a key of any length");
        mac.update(input);
        mac.finalize().into_bytes().into()
    }
}

fn prologue(greeting: &LanGreeting, hello: &LanHello, choice: u8) -> Vec<u8> {
    Input::new(label::LAN_PROLOGUE)
        .variable(&greeting.encode())
        .variable(&hello.encode())
        .u8(choice)
        .bytes()
}

fn join(random: &[u8; RANDOM], mac: &[u8; 32]) -> LanTag {
    let mut tag = [0; 16];
    tag[..RANDOM].copy_from_slice(random);
    tag[RANDOM..].copy_from_slice(&mac[..16 - RANDOM]);
    tag
}

fn same(tag: &LanTag, mac: &[u8; 32]) -> bool {
    bool::from(tag[RANDOM..].ct_eq(&mac[..16 - RANDOM]))
}
