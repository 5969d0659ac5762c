//! Every text and name that somebody in the story typed, and the forms in which it could hide in a file.

use std::collections::BTreeSet;

use belay_engine::NewCheckIn;
use data_encoding::{BASE64_NOPAD, BASE64URL_NOPAD, HEXLOWER, HEXUPPER};

/// Words shorter than this turn up in random bytes by chance.
pub const WORD_MIN: usize = 6;

/// What was typed.
#[derive(Debug, Default)]
pub struct Typed {
    texts: BTreeSet<String>,
}

impl Typed {
    /// A text.
    pub fn add(&mut self, text: &str) {
        self.texts.insert(text.to_owned());
    }

    /// A text, if there is one.
    pub fn add_maybe(&mut self, text: Option<&str>) {
        if let Some(text) = text {
            self.add(text);
        }
    }

    /// Every text of a check-in.
    pub fn add_check_in(&mut self, new: &NewCheckIn) {
        for text in [&new.win, &new.struggle, &new.plan, &new.note] {
            self.add_maybe(text.as_deref());
        }
        for outcome in &new.outcomes {
            self.add_maybe(outcome.note.as_deref());
            self.add_maybe(outcome.reason.as_deref());
        }
    }

    /// The texts.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.texts.iter().map(String::as_str)
    }

    /// Whole texts, and each word of theirs of [`WORD_MIN`] letters or more.
    pub fn words(&self) -> BTreeSet<String> {
        let parts = self.texts().flat_map(|text| {
            text.split(|c: char| !c.is_alphanumeric())
                .filter(|word| word.chars().count() >= WORD_MIN)
                .map(str::to_owned)
        });
        let whole = self.texts().filter(|text| text.len() >= WORD_MIN);
        whole.map(str::to_owned).chain(parts).collect()
    }
}

/// A way to write text as bytes.
pub type Encoding = (&'static str, fn(&str) -> Vec<u8>);

/// Ways in which a whole text could stand in a file.
pub const ENCODINGS: [Encoding; 8] = [
    ("UTF-8", |text| text.as_bytes().to_vec()),
    ("UTF-16, little end first", |text| {
        utf16(text, u16::to_le_bytes)
    }),
    ("UTF-16, big end first", |text| {
        utf16(text, u16::to_be_bytes)
    }),
    ("base64", |text| {
        BASE64_NOPAD.encode(text.as_bytes()).into_bytes()
    }),
    ("base64, one byte later", |text| {
        BASE64_NOPAD
            .encode(format!(".{text}").as_bytes())
            .into_bytes()
    }),
    ("base64, two bytes later", |text| {
        BASE64URL_NOPAD
            .encode(format!("..{text}").as_bytes())
            .into_bytes()
    }),
    ("hexadecimal", |text| {
        HEXLOWER.encode(text.as_bytes()).into_bytes()
    }),
    ("hexadecimal in capitals", |text| {
        HEXUPPER.encode(text.as_bytes()).into_bytes()
    }),
];

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

/// The bytes a word leaves wherever it stands inside a longer text, for each way of writing it.
pub fn traces(word: &str) -> BTreeSet<Vec<u8>> {
    let mut traces = BTreeSet::new();
    for word in [word.to_owned(), word.to_lowercase()] {
        let bytes = word.as_bytes();
        traces.extend([
            bytes.to_vec(),
            utf16(&word, u16::to_le_bytes),
            utf16(&word, u16::to_be_bytes),
            HEXLOWER.encode(bytes).into_bytes(),
            HEXUPPER.encode(bytes).into_bytes(),
        ]);
        for before in 0..3 {
            traces.insert(base64_inside(bytes, before, &BASE64_NOPAD));
            traces.insert(base64_inside(bytes, before, &BASE64URL_NOPAD));
        }
    }
    traces
}

/// The base64 letters that depend on the word alone when `before` bytes (of three) stand before it.
fn base64_inside(word: &[u8], before: usize, base64: &data_encoding::Encoding) -> Vec<u8> {
    let mut bytes = vec![0; before];
    bytes.extend_from_slice(word);
    let letters = base64.encode(&bytes).into_bytes();
    let first = (before * 8).div_ceil(6);
    let end = bytes.len() * 8 / 6;
    letters[first..end].to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_leaves_its_trace_in_every_way_of_writing_the_text_around_it() {
        for (before, after) in [("", ""), ("x", "yz"), ("xy", "z"), ("Ä", "ß")] {
            for word in ["Marisol", "grandmother", "Füße ab"] {
                let text = format!("{before}{word}{after}");
                for (name, encode) in ENCODINGS {
                    let whole = encode(&text);
                    let found = traces(word)
                        .iter()
                        .any(|trace| whole.windows(trace.len()).any(|part| part == trace));
                    assert!(found, "{word} in {text} as {name}");
                }
            }
        }
    }
}
