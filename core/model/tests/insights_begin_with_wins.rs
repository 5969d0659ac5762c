//! Insights: the same as counting by hand; a review that begins with what went well.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::{BTreeMap, BTreeSet};

use belay_model::insights::{
    FewDays, ReviewPart, ReviewedGoal, WeekRecords, emotion_counts, mood_beside, mood_by_week,
    outcomes_by_week, weekly_review,
};
use belay_model::statistics::Return;
use belay_model::{
    CheckIn, CheckInTemplate, CivilDay, DayStart, DocName, Emotion, Moment, Mood, OutcomeStatus,
    Weekday,
};
use proptest::option;
use proptest::prelude::*;

fn day(n: i64) -> CivilDay {
    CivilDay::new(2026, 3, 2).unwrap().plus_days(n).unwrap() // a Monday
}

fn check_in(n: i64, mood: Option<u8>) -> CheckIn {
    let written = Moment::new(1_772_452_800_000 + n * 86_400_000, "UTC").unwrap();
    let mut check_in = CheckIn::new(
        day(n),
        CheckInTemplate::Evening,
        written,
        DayStart::MIDNIGHT,
    );
    check_in.mood = mood.map(|step| Mood::new(step).unwrap());
    check_in
}

fn goal(name: u8, done: u8, returned: Option<Return>) -> ReviewedGoal {
    ReviewedGoal {
        goal: DocName::from_bytes([name; 16]),
        done,
        partly: 0,
        returned,
    }
}

fn keys(records: &WeekRecords) -> Vec<&'static str> {
    let review = weekly_review(records, day(3), Weekday::Monday);
    review.parts.iter().map(ReviewPart::key).collect()
}

#[test]
fn a_review_begins_with_wins_in_own_words_and_ends_looking_ahead() {
    let mut hard = check_in(1, Some(2));
    hard.struggle = Some("Slept badly".into());
    hard.emotions = [Emotion::Worried].into();
    let mut good = check_in(4, Some(4));
    good.win = Some("Called Mira".into());
    let mut other_week = check_in(7, Some(5));
    other_week.win = Some("Next week".into());
    let back = Return {
        on: day(2),
        after: 3,
    };
    let records = WeekRecords {
        check_ins: vec![other_week, good, hard],
        written_on: vec![day(4), day(5)],
        goals: vec![goal(1, 2, None), goal(2, 0, None), goal(3, 5, Some(back))],
    };
    let expected = [
        "wins",
        "came_back",
        "done",
        "was_here",
        "mood",
        "feelings",
        "was_hard",
        "look_ahead",
    ];
    assert_eq!(keys(&records), expected);
    let review = weekly_review(&records, day(3), Weekday::Monday);
    let ReviewPart::Wins(wins) = &review.parts[0] else {
        unreachable!("it begins with wins")
    };
    assert_eq!((wins.len(), wins[0].text.as_str()), (1, "Called Mira"));
    let ReviewPart::Done(done) = &review.parts[2] else {
        unreachable!("then what was done")
    };
    assert_eq!(
        done.iter().map(|goal| goal.done).collect::<Vec<_>>(),
        [5, 2]
    );
    assert_eq!(review.parts[3], ReviewPart::WasHere { days: 3 });
}

#[test]
fn a_week_of_which_nothing_is_known_is_met_with_being_here() {
    assert_eq!(keys(&WeekRecords::default()), ["here_now", "look_ahead"]);
    let records = WeekRecords {
        goals: vec![goal(1, 0, None)],
        ..WeekRecords::default()
    };
    assert_eq!(keys(&records), ["here_now", "look_ahead"]);
}

#[test]
fn the_week_begins_where_its_person_says() {
    let records = WeekRecords {
        check_ins: vec![check_in(-1, Some(3))],
        ..WeekRecords::default()
    };
    let review = |start| weekly_review(&records, day(0), start);
    assert_eq!(review(Weekday::Monday).parts[0], ReviewPart::HereNow);
    assert_eq!(
        review(Weekday::Sunday).parts[0],
        ReviewPart::WasHere { days: 1 }
    );
}

#[test]
fn a_week_of_which_nothing_is_known_is_a_gap_and_not_a_zero() {
    let series = mood_by_week(
        &[check_in(0, Some(4)), check_in(15, None)],
        day(0),
        day(20),
        Weekday::Monday,
    );
    let means: Vec<Option<u16>> = series.iter().map(|point| point.mood_thousandths).collect();
    assert_eq!(means, [Some(4000), None, None]);
    assert_eq!(
        series
            .iter()
            .map(|point| point.check_ins)
            .collect::<Vec<_>>(),
        [1, 0, 1]
    );
}

#[test]
fn few_days_say_nothing_of_a_mood_beside_a_goal() {
    let mood = |n: i64, step| (day(n), Mood::new(step).unwrap());
    let done: BTreeSet<CivilDay> = (0..5).map(day).collect();
    let moods = (0..9).map(|n| mood(n, if n < 5 { 4 } else { 3 }));
    assert_eq!(mood_beside(moods.clone(), &done), Err(FewDays));
    let beside = mood_beside(moods.chain([mood(9, 2), mood(9, 4)]), &done).unwrap();
    assert_eq!((beside.done_thousandths, beside.done_days), (4000, 5));
    assert_eq!((beside.other_thousandths, beside.other_days), (3000, 5));
}

