//! What the driver does and says, and what a store must hold afterwards.

use std::collections::{BTreeMap, BTreeSet};

use belay_testkit::SeededEntropy;
use serde::{Deserialize, Serialize};

/// One command of a person. A check-in is known by a number that stands in its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Begins a goal.
    Goal {
        /// Its title.
        title: String,
    },
    /// Writes a check-in, and with it an outcome of a goal that had none.
    CheckIn {
        /// Its number.
        number: u64,
        /// Its words.
        text: String,
        /// The goal's title.
        outcome_of: Option<String>,
    },
    /// Writes other words.
    Edit {
        /// The check-in's number.
        number: u64,
        /// Its new words.
        text: String,
    },
    /// Takes a check-in back.
    TakeBack {
        /// Its number.
        number: u64,
    },
    /// Brings it back.
    BringBack {
        /// Its number.
        number: u64,
    },
    /// Empties SQLite's log into the database.
    Checkpoint,
    /// Gives the store another passphrase.
    Passphrase {
        /// The new one.
        text: String,
    },
    /// Makes the store.
    Create,
    /// Opens the store as a program that knows a newer layout.
    Migrate,
}

/// A line on the driver's standard output.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Line {
    /// It begins with a step.
    Does(Step),
    /// The step returned: it is acknowledged.
    Done,
}

/// Reads whole lines; what a kill left of the last one is left out.
pub(crate) fn lines(output: &[u8]) -> Vec<Line> {
    output
        .split_inclusive(|byte| *byte == b'\n')
        .filter(|line| line.ends_with(b"\n"))
        .map(|line| serde_json::from_slice(line).unwrap())
        .collect()
}

/// What a person sees.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Seen {
    /// Number and words of each check-in that was not taken back.
    pub check_ins: BTreeMap<u64, String>,
    /// Titles.
    pub goals: BTreeSet<String>,
    /// Titles of goals with an outcome on the present day.
    pub outcomes: BTreeSet<String>,
}

impl Seen {
    /// Where two differ: what stands here and what stands there.
    #[must_use]
    pub fn differences(&self, other: &Self) -> Vec<(String, bool, bool)> {
        let (here, there) = (self.entries(), other.entries());
        let differing = here.symmetric_difference(&there);
        differing
            .map(|entry| (entry.clone(), here.contains(entry), there.contains(entry)))
            .collect()
    }

    fn entries(&self) -> BTreeSet<String> {
        let check_ins = self.check_ins.values().cloned();
        let outcomes = self.outcomes.iter().map(|title| format!("{title} is done"));
        check_ins
            .chain(self.goals.iter().cloned())
            .chain(outcomes)
            .collect()
    }
}

/// What a store holds after the steps so far.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Model {
    /// What a person sees.
    pub seen: Seen,
    /// Check-ins that were taken back.
    pub taken_back: BTreeMap<u64, String>,
}

/// Stands in the words of a check-in that brought an outcome. It stays as it is, so that the outcome does.
const SETTLED: &str = "settled";

impl Model {
    /// What a step does when it is done.
    ///
    /// # Panics
    /// When the step does not fit.
    pub fn apply(&mut self, step: &Step) {
        let seen = &mut self.seen;
        match step {
            Step::Goal { title } => {
                seen.goals.insert(title.clone());
            }
            Step::CheckIn {
                number,
                text,
                outcome_of,
            } => {
                seen.check_ins.insert(*number, text.clone());
                if let Some(title) = outcome_of {
                    seen.outcomes.insert(title.clone());
                }
            }
            Step::Edit { number, text } => {
                seen.check_ins.insert(*number, text.clone());
            }
            Step::TakeBack { number } => {
                let text = seen.check_ins.remove(number).unwrap();
                self.taken_back.insert(*number, text);
            }
            Step::BringBack { number } => {
                let text = self.taken_back.remove(number).unwrap();
                seen.check_ins.insert(*number, text);
            }
            Step::Checkpoint | Step::Passphrase { .. } | Step::Create | Step::Migrate => {}
        }
    }

    /// The states a store may show after a process said these lines and ended: as acknowledged, or with
    /// the step it was at.
    #[must_use]
    pub fn possible(&self, lines: &[Line]) -> Vec<Model> {
        let mut model = self.clone();
        let mut under_way = None;
        for line in lines {
            match line {
                Line::Does(step) => under_way = Some(step),
                Line::Done => model.apply(under_way.take().expect("begun before done")),
            }
        }
        let mut possible = vec![model];
        if let Some(step) = under_way {
            let mut after = possible[0].clone();
            after.apply(step);
            possible.push(after);
        }
        possible
    }
}

/// Draws steps.
#[derive(Debug)]
pub struct Steps {
    random: SeededEntropy,
    drawn: u64,
}

impl Steps {
    /// The same seed draws the same steps for the same models.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self {
            random: SeededEntropy::new(seed),
            drawn: 0,
        }
    }

    /// A step that fits.
    pub fn next(&mut self, model: &Model) -> Step {
        self.drawn += 1;
        let drawn = self.drawn;
        let seen = &model.seen;
        let one_of = |numbers: Vec<u64>, random: &mut SeededEntropy| {
            let at = random.below(numbers.len().max(1) as u64);
            numbers.get(at as usize).copied()
        };
        let free = seen.check_ins.iter();
        let free = free.filter(|(_, text)| !text.contains(SETTLED));
        let free = free.map(|(number, _)| *number);
        let step = match self.random.below(100) {
            0..8 => None,
            8..30 => one_of(free.collect(), &mut self.random).map(|number| Step::Edit {
                number,
                text: text(&mut self.random, number, drawn),
            }),
            30..40 => {
                one_of(free.collect(), &mut self.random).map(|number| Step::TakeBack { number })
            }
            40..48 => one_of(model.taken_back.keys().copied().collect(), &mut self.random)
                .map(|number| Step::BringBack { number }),
            48..52 => Some(Step::Checkpoint),
            _ => Some(self.check_in(model)),
        };
        step.unwrap_or_else(|| Step::Goal {
            title: format!("goal {}", seen.goals.len()),
        })
    }

    fn check_in(&mut self, model: &Model) -> Step {
        let seen = &model.seen;
        let newest = |numbers: &BTreeMap<u64, String>| numbers.keys().next_back().copied();
        let number = newest(&seen.check_ins).max(newest(&model.taken_back));
        let number = number.map_or(0, |newest| newest + 1);
        let mut text = text(&mut self.random, number, self.drawn);
        let outcome_of = seen.goals.difference(&seen.outcomes).next().cloned();
        if outcome_of.is_some() {
            text = format!("{text} {SETTLED}");
        }
        Step::CheckIn {
            number,
            text,
            outcome_of,
        }
    }
}

/// Words that begin with the check-in's number, of a length that is drawn.
fn text(random: &mut SeededEntropy, number: u64, drawn: u64) -> String {
    let words = ["river ", "lamp ", "early ", "walk ", "quiet ", "bread "];
    let mut text = format!("{number}: {drawn} ");
    for _ in 0..random.below(120) {
        text.push_str(words[random.below(words.len() as u64) as usize]);
    }
    text.trim_end().to_owned()
}
