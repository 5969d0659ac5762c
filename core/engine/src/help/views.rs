//! What shells show of help in a bad hour (product id S4).

use belay_library::{
    Country, CountryHelp, CrisisLine, Grounding, LineChannel, LineConfidence, LineFor,
};
use belay_model::{CivilDay, TrustedChannel, TrustedPerson};
use serde::Serialize;

/// The page of help. Every number on it may be shown, with its organisation, its date and the words that
/// numbers change.
#[derive(Clone, Serialize)]
pub struct HelpNowView {
    /// The person's own people, in their order. Locked: only those of whom the person agreed.
    pub own: Vec<TrustedPersonView>,
    /// The person agreed that whoever holds this device sees them while it is locked.
    pub own_shown_while_locked: bool,
    /// The country whose lines these are; `None` where it is not known, or nothing is known of it.
    pub country: Option<CountryView>,
    /// The code that was chosen in the settings; `None` while the device's own region counts.
    pub chosen_country: Option<String>,
    /// Emergency numbers.
    pub emergency: Vec<CrisisLineView>,
    /// Lines for everybody, and for adults.
    pub lines: Vec<CrisisLineView>,
    /// Lines for young people, veterans, men and others.
    pub more: Vec<CrisisLineView>,
    /// The directory of lines everywhere.
    pub directory: Vec<CrisisLineView>,
    /// How many lines of the country are hidden because nobody looked at their sources for a year: this
    /// Belay is old.
    pub hidden_as_old: u64,
    /// Steps that bring somebody back into the room.
    pub grounding: GroundingView,
}

impl std::fmt::Debug for HelpNowView {
    /// Nothing of one's own people.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HelpNowView")
            .field("country", &self.country)
            .finish_non_exhaustive()
    }
}

/// One of the person's own people.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct TrustedPersonView {
    /// What they are called.
    pub name: String,
    /// How to reach them.
    pub channel: TrustedChannel,
    /// A number or address, as typed.
    pub address: String,
    /// What a telephone dials or where a message goes; `None` where the address is no number.
    pub dial: Option<String>,
    /// A note; not shown while locked.
    pub note: Option<String>,
}

impl std::fmt::Debug for TrustedPersonView {
    /// Neither name nor number.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TrustedPersonView")
            .field("channel", &self.channel)
            .finish_non_exhaustive()
    }
}

/// A country of which something is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CountryView {
    /// ISO 3166 code, two capital letters.
    pub code: String,
    /// English name; a shell shows the one of its own language.
    pub name: String,
}

/// One way to reach somebody, as its sources have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CrisisLineView {
    /// Who answers.
    pub organisation: String,
    /// For whom, as a group.
    pub line_for: LineFor,
    /// For whom, as the table says it, in English.
    pub for_whom: String,
    /// How.
    pub channel: LineChannel,
    /// Number, keyword or page, exactly as written.
    pub address: String,
    /// What a telephone dials, for calls.
    pub dial: Option<String>,
    /// Where a text message goes, where the address is a number.
    pub text_to: Option<String>,
    /// The word that the message has to be, where one is needed.
    pub text_word: Option<String>,
    /// When, as given; `None`: not known.
    pub hours: Option<String>,
    /// Languages spoken there, as given.
    pub languages: Option<String>,
    /// The texts in which it was read.
    pub sources: Vec<String>,
    /// Day, month or year of the newest of them; `None` where none has a date.
    pub source_date: Option<String>,
    /// On whose word.
    pub confidence: LineConfidence,
    /// The day on which the sources were opened last.
    pub checked_on: CivilDay,
    /// Its sources are old or disagree: ask the reader to check.
    pub read_with_care: bool,
}

/// Steps that bring somebody back into the room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GroundingView {
    /// The tag of the language they are in.
    pub language: String,
    /// A professional who speaks it natively has read them.
    pub reviewed: bool,
    /// The steps, in order.
    pub steps: Vec<GroundingStepView>,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GroundingStepView {
    /// What to do, in a few words.
    pub step: String,
    /// How, for whoever wants to read on.
    pub how: Option<String>,
}

impl From<&TrustedPerson> for TrustedPersonView {
    fn from(person: &TrustedPerson) -> Self {
        Self {
            name: person.name.clone(),
            channel: person.channel,
            address: person.address.clone(),
            dial: person.dial(),
            note: person.note.clone(),
        }
    }
}

impl From<Country> for CountryView {
    fn from(country: Country) -> Self {
        Self {
            code: country.code.to_owned(),
            name: country.name.to_owned(),
        }
    }
}

impl From<&CrisisLine> for CrisisLineView {
    fn from(line: &CrisisLine) -> Self {
        let text = line.text_to();
        Self {
            organisation: line.organisation.to_owned(),
            line_for: line.line_for,
            for_whom: line.whom.to_owned(),
            channel: line.channel,
            address: line.address.to_owned(),
            dial: line.dial.clone(),
            text_to: text.as_ref().map(|text| text.number.clone()),
            text_word: text.and_then(|text| text.word.map(str::to_owned)),
            hours: line.hours.map(str::to_owned),
            languages: line.languages.map(str::to_owned),
            sources: line.sources.iter().copied().map(str::to_owned).collect(),
            source_date: line.source_date.map(str::to_owned),
            confidence: line.confidence,
            checked_on: line.checked_on,
            read_with_care: line.care.is_some(),
        }
    }
}

impl From<&Grounding> for GroundingView {
    fn from(grounding: &Grounding) -> Self {
        let step = |step: &belay_library::GroundingStep| GroundingStepView {
            step: step.step.clone(),
            how: step.how.clone(),
        };
        Self {
            language: grounding.language.to_owned(),
            reviewed: grounding.reviewed,
            steps: grounding.steps.iter().map(step).collect(),
        }
    }
}

impl HelpNowView {
    /// The page without anybody of one's own.
    pub(crate) fn of_country(help: &CountryHelp, grounding: &Grounding) -> Self {
        let views = |lines: &[&CrisisLine]| lines.iter().map(|line| (*line).into()).collect();
        Self {
            own: Vec::new(),
            own_shown_while_locked: false,
            country: help.country.map(Into::into),
            chosen_country: None,
            emergency: views(&help.emergency),
            lines: views(&help.lines),
            more: views(&help.more),
            directory: views(&help.directory),
            hidden_as_old: help.hidden_as_old as u64,
            grounding: grounding.into(),
        }
    }

    /// The same page with the lines of another country, for somebody who looks for one without choosing it.
    #[must_use]
    pub fn in_country(self, code: &str, today: CivilDay) -> Self {
        let help = belay_library::country_help(Some(code), today);
        let lines = Self::of_country(&help, belay_library::grounding(&self.grounding.language));
        Self {
            own: self.own,
            own_shown_while_locked: self.own_shown_while_locked,
            chosen_country: self.chosen_country,
            ..lines
        }
    }
}
