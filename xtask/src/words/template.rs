//! A text with its placeholders: `Sam sees {what}`.

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Shown as it is.
    Text(String),
    /// Filled in; the name as the source writes it.
    Hole(String),
}

/// The placeholder that counts, and so chooses a plural form.
pub const COUNT: &str = "count";

/// Names that a placeholder cannot have, because Kotlin or Swift keeps them for itself.
const KEPT: [&str; 30] = [
    "as",
    "break",
    "case",
    "class",
    "continue",
    "default",
    "defer",
    "do",
    "else",
    "false",
    "for",
    "fun",
    "func",
    "guard",
    "if",
    "import",
    "in",
    "interface",
    "is",
    "let",
    "null",
    "object",
    "return",
    "self",
    "super",
    "switch",
    "this",
    "true",
    "val",
    "when",
];

/// A text, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// In order; never two texts in a row.
    pub parts: Vec<Part>,
}

impl Template {
    /// Takes a text apart, or says what is wrong with its braces.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            if rest[at..].starts_with('}') {
                return Err("a `}` without its `{`".into());
            }
            if at > 0 {
                parts.push(Part::Text(rest[..at].into()));
            }
            let inside = &rest[at + 1..];
            let end = inside.find('}').ok_or("a `{` without its `}`")?;
            let name = &inside[..end];
            let fits = name.starts_with(|c: char| c.is_ascii_lowercase())
                && name
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
            if !fits || KEPT.contains(&name) {
                return Err(format!("`{{{name}}}` cannot name a placeholder"));
            }
            parts.push(Part::Hole(name.into()));
            rest = &inside[end + 1..];
        }
        if !rest.is_empty() {
            parts.push(Part::Text(rest.into()));
        }
        Ok(Self { parts })
    }

    /// The names of the placeholders, each once, in order of first appearance.
    pub fn holes(&self) -> Vec<&str> {
        let mut names = Vec::new();
        for part in &self.parts {
            if let Part::Hole(name) = part
                && !names.contains(&name.as_str())
            {
                names.push(name.as_str());
            }
        }
        names
    }

    /// The text with its placeholders in braces again, for comments.
    pub fn source(&self) -> String {
        self.parts
            .iter()
            .map(|part| match part {
                Part::Text(text) => text.clone(),
                Part::Hole(name) => format!("{{{name}}}"),
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_taken_apart_and_put_together_again() {
        let text = "{name} sees {what}, {name}.";
        let template = Template::parse(text);
        assert_eq!(template.as_ref().map(Template::source), Ok(text.into()));
        assert_eq!(
            template.as_ref().map(Template::holes),
            Ok(vec!["name", "what"])
        );
    }

    #[test]
    fn braces_that_do_not_match_and_names_that_a_language_keeps_are_refused() {
        for text in [
            "a { b", "a } b", "{}", "{Name}", "{1}", "{when}", "{a b}", "{a{b}}",
        ] {
            assert!(Template::parse(text).is_err(), "{text}");
        }
    }
}
