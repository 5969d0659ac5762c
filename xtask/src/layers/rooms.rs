//! Each big dependency lives in one room, so that replacing or upgrading it touches one crate.

use super::graph::{Graph, Kind};
use crate::findings::Findings;

/// A dependency, its companions, and the crates that may name it.
struct Giant {
    /// The package itself and every package whose name starts with it and a `-` or `_`.
    family: &'static str,
    /// Crates that may ship it.
    homes: &'static [&'static str],
    /// Crates that may use it because they test or measure.
    test_homes: &'static [&'static str],
}

const GIANTS: [Giant; 6] = [
    Giant {
        family: "uniffi",
        // The generator ships with nothing.
        homes: &["belay-ffi", "belay-bindgen"],
        test_homes: &[],
    },
    Giant {
        family: "automerge",
        homes: &["belay-document"],
        // The bench's raw part.
        test_homes: &["belay-benches"],
    },
    Giant {
        family: "rusqlite",
        homes: &["belay-store", "belay-relay"],
        // The bench's raw part and the tests that search a store's or relay's files from outside.
        test_homes: &["belay-benches", "belay-e2e", "belay-durability"],
    },
    Giant {
        family: "libsqlite3",
        homes: &[],
        test_homes: &[],
    },
    Giant {
        family: "iroh",
        homes: &["belay-transport"],
        test_homes: &[],
    },
    Giant {
        family: "reqwest",
        homes: &["belay-transport"],
        test_homes: &[],
    },
];

/// Pure rooms: nothing that does I/O, tells time or makes randomness may be handed to them by Cargo either.
pub const PURE: [&str; 5] = [
    "belay-model",
    "belay-document",
    "belay-crypto",
    "belay-protocol",
    "belay-sync",
];

/// Dependencies whose only use is what a pure room must not do.
const IMPURE: [&str; 8] = [
    "getrandom",
    "rand",
    "tokio",
    "async-std",
    "mio",
    "socket2",
    "tempfile",
    "tracing-subscriber",
];

impl Giant {
    fn is(&self, package: &str) -> bool {
        package
            .strip_prefix(self.family)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('-') || rest.starts_with('_'))
    }
}

/// Finds big dependencies outside their room, and I/O in pure rooms.
pub fn check(graph: &Graph) -> Findings {
    let mut findings = Findings::default();
    for room in &graph.rooms {
        for dependency in &room.dependencies {
            for giant in GIANTS.iter().filter(|giant| giant.is(&dependency.name)) {
                let name = room.name.as_str();
                if !giant.homes.contains(&name) && !giant.test_homes.contains(&name) {
                    findings.problem(format!(
                        "{name} may not use {}: its room is {}",
                        dependency.name,
                        if giant.homes.is_empty() {
                            "nowhere".to_owned()
                        } else {
                            giant.homes.join(" and ")
                        }
                    ));
                }
            }
            if PURE.contains(&room.name.as_str())
                && dependency.kind == Kind::Shipped
                && IMPURE.contains(&dependency.name.as_str())
            {
                findings.problem(format!(
                    "{} is a pure room and may not use {}",
                    room.name, dependency.name
                ));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::graph::sample::graph;
    use super::*;

    #[test]
    fn giants_in_their_rooms_pass() {
        let found = check(&graph(&[
            ("belay-document", "core/document", &["automerge"]),
            ("belay-store", "core/store", &["rusqlite"]),
            ("belay-relay", "sync-server", &["rusqlite"]),
            ("belay-transport", "core/transport", &["reqwest", "iroh"]),
            ("belay-benches", "benches", &["rusqlite"]),
        ]));
        assert_eq!(found.problems, Vec::<String>::new());
    }

    #[test]
    fn a_giant_outside_its_room_is_found_in_tests_too() {
        let found = check(&graph(&[
            ("belay-engine", "core/engine", &["rusqlite"]),
            ("belay-sync", "core/sync", &["dev:automerge"]),
            ("belay-cli", "cli", &["reqwest", "uniffi_bindgen"]),
        ]));
        assert_eq!(
            found.problems,
            [
                "belay-engine may not use rusqlite: its room is belay-store and belay-relay",
                "belay-sync may not use automerge: its room is belay-document",
                "belay-cli may not use reqwest: its room is belay-transport",
                "belay-cli may not use uniffi_bindgen: its room is belay-ffi and belay-bindgen",
            ]
        );
    }

    #[test]
    fn io_handed_to_a_pure_room_is_found() {
        let found = check(&graph(&[
            (
                "belay-crypto",
                "core/crypto",
                &["getrandom", "dev:tempfile"],
            ),
            ("belay-engine", "core/engine", &["getrandom"]),
        ]));
        assert_eq!(
            found.problems,
            ["belay-crypto is a pure room and may not use getrandom"]
        );
    }
}
