//! What changed between two texts, as few small replacements in characters: first by lines, then by words
//! within the lines that differ, and never inside of what a reader sees as one character. Two devices that
//! changed different words of one text have then touched different characters, and both changes stay.

use std::collections::HashMap;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::TextEdit;

/// Lines that may go or come before a difference is taken as a whole: bounds the work.
const LINES_MAX: usize = 1_000;
/// The same for the words of one place.
const WORDS_MAX: usize = 256;

/// What is to be replaced in `old` so that it becomes `new`: places in characters of `old`, ascending,
/// none touching the next.
pub(super) fn hunks(old: &str, new: &str) -> Vec<TextEdit> {
    let mut place = Place::default();
    word_changes(old, new)
        .into_iter()
        .map(|(at, gone, come)| place.hunk(old, at, (gone, come)))
        .collect()
}

/// The same in whole words: where in `old`, in bytes, which words of it go, and which of `new` come in their place.
pub(super) fn word_changes<'a>(old: &'a str, new: &'a str) -> Vec<(usize, &'a str, &'a str)> {
    let mut changes = Vec::new();
    let (old_lines, new_lines) = (Tokens::lines(old), Tokens::lines(new));
    for (from, to) in old_lines.changed(&new_lines, LINES_MAX) {
        let start = old_lines.start(from.start);
        let (old, new) = (old_lines.text(from), new_lines.text(to));
        let (old_words, new_words) = (Tokens::words(old), Tokens::words(new));
        for (from, to) in old_words.changed(&new_words, WORDS_MAX) {
            let at = start + old_words.start(from.start);
            changes.push((at, old_words.text(from), new_words.text(to)));
        }
    }
    changes
}

/// Counts characters along a text, once from beginning to end.
#[derive(Default)]
struct Place {
    bytes: usize,
    chars: usize,
}

impl Place {
    /// The replacement at a byte, without what both sides begin and end with.
    fn hunk(&mut self, whole: &str, at: usize, (old, new): (&str, &str)) -> TextEdit {
        let same = common(old.graphemes(true), new.graphemes(true));
        let (old, new) = (&old[same..], &new[same..]);
        let tail = common(old.graphemes(true).rev(), new.graphemes(true).rev());
        let (old, new) = (&old[..old.len() - tail], &new[..new.len() - tail]);
        let at = at + same;
        self.chars += whole[self.bytes..at].chars().count();
        self.bytes = at;
        TextEdit {
            at: self.chars,
            delete: old.chars().count(),
            insert: new.to_owned(),
        }
    }
}

/// Bytes that two sequences have in common at their beginning.
fn common<'a>(left: impl Iterator<Item = &'a str>, right: impl Iterator<Item = &'a str>) -> usize {
    left.zip(right)
        .take_while(|(left, right)| left == right)
        .map(|(left, _)| left.len())
        .sum()
}

/// A text cut into parts that are compared as wholes.
struct Tokens<'a> {
    whole: &'a str,
    parts: Vec<&'a str>,
    /// Where each part begins, and where the last one ends, in bytes.
    starts: Vec<usize>,
}

impl<'a> Tokens<'a> {
    fn lines(whole: &'a str) -> Self {
        Self::of(whole, whole.split_inclusive('\n').collect())
    }

    fn words(whole: &'a str) -> Self {
        Self::of(whole, whole.split_word_bounds().collect())
    }

    fn of(whole: &'a str, parts: Vec<&'a str>) -> Self {
        let mut starts = vec![0];
        starts.extend(parts.iter().scan(0, |end, part| {
            *end += part.len();
            Some(*end)
        }));
        Self {
            whole,
            parts,
            starts,
        }
    }

    fn start(&self, part: usize) -> usize {
        self.starts[part]
    }

