//! Shares of the words, held by trusted people: made while the words are present, kept by partners in their
//! Belay or by anybody on paper, and put together again (product id X4).

use std::fmt;

use belay_crypto::{KemPublic, combine_shares, make_shares, seal_share};
use belay_document::documents::PublishState;
use belay_document::records::{SHARE_DEVICES_MAX, ShareRecord, ShareSeal};
use belay_model::{DeviceId, DocName, SpaceId};
use belay_protocol::{DocKind, RecoveryShare};
use belay_store::{ReadTx, Shared};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::words;
use crate::boundaries::Flow;
use crate::changes::ChangeArea;
use crate::engine::Engine;
use crate::partners::{pair, shown_name};
use crate::session::{Session, Spaces};
use crate::sharing::{copy_of, hash_of};
use crate::space_state::SpaceState;
use crate::{BelayError, Result};

/// How the words are to be cut.
#[derive(Clone, Default)]
pub struct NewShares {
    /// The 24 words, as typed; not needed while this device still holds them.
    pub words: Option<Zeroizing<String>>,
    /// How many shares are needed to put the words together: at least 2.
    pub threshold: u8,
    /// Partners who keep one each in their Belay.
    pub partners: Vec<SpaceId>,
    /// How many more are to be printed or copied by hand.
    pub on_paper: u8,
}

impl fmt::Debug for NewShares {
    /// Not the words.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewShares")
            .field("threshold", &self.threshold)
            .field("partners", &self.partners.len())
            .field("on_paper", &self.on_paper)
            .finish_non_exhaustive()
    }
}

/// A set of shares that was just made. The texts are shown once and kept nowhere.
#[derive(Clone, Serialize)]
pub struct SharesView {
    /// What the set is called on every share of it.
    pub set: String,
    /// How many are needed.
    pub threshold: u8,
    /// How many there are.
    pub count: u8,
    /// The texts of those that are not kept by partners.
    pub on_paper: Vec<String>,
}

impl fmt::Debug for SharesView {
    /// No text of a share.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SharesView")
            .field("threshold", &self.threshold)
            .field("count", &self.count)
            .finish_non_exhaustive()
    }
}

/// A partner who was given a share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ShareHolderView {
    /// Their space.
    pub space: SpaceId,
    /// Their name.
    pub partner: String,
    /// What the set is called.
    pub set: String,
    /// Which of the set it is, from 1.
    pub index: u8,
    /// How many of the set are needed.
    pub threshold: u8,
}

/// A share as projected: what is no secret of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ShareRow {
    pub set: String,
    pub index: u8,
    pub threshold: u8,
}

impl From<&ShareRecord> for ShareRow {
    fn from(record: &ShareRecord) -> Self {
        Self {
            set: set_name(&record.set_id),
            index: record.index,
            threshold: record.threshold,
        }
    }
}

/// A set's name as people read it: four letters would do, eight leave no doubt.
pub(crate) fn set_name(set_id: &[u8; 8]) -> String {
    set_id[..4]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Puts shares together to the 24 words. Touches nothing.
///
/// # Errors
/// `Unavailable` with `not-a-share`, `share-damaged`, `too-few-shares`, `mixed-shares` or `wrong-shares`;
/// `NewerData` for shares of a newer Belay.
pub fn words_of_shares(texts: &[String]) -> Result<Zeroizing<String>> {
    let shares: Vec<RecoveryShare> = texts
        .iter()
        .map(|text| RecoveryShare::parse(text))
        .collect::<std::result::Result<_, _>>()?;
    let secret = combine_shares(&shares)?;
    Ok(Zeroizing::new(secret.words().join(" ")))
}

impl Engine {
    /// Cuts the words into shares and gives partners theirs; the others are answered as texts to print. A set that
    /// was made before is replaced: partners who are not among these are told to drop theirs. Writes to disk;
    /// partners get their share with the next sync.
    ///
    /// # Errors
    /// `InvalidInput{recovery_words, ..}` for other words than this store's, `InvalidInput{threshold,
    /// out_of_range}`; `Unavailable` with `no-recovery-words` where they are neither typed nor here,
    /// `waiting-for-partner`, `sharing-paused`, `words-differ`; `NotFound` for a space. Nothing is made then.
    pub fn make_shares(&self, new: NewShares) -> Result<SharesView> {
        let secret = self.present_words(new.words.as_deref().map(String::as_str))?;
        let mut partners = new.partners.clone();
        partners.sort_unstable();
        partners.dedup();
        let count = u8::try_from(partners.len())
            .unwrap_or(u8::MAX)
            .saturating_add(new.on_paper);
        self.write(|session| {
            let mut shares = make_shares(&secret, new.threshold, count, session.entropy)?;
            let paper = shares.split_off(partners.len());
            let set = shares.iter().chain(&paper).next().map(|share| share.set_id);
            for (space, share) in partners.iter().zip(&shares) {
                session.give_share(space, share)?;
            }
            for space in session.tx.spaces()? {
                if !partners.contains(&space.id) {
                    session.take_share_back(&space.id)?;
                }
            }
            session.spaces.touched.part(ChangeArea::Partners);
            Ok(SharesView {
                set: set_name(&set.unwrap_or_default()),
                threshold: new.threshold,
                count,
                on_paper: paper
                    .iter()
                    .map(|share| share.to_text().to_string())
                    .collect(),
            })
        })
    }

    /// The partners who keep a share of the words.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn share_holders(&self) -> Result<Vec<ShareHolderView>> {
        self.read_spaces(holders)
    }

    /// Asks every partner's Belay to drop its share. One on paper stays where it is: new words make it worthless.
    /// Writes to disk.
    ///
    /// # Errors
    /// What the disk refuses.
    pub fn take_shares_back(&self) -> Result<()> {
        self.write(|session| {
            for space in session.tx.spaces()? {
                session.take_share_back(&space.id)?;
            }
            session.spaces.touched.part(ChangeArea::Partners);
            Ok(())
        })
    }

    /// The words as they were typed, or as this device still holds them.
    pub(crate) fn present_words(
        &self,
        typed: Option<&str>,
    ) -> Result<belay_crypto::RecoverySecret> {
        let secret = match typed {
            Some(typed) => words::parse(typed)?,
            None => words::parse(&Zeroizing::new(self.recovery_words()?.join(" ")))?,
        };
        if self.are_own_words(&secret)? {
            Ok(secret)
        } else {
            Err(BelayError::InvalidInput {
                field: "recovery_words",
                rule: "not_the_same",
            })
        }
    }

    /// Whether these are the words that this store is sealed to.
    pub(crate) fn are_own_words(&self, secret: &belay_crypto::RecoverySecret) -> Result<bool> {
        let backup = self.read(crate::open::backup_public)?;
        Ok(secret.keys().backup.public() == backup)
    }
}

