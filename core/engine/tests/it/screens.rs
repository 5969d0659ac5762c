//! What the screens of a phone ask for in one call each, and drafts that outlive a program.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use crate::common;

use std::collections::{BTreeMap, BTreeSet};

use belay_engine::model::{
    CheckInTemplate, DayMark, DocName, Emotion, Mood, OutcomeStatus, PartOfDay, Schedule,
};
use belay_engine::{
    BelayError, EntryQuery, NewCheckIn, NewEntry, NewGoal, NewOutcome, SettingsEdit,
};
use common::{Place, evening};

const HOUR_MS: i64 = 60 * 60 * 1000;

fn feeling(emotions: &[Emotion]) -> NewCheckIn {
    NewCheckIn {
        emotions: emotions.iter().copied().collect(),
        ..evening("walked")
    }
}

fn walk() -> NewGoal {
    NewGoal {
        title: "Walk".to_owned(),
        schedule: Schedule::Daily,
        why: None,
        audience: BTreeMap::new(),
        ..NewGoal::default()
    }
}

fn outcome(goal: DocName) -> NewOutcome {
    NewOutcome {
        goal,
        on: None,
        status: OutcomeStatus::Done,
        note: None,
        reason: None,
        amount: None,
    }
}

#[test]
fn the_form_has_everything_in_one_answer_with_the_words_used_most_first() {
    let place = Place::new();
    let ada = place.create(None);
    let goal = ada.add_goal(walk()).unwrap().name;
    ada.write_check_in(feeling(&[Emotion::Worried, Emotion::Calm]))
        .unwrap();
    ada.write_check_in(feeling(&[Emotion::Worried])).unwrap();
    let form = ada.check_in_form(None, None, "en-GB").unwrap();
    assert_eq!(form.on, ada.today_on().unwrap());
    assert!(!form.late);
    assert_eq!(form.part_of_day, PartOfDay::Evening);
    assert_eq!(form.template, CheckInTemplate::Evening);
    assert_eq!(form.emotions[..2], [Emotion::Worried, Emotion::Calm]);
    assert_eq!(
        form.emotions.iter().collect::<BTreeSet<_>>().len(),
        Emotion::ALL.len()
    );
    assert_eq!(form.goals.len(), 1);
    assert!(form.goals[0].name == goal && form.goals[0].due_today);
    assert_eq!(form.check_ins.len(), 2);
    assert!(form.draft.is_none() && form.about.is_none() && form.partners.is_empty());
    assert_eq!(form.templates.len(), CheckInTemplate::ALL.len());
    let evening = &form.templates[2];
    assert_eq!(evening.template, CheckInTemplate::Evening);
    assert_eq!(evening.questions[0].ask, "How was today?");
    let german = ada.check_in_form(None, None, "de").unwrap();
    assert_eq!(german.templates[2].questions[0].ask, "Wie war der Tag?");
}

#[test]
fn the_form_of_an_earlier_day_says_that_it_is_late_and_shows_the_goals_of_that_day() {
    let place = Place::new();
    let ada = place.create(None);
    let goal = ada.add_goal(walk()).unwrap().name;
    let monday = ada.today_on().unwrap();
    ada.write_check_in(NewCheckIn {
        outcomes: vec![outcome(goal)],
        ..evening("walked")
    })
    .unwrap();
    place.clock.advance_ms(14 * HOUR_MS);
    let today = ada.check_in_form(None, None, "en").unwrap();
    assert_eq!(today.template, CheckInTemplate::Free);
    assert!(today.goals[0].today.is_none());
    let late = ada.check_in_form(Some(monday), None, "en").unwrap();
    assert!(late.late && late.today != late.on);
    assert_eq!(late.template, CheckInTemplate::Evening);
    let logged = late.goals[0].today.as_ref().unwrap();
    assert_eq!(logged.status, OutcomeStatus::Done);
    assert_eq!(late.check_ins.len(), 1);
}

#[test]
fn what_was_typed_survives_a_kill_and_goes_with_the_check_in_made_of_it() {
    let place = Place::new();
    let ada = place.create(None);
    let typed = NewCheckIn {
        win: Some("  called my sis".to_owned()),
        template: CheckInTemplate::Morning,
        ..NewCheckIn::default()
    };
    ada.keep_check_in_draft(typed, None).unwrap();
    drop(ada);
    let ada = place.open(None).unwrap();
    let form = ada.check_in_form(None, None, "en").unwrap();
    let draft = form.draft.unwrap();
    assert_eq!(draft.new.win.as_deref(), Some("  called my sis"));
    assert_eq!(draft.new.on, Some(form.on));
    assert_eq!(form.template, CheckInTemplate::Morning);
    assert_eq!(ada.today().unwrap().drafts.len(), 1);
    assert!(
        ada.drafts().unwrap().is_empty(),
        "drafts of the journal are others"
    );
    ada.write_check_in(NewCheckIn {
        mood: Some(Mood::new(4).unwrap()),
        ..draft.new
    })
    .unwrap();
    assert!(ada.check_in_form(None, None, "en").unwrap().draft.is_none());
    assert!(ada.today().unwrap().drafts.is_empty());
}

