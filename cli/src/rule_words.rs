//! What a person reads when something they typed breaks a rule: which part, and what would fit.

use belay_engine::model::boundary::{MAX_NUDGES_A_DAY, SupportLevel};
use belay_engine::model::goals::PauseReason;
use belay_engine::model::{
    CheckInField, Emotion, Energy, GoalField, LifeArea, Mood, Need, OutcomeStatus, ResponseKind,
    limits,
};

use crate::words::{field_name, list_of};

/// What happened, from the two stable words that say it.
pub fn rule_sentence(field: &str, rule: &str) -> String {
    let name = field_name(field);
    match (field, rule) {
        ("check_in", "empty") => {
            "A check-in needs at least one answer; a mood is enough.".to_owned()
        }
        ("entry", "empty") => "An entry needs a text or a title.".to_owned(),
        ("plan_line" | "coping", "out_of_range") => {
            format!("A list has at most {} lines.", limits::MAX_KEPT_LINES)
        }
        ("plan_step", _) => "The plan has six steps: say a number from 1 to 6.".to_owned(),
        ("template", "unknown_word") => {
            "A question or template has a name like week_back; `belay journal templates` shows them."
                .to_owned()
        }
        ("mood_labels", "not_allowed_here") => "Each step of the mood has one word.".to_owned(),
        ("mood_labels", "unknown_word") => "Write it as a step and a word, such as 5=bright.".to_owned(),
        ("passage", "not_allowed_here") => {
            "Those words do not stand in the entry like this; copy them exactly, or name its lines."
                .to_owned()
        }
        ("lines", "out_of_range") => {
            "The entry has no such lines. They are written like 3 or 3-7.".to_owned()
        }
        ("tags" | "goals", "out_of_range") => {
            format!("An entry has at most {} {name}.", limits::MAX_ENTRY_TAGS)
        }
        ("recovery_words", "wrong_number") => "Recovery words are 24, in their order.".to_owned(),
        ("recovery_words", "unknown_word") => {
            "One of the recovery words is in no list.".to_owned()
        }
        ("recovery_words", "wrong_together") => {
            "All of these words exist, but together they are not right: one is another word, or two changed \
             places."
                .to_owned()
        }
        ("threshold", _) => {
            "Between 2 and 16 people, and at least 2 of them to bring the words together.".to_owned()
        }
        ("recovery_words", _) => {
            "Those are not quite the recovery words of this store; all 24 count, in their order."
                .to_owned()
        }
        ("quiet_hours" | "time", "out_of_range") => {
            "Quiet hours are written like 22:00-07:00.".to_owned()
        }
        ("quiet_hours", "same_times") => {
            "Quiet hours that begin as they end would be never or always.".to_owned()
        }
        ("topics", "twice") => "One topic stands there twice.".to_owned(),
        ("keep", _) => {
            "The demonstration needs a folder that is empty or does not exist yet.".to_owned()
        }
        ("display_name", "empty") => {
            "You have no name for partners yet; `belay settings --name NAME` gives you one."
                .to_owned()
        }
        ("reason", "not_allowed_here") => {
            "Only what was skipped has a reason; use --note.".to_owned()
        }
        ("on", "not_allowed_here") => {
            "A check-in stays on its day; write another one for another day.".to_owned()
        }
        (_, "ends_before_it_starts") => {
            "It would end before it begins; choose a last day after the first.".to_owned()
        }
        (_, "never_due") => {
            "Between its first and last day it would never be due; change how often or the last day."
                .to_owned()
        }
        (_, "outside_the_goal") => {
            "A date lies outside the goal's first and last day.".to_owned()
        }
        (_, "overlaps") => {
            "Some of those days are paused already; choose others, or take that pause back first."
                .to_owned()
        }
        (_, "twice") => format!("The same stands two times in the {name}; once is enough."),
        (_, "too_many") => format!("That is more {name} than Belay keeps in one place."),
        (_, "not_an_amount") => {
            "That is not an amount. It looks like 12 or 2.5, and where a word belongs like \"20 pages\"."
                .to_owned()
        }
        (_, "too_many_decimals") => {
            "An amount has at most three digits after the point.".to_owned()
        }
        (_, "same_times") => {
            "It would begin and end at the same time; choose two times.".to_owned()
        }
        ("amount", "not_allowed_here") => {
            "That goal counts no amounts, and a skip has none; say done, partly, skipped or not-done."
                .to_owned()
        }
        ("status", "not_allowed_here") => {
            "That cannot be said of a day of this goal; `belay goal show` says how it counts.".to_owned()
        }
        ("unit", "empty") => {
            "An amount needs its word, such as \"20 pages\".".to_owned()
        }
        (_, "not_an_address") => {
            "That is no address of a relay. They look like https://relay.example.org.".to_owned()
        }
        (_, "not_text") => {
            format!("The {name} is not text that Belay can read (it has to be UTF-8).")
        }
        (_, "empty") => format!("The {name} is still empty."),
        (_, "too_many_characters" | "too_many_bytes") => format!("The {name} {}.", too_long(field)),
        (_, "unknown_word" | "out_of_range") => match known(field) {
            Some(known) => format!("For the {name} Belay knows {known}."),
            None => format!("Belay does not know that {name}."),
        },
        (_, "unknown_zone") => {
            "Belay knows no such time zone. They look like Europe/Berlin or America/New_York."
                .to_owned()
        }
        (_, "not_a_number") => {
            "A number is digits, with spaces if you like, such as 0770 900.".to_owned()
        }
        (_, "not_a_day") => "A day is written like 2026-11-22.".to_owned(),
        (_, "in_the_future") => "That day has not come yet.".to_owned(),
        (_, "control_character") => {
            format!("The {name} holds a character that cannot be shown in one line.")
        }
        (_, "not_allowed_here") => format!("The {name} has no place here."),
        (_, "not_the_same") => format!("The two {name}s are not the same."),
        (_, "shape") => format!("Write it as NAME=WHAT; that {name} has no `=`."),
        _ => format!("The {name} does not fit ({rule})."),
    }
}