    fn text(&self, parts: Range<usize>) -> &'a str {
        &self.whole[self.starts[parts.start]..self.starts[parts.end]]
    }

    /// The ranges of parts that differ; one range from the first to the last difference when more than
    /// `max` parts would go or come.
    fn changed(&self, new: &Self, max: usize) -> Vec<(Range<usize>, Range<usize>)> {
        let mut numbers = HashMap::new();
        let mut number = |part: &&'a str| {
            let next = numbers.len();
            *numbers.entry(*part).or_insert(next)
        };
        let old: Vec<usize> = self.parts.iter().map(&mut number).collect();
        let new: Vec<usize> = new.parts.iter().map(&mut number).collect();
        changed(&old, &new, max)
    }
}

fn changed(old: &[usize], new: &[usize], max: usize) -> Vec<(Range<usize>, Range<usize>)> {
    let same = old.iter().zip(new).take_while(|(o, n)| o == n).count();
    let (old, new) = (&old[same..], &new[same..]);
    let tail = old.iter().rev().zip(new.iter().rev());
    let tail = tail.take_while(|(o, n)| o == n).count();
    let (old, new) = (&old[..old.len() - tail], &new[..new.len() - tail]);
    let mut matches = matches(old, new, max).unwrap_or_default();
    matches.push((old.len(), new.len(), 0));
    let (mut x, mut y) = (0, 0);
    let mut ranges = Vec::new();
    for (at_old, at_new, length) in matches {
        if x < at_old || y < at_new {
            ranges.push((same + x..same + at_old, same + y..same + at_new));
        }
        (x, y) = (at_old + length, at_new + length);
    }
    ranges
}

/// Runs that both sequences have, as (place in old, place in new, length), by Myers' greedy algorithm;
/// `None` when more than `max` parts would go or come.
fn matches(old: &[usize], new: &[usize], max: usize) -> Option<Vec<(usize, usize, usize)>> {
    let end = (old.len(), new.len());
    let mut rounds: Vec<Diagonals> = Vec::new();
    for edits in 0..=max.min(end.0 + end.1) {
        let mut round = Diagonals::new(edits);
        for diagonal in round.numbers() {
            let start = match rounds.last() {
                None => Some(0),
                Some(before) => before.step(diagonal, end).map(|step| step.x),
            };
            let Some(mut x) = start else { continue };
            let mut y = row(x, diagonal);
            while x < end.0 && y < end.1 && old[x] == new[y] {
                (x, y) = (x + 1, y + 1);
            }
            round.set(diagonal, x);
            if (x, y) == end {
                return Some(trace(&rounds, end));
            }
        }
        rounds.push(round);
    }
    None
}

/// Walks back from the end over what each round reached.
fn trace(rounds: &[Diagonals], end: (usize, usize)) -> Vec<(usize, usize, usize)> {
    let mut runs = Vec::new();
    let (mut x, mut y) = end;
    for before in rounds.iter().rev() {
        let diagonal = x.cast_signed() - y.cast_signed();
        let step = before
            .step(diagonal, end)
            .expect("each place was reached from a place of the round before");
        runs.push((step.x, row(step.x, diagonal), x - step.x));
        x = step.from_x;
        y = row(x, step.from_diagonal);
    }
    runs.push((0, 0, x));
    runs.retain(|(_, _, length)| *length > 0);
    runs.reverse();
    runs
}

fn row(x: usize, diagonal: isize) -> usize {
    (x.cast_signed() - diagonal).cast_unsigned()
}

/// How far each diagonal was reached with a number of edits.
struct Diagonals {
    edits: isize,
    reached: Vec<Option<usize>>,
}

/// One part that goes or comes.
struct Step {
    x: usize,
    from_x: usize,
    from_diagonal: isize,
}

impl Diagonals {
    fn new(edits: usize) -> Self {
        Self {
            edits: edits.cast_signed(),
            reached: vec![None; edits + 1],
        }
    }

    fn numbers(&self) -> impl Iterator<Item = isize> + use<> {
        (-self.edits..=self.edits).step_by(2)
    }

    fn index(&self, diagonal: isize) -> Option<usize> {
        let inside = (-self.edits..=self.edits).contains(&diagonal);
        inside.then(|| (diagonal + self.edits).cast_unsigned() / 2)
    }

