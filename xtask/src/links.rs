//! `cargo xtask links`: a relative link in a Markdown file leads to a file that is there, and to a heading that is there;
//! a document that a source refers to exists.

use std::path::{Component, Path, PathBuf};

use crate::files;
use crate::findings::Findings;
use crate::markdown::{headings, prose, without_code};

/// Reads every Markdown file of the tree.
pub fn check(root: &Path) -> Findings {
    let mut findings = Findings::default();
    let documents = match files::with_extension(root, "md") {
        Ok(documents) => documents,
        Err(error) => {
            findings.problem(format!("cannot list the documents: {error}"));
            return findings;
        }
    };
    let mut links = 0;
    for path in &documents {
        let shown = files::shown(root, path);
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) => {
                findings.problem(format!("{shown}: {error}"));
                continue;
            }
        };
        for (line, target) in targets(&text) {
            if is_elsewhere(&target) {
                continue;
            }
            links += 1;
            if let Err(why) = follow(root, path, &text, &target) {
                findings.problem(format!("{shown}:{line}: {why}"));
            }
        }
    }
    check_sources(root, &mut findings);
    findings.note(format!("{links} links in {} documents", documents.len()));
    findings
}

/// Looks for `docs/..md` in comments and strings of the sources, written from the root.
fn check_sources(root: &Path, findings: &mut Findings) {
    let sources = match files::with_extension(root, "rs") {
        Ok(sources) => sources,
        Err(error) => return findings.problem(format!("cannot list the sources: {error}")),
    };
    for path in sources {
        let shown = files::shown(root, &path);
        // The checks' own tests speak of documents that are not there.
        if shown.starts_with("xtask/") {
            continue;
        }
        match std::fs::read_to_string(&path) {
            Ok(text) => {
                for (line, document) in documents_in(&text) {
                    if !root.join(&document).is_file() {
                        findings.problem(format!("{shown}:{line}: {document} does not exist"));
                    }
                }
            }
            Err(error) => findings.problem(format!("{shown}: {error}")),
        }
    }
}

/// Every `docs/..md` a text names, with its line.
fn documents_in(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (index, line) in text.lines().enumerate() {
        for (at, _) in line.match_indices("docs/") {
            let name = line[at..]
                .split(|c: char| !(c.is_ascii_alphanumeric() || "/-_.".contains(c)))
                .next()
                .unwrap_or_default()
                .trim_end_matches('.');
            if name.ends_with(".md") {
                found.push((index + 1, name.to_owned()));
            }
        }
    }
    found
}

/// Whether the target is an address of the web or of mail.
fn is_elsewhere(target: &str) -> bool {
    ["http://", "https://", "mailto:"]
        .iter()
        .any(|scheme| target.starts_with(scheme))
}

fn follow(root: &Path, from: &Path, text: &str, target: &str) -> Result<(), String> {
    let (file, heading) = target.split_once('#').unwrap_or((target, ""));
    if file.starts_with('/') {
        return Err(format!("`{target}` is not relative"));
    }
    let to = if file.is_empty() {
        from.to_path_buf()
    } else {
        normal(&from.parent().unwrap_or(root).join(file))
    };
    if !to.starts_with(root) {
        return Err(format!("`{target}` leaves the project"));
    }
    if !to.exists() {
        return Err(format!("`{target}` does not exist"));
    }
    if heading.is_empty() || to.extension().is_none_or(|extension| extension != "md") {
        return Ok(());
    }
    let there = if to == from {
        text.to_owned()
    } else {
        std::fs::read_to_string(&to).map_err(|error| format!("`{target}`: {error}"))?
    };
    if headings(&there).iter().any(|known| known == heading) {
        Ok(())
    } else {
        Err(format!("`{target}` has no such heading"))
    }
}

/// The path without `.` and `..`, so that leaving the root can be seen.
fn normal(path: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                clean.pop();
            }
            other => clean.push(other),
        }
    }
    clean
}

/// Targets of inline links, images and reference definitions outside code, with their lines.
fn targets(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (number, line) in prose(text) {
        let line = without_code(line);
        let mut rest = line.as_str();
        while let Some(at) = rest.find("](") {
            rest = &rest[at + 2..];
            let end = rest.find(')').unwrap_or(rest.len());
            found.push((number, clean_target(&rest[..end])));
            rest = &rest[end..];
        }
        if line.starts_with('[')
            && let Some((_, target)) = line.split_once("]: ")
        {
            found.push((number, clean_target(target)));
        }
    }
    found
}

/// A target without angle brackets and title.
fn clean_target(written: &str) -> String {
    let target = written.trim();
    let target = target.split_whitespace().next().unwrap_or_default();
    target
        .trim_start_matches('<')
        .trim_end_matches('>')
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_found_in_prose_and_not_in_code() {
        let text = "See [a](docs/a.md#b) and ![x](p.png \"t\").\n```\n[no](no.md)\n```\n`[no](no.md)`\n[ref]: <other.md>\n";
        let found: Vec<String> = targets(text)
            .into_iter()
            .map(|(_, target)| target)
            .collect();
        assert_eq!(found, ["docs/a.md#b", "p.png", "other.md"]);
    }

    #[test]
    fn a_link_out_of_the_project_or_into_nothing_is_refused() {
        let root = Path::new("/project");
        let from = Path::new("/project/docs/a.md");
        assert!(follow(root, from, "", "../../elsewhere.md").is_err());
        assert!(follow(root, from, "", "/etc/hosts").is_err());
        assert!(follow(root, from, "", "nowhere.md").is_err());
    }

    #[test]
    fn documents_that_sources_speak_of_are_found() {
        let text =
            "//! See `docs/crypto.md`, and docs/adr/0001-x.md.\n// docs/ and docs/x are folders\n";
        let names: Vec<String> = documents_in(text)
            .into_iter()
            .map(|(_, name)| name)
            .collect();
        assert_eq!(names, ["docs/crypto.md", "docs/adr/0001-x.md"]);
    }

    #[test]
    fn the_web_is_not_followed() {
        assert!(is_elsewhere("https://example.org"));
        assert!(!is_elsewhere("docs/http.md"));
    }
}