fn too_long(field: &str) -> String {
    match field {
        "note" => format!(
            "holds at most {} KiB of text",
            limits::MAX_NOTE_BYTES / 1024
        ),
        "entry" => format!(
            "holds at most {} KiB of text",
            limits::MAX_ENTRY_TEXT_BYTES / 1024
        ),
        "passage" => format!(
            "holds at most {} KiB of text",
            limits::MAX_PASSAGE_BYTES / 1024
        ),
        "tags" => characters(limits::MAX_TAG_CHARS),
        "prompt" => characters(limits::MAX_PROMPT_CHARS),
        "win" | "struggle" | "plan" => characters(limits::MAX_LINE_CHARS),
        "title" => characters(limits::MAX_TITLE_CHARS),
        "why" | "obstacle" | "if_this" | "then_that" | "strengths" | "resources" | "learned" => {
            characters(limits::MAX_WHY_CHARS)
        }
        "plan_line" | "coping" => characters(limits::MAX_KEPT_LINE_CHARS),
        "mood_labels" => characters(limits::MAX_MOOD_LABEL_CHARS),
        "text" => characters(limits::MAX_RESPONSE_CHARS),
        "display_name" => characters(limits::MAX_DISPLAY_NAME_CHARS),
        _ => "is longer than Belay keeps in one place".to_owned(),
    }
}

fn characters(limit: usize) -> String {
    format!("holds at most {limit} characters")
}

fn known(field: &str) -> Option<String> {
    Some(match field {
        "mood" => format!("1 to 5, or {}", list_of(Mood::WORDS)),
        "energy" => format!("1 to 5, or {}", list_of(Energy::WORDS)),
        "need" => list_of(Need::ALL.iter().map(|need| need.word())),
        "emotions" => list_of(Emotion::ALL.iter().map(|word| word.word())),
        "status" => list_of(OutcomeStatus::ALL.iter().map(|status| status.word())),
        "kind" => list_of(ResponseKind::ALL.iter().map(|kind| kind.word())),
        "fields" => format!(
            "{} (of a check-in); {} (of a goal); everything; nothing",
            list_of(CheckInField::ALL.iter().map(|field| field.word())),
            list_of(GoalField::ALL.iter().map(|field| field.word())),
        ),
        "schedule" | "weekdays" => {
            "daily, weekdays, weekend, days like mon,wed,fri, 1 to 7 times a week, 1 to 28 times a month, \
             every 2 to 366 days, on DAY, DAY, or once until DAY"
                .to_owned()
        }
        "times" => "times of day like 07:30".to_owned(),
        "quiet_hours" => "ranges of the day like 22:00-07:00".to_owned(),
        "until_ms" => "1 to 1440 minutes".to_owned(),
        "measure" => "done, at least 20 pages, at most 2 cups, avoid, steps, or since DAY".to_owned(),
        "amount" => "amounts from 0.001 to 1000000000".to_owned(),
        "area" => list_of(LifeArea::ALL.iter().map(|area| area.word())),
        "reason" => list_of(PauseReason::ALL.iter().map(|reason| reason.word())),
        "day_start" => "full hours from 0 to 6".to_owned(),
        "nudges_a_day" => format!("0 to {MAX_NUDGES_A_DAY}"),
        "level" => list_of(SupportLevel::ALL.iter().map(|level| level.word())),
        "hold_seconds" => format!("0 to {} seconds", limits::MAX_HOLD_SECONDS),
        _ => return None,
    })
}
