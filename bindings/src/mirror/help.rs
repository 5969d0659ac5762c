//! Help in a bad hour. What each part means is said where it is made: core/engine/src/help/views.rs,
//! core/library/src/crisis_line.rs and core/model/src/trusted_person.rs.
//!
//! A field that is added there fails the build here.

use belay_engine::library::{LineChannel, LineConfidence, LineFor};
use belay_engine::model::{CivilDay, TrustedChannel, TrustedPerson};
use belay_engine::{
    CountryView, CrisisLineView, GroundingStepView, GroundingView, HelpNowView, TrustedPersonView,
};

#[uniffi::remote(Enum)]
pub enum LineFor {
    Emergency,
    All,
    Adults,
    Youth,
    Veterans,
    Men,
    Other,
}

#[uniffi::remote(Enum)]
pub enum LineChannel {
    Call,
    Text,
    Chat,
    Web,
}

#[uniffi::remote(Enum)]
pub enum LineConfidence {
    Primary,
    TwoAgreeing,
}

#[uniffi::remote(Enum)]
pub enum TrustedChannel {
    Call,
    Text,
    Other,
}

#[uniffi::remote(Record)]
pub struct TrustedPerson {
    pub name: String,
    pub channel: TrustedChannel,
    pub address: String,
    pub note: Option<String>,
}

#[uniffi::remote(Record)]
pub struct TrustedPersonView {
    pub name: String,
    pub channel: TrustedChannel,
    pub address: String,
    pub dial: Option<String>,
    pub note: Option<String>,
}

#[uniffi::remote(Record)]
pub struct CountryView {
    pub code: String,
    pub name: String,
}

#[uniffi::remote(Record)]
pub struct CrisisLineView {
    pub organisation: String,
    pub line_for: LineFor,
    pub for_whom: String,
    pub channel: LineChannel,
    pub address: String,
    pub dial: Option<String>,
    pub text_to: Option<String>,
    pub text_word: Option<String>,
    pub hours: Option<String>,
    pub languages: Option<String>,
    pub sources: Vec<String>,
    pub source_date: Option<String>,
    pub confidence: LineConfidence,
    pub checked_on: CivilDay,
    pub read_with_care: bool,
}

#[uniffi::remote(Record)]
pub struct GroundingStepView {
    pub step: String,
    pub how: Option<String>,
}

#[uniffi::remote(Record)]
pub struct GroundingView {
    pub language: String,
    pub reviewed: bool,
    pub steps: Vec<GroundingStepView>,
}

#[uniffi::remote(Record)]
pub struct HelpNowView {
    pub own: Vec<TrustedPersonView>,
    pub own_shown_while_locked: bool,
    pub country: Option<CountryView>,
    pub chosen_country: Option<String>,
    pub emergency: Vec<CrisisLineView>,
    pub lines: Vec<CrisisLineView>,
    pub more: Vec<CrisisLineView>,
    pub directory: Vec<CrisisLineView>,
    pub hidden_as_old: u64,
    pub grounding: GroundingView,
}
