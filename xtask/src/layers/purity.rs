//! Pure rooms take time, randomness and bytes as arguments; this reads their sources for anything that fetches them.

use std::path::Path;

use super::graph::Graph;
use super::rooms::PURE;
use crate::files;
use crate::findings::Findings;
use crate::source;

/// Paths that reach for the world outside. A path of one name is looked for as a whole word. Address types of `std::net`
/// are data and allowed; whatever opens a socket or asks for a name is not.
const FORBIDDEN: [&str; 19] = [
    "std::fs",
    "std::env",
    "std::process",
    "std::io::stdin",
    "TcpStream",
    "TcpListener",
    "UdpSocket",
    "UnixStream",
    "UnixListener",
    "UnixDatagram",
    "ToSocketAddrs",
    "SystemTime",
    "Instant::now",
    "Utc::now",
    "Local::now",
    "thread::sleep",
    "getrandom",
    "OsRng",
    "thread_rng",
];

/// Scans the `src` folder of every pure room; test modules are left out.
pub fn check(root: &Path, graph: &Graph) -> Findings {
    let mut findings = Findings::default();
    for room in &graph.rooms {
        if !PURE.contains(&room.name.as_str()) {
            continue;
        }
        match files::with_extension(&root.join(&room.folder).join("src"), "rs") {
            Ok(sources) => check_room(root, &sources, &mut findings),
            Err(error) => findings.problem(format!("{}: {error}", room.folder)),
        }
    }
    findings
}

fn check_room(root: &Path, sources: &[std::path::PathBuf], findings: &mut Findings) {
    let mut read = Vec::new();
    let mut test_files = Vec::new();
    for path in sources {
        match std::fs::read_to_string(path) {
            Ok(text) => {
                let (code, elsewhere) = source::without_tests(&text);
                for module in elsewhere {
                    test_files.extend(homes_of_module(path, &module));
                }
                read.push((path, code));
            }
            Err(error) => findings.problem(format!("{}: {error}", files::shown(root, path))),
        }
    }
    for (path, code) in read {
        if test_files.iter().any(|test| path.starts_with(test)) {
            continue;
        }
        for (line, what) in reaches_outside(&code) {
            findings.problem(format!(
                "{}:{line}: a pure room may not use {what}; take it as an argument",
                files::shown(root, path)
            ));
        }
    }
}

/// The file or folder where `mod name;` written in `parent` may stand.
fn homes_of_module(parent: &Path, name: &str) -> Vec<std::path::PathBuf> {
    let Some(folder) = parent.parent() else {
        return Vec::new();
    };
    let stem = parent.file_stem().unwrap_or_default();
    let base = if stem == "lib" || stem == "mod" || stem == "main" {
        folder.to_path_buf()
    } else {
        folder.join(stem)
    };
    vec![base.join(format!("{name}.rs")), base.join(name)]
}

/// Lines of already masked code that name something forbidden, also through a grouped `use`.
fn reaches_outside(code: &str) -> Vec<(usize, String)> {
    let words: Vec<(usize, &str)> = source::words(code).collect();
    let mut found: Vec<(usize, String)> = Vec::new();
    for forbidden in FORBIDDEN {
        let parts: Vec<&str> = forbidden.split("::").collect();
        for window in words.windows(parts.len()) {
            let named = window
                .iter()
                .map(|(_, word)| *word)
                .eq(parts.iter().copied());
            if named && joined(code, window) {
                let at = source::line_of(code, window[0].0);
                found.push((at, forbidden.to_owned()));
            }
        }
        if parts.len() == 2 {
            for at in grouped(code, parts[0], parts[1]) {
                found.push((source::line_of(code, at), forbidden.to_owned()));
            }
        }
    }
    found.sort();
    found.dedup();
    found
}

/// Whether nothing but `::` stands between the words.
fn joined(code: &str, window: &[(usize, &str)]) -> bool {
    window.windows(2).all(|pair| {
        let end = pair[0].0 + pair[0].1.len();
        code[end..pair[1].0].trim() == "::"
    })
}

/// Where `outer::{.., inner, ..}` names `inner` directly.
fn grouped(code: &str, outer: &str, inner: &str) -> Vec<usize> {
    let mut found = Vec::new();
    for (at, word) in source::words(code).filter(|(_, word)| *word == outer) {
        let rest = &code[at + word.len()..];
        let Some(group) = rest
            .trim_start()
            .strip_prefix("::")
            .and_then(|rest| rest.trim_start().strip_prefix('{'))
        else {
            continue;
        };
        let start = code.len() - group.len();
        let mut depth = 1_usize;
        let mut first_of_branch = true;
        for (offset, c) in group.char_indices() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 1 => first_of_branch = true,
                _ if c.is_whitespace() => {}
                _ => {
                    if depth == 1 && first_of_branch {
                        let word = source::words(&group[offset..]).next();
                        if word == Some((0, inner)) {
                            found.push(start + offset);
                        }
                    }
                    first_of_branch = false;
                }
            }
            if depth == 0 {
                break;
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(code: &str) -> Vec<String> {
        reaches_outside(&source::without_tests(code).0)
            .into_iter()
            .map(|(_, what)| what)
            .collect()
    }

    #[test]
    fn a_pure_source_passes() {
        let code = "use std::net::SocketAddr; use std::time::Duration;\n/// Never SystemTime.\nfn f(now_ms: i64) { let instant_now = \"Instant::now\"; }";
        assert_eq!(names(code), Vec::<String>::new());
    }

    #[test]
    fn every_forbidden_way_is_found_with_its_line() {
        for forbidden in FORBIDDEN {
            let code = format!("fn a() {{}}\nfn b() {{ {forbidden}(); }}");
            assert_eq!(reaches_outside(&code), [(2, forbidden.to_owned())]);
        }
    }

    #[test]
    fn grouped_and_spread_paths_are_found() {
        assert_eq!(names("use std::{collections::BTreeMap, fs};"), ["std::fs"]);
        assert_eq!(
            names("use std::{fmt, net::{IpAddr, TcpStream}};"),
            ["TcpStream"]
        );
        assert_eq!(names("use std :: fs :: File;"), ["std::fs"]);
        assert_eq!(names("use std::{fmt::{self}, sync};"), Vec::<String>::new());
    }

    #[test]
    fn tests_may_reach_outside() {
        assert!(names("#[cfg(test)]\nmod tests { use std::fs; }").is_empty());
    }

    #[test]
    fn a_test_module_in_its_own_file_is_recognised() {
        let homes = homes_of_module(Path::new("core/x/src/gate.rs"), "tests");
        assert!(homes.contains(&Path::new("core/x/src/gate/tests.rs").to_path_buf()));
        let homes = homes_of_module(Path::new("core/x/src/lib.rs"), "tests");
        assert!(homes.contains(&Path::new("core/x/src/tests.rs").to_path_buf()));
    }
}
