//! Sans-I/O sync: who belongs to a space, under which secret to write, what the Gate admits, and what
//! to ask a relay next. Events in, verdicts and steps out.
//!
//! No I/O, no clock and no randomness enters this room; neither does SQLite or Automerge.

mod ack_policy;
mod backoff;
mod budget;
mod chain;
mod content;
mod cut;
mod epochs;
mod error;
mod fork;
mod gate;
mod genesis;
mod lan_lacking;
mod lan_round;
mod leaving;
mod membership;
mod newcomers;
mod relay_round;
mod view;

pub use ack_policy::{ACK_EVERY_MS, News, is_ack_due};
pub use backoff::{PAUSE_MAX_MS, PAUSE_MIN_MS, pause_ms};
pub use budget::{Budget, Limits, Sending};
pub use chain::{Filled, Neighbours, RANGES_MAX};
pub use content::Content;
pub use cut::Cut;
pub use epochs::{EPOCH_MAX_AGE_MS, EPOCH_MAX_ENVELOPES, Epochs, NewEpoch, Owed};
pub use error::SyncError;
pub use fork::{Link, Pin, shadowed};
pub use gate::{Admission, Refusal, Wait, admit, due_heads};
pub use genesis::{check as check_genesis, device_of_certificate, device_of_genesis};
pub use lan_lacking::{Places, lacking};
pub use lan_round::{LanEvent, LanFault, LanRound, LanSide, LanStep};
pub use leaving::{Lacking, LedUp};
pub use membership::{Act, ActVerdict, Membership};
pub use newcomers::{Given, given};
pub use relay_round::{Event, RelayRound, Step};
pub use view::{DeviceView, MembershipView, PersonView};