/// The partners who keep a share of the words.
pub(crate) fn holders(tx: &ReadTx<'_>, spaces: &mut Spaces) -> Result<Vec<ShareHolderView>> {
    let mut holders = Vec::new();
    for space in tx.spaces()? {
        let Ok(state) = spaces.sound(tx, &space.id)? else {
            continue;
        };
        let Some(given) = given(tx, state)?.filter(|given| !given.withdrawn) else {
            continue;
        };
        let row: ShareRow = crate::partners::projected(&given)?;
        holders.push(ShareHolderView {
            space: space.id,
            partner: shown_name(tx, state)?,
            set: row.set,
            index: row.index,
            threshold: row.threshold,
        });
    }
    holders.sort_by_key(|holder| (holder.index, holder.space));
    Ok(holders)
}

/// The share that was given to the partner of a space.
fn given(tx: &ReadTx<'_>, state: &SpaceState) -> Result<Option<Shared>> {
    let document = tx.find_document(
        state.row,
        &state.own_person,
        DocKind::Share.into(),
        &DocName::ZERO,
    )?;
    Ok(document.map(|row| tx.shared(row)).transpose()?.flatten())
}

impl Session<'_> {
    /// Seals a share to every device of the partner and publishes it.
    fn give_share(&mut self, space: &SpaceId, share: &RecoveryShare) -> Result<()> {
        let tx = self.tx;
        pair(tx, self.spaces, space)?;
        match Flow::of(&crate::queries::contact(tx, space)?) {
            Flow::Whole => {}
            Flow::Paused => return Err(BelayError::unavailable("sharing-paused")),
            Flow::Endings => return Err(BelayError::unavailable("words-differ")),
        }
        let state = self.space(space)?;
        if crate::erasures::has_ended(state.standing) {
            return Err(BelayError::unavailable("not-in-space"));
        }
        let mut devices: Vec<(DeviceId, KemPublic)> = state
            .membership
            .current()
            .valid_devices()
            .filter(|device| device.person != state.own_person)
            .filter_map(|device| Some((device.id, state.recipient(&device.id)?)))
            .collect();
        devices.truncate(SHARE_DEVICES_MAX);
        devices.sort_unstable_by_key(|(device, _)| *device);
        if devices.is_empty() {
            return Err(BelayError::unavailable("waiting-for-partner"));
        }
        let mut seals = Vec::with_capacity(devices.len());
        for (device, key) in devices {
            let sealed = seal_share(share, space, &device, &key, self.entropy)?;
            seals.push(ShareSeal {
                device_id: device,
                enc: sealed.enc,
                ciphertext: sealed.ciphertext,
            });
        }
        let record = ShareRecord {
            set_id: share.set_id,
            index: share.index,
            threshold: share.threshold,
            seals,
        };
        self.replace_share(space, Some(copy_of(&record)))
    }

    /// Withdraws the share that was given in a space, if there is one.
    pub(crate) fn take_share_back(&mut self, space: &SpaceId) -> Result<()> {
        let tx = self.tx;
        let Ok(state) = self.spaces.sound(tx, space)? else {
            return Ok(());
        };
        match given(tx, state)?.filter(|given| !given.withdrawn) {
            Some(_) => self.replace_share(space, None),
            None => Ok(()),
        }
    }

    fn replace_share(&mut self, space: &SpaceId, copy: crate::sharing::Copy) -> Result<()> {
        let tx = self.tx;
        let known = given(tx, self.space(space)?)?.map_or(0, |known| known.rev);
        let mut published = PublishState::new(known + 1, hash_of(&copy));
        published.withdrawn = copy.is_none();
        self.replace_record(space, DocKind::Share, DocName::ZERO, &published, copy, 0)?;
        let state = self.space(space)?;
        let document = tx.find_document(
            state.row,
            &state.own_person,
            DocKind::Share.into(),
            &DocName::ZERO,
        )?;
        match document {
            Some(row) => self.project_record(row, &tx.document(row)?),
            None => Ok(()),
        }
    }
}
