//! Where measurements put their files: beside the build, on the disk that is measured. A folder for
//! temporary files may be memory, where a commit costs nothing.

use std::path::{Path, PathBuf};

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

    /// The folder of that name; if it is missing, or `anew` says so, `build` fills it first. A build that
    /// breaks off leaves nothing.
    pub fn keep(
        &self,
        name: &str,
        anew: bool,
        build: impl FnOnce(&Path) -> Outcome<()>,
    ) -> Outcome<PathBuf> {
        let folder = self.dir.join(name);
        if anew && folder.exists() {
            std::fs::remove_dir_all(&folder)?;
        }
        if !folder.exists() {
            let scratch = self.scratch()?;
            build(scratch.path())?;
            std::fs::rename(scratch.keep(), &folder)?;
        }
        Ok(folder)
    }

    /// A new folder that goes away with the value.
    pub fn scratch(&self) -> Outcome<TempDir> {
        Ok(tempfile::tempdir_in(&self.dir)?)
    }
}
