//! The arrows between our own crates. They point down only; whatever is not listed is forbidden.

use super::graph::{Graph, Kind, Room};
use crate::findings::Findings;

const MODEL: &str = "belay-model";
const PROTOCOL: &str = "belay-protocol";
const CRYPTO: &str = "belay-crypto";
const DOCUMENT: &str = "belay-document";
const STORE: &str = "belay-store";
const SYNC: &str = "belay-sync";
const TRANSPORT: &str = "belay-transport";
const INTEROP: &str = "belay-interop";
const LIBRARY: &str = "belay-library";
const ENGINE: &str = "belay-engine";
const RELAY: &str = "belay-relay";
const TESTKIT: &str = "belay-testkit";

/// The rooms below the five that the engine joins.
const GROUND: [&str; 4] = [DOCUMENT, CRYPTO, PROTOCOL, MODEL];

/// What a crate may use of ours.
enum May {
    /// Exactly these, and nothing else.
    Use(Vec<&'static str>),
    /// Anything: it is itself a test and ships nowhere.
    UseAll,
}

/// The place of each crate. A crate without a place is a problem, so that a new one is placed on purpose.
fn place_of(room: &Room) -> Option<May> {
    let allowed = match room.name.as_str() {
        MODEL | "xtask" | "belay-bindgen" => vec![],
        PROTOCOL => vec![MODEL],
        CRYPTO => vec![PROTOCOL, MODEL],
        DOCUMENT => vec![CRYPTO, PROTOCOL, MODEL],
        STORE | SYNC | TRANSPORT | INTEROP | LIBRARY => GROUND.to_vec(),
        ENGINE => [STORE, SYNC, TRANSPORT, INTEROP, LIBRARY]
            .into_iter()
            .chain(GROUND)
            .collect(),
        // The relay is blind: it never learns what items hold.
        RELAY => vec![PROTOCOL, CRYPTO, MODEL],
        "belay-ffi" => vec![ENGINE],
        // The demo runs the relay in its own process.
        "belay-cli" => vec![ENGINE, RELAY],
        _ if is_test_room(room) => return Some(May::UseAll),
        _ => return None,
    };
    Some(May::Use(allowed))
}

/// Crates that exist to test or measure.
fn is_test_room(room: &Room) -> bool {
    room.folder.starts_with("testing/") || room.folder == "benches"
}

/// What the tests of a crate may use beyond what the crate itself may.
fn allowed_in_tests(room: &str, used: &str) -> bool {
    // The relay's socket tests speak to it through the client that people's devices use.
    used == TESTKIT || (room == RELAY && used == TRANSPORT)
}

/// The crate name that a folder asks for.
fn expected_name(folder: &str) -> String {
    match folder {
        "bindings" => "belay-ffi".to_owned(),
        "bindings/generator" => "belay-bindgen".to_owned(),
        "sync-server" => RELAY.to_owned(),
        "xtask" => "xtask".to_owned(),
        _ => format!("belay-{}", folder.rsplit('/').next().unwrap_or(folder)),
    }
}

/// Finds every edge that the list above does not allow.
pub fn check(graph: &Graph) -> Findings {
    let mut findings = Findings::default();
    let own = graph.own_names();
    for room in &graph.rooms {
        let expected = expected_name(&room.folder);
        if room.name != expected {
            findings.problem(format!(
                "{}: the crate is called {}, its folder asks for {expected}",
                room.folder, room.name
            ));
        }
        let Some(may) = place_of(room) else {
            findings.problem(format!(
                "{}: has no place in the layers; give it one in xtask/src/layers/edges.rs and in ARCHITECTURE.md",
                room.name
            ));
            continue;
        };
        let May::Use(allowed) = may else { continue };
        for dependency in &room.dependencies {
            let used = dependency.name.as_str();
            let in_test = dependency.kind == Kind::Test;
            if !own.contains(used)
                || used == room.name
                || allowed.contains(&used)
                || (in_test && allowed_in_tests(&room.name, used))
            {
                continue;
            }
            let how = if in_test { "tests of " } else { "" };
            findings.problem(format!("{how}{} may not use {used}", room.name));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::graph::sample::graph;
    use super::*;

    fn problems(rooms: &[(&str, &str, &[&str])]) -> Vec<String> {
        check(&graph(rooms)).problems
    }

    #[test]
    fn arrows_that_point_down_pass() {
        let found = problems(&[
            (MODEL, "core/model", &["serde", "dev:belay-testkit"]),
            (PROTOCOL, "core/protocol", &[MODEL]),
            (ENGINE, "core/engine", &[STORE, MODEL, "dev:belay-testkit"]),
            (STORE, "core/store", &[DOCUMENT, MODEL]),
            (DOCUMENT, "core/document", &[CRYPTO]),
            (CRYPTO, "core/crypto", &[PROTOCOL]),
            (RELAY, "sync-server", &[CRYPTO, "dev:belay-transport"]),
            (TRANSPORT, "core/transport", &[PROTOCOL]),
            ("belay-cli", "cli", &[ENGINE, RELAY]),
            (TESTKIT, "testing/testkit", &[STORE, ENGINE, RELAY]),
            ("belay-benches", "benches", &[STORE, TESTKIT]),
        ]);
        assert_eq!(found, Vec::<String>::new());
    }

    #[test]
    fn an_arrow_that_points_up_is_found() {
        let found = problems(&[
            (MODEL, "core/model", &[PROTOCOL]),
            (PROTOCOL, "core/protocol", &[]),
        ]);
        assert_eq!(found, ["belay-model may not use belay-protocol"]);
    }

    #[test]
    fn a_relay_that_reads_documents_is_found() {
        let found = problems(&[
            (RELAY, "sync-server", &[DOCUMENT]),
            (DOCUMENT, "core/document", &[]),
        ]);
        assert_eq!(found, ["belay-relay may not use belay-document"]);
    }

    #[test]
    fn a_shell_that_reaches_past_the_engine_is_found() {
        let found = problems(&[("belay-cli", "cli", &[STORE]), (STORE, "core/store", &[])]);
        assert_eq!(found, ["belay-cli may not use belay-store"]);
    }

    #[test]
    fn shipped_code_on_the_testkit_is_found_and_test_code_is_not() {
        let found = problems(&[
            (SYNC, "core/sync", &[TESTKIT]),
            (STORE, "core/store", &["dev:belay-testkit"]),
            (TESTKIT, "testing/testkit", &[]),
        ]);
        assert_eq!(found, ["belay-sync may not use belay-testkit"]);
    }

    #[test]
    fn tests_get_no_other_free_pass() {
        let found = problems(&[
            (STORE, "core/store", &["dev:belay-engine"]),
            (ENGINE, "core/engine", &[]),
        ]);
        assert_eq!(found, ["tests of belay-store may not use belay-engine"]);
    }

    #[test]
    fn a_crate_without_a_place_or_with_a_foreign_name_is_found() {
        let found = problems(&[
            ("belay-extra", "core/extra", &[]),
            ("belay-models", "core/model", &[]),
        ]);
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found[0].contains("belay-extra: has no place"));
        assert!(found[1].contains("asks for belay-model"));
        assert!(found[2].contains("belay-models: has no place"));
    }
}
