//! Runs a real engine and says on standard output what it begins and what was acknowledged.
//!
//! `belay-durability-driver ROOT SEED WHAT`, where WHAT is `create`, `migrate`, `passphrases N` or `steps N`.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "only tests run this; its output is what they read"
)]

use std::path::PathBuf;

use belay_durability::{Line, Person, Step, Steps, migrate};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [root, seed, what, rest @ ..] = &arguments[..] else {
        panic!("ROOT SEED WHAT")
    };
    let (root, seed) = (PathBuf::from(root), seed.parse().unwrap());
    let count: u64 = rest.first().map_or(0, |count| count.parse().unwrap());
    match what.as_str() {
        "create" => {
            say(&Line::Does(Step::Create));
            let person = Person::create(&root, seed).unwrap();
            say(&Line::Done);
            person.leave();
        }
        "migrate" => {
            say(&Line::Does(Step::Migrate));
            migrate(&root);
            say(&Line::Done);
        }
        "passphrases" => passphrases(Person::open(&root, seed, None).unwrap(), count),
        "steps" => steps(Person::open(&root, seed, None).unwrap(), seed, count),
        other => panic!("{other}?"),
    }
}

fn steps(mut person: Person, seed: u64, count: u64) {
    let mut steps = Steps::new(seed);
    let mut model = person.model();
    for _ in 0..count {
        let step = steps.next(&model);
        say(&Line::Does(step.clone()));
        person.perform(&step);
        say(&Line::Done);
        model.apply(&step);
    }
    person.leave();
}

fn passphrases(mut person: Person, count: u64) {
    for number in 0..count {
        let text = format!("passphrase {number}");
        let step = Step::Passphrase { text };
        say(&Line::Does(step.clone()));
        person.perform(&step);
        say(&Line::Done);
    }
    person.leave();
}

fn say(line: &Line) {
    println!("{}", serde_json::to_string(line).unwrap());
}
