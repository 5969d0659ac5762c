//! How much strength there is, on one scale (C1).

use crate::words::five_steps;

five_steps!(
    /// How much energy there is, from 1 (empty) to 5 (full) (C1).
    Energy, "energy", ["empty", "low", "steady", "strong", "full"]
);

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn energy_is_read_from_its_number_or_its_word() {
        for energy in Energy::all() {
            assert_eq!(energy.step().to_string().parse::<Energy>().unwrap(), energy);
            assert_eq!(energy.to_string().parse::<Energy>().unwrap(), energy);
        }
    }
}
