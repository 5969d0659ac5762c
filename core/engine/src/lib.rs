//! The facade that shells call: commands write, queries answer with views, the worker syncs.
//!
//! Rules stand below (core/model, core/sync, core/document); words of an interface stand above, in the
//! shells. What happens here is order: which rule is asked when, and what becomes one transaction.

#![allow(
    clippy::needless_pass_by_value,
    reason = "commands take whole records by value: they come from a shell, across a boundary that \
              has no borrowing"
)]

mod acts;
mod agreement;
mod ahead;
mod arrival;
mod attachments;
mod boundaries;
mod boundary_cards;
mod budget;
mod catch_up;
mod changes;
mod check_in_drafts;
mod check_in_edits;
mod check_in_form;
mod check_ins;
mod consequences;
mod convert;
mod copies_read;
mod data_cut;
mod day_return;
mod devices_page;
mod distance;
mod documents;
mod earlier_epochs;
mod effects;
mod engine;
mod entry_history;
mod epoch_ring;
mod erase_limit;
mod erased;
mod erasure_views;
mod erasures;
mod error;
mod farewell;
mod file_bundle;
mod forks;
mod freshness;
mod goal_checkpoints;
mod goal_edits;
mod goal_frame;
mod goal_numbers;
mod goal_pages;
mod goal_pauses;
mod goals;
mod held;
mod held_counts;
#[cfg(test)]
mod held_tests;
mod help;
mod help_views;
mod host;
mod incarnation;
mod ingest;
mod input;
mod insights;
mod invitation_kind;
mod invitations;
mod journal;
mod journal_deletion;
mod journal_input;
mod journal_page;
mod journal_pages;
mod journal_views;
mod keyring;
mod lan;
mod leaving;
mod listening;
mod merged_copies;
mod month;
mod need;
mod nudges;
mod on_this_day;
mod open;
mod outbox;
mod outcome_undo;
mod outcomes;
mod overdue;
mod overruled_places;
mod own_device_joining;
mod own_device_pairing;
mod own_device_removal;
mod own_devices;
mod pairing;
mod partners;
mod passages;
mod people;
mod place;
mod place_welcome;
mod places;
mod practice;
mod practice_views;
mod projection;
mod queries;
mod reached;
mod read_again;
mod readers;
mod receipts;
mod recovery;
mod relay_choice;
mod relay_clients;
mod relay_moves;
mod relay_views;
mod relay_words;
mod reminders;
mod rendezvous;
mod responses;
mod revoked_places;
mod rotate;
mod seam;
mod search;
mod self_copy;
mod send_again;
mod session;
mod set_aside;
mod settings;
mod settings_page;
mod shared_fields_view;
mod shared_records;
mod sharing;
mod space_kind_view;
mod space_state;
mod status_peers;
mod status_views;
mod support_requests;
mod sync_worker;
mod they_see;
mod today;
mod traffic;
mod views;
mod watch;
mod worksheet;
mod writing_offers;

#[cfg(test)]
mod device_names_tests;
#[cfg(test)]
mod erased_tests;
#[cfg(test)]
mod goal_checkpoint_tests;
#[cfg(test)]
mod help_sibling_tests;
#[cfg(test)]
mod hostile_partner_tests;
#[cfg(test)]
mod hostile_sibling_tests;
#[cfg(test)]
mod journal_sibling_tests;
#[cfg(test)]
mod key_age_tests;
#[cfg(test)]
mod set_aside_tests;
#[cfg(test)]
mod sibling_tests;
#[cfg(test)]
mod unread_notes_tests;

