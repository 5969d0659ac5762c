//! One spelling for words that people take as the same: case, accents and width do not matter (J2).

use unicode_normalization::UnicodeNormalization;

/// Folds a piece of text for comparing: compatibility forms made plain, accents of alphabets and the vowel points
/// of Arabic and Hebrew left out, lower case. Marks that are letters of their own, as in Indic scripts or the
/// Japanese voicing marks, stay. Folding twice changes nothing.
pub(super) fn fold(text: &str) -> String {
    if text.is_ascii() {
        // Most words of many languages: nothing to compose, and no accents.
        return text.to_ascii_lowercase();
    }
    fold_any(text)
}

fn fold_any(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_accent(*c)) {
        for lower in c.to_lowercase().filter(|c| !is_accent(*c)) {
            match lower {
                'ß' => folded.push_str("ss"),
                'ς' => folded.push('σ'),
                'ı' => folded.push('i'),
                'æ' => folded.push_str("ae"),
                'œ' => folded.push_str("oe"),
                'ø' => folded.push('o'),
                'ł' => folded.push('l'),
                'đ' => folded.push('d'),
                _ => folded.push(lower),
            }
        }
    }
    folded.nfc().collect()
}

/// Marks that are written above or below a letter and are often left out when typing.
const fn is_accent(c: char) -> bool {
    matches!(c,
        '\u{0300}'..='\u{036f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}'
        // Hebrew points, Arabic vowel signs and the stretching line.
        | '\u{0591}'..='\u{05c7}' | '\u{064b}'..='\u{065f}' | '\u{0670}' | '\u{0640}'
        // Variation selectors and joiners that nobody sees.
        | '\u{fe00}'..='\u{fe0f}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{00ad}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_people_take_as_one_word_folds_to_one() {
        for (typed, folded) in [
            ("Café", "cafe"),
            ("CAFE\u{301}", "cafe"),
            ("Straße", "strasse"),
            ("ΌΛΟΣ", "ολοσ"),
            ("İstanbul", "istanbul"),
            ("Ｆｕｌｌ", "full"),
            ("ｶﾞﾗｽ", "ガラス"),
            ("Łódź", "lodz"),
            ("סֵפֶר", "ספר"),
            ("كِتَاب", "كتاب"),
            ("हिन्दी", "हिन्दी"),
            ("한국", "한국"),
            ("zero\u{200b}width", "zerowidth"),
        ] {
            assert_eq!(fold(typed), folded, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn plain_words_fold_as_all_others_do(text in "[ -~\\t\\r\\n]{0,40}") {
            prop_assert_eq!(fold(&text), fold_any(&text));
        }

        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,40}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
