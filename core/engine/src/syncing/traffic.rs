//! How many sealed bytes of a space went out from this device and came to it, for the self-check. A count, begun
//! with the first version that keeps it; nothing is decided by it.

use belay_model::SpaceId;
use belay_store::ReadTx;
use serde::Serialize;

use crate::Result;
use crate::session::Session;
use crate::space_state::array;

/// Sealed bytes of a space, to and from relays and other devices.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct TrafficView {
    /// Went out.
    pub sent_bytes: u64,
    /// Came, and were new here.
    pub received_bytes: u64,
}

fn key(space: &SpaceId) -> String {
    format!("traffic/{space}")
}

/// What went out and came so far.
pub(crate) fn of(tx: &ReadTx<'_>, space: &SpaceId) -> Result<TrafficView> {
    let Some(kept) = tx.meta(&key(space))? else {
        return Ok(TrafficView::default());
    };
    let kept: [u8; 16] = array(&kept, "traffic")?;
    let number = |half: &[u8]| array(half, "traffic").map(u64::from_le_bytes);
    let (sent, received) = kept.split_at(8);
    Ok(TrafficView {
        sent_bytes: number(sent)?,
        received_bytes: number(received)?,
    })
}

impl Session<'_> {
    /// Counts what went out and came.
    pub fn note_traffic(&mut self, space: &SpaceId, sent: u64, received: u64) -> Result<()> {
        if sent == 0 && received == 0 {
            return Ok(());
        }
        let so_far = of(self.tx, space)?;
        let now = [
            so_far.sent_bytes.saturating_add(sent),
            so_far.received_bytes.saturating_add(received),
        ];
        let kept: Vec<u8> = now.iter().flat_map(|bytes| bytes.to_le_bytes()).collect();
        Ok(self.tx.put_meta(&key(space), &kept)?)
    }
}
