//! Counts Kotlin's tests by the reports that Maven's Surefire writes, one XML file a class.

use std::io;
use std::path::{Path, PathBuf};

use crate::tally::Tally;

const FOLDER: &str = "target/surefire-reports";

/// The report folders of all modules below `android`.
fn folders(android: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(android)? {
        let folder = entry?.path().join(FOLDER);
        if folder.is_dir() {
            found.push(folder);
        }
    }
    found.sort();
    Ok(found)
}

/// Takes away what an earlier run left, so that only this run is counted.
pub fn forget(android: &Path) -> io::Result<()> {
    for folder in folders(android)? {
        std::fs::remove_dir_all(folder)?;
    }
    Ok(())
}

/// All tests of all modules.
pub fn count(android: &Path) -> io::Result<Tally> {
    let mut tally = Tally::default();
    for folder in folders(android)? {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            let name = path
                .file_name()
                .map(|name| name.to_string_lossy().into_owned())
                .unwrap_or_default();
            if name.starts_with("TEST-") && name.ends_with(".xml") {
                let text = std::fs::read_to_string(&path)?;
                let suite = read(&text).ok_or_else(|| {
                    io::Error::other(format!("{} is not a report of Surefire", path.display()))
                })?;
                tally.add(suite);
            }
        }
    }
    Ok(tally)
}

/// Reads the attributes of `<testsuite ... tests="5" errors="0" skipped="0" failures="1">`.
fn read(xml: &str) -> Option<Tally> {
    let (_, rest) = xml.split_once("<testsuite ")?;
    let (attributes, _) = rest.split_once('>')?;
    let number = |name: &str| -> Option<u64> {
        let (_, rest) = attributes.split_once(&format!(" {name}=\""))?;
        rest.split_once('"')?.0.parse().ok()
    };
    let (tests, ignored) = (number("tests")?, number("skipped")?);
    let failed = number("errors")? + number("failures")?;
    Some(Tally {
        passed: tests.checked_sub(failed + ignored)?,
        failed,
        ignored,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    const REPORT: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuite xmlns:xsi="x" version="3.0.2" name="app.belay.ui.TodayTest" time="1.2" tests="9" errors="1" skipped="2" failures="3">
  <testcase name="a" time="0.1"/></testsuite>"#;

    #[test]
    fn a_report_is_read() {
        assert_eq!(
            read(REPORT),
            Some(Tally {
                passed: 3,
                failed: 4,
                ignored: 2
            })
        );
        assert_eq!(read("<html>"), None);
    }

    #[test]
    fn the_reports_of_all_modules_are_counted_and_forgotten() {
        let android = tempfile::tempdir().unwrap();
        for module in ["ui", "app"] {
            let folder = android.path().join(module).join(FOLDER);
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(folder.join("TEST-app.belay.A.xml"), REPORT).unwrap();
            std::fs::write(folder.join("app.belay.A.txt"), "Tests run: 9").unwrap();
        }
        let expected = Tally {
            passed: 6,
            failed: 8,
            ignored: 4,
        };
        assert_eq!(count(android.path()).unwrap(), expected);
        forget(android.path()).unwrap();
        assert_eq!(count(android.path()).unwrap(), Tally::default());
    }

    #[test]
    fn a_report_that_cannot_be_read_is_not_taken_for_no_tests() {
        let android = tempfile::tempdir().unwrap();
        let folder = android.path().join("ui").join(FOLDER);
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("TEST-cut.xml"), "<testsuite tests=\"9\"").unwrap();
        assert!(count(android.path()).is_err());
    }
}
