//! Age and terms before the first sharing: core/engine/src/agreement.rs.

use belay_engine::{AgreementView, Engine};

use crate::{BelayCore, Result};

#[uniffi::export]
impl BelayCore {
    /// How the agreement before sharing stands.
    pub async fn agreement(&self) -> Result<AgreementView> {
        self.on_disk(Engine::agreement).await
    }

    /// The person says that they are old enough and agree to the terms of this version, which they were shown.
    /// Writes to disk.
    pub async fn agree_to_share(&self, terms_version: u32) -> Result<AgreementView> {
        self.on_disk(move |engine| engine.agree_to_share(terms_version))
            .await
    }
}