#[test]
fn a_refused_check_in_leaves_its_draft_and_an_emptied_form_leaves_none() {
    let place = Place::new();
    let ada = place.create(None);
    let long = NewCheckIn {
        win: Some("ä".repeat(3_000)),
        ..NewCheckIn::default()
    };
    ada.keep_check_in_draft(long.clone(), None).unwrap();
    let refused = ada.write_check_in(long.clone()).unwrap_err();
    assert_eq!(refused.detail().unwrap(), "win.too_many_characters");
    let kept = ada.check_in_form(None, None, "en").unwrap().draft.unwrap();
    assert_eq!(kept.new.win, long.win);
    let endless = NewCheckIn {
        note: Some("x".repeat(2 * 1024 * 1024)),
        ..NewCheckIn::default()
    };
    let refused = ada.keep_check_in_draft(endless, None).unwrap_err();
    assert_eq!(refused.detail().unwrap(), "draft.too_many_bytes");
    let kept = ada.check_in_form(None, None, "en").unwrap().draft.unwrap();
    assert_eq!(kept.new.win, long.win);
    let emptied = NewCheckIn {
        win: Some(String::new()),
        ..NewCheckIn::default()
    };
    ada.keep_check_in_draft(emptied, None).unwrap();
    assert!(ada.today().unwrap().drafts.is_empty());
}

#[test]
fn a_draft_stays_with_its_day_when_midnight_passes() {
    let place = Place::new();
    let ada = place.create(None);
    let monday = ada.today_on().unwrap();
    ada.keep_check_in_draft(evening("almost there"), None)
        .unwrap();
    place.clock.advance_ms(6 * HOUR_MS);
    assert!(ada.check_in_form(None, None, "en").unwrap().draft.is_none());
    let waiting = ada.today().unwrap().drafts;
    assert_eq!(waiting.len(), 1);
    assert_eq!(waiting[0].on, monday);
    let form = ada.check_in_form(Some(monday), None, "en").unwrap();
    let written = ada.write_check_in(form.draft.unwrap().new).unwrap();
    assert_eq!(written.check_in.on, monday);
    assert!(written.late);
    assert!(ada.today().unwrap().drafts.is_empty());
}

#[test]
fn a_form_that_was_open_while_its_person_travelled_keeps_its_day() {
    let place = Place::new();
    let ada = place.create(None);
    // Monday 23:30 in Berlin is Tuesday in Auckland.
    place.clock.advance_ms(4 * HOUR_MS);
    let form = ada.check_in_form(None, None, "en").unwrap();
    place.clock.travel_to("Pacific/Auckland");
    assert_ne!(ada.today_on().unwrap(), form.on);
    let new = NewCheckIn {
        on: Some(form.on),
        ..evening("on the way")
    };
    assert_eq!(ada.write_check_in(new).unwrap().check_in.on, form.on);
    // And Tuesday in Auckland is one day ahead of Honolulu.
    let ahead = ada.check_in_form(None, None, "en").unwrap();
    place.clock.travel_to("Pacific/Honolulu");
    assert!(ada.today_on().unwrap() < ahead.on);
    let new = NewCheckIn {
        on: Some(ahead.on),
        ..evening("back")
    };
    assert_eq!(ada.write_check_in(new).unwrap().check_in.on, ahead.on);
}

#[test]
fn an_edit_has_a_form_and_a_draft_of_its_own() {
    let place = Place::new();
    let ada = place.create(None);
    let written = ada.write_check_in(evening("walked")).unwrap();
    ada.keep_check_in_draft(evening("something new"), None)
        .unwrap();
    let retyped = evening("walked far");
    ada.keep_check_in_draft(retyped.clone(), Some(written.name))
        .unwrap();
    let form = ada.check_in_form(None, Some(written.name), "en").unwrap();
    assert_eq!(form.about.unwrap().name, written.name);
    assert_eq!(form.draft.unwrap().new.win, retyped.win);
    assert_eq!(ada.today().unwrap().drafts.len(), 2);
    ada.edit_check_in(&written.name, retyped).unwrap();
    let left = ada.today().unwrap().drafts;
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].about, None);
    ada.drop_check_in_draft(None, None).unwrap();
    assert!(ada.today().unwrap().drafts.is_empty());
    ada.undo_check_in(&written.name).unwrap();
    assert_eq!(
        ada.check_in_form(None, Some(written.name), "en")
            .unwrap_err(),
        BelayError::NotFound { what: "check-in" }
    );
}