pub use agreement::AgreementView;
pub use arrival::ArrivalView;
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
pub use boundary_cards::BoundaryCardsView;
pub use changes::{ChangeArea, ChangeFeed, ChangeView};
pub use check_in_form::{
    CheckInDraftLineView, CheckInDraftView, CheckInFormView, CheckInTemplateView, FormPartnerView,
};
pub use day_return::{DayReturnView, ReturningKind, ReturningStep, ReturningThingView};
pub use devices_page::{DevicesPageView, OwnDeviceRowView, OwnDeviceStateView, TwiceAdviceView};
pub use distance::{
    InvitationNewsView, InvitationStateView, InviteBy, MistypedWord, OpenInvitationView,
    mistyped_word,
};
pub use engine::Engine;
pub use entry_history::{EntryHistoryView, EntryPart, EntryStateLineView, EntryStateView};
pub use erase_limit::EraseLimitView;
pub use erasure_views::{ErasureCountsView, ErasureStateView, ErasureView};
pub use error::{BelayError, CODES, REASONS, Result};
pub use farewell::Farewell;
pub use file_bundle::{
    BundleEndingView, BundleFor, BundleProgress, BundleReadView, BundleSpaceView,
    BundleWrittenView, NewBundle, OnBundleProgress,
};
pub use goal_numbers::GoalNumbersView;
pub use goal_pages::{GoalFormView, GoalPageView, GoalRowView, GoalsPageView};
pub use help::{countries, grounding_steps, help_now_locked};
pub use help_views::{
    CountryView, CrisisLineView, GroundingStepView, GroundingView, HelpNowView, TrustedPersonView,
};
pub use host::{Clock, SecretStore, SystemClock, SystemEntropy};
pub use input::{
    EngineConfig, NewCheckIn, NewGoal, NewOutcome, NewOwnDevice, NewPerson, NewResponse,
    SettingsEdit,
};
pub use insights::{DayMoodView, GoalInsightView, InsightsView, WeekReviewView};
pub use invitation_kind::{InvitationKindView, invitation_kind};
pub use journal_input::{EntryCursor, EntryEdit, EntryQuery, NewEntry, NewPassage, TextChange};
pub use journal_page::JournalPageView;
pub use journal_pages::{
    EditorDraftView, EntryEditorView, GoalNameView, JournalEntryPageView, MonthPageView,
    SharePageView,
};
pub use journal_views::{
    DeletedEntryView, DraftView, EntryLineView, EntryMonthView, EntryPageView, EntryView,
    PartnerPassageView, PassagePreviewView, PassageView,
};
pub use lan::{
    LanConfig, LanEndingView, LanMeetingView, LanReport, MetDeviceView, NearbyView,
    system_discovery,
};
pub use month::{MonthDayView, MonthView};
pub use nudges::NudgeView;
pub use on_this_day::OnThisDayView;
pub use own_device_pairing::AskingDevice;
pub use own_device_removal::{DeviceStandingView, RemovedDeviceView};
pub use own_devices::OwnDeviceView;
pub use people::PeopleView;
pub use practice::{cards, coping_ideas, safety_plan_form};
pub use practice_views::{
    CardView, CopingIdeaView, CopingLibraryView, NewKeptLine, NewPlanStep, OwnCopingView,
    SafetyPlanStepView, SafetyPlanView,
};
pub use reached::ReachedView;
pub use readers::{OwnReaderView, Readable, ReaderView, ReadersView, SealedCopyView};
pub use receipts::{DeviceReceiptView, TakenBackKindView, TakenBackView};
pub use recovery::{
    KeptShareView, KeyringCopyView, NewRestored, NewShares, RecoveryGapView, RecoveryView,
    RestoredView, ShareHolderView, SharesView, TypedWordsVerdict, TypedWordsView, WORD_RULES,
    check_words, mistyped_recovery_word, words_of_shares,
};
pub use relay_words::RELAY_WORDS;
pub use reminders::{GoalTimesView, RemindersView};
#[cfg(feature = "planted")]
pub use seam::{Astray, Planted};
pub use search::{FoundEntryView, SearchPageView};
pub use set_aside::SetAsideView;
pub use settings_page::{RelayPageView, SettingsPageView};
pub use status_views::{DeviceStatusView, EpochStatusView, PeerStatusView};
pub use support_requests::{NewSupportRequest, SupportRequestView};
pub use sync_worker::OnProgress;
pub use they_see::{SeenGoalView, TheySeeView};
pub use traffic::TrafficView;
pub use views::{
    CheckInView, ComparisonView, DeliveryView, FarewellView, GoalView, InvitationView,
    LeftRelayView, OutcomePreviewView, OutcomeView, PairedView, PartnerCheckInView,
    PartnerGoalView, PartnerPageView, PartnerTodayView, PartnerView, PartnershipStandingView,
    PreviewView, RelayMoveView, RelayNoticeView, RelayStatusView, ResponseView, SettingsView,
    SharedFieldsView, SharedWithView, SpaceKindView, SpaceStatusView, StatusView, SyncProgress,
    SyncReport, SyncTroubleView, TodayView, UndoneView,
};
pub use worksheet::PlanLineView;
pub use writing_offers::{
    PromptView, TemplateStepView, TemplateView, WritingOffersView, known_template,
};
