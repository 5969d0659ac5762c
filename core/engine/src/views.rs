//! What shells show. Records only: no behaviour, no words of the interface, nothing to decide.
//! Times are epoch milliseconds `..._at_ms`, days civil days.

use belay_model::statistics::DaysSince;
use belay_model::{
    CheckIn, CheckInFields, CivilDay, DocName, Goal, Last14, Outcome, PartOfDay, PersonId,
    Settings, SharedCheckIn, SharedGoal, SharedOutcome, SharedResponse, SpaceId,
};
use serde::Serialize;

use crate::distance::InvitationNewsView;
use crate::erasures::views::ErasureView;
pub use crate::relays::moves::{LeftRelayView, RelayMoveView};
pub use crate::relays::views::{RelayNoticeView, RelayStatusView};
pub use crate::shared_fields_view::SharedFieldsView;
pub use crate::space_kind_view::SpaceKindView;
pub use crate::status_views::{SpaceStatusView, StatusView};

/// How far a shared copy has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum DeliveryView {
    /// Waits for its hold to end; an undo still takes all of it back.
    Held {
        /// When it may leave.
        until_at_ms: i64,
    },
    /// Waits for a connection.
    Queued,
    /// Waits because sharing with this partner is paused (or the words differed).
    Paused,
    /// The relay has it.
    OnRelay,
    /// The partner's device has acknowledged it (up to a day later; never "read").
    Received,
}

/// One partner's part in an own check-in, goal or outcome.
#[derive(Debug, Clone, Serialize)]
pub struct SharedWithView {
    /// The partner's space.
    pub space: SpaceId,
    /// The partner, as named here.
    pub partner: String,
    /// Which fields they see.
    pub fields: SharedFieldsView,
    /// How far it has come; `None` when nothing of it is shared.
    pub delivery: Option<DeliveryView>,
    /// What the relays said to erasing what the copy was before; empty where nothing was to be erased.
    pub erasures: Vec<ErasureView>,
}

/// An own check-in.
#[derive(Debug, Clone, Serialize)]
pub struct CheckInView {
    /// Its name.
    pub name: DocName,
    /// What it says.
    pub check_in: CheckIn,
    /// Written on a later day than it is about.
    pub late: bool,
    /// Changed since it was written.
    pub edited: bool,
    /// Taken back; only present when asked for by name.
    pub deleted: bool,
    /// Who sees what of it.
    pub shared_with: Vec<SharedWithView>,
    /// What partners answered, oldest first.
    pub responses: Vec<ResponseView>,
}

/// What was taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct UndoneView {
    /// Something of it was sealed before and may have left; the partner's copy is withdrawn with the next
    /// sync. Otherwise nothing of it ever left this device.
    pub may_have_left: bool,
}

/// Exactly what one partner will see, before it leaves (product id C4).
#[derive(Debug, Clone, Serialize)]
pub struct PreviewView {
    /// The partner's space.
    pub space: SpaceId,
    /// The partner, as named here.
    pub partner: String,
    /// The fields that were chosen.
    pub fields: CheckInFields,
    /// The copy, or `None` when nothing of it is shared with them.
    pub check_in: Option<SharedCheckIn>,
    /// Outcomes logged with it, as far as their goals are shared with this partner.
    pub outcomes: Vec<OutcomePreviewView>,
}

/// An outcome as a partner will see it.
#[derive(Debug, Clone, Serialize)]
pub struct OutcomePreviewView {
    /// The goal's shown title.
    pub goal_title: String,
    /// The copy.
    pub outcome: SharedOutcome,
}

/// An own goal.
#[derive(Debug, Clone, Serialize)]
pub struct GoalView {
    /// Its name.
    pub name: DocName,
    /// What it is.
    pub goal: Goal,
    /// Due on the person's present civil day, or one of the days left of a week, month or span.
    pub due_today: bool,
    /// What was logged for the present civil day.
    pub today: Option<Outcome>,
    /// The last fourteen days.
    pub last_14: Last14,
    /// Who sees what of it.
    pub shared_with: Vec<SharedWithView>,
    /// The present day is paused, for this goal or for everything.
    pub paused_today: bool,
    /// How many times it is still asked until [`Self::due_until`], where any of some days will do.
    pub times_left: Option<u32>,
    /// The last day that will do.
    pub due_until: Option<CivilDay>,
    /// Days since it last happened, for a goal that counts those.
    pub days_since: Option<DaysSince>,
}

