//! The difference of two texts in whole words (J6); edits in characters stand in `text_diff`.

use belay_model::{PieceFate, TextDifference, TextPiece};
use unicode_segmentation::UnicodeSegmentation;

use super::text_diff::word_changes;

/// A stretch of the two texts.
enum Stretch {
    Kept(String),
    Changed { gone: String, come: String },
}

/// What makes `new` of `old`. Several words in a row that were replaced are one change.
#[must_use]
pub fn text_difference(old: &str, new: &str) -> TextDifference {
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut end = 0;
    for (at, gone, come) in word_changes(old, new) {
        let kept = &old[end..at];
        end = at + gone.len();
        match stretches.last_mut() {
            Some(Stretch::Changed {
                gone: before_gone,
                come: before_come,
            }) if kept.chars().all(|c| c == ' ') && !before_gone.is_empty() && !gone.is_empty() => {
                for (text, more) in [(before_gone, gone), (before_come, come)] {
                    text.push_str(kept);
                    text.push_str(more);
                }
                continue;
            }
            _ => {}
        }
        if !kept.is_empty() {
            stretches.push(Stretch::Kept(kept.to_owned()));
        }
        stretches.push(Stretch::Changed {
            gone: gone.to_owned(),
            come: come.to_owned(),
        });
    }
    if end < old.len() {
        stretches.push(Stretch::Kept(old[end..].to_owned()));
    }
    told(stretches)
}

fn told(stretches: Vec<Stretch>) -> TextDifference {
    let mut difference = TextDifference::default();
    let mut push = |fate, text: String| {
        if !text.is_empty() {
            difference.pieces.push(TextPiece { fate, text });
        }
    };
    let (mut words_added, mut words_removed) = (0, 0);
    for stretch in stretches {
        match stretch {
            Stretch::Kept(text) => push(PieceFate::Kept, text),
            Stretch::Changed { gone, come } => {
                words_removed += words(&gone);
                words_added += words(&come);
                push(PieceFate::Removed, gone);
                push(PieceFate::Added, come);
            }
        }
    }
    difference.words_added = words_added;
    difference.words_removed = words_removed;
    difference
}

fn words(text: &str) -> u64 {
    text.unicode_words().count() as u64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(old: &str, new: &str) -> String {
        let pieces = text_difference(old, new).pieces;
        let shown = pieces.iter().map(|piece| match piece.fate {
            PieceFate::Kept => piece.text.clone(),
            PieceFate::Added => format!("{{+{}+}}", piece.text),
            PieceFate::Removed => format!("[-{}-]", piece.text),
        });
        shown.collect()
    }

    fn without(difference: &TextDifference, fate: PieceFate) -> String {
        let kept = difference.pieces.iter().filter(|piece| piece.fate != fate);
        kept.map(|piece| piece.text.as_str()).collect()
    }

    #[test]
    fn what_changed_is_told_in_whole_words() {
        assert_eq!(
            shown("We walked to the sea.", "We ran to the wide sea."),
            "We [-walked-]{+ran+} to the{+ wide+} sea."
        );
        assert_eq!(
            shown("the cat sleeps", "a dog sleeps"),
            "[-the cat-]{+a dog+} sleeps"
        );
        assert_eq!(shown("one\n", "one\ntwo\n"), "one\n{+two\n+}");
        assert_eq!(shown("", "new"), "{+new+}");
        assert_eq!(shown("same", "same"), "same");
        assert!(text_difference("same", "same").is_empty());
    }

    #[test]
    fn words_are_counted_and_signs_between_them_are_not() {
        let counted = text_difference("It rained.", "It rained, and rained - hard!");
        assert_eq!((counted.words_added, counted.words_removed), (3, 0));
    }

    proptest! {
        #[test]
        fn both_texts_are_in_the_difference_in_any_script(
            old in "[ab \n.é\u{301}😀\u{200d}👩שؤक्字ท]{0,24}",
            new in "[ab \n.é\u{301}😀\u{200d}👩שؤक्字ท]{0,24}",
        ) {
            let difference = text_difference(&old, &new);
            prop_assert_eq!(without(&difference, PieceFate::Added), old.clone());
            prop_assert_eq!(without(&difference, PieceFate::Removed), new.clone());
            prop_assert_eq!(difference.is_empty(), old == new);
        }
    }
}
