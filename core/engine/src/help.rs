//! Help in a bad hour (product id S4): the person's own people and the lines of their country, also while the
//! store is locked. Nothing here is logged, counted or sent.

pub(crate) mod views;

#[cfg(test)]
mod sibling_tests;

use std::path::Path;

use belay_document::documents::Draft as DocumentDraft;
use belay_model::{CivilDay, DocName, TrustedPerson, make_bytes, validate_trusted_people};
use belay_protocol::DocKind;
use belay_store::{OpenPage, ReadTx};
use serde::{Deserialize, Serialize};

use crate::changes::ChangeArea;
use crate::engine::Engine;
use crate::help::views::{CountryView, GroundingView, HelpNowView, TrustedPersonView};
use crate::session::Session;
use crate::{BelayError, Result};

/// Under which meta key stands that the person agreed to have their people shown while locked. Each device is
/// asked for itself: another one may lie about elsewhere.
const SHOWN_WHILE_LOCKED: &str = "help-shown-while-locked";

/// The version of the page that is readable while locked.
const PAGE_VERSION: u32 = 1;

/// What anybody who holds the device can read, after the person agreed. No notes.
#[derive(Serialize, Deserialize)]
struct PageFile {
    version: u32,
    country: Option<String>,
    people: Vec<TrustedPerson>,
}

/// The page of help while the store is locked, or before there is one: the lines of a country, and the person's
/// own people if they agreed to that. Needs no key and writes nothing. `country` is an ISO 3166 code, such as
/// the device's region; one that the person chose counts more, and `looked_up`, which they look up just now, counts
/// most. A page that is damaged, or that a newer Belay wrote, shows no own people and all lines.
#[must_use]
pub fn help_now_locked(
    dir: &Path,
    looked_up: Option<&str>,
    country: Option<&str>,
    language: &str,
    today: CivilDay,
) -> HelpNowView {
    let page = read_page(dir);
    let chosen = page.as_ref().and_then(|page| page.country.clone());
    let shown = looked_up.or(chosen.as_deref()).or(country);
    let mut view = country_view(shown, language, today);
    view.chosen_country = chosen;
    if let Some(page) = page {
        view.own_shown_while_locked = true;
        // Somebody may have changed the file: what breaks a rule is not shown.
        let sound = page
            .people
            .iter()
            .filter(|person| person.validate().is_ok());
        view.own = sound.map(TrustedPersonView::from).collect();
    }
    view
}

/// Every country of which the table of help knows something, by code.
#[must_use]
pub fn countries() -> Vec<CountryView> {
    let countries = belay_library::countries().into_iter();
    countries.map(CountryView::from).collect()
}

/// Steps that bring somebody back into the room, in the language of this BCP 47 tag.
#[must_use]
pub fn grounding_steps(language: &str) -> GroundingView {
    belay_library::grounding(language).into()
}

