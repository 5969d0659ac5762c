//! Features that exist for tests alone: faults at a commit, bugs planted on purpose. What ships must not ask for them,
//! not even by default.

use super::graph::{Graph, Room};
use crate::findings::Findings;

/// Features of our own crates that only a crate under `testing/` may ask for.
const FOR_TESTS: [&str; 2] = ["faults", "planted"];

/// Finds every crate outside `testing/` that asks for one.
pub fn check(graph: &Graph) -> Findings {
    let mut findings = Findings::default();
    let own = graph.own_names();
    for room in graph.rooms.iter().filter(|room| !is_test(room)) {
        for dependency in &room.dependencies {
            let asked =
                |feature: &&&str| dependency.features.iter().any(|asked| asked == **feature);
            if let Some(feature) = FOR_TESTS.iter().find(asked)
                && own.contains(dependency.name.as_str())
            {
                findings.problem(format!(
                    "{} may not ask for the feature {feature} of {}",
                    room.name, dependency.name
                ));
            }
        }
    }
    findings
}

fn is_test(room: &Room) -> bool {
    room.folder.starts_with("testing/")
}

#[cfg(test)]
mod tests {
    use super::super::graph::sample::graph;
    use super::*;

    fn problems(folder: &str, feature: &str) -> Vec<String> {
        let mut graph = graph(&[
            ("belay-some", folder, &["belay-store"]),
            ("belay-store", "core/store", &[]),
        ]);
        graph.rooms[0].dependencies[0]
            .features
            .push(feature.to_owned());
        check(&graph).problems
    }

    #[test]
    fn what_ships_and_asks_for_faults_is_found_and_a_test_is_not() {
        assert_eq!(
            problems("cli", "faults"),
            ["belay-some may not ask for the feature faults of belay-store"]
        );
        assert_eq!(problems("testing/some", "faults"), Vec::<String>::new());
        assert_eq!(problems("cli", "other"), Vec::<String>::new());
    }
}
