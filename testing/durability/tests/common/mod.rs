//! What the tests share: running the driver under the recorder, and trying every way the power can go.

#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "each test file uses a part; a test may stop at the first surprise; seeds are printed"
)]

use std::path::{Path, PathBuf};
use std::process::Command;

use belay_durability::{
    Disk, Event, Kill, Line, Loss, Model, Person, Recorder, Step, Tree, check_database,
    driver_lines, read_log,
};
use belay_testkit::SeededEntropy;
use tempfile::TempDir;

/// The seed of this run; `BELAY_DURABILITY_SEED` gives another one.
pub fn seed() -> u64 {
    let given = std::env::var("BELAY_DURABILITY_SEED").ok();
    let seed = given.map_or(20_261_122, |text| text.parse().unwrap());
    println!("seed {seed}");
    seed
}

/// Whether everything is tried, as `cargo xtask durability` asks, and not a sample.
pub fn is_long() -> bool {
    std::env::var_os("BELAY_DURABILITY_LONG").is_some()
}

/// A folder with a keystore's folder in it, by its path without links.
pub struct Root {
    _dir: TempDir,
    pub path: PathBuf,
}

impl Root {
    pub fn new() -> Self {
        // In memory if possible: no test here needs a disk that is really waited for.
        let memory = Path::new("/dev/shm");
        let dir = match tempfile::tempdir_in(memory) {
            Ok(dir) => dir,
            Err(_) => tempfile::tempdir().unwrap(),
        };
        let path = dir.path().canonicalize().unwrap().join("root");
        std::fs::create_dir(&path).unwrap();
        Self { _dir: dir, path }
    }

    pub fn with_keystore() -> Self {
        let root = Self::new();
        std::fs::create_dir(root.path.join("keystore")).unwrap();
        root
    }

    pub fn of(tree: &Tree) -> Self {
        let root = Self::new();
        tree.write_to(&root.path);
        root
    }
}

/// The driver's command; arguments after the root.
pub fn driver(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_belay-durability-driver"));
    command.arg(root).args(arguments);
    command
}

/// Runs the driver until it ends or is killed.
pub fn drive(root: &Path, arguments: &[&str], kill: Option<Kill>) -> (Vec<Line>, bool) {
    let log = tempfile::tempdir().unwrap();
    let mut command = driver(root, arguments);
    Recorder::get().attach(&mut command, root, &log.path().join("log"), kill);
    driver_lines(command)
}

/// A recording under way.
pub struct Recording {
    dir: TempDir,
    root: PathBuf,
    before: Tree,
}

impl Recording {
    /// Where the recorder writes its notes.
    pub fn log(&self) -> PathBuf {
        self.dir.path().join("log")
    }

    /// Reads the notes of a process that has ended, and makes sure that nothing escaped the recorder: what it
    /// noted adds up to what is in the folder.
    pub fn end(self) -> Recorded {
        let recorded = Recorded {
            events: read_log(&self.log()),
            root: self.root,
            before: self.before,
        };
        let mut disk = recorded.disk();
        recorded.events.iter().for_each(|event| disk.apply(event));
        let noted = disk.after_power_cut(Loss::Nothing, &mut SeededEntropy::new(0));
        assert!(
            noted == Tree::of(&recorded.root),
            "something escaped the recorder"
        );
        recorded
    }
}

/// What one process did to a folder.
pub struct Recorded {
    pub root: PathBuf,
    pub before: Tree,
    pub events: Vec<Event>,
}

impl Recorded {
    /// Runs the driver to its end.
    pub fn driver(root: &Path, arguments: &[&str]) -> Self {
        let recording = Self::begin(root);
        let mut command = driver(root, arguments);
        Recorder::get().attach(&mut command, root, &recording.log(), None);
        let (_, killed) = driver_lines(command);
        assert!(!killed);
        recording.end()
    }

    /// Begins a recording of what will be done to a folder.
    pub fn begin(root: &Path) -> Recording {
        Recording {
            dir: tempfile::tempdir().unwrap(),
            root: root.to_owned(),
            before: Tree::of(root),
        }
    }

    pub fn disk(&self) -> Disk {
        Disk::new(&self.root, &self.before)
    }

    /// How many times the power can go, each at another place or with another loss.
    pub fn cuts(&self) -> usize {
        self.events.iter().map(|event| losses(event).len()).sum()
    }

