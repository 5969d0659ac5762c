//! What a telephone dials of a number as people write it.

/// The characters to dial: digits, `*`, `#` and a leading `+` as they stand, without spaces, hyphens, dots,
/// slashes and brackets, up to the first comma (what follows is said or pressed later). `None` where anything
/// else stands there. Nothing is added, and no rule of a country is asked: a short number stays one.
#[must_use]
pub fn dial(written: &str) -> Option<String> {
    let number = written.split(',').next()?.trim();
    let (plus, rest) = match number.strip_prefix('+') {
        Some(rest) => ("+", rest),
        None => ("", number),
    };
    let rest: String = rest
        .chars()
        .filter(|c| !matches!(c, ' ' | '\u{a0}' | '-' | '.' | '/' | '(' | ')'))
        .collect();
    let dialled = !rest.is_empty()
        && rest
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'*' || byte == b'#');
    dialled.then(|| format!("{plus}{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_dialled_is_the_number_as_written_and_nothing_is_put_before_it() {
        for (written, expected) in [
            ("116 123", "116123"),
            ("*4141", "*4141"),
            ("0800-013-999", "0800013999"),
            ("(246) 429-9999", "2464299999"),
            ("988, then press 1", "988"),
            ("000", "000"),
            ("1018", "1018"),
            ("+44 7700 900123", "+447700900123"),
            ("030 / 123.45", "03012345"),
        ] {
            assert_eq!(dial(written).as_deref(), Some(expected), "{written}");
        }
        for none in ["", "+", ",", "WhatsApp 300", "call us", "1+2", "tel:1"] {
            assert_eq!(dial(none), None, "{none}");
        }
    }
}
