//! Small pieces of language: names of fields, lists, and texts made safe to show on a terminal.

use std::borrow::Cow;

/// How a field is called in a sentence; unknown ones are called by their stable word.
pub fn field_name(field: &str) -> Cow<'_, str> {
    Cow::Borrowed(match field {
        "check_in" => "check-in",
        "emotions" => "feeling",
        "entry-state" => "state of that entry",
        "day-return" => "return to a day",
        "coping" => "small thing that helps",
        "plan_line" => "line of the plan",
        "mood_labels" => "word for the mood",
        "display_name" => "name",
        "on" | "day" => "day",
        "zone_name" | "zone" => "time zone",
        "day_start" => "day start",
        "hold_seconds" => "hold",
        "kind" => "kind of answer",
        "text" => "answer",
        "space" => "partner",
        "skip_reason" => "reason",
        "schedule" => "schedule",
        "starts_on" => "first day",
        "ends_on" => "last day",
        "if_this" | "then_that" => "plan",
        "milestones" => "steps",
        "area" => "part of life",
        "until_ms" => "time from now",
        "words" | "recovery_words" => "recovery words",
        "relay" | "url" => "relay address",
        _ => return Cow::Owned(field.replace('_', " ")),
    })
}

/// `a, b, c`.
pub fn list_of<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    words.into_iter().collect::<Vec<_>>().join(", ")
}

/// `a`, `a and b`, `a, b and c`.
pub fn and_list<S: AsRef<str>>(words: &[S]) -> String {
    match words {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", first.join(", "), last.as_ref())
        }
    }
}

/// `1st`, `2nd`, `3rd`, `4th`: enough for the words of an invitation.
pub fn ordinal(number: usize) -> String {
    match number {
        1 => "1st".to_owned(),
        2 => "2nd".to_owned(),
        3 => "3rd".to_owned(),
        other => format!("{other}th"),
    }
}

/// `1 envelope`, `2 envelopes`.
pub fn count(number: u64, one: &str) -> String {
    if number == 1 {
        format!("1 {one}")
    } else {
        format!("{number} {one}s")
    }
}

/// `512 B`, `3.4 KB`, `1.2 MB`.
pub fn size(bytes: u64) -> String {
    let tenths = |unit: u64| {
        let tenths = bytes.saturating_mul(10) / unit;
        format!("{}.{}", tenths / 10, tenths % 10)
    };
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} KB", tenths(1_000)),
        _ => format!("{} MB", tenths(1_000_000)),
    }
}

/// Text that someone wrote, made safe for a terminal: what would move the cursor, change colours, ring
/// or turn the direction of reading is shown as `\u{fffd}`. Line breaks and tabs stay.
pub fn shown(text: &str) -> Cow<'_, str> {
    if text.chars().any(is_unsafe) {
        Cow::Owned(
            text.chars()
                .map(|c| if is_unsafe(c) { '\u{fffd}' } else { c })
                .collect(),
        )
    } else {
        Cow::Borrowed(text)
    }
}

/// The same for a text that must stay in one line.
pub fn shown_line(text: &str) -> String {
    shown(text).replace(['\n', '\t'], " ")
}

/// How a partner is called here: their name, or what they are while they have not said one.
pub fn partner_name(name: &str) -> String {
    if name.trim().is_empty() {
        "your partner".to_owned()
    } else {
        shown_line(name)
    }
}

fn is_unsafe(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_partner_writes_cannot_steer_the_terminal() {
        assert_eq!(
            shown("a\u{1b}[2Jb\u{9b}1m\r\u{7}"),
            "a\u{fffd}[2Jb\u{fffd}1m\u{fffd}\u{fffd}"
        );
        assert_eq!(shown("x\u{202e}gnol"), "x\u{fffd}gnol");
        assert_eq!(shown("12\u{61c}-3"), "12\u{fffd}-3");
        assert_eq!(shown("Grüße, 你好\n\tund so"), "Grüße, 你好\n\tund so");
        assert_eq!(shown_line("two\nlines"), "two lines");
    }

    #[test]
    fn numbers_and_lists_read_like_language() {
        assert_eq!(count(1, "envelope"), "1 envelope");
        assert_eq!(count(0, "envelope"), "0 envelopes");
        assert_eq!(
            (size(999), size(3_450), size(2_000_000)),
            ("999 B".into(), "3.4 KB".into(), "2.0 MB".into())
        );
        assert_eq!(and_list(&["a", "b", "c"]), "a, b and c");
        assert_eq!(and_list(&["a"]), "a");
    }
}
