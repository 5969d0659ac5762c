//! What is written: check-ins of an ordinary length, with varying words so that nothing compresses
//! better than a person's would.

use std::collections::{BTreeMap, BTreeSet};

use belay_engine::NewCheckIn;
use belay_model::{
    CheckInField, CheckInFields, CheckInTemplate, Emotion, Energy, Mood, Need, SpaceId,
};

use crate::Outcome;

const WORDS: [&str; 32] = [
    "walked", "slowly", "home", "after", "work", "and", "called", "my", "sister", "before", "the",
    "evening", "felt", "long", "again", "but", "I", "stayed", "with", "it", "until", "tea", "was",
    "ready", "no", "message", "from", "anyone", "today", "which", "helped", "quietly",
];

/// Which fields the partner of every measurement sees.
pub fn shared_fields() -> CheckInFields {
    use CheckInField::{Emotions, Mood, Need, Win};
    [Mood, Emotions, Win, Need].into_iter().collect()
}

/// Text of about that many bytes; the number decides which words.
pub fn text(number: usize, bytes: usize) -> String {
    let mut state = number as u64 ^ 0x9e37_79b9_7f4a_7c15;
    let mut text = String::with_capacity(bytes + 8);
    while text.len() < bytes {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        text.push_str(WORDS[(state >> 59) as usize]);
        text.push(' ');
    }
    text
}

/// A check-in with every kind of answer, shared with one partner in part.
pub fn check_in(number: usize, space: SpaceId) -> Outcome<NewCheckIn> {
    let step = u8::try_from(number % 5 + 1)?;
    let emotions: BTreeSet<Emotion> = [number, number / 3 + 1]
        .iter()
        .map(|index| Emotion::ALL[index % Emotion::ALL.len()])
        .collect();
    Ok(NewCheckIn {
        template: CheckInTemplate::Free,
        mood: Some(Mood::new(step)?),
        emotions,
        energy: Some(Energy::new(6 - step)?),
        win: Some(text(number, 60)),
        struggle: Some(text(number + 1, 60)),
        need: Some(Need::ALL[number % Need::ALL.len()]),
        note: Some(text(number + 2, 160)),
        audience: Some(BTreeMap::from([(space, shared_fields())])),
        ..NewCheckIn::default()
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn every_number_makes_a_check_in_of_its_own() {
        let space = SpaceId::from_bytes([1; 32]);
        let notes: BTreeSet<_> = (0..50)
            .map(|number| check_in(number, space).unwrap().note.unwrap())
            .collect();
        assert_eq!(notes.len(), 50);
        assert!((1000..1020).contains(&text(3, 1000).len()));
    }
}
