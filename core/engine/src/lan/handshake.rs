//! Proving to each other who one is, before a word about a space is said (docs/protocol.md, "On one network").
//! A stranger learns nothing: not which spaces are here, and not whether this is the device of anybody.

use belay_crypto::pairing::NoiseSession;
use belay_crypto::{HandshakeRole, LanKey, sign_lan, verify_lan};
use belay_model::{DeviceId, Entropy, SpaceId, make_bytes};
use belay_protocol::limits::LAN_FRAME_MAX;
use belay_protocol::{LanFrame, LanGreeting, LanHello, parse_lan_choice};
use belay_sync::LanSide;
use belay_transport::{LanStream, TransportError};

use super::keys::SpaceKeys;
use super::views::LanEndingView;
use crate::BelayError;
use crate::engine::Engine;

/// Bytes of what is said before there is a channel.
const CLEAR_MAX: usize = 256;

/// Bytes of a sealed frame: what the pieces of the channel add is far below a tenth of it.
const SEALED_MAX: usize = LAN_FRAME_MAX + LAN_FRAME_MAX / 10;

/// Why a meeting stops.
#[derive(Debug)]
pub(super) enum Stop {
    /// It ended in a way the report tells of.
    Ended(LanEndingView),
    /// Something here forbids to go on.
    Fault(BelayError),
}

impl From<BelayError> for Stop {
    fn from(error: BelayError) -> Self {
        Self::Fault(error)
    }
}

impl From<TransportError> for Stop {
    fn from(error: TransportError) -> Self {
        Self::Ended(match error {
            TransportError::TooLarge => LanEndingView::BrokeRules,
            _ => LanEndingView::Interrupted,
        })
    }
}

fn broke_rules<E>(_: E) -> Stop {
    Stop::Ended(LanEndingView::BrokeRules)
}

fn stranger<E>(_: E) -> Stop {
    Stop::Ended(LanEndingView::NotAMember)
}

/// A channel to whoever holds a secret of the space.
pub(super) struct Channel {
    stream: LanStream,
    session: NoiseSession,
}

impl Channel {
    /// Says one thing.
    pub async fn say(&mut self, frame: &LanFrame) -> Result<(), Stop> {
        let sealed = self.session.seal(&frame.encode()).map_err(broke_rules)?;
        Ok(self.stream.write(&sealed).await?)
    }

    /// Hears one thing.
    pub async fn hear(&mut self) -> Result<LanFrame, Stop> {
        let sealed = self.stream.read(SEALED_MAX).await?;
        let plain = self.session.open(&sealed).map_err(broke_rules)?;
        LanFrame::parse(&plain).map_err(broke_rules)
    }

    /// Ends it in order.
    pub async fn close(self) {
        self.stream.close().await;
    }
}

/// Who draws the random bytes of a handshake: nothing is held while the other side is waited for.
pub(super) trait Draws {
    /// Draws what one step needs.
    fn draw<T>(&self, with: impl FnOnce(&mut dyn Entropy) -> T) -> crate::Result<T>;
}

impl Draws for Engine {
    fn draw<T>(&self, with: impl FnOnce(&mut dyn Entropy) -> T) -> crate::Result<T> {
        self.with_entropy(with)
    }
}

/// The side that called: finds a secret that both hold, and opens a channel under it.
pub(super) async fn open(
    by: &impl Draws,
    mut stream: LanStream,
    keys: &SpaceKeys,
) -> Result<Channel, Stop> {
    let greeting = LanGreeting::parse(&stream.read(CLEAR_MAX).await?).map_err(broke_rules)?;
    let (hello, held) = by.draw(|entropy| keys.hello(&greeting, entropy))?;
    stream.write(&hello.encode()).await?;
    // Whoever knows none of the tags hangs up.
    let choice = stream.read(CLEAR_MAX).await.map_err(stranger)?;
    let choice = parse_lan_choice(&choice).map_err(broke_rules)?;
    let key = held.get(usize::from(choice)).ok_or(()).map_err(stranger)?;
    let calling = by.draw(|entropy| key.call(&greeting, &hello, choice, entropy))?;
    let (calling, first) = calling.map_err(broke_rules)?;
    stream.write(&first).await?;
    let second = stream.read(CLEAR_MAX).await.map_err(stranger)?;
    let session = calling.finish(&second).map_err(stranger)?;
    Ok(Channel { stream, session })
}

