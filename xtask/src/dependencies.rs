//! `cargo xtask dependencies`: docs/dependencies.md has a line for every direct dependency, and none for anything else.

use std::collections::BTreeSet;
use std::path::Path;

use crate::findings::Findings;
use crate::layers::Graph;
use crate::markdown;

const FILE: &str = "docs/dependencies.md";

/// Compares the first column of the document's tables with the manifests.
pub fn check(root: &Path) -> Findings {
    let mut findings = Findings::default();
    let graph = match Graph::load(root) {
        Ok(graph) => graph,
        Err(error) => {
            findings.problem(format!("cargo metadata does not work: {error}"));
            return findings;
        }
    };
    match std::fs::read_to_string(root.join(FILE)) {
        Ok(text) => findings.absorb(compare(&text, &used(&graph))),
        Err(error) => findings.problem(format!("{FILE}: {error}")),
    }
    findings
}

/// Names of third-party packages that a manifest of ours names, tests included.
fn used(graph: &Graph) -> BTreeSet<String> {
    let own = graph.own_names();
    graph
        .rooms
        .iter()
        .flat_map(|room| &room.dependencies)
        .filter(|dependency| !own.contains(dependency.name.as_str()))
        .map(|dependency| dependency.name.clone())
        .collect()
}

fn compare(text: &str, used: &BTreeSet<String>) -> Findings {
    let mut findings = Findings::default();
    let mut named = BTreeSet::new();
    for (line, text) in markdown::prose(text) {
        let Some(name) = markdown::cells(text).and_then(|cells| {
            let cell = cells.first()?.strip_prefix('`')?.strip_suffix('`')?;
            Some(cell.to_owned())
        }) else {
            continue;
        };
        if !used.contains(&name) {
            findings.problem(format!("{FILE}:{line}: nothing depends on {name}"));
        }
        if !named.insert(name.clone()) {
            findings.problem(format!("{FILE}:{line}: {name} stands there twice"));
        }
    }
    for name in used.difference(&named) {
        findings.problem(format!("{FILE}: {name} has no line"));
    }
    findings.note(format!("{} direct dependencies", used.len()));
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dependency_needs_a_line_and_every_line_a_dependency() {
        let used = BTreeSet::from(["serde".to_owned(), "toml".to_owned()]);
        let found = compare("| `serde` | x |\n| `gone` | x |\n", &used);
        assert_eq!(
            found.problems,
            [
                "docs/dependencies.md:2: nothing depends on gone",
                "docs/dependencies.md: toml has no line",
            ]
        );
        assert!(compare("| `serde` | x |\n| `toml` | x |\n", &used).is_clean());
    }
}
