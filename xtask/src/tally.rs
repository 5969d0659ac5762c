//! Counting what passed and what did not, over every kind of test runner.

/// Passed and failed, of steps and tests alike.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    pub passed: u64,
    pub failed: u64,
    pub ignored: u64,
}

impl Tally {
    /// One thing that passed or did not.
    pub fn of(passed: bool) -> Self {
        Self {
            passed: u64::from(passed),
            failed: u64::from(!passed),
            ignored: 0,
        }
    }

    /// Adds what another one counted.
    pub fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.ignored += other.ignored;
    }

    /// The tests of a runner, and the runner itself as one more: it fails for what no count tells, such as a program
    /// that crashed or did not compile, tests that were ignored, or no test at all.
    pub fn with_runner(mut self, succeeded: bool) -> Self {
        if self.ignored > 0 {
            println!(
                "  problem: {} tests were left out; a test that does not run proves nothing",
                self.ignored
            );
        }
        if self.passed == 0 {
            println!("  problem: no test passed here");
        }
        let untold = (!succeeded && self.failed == 0) || self.ignored > 0 || self.passed == 0;
        self.add(Self::of(!untold));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tests(passed: u64, failed: u64, ignored: u64) -> Tally {
        Tally {
            passed,
            failed,
            ignored,
        }
    }

    #[test]
    fn a_runner_counts_as_one_more_test() {
        assert_eq!(tests(5, 0, 0).with_runner(true), tests(6, 0, 0));
        assert_eq!(tests(5, 2, 0).with_runner(false), tests(6, 2, 0));
    }

    #[test]
    fn a_runner_fails_for_what_no_test_tells() {
        assert_eq!(tests(5, 0, 0).with_runner(false), tests(5, 1, 0), "a crash");
        assert_eq!(tests(0, 0, 0).with_runner(true), tests(0, 1, 0), "no test");
        assert_eq!(
            tests(5, 0, 1).with_runner(true),
            tests(5, 1, 1),
            "an ignored test"
        );
    }
}
