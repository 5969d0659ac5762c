//! Moments as one scalar: instant, offset, zone and day belong together, so that two devices that
//! wrote at the same time never leave the time of one with the zone of the other.

use belay_model::{CivilDay, Moment};

/// `<at_ms> <offset seconds> <zone name>`
pub(super) fn moment_text(moment: &Moment) -> String {
    format!(
        "{} {} {}",
        moment.at_ms(),
        moment.zone().offset_seconds(),
        moment.zone().name()
    )
}

pub(super) fn parse_moment(text: &str) -> Option<Moment> {
    let mut parts = text.split(' ');
    let at_ms = parts.next()?.parse().ok()?;
    let offset = parts.next()?.parse().ok()?;
    let zone = parts.next()?;
    let moment = Moment::with_offset(at_ms, zone, offset).ok()?;
    // One form only: `+1`, `01` and the like are not what this program writes.
    (parts.next().is_none() && moment_text(&moment) == text).then_some(moment)
}

/// The moment's text, a space, and the writer's civil day.
pub(super) fn written_text(moment: &Moment, on: CivilDay) -> String {
    format!("{} {on}", moment_text(moment))
}

pub(super) fn parse_written(text: &str) -> Option<(Moment, CivilDay)> {
    let (moment, on) = text.rsplit_once(' ')?;
    Some((parse_moment(moment)?, on.parse().ok()?))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    #[test]
    fn a_moment_has_one_text() {
        let moment = Moment::with_offset(-5, "Europe/Berlin", 3600).unwrap();
        let text = written_text(&moment, "1970-01-01".parse().unwrap());
        assert_eq!(text, "-5 3600 Europe/Berlin 1970-01-01");
        assert_eq!(parse_written(&text).unwrap().0, moment);
        for wrong in [
            "",
            "-5 3600 Europe/Berlin",
            "-5 +3600 Europe/Berlin 1970-01-01",
            "-05 3600 Europe/Berlin 1970-01-01",
            "-5 3600  Europe/Berlin 1970-01-01",
            "-5 3600 Europe/Berlin 1970-01-01 ",
        ] {
            assert_eq!(parse_written(wrong), None, "{wrong:?}");
        }
    }
}
