//! The border to Kotlin and Swift: the only room that knows uniffi.
//!
//! Every method converts, calls the engine, and maps the error; nothing is decided here (there is no `if`).
//! What may touch a disk or the network runs on this room's own threads and is waited for, so that dropping
//! the wait tears nothing (docs/ffi.md).
//!
//! `unsafe` is denied to whoever writes here. The macros of uniffi expand to it, so it is allowed where they
//! stand: in this crate's modules that export or mirror, and nowhere else in the workspace.
#![allow(
    unsafe_code,
    reason = "uniffi's macros expand to the C border; nothing by hand in this crate is unsafe"
)]

mod agreement;
mod asking_devices;
mod attachments;
mod beginning;
mod boundaries;
mod changes;
mod check_in_form;
mod check_ins;
mod content;
mod core;
mod device_removal;
mod error;
mod farewell;
mod file_bundle;
mod goal_edits;
mod goals;
mod hand_over;
mod help;
mod host;
mod insights;
mod journal;
mod journal_edits;
mod log;
mod mirror;
mod near;
mod own_devices;
mod pages;
mod pairing;
mod partners;
mod passages;
mod practice;
mod reaching;
mod recovery;
mod reminders;
mod settings;
mod subscription;
mod sync;
mod worker;
mod writing;

pub use self::core::{BelayCore, CoreConfig};
pub use attachments::NewAttachment;
pub use beginning::{NewOwnDevice, NewPerson};
pub use changes::ChangeObserver;
pub use error::{BelayError, Result};
pub use file_bundle::BundleObserver;
pub use host::{CoreHost, HostClock, HostError, SecretStore};
pub use journal_edits::{EntryEdit, EntryQuery, MoodChange, TitleChange};
pub use log::{LogLine, LogSink, LogSubject};
pub use near::{Discovery, NearbyObserver, NearbyPeer, NearbyService};
pub use own_devices::{AskingDeviceView, WordsObserver};
pub use pairing::MistypedWordView;
pub use recovery::{MadeSharesView, NewRestored, NewShares, RestoredCore, TypedWordsView};
pub use settings::{SettingsEdit, ZoneChoice};
pub use subscription::Subscription;
pub use sync::{ProgressObserver, SyncObserver};

uniffi::setup_scaffolding!("belay");
