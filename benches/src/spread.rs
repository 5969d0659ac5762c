//! The middle of measurements and how far they lie apart.

use std::time::Duration;

/// Quartiles of a set of numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// A quarter lies below.
    pub low: f64,
    /// Half lies below.
    pub median: f64,
    /// Three quarters lie below.
    pub high: f64,
}

impl Spread {
    /// The quartiles of at least one number.
    pub fn of(numbers: &[f64]) -> Self {
        Self {
            low: quantile(numbers, 0.25),
            median: quantile(numbers, 0.5),
            high: quantile(numbers, 0.75),
        }
    }
}

/// The number below which that share of all numbers lies, between two neighbours by straight line.
pub fn quantile(numbers: &[f64], share: f64) -> f64 {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len().saturating_sub(1);
    let at = share * last as f64;
    let below = at.floor();
    let number = |index: f64| sorted.get(index as usize).copied().unwrap_or(f64::NAN);
    let (left, right) = (number(below), number(at.ceil()));
    left + (right - left) * (at - below)
}

/// Microseconds.
pub fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

/// Milliseconds.
pub fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quartiles_lie_between_neighbours() {
        let spread = Spread::of(&[4.0, 1.0, 3.0, 2.0]);
        assert_eq!((spread.low, spread.median, spread.high), (1.75, 2.5, 3.25));
        assert_eq!(quantile(&[5.0], 0.99), 5.0);
    }
}
