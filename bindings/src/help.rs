//! Help in a bad hour: core/engine/src/help.rs. What works without a key is a free function.

use std::path::Path;

use belay_engine::model::{CivilDay, TrustedPerson};
use belay_engine::{CountryView, Engine, GroundingView, HelpNowView, TrustedPersonView};

use crate::{BelayCore, Result, worker};

/// The page of help while the store is locked, or before there is one. `country` is the device's region as an
/// ISO 3166 code, `language` a BCP 47 tag, `today` the civil day of the device, `looked_up` a country that the person
/// looks up now, which counts more than the one they chose for good. Writes nothing.
#[uniffi::export(default(looked_up = None))]
pub async fn help_now_locked(
    dir: String,
    country: Option<String>,
    language: String,
    today: CivilDay,
    looked_up: Option<String>,
) -> Result<HelpNowView> {
    worker::on_disk(move || {
        Ok(belay_engine::help_now_locked(
            Path::new(&dir),
            looked_up.as_deref(),
            country.as_deref(),
            &language,
            today,
        ))
    })
    .await
}

/// Every country of which the table of help knows something, by code.
#[uniffi::export]
pub fn countries() -> Result<Vec<CountryView>> {
    Ok(belay_engine::countries())
}

/// Steps that bring somebody back into the room, in the language of this BCP 47 tag.
#[uniffi::export]
pub fn grounding_steps(language: String) -> Result<GroundingView> {
    Ok(belay_engine::grounding_steps(&language))
}

#[uniffi::export]
impl BelayCore {
    /// The page of help. `country` is the device's region; one that the person chose counts more.
    pub async fn help_now(&self, country: Option<String>, language: String) -> Result<HelpNowView> {
        self.on_disk(move |engine| engine.help_now(country.as_deref(), &language))
            .await
    }

    /// The person's own people, in their order.
    pub async fn trusted_people(&self) -> Result<Vec<TrustedPersonView>> {
        self.on_disk(Engine::trusted_people).await
    }

    /// Keeps the person's own people, in this order, in place of those that were kept. Writes to disk.
    pub async fn save_trusted_people(&self, people: Vec<TrustedPerson>) -> Result<()> {
        self.on_disk(move |engine| engine.save_trusted_people(people))
            .await
    }

    /// Whether whoever holds this device may see names and numbers of own people while it is locked. Writes to
    /// disk.
    pub async fn set_own_people_shown_locked(&self, shown: bool) -> Result<()> {
        self.on_disk(move |engine| engine.set_own_people_shown_locked(shown))
            .await
    }

    /// Chooses the country whose lines are shown; nothing leaves it to the device's region. Writes to disk.
    pub async fn set_help_country(&self, code: Option<String>) -> Result<()> {
        self.on_disk(move |engine| engine.set_help_country(code.as_deref()))
            .await
    }
}
