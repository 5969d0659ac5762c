//! A folder as a disk has it: what is certainly there, and what may be there after a power cut.
//!
//! A write is certain once its file was synced; a name once its folder was. Until then a disk may have any
//! of the sectors of each write, in any combination, and any first part of the changes of names.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use belay_testkit::SeededEntropy;

use crate::Event;

/// Which part of what was not synced is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loss {
    /// All of it.
    All,
    /// Nothing.
    Nothing,
    /// Each sector of that many bytes for itself with this probability in percent, and names from some
    /// point on.
    Some {
        /// How much a disk writes at once.
        sector: usize,
        /// How many in a hundred are lost.
        percent: u64,
    },
}

/// Names and what stands under them; `None` is a folder.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tree(pub BTreeMap<PathBuf, Option<Vec<u8>>>);

impl Tree {
    /// What is in a folder now, without the index of SQLite's log.
    ///
    /// # Panics
    /// When it cannot be read.
    #[must_use]
    pub fn of(root: &Path) -> Self {
        let mut tree = Self::default();
        tree.add(root, Path::new(""));
        tree
    }

    fn add(&mut self, dir: &Path, name: &Path) {
        for entry in std::fs::read_dir(dir).expect("a folder") {
            let entry = entry.unwrap();
            let (path, name) = (entry.path(), name.join(entry.file_name()));
            if entry.file_type().unwrap().is_dir() {
                self.0.insert(name.clone(), None);
                self.add(&path, &name);
            } else if !is_index(&name) {
                self.0.insert(name, Some(std::fs::read(path).unwrap()));
            }
        }
    }

    /// Lays it out in an empty folder. Whatever stands in a folder that is not there is not there either.
    ///
    /// # Panics
    /// When it cannot be written.
    pub fn write_to(&self, root: &Path) {
        for (name, bytes) in &self.0 {
            let path = root.join(name);
            if !path.parent().is_some_and(Path::is_dir) {
                continue;
            }
            match bytes {
                None => std::fs::create_dir(path).unwrap(),
                Some(bytes) => std::fs::write(path, bytes).unwrap(),
            }
        }
    }
}

fn is_index(name: &Path) -> bool {
    name.to_string_lossy().ends_with("-shm")
}

#[derive(Debug, Clone)]
enum Change {
    Write(usize, Vec<u8>),
    Cut(usize),
}

#[derive(Debug, Default)]
struct Contents {
    kept: Vec<u8>,
    now: Vec<u8>,
    unsynced: Vec<Change>,
}

/// A folder or a file by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Node {
    Dir,
    File(usize),
}

type Names = BTreeMap<PathBuf, Node>;

/// What one call does to names: all of it at once.
type Renaming = Vec<(PathBuf, Option<Node>)>;

/// Follows what a process does to a folder.
#[derive(Debug)]
pub struct Disk {
    root: PathBuf,
    files: Vec<Contents>,
    open: HashMap<i32, (PathBuf, Node)>,
    kept: Names,
    now: Names,
    unsynced: Vec<Renaming>,
}

impl Disk {
    /// A disk on which `tree` is certain. `root` is where the process had it.
    #[must_use]
    pub fn new(root: &Path, tree: &Tree) -> Self {
        let mut disk = Self {
            root: root.to_owned(),
            files: Vec::new(),
            open: HashMap::new(),
            kept: Names::from([(PathBuf::new(), Node::Dir)]),
            now: Names::new(),
            unsynced: Vec::new(),
        };
        for (name, bytes) in &tree.0 {
            let node = bytes.as_ref().map_or(Node::Dir, |bytes| {
                disk.add_file(Contents {
                    kept: bytes.clone(),
                    now: bytes.clone(),
                    unsynced: Vec::new(),
                })
            });
            disk.kept.insert(name.clone(), node);
        }
        disk.now = disk.kept.clone();
        disk
    }

    fn add_file(&mut self, contents: Contents) -> Node {
        self.files.push(contents);
        Node::File(self.files.len() - 1)
    }