impl Engine {
    /// The page of help. `country` is the device's region as an ISO 3166 code; one that the person chose counts
    /// more. Changes nothing.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn help_now(&self, country: Option<&str>, language: &str) -> Result<HelpNowView> {
        self.read(|tx| {
            let row = crate::queries::settings_row(tx)?;
            let moment = self.moment(&row.settings)?;
            let today = moment.civil_day(row.settings.day_start);
            let chosen = row.help_country;
            let mut view = country_view(chosen.as_deref().or(country), language, today);
            view.chosen_country = chosen;
            view.own = row.trusted_people.iter().map(Into::into).collect();
            view.own_shown_while_locked = is_shown_while_locked(tx)?;
            Ok(view)
        })
    }

    /// The person's own people, in their order.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn trusted_people(&self) -> Result<Vec<TrustedPersonView>> {
        self.read(|tx| {
            let row = crate::queries::settings_row(tx)?;
            Ok(row.trusted_people.iter().map(Into::into).collect())
        })
    }

    /// Keeps the person's own people, in this order, in place of those that were kept. Own devices share them;
    /// nobody else does. Writes to disk.
    ///
    /// # Errors
    /// `InvalidInput` with `trusted_name`, `trusted_address`, `trusted_note` or `trusted_people` and the rule;
    /// nothing is changed then.
    pub fn save_trusted_people(&self, people: Vec<TrustedPerson>) -> Result<()> {
        let people: Vec<TrustedPerson> = people.iter().map(TrustedPerson::tidied).collect();
        validate_trusted_people(&people)?;
        self.write(|session| session.save_trusted_people(people))?;
        self.refresh_open_page()
    }

    /// Says whether whoever holds this device may see the names and numbers of the person's own people while it
    /// is locked. Only then they lie in a plain file beside the store, and go with the next "no". Writes to disk.
    ///
    /// # Errors
    /// What the disk refuses; a "no" that could not remove the file is tried again at the next start.
    pub fn set_own_people_shown_locked(&self, shown: bool) -> Result<()> {
        self.write(|session| {
            session.spaces.touched.part(ChangeArea::Settings);
            match shown {
                true => Ok(session.tx.put_meta(SHOWN_WHILE_LOCKED, &[1])?),
                false => Ok(session.tx.delete_meta(SHOWN_WHILE_LOCKED)?),
            }
        })?;
        self.refresh_open_page()
    }

    /// Chooses the country whose lines are shown; `None` leaves it to the device's region. Writes to disk.
    ///
    /// # Errors
    /// `InvalidInput{help_country, unknown_word}` for what is no code of two letters.
    pub fn set_help_country(&self, code: Option<&str>) -> Result<()> {
        let code = code.map(|code| code.trim().to_ascii_uppercase());
        let is_code =
            |code: &String| code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase());
        if code.as_ref().is_some_and(|code| !is_code(code)) {
            return Err(BelayError::InvalidInput {
                field: "help_country",
                rule: "unknown_word",
            });
        }
        self.write(|session| {
            let draft = DocumentDraft::new().help_country(code.as_deref());
            session.write_document(DocKind::Settings, &DocName::ZERO, &draft)
        })?;
        self.refresh_open_page()
    }

    /// Brings the page that is readable while locked in step with the settings, or away. Writes to disk only
    /// where they differ.
    pub(crate) fn refresh_open_page(&self) -> Result<()> {
        let _one_at_a_time = self.open_page.lock();
        let page = self.read(|tx| {
            if !is_shown_while_locked(tx)? {
                return Ok(None);
            }
            let row = crate::queries::settings_row(tx)?;
            let without_note = |person: TrustedPerson| TrustedPerson {
                note: None,
                ..person
            };
            let page = PageFile {
                version: PAGE_VERSION,
                country: row.help_country,
                people: row.trusted_people.into_iter().map(without_note).collect(),
            };
            crate::projection::json(&page).map(Some)
        })?;
        match page {
            None => Ok(OpenPage::remove(&self.dir)?),
            Some(page) => {
                // One that cannot be read is replaced like one that says something else.
                let there = OpenPage::read(&self.dir).ok().flatten();
                if there.as_deref() != Some(page.as_bytes()) {
                    OpenPage::replace(&self.dir, page.as_bytes())?;
                }
                Ok(())
            }
        }
    }
}

impl Session<'_> {
    /// Writes the list; whoever was there before keeps their name in the document.
    fn save_trusted_people(&mut self, people: Vec<TrustedPerson>) -> Result<()> {
        let document = self.document(DocKind::Settings, &DocName::ZERO)?;
        let mut before = document.trusted_people()?;
        let mut named = Vec::new();
        for person in people {
            let known = before
                .iter()
                .position(|(_, other)| other.name == person.name);
            let name = match known {
                Some(at) => before.remove(at).0,
                None => DocName::from_bytes(make_bytes(self.entropy)),
            };
            named.push((name, person));
        }
        let draft = DocumentDraft::new().trusted_people(&named, &document)?;
        self.write_into(DocKind::Settings, &DocName::ZERO, document, &draft)
    }
}

fn country_view(country: Option<&str>, language: &str, today: CivilDay) -> HelpNowView {
    let help = belay_library::country_help(country, today);
    HelpNowView::of_country(&help, belay_library::grounding(language))
}

fn is_shown_while_locked(tx: &ReadTx<'_>) -> Result<bool> {
    Ok(tx.meta(SHOWN_WHILE_LOCKED)?.is_some())
}

/// The page that is readable while locked; `None` where there is none that this version can read.
fn read_page(dir: &Path) -> Option<PageFile> {
    let bytes = OpenPage::read(dir).ok().flatten()?;
    let page: PageFile = serde_json::from_slice(&bytes).ok()?;
    (page.version == PAGE_VERSION).then_some(page)
}