#[test]
fn the_page_of_people_is_one_answer() {
    let place = Place::new();
    let ada = place.create(None);
    let people = ada.people().unwrap();
    assert_eq!(people.display_name.as_deref(), Some("Ada"));
    assert!(people.partners.is_empty() && people.invitations.is_empty());
    assert_eq!(people.relay, None);
    assert!(people.own_devices.len() == 1 && people.own_devices[0].this_device);
    assert_eq!(people.partnerships_elsewhere, 0);
    assert!(people.recovery_words_due);
    ada.set_relay(Some("https://relay.example"), false).unwrap();
    ada.edit_settings(SettingsEdit {
        display_name: Some("Ada L.".to_owned()),
        ..SettingsEdit::default()
    })
    .unwrap();
    let people = ada.people().unwrap();
    assert_eq!(people.relay.as_deref(), Some("https://relay.example"));
    assert_eq!(people.display_name.as_deref(), Some("Ada L."));
}

#[test]
fn the_journal_opens_with_one_answer() {
    let place = Place::new();
    let ada = place.create(None);
    for day in 1..=3 {
        ada.write_entry(NewEntry {
            text: format!("Day {day}"),
            on: Some(format!("2026-0{day}-01").parse().unwrap()),
            ..NewEntry::default()
        })
        .unwrap();
    }
    ada.keep_draft(None, "half a sentence").unwrap();
    let query = EntryQuery {
        limit: Some(2),
        ..EntryQuery::default()
    };
    let journal = ada.journal_page(&query).unwrap();
    assert_eq!(journal.page.entries.len(), 2);
    assert!(journal.page.next.is_some());
    assert_eq!(journal.months.len(), 3);
    assert_eq!(journal.drafts.len(), 1);
    assert_eq!(journal.deleted, 0);
    ada.delete_entry(&journal.page.entries[0].name).unwrap();
    assert_eq!(ada.journal_page(&query).unwrap().deleted, 1);
    assert_eq!(journal.today, ada.today_on().unwrap());
}

#[test]
fn today_says_which_part_of_the_day_it_is() {
    let place = Place::new();
    let ada = place.create(None);
    assert_eq!(ada.today().unwrap().part_of_day, PartOfDay::Evening);
    assert!(ada.today().unwrap().recovery_words_due);
    place.clock.advance_ms(12 * HOUR_MS);
    assert_eq!(ada.today().unwrap().part_of_day, PartOfDay::Morning);
}

#[test]
fn the_pages_of_goals_know_the_return_and_every_day_asked_for() {
    let place = Place::new();
    let ada = place.create(None);
    let goal = ada.add_goal(walk()).unwrap().name;
    let monday = ada.today_on().unwrap();
    ada.log_outcome(outcome(goal)).unwrap();
    place.clock.advance_ms(3 * 24 * HOUR_MS);
    let away = ada.goals_page().unwrap();
    assert_eq!(away.goals[0].back_after_days, None);
    ada.log_outcome(outcome(goal)).unwrap();
    let page = ada.goals_page().unwrap();
    assert_eq!(page.today, ada.today_on().unwrap());
    assert_eq!(page.goals[0].back_after_days, Some(2));
    let last = page.today.plus_days(10).unwrap();
    let page = ada.goal_page(&goal, Some(monday), Some(last)).unwrap();
    let marks: Vec<DayMark> = page.days.iter().map(|day| day.mark).collect();
    assert_eq!(
        marks,
        [
            DayMark::Done,
            DayMark::Nothing,
            DayMark::Nothing,
            DayMark::Done
        ]
    );
    assert_eq!(page.outcomes.len(), 2);
    assert_eq!(page.back_after_days, Some(2));
    for (from, to) in [(last, monday), (monday.minus_days(399).unwrap(), last)] {
        let refused = ada.goal_page(&goal, Some(from), Some(to)).unwrap_err();
        assert_eq!(refused.detail().unwrap(), "to.out_of_range");
    }
    let unknown = DocName::from_bytes([7; 16]);
    assert!(ada.goal_page(&unknown, Some(monday), Some(last)).is_err());
}

#[test]
fn what_was_written_on_this_day_in_other_years_comes_back_with_its_wins() {
    let place = Place::new();
    let ada = place.create(None);
    let entry = |on: &str| NewEntry {
        text: "The river was high.".to_owned(),
        on: Some(on.parse().unwrap()),
        ..NewEntry::default()
    };
    for on in ["2025-03-02", "2021-03-02", "2025-03-01", "2026-03-02"] {
        ada.write_entry(entry(on)).unwrap();
    }
    ada.write_check_in(NewCheckIn {
        on: Some("2024-03-02".parse().unwrap()),
        ..evening("called my sister")
    })
    .unwrap();
    let years = ada.on_this_day(None).unwrap();
    let ago: Vec<u32> = years.iter().map(|year| year.years_ago).collect();
    assert_eq!(ago, [1, 2, 5]);
    assert_eq!(years[0].entries.len(), 1);
    assert_eq!(years[1].wins, ["called my sister"]);
    ada.write_entry(entry("2024-02-29")).unwrap();
    let leap = |on: &str| ada.on_this_day(Some(on.parse().unwrap())).unwrap();
    assert!(leap("2025-02-28").is_empty());
    assert_eq!(leap("2028-02-29").len(), 1);
}
