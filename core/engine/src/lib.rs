//! The facade that shells call: commands write, queries answer with views, the worker syncs.
//!
//! Rules stand below (core/model, core/sync, core/document); words of an interface stand above, in the
//! shells. What happens here is order: which rule is asked when, and what becomes one transaction.

#![allow(
    clippy::needless_pass_by_value,
    reason = "commands take whole records by value: they come from a shell, across a boundary that \
              has no borrowing"
)]

mod agreement;
mod attachments;
mod boundaries;
mod changes;
mod check_ins;
mod convert;
mod copies_read;
mod data_cut;
mod day_return;
mod distance;
mod documents;
mod effects;
mod engine;
mod erasures;
mod error;
mod farewell;
mod file_bundle;
mod goals;
mod help;
mod host;
mod input;
mod insights;
mod invitation_kind;
mod invitations;
mod journal;
mod keys;
mod lan;
mod leaving;
mod merged_copies;
mod month;
mod open;
mod own_devices;
mod pairing;
mod partners;
mod people;
mod places;
mod practice;
mod projection;
mod queries;
mod reaching;
mod readers;
mod recovery;
mod relays;
mod reminders;
mod rendezvous;
mod responses;
mod seam;
mod session;
mod settings;
mod shared_fields_view;
mod shared_records;
mod sharing;
mod space_kind_view;
mod space_state;
mod status_peers;
mod status_views;
mod syncing;
mod they_see;
mod today;
mod views;

#[cfg(test)]
mod hostile_partner_tests;
#[cfg(test)]
mod hostile_sibling_tests;
#[cfg(test)]
mod sibling_tests;
#[cfg(test)]
mod unread_notes_tests;

pub use agreement::AgreementView;
pub use attachments::{
    AttachmentKind, AttachmentRoomView, AttachmentStateView, AttachmentView, NewAttachment,
};
pub use belay_library as library;
pub use belay_model as model;
#[cfg(not(any(target_os = "android", target_os = "ios")))]
pub use belay_transport::MdnsDiscovery;
pub use belay_transport::{
    Advertisement, Discovery, LanPeer, LanStream, LineAnswer, LineFuture, LineRequest, RelayLine,
    RelayOrigin, TransportError, decode_tags, encode_tags,
};
pub use boundaries::Waited;
pub use changes::{ChangeArea, ChangeFeed, ChangeView};
pub use check_ins::form::{
    CheckInDraftLineView, CheckInDraftView, CheckInFormView, CheckInTemplateView, FormPartnerView,
};
pub use day_return::{DayReturnView, ReturningKind, ReturningStep, ReturningThingView};
pub use distance::{
    InvitationNewsView, InvitationStateView, InviteBy, MistypedWord, OpenInvitationView,
    mistyped_word,
};
pub use engine::Engine;
pub use erasures::limit::EraseLimitView;
pub use erasures::receipts::{DeviceReceiptView, TakenBackKindView, TakenBackView};
pub use erasures::set_aside::SetAsideView;
pub use erasures::views::{ErasureCountsView, ErasureStateView, ErasureView};
pub use error::{BelayError, CODES, REASONS, Result};
pub use farewell::Farewell;
pub use file_bundle::{
    BundleEndingView, BundleFor, BundleProgress, BundleReadView, BundleSpaceView,
    BundleWrittenView, NewBundle, OnBundleProgress,
};
pub use goals::numbers::GoalNumbersView;
pub use goals::pages::{GoalFormView, GoalPageView, GoalRowView, GoalsPageView};
pub use help::views::{
    CountryView, CrisisLineView, GroundingStepView, GroundingView, HelpNowView, TrustedPersonView,
};
pub use help::{countries, grounding_steps, help_now_locked};
pub use host::{Clock, SecretStore, SystemClock, SystemEntropy};
pub use input::{
    EngineConfig, NewCheckIn, NewGoal, NewOutcome, NewOwnDevice, NewPerson, NewResponse,
    SettingsEdit,
};
pub use insights::{DayMoodView, GoalInsightView, InsightsView, WeekReviewView};
pub use invitation_kind::{InvitationKindView, invitation_kind};
pub use journal::history::{EntryHistoryView, EntryPart, EntryStateLineView, EntryStateView};
pub use journal::input::{EntryCursor, EntryEdit, EntryQuery, NewEntry, NewPassage, TextChange};
pub use journal::offers::{
    PromptView, TemplateStepView, TemplateView, WritingOffersView, known_template,
};
pub use journal::on_this_day::OnThisDayView;
pub use journal::page::JournalPageView;
pub use journal::pages::{
    EditorDraftView, EntryEditorView, GoalNameView, JournalEntryPageView, MonthPageView,
    SharePageView,
};
pub use journal::search::{FoundEntryView, SearchPageView};
pub use journal::views::{
    DeletedEntryView, DraftView, EntryLineView, EntryMonthView, EntryPageView, EntryView,
    PartnerPassageView, PassagePreviewView, PassageView,
};
pub use lan::{
    LanConfig, LanEndingView, LanMeetingView, LanReport, MetDeviceView, NearbyView,
    system_discovery,
};
pub use month::{MonthDayView, MonthView};
pub use own_devices::OwnDeviceView;
pub use own_devices::arrival::ArrivalView;
pub use own_devices::page::{
    DevicesPageView, OwnDeviceRowView, OwnDeviceStateView, TwiceAdviceView,
};
pub use own_devices::pairing::AskingDevice;
pub use own_devices::removal::{DeviceStandingView, RemovedDeviceView};
pub use people::PeopleView;
pub use practice::views::{
    CardView, CopingIdeaView, CopingLibraryView, NewKeptLine, NewPlanStep, OwnCopingView,
    SafetyPlanStepView, SafetyPlanView,
};
pub use practice::worksheet::PlanLineView;
pub use practice::{cards, coping_ideas, safety_plan_form};
pub use reaching::boundary_cards::BoundaryCardsView;
pub use reaching::nudges::NudgeView;
pub use reaching::reached::ReachedView;
pub use reaching::support_requests::{NewSupportRequest, SupportRequestView};
pub use readers::{OwnReaderView, Readable, ReaderView, ReadersView, SealedCopyView};
pub use recovery::{
    KeptShareView, KeyringCopyView, NewRestored, NewShares, RecoveryGapView, RecoveryView,
    RestoredView, ShareHolderView, SharesView, TypedWordsVerdict, TypedWordsView, WORD_RULES,
    check_words, mistyped_recovery_word, words_of_shares,
};
pub use relays::words::RELAY_WORDS;
pub use reminders::{GoalTimesView, RemindersView};
#[cfg(feature = "planted")]
pub use seam::{Astray, Planted};
pub use settings::page::{RelayPageView, SettingsPageView};
pub use status_views::{DeviceStatusView, EpochStatusView, PeerStatusView};
pub use syncing::traffic::TrafficView;
pub use syncing::worker::OnProgress;
pub use they_see::{SeenGoalView, TheySeeView};
pub use views::{
    CheckInView, ComparisonView, DeliveryView, FarewellView, GoalView, InvitationView,
    LeftRelayView, OutcomePreviewView, OutcomeView, PairedView, PartnerCheckInView,
    PartnerGoalView, PartnerPageView, PartnerTodayView, PartnerView, PartnershipStandingView,
    PreviewView, RelayMoveView, RelayNoticeView, RelayStatusView, ResponseView, SettingsView,
    SharedFieldsView, SharedWithView, SpaceKindView, SpaceStatusView, StatusView, SyncProgress,
    SyncReport, SyncTroubleView, TodayView, UndoneView,
};
