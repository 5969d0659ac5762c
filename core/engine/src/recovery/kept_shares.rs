//! Shares that partners gave this person to keep: opened when they come, kept in `self` for all own devices, shown
//! when they are asked for, dropped when they are taken back.

use belay_crypto::{SealedShare, open_share};
use belay_document::records::{KeptShare, KeysRecord, RecordPayload, ShareRecord, withdrawn_body};
use belay_model::SpaceId;
use belay_protocol::{DocKind, Item, ItemKind, RecordBody};
use belay_store::ReadTx;
use serde::Serialize;
use zeroize::Zeroizing;

use super::shares::set_name;
use crate::changes::ChangeArea;
use crate::engine::Engine;
use crate::own_devices::joining::standing_record;
use crate::own_devices::keys_items;
use crate::partners::shown_name;
use crate::session::{Draft, Session, Spaces, Written};
use crate::space_state::SpaceState;
use crate::{BelayError, Result};

/// A share that this person keeps for a partner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeptShareView {
    /// The partner's space.
    pub space: SpaceId,
    /// Their name.
    pub partner: String,
    /// What the set is called.
    pub set: String,
    /// Which of the set it is, from 1.
    pub index: u8,
    /// How many of the set are needed.
    pub threshold: u8,
    /// When it came.
    pub received_at_ms: i64,
}

impl Engine {
    /// What this person keeps for partners, without the shares themselves.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn kept_shares(&self) -> Result<Vec<KeptShareView>> {
        self.read_spaces(|tx, spaces| {
            let mut views = Vec::new();
            for space in tx.spaces()? {
                let (_, Some(kept)) = kept(tx, spaces, &space.id)? else {
                    continue;
                };
                let Ok(state) = spaces.sound(tx, &space.id)? else {
                    continue;
                };
                views.push(KeptShareView {
                    space: space.id,
                    partner: shown_name(tx, state)?,
                    set: set_name(&kept.share.set_id),
                    index: kept.share.index,
                    threshold: kept.share.threshold,
                    received_at_ms: i64::try_from(kept.received_at_ms).unwrap_or(i64::MAX),
                });
            }
            Ok(views)
        })
    }

    /// The share that is kept for a partner, as text: to be read out or shown to them when they ask for it, and to
    /// nobody else.
    ///
    /// # Errors
    /// `NotFound` where none is kept.
    pub fn kept_share(&self, space: &SpaceId) -> Result<Zeroizing<String>> {
        self.read_spaces(|tx, spaces| match kept(tx, spaces, space)? {
            (_, Some(kept)) => Ok(kept.share.to_text()),
            (_, None) => Err(BelayError::NotFound { what: "share" }),
        })
    }
}

/// The revision that stands, and the share, unless it was dropped.
fn kept(tx: &ReadTx<'_>, spaces: &mut Spaces, space: &SpaceId) -> Result<(u64, Option<KeptShare>)> {
    let own = crate::queries::self_space(tx)?;
    let state = spaces.get(tx, &own)?;
    let items = keys_items(tx, state.own_person, state.row, &KeptShare::name(space))?;
    let Some(body) = standing_record(&items) else {
        return Ok((0, None));
    };
    Ok(match KeysRecord::from_body(&body) {
        Ok(Some(KeysRecord::Share(kept))) if kept.space_id == *space => (body.rev, Some(kept)),
        _ => (body.rev, None),
    })
}

impl Session<'_> {
    /// Keeps what a partner's record gives to keep, or drops it when that was taken back. Only the version that
    /// stands counts.
    pub(crate) fn keep_share(
        &mut self,
        space: &SpaceId,
        item: &Item,
        written: Written,
        body: &RecordBody,
    ) -> Result<()> {
        let tx = self.tx;
        if item.header.doc_kind != u8::from(DocKind::Share) {
            return Ok(());
        }
        let state = self.space(space)?;
        let author = state.membership.device(&item.header.device_id);
        if author.is_none_or(|device| device.person == state.own_person) {
            return Ok(());
        }
        let shown = written.document.map(|row| tx.shared(row)).transpose()?;
        if shown
            .flatten()
            .is_none_or(|shown| shown.item != written.row)
        {
            return Ok(());
        }
        let (rev, before) = kept(tx, self.spaces, space)?;
        let now = match ShareRecord::from_body(body)? {
            Some(record) => match self.opened(space, &record)? {
                Some(kept) => Some(kept),
                // Sealed to another device of this person: that one keeps it for all.
                None => return Ok(()),
            },
            None => None,
        };
        let same = match (&before, &now) {
            (None, None) => true,
            (Some(before), Some(now)) => before.share == now.share,
            _ => false,
        };
        if same {
            return Ok(());
        }
        self.spaces.touched.part(ChangeArea::Partners);
        let body = match now {
            Some(kept) => KeysRecord::Share(kept).to_bytes(rev + 1),
            None => Zeroizing::new(withdrawn_body::<KeptShare>(rev + 1).encode()),
        };
        let own = self.self_space()?;
        self.append(
            &own,
            Draft {
                kind: ItemKind::Record,
                doc_kind: DocKind::Keys,
                doc_name: KeptShare::name(space),
                body: body.to_vec(),
            },
        )?;
        Ok(())
    }

    fn opened(&mut self, space: &SpaceId, record: &ShareRecord) -> Result<Option<KeptShare>> {
        let (tx, now_ms) = (self.tx, self.now_ms);
        let state = self.space(space)?;
        let device = state.own_device;
        let Some(seal) = record.seals.iter().find(|seal| seal.device_id == device) else {
            return Ok(None);
        };
        let sealed = SealedShare {
            enc: seal.enc.clone(),
            ciphertext: seal.ciphertext.clone(),
        };
        let share = SpaceState::kem_keys(tx, state.row)?
            .iter()
            .find_map(|key| open_share(&sealed, space, &device, key).ok());
        let told = |share: &belay_protocol::RecoveryShare| {
            (share.set_id, share.index, share.threshold)
                == (record.set_id, record.index, record.threshold)
        };
        Ok(share.filter(told).map(|share| KeptShare {
            space_id: *space,
            received_at_ms: u64::try_from(now_ms).unwrap_or(0),
            share,
        }))
    }
}

const _: () = assert!(KeptShare::SCHEMA == 4, "told apart from other keys by it");
