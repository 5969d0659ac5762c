//! Where measurements put their files: beside the build, on the disk that is measured. A folder for
//! temporary files may be memory, where a commit costs nothing.

use std::path::PathBuf;

use tempfile::TempDir;

use crate::Outcome;

/// The folder for everything this program writes.
#[derive(Debug)]
pub struct Home {
    dir: PathBuf,
}

impl Home {
    /// `bench` in the folder of the build that this program came from. Made if it is missing.
    pub fn find() -> Outcome<Self> {
        let program = std::env::current_exe()?;
        let build = program
            .ancestors()
            .nth(2)
            .ok_or("the program stands in no build folder")?;
        let dir = build.join("bench");
        std::fs::create_dir_all(&dir)?;
        Ok(Self { dir })
    }

    /// A place for something that is kept for later runs.
    pub fn kept(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }

    /// A new folder that goes away with the value.
    pub fn scratch(&self) -> Outcome<TempDir> {
        Ok(tempfile::tempdir_in(&self.dir)?)
    }
}
