//! Somebody who calls a device on the network with a program of their own, and says whatever a test wants.

use std::net::SocketAddr;

use belay_crypto::pairing::NoiseSession;
use belay_crypto::{DeviceKey, HandshakeRole, LanKey, sign_lan};
use belay_model::{DeviceId, Entropy, make_bytes};
use belay_protocol::{LanFrame, LanGreeting, LanHello};
use belay_transport::LanStream;

use crate::RawPartner;

/// Longer than anything an honest side says.
const MOST: usize = 2 * 1024 * 1024;

/// A caller with a channel.
pub struct RawCaller {
    stream: LanStream,
    session: NoiseSession,
}

impl RawCaller {
    /// Calls with a key; `None` when the other side hangs up.
    ///
    /// # Panics
    /// When nobody is there, or the other side keeps no rule.
    pub async fn call(addr: SocketAddr, key: &LanKey, entropy: &mut dyn Entropy) -> Option<Self> {
        let mut stream = LanStream::connect(addr).await.expect("somebody");
        let greeting = stream.read(MOST).await.expect("a greeting");
        let greeting = LanGreeting::parse(&greeting).expect("a greeting");
        let mut tags = [[0; 16]; 8].map(|_| make_bytes(entropy));
        tags[3] = key.make_hello_tag(&greeting, entropy);
        let hello = LanHello { tags };
        stream.write(&hello.encode()).await.expect("sent");
        let choice = stream.read(MOST).await.ok()?;
        assert_eq!(choice, [3], "the one true tag is taken");
        let (calling, first) = key.call(&greeting, &hello, 3, entropy).expect("a call");
        stream.write(&first).await.expect("sent");
        let second = stream.read(MOST).await.ok()?;
        let session = calling.finish(&second).expect("one key");
        Some(Self { stream, session })
    }

    /// Calls as a partner, without a proof yet.
    ///
    /// # Panics
    /// When the other side hangs up.
    pub async fn of(partner: &mut RawPartner, addr: SocketAddr) -> Self {
        let key = LanKey::of(&partner.epoch.1);
        Self::call(addr, &key, &mut partner.entropy)
            .await
            .expect("a member's tag is recognised")
    }

    /// Calls as a partner and proves to be one.
    ///
    /// # Panics
    /// When the other side hangs up.
    pub async fn proven(partner: &mut RawPartner, addr: SocketAddr) -> Self {
        let mut caller = Self::of(partner, addr).await;
        caller.prove(&partner.device, &partner.key).await;
        let answer = caller.hear().await;
        assert!(matches!(answer, Some(LanFrame::Proof { .. })), "{answer:?}");
        caller
    }

    /// Says to be a device, with a key.
    ///
    /// # Panics
    /// When the other side has hung up.
    pub async fn prove(&mut self, device: &DeviceId, key: &DeviceKey) {
        let hash = self.session.handshake_hash();
        self.say(&LanFrame::Proof {
            device_id: *device,
            signature: sign_lan(key, HandshakeRole::Initiator, hash),
        })
        .await;
    }

    /// Says one thing.
    pub async fn say(&mut self, frame: &LanFrame) {
        self.say_plain(&frame.encode()).await;
    }

    /// Says bytes that need not be a frame.
    pub async fn say_plain(&mut self, plain: &[u8]) {
        let sealed = self.session.seal(plain).expect("a channel");
        self.say_sealed(&sealed).await;
    }

    /// Sends bytes past the channel. Whoever hung up does not hear them.
    pub async fn say_sealed(&mut self, bytes: &[u8]) {
        let _ = self.stream.write(bytes).await;
    }

    /// Hears one thing; `None` when the other side has hung up.
    ///
    /// # Panics
    /// When what was said is no frame.
    pub async fn hear(&mut self) -> Option<LanFrame> {
        let sealed = self.stream.read(MOST).await.ok()?;
        let plain = self.session.open(&sealed).expect("a sealed frame");
        Some(LanFrame::parse(&plain).expect("a frame"))
    }

    /// Says to have nothing, and hears what the other side has.
    pub async fn exchange_vectors(&mut self) -> Option<LanFrame> {
        self.say(&LanFrame::Have {
            more: false,
            entries: Vec::new(),
        })
        .await;
        self.hear().await
    }
}
