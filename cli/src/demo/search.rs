//! Searches files, byte by byte, for what must not be in them.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use serde::Serialize;

use super::typed::{ENCODINGS, Typed, traces};

/// What was searched and how much of it.
#[derive(Debug, Default, Clone, Copy, Serialize)]
pub struct Searched {
    /// Files.
    pub files: u64,
    /// Bytes in them.
    pub bytes: u64,
}

/// Words and all their traces, ordered so that one pass over a file looks for all of them.
pub struct Search {
    words: Vec<String>,
    /// For each pair of first bytes: the traces that begin with it, and whose they are.
    by_start: Vec<Vec<(Vec<u8>, usize)>>,
}

impl Search {
    /// Prepares to look for everything that was typed.
    pub fn new(typed: &Typed) -> Self {
        let words: Vec<String> = typed.words().into_iter().collect();
        let mut by_start = vec![Vec::new(); 1 << 16];
        for (index, word) in words.iter().enumerate() {
            for trace in traces(word) {
                if let [first, second, ..] = trace[..] {
                    by_start[start(first, second)].push((trace, index));
                }
            }
        }
        Self { words, by_start }
    }

    /// How many words and texts are looked for.
    pub fn words(&self) -> usize {
        self.words.len()
    }

    /// The words found in the bytes.
    pub fn find(&self, bytes: &[u8]) -> BTreeSet<&str> {
        let mut found = BTreeSet::new();
        for (at, pair) in bytes.windows(2).enumerate() {
            for (trace, index) in &self.by_start[start(pair[0], pair[1])] {
                if bytes[at..].starts_with(trace) {
                    found.insert(self.words[*index].as_str());
                }
            }
        }
        found
    }

    /// Proves that the search finds what is there: every word, in every way of writing the texts. Gives
    /// what it overlooked.
    pub fn overlooked(&self, typed: &Typed) -> Vec<String> {
        let mut overlooked = Vec::new();
        for (name, encode) in ENCODINGS {
            let mut found = BTreeSet::new();
            for text in typed.texts() {
                found.extend(self.find(&encode(text)));
            }
            let missing = self
                .words
                .iter()
                .filter(|word| !found.contains(word.as_str()));
            overlooked.extend(missing.map(|word| format!("{word} as {name}")));
        }
        overlooked
    }

    /// Searches every file below the folder. Gives each finding as `word in file`.
    pub fn files(&self, dir: &Path, searched: &mut Searched) -> io::Result<Vec<String>> {
        let mut findings = Vec::new();
        for entry in fs::read_dir(dir)? {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                findings.extend(self.files(&entry.path(), searched)?);
                continue;
            }
            let bytes = fs::read(entry.path())?;
            searched.files += 1;
            searched.bytes += bytes.len() as u64;
            let name = entry.file_name();
            let name = name.to_string_lossy();
            let found = self.find(&bytes).into_iter();
            findings.extend(found.map(|word| format!("`{word}` in {name}")));
        }
        Ok(findings)
    }
}

fn start(first: u8, second: u8) -> usize {
    usize::from(first) << 8 | usize::from(second)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn a_word_in_any_file_of_any_folder_is_found() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("deep")).unwrap();
        fs::write(dir.path().join("noise"), [0xa5; 4096]).unwrap();
        let mut typed = Typed::default();
        typed.add("Phone grandmother");
        let search = Search::new(&typed);
        let mut searched = Searched::default();
        assert!(search.files(dir.path(), &mut searched).unwrap().is_empty());
        assert!(search.overlooked(&typed).is_empty());
        fs::write(
            dir.path().join("deep/leak"),
            b"\x00\x01GRANDMOTHER no, grandmother yes",
        )
        .unwrap();
        let found = search.files(dir.path(), &mut searched).unwrap();
        assert_eq!(found, ["`grandmother` in leak"]);
        assert_eq!(searched.files, 3);
    }
}
