//! `cargo xtask layers`: what ARCHITECTURE.md says about rooms, held against cargo's own view and the sources.

mod edges;
mod graph;
mod profiles;
mod purity;
mod rooms;
mod size;
mod switches;

use std::path::Path;

use crate::findings::Findings;
pub use graph::Graph;

/// Runs every layer check. Reads manifests and sources, writes nothing.
pub fn check(root: &Path) -> Findings {
    let mut findings = Findings::default();
    match Graph::load(root) {
        Ok(graph) => {
            findings.absorb(edges::check(&graph));
            findings.absorb(rooms::check(&graph));
            findings.absorb(switches::check(&graph));
            findings.absorb(purity::check(root, &graph));
        }
        Err(error) => findings.problem(format!("cargo metadata does not work: {error}")),
    }
    findings.absorb(profiles::check(root));
    findings.absorb(size::check(root));
    findings
}
