//! Before a person shares anything for the first time they say that they are old enough and that they read the
//! terms. Kept with the time and the version, for all their devices.

use belay_document::documents::Draft as DocumentDraft;
use belay_model::{Agreement, DocName, MINIMUM_AGE_YEARS, TERMS_VERSION};
use belay_protocol::DocKind;
use belay_store::ReadTx;
use serde::Serialize;

use crate::engine::Engine;
use crate::{BelayError, Result};

/// How the agreement stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct AgreementView {
    /// The version of the terms to show now.
    pub terms_version: u32,
    /// How old the person says they are, at least, in years.
    pub minimum_age_years: u32,
    /// The version they agreed to; `None` before they did.
    pub agreed_version: Option<u32>,
    /// When they agreed.
    pub agreed_at_ms: Option<i64>,
    /// They are to be asked before the next pairing.
    pub needed: bool,
}

impl Engine {
    /// How the agreement before sharing stands.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn agreement(&self) -> Result<AgreementView> {
        self.read(view)
    }

    /// The person says that they are old enough, and that they agree to the terms of this version, which is the
    /// one they were shown. Said again, the first time stays. Writes to disk.
    ///
    /// # Errors
    /// `InvalidInput{terms_version, out_of_range}` for another version than the present one.
    pub fn agree_to_share(&self, terms_version: u32) -> Result<AgreementView> {
        if terms_version != TERMS_VERSION {
            return Err(BelayError::InvalidInput {
                field: "terms_version",
                rule: "out_of_range",
            });
        }
        self.write(|session| {
            if !view(session.tx)?.needed {
                return Ok(());
            }
            let agreement = Agreement {
                terms_version,
                agreed_at_ms: session.now_ms,
            };
            let draft = DocumentDraft::new().agreement(&agreement);
            session.write_document(DocKind::Settings, &DocName::ZERO, &draft)
        })?;
        self.agreement()
    }

    /// Whether this person may begin a partnership.
    pub(crate) fn require_agreement(&self) -> Result<()> {
        match self.agreement()?.needed {
            true => Err(BelayError::unavailable("not-agreed")),
            false => Ok(()),
        }
    }
}

/// How the agreement stands.
pub(crate) fn view(tx: &ReadTx<'_>) -> Result<AgreementView> {
    let agreed = crate::queries::settings_row(tx)?.agreement;
    Ok(AgreementView {
        terms_version: TERMS_VERSION,
        minimum_age_years: MINIMUM_AGE_YEARS,
        agreed_version: agreed.map(|agreed| agreed.terms_version),
        agreed_at_ms: agreed.map(|agreed| agreed.agreed_at_ms),
        needed: !agreed.is_some_and(|agreed| agreed.is_current()),
    })
}
