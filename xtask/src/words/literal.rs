//! String literals of Kotlin and Swift: whatever a text holds, the program shows exactly that.

/// A character that must not stand in a source file as itself: it breaks a line, hides, or turns the direction of the
/// code around it.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(
            c,
            '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{a0}' | '\u{ad}' | '\u{202f}'
        )
}

/// The inside of a Kotlin string literal.
pub fn kotlin(text: &str) -> String {
    let mut made = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' | '\\' | '$' => made.extend(['\\', c]),
            '\n' => made.push_str("\\n"),
            _ if is_hidden(c) => made.push_str(&format!("\\u{:04x}", u32::from(c))),
            _ => made.push(c),
        }
    }
    made
}

/// The inside of a Swift string literal.
pub fn swift(text: &str) -> String {
    let mut made = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' | '\\' => made.extend(['\\', c]),
            '\n' => made.push_str("\\n"),
            _ if is_hidden(c) => made.push_str(&format!("\\u{{{:x}}}", u32::from(c))),
            _ => made.push(c),
        }
    }
    made
}

/// A text as one line of a comment that it cannot end.
pub fn comment(text: &str) -> String {
    text.replace("*/", "* /")
        .replace("/*", "/ *")
        .chars()
        .map(|c| if c == '\n' || is_hidden(c) { ' ' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Reads a literal as the language does; `None` where the language would not.
    fn read(literal: &str, escapes: &str, braces: bool) -> Option<String> {
        let mut made = String::new();
        let mut rest = literal.chars();
        while let Some(c) = rest.next() {
            match c {
                '"' | '\n' | '\r' => return None,
                '$' if !braces => return None,
                '\\' => match rest.next()? {
                    'n' => made.push('\n'),
                    'u' if braces => {
                        let digits: String =
                            rest.by_ref().skip(1).take_while(|c| *c != '}').collect();
                        made.push(char::from_u32(u32::from_str_radix(&digits, 16).ok()?)?);
                    }
                    'u' => {
                        let digits: String = rest.by_ref().take(4).collect();
                        made.push(char::from_u32(u32::from_str_radix(&digits, 16).ok()?)?);
                    }
                    other if escapes.contains(other) => made.push(other),
                    _ => return None,
                },
                _ => made.push(c),
            }
        }
        Some(made)
    }

    proptest! {
        #[test]
        fn any_text_survives_into_both_languages(
            text in r#"([a-z"'$\\{}()\n\r\t\u{0}ñß]|\PC|[\u{202a}-\u{202e}\u{2066}-\u{2069}\u{5d0}-\u{5d5}\u{1f600}]){0,40}"#
        ) {
            prop_assert_eq!(read(&kotlin(&text), "\"\\$", false), Some(text.clone()));
            prop_assert_eq!(read(&swift(&text), "\"\\", true), Some(text.clone()));
        }

        #[test]
        fn no_text_ends_a_comment(text in r"[*/ a\n\r]{0,20}") {
            let comment = comment(&text);
            prop_assert!(!comment.contains("*/") && !comment.contains('\n') && !comment.contains('\r'));
        }
    }

    #[test]
    fn templates_of_either_language_stay_text() {
        assert_eq!(kotlin("$a ${b} \\"), "\\$a \\${b} \\\\");
        assert_eq!(swift("\\(a) \""), "\\\\(a) \\\"");
        assert_eq!(
            (kotlin("\u{202e}"), swift("\u{202e}")),
            ("\\u202e".into(), "\\u{202e}".into())
        );
    }
}
