//! Which spaces are met, and by which of their secrets devices recognise each other.

use belay_crypto::LanKey;
use belay_model::{Entropy, SpaceId, make_bytes};
use belay_protocol::limits::{LAN_TAGS, LAN_TAGS_MAX};
use belay_protocol::{LanGreeting, LanHello, LanTag};
use belay_store::{ReadTx, SpaceState as Standing};

use super::met::has_told_of_leaving;
use super::setting::is_wanted;
use crate::Result;
use crate::engine::Engine;
use crate::space_state::SpaceState;

/// The keys by which members of one space are met, the one to begin with first.
#[derive(Debug, Clone)]
pub(crate) struct SpaceKeys {
    pub space: SpaceId,
    keys: Vec<LanKey>,
}

impl SpaceKeys {
    fn of(tx: &ReadTx<'_>, state: &SpaceState) -> Result<Self> {
        let writing = state.writing_epoch();
        let mut epochs = crate::queries::epochs_to_read(tx, state)?;
        // Where everybody should be by now comes first, where somebody may still be after it.
        epochs.sort_by_key(|epoch| (Some(*epoch) != writing, *epoch));
        let keys = epochs.iter().filter_map(|epoch| state.keys.get(epoch));
        Ok(Self {
            space: state.id,
            keys: keys.map(LanKey::of).collect(),
        })
    }

    /// These keys, of one space.
    pub const fn of_keys(space: SpaceId, keys: Vec<LanKey>) -> Self {
        Self { space, keys }
    }

    /// A hello that fits one greeting, with the keys whose tags it holds, in their places.
    pub fn hello(
        &self,
        greeting: &LanGreeting,
        entropy: &mut dyn Entropy,
    ) -> (LanHello, Vec<LanKey>) {
        let keys: Vec<LanKey> = self.keys.iter().take(LAN_TAGS).cloned().collect();
        let tags = std::array::from_fn(|place| match keys.get(place) {
            Some(key) => key.make_hello_tag(greeting, entropy),
            None => make_bytes(entropy),
        });
        (LanHello { tags }, keys)
    }

    /// The first tag of a hello that is known here, and by which key.
    pub fn recognise(&self, greeting: &LanGreeting, hello: &LanHello) -> Option<(u8, LanKey)> {
        for (place, tag) in (0u8..).zip(&hello.tags) {
            let mut keys = self.keys.iter();
            if let Some(key) = keys.find(|key| key.made_hello_tag(greeting, tag)) {
                return Some((place, key.clone()));
            }
        }
        None
    }

    /// Whether one of the tags that somebody shows is a member's.
    pub fn made_one_of(&self, tags: &[LanTag]) -> bool {
        let made = |tag: &LanTag| self.keys.iter().any(|key| key.made_tag(tag));
        tags.iter().any(made)
    }
}

/// Tags to show for these spaces: at least one of each as long as they fit, filled up with random ones.
pub(crate) fn advertised(spaces: &[SpaceKeys], entropy: &mut dyn Entropy) -> Vec<LanTag> {
    let longest = spaces.iter().map(|space| space.keys.len()).max();
    let rounds = 0..longest.unwrap_or(0);
    let in_turn = rounds.flat_map(|at| spaces.iter().filter_map(move |space| space.keys.get(at)));
    let mut tags: Vec<LanTag> = in_turn
        .take(LAN_TAGS_MAX)
        .map(|key| key.make_tag(entropy))
        .collect();
    tags.resize_with(tags.len().max(1).next_multiple_of(LAN_TAGS), || {
        make_bytes(entropy)
    });
    tags
}

impl Engine {
    /// The spaces whose members may be met. One that was left is never shown and never answers; it only
    /// calls, to say so, until it did (`to_call`).
    pub(crate) fn lan_spaces(&self, to_call: bool) -> Result<Vec<SpaceKeys>> {
        self.read_spaces(|tx, spaces| {
            let mut found = Vec::new();
            for space in tx.spaces()? {
                let wanted = match space.state {
                    Standing::Active => true,
                    Standing::Left => to_call && !has_told_of_leaving(tx, &space.id)?,
                    Standing::Waiting | Standing::Blocked => false,
                };
                if !wanted || !is_wanted(tx, &space.id)? {
                    continue;
                }
                if let Ok(state) = spaces.sound(tx, &space.id)? {
                    let keys = SpaceKeys::of(tx, state)?;
                    if !keys.keys.is_empty() {
                        found.push(keys);
                    }
                }
            }
            Ok(found)
        })
    }
}