    fn get(&self, diagonal: isize) -> Option<usize> {
        self.reached[self.index(diagonal)?]
    }

    fn set(&mut self, diagonal: isize, x: usize) {
        if let Some(index) = self.index(diagonal) {
            self.reached[index] = Some(x);
        }
    }

    /// The step of the next round onto a diagonal that gets farthest within both texts.
    fn step(&self, diagonal: isize, end: (usize, usize)) -> Option<Step> {
        let comes = self.get(diagonal + 1).map(|x| Step {
            x,
            from_x: x,
            from_diagonal: diagonal + 1,
        });
        let goes = self.get(diagonal - 1).map(|x| Step {
            x: x + 1,
            from_x: x,
            from_diagonal: diagonal - 1,
        });
        [comes, goes]
            .into_iter()
            .flatten()
            .filter(|step| step.x <= end.0 && row(step.x, diagonal) <= end.1)
            .max_by_key(|step| step.x)
    }
}

/// The edits that make of `current` what `before -> after` says, where `current` came from `before` by
/// other hands: what they wrote stays, what either took away is gone. One after another.
pub(super) fn rebased(before: &str, after: &str, current: &str) -> Vec<TextEdit> {
    if after == current {
        return Vec::new();
    }
    let ours = hunks(before, after);
    let theirs = hunks(before, current);
    let mut map = Map::default();
    let mut edits = Vec::new();
    // By how much the edits made so far moved what follows.
    let mut moved: isize = 0;
    let mut push = |at: usize, delete: usize, insert: String, moved: &mut isize| {
        if delete > 0 || !insert.is_empty() {
            let chars = insert.chars().count().cast_signed();
            edits.push(TextEdit {
                at: at.saturating_add_signed(*moved),
                delete,
                insert,
            });
            *moved += chars - delete.cast_signed();
        }
    };
    for hunk in ours {
        let (mut at, end) = (hunk.at, hunk.at + hunk.delete);
        let mut insert = hunk.insert;
        let mut position = map.seek(&theirs, at);
        while at < end {
            // What nobody else touched up to the next place of theirs.
            let stop = theirs
                .get(map.next)
                .map_or(end, |theirs| theirs.at.clamp(at, end));
            push(position, stop - at, std::mem::take(&mut insert), &mut moved);
            at = match theirs.get(map.next) {
                Some(theirs) if stop < end => end.min(theirs.at + theirs.delete),
                _ => end,
            };
            position = map.seek(&theirs, at);
        }
        push(position, 0, insert, &mut moved);
    }
    edits
}

/// Where places of one text are in another that came from it.
#[derive(Default)]
struct Map {
    /// The first replacement that does not lie wholly before the place.
    next: usize,
    moved: isize,
}

impl Map {
    /// The place of `at` in the other text; places are asked for in ascending order.
    fn seek(&mut self, theirs: &[TextEdit], at: usize) -> usize {
        while let Some(hunk) = theirs.get(self.next).filter(|h| h.at + h.delete <= at) {
            self.moved += hunk.insert.chars().count().cast_signed() - hunk.delete.cast_signed();
            self.next += 1;
        }
        match theirs.get(self.next).filter(|hunk| hunk.at < at) {
            // It is gone there: behind what came in its place.
            Some(hunk) => {
                let inserted = hunk.insert.chars().count();
                hunk.at.saturating_add_signed(self.moved) + inserted
            }
            None => at.saturating_add_signed(self.moved),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use proptest::prelude::*;

    use super::*;

    fn apply(text: &str, edit: &TextEdit) -> String {
        let chars: Vec<char> = text.chars().collect();
        let rest = &chars[edit.at + edit.delete..];
        let begin = chars[..edit.at].iter().copied();
        begin
            .chain(edit.insert.chars())
            .chain(rest.iter().copied())
            .collect()
    }

    fn applied(text: &str, hunks: &[TextEdit]) -> String {
        let hunks = hunks.iter().rev();
        hunks.fold(text.to_owned(), |text, hunk| apply(&text, hunk))
    }

    const ANY: &str = "[ab é\n😀\u{301}\u{200d}ทा字.]{0,24}";

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(512))]

