//! "Can you still recover?": how things stand, what is missing, and a try with the words or with shares, which
//! changes nothing but the date of the last one (product id X4).

use belay_store::ReadTx;
use serde::Serialize;
use zeroize::Zeroizing;

use super::shares::{ShareHolderView, holders, words_of_shares};
use super::{copies, words};
use crate::changes::ChangeArea;
use crate::engine::Engine;
use crate::session::Spaces;
use crate::{BelayError, Result};

/// Under which meta key stands when the person last showed that they have the words.
const LAST: &str = "drill-at";

/// Under which meta key stands after how many days they are asked again.
const EVERY: &str = "drill-every-days";

/// Days between drills, unless the person chose otherwise: twice a year.
const EVERY_DAYS: u32 = 180;

/// Days between drills at most: ten years.
const EVERY_DAYS_MAX: u32 = 3_660;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// A copy that was seen longer ago than this is doubtful: a week.
const COPY_OLD_MS: i64 = 7 * DAY_MS;

/// The sealed copy of the keyring on a relay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeyringCopyView {
    /// The relay.
    pub relay: String,
    /// When it was put there.
    pub at_ms: i64,
    /// When it was last seen there.
    pub seen_at_ms: i64,
}

/// Something that would make coming back harder, or impossible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RecoveryGapView {
    /// The words were never confirmed: they may not be on paper yet.
    WordsNotConfirmed,
    /// No relay keeps a sealed copy: the words alone bring nothing back.
    NoCopy,
    /// The relay's copy was not seen for more than a week.
    CopyNotSeen,
    /// There is no second device that has everything too.
    NoSecondDevice,
    /// Nobody keeps a share: lost words are lost.
    NoShares,
}

/// How coming back stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RecoveryView {
    /// This device still holds the words: they were not confirmed.
    pub words_here: bool,
    /// The copy on a relay, if this device put one there.
    pub copy: Option<KeyringCopyView>,
    /// How many further devices the person has.
    pub other_devices: u64,
    /// Partners who keep a share.
    pub holders: Vec<ShareHolderView>,
    /// What is missing, the worst first.
    pub gaps: Vec<RecoveryGapView>,
    /// The words or shares would bring everything back, as far as this device can tell.
    pub would_come_back: bool,
    /// When the person last showed that they have the words.
    pub last_drill_at_ms: Option<i64>,
    /// Days between drills; nothing where the person is not to be asked.
    pub drill_every_days: Option<u32>,
    /// When the next one is due.
    pub drill_due_at_ms: Option<i64>,
    /// It is due.
    pub drill_due: bool,
}

impl Engine {
    /// How coming back stands, and what is missing.
    ///
    /// # Errors
    /// `Unavailable{device-waiting}`; when the store cannot be read.
    pub fn recovery(&self) -> Result<RecoveryView> {
        let now_ms = self.clock.now_ms();
        self.read_spaces(|tx, spaces| view(tx, spaces, now_ms))
    }

    /// Tries typed words, or the texts of shares one a line: answers how coming back stands when they are right.
    /// Changes nothing but the date of the last try. What is typed must be all 24 words or enough shares: to check
    /// a few words this device would have to keep what lets anybody guess them.
    ///
    /// # Errors
    /// `InvalidInput{recovery_words, ..}`, with `not_the_same` for the words of another person or older ones;
    /// `Unavailable` as [`words_of_shares`] says.
    pub fn drill(&self, typed: &str) -> Result<RecoveryView> {
        let is_share = |line: &&str| line.trim().to_uppercase().starts_with("BELAY-SHARE");
        let shares: Vec<String> = typed.lines().filter(is_share).map(str::to_owned).collect();
        let words = match shares.is_empty() {
            true => Zeroizing::new(typed.to_owned()),
            false => words_of_shares(&shares)?,
        };
        if !self.are_own_words(&words::parse(&words)?)? {
            return Err(BelayError::InvalidInput {
                field: "recovery_words",
                rule: "not_the_same",
            });
        }
        self.write(|session| {
            session.spaces.touched.part(ChangeArea::Settings);
            let now_ms = session.now_ms;
            Ok(session.tx.put_meta(LAST, &now_ms.to_le_bytes())?)
        })?;
        self.recovery()
    }

    /// After how many days this device asks again; nothing for never. Writes to disk.
    ///
    /// # Errors
    /// `InvalidInput{days, out_of_range}` for none, or more than ten years.
    pub fn set_drill_reminder(&self, every_days: Option<u32>) -> Result<RecoveryView> {
        if every_days.is_some_and(|days| days == 0 || days > EVERY_DAYS_MAX) {
            return Err(BelayError::InvalidInput {
                field: "days",
                rule: "out_of_range",
            });
        }
        self.write(|session| {
            session.spaces.touched.part(ChangeArea::Settings);
            let days = every_days.unwrap_or(0);
            Ok(session.tx.put_meta(EVERY, &days.to_le_bytes())?)
        })?;
        self.recovery()
    }
}

fn view(tx: &ReadTx<'_>, spaces: &mut Spaces, now_ms: i64) -> Result<RecoveryView> {
    let own = crate::queries::self_space(tx)?;
    let words_here = crate::today::recovery_words_due(tx)?;
    let copy = copies::kept(tx)?.map(|kept| KeyringCopyView {
        relay: kept.relay,
        at_ms: kept.at_ms,
        seen_at_ms: kept.seen_at_ms,
    });
    let state = spaces.get(tx, &own)?;
    let kept_on = state.copy_relay.clone();
    // A copy on a relay that keeps nothing else any more brings no entries back.
    let copy = copy.filter(|copy| kept_on.as_ref() == Some(&copy.relay));
    let valid = state.membership.current().valid_devices().count() as u64;
    let other_devices = valid.saturating_sub(1);
    let since_ms = tx.space(own)?.map_or(now_ms, |space| space.created_at_ms);
    let holders = holders(tx, spaces)?;
    let enough = |holder: &ShareHolderView| {
        let same = holders.iter().filter(|other| other.set == holder.set);
        same.count() >= usize::from(holder.threshold)
    };
    let gaps = [
        (RecoveryGapView::WordsNotConfirmed, words_here),
        (RecoveryGapView::NoCopy, copy.is_none()),
        (
            RecoveryGapView::CopyNotSeen,
            copy.as_ref()
                .is_some_and(|copy| now_ms.saturating_sub(copy.seen_at_ms) > COPY_OLD_MS),
        ),
        (RecoveryGapView::NoSecondDevice, other_devices == 0),
        (RecoveryGapView::NoShares, !holders.iter().any(enough)),
    ];
    let last = number(tx, LAST)?.map(i64::from_le_bytes);
    let every = match number(tx, EVERY)?.map(u32::from_le_bytes) {
        Some(0) => None,
        other => Some(other.unwrap_or(EVERY_DAYS)),
    };
    let due_at = every.map(|days| last.unwrap_or(since_ms) + i64::from(days) * DAY_MS);
    Ok(RecoveryView {
        words_here,
        would_come_back: copy.is_some() || other_devices > 0,
        copy,
        other_devices,
        gaps: gaps
            .into_iter()
            .filter_map(|(gap, missing)| missing.then_some(gap))
            .collect(),
        holders,
        last_drill_at_ms: last,
        drill_every_days: every,
        drill_due_at_ms: due_at,
        drill_due: due_at.is_some_and(|at| at <= now_ms),
    })
}

fn number<const N: usize>(tx: &ReadTx<'_>, key: &str) -> Result<Option<[u8; N]>> {
    Ok(tx.meta(key)?.and_then(|bytes| bytes.try_into().ok()))
}
