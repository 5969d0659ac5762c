//! How Belay speaks (docs/words.md): words it never says, and typography that each language asks for.

use super::language::Language;

/// Parts of words that blame, frighten or talk shop, lower case. A trailing `*` stands for any ending.
fn never(language: Language) -> &'static [&'static str] {
    match language {
        Language::English => &[
            "failed",
            "failure*",
            "fails",
            "missed",
            "broke",
            "lost your streak",
            "user*",
            "sync error*",
            "invalid",
            "illegal",
            "fatal",
            "oops",
        ],
        Language::German => &[
            "fehlgeschlagen*",
            "gescheitert",
            "versagt",
            "verpasst*",
            "ungültig*",
            "nutzer*",
            "benutzer*",
            "synchronisierungsfehler",
            "synchronisationsfehler",
            "serie gerissen",
            "unzulässig*",
        ],
        Language::Spanish => &[
            "falló",
            "fallado",
            "fallido*",
            "fracas*",
            "inválid*",
            "no válid*",
            "usuari*",
            "perdiste",
            "tu racha",
            "error de sincronización",
            "usted",
            "ustedes",
        ],
    }
}

/// What is wrong with a text, in words.
pub fn faults(language: Language, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    if text.trim() != text || text.is_empty() {
        found.push("empty, or space at an end".into());
    }
    for (sign, instead) in [
        ("  ", "one space"),
        ("...", "…"),
        (" - ", " – "),
        ("--", "–"),
        ("\"", "“ ”, „ “ or « »"),
        ("'", "’"),
        ("\t", "a space"),
        ("!!", "calm"),
    ] {
        if text.contains(sign) {
            found.push(format!("`{sign}` where typography wants {instead}"));
        }
    }
    match language {
        Language::Spanish => {
            for (end, start) in [('?', '¿'), ('!', '¡')] {
                if text.matches(end).count() != text.matches(start).count() {
                    found.push(format!("`{end}` without its `{start}`"));
                }
            }
        }
        Language::German => {
            if text.contains('”') || (text.contains('“') && !text.contains('„')) {
                found.push("German quotes are „ and “".into());
            }
            if is_formal(text) {
                found.push("speaks with Sie; Belay says du".into());
            }
        }
        Language::English => {}
    }
    let plain = text.to_lowercase();
    found.extend(
        never(language)
            .iter()
            .filter(|word| says(&plain, word))
            .map(|word| format!("says `{word}`, which Belay never does")),
    );
    found
}

/// Whether a text says a word or phrase from its first letter to the end of a word.
fn says(text: &str, wanted: &str) -> bool {
    let (wanted, open) = wanted
        .strip_suffix('*')
        .map_or((wanted, false), |wanted| (wanted, true));
    text.match_indices(wanted).any(|(at, found)| {
        let before = text[..at].chars().next_back();
        let after = text[at + found.len()..].chars().next();
        !before.is_some_and(char::is_alphabetic)
            && (open || !after.is_some_and(char::is_alphabetic))
    })
}

/// `Sie`, `Ihnen`, `Ihr`.. in the middle of a sentence are the formal address; at its start they may be "they".
fn is_formal(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.windows(2).any(|pair| {
        let goes_on = !pair[0].ends_with(['.', '?', '!', ':', '„', '–', '…', '“']);
        let word = pair[1].trim_matches(|c: char| !c.is_alphabetic());
        goes_on
            && matches!(
                word,
                "Sie" | "Ihnen" | "Ihr" | "Ihre" | "Ihren" | "Ihrem" | "Ihrer"
            )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_blame_or_talk_shop_are_found() {
        for (language, text) in [
            (Language::English, "Sync failed"),
            (Language::English, "You lost your streak."),
            (Language::English, "Every USER"),
            (Language::German, "Das ist fehlgeschlagen."),
            (Language::German, "Damit Sie schreiben können"),
            (Language::Spanish, "El usuario"),
            (Language::Spanish, "Clave inválida"),
        ] {
            assert_eq!(faults(language, text).len(), 1, "{text}");
        }
    }

    #[test]
    fn careless_typography_is_found() {
        for (language, text) in [
            (Language::English, "Don't"),
            (Language::English, "Wait..."),
            (Language::English, "now - or later"),
            (Language::English, "\"yes\""),
            (Language::English, "ends with space "),
            (Language::German, "Das heißt “ja”."),
            (Language::Spanish, "Buenas noches?"),
        ] {
            assert_eq!(faults(language, text).len(), 1, "{text}");
        }
    }

    #[test]
    fn careful_texts_pass() {
        for (language, text) in [
            (Language::English, "Evening. Sixty seconds?"),
            (
                Language::English,
                "What you used and what helped – without hurry…",
            ),
            (Language::German, "Du hast „ja“ gesagt. Sie sehen es nicht."),
            (Language::Spanish, "Buenas noches. ¿Sesenta segundos?"),
        ] {
            assert_eq!(faults(language, text), Vec::<String>::new(), "{text}");
        }
    }
}
