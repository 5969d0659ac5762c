//! A made-up language for finding places where a text is cut off or not translated: accents, about 40 % longer,
//! brackets at both ends.

use super::template::{Part, Template};

const OPEN: &str = "⟦";
const CLOSE: &str = "⟧";

/// Letters with accents that look like their originals.
const LETTERS: [(char, char); 20] = [
    ('a', 'á'),
    ('c', 'ç'),
    ('e', 'é'),
    ('g', 'ğ'),
    ('i', 'ï'),
    ('n', 'ñ'),
    ('o', 'ö'),
    ('s', 'š'),
    ('u', 'ü'),
    ('y', 'ÿ'),
    ('z', 'ž'),
    ('A', 'Å'),
    ('C', 'Ç'),
    ('E', 'É'),
    ('I', 'Î'),
    ('N', 'Ñ'),
    ('O', 'Ø'),
    ('S', 'Š'),
    ('U', 'Û'),
    ('Y', 'Ý'),
];

/// The made-up form of an English text; its placeholders stay.
pub fn pseudo(template: &Template) -> Template {
    let letters: usize = template
        .parts
        .iter()
        .map(|part| match part {
            Part::Text(text) => text.chars().count(),
            Part::Hole(_) => 0,
        })
        .sum();
    let mut parts = vec![Part::Text(OPEN.into())];
    for part in &template.parts {
        parts.push(match part {
            Part::Text(text) => Part::Text(text.chars().map(accented).collect()),
            Part::Hole(name) => Part::Hole(name.clone()),
        });
    }
    // A word that can wrap, as a longer language has longer words and more of them.
    let more: String = "~ "
        .chars()
        .chain("lorem ipsum ".chars().cycle())
        .take((letters * 2).div_ceil(5))
        .collect();
    parts.push(Part::Text(format!("{}{CLOSE}", more.trim_end())));
    Template {
        parts: joined(parts),
    }
}

fn joined(parts: Vec<Part>) -> Vec<Part> {
    let mut made: Vec<Part> = Vec::new();
    for part in parts {
        match (made.last_mut(), part) {
            (Some(Part::Text(before)), Part::Text(text)) => before.push_str(&text),
            (_, part) => made.push(part),
        }
    }
    made
}

fn accented(letter: char) -> char {
    LETTERS
        .into_iter()
        .find(|(plain, _)| *plain == letter)
        .map_or(letter, |(_, accented)| accented)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_made_up_text_is_longer_bracketed_and_keeps_its_placeholders() {
        let english = "Goes to {name} when there is a connection.";
        let made = Template::parse(english).map(|template| pseudo(&template));
        let source = made.map(|made| made.source()).unwrap_or_default();
        assert!(
            source.starts_with("⟦Göéš tö {name} whéñ") && source.ends_with('⟧'),
            "{source}"
        );
        let longer = source.chars().count() as f64 / english.chars().count() as f64;
        assert!((1.3..1.6).contains(&longer), "{longer}");
    }
}
