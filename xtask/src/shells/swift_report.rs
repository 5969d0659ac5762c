//! Counts Swift's tests by what Swift Testing and XCTest print.

use crate::tally::Tally;

/// Reads the output of `swift test`. Swift Testing says how many tests there were at the end, and each that failed or
/// was skipped on a line of its own; XCTest sums up each suite, the whole one last.
pub fn count(output: &str) -> Tally {
    let mut tally = testing(output);
    tally.add(xctest(output).unwrap_or_default());
    tally
}

fn testing(output: &str) -> Tally {
    let mut total = 0;
    let mut failed = 0;
    let mut ignored = 0;
    for line in output.lines().map(str::trim) {
        let Some(said) = line.split_once(' ').map(|(_, said)| said) else {
            continue;
        };
        if let Some(rest) = said.strip_prefix("Test run with ") {
            total += first_number(rest);
        } else if let Some(rest) = said.strip_prefix("Test ") {
            if rest.starts_with("case ") {
                continue;
            }
            let ending = after_name(rest);
            if ending.starts_with("failed after ") {
                failed += 1;
            } else if ending.starts_with("skipped") {
                ignored += 1;
            }
        }
    }
    Tally {
        passed: total.saturating_sub(failed + ignored),
        failed,
        ignored,
    }
}

/// What is said of a test behind its name, which may hold any words: `"a name" passed`, `name() passed`.
fn after_name(rest: &str) -> &str {
    let named = match rest.strip_prefix('"') {
        Some(quoted) => quoted.rsplit_once("\" "),
        None => rest.split_once(") "),
    };
    named.map_or("", |(_, ending)| ending)
}

/// `Executed 5 tests, with 1 test skipped and 2 failures (0 unexpected) in 0.1 (0.1) seconds`
fn xctest(output: &str) -> Option<Tally> {
    let line = output
        .lines()
        .map(str::trim)
        .rfind(|line| line.starts_with("Executed "))?;
    let number = |word: &str| {
        line.split(['(', ','])
            .flat_map(|part| part.split(" and "))
            .find(|part| part.contains(word))
            .map_or(0, first_number)
    };
    let (tests, ignored, failed) = (number("Executed"), number("skipped"), number("failure"));
    Some(Tally {
        passed: tests.saturating_sub(failed + ignored),
        failed,
        ignored,
    })
}

fn first_number(text: &str) -> u64 {
    text.split(|c: char| !c.is_ascii_digit())
        .find_map(|digits| digits.parse().ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn swift_testing_is_counted() {
        let output = "\
◇ Test run started.
✔ Test \"A draft is kept\" passed after 0.001 seconds.
◇ Test \"A goal is skipped, and nothing failed after all\" started.
✔ Test \"A goal is skipped, and nothing failed after all\" passed after 0.001 seconds.
✘ Test \"Sam sees mood\" recorded an issue at TodayTests.swift:9:5: Expectation failed
✘ Test \"Sam sees mood\" failed after 0.002 seconds with 1 issue.
➜ Test slow() skipped.
✔ Suite \"Today\" passed after 0.003 seconds.
✘ Test run with 7 tests failed after 0.004 seconds with 1 issue.
";
        assert_eq!(
            count(output),
            Tally {
                passed: 5,
                failed: 1,
                ignored: 1
            }
        );
        assert_eq!(
            count("✔ Test run with 9 tests passed after 0.5 seconds."),
            Tally {
                passed: 9,
                failed: 0,
                ignored: 0
            }
        );
    }

    #[test]
    fn xctest_is_counted_once() {
        let output = "\
\t Executed 2 tests, with 0 failures (0 unexpected) in 0.1 (0.1) seconds
\t Executed 5 tests, with 1 test skipped and 2 failures (0 unexpected) in 0.1 (0.1) seconds
";
        assert_eq!(
            count(output),
            Tally {
                passed: 2,
                failed: 2,
                ignored: 1
            }
        );
    }

    #[test]
    fn a_crash_before_the_end_counts_nothing_as_passed() {
        assert_eq!(
            count("✔ Test a() passed after 0.1 seconds.\nerror: Exited with signal 6"),
            Tally::default()
        );
    }
}