    /// Cuts the power at about `sample` of all the places there are, or at every one, and more often where
    /// something was acknowledged. Hands what is left to `check`, with what was said and sent until then. Says how many times it did.
    pub fn cut(&self, sample: usize, seed: u64, mut check: impl FnMut(&Tree, &[Event])) -> usize {
        let mut random = SeededEntropy::new(seed);
        let places = self.cuts();
        let mut disk = self.disk();
        let mut told = Vec::new();
        let mut cuts = 0;
        for event in &self.events {
            disk.apply(event);
            if matches!(event, Event::Said(_) | Event::Sent { .. }) {
                told.push(event.clone());
            }
            for loss in losses(event) {
                // Ten times as often where something was just acknowledged: there all of it must be there.
                let weight = if event.changes_disk() { 1 } else { 10 };
                if is_long() || (random.below(places as u64) as usize) < weight * sample {
                    let left = disk.after_power_cut(loss, &mut random);
                    check(&left, &told);
                    cuts += 1;
                }
            }
        }
        println!("{cuts} of {places} power cuts");
        cuts
    }
}

/// In which ways the power can go after an event.
fn losses(event: &Event) -> Vec<Loss> {
    let some = |sector, percent| Loss::Some { sector, percent };
    match event {
        // What is acknowledged must not hang on anything that was not synced.
        Event::Said(_) | Event::Sent { .. } => vec![Loss::All, some(4096, 50)],
        // Only a sync changes what is certain: losing all leaves the same until the next one.
        Event::Synced { .. } => vec![Loss::All, some(4096, 10)],
        event if event.changes_disk() => vec![Loss::Nothing, some(512, 50)],
        _ => Vec::new(),
    }
}

/// The driver's lines among what was said.
pub fn lines(told: &[Event]) -> Vec<Line> {
    let said = told.iter().filter_map(|event| match event {
        Event::Said(bytes) => Some(bytes),
        _ => None,
    });
    let text: Vec<u8> = said.flatten().copied().collect();
    text.split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
        .filter_map(|line| serde_json::from_slice(line).ok())
        .collect()
}

/// Opens a store after a crash: everything acknowledged is there, nothing is half there, what screens read
/// follows from the signed items, the next write works, and every page and chain is sound. Gives what the
/// store holds then.
pub fn check_store(root: &Path, before: &Model, lines: &[Line], seed: u64) -> Model {
    let mut person = Person::open(root, seed, None).unwrap();
    let seen = person.model().seen;
    let possible = before.possible(lines);
    let mut model = possible
        .iter()
        .find(|model| model.seen == seen)
        .unwrap_or_else(|| panic!("{:?}", possible[0].seen.differences(&seen)))
        .clone();
    person.check_projection();
    assert_eq!(person.model().seen, seen);
    let step = next_check_in(&model);
    person.perform(&step);
    model.apply(&step);
    assert_eq!(person.model().seen, model.seen);
    person.leave();
    check_database(root, None);
    model
}

fn next_check_in(model: &Model) -> Step {
    let numbers = model.seen.check_ins.keys().chain(model.taken_back.keys());
    let number = numbers.max().map_or(0, |number| number + 1);
    Step::CheckIn {
        number,
        text: format!("{number}: after"),
        outcome_of: None,
    }
}

/// Looks at a folder after a crash while its store was being made: there is a whole store or none, and if
/// none, one can be made.
pub fn check_created(root: &Path, lines: &[Line], seed: u64) {
    let acknowledged = lines.contains(&Line::Done);
    if !Person::exists(root) {
        assert!(!acknowledged, "the store is gone");
        Person::create(root, seed).unwrap().leave();
    }
    check_store(root, &Model::default(), &[], seed + 1);
}

/// Opens a store whose passphrase was being changed: the last acknowledged one opens it, or the one that was
/// on its way.
pub fn check_passphrase(root: &Path, lines: &[Line], seed: u64) {
    let mut possible = vec![None];
    for line in lines {
        match line {
            Line::Does(Step::Passphrase { text }) => possible.push(Some(text.as_str())),
            Line::Done => possible = possible.split_off(possible.len() - 1),
            Line::Does(step) => panic!("{step:?}"),
        }
    }
    let opened = possible.iter().find_map(|passphrase| {
        let person = Person::open(root, seed, *passphrase).ok()?;
        Some((person, *passphrase))
    });
    let (person, passphrase) = opened.expect("one of the passphrases opens the store");
    person.leave();
    check_database(root, passphrase);
}