proptest! {
    #[test]
    fn series_are_what_counting_by_hand_gives(
        moods in prop::collection::vec((-9i64..50, option::of(1u8..6), prop::collection::btree_set(1u8..39, 0..4)), 0..40),
        statuses in prop::collection::btree_map(-9i64..50, prop::sample::select(OutcomeStatus::ALL), 0..40),
        first in 0i64..20,
        length in 0i64..25,
        start in 1u8..8,
    ) {
        let (last, start) = (first + length, Weekday::from_number(start).unwrap());
        let check_ins: Vec<CheckIn> = moods.iter().map(|(n, mood, words)| {
            let mut check_in = check_in(*n, *mood);
            check_in.emotions = words.iter().map(|n| Emotion::from_number(*n).unwrap()).collect();
            check_in
        }).collect();
        // The week of a day, by walking back to where it begins.
        let begin = |n: i64| (0..7).map(|back| n - back).find(|n| day(*n).weekday() == start).unwrap();
        let begins: BTreeSet<i64> = (first..=last).map(begin).collect();
        let inside = |n: i64| (first..=last).contains(&n);

        let series = mood_by_week(&check_ins, day(first), day(last), start);
        let outcomes = outcomes_by_week(statuses.iter().map(|(n, status)| (day(*n), *status)), day(first), day(last), start);
        prop_assert_eq!(series.iter().map(|point| point.week.first).collect::<Vec<_>>(), begins.iter().map(|n| day(*n)).collect::<Vec<_>>());
        prop_assert_eq!(outcomes.len(), series.len());
        for ((point, counted), week) in series.iter().zip(&outcomes).zip(&begins) {
            let of_week: Vec<_> = moods.iter().filter(|(n, ..)| inside(*n) && begin(*n) == *week).collect();
            let steps: Vec<u32> = of_week.iter().filter_map(|(_, mood, _)| mood.map(u32::from)).collect();
            let mean = (!steps.is_empty()).then(|| (steps.iter().sum::<u32>() * 1000 / steps.len() as u32) as u16);
            prop_assert_eq!(point.mood_thousandths, mean);
            prop_assert_eq!(point.check_ins as usize, of_week.len());
            let lowest_highest = steps.iter().min().zip(steps.iter().max());
            prop_assert_eq!(point.lowest.zip(point.highest).map(|(low, high)| (u32::from(low.step()), u32::from(high.step()))), lowest_highest.map(|(low, high)| (*low, *high)));
            let count = |status| statuses.iter().filter(|(n, is)| inside(**n) && begin(**n) == *week && **is == status).count();
            prop_assert_eq!(
                [counted.done, counted.partly, counted.skipped, counted.not_done].map(usize::from),
                [OutcomeStatus::Done, OutcomeStatus::Partly, OutcomeStatus::Skipped, OutcomeStatus::NotDone].map(count)
            );
        }

        let mut by_hand: BTreeMap<u8, u32> = BTreeMap::new();
        for (_, _, words) in moods.iter().filter(|(n, ..)| inside(*n)) {
            for word in words {
                *by_hand.entry(*word).or_default() += 1;
            }
        }
        let counts = emotion_counts(&check_ins, day(first), day(last));
        prop_assert!(counts.is_sorted_by(|a, b| a.count > b.count || (a.count == b.count && a.emotion < b.emotion)));
        prop_assert_eq!(counts.into_iter().map(|feeling| (feeling.emotion.number(), feeling.count)).collect::<BTreeMap<_, _>>(), by_hand);
    }

    #[test]
    fn whatever_a_week_held_its_review_begins_with_a_win_and_blames_nobody(
        moods in prop::collection::vec((0i64..7, option::of(1u8..6), option::of("[a-z]{1,5}"), option::of("[a-z]{1,5}")), 0..6),
        goals in prop::collection::vec((0u8..8, option::of(-9i64..9)), 0..4),
    ) {
        let check_ins = moods.into_iter().map(|(n, mood, win, struggle)| {
            let mut check_in = check_in(n, mood);
            (check_in.win, check_in.struggle) = (win, struggle);
            check_in
        });
        let goals = goals.into_iter().enumerate().map(|(name, (done, back))| {
            goal(name as u8, done, back.map(|n| Return { on: day(n), after: 2 }))
        });
        let records = WeekRecords { check_ins: check_ins.collect(), written_on: Vec::new(), goals: goals.collect() };
        let review = weekly_review(&records, day(3), Weekday::Monday);
        let wins = review.parts.iter().take_while(|part| part.is_win()).count();
        prop_assert!(wins > 0 && review.parts[wins..].iter().all(|part| !part.is_win()));
        prop_assert_eq!(review.parts.last(), Some(&ReviewPart::LookAhead));
        for part in &review.parts {
            for never in ["fail", "miss", "broke", "lost", "streak", "user", "invalid", "error"] {
                prop_assert!(!part.key().contains(never), "{}", part.key());
            }
        }
    }
}