    /// What the next event of the process did.
    ///
    /// # Panics
    /// When it does not fit what came before: then the recorder missed something.
    pub fn apply(&mut self, event: &Event) {
        match event {
            Event::Opened { fd, emptied, path } => self.opened(*fd, *emptied, path),
            Event::Closed { fd } => {
                self.open.remove(fd);
            }
            Event::Wrote { fd, at, bytes } => self.change(*fd, Change::Write(*at, bytes.clone())),
            Event::Cut { fd, length } => self.change(*fd, Change::Cut(*length)),
            Event::Synced { fd } => self.synced(*fd),
            Event::Unlinked(path) | Event::RemovedDir(path) => {
                self.rename(vec![(self.name(path), None)]);
            }
            Event::MadeDir(path) => self.rename(vec![(self.name(path), Some(Node::Dir))]),
            Event::Linked(from, to) => {
                let node = self.now[&self.name(from)];
                self.rename(vec![(self.name(to), Some(node))]);
            }
            Event::Renamed(from, to) => {
                let node = self.now[&self.name(from)];
                self.rename(vec![(self.name(to), Some(node)), (self.name(from), None)]);
            }
            Event::Said(_) | Event::Sent { .. } => {}
        }
    }

    fn name(&self, path: &Path) -> PathBuf {
        path.strip_prefix(&self.root)
            .expect("inside the folder")
            .to_owned()
    }

    fn opened(&mut self, fd: i32, emptied: bool, path: &Path) {
        let name = self.name(path);
        let node = match self.now.get(&name) {
            Some(node) => *node,
            None => {
                let node = self.add_file(Contents::default());
                self.rename(vec![(name.clone(), Some(node))]);
                node
            }
        };
        self.open.insert(fd, (name, node));
        if emptied {
            self.change(fd, Change::Cut(0));
        }
    }

    fn change(&mut self, fd: i32, change: Change) {
        let Node::File(number) = self.open[&fd].1 else {
            panic!("a folder was written to")
        };
        let file = &mut self.files[number];
        apply(&mut file.now, &change);
        file.unsynced.push(change);
    }

    fn rename(&mut self, renaming: Renaming) {
        apply_names(&mut self.now, &renaming);
        self.unsynced.push(renaming);
    }

    fn synced(&mut self, fd: i32) {
        let (name, node) = self.open[&fd].clone();
        match node {
            Node::File(number) => {
                let file = &mut self.files[number];
                for change in file.unsynced.drain(..) {
                    apply(&mut file.kept, &change);
                }
            }
            Node::Dir => {
                let inside = |path: &Path| path.parent() == Some(&name);
                for renaming in std::mem::take(&mut self.unsynced) {
                    if renaming.iter().any(|(path, _)| inside(path)) {
                        apply_names(&mut self.kept, &renaming);
                    } else {
                        self.unsynced.push(renaming);
                    }
                }
            }
        }
    }

    /// Names of the files with writes that are not synced yet.
    #[must_use]
    pub fn unsynced(&self) -> Vec<PathBuf> {
        let is_open = |node: &Node| match node {
            Node::Dir => false,
            Node::File(number) => self.files[*number]
                .unsynced
                .iter()
                .any(|change| matches!(change, Change::Write(..))),
        };
        let files = self.now.iter().filter(|(_, node)| is_open(node));
        files.map(|(name, _)| name.clone()).collect()
    }

    /// The name under which a descriptor was opened, relative to the folder.
    #[must_use]
    pub fn name_of(&self, fd: i32) -> Option<&Path> {
        self.open.get(&fd).map(|(name, _)| name.as_path())
    }

    /// What a power cut now leaves.
    #[must_use]
    pub fn after_power_cut(&self, loss: Loss, random: &mut SeededEntropy) -> Tree {
        let mut names = self.kept.clone();
        let renamings = match loss {
            Loss::All => 0,
            Loss::Nothing => self.unsynced.len(),
            Loss::Some { .. } => random.below(self.unsynced.len() as u64 + 1) as usize,
        };
        for renaming in &self.unsynced[..renamings] {
            apply_names(&mut names, renaming);
        }
        names.remove(Path::new(""));
        // Two names of one file have one content.
        let mut left = HashMap::new();
        let mut content = |number: usize| {
            left.entry(number)
                .or_insert_with(|| self.files[number].left(loss, random))
                .clone()
        };
        let tree = names.into_iter().map(|(name, node)| match node {
            Node::Dir => (name, None),
            Node::File(number) => (name, Some(content(number))),
        });
        Tree(tree.collect())
    }
}

impl Contents {
    fn left(&self, loss: Loss, random: &mut SeededEntropy) -> Vec<u8> {
        let (sector, percent) = match loss {
            Loss::All => return self.kept.clone(),
            Loss::Nothing => return self.now.clone(),
            Loss::Some { sector, percent } => (sector, percent),
        };
        let mut left = self.kept.clone();
        for change in &self.unsynced {
            match change {
                Change::Cut(_) => {
                    if random.below(100) >= percent {
                        apply(&mut left, change);
                    }
                }
                Change::Write(at, bytes) => {
                    let mut begin = 0;
                    while begin < bytes.len() {
                        let end = bytes.len().min(begin + sector - (at + begin) % sector);
                        if random.below(100) >= percent {
                            let part = Change::Write(at + begin, bytes[begin..end].to_vec());
                            apply(&mut left, &part);
                        }
                        begin = end;
                    }
                }
            }
        }
        left
    }
}

