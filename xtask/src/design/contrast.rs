//! Contrast after the Web Content Accessibility Guidelines 2: text needs 4.5 to 1, graphics and outlines 3 to 1.

use super::FILE;
use super::read::{Colour, Pair, Rgb, Tokens};
use crate::findings::Findings;

const TEXT: f64 = 4.5;
const GRAPHICS: f64 = 3.0;

/// Computes every pair that the file declares, and that no colour which is seen is in no pair.
pub fn check(tokens: &Tokens, findings: &mut Findings) {
    let mut least = f64::INFINITY;
    for (pairs, needed, kind) in [
        (&tokens.text, TEXT, "text"),
        (&tokens.graphics, GRAPHICS, "graphics"),
    ] {
        for pair in pairs {
            for (theme, ratio) in ratios(tokens, pair) {
                least = least.min(ratio / needed);
                if ratio < needed {
                    findings.problem(format!(
                        "{FILE}: {theme} {kind} {} on {}: {ratio:.2} to 1, needs {needed}",
                        pair.of, pair.on
                    ));
                }
            }
        }
    }
    for name in tokens.colours.keys() {
        let paired = |pair: &Pair| pair.of == *name || pair.on == *name;
        if !tokens.text.iter().chain(&tokens.graphics).any(paired) {
            findings.problem(format!("{FILE}: nobody says what {name} is seen on"));
        }
    }
    let pairs = tokens.text.len() + tokens.graphics.len();
    findings.note(format!(
        "{pairs} pairs of colours in two themes, the tightest {least:.2} times what it needs"
    ));
}

fn ratios(tokens: &Tokens, pair: &Pair) -> Vec<(&'static str, f64)> {
    let (Some(of), Some(on)) = (tokens.colours.get(&pair.of), tokens.colours.get(&pair.on)) else {
        return Vec::new();
    };
    let both = |pick: fn(&Colour) -> Rgb| ratio(pick(of), pick(on));
    vec![
        ("light", both(|colour| colour.light)),
        ("dark", both(|colour| colour.dark)),
    ]
}

/// From 1 (the same) to 21 (black on white).
fn ratio(one: Rgb, other: Rgb) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance(colour: Rgb) -> f64 {
    let channel = |shift: u32| {
        let part = f64::from((colour >> shift) & 0xff) / 255.0;
        if part <= 0.04045 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * channel(16) + 0.7152 * channel(8) + 0.0722 * channel(0)
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    fn problems(text: &str) -> Vec<String> {
        let mut findings = Findings::default();
        match read::tokens(text) {
            Ok(tokens) => check(&tokens, &mut findings),
            Err(error) => findings.problem(error),
        }
        findings.problems
    }

    const REAL: &str = include_str!("../../../design/tokens.json");

    #[test]
    fn known_contrasts_come_out() {
        assert!((ratio(0x000000, 0xffffff) - 21.0).abs() < 1e-9);
        assert!((ratio(0x777777, 0xffffff) - 4.48).abs() < 0.01);
        assert!((ratio(0xff0000, 0xffffff) - 4.00).abs() < 0.01);
    }

    #[test]
    fn every_declared_pair_of_both_themes_can_be_seen() {
        assert_eq!(problems(REAL), Vec::<String>::new());
    }

    #[test]
    fn a_colour_that_is_too_pale_or_that_nobody_pairs_is_found() {
        let pale = problems(&REAL.replace("\"light\": \"#5C554B\"", "\"light\": \"#9C958B\""));
        assert!(
            pale.iter()
                .any(|text| text.contains("light text ink2 on bg: 2.")),
            "{pale:?}"
        );
        let alone =
            problems(&REAL.replace("{ \"of\": [\"onPrimary\"], \"on\": [\"primary\"] },", ""));
        assert!(
            alone
                .iter()
                .any(|text| text.contains("onPrimary is seen on")),
            "{alone:?}"
        );
    }
}