/// An outcome that was logged.
#[derive(Debug, Clone, Serialize)]
pub struct OutcomeView {
    /// The goal.
    pub goal: DocName,
    /// The goal's title.
    pub goal_title: String,
    /// What was logged.
    pub outcome: Outcome,
}

/// How well two people know that nobody stands between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ComparisonView {
    /// The words were not compared yet.
    NotCompared,
    /// They were the same.
    Same,
    /// They differed: somebody may stand between.
    Different,
}

/// How a partnership stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PartnershipStandingView {
    /// Invited, and not heard from since.
    Waiting,
    /// Both are there.
    Active,
    /// The partner left.
    PartnerLeft,
    /// Left by this person.
    Left,
    /// Blocked by this person: left, and nothing of theirs is read any more.
    Blocked,
}

/// One partner, for lists.
#[derive(Debug, Clone, Serialize)]
pub struct PartnerView {
    /// The space the two share.
    pub space: SpaceId,
    /// The partner's persona; `None` while waiting.
    pub person: Option<PersonId>,
    /// The name they chose to show, or the label given here.
    pub name: String,
    /// How it stands.
    pub standing: PartnershipStandingView,
    /// Whether the words were compared.
    pub comparison: ComparisonView,
    /// The four words to compare, as long as they are kept.
    pub comparison_words: Vec<String>,
    /// The same as fourteen digits.
    pub comparison_digits: String,
    /// What they usually see of a check-in.
    pub usual_fields: CheckInFields,
    /// Sharing with them is paused. They are not told.
    pub paused: bool,
    /// When the last verified item of theirs was written, by their clock but never later than now; `None`
    /// before the first. What they did after that is not known here; it is not "not done".
    pub as_of_at_ms: Option<i64>,
    /// Their clock is ahead of this device's, so "as of" is not to be taken by the minute.
    pub clock_ahead: bool,
    /// Items of theirs are known to be missing in between.
    pub incomplete: bool,
    /// The first place of theirs that is missing, if one is.
    pub incomplete_from: Option<u64>,
    /// When a relay last answered for this partnership; `None` before it did.
    pub reached_at_ms: Option<i64>,
    /// What is shown may be behind: something is missing, held back or unreadable, or the relay was not
    /// reached for a day or at the last try.
    pub may_be_behind: bool,
    /// Items of theirs that only a newer Belay can read.
    pub needs_newer: u64,
    /// They send more than anybody reads: so many items of theirs are parked. The ways out are pausing,
    /// leaving and blocking.
    pub parked: u64,
    /// Devices of the two may find each other on one network, where the device's own switch allows it.
    pub meets_nearby: bool,
}

/// A partner's page.
#[derive(Debug, Clone, Serialize)]
pub struct PartnerPageView {
    /// Who and how it stands.
    pub partner: PartnerView,
    /// What they shared, newest day first.
    pub check_ins: Vec<PartnerCheckInView>,
    /// Goals they share.
    pub goals: Vec<PartnerGoalView>,
    /// Passages of their journal that they gave, newest first.
    pub passages: Vec<crate::journal::views::PartnerPassageView>,
}

/// A check-in a partner shared.
#[derive(Debug, Clone, Serialize)]
pub struct PartnerCheckInView {
    /// Its name in the shared space.
    pub name: DocName,
    /// What they shared.
    pub check_in: SharedCheckIn,
    /// Answers to it from either side, oldest first.
    pub responses: Vec<ResponseView>,
}

/// A goal a partner shares, with its outcomes.
#[derive(Debug, Clone, Serialize)]
pub struct PartnerGoalView {
    /// Its name in the shared space.
    pub name: DocName,
    /// What they shared.
    pub goal: SharedGoal,
    /// Outcomes they shared, newest first.
    pub outcomes: Vec<SharedOutcome>,
}

/// An answer.
#[derive(Debug, Clone, Serialize)]
pub struct ResponseView {
    /// Its name in the shared space.
    pub name: DocName,
    /// The space it stands in.
    pub space: SpaceId,
    /// Written on this side.
    pub own: bool,
    /// Who wrote it, as named here.
    pub from: String,
    /// What it says.
    pub response: SharedResponse,
}