fn apply(content: &mut Vec<u8>, change: &Change) {
    match change {
        Change::Cut(length) => content.resize(*length, 0),
        Change::Write(at, bytes) => {
            let end = at + bytes.len();
            if content.len() < end {
                content.resize(end, 0);
            }
            content[*at..end].copy_from_slice(bytes);
        }
    }
}

fn apply_names(names: &mut Names, renaming: &Renaming) {
    for (name, node) in renaming {
        match node {
            Some(node) => names.insert(name.clone(), *node),
            None => names.remove(name),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str) -> PathBuf {
        Path::new("/root").join(path)
    }

    fn open(fd: i32, path: &str) -> Event {
        Event::Opened {
            fd,
            emptied: false,
            path: file(path),
        }
    }

    fn write(fd: i32, at: usize, bytes: &[u8]) -> Event {
        Event::Wrote {
            fd,
            at,
            bytes: bytes.to_vec(),
        }
    }

    fn disk(events: &[Event]) -> Disk {
        let tree = Tree(BTreeMap::from([("old".into(), Some(b"old".to_vec()))]));
        let mut disk = Disk::new(Path::new("/root"), &tree);
        events.iter().for_each(|event| disk.apply(event));
        disk
    }

    fn left(disk: &Disk, loss: Loss) -> Vec<(String, Vec<u8>)> {
        let tree = disk.after_power_cut(loss, &mut SeededEntropy::new(1));
        let text = |name: PathBuf| name.to_str().unwrap().to_owned();
        let files = tree.0.into_iter();
        files
            .map(|(name, bytes)| (text(name), bytes.unwrap_or_default()))
            .collect()
    }

    fn entry(name: &str, bytes: &[u8]) -> (String, Vec<u8>) {
        (name.to_owned(), bytes.to_vec())
    }

    #[test]
    fn a_write_is_certain_once_its_file_was_synced_and_a_name_once_its_folder_was() {
        let mut events = vec![open(3, "new"), write(3, 0, b"new")];
        let before = disk(&events);
        assert_eq!(left(&before, Loss::All), [entry("old", b"old")]);
        let all = [entry("new", b"new"), entry("old", b"old")];
        assert_eq!(left(&before, Loss::Nothing), all);
        events.extend([open(4, ""), Event::Synced { fd: 4 }]);
        let named = disk(&events);
        let empty = [entry("new", b""), entry("old", b"old")];
        assert_eq!(left(&named, Loss::All), empty);
        events.push(Event::Synced { fd: 3 });
        assert_eq!(left(&disk(&events), Loss::All), all);
    }

    #[test]
    fn a_file_renamed_over_another_is_the_old_or_the_new_one() {
        let mut events = vec![
            open(3, "new"),
            write(3, 0, b"new"),
            Event::Synced { fd: 3 },
            Event::Renamed(file("new"), file("old")),
        ];
        let unsynced = disk(&events);
        assert_eq!(left(&unsynced, Loss::All), [entry("old", b"old")]);
        assert_eq!(left(&unsynced, Loss::Nothing), [entry("old", b"new")]);
        events.extend([open(4, ""), Event::Synced { fd: 4 }]);
        assert_eq!(left(&disk(&events), Loss::All), [entry("old", b"new")]);
    }

    #[test]
    fn a_torn_write_has_some_of_its_sectors_and_no_other_bytes() {
        let events = [open(3, "old"), write(3, 500, &[7; 2000])];
        let disk = disk(&events);
        let loss = Loss::Some {
            sector: 512,
            percent: 50,
        };
        let mut seen = std::collections::BTreeSet::new();
        for seed in 0..200 {
            let tree = disk.after_power_cut(loss, &mut SeededEntropy::new(seed));
            let mut bytes = tree.0[Path::new("old")].clone().unwrap();
            bytes.resize(2500, 0);
            let edges = [500, 512, 1024, 1536, 2048, 2500];
            let sectors: Vec<bool> = edges
                .windows(2)
                .map(|edge| {
                    let part = &bytes[edge[0]..edge[1]];
                    assert!(part.iter().all(|byte| *byte == part[0]));
                    part[0] == 7
                })
                .collect();
            seen.insert(sectors);
        }
        assert_eq!(seen.len(), 32, "every combination comes about");
    }
}
