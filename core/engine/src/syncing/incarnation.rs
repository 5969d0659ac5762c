//! A device writes in unbroken runs. Whenever it is not certain that this store holds the last thing it
//! wrote (it was restored, copied, or its secret lies in a plain file that was copied along), it starts a
//! new incarnation, so that it can never sign two items at one place (docs/protocol.md, "Items").

use belay_model::{Entropy, Incarnation, SpaceId, make_bytes};
use belay_store::WriteTx;

use crate::host::SecretStore;
use crate::seam::{Planted, Seam};
use crate::{BelayError, Result};

const OPENS: &str = "opens";

/// Under which meta key the last item of the previous incarnation stands.
pub(crate) fn last_item_key(space: &SpaceId) -> String {
    format!("last-item/{space}")
}

/// Under which meta key it stands that a private key may have gone with a store that was put back.
pub(crate) fn lost_key_key(space: &SpaceId) -> String {
    format!("lost-key/{space}")
}

/// A number for a new incarnation. Half the range: the store keeps numbers as signed 64-bit integers.
pub(crate) fn make_incarnation(entropy: &mut dyn Entropy) -> Incarnation {
    Incarnation(u64::from_le_bytes(make_bytes(entropy)) >> 1)
}

/// Counts this opening in the store, and starts new incarnations in every space when continuity is not
/// proven. Returns the count to keep beside the secret once this is durable: a crash in between leaves the
/// store ahead, which proves nothing wrong; a store behind its secret was rolled back. Writes to disk.
pub(crate) fn prove_continuity(
    tx: &WriteTx<'_>,
    secrets: &dyn SecretStore,
    entropy: &mut dyn Entropy,
    seam: &Seam,
) -> Result<u64> {
    let here = match tx.meta(OPENS)? {
        Some(bytes) => u64::from_le_bytes(crate::space_state::array(&bytes, "opens")?),
        None => 0,
    };
    let there = secrets.opens()?;
    // One ahead is a crash between the two. Further ahead is a store that somebody put beside another secret, or
    // a secret that was put back: who wrote last cannot be told.
    let proven = there.is_some_and(|there| {
        there == here || there.checked_add(1) == Some(here) || seam.has(Planted::KeepIncarnation)
    });
    let count = here.max(there.unwrap_or(0)) + 1;
    tx.put_meta(OPENS, &count.to_le_bytes())?;
    if proven {
        return Ok(count);
    }
    for space in tx.spaces()? {
        begin_anew(tx, &space.id, entropy)?;
        tx.put_meta(&lost_key_key(&space.id), &[])?;
    }
    Ok(count)
}

/// Starts a new incarnation of this device in a space; whoever holds the space in memory takes it over.
pub(crate) fn begin_anew(
    tx: &WriteTx<'_>,
    space: &SpaceId,
    entropy: &mut dyn Entropy,
) -> Result<Incarnation> {
    let known = tx
        .space(*space)?
        .ok_or(BelayError::NotFound { what: "space" })?;
    let Some((device, _)) = tx.find_device(known.row, &known.own_device)? else {
        return Ok(known.inc);
    };
    if let Some(chain) = tx.chain(known.row, device, known.inc)? {
        tx.put_meta(&last_item_key(&known.id), chain.top_id.as_bytes())?;
    }
    // Also where nothing was written yet: a copy of this store would begin at the same place.
    let inc = make_incarnation(entropy);
    tx.set_space_inc(known.row, inc)?;
    Ok(inc)
}
