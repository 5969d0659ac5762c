//! One line of the table of help: whom to reach, how, and on whose word (product id S4).

use std::fmt;

use belay_model::{CivilDay, dial};
use serde::Serialize;

use crate::LibraryError;

/// How many cells a row has.
pub(crate) const CELLS: usize = 15;

/// From this year on a source counts as recent; an older one asks for care.
const RECENT_SINCE: i32 = 2025;

/// A line whose newest source is from before this year is not shown at all.
const SHOWN_SINCE: i32 = 2023;

/// For whom a line is there, in the order in which lines are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LineFor {
    /// The country's emergency number.
    Emergency,
    /// Everybody.
    All,
    /// Adults.
    Adults,
    /// Children and young people.
    Youth,
    /// Who served, and their families.
    Veterans,
    /// Men.
    Men,
    /// Some others; [`CrisisLine::whom`] says who.
    Other,
}

/// The way to reach a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LineChannel {
    /// By telephone.
    Call,
    /// By text message or messenger, as the address says.
    Text,
    /// A chat in the browser.
    Chat,
    /// A page with more.
    Web,
}

/// On whose word a line stands in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LineConfidence {
    /// The organisation's own page, its operator's, or one of a government or parliament.
    Primary,
    /// At least two texts that do not copy each other, with the same number.
    TwoAgreeing,
}

/// Whether a line may be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Standing {
    /// It is shown.
    Shown,
    /// It is shown and says that it should be read with care.
    WithCare,
    /// It is not shown until somebody opened a recent source of it.
    Withheld,
}

/// Where a text message goes, for shells that can open one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TextTo {
    /// The number, without spaces.
    pub number: String,
    /// The word that the message has to be, where one is needed.
    pub word: Option<&'static str>,
}

/// One way to reach somebody. Everything stands as its sources have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CrisisLine {
    /// ISO 3166 code of the country, `ZZ` for any.
    pub country: &'static str,
    /// The country's English name.
    pub country_name: &'static str,
    /// Who answers.
    pub organisation: &'static str,
    /// For whom, as a group to order by.
    pub line_for: LineFor,
    /// For whom, as the table says it.
    pub whom: &'static str,
    /// How.
    pub channel: LineChannel,
    /// Number, keyword or page, exactly as written: never given to anything that would reform it.
    pub address: &'static str,
    /// What a telephone dials: the address without spaces, brackets and hyphens, up to the first comma.
    /// Only for calls.
    pub dial: Option<String>,
    /// When, as given; `None` where the hours are not known.
    pub hours: Option<&'static str>,
    /// Which languages are spoken there, as far as known.
    pub languages: Option<&'static str>,
    /// The texts in which it was read.
    pub sources: Vec<&'static str>,
    /// Day, month or year of the newest of them; `None` where none has a date.
    pub source_date: Option<&'static str>,
    /// On whose word.
    pub confidence: LineConfidence,
    /// The day on which the sources were opened last.
    pub checked_on: CivilDay,
    /// Why it should be read with care, if it should.
    pub care: Option<&'static str>,
    pub(crate) standing: Standing,
    pub(crate) why: &'static str,
}

impl fmt::Display for CrisisLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} {}: {}",
            self.country, self.organisation, self.address
        )
    }
}