/// The person's day.
#[derive(Debug, Clone, Serialize)]
pub struct TodayView {
    /// The civil day it is for this person now.
    pub on: CivilDay,
    /// The zone that says so.
    pub zone: String,
    /// The local time.
    pub local_time: String,
    /// The name shown to partners.
    pub display_name: Option<String>,
    /// Check-ins of the day.
    pub check_ins: Vec<CheckInView>,
    /// Goals due today.
    pub goals: Vec<GoalView>,
    /// Partners with what they shared last.
    pub partners: Vec<PartnerTodayView>,
    /// The part of the day it is, for a greeting.
    pub part_of_day: PartOfDay,
    /// Check-ins that were begun and not written, the latest first.
    pub drafts: Vec<crate::check_ins::form::CheckInDraftLineView>,
    /// The recovery words were not confirmed yet: the person should write them down.
    pub recovery_words_due: bool,
    /// What was written on this day in other years, the latest first.
    pub on_this_day: Vec<crate::journal::on_this_day::OnThisDayView>,
}

/// A partner on the Today page.
#[derive(Debug, Clone, Serialize)]
pub struct PartnerTodayView {
    /// Who.
    pub partner: PartnerView,
    /// What they shared last.
    pub last: Option<PartnerCheckInView>,
}

/// The person's settings.
#[derive(Debug, Clone, Serialize)]
pub struct SettingsView {
    /// As they are.
    #[serde(flatten)]
    pub settings: Settings,
    /// The zone in force.
    pub zone_in_force: String,
}

/// What a store that is being deleted has still to say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct FarewellView {
    /// Sealed leavings that no relay has yet.
    pub envelopes: u64,
    /// Envelopes that relays are still to be asked to erase.
    pub erasures: u64,
    /// Why some of it could not be said now, as stable codes.
    pub troubles: Vec<String>,
    /// Everything was said, and the store is gone from this device.
    pub finished: bool,
}

/// An invitation to show or send.
#[derive(Debug, Clone, Serialize)]
pub struct InvitationView {
    /// Names the invitation.
    pub id: String,
    /// The text a QR code holds.
    pub text: String,
    /// Until when it can be used.
    pub expires_at_ms: i64,
}

/// Two people are paired.
#[derive(Debug, Clone, Serialize)]
pub struct PairedView {
    /// The partner.
    pub partner: PartnerView,
}

/// What a sync is doing, for a progress line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "step")]
pub enum SyncProgress {
    /// A partner's space begins.
    Space {
        /// Which, from 1.
        number: u64,
        /// Of how many.
        of: u64,
    },
    /// Envelopes went out so far.
    Sent {
        /// How many.
        envelopes: u64,
    },
    /// Items came in so far.
    Received {
        /// How many.
        items: u64,
    },
    /// More is known to exist than is here: how far it has come.
    Arriving {
        /// Items that are here.
        items: u64,
        /// Items that are known to be somewhere.
        of_items: u64,
        /// Sealed bytes that came in this sync.
        bytes: u64,
    },
}

/// How a sync ended.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SyncReport {
    /// Envelopes the relays took.
    pub envelopes_sent: u64,
    /// Envelopes that were new here.
    pub envelopes_received: u64,
    /// Items that passed the Gate.
    pub items_received: u64,
    /// Envelopes that could not be opened or broke a rule; nothing of them was used.
    pub envelopes_refused: u64,
    /// Things that were edited on one own device after they had been deleted on another; they stay deleted.
    pub edited_after_deletion: u64,
    /// Invitations at a distance that got on, ended, or could not because of their relay.
    pub invitations: Vec<InvitationNewsView>,
    /// Spaces whose relay could not be used, with the stable code of why.
    pub troubles: Vec<SyncTroubleView>,
}

/// A relay that could not be used.
#[derive(Debug, Clone, Serialize)]
pub struct SyncTroubleView {
    /// The space.
    pub space: SpaceId,
    /// The partner, as named here; `None` for the sealed copy for one's own devices.
    pub partner: Option<String>,
    /// The stable code.
    pub code: String,
}