impl Engine {
    /// The side that was called: recognises one of the tags, and answers under its secret. Says which space
    /// it is about.
    pub(super) async fn answer_channel(
        &self,
        mut stream: LanStream,
        known: &[SpaceKeys],
    ) -> Result<(SpaceId, Channel), Stop> {
        let nonce = self.with_entropy(|entropy| make_bytes(entropy))?;
        let greeting = LanGreeting { nonce };
        stream.write(&greeting.encode()).await?;
        let hello = LanHello::parse(&stream.read(CLEAR_MAX).await?).map_err(broke_rules)?;
        let (space, choice, key) = recognise(known, &greeting, &hello)
            .ok_or(())
            .map_err(stranger)?;
        stream.write(&[choice]).await?;
        let first = stream.read(CLEAR_MAX).await?;
        let answered =
            self.with_entropy(|entropy| key.answer(&greeting, &hello, choice, &first, entropy))?;
        let (session, second) = answered.map_err(stranger)?;
        stream.write(&second).await?;
        Ok((space, Channel { stream, session }))
    }

    /// Both say who they are, the caller first; whoever is no member's device is left without another word.
    pub(super) async fn prove(
        &self,
        channel: &mut Channel,
        space: &SpaceId,
        side: LanSide,
    ) -> Result<DeviceId, Stop> {
        match side {
            LanSide::Caller => {
                channel.say(&self.own_proof(channel, space, side)?).await?;
                // Who does not take this device for a member's hangs up.
                let frame = channel.hear().await.map_err(|stop| match stop {
                    Stop::Ended(LanEndingView::Interrupted) => stranger(()),
                    other => other,
                })?;
                self.check_proof(channel, space, side, &frame)
            }
            LanSide::Called => {
                let frame = channel.hear().await?;
                let peer = self.check_proof(channel, space, side, &frame)?;
                channel.say(&self.own_proof(channel, space, side)?).await?;
                Ok(peer)
            }
        }
    }

    fn own_proof(
        &self,
        channel: &Channel,
        space: &SpaceId,
        side: LanSide,
    ) -> Result<LanFrame, BelayError> {
        self.read_spaces(|tx, spaces| {
            let state = spaces.get(tx, space)?;
            let hash = channel.session.handshake_hash();
            Ok(LanFrame::Proof {
                device_id: state.own_device,
                signature: sign_lan(&state.sign_key, role(side), hash),
            })
        })
    }

    fn check_proof(
        &self,
        channel: &Channel,
        space: &SpaceId,
        side: LanSide,
        frame: &LanFrame,
    ) -> Result<DeviceId, Stop> {
        let LanFrame::Proof {
            device_id,
            signature,
        } = frame
        else {
            return Err(broke_rules(()));
        };
        let theirs = match side {
            LanSide::Caller => LanSide::Called,
            LanSide::Called => LanSide::Caller,
        };
        if !self.may_meet(space, device_id)? {
            return Err(stranger(()));
        }
        let sign_pk = self.read_spaces(|tx, spaces| {
            let state = spaces.get(tx, space)?;
            Ok(state.membership.device(device_id).map(|view| view.sign_pk))
        })?;
        let sign_pk = sign_pk.ok_or(()).map_err(stranger)?;
        let hash = channel.session.handshake_hash();
        verify_lan(&sign_pk, role(theirs), hash, signature).map_err(stranger)?;
        Ok(*device_id)
    }
}

fn recognise(
    known: &[SpaceKeys],
    greeting: &LanGreeting,
    hello: &LanHello,
) -> Option<(SpaceId, u8, LanKey)> {
    known.iter().find_map(|keys| {
        let (choice, key) = keys.recognise(greeting, hello)?;
        Some((keys.space, choice, key))
    })
}

fn role(side: LanSide) -> HandshakeRole {
    match side {
        LanSide::Caller => HandshakeRole::Initiator,
        LanSide::Called => HandshakeRole::Responder,
    }
}
