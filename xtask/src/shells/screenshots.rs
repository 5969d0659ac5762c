//! `cargo xtask screenshots`: draws every Compose screen without a display and gathers the pictures in
//! `target/screens`. With `--docs` it also draws the dozen that README shows, small, into `docs/screens`.

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::{job, kit, kotlin, tools};

const OUT: &str = "target/screens";
const DOCS: &str = "docs/screens";
/// Where the two modules leave what they draw, and what the pictures are called together.
const SOURCES: [(&str, &str); 2] = [
    ("android/ui/target/screens", "compose"),
    ("android/app/target/screens", "android"),
];
/// The pictures that are kept in git, by the name of screen and variant.
const CHOSEN: &str = "docs/screens/chosen.txt";
/// Pixels of a dp in the small ones: enough to read, little enough to keep.
const SMALL: &str = "0.8";

/// Runs the chore with its arguments: none or `--docs`.
pub fn run(root: &Path, args: &[String]) -> ExitCode {
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    if !matches!(args[..], [] | ["--docs"]) {
        eprintln!("xtask: screenshots takes nothing or `--docs`");
        return ExitCode::from(2);
    }
    match draw(root, args == ["--docs"]) {
        Ok(count) => {
            println!("{count} pictures");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("xtask: screenshots: {error}");
            ExitCode::FAILURE
        }
    }
}

fn draw(root: &Path, docs: bool) -> Result<usize, String> {
    tools::Tools::find_kotlin(root)?;
    let kit = kit::make(root);
    print!("{}", kit.report.output);
    if !kit.whole {
        return Err("the library is not built".into());
    }
    let told = |error: io::Error| error.to_string();
    if docs {
        render(
            root,
            &kit.folder,
            &[
                "--projects",
                "ui",
                "--also-make",
                &format!("-Dshots.density={SMALL}"),
            ],
        )?;
        return keep(root).map_err(told);
    }
    render(root, &kit.folder, &[])?;
    gather(root).map_err(told)
}

/// Runs the tests that draw, and no other.
fn render(root: &Path, kit: &Path, more: &[&str]) -> Result<(), String> {
    for (folder, _) in SOURCES {
        let folder = root.join(folder);
        if folder.exists() {
            std::fs::remove_dir_all(&folder).map_err(|error| error.to_string())?;
        }
    }
    let mut command = kotlin::maven(root, kit);
    command
        .args([
            "-Dtest=*ShotTest,*ShotsTest",
            "-Dsurefire.failIfNoSpecifiedTests=false",
        ])
        .args(more)
        .arg("package");
    let finished = job::run(root, "screenshots", &mut command);
    if finished.succeeded {
        Ok(())
    } else {
        Err(format!("{}\nMaven did not get to its end", finished.output))
    }
}

/// Copies everything that was drawn below one folder.
fn gather(root: &Path) -> io::Result<usize> {
    let out = root.join(OUT);
    if out.exists() {
        std::fs::remove_dir_all(&out)?;
    }
    let mut count = 0;
    for (folder, name) in SOURCES {
        for picture in pictures(&root.join(folder))? {
            let to = out.join(name);
            std::fs::create_dir_all(&to)?;
            if let Some(file) = picture.file_name() {
                std::fs::copy(&picture, to.join(file))?;
                count += 1;
            }
        }
    }
    println!("in {OUT}");
    Ok(count)
}

/// Copies the chosen ones into the documents.
fn keep(root: &Path) -> io::Result<usize> {
    let chosen = chosen(&std::fs::read_to_string(root.join(CHOSEN))?);
    for name in &chosen {
        let from = root.join(SOURCES[0].0).join(format!("{name}.png"));
        let to = root.join(DOCS).join(format!("{name}.png"));
        std::fs::copy(&from, &to)
            .map_err(|error| io::Error::other(format!("{CHOSEN}: {name}: {error}")))?;
    }
    println!("in {DOCS}");
    Ok(chosen.len())
}

/// One name a line; `#` begins a remark.
fn chosen(list: &str) -> Vec<String> {
    list.lines()
        .map(|line| line.split('#').next().unwrap_or_default().trim())
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

fn pictures(folder: &Path) -> io::Result<Vec<PathBuf>> {
    match std::fs::read_dir(folder) {
        Ok(entries) => entries
            .map(|entry| Ok(entry?.path()))
            .filter(|path| {
                path.as_ref()
                    .map_or(true, |path| path.extension().is_some_and(|e| e == "png"))
            })
            .collect(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn the_chosen_pictures_are_read_and_copied() {
        let root = tempfile::tempdir().unwrap();
        let drawn = root.path().join(SOURCES[0].0);
        std::fs::create_dir_all(&drawn).unwrap();
        std::fs::create_dir_all(root.path().join(DOCS)).unwrap();
        std::fs::write(drawn.join("today-light.png"), "picture").unwrap();
        std::fs::write(
            root.path().join(CHOSEN),
            "# a dozen\ntoday-light # the first page\n\n",
        )
        .unwrap();
        assert_eq!(keep(root.path()).unwrap(), 1);
        assert!(root.path().join("docs/screens/today-light.png").is_file());

        std::fs::write(root.path().join(CHOSEN), "gone-light\n").unwrap();
        assert!(
            keep(root.path())
                .unwrap_err()
                .to_string()
                .contains("gone-light")
        );
    }

    #[test]
    fn pictures_of_both_modules_are_gathered_and_old_ones_go() {
        let root = tempfile::tempdir().unwrap();
        for (folder, _) in SOURCES {
            std::fs::create_dir_all(root.path().join(folder)).unwrap();
            std::fs::write(root.path().join(folder).join("a-light.png"), "a").unwrap();
            std::fs::write(root.path().join(folder).join("notes.txt"), "b").unwrap();
        }
        std::fs::create_dir_all(root.path().join(OUT)).unwrap();
        std::fs::write(root.path().join(OUT).join("old.png"), "c").unwrap();
        assert_eq!(gather(root.path()).unwrap(), 2);
        assert!(
            root.path()
                .join("target/screens/android/a-light.png")
                .is_file()
        );
        assert!(!root.path().join("target/screens/old.png").exists());
    }
}
