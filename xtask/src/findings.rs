//! What a check has to say.

/// The outcome of one check: problems make it fail, notes are only worth knowing.
#[derive(Debug, Default)]
pub struct Findings {
    /// Each one a sentence that names the file or crate to look at.
    pub problems: Vec<String>,
    /// Counts and soft limits.
    pub notes: Vec<String>,
}

impl Findings {
    /// Adds a problem; the check fails.
    pub fn problem(&mut self, text: impl Into<String>) {
        self.problems.push(text.into());
    }

    /// Adds a note; the check does not fail for it.
    pub fn note(&mut self, text: impl Into<String>) {
        self.notes.push(text.into());
    }

    /// Takes over what another check found.
    pub fn absorb(&mut self, other: Findings) {
        self.problems.extend(other.problems);
        self.notes.extend(other.notes);
    }

    /// Whether nothing stands against passing.
    pub fn is_clean(&self) -> bool {
        self.problems.is_empty()
    }

    /// Prints notes, then problems, to standard output.
    pub fn print(&self) {
        for note in &self.notes {
            println!("  note: {note}");
        }
        for problem in &self.problems {
            println!("  problem: {problem}");
        }
    }
}