impl CrisisLine {
    /// Reads one row; `number` names it in an error.
    pub(crate) fn read(row: &'static str, number: usize) -> Result<Self, LibraryError> {
        let wrong = |cell| LibraryError::Row { number, cell };
        let cells: Vec<&'static str> = row.split('\t').collect();
        let cells: [&'static str; CELLS] = cells.try_into().map_err(|_| wrong("cells"))?;
        if cells
            .iter()
            .any(|cell| cell.trim() != *cell || cell.chars().any(char::is_control))
        {
            return Err(wrong("space"));
        }
        let [
            country,
            country_name,
            organisation,
            whom,
            channel,
            address,
            hours,
            languages,
            first,
            more,
            source_date,
            confidence,
            checked_on,
            standing,
            why,
        ] = cells;
        if country.len() != 2 || !country.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return Err(wrong("iso"));
        }
        for (cell, text) in [
            ("country", country_name),
            ("organisation", organisation),
            ("for_whom", whom),
            ("address", address),
        ] {
            if text.is_empty() {
                return Err(wrong(cell));
            }
        }
        let channel = match channel {
            "call" => LineChannel::Call,
            "text" => LineChannel::Text,
            "chat" => LineChannel::Chat,
            "web" => LineChannel::Web,
            _ => return Err(wrong("channel")),
        };
        let confidence = match confidence {
            "primary" => LineConfidence::Primary,
            "two agreeing" => LineConfidence::TwoAgreeing,
            _ => return Err(wrong("confidence")),
        };
        let standing = match (standing, why.is_empty()) {
            ("show", true) => Standing::Shown,
            ("care", false) => Standing::WithCare,
            ("withheld", false) => Standing::Withheld,
            _ => return Err(wrong("standing")),
        };
        let sources: Vec<&'static str> = std::iter::once(first)
            .chain(more.split(" ; "))
            .filter(|source| !source.is_empty())
            .collect();
        let needed = match confidence {
            LineConfidence::Primary => 1,
            LineConfidence::TwoAgreeing => 2,
        };
        if sources.len() < needed {
            return Err(wrong("source"));
        }
        let dial = match channel {
            LineChannel::Call => Some(dial(address).ok_or(wrong("address"))?),
            _ => None,
        };
        if matches!(channel, LineChannel::Chat | LineChannel::Web)
            && !address.starts_with("https://")
        {
            return Err(wrong("address"));
        }
        let source_date = source_date_of(source_date).ok_or(wrong("source_date"))?;
        let line_for = line_for(whom);
        if !stands_rightly(&standing, source_date, line_for) {
            return Err(wrong("standing"));
        }
        Ok(Self {
            country,
            country_name,
            organisation,
            line_for,
            whom,
            channel,
            address,
            dial,
            hours: Some(hours).filter(|hours| !hours.is_empty()),
            languages: Some(languages).filter(|languages| !languages.is_empty()),
            sources,
            source_date,
            confidence,
            checked_on: checked_on.parse().map_err(|_| wrong("checked_on"))?,
            care: Some(why).filter(|_| standing == Standing::WithCare),
            standing,
            why,
        })
    }

    /// Where a text message goes: a number alone, or `WORD to NUMBER`. `None` for every other channel, and for
    /// a messenger, whose numbers would need a country's prefix that no source gave.
    #[must_use]
    pub fn text_to(&self) -> Option<TextTo> {
        if self.channel != LineChannel::Text {
            return None;
        }
        let (word, number) = match self.address.split_once(" to ") {
            Some((word, number)) => (Some(word), number),
            None => (None, self.address),
        };
        let number = dial(number)?;
        Some(TextTo { number, word })
    }
}

/// Whether a row may stand as it does, by the date of its newest source: what is recent may be shown, what is
/// older with care, what is old or has no date not at all. An emergency number without a date is better than
/// none.
fn stands_rightly(standing: &Standing, source_date: Option<&str>, group: LineFor) -> bool {
    let year: Option<i32> = source_date.and_then(|date| date.get(..4)?.parse().ok());
    match year {
        Some(year) if year >= RECENT_SINCE => true,
        Some(year) if year >= SHOWN_SINCE => *standing != Standing::Shown,
        None if group == LineFor::Emergency => *standing == Standing::WithCare,
        _ => *standing == Standing::Withheld,
    }
}

/// The group to order by. Words that no group fits make an "other", whose own words are shown.
fn line_for(whom: &str) -> LineFor {
    match whom.split(", ").next().unwrap_or(whom) {
        "emergency" => LineFor::Emergency,
        "all" => LineFor::All,
        "adults" => LineFor::Adults,
        "veterans" => LineFor::Veterans,
        "men" => LineFor::Men,
        youth if youth.starts_with("youth") || youth == "children" => LineFor::Youth,
        _ => LineFor::Other,
    }
}

/// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; "undated" is no date. The outer `None` is a fault.
fn source_date_of(text: &'static str) -> Option<Option<&'static str>> {
    if text == "undated" {
        return Some(None);
    }
    let whole = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        _ => text.to_owned(),
    };
    whole.parse::<CivilDay>().ok().map(|_| Some(text))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    const ROW: &str = "AU\tAustralia\tLifeline\tall\tcall\t13 11 14\t24/7\tEnglish\thttps://a.example/\
                       \thttps://b.example/\t2024-06-12\ttwo agreeing\t2026-11-22\tcare\told";

    fn read(row: String) -> Result<CrisisLine, LibraryError> {
        CrisisLine::read(Box::leak(row.into_boxed_str()), 7)
    }

    /// The cell for which a row is refused.
    fn refused(row: String) -> Option<&'static str> {
        match read(row) {
            Err(LibraryError::Row { number: 7, cell }) => Some(cell),
            _ => None,
        }
    }

    #[test]
    fn a_row_says_what_its_cells_say() {
        let line = read(ROW.into()).unwrap();
        assert_eq!(line.address, "13 11 14");
        assert_eq!(line.dial.as_deref(), Some("131114"));
        assert_eq!(line.hours, Some("24/7"));
        assert_eq!(line.care, Some("old"));
        assert_eq!(line.sources, ["https://a.example/", "https://b.example/"]);
    }

    #[test]
    fn a_row_without_two_sources_or_a_primary_one_is_refused() {
        let one = ROW.replace("https://b.example/", "");
        assert_eq!(refused(one.clone()), Some("source"));
        assert!(read(one.replace("two agreeing", "primary")).is_ok());
        let none = one
            .replace("https://a.example/", "")
            .replace("two agreeing", "primary");
        assert_eq!(refused(none), Some("source"));
    }

    #[test]
    fn a_row_with_a_hole_an_unknown_word_or_a_wrong_date_is_refused() {
        for (from, to, cell) in [
            ("AU\t", "au\t", "iso"),
            ("Lifeline", "", "organisation"),
            ("Lifeline", " Lifeline", "space"),
            ("\tcall\t", "\tring\t", "channel"),
            ("13 11 14", "", "address"),
            ("13 11 14", "ask for Ann", "address"),
            ("\tcall\t", "\tweb\t", "address"),
            ("2024-06-12", "", "source_date"),
            ("2024-06-12", "2024-13", "source_date"),
            ("two agreeing", "hearsay", "confidence"),
            ("2026-11-22", "soon", "checked_on"),
            ("\tcare\told", "\tcare\t", "standing"),
            ("\tcare\t", "\tshow\t", "standing"),
            ("\told", "", "cells"),
        ] {
            let row = ROW.replacen(from, to, 1);
            assert_ne!(row, ROW, "{from:?}");
            assert_eq!(refused(row), Some(cell), "{from:?}");
        }
    }

    #[test]
    fn a_row_whose_newest_source_is_old_or_undated_is_withheld_or_read_with_care() {
        let cases = [
            ("2025-01", "all", [true, true, true]),
            ("2024-12-31", "all", [false, true, true]),
            ("2023", "emergency", [false, true, true]),
            ("2022-12-31", "all", [false, false, true]),
            ("undated", "all", [false, false, true]),
            ("undated", "emergency", [false, true, false]),
        ];
        for (date, whom, allowed) in cases {
            let row = ROW
                .replace("2024-06-12", date)
                .replace("\tall\t", &format!("\t{whom}\t"));
            for (standing, allowed) in ["show\t", "care\told", "withheld\told"].iter().zip(allowed)
            {
                let read = read(row.replace("care\told", standing));
                assert_eq!(read.is_ok(), allowed, "{date} {whom} {standing}");
            }
        }
    }

    #[test]
    fn a_text_message_goes_to_a_number_with_its_word_and_a_messenger_is_only_shown() {
        let text = |address: &str| {
            let row = ROW
                .replace("\tcall\t", "\ttext\t")
                .replace("13 11 14", address);
            read(row).unwrap().text_to()
        };
        let to = |number: &str, word| {
            let number = number.to_owned();
            Some(TextTo { number, word })
        };
        assert_eq!(text("741741"), to("741741", None));
        assert_eq!(text("HOME to 741741"), to("741741", Some("HOME")));
        assert_eq!(text("WhatsApp 300 754 8933"), None);
        assert_eq!(text("0477 13 11 14"), to("0477131114", None));
        assert_eq!(read(ROW.into()).unwrap().text_to(), None);
    }
}
