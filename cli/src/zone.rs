//! In which time zone the person is, as far as the machine knows.

use std::path::Path;

use belay_engine::model::{Rule, RuleError, Zone};

/// The IANA name to use: what was asked for (`--zone` or BELAY_ZONE), else what TZ says, else where
/// /etc/localtime points, else UTC. A zone that was asked for and does not exist is refused; what the
/// machine says and cannot be understood is passed over.
pub fn zone_name(asked: Option<&str>) -> Result<String, RuleError> {
    if let Some(name) = asked {
        return known(name)
            .map(str::to_owned)
            .ok_or(RuleError::new("zone", Rule::UnknownZone));
    }
    let said = std::env::var("TZ").ok();
    let linked = std::fs::canonicalize("/etc/localtime").ok();
    Ok(said
        .as_deref()
        .and_then(|tz| known(tz.trim_start_matches(':')))
        .or_else(|| linked.as_deref().and_then(of_link))
        .unwrap_or("UTC")
        .to_owned())
}

/// The name a path like `/usr/share/zoneinfo/Europe/Berlin` ends with.
fn of_link(path: &Path) -> Option<&str> {
    let (_, name) = path.to_str()?.split_once("/zoneinfo/")?;
    let name = name
        .strip_prefix("posix/")
        .or_else(|| name.strip_prefix("right/"))
        .unwrap_or(name);
    known(name)
}

fn known(name: &str) -> Option<&str> {
    Zone::at(name, 0).ok().map(|_| name)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn a_zone_that_was_asked_for_must_exist() {
        assert_eq!(zone_name(Some("Asia/Kathmandu")).unwrap(), "Asia/Kathmandu");
        assert_eq!(
            zone_name(Some("Mars/Olympus")).unwrap_err().rule,
            Rule::UnknownZone
        );
    }

    #[test]
    fn the_link_of_the_machine_names_its_zone() {
        let of = |path: &'static str| of_link(Path::new(path));
        assert_eq!(
            of("/usr/share/zoneinfo/America/New_York"),
            Some("America/New_York")
        );
        assert_eq!(
            of("/usr/share/zoneinfo/posix/Europe/Berlin"),
            Some("Europe/Berlin")
        );
        assert_eq!(of("/etc/localtime"), None);
    }
}
