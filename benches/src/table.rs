//! The table as it is printed and as `docs/performance.md` keeps it.

use std::io::{self, Write};

use crate::row::{Bar, Measured, Row};
use crate::spread::Spread;

/// Prints the table, and below it the plain numbers that no bar judges.
pub fn print(out: &mut impl Write, rows: &[Row], notes: &[String]) -> io::Result<()> {
    writeln!(
        out,
        "| path | parts | ratio (median) | quartiles | bar | verdict |\n|---|---|---|---|---|---|"
    )?;
    for row in rows {
        let parts: Vec<String> = row.parts.iter().map(measured).collect();
        let spread = Spread::of(&row.ratios);
        let bar = match row.bar {
            Bar::AtMost(most) => format!("<= {most}"),
            Bar::RateAtLeast(least) => format!(">= {least}"),
            Bar::RateTold | Bar::Told => "-".to_owned(),
        };
        writeln!(
            out,
            "| {} | {} | {:.2} | {:.2} - {:.2} | {bar} | {} |",
            measured(&row.path),
            parts.join(" + "),
            spread.median,
            spread.low,
            spread.high,
            row.verdict(),
        )?;
    }
    if !notes.is_empty() {
        writeln!(out)?;
    }
    for note in notes {
        writeln!(out, "- {note}")?;
    }
    Ok(())
}

fn measured(measured: &Measured) -> String {
    let Measured { what, amount, unit } = measured;
    format!("{what} {amount:.0} {unit}")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn a_row_names_path_parts_ratio_bar_and_verdict() {
        let row = Row {
            path: Measured::micros("write", 120.4),
            parts: vec![
                Measured::micros("sign", 20.0),
                Measured::bytes("commit", 80.0),
            ],
            ratios: vec![1.2],
            bar: Bar::AtMost(1.5),
        };
        let mut out = Vec::new();
        print(&mut out, &[row], &["told".to_owned()]).unwrap();
        let text = String::from_utf8(out).unwrap();
        let expected =
            "| write 120 µs | sign 20 µs + commit 80 B | 1.20 | 1.20 - 1.20 | <= 1.5 | held |";
        assert!(text.lines().any(|line| line == expected), "{text}");
        assert!(text.ends_with("\n- told\n"));
    }
}
