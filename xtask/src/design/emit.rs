//! Writes the tokens as plain numbers, so that neither file needs a toolkit: Kotlin `app.belay.design`, Swift beside the
//! words.

use std::fmt::Write as _;

use super::read::{Colour, Rgb, Tokens};
use crate::words::Generated;

/// `app/belay/design/Tokens.kt`.
pub fn kotlin(tokens: &Tokens) -> Generated {
    let mut out = String::from(
        "package app.belay.design\n\n/** The colours of a theme as 0xAARRGGBB. */\nclass Palette(\n",
    );
    for (name, colour) in &tokens.colours {
        let _ = writeln!(
            out,
            "    /** {}. */\n    val {name}: Long,",
            sentence(&colour.purpose)
        );
    }
    out.push_str(") {\n    /** Moods from 1, very hard, to 5, very good. */\n    val moods: List<Long> get() = listOf(mood1, mood2, mood3, mood4, mood5)\n}\n\n");
    out.push_str("/** Looks that both shells share, from design/tokens.json. Lengths in dp, type in sp. */\nobject Tokens {\n");
    for (theme, pick) in THEMES {
        let _ = writeln!(out, "    val {theme}: Palette =\n        Palette(");
        for (name, colour) in &tokens.colours {
            let _ = writeln!(out, "            {name} = 0xFF{:06X}L,", pick(colour));
        }
        out.push_str("        )\n\n");
    }
    for (group, values) in &tokens.groups {
        let _ = writeln!(out, "    object {} {{", title(group));
        for (name, value) in values {
            let _ = writeln!(out, "        const val {name}: Int = {value}");
        }
        out.push_str("    }\n\n");
    }
    for (name, value) in &tokens.numbers {
        let whole = value.fract() == 0.0;
        let kind = if whole { "Int" } else { "Float" };
        let mark = if whole { "" } else { "f" };
        let _ = writeln!(out, "    const val {name}: {kind} = {value}{mark}");
    }
    out.push_str("}\n");
    Generated::new("app/belay/design/Tokens.kt", &out)
}

/// `Tokens.swift`.
pub fn swift(tokens: &Tokens) -> Generated {
    let mut out = String::from(
        "\n/// The colours of a theme as 0xRRGGBB.\npublic struct Palette: Sendable {\n",
    );
    for (name, colour) in &tokens.colours {
        let _ = writeln!(
            out,
            "  /// {}.\n  public let {name}: UInt32",
            sentence(&colour.purpose)
        );
    }
    out.push_str("  /// Moods from 1, very hard, to 5, very good.\n  public var moods: [UInt32] { [mood1, mood2, mood3, mood4, mood5] }\n}\n\n");
    out.push_str("/// Looks that both shells share, from design/tokens.json. Lengths in points.\npublic enum Tokens {\n");
    for (theme, pick) in THEMES {
        let _ = writeln!(out, "  public static let {theme} = Palette(");
        let list: Vec<String> = tokens
            .colours
            .iter()
            .map(|(name, colour)| format!("    {name}: 0x{:06X}", pick(colour)))
            .collect();
        let _ = writeln!(out, "{}\n  )", list.join(",\n"));
    }
    for (group, values) in &tokens.groups {
        // `Type` cannot name a type inside another one in Swift.
        let name = if *group == "type" {
            "TypeSize".to_owned()
        } else {
            title(group)
        };
        let _ = writeln!(out, "  public enum {name} {{");
        for (name, value) in values {
            let _ = writeln!(out, "    public static let {name}: Double = {value}");
        }
        out.push_str("  }\n");
    }
    for (name, value) in &tokens.numbers {
        let kind = if value.fract() == 0.0 && name.ends_with("Ms") {
            "Int"
        } else {
            "Double"
        };
        let _ = writeln!(out, "  public static let {name}: {kind} = {value}");
    }
    out.push_str("}\n");
    Generated::new("Tokens.swift", &out)
}

type Pick = fn(&Colour) -> Rgb;

const THEMES: [(&str, Pick); 2] = [
    ("light", |colour| colour.light),
    ("dark", |colour| colour.dark),
];

fn sentence(text: &str) -> String {
    title(text)
}

fn title(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().to_string() + letters.as_str())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    #[test]
    #[allow(clippy::panic, reason = "a test may stop at the first surprise")]
    fn both_languages_get_every_colour_of_both_themes() {
        let Ok(tokens) = read::tokens(include_str!("../../../design/tokens.json")) else {
            panic!("the tokens can be read");
        };
        let kotlin = kotlin(&tokens).text;
        assert!(kotlin.contains("bg = 0xFFFBF8F3L,") && kotlin.contains("bg = 0xFF161512L,"));
        assert!(kotlin.contains("const val lineHeight: Float = 1.4f"));
        assert!(kotlin.contains("object Spaces {") && kotlin.contains("const val xs: Int = 4"));
        let swift = swift(&tokens).text;
        assert!(swift.contains("bg: 0xFBF8F3,") && swift.contains("bg: 0x161512,"));
        assert!(swift.contains("public static let undoMs: Int = 8000"));
    }
}
