//! Words for feelings (C1): the 38 labels of Apple's State of Mind (HealthKit
//! `HKStateOfMind.Label`), so that what is written here can meet what a phone already knows.

use crate::words::word_enum;

word_enum!(
    /// A feeling a person can name. The numbers are Belay's own, not HealthKit's.
    Emotion, "emotions", {
        /// Amazed.
        Amazed = 1, "amazed";
        /// Amused.
        Amused = 2, "amused";
        /// Angry.
        Angry = 3, "angry";
        /// Annoyed.
        Annoyed = 4, "annoyed";
        /// Anxious.
        Anxious = 5, "anxious";
        /// Ashamed.
        Ashamed = 6, "ashamed";
        /// Brave.
        Brave = 7, "brave";
        /// Calm.
        Calm = 8, "calm";
        /// Confident.
        Confident = 9, "confident";
        /// Content.
        Content = 10, "content";
        /// Disappointed.
        Disappointed = 11, "disappointed";
        /// Discouraged.
        Discouraged = 12, "discouraged";
        /// Disgusted.
        Disgusted = 13, "disgusted";
        /// Drained.
        Drained = 14, "drained";
        /// Embarrassed.
        Embarrassed = 15, "embarrassed";
        /// Excited.
        Excited = 16, "excited";
        /// Frustrated.
        Frustrated = 17, "frustrated";
        /// Grateful.
        Grateful = 18, "grateful";
        /// Guilty.
        Guilty = 19, "guilty";
        /// Happy.
        Happy = 20, "happy";
        /// Hopeful.
        Hopeful = 21, "hopeful";
        /// Hopeless.
        Hopeless = 22, "hopeless";
        /// Indifferent.
        Indifferent = 23, "indifferent";
        /// Irritated.
        Irritated = 24, "irritated";
        /// Jealous.
        Jealous = 25, "jealous";
        /// Joyful.
        Joyful = 26, "joyful";
        /// Lonely.
        Lonely = 27, "lonely";
        /// Overwhelmed.
        Overwhelmed = 28, "overwhelmed";
        /// Passionate.
        Passionate = 29, "passionate";
        /// Peaceful.
        Peaceful = 30, "peaceful";
        /// Proud.
        Proud = 31, "proud";
        /// Relieved.
        Relieved = 32, "relieved";
        /// Sad.
        Sad = 33, "sad";
        /// Satisfied.
        Satisfied = 34, "satisfied";
        /// Scared.
        Scared = 35, "scared";
        /// Stressed.
        Stressed = 36, "stressed";
        /// Surprised.
        Surprised = 37, "surprised";
        /// Worried.
        Worried = 38, "worried";
    }
);

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;
    use crate::{CheckInTemplate, Need, OutcomeStatus, ResponseKind, Weekday};

    #[test]
    fn there_are_38_feelings_in_the_order_of_the_alphabet() {
        assert_eq!(Emotion::ALL.len(), 38);
        assert!(Emotion::ALL.is_sorted_by(|a, b| a.word() < b.word()));
    }

    macro_rules! every_choice_survives {
        ($name:ident) => {
            for (index, choice) in $name::ALL.iter().copied().enumerate() {
                assert_eq!(usize::from(choice.number()), index + 1);
                assert_eq!($name::from_number(choice.number()), Some(choice));
                assert_eq!(choice.to_string().parse::<$name>().unwrap(), choice);
                let json = serde_json::to_string(&choice).unwrap();
                assert_eq!(
                    json,
                    format!("\"{}\"", choice.word().to_lowercase().replace(' ', "_"))
                );
                assert_eq!(serde_json::from_str::<$name>(&json).unwrap(), choice);
                assert_eq!(json.trim_matches('"').parse::<$name>().unwrap(), choice);
            }
            assert_eq!($name::from_number(0), None);
            assert_eq!($name::from_number(u8::MAX), None);
            assert!("no such word".parse::<$name>().is_err());
            assert!("".parse::<$name>().is_err());
        };
    }

    #[test]
    fn every_choice_survives_its_number_its_word_and_json() {
        every_choice_survives!(Emotion);
        every_choice_survives!(Need);
        every_choice_survives!(CheckInTemplate);
        every_choice_survives!(OutcomeStatus);
        every_choice_survives!(ResponseKind);
        every_choice_survives!(Weekday);
    }
}
