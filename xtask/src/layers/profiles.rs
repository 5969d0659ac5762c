//! The Gate catches panics that foreign bytes provoke, so every way of building must unwind.

use std::path::Path;

use toml::{Table, Value};

use crate::findings::Findings;

/// Profiles whose `panic` setting cargo ignores; they always unwind.
const ALWAYS_UNWIND: [&str; 2] = ["test", "bench"];

/// Reads the root manifest and `.cargo/config.toml`, the two places where a profile can be set in the tree.
pub fn check(root: &Path) -> Findings {
    let mut findings = Findings::default();
    match std::fs::read_to_string(root.join("Cargo.toml")) {
        Ok(text) => findings.absorb(check_manifest(&text)),
        Err(error) => findings.problem(format!("Cargo.toml: {error}")),
    }
    // A missing configuration changes nothing.
    if let Ok(text) = std::fs::read_to_string(root.join(".cargo/config.toml")) {
        findings.absorb(check_configuration(&text));
    }
    findings
}

fn check_manifest(text: &str) -> Findings {
    let mut findings = Findings::default();
    let Some(table) = parse(text, "Cargo.toml", &mut findings) else {
        return findings;
    };
    let none = Table::new();
    let profiles = table
        .get("profile")
        .and_then(Value::as_table)
        .unwrap_or(&none);
    for required in ["dev", "release"] {
        if !profiles.contains_key(required) {
            findings.problem(format!(
                "Cargo.toml: [profile.{required}] must stand there and say panic = \"unwind\""
            ));
        }
    }
    for (name, profile) in profiles {
        if ALWAYS_UNWIND.contains(&name.as_str()) {
            continue;
        }
        if profile.get("panic").and_then(Value::as_str) != Some("unwind") {
            findings.problem(format!(
                "Cargo.toml: [profile.{name}] must say panic = \"unwind\""
            ));
        }
    }
    findings
}

fn check_configuration(text: &str) -> Findings {
    const FILE: &str = ".cargo/config.toml";
    let mut findings = Findings::default();
    let Some(table) = parse(text, FILE, &mut findings) else {
        return findings;
    };
    if let Some(profiles) = table.get("profile").and_then(Value::as_table) {
        for (name, profile) in profiles {
            if profile
                .get("panic")
                .is_some_and(|panic| panic.as_str() != Some("unwind"))
            {
                findings.problem(format!("{FILE}: [profile.{name}] must not change panic"));
            }
        }
    }
    let flags: String = text
        .lines()
        .filter(|line| !line.trim_start().starts_with('#'))
        .flat_map(str::chars)
        .filter(|c| !c.is_whitespace() && !matches!(c, '"' | '\'' | ','))
        .collect();
    // The profiles were judged above; here it is the compiler's own flag, as one word or as two list entries.
    if flags.contains("-Cpanic=abort") || flags.contains("codegenpanic=abort") {
        findings.problem(format!("{FILE}: passes panic=abort to the compiler"));
    }
    findings
}

fn parse(text: &str, file: &str, findings: &mut Findings) -> Option<Table> {
    match text.parse::<Table>() {
        Ok(table) => Some(table),
        Err(error) => {
            findings.problem(format!("{file}: {}", error.message()));
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn profiles_that_unwind_pass() {
        let found = check_manifest(
            "[profile.dev]\npanic = 'unwind'\n[profile.dev.package.'*']\nopt-level = 1\n[profile.release]\npanic = 'unwind'\n[profile.bench]\nlto = true",
        );
        assert_eq!(found.problems, Vec::<String>::new());
    }

    #[test]
    fn a_profile_that_aborts_or_stays_silent_is_found() {
        let found = check_manifest(
            "[profile.dev]\npanic = 'unwind'\n[profile.release]\npanic = 'abort'\n[profile.small]\ninherits = 'release'",
        );
        assert_eq!(found.problems.len(), 2, "{:?}", found.problems);
        assert_eq!(check_manifest("").problems.len(), 2);
    }

    #[test]
    fn a_configuration_that_aborts_is_found() {
        assert!(check_configuration("[alias]\nxtask = 'run'").is_clean());
        assert!(!check_configuration("[profile.dev]\npanic = 'abort'").is_clean());
        assert!(!check_configuration("[build]\nrustflags = ['-C', 'panic=abort']").is_clean());
    }
}
