//! How the day feels, on one scale (C1).

use crate::words::five_steps;

five_steps!(
    /// How it feels, from 1 (very hard) to 5 (very good) (C1).
    Mood, "mood", ["very hard", "hard", "in between", "good", "very good"]
);

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;
    use crate::{Rule, RuleError};

    #[test]
    fn a_mood_is_read_from_its_number_or_its_word() {
        for mood in Mood::all() {
            assert_eq!(mood.step().to_string().parse::<Mood>().unwrap(), mood);
            assert_eq!(
                mood.word()
                    .to_uppercase()
                    .replace(' ', "-")
                    .parse::<Mood>()
                    .unwrap(),
                mood
            );
        }
    }

    #[test]
    fn anything_off_the_scale_is_refused() {
        let out = Err(RuleError::new("mood", Rule::OutOfRange));
        for step in [0, 6, 255] {
            assert_eq!(Mood::new(step), out);
        }
        assert_eq!("0".parse::<Mood>(), out);
        assert_eq!(
            "".parse::<Mood>(),
            Err(RuleError::new("mood", Rule::UnknownWord))
        );
    }

    #[test]
    fn json_holds_the_number_and_is_checked_when_read() {
        assert_eq!(serde_json::to_string(&Mood::new(4).unwrap()).unwrap(), "4");
        assert_eq!(
            serde_json::from_str::<Mood>("2").unwrap(),
            Mood::new(2).unwrap()
        );
        assert!(serde_json::from_str::<Mood>("6").is_err());
    }
}
