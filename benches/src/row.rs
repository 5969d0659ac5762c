//! One row of the table: a path, its parts, the ratios of all rounds, and the bar.

use crate::spread::Spread;

/// What a ratio is judged by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Bar {
    /// The path's time or bytes over its parts', at most this.
    AtMost(f64),
    /// The path's rate over its part's rate, at least this.
    RateAtLeast(f64),
    /// The path's rate over its part's rate, only told.
    RateTold,
    /// The path's time over its parts', only told.
    Told,
}

/// Something that takes time or room, and how much in the median.
#[derive(Debug, Clone)]
pub struct Measured {
    /// What it is.
    pub what: String,
    /// How much; a part's amount is for all the times the path does it.
    pub amount: f64,
    /// What it is counted in.
    pub unit: &'static str,
}

impl Measured {
    /// Something that takes so many microseconds.
    pub fn micros(what: impl Into<String>, amount: f64) -> Self {
        Self {
            what: what.into(),
            amount,
            unit: "µs",
        }
    }

    /// Something that takes so many milliseconds.
    pub fn millis(what: impl Into<String>, amount: f64) -> Self {
        Self {
            what: what.into(),
            amount,
            unit: "ms",
        }
    }

    /// Something that takes so many bytes.
    pub fn bytes(what: impl Into<String>, amount: f64) -> Self {
        Self {
            what: what.into(),
            amount,
            unit: "B",
        }
    }
}

/// A row of the table.
#[derive(Debug, Clone)]
pub struct Row {
    /// The path people run.
    pub path: Measured,
    /// What it cannot do without.
    pub parts: Vec<Measured>,
    /// One ratio for each round.
    pub ratios: Vec<f64>,
    /// What the median of them is judged by.
    pub bar: Bar,
}

impl Row {
    /// Whether the median of the ratios keeps to the bar; a row without one always does.
    pub fn is_held(&self) -> bool {
        let median = Spread::of(&self.ratios).median;
        match self.bar {
            Bar::AtMost(most) => median <= most,
            Bar::RateAtLeast(least) => median >= least,
            Bar::RateTold | Bar::Told => true,
        }
    }

    /// The verdict in a word.
    pub fn verdict(&self) -> &'static str {
        match self.bar {
            Bar::RateTold | Bar::Told => "told",
            _ if self.is_held() => "held",
            _ => "missed",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(ratios: &[f64], bar: Bar) -> Row {
        Row {
            path: Measured::micros("path", 1.0),
            parts: Vec::new(),
            ratios: ratios.to_vec(),
            bar,
        }
    }

    #[test]
    fn the_median_decides_and_not_one_bad_round() {
        let ratios = [1.0, 1.2, 9.0];
        assert_eq!(row(&ratios, Bar::AtMost(1.5)).verdict(), "held");
        assert_eq!(row(&ratios, Bar::AtMost(1.1)).verdict(), "missed");
        assert_eq!(row(&ratios, Bar::RateAtLeast(1.2)).verdict(), "held");
        assert_eq!(row(&ratios, Bar::RateAtLeast(1.3)).verdict(), "missed");
        assert_eq!(row(&ratios, Bar::RateTold).verdict(), "told");
    }
}