        #[test]
        fn replacing_what_differs_makes_one_text_of_the_other(old in ANY, new in ANY) {
            let hunks = hunks(&old, &new);
            prop_assert_eq!(applied(&old, &hunks), new.clone());
            prop_assert!(hunks.windows(2).all(|two| two[0].at + two[0].delete <= two[1].at));
            prop_assert_eq!(hunks.is_empty(), old == new);
        }

        #[test]
        fn a_bounded_search_still_finds_a_difference_that_is_right(
            old in proptest::collection::vec(0usize..4, 0..24),
            new in proptest::collection::vec(0usize..4, 0..24),
            max in 0usize..12,
        ) {
            let mut made = Vec::new();
            let mut at = 0;
            for (from, to) in changed(&old, &new, max) {
                made.extend_from_slice(&old[at..from.start]);
                made.extend_from_slice(&new[to]);
                at = from.end;
            }
            made.extend_from_slice(&old[at..]);
            prop_assert_eq!(made, new);
        }

        #[test]
        fn an_edit_of_an_older_text_keeps_what_came_since(
            before in ANY, after in ANY, current in ANY,
        ) {
            let made = |text: &str, edits: &[TextEdit]| {
                edits.iter().fold(text.to_owned(), |text, edit| apply(&text, edit))
            };
            prop_assert_eq!(made(&before, &rebased(&before, &after, &before)), after.clone());
            prop_assert_eq!(made(&current, &rebased(&before, &before, &current)), current.clone());
            // Whatever happened meanwhile, the result can be made, and what they wrote is in it.
            let merged = made(&current, &rebased(&before, &after, &current));
            for hunk in hunks(&before, &current) {
                prop_assert!(merged.contains(&hunk.insert));
            }
        }
    }

    #[test]
    fn only_the_words_that_changed_are_touched() {
        let old = "We walked to the sea.\nIt rained.\nWe sang.";
        let new = "We ran to the sea.\nIt rained.\nWe sang loudly.";
        let found: Vec<(usize, usize, String)> = hunks(old, new)
            .into_iter()
            .map(|hunk| (hunk.at, hunk.delete, hunk.insert))
            .collect();
        assert_eq!(
            found,
            [(3, 6, "ran".to_owned()), (40, 0, " loudly".to_owned())]
        );
    }

    #[test]
    fn what_a_reader_sees_as_one_character_is_replaced_whole() {
        // A family with another child; the same letter with another accent.
        for (old, new) in [
            ("a👩‍👩‍👧b", "a👩‍👩‍👦b"),
            ("ae\u{301}b", "ae\u{300}b"),
            ("🇩🇪🇫🇷", "🇩🇪🇫🇮"),
        ] {
            let [hunk] = &hunks(old, new)[..] else {
                unreachable!("one replacement")
            };
            let replaced: String = old.chars().skip(hunk.at).take(hunk.delete).collect();
            for part in [replaced.as_str(), hunk.insert.as_str()] {
                assert_eq!(part.graphemes(true).count(), 1, "{old} {part}");
            }
        }
    }

    #[test]
    fn two_hands_that_changed_different_places_are_both_there() {
        let before = "We walked. We rested. It rained.";
        let after = "We hiked. We rested. It rained.";
        let current = "Today we walked. We rested. Then it poured.";
        let made = rebased(before, after, current)
            .iter()
            .fold(current.to_owned(), |text, edit| apply(&text, edit));
        assert_eq!(made, "Today we hiked. We rested. Then it poured.");
    }

    #[test]
    fn a_large_text_that_is_wholly_new_is_one_replacement() {
        let old: String = (0..40_000).map(|n| format!("{n}\n")).collect();
        let new: String = (50_000..90_000).map(|n| format!("{n} \n")).collect();
        let found = hunks(&old, &new);
        assert_eq!(applied(&old, &found), new);
        assert!(found.len() < 10);
    }
}
