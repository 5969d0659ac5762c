//! Age and terms before the first sharing. What each part means is said where it is made:
//! core/engine/src/agreement.rs.
//!
//! A field that is added there fails the build here.

use belay_engine::AgreementView;

#[uniffi::remote(Record)]
pub struct AgreementView {
    pub terms_version: u32,
    pub minimum_age_years: u32,
    pub agreed_version: Option<u32>,
    pub agreed_at_ms: Option<i64>,
    pub needed: bool,
}
