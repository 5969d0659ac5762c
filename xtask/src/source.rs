//! Just enough understanding of Rust source to search it without being fooled by comments, strings and test modules.
//! A full parser would see less: the bodies of `proptest!` are not Rust items.

use std::ops::Range;

/// A stretch of source that is not code.
#[derive(Debug, PartialEq, Eq)]
enum Quiet {
    Comment(Range<usize>),
    /// Without the quotes.
    Literal(Range<usize>),
}

/// A function that the test runner would run.
#[derive(Debug, PartialEq, Eq)]
pub struct TestFunction {
    pub name: String,
    /// Marked `#[ignore]`: it exists and proves nothing.
    pub ignored: bool,
}

/// The source with comments and the insides of literals replaced by spaces. Length and line breaks stay.
pub fn masked(source: &str) -> String {
    let mut bytes = source.as_bytes().to_vec();
    for quiet in quiet_parts(source) {
        let (Quiet::Comment(range) | Quiet::Literal(range)) = quiet;
        for byte in &mut bytes[range] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
    }
    // Whole literals and comments are blanked, so no character is cut in half.
    String::from_utf8(bytes).unwrap_or_default()
}

/// All string and character literals in order, as written between their quotes.
pub fn literals(source: &str) -> Vec<(usize, &str)> {
    quiet_parts(source)
        .into_iter()
        .filter_map(|quiet| match quiet {
            Quiet::Literal(range) => Some((range.start, &source[range])),
            Quiet::Comment(_) => None,
        })
        .collect()
}

/// Masked source with every `#[cfg(test)]` item blanked too, and the names of test modules that stand in files of their own.
pub fn without_tests(source: &str) -> (String, Vec<String>) {
    let mut bytes = masked(source).into_bytes();
    let mut elsewhere = Vec::new();
    let mut from = 0;
    while let Some(start) = find(&bytes, b"#[cfg(test)]", from) {
        let end = end_of_item(&bytes, start);
        let item = String::from_utf8_lossy(&bytes[start..end]).into_owned();
        if item.ends_with(';')
            && let Some((_, rest)) = item.split_once("mod ")
        {
            elsewhere.push(rest.trim_end_matches(';').trim().to_owned());
        }
        for byte in &mut bytes[start..end] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
        from = end;
    }
    (String::from_utf8(bytes).unwrap_or_default(), elsewhere)
}

/// Every function with an attribute whose last segment is `test`: `#[test]`, `#[tokio::test]`, also inside `proptest!`.
pub fn test_functions(source: &str) -> Vec<TestFunction> {
    let code = masked(source);
    let mut found = Vec::new();
    for (at, _) in words(&code).filter(|(_, word)| *word == "fn") {
        let Some(name) = code[at + 2..]
            .split(|c: char| !is_word(c) && !c.is_whitespace())
            .next()
            .map(str::trim)
            .filter(|name| !name.is_empty())
        else {
            continue;
        };
        let attributes = attributes_before(&code[..at]);
        let has = |wanted: &str| {
            attributes
                .iter()
                .any(|path| path.rsplit("::").next() == Some(wanted))
        };
        if has("test") {
            found.push(TestFunction {
                name: name.to_owned(),
                ignored: has("ignore"),
            });
        }
    }
    found
}

/// Identifiers and keywords with their offsets.
pub fn words(code: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let start = rest + code[rest..].find(is_word)?;
        let length = code[start..]
            .find(|c| !is_word(c))
            .unwrap_or(code.len() - start);
        rest = start + length;
        Some((start, &code[start..rest]))
    })
}

/// The line number, from 1, of an offset.
pub fn line_of(source: &str, offset: usize) -> usize {
    source[..offset].matches('\n').count() + 1
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn find(haystack: &[u8], needle: &[u8], from: usize) -> Option<usize> {
    haystack
        .get(from..)?
        .windows(needle.len())
        .position(|window| window == needle)
        .map(|at| from + at)
}

/// The end of the item whose first attribute starts at `start`: after its `;` or its closing brace.
fn end_of_item(code: &[u8], start: usize) -> usize {
    let (mut brackets, mut braces) = (0_usize, 0_usize);
    for (at, byte) in code.iter().enumerate().skip(start) {
        match byte {
            b'[' | b'(' => brackets += 1,
            b']' | b')' => brackets = brackets.saturating_sub(1),
            b'{' => braces += 1,
            b'}' => {
                braces = braces.saturating_sub(1);
                if braces == 0 {
                    return at + 1;
                }
            }
            b';' if brackets == 0 && braces == 0 => return at + 1,
            _ => {}
        }
    }
    code.len()
}

/// The paths of the attributes that end right before a function's `fn`, nearest first.
fn attributes_before(code: &str) -> Vec<&str> {
    const QUALIFIERS: [&str; 5] = ["async", "pub", "const", "unsafe", "extern"];
    let mut paths = Vec::new();
    let mut rest = code.trim_end();
    loop {
        if let Some(word) = QUALIFIERS.iter().find(|word| {
            rest.ends_with(**word) && !rest[..rest.len() - word.len()].ends_with(is_word)
        }) {
            rest = rest[..rest.len() - word.len()].trim_end();
        } else if let Some(before) = rest
            .strip_suffix(')')
            .and_then(|inner| inner.rsplit_once('('))
            .map(|(before, _)| before.trim_end())
            .filter(|before| before.ends_with("pub"))
        {
            rest = before;
        } else if rest.ends_with(']') {
            let Some(open) = matching_open(rest) else {
                break;
            };
            let inside = &rest[open + 1..rest.len() - 1];
            let path = inside.split(['(', '=']).next().unwrap_or_default().trim();
            paths.push(path);
            let Some(before) = rest[..open].strip_suffix('#') else {
                break;
            };
            rest = before.trim_end();
        } else {
            break;
        }
    }
    paths
}

/// The offset of the `[` that the last byte closes.
fn matching_open(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate().rev() {
        match byte {
            b']' => depth += 1,
            b'[' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

fn quiet_parts(source: &str) -> Vec<Quiet> {
    let bytes = source.as_bytes();
    let mut parts = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let end = match bytes[at] {
            b'/' if bytes.get(at + 1) == Some(&b'/') => {
                let end = find(bytes, b"\n", at).unwrap_or(bytes.len());
                parts.push(Quiet::Comment(at..end));
                end
            }
            b'/' if bytes.get(at + 1) == Some(&b'*') => {
                let end = end_of_block_comment(bytes, at);
                parts.push(Quiet::Comment(at..end));
                end
            }
            b'"' => {
                let end = end_of_string(bytes, at + 1, b'"');
                parts.push(Quiet::Literal(at + 1..end));
                end + 1
            }
            b'r' if starts_raw_string(bytes, at) => {
                let hashes = bytes[at + 1..].iter().take_while(|b| **b == b'#').count();
                let start = at + 1 + hashes + 1;
                let mut closing = vec![b'"'];
                closing.resize(1 + hashes, b'#');
                let end = find(bytes, &closing, start).unwrap_or(bytes.len());
                parts.push(Quiet::Literal(start..end));
                end + closing.len()
            }
            b'\'' if starts_character(source, at) => {
                let end = end_of_string(bytes, at + 1, b'\'');
                parts.push(Quiet::Literal(at + 1..end));
                end + 1
            }
            _ => at + 1,
        };
        at = end;
    }
    parts
}

fn end_of_block_comment(bytes: &[u8], start: usize) -> usize {
    let mut depth = 0_usize;
    let mut at = start;
    while at + 1 < bytes.len() {
        match &bytes[at..at + 2] {
            b"/*" => {
                depth += 1;
                at += 2;
            }
            b"*/" => {
                depth -= 1;
                at += 2;
                if depth == 0 {
                    return at;
                }
            }
            _ => at += 1,
        }
    }
    bytes.len()
}

/// The offset of the closing quote, or the end of the source.
fn end_of_string(bytes: &[u8], from: usize, quote: u8) -> usize {
    let mut at = from;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            byte if byte == quote => return at,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// Whether the `r` at `at` opens a raw string: not the end of a name, and followed by hashes and a quote.
fn starts_raw_string(bytes: &[u8], at: usize) -> bool {
    let mut before = at;
    if before > 0 && matches!(bytes[before - 1], b'b' | b'c') {
        before -= 1;
    }
    if before > 0 && (bytes[before - 1].is_ascii_alphanumeric() || bytes[before - 1] == b'_') {
        return false;
    }
    let hashes = bytes[at + 1..].iter().take_while(|b| **b == b'#').count();
    bytes.get(at + 1 + hashes) == Some(&b'"')
}

/// Whether the quote at `at` opens a character and not a lifetime.
fn starts_character(source: &str, at: usize) -> bool {
    let mut following = source[at + 1..].chars();
    match following.next() {
        Some('\\') => true,
        Some(_) => following.next() == Some('\''),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::panic,
        reason = "a test may stop at the first surprise"
    )]

    use super::*;

    #[test]
    fn comments_and_literals_are_blanked_and_code_stays() {
        let source = "let a = \"std::fs\"; // std::net\nlet b: &'a str = r#\"x \" y\"#; /* a /* b */ c */ let c = '\\'';";
        let code = masked(source);
        assert_eq!(code.len(), source.len());
        assert!(!code.contains("std"));
        assert!(!code.contains('x') && !code.contains('y'));
        assert!(code.contains("let b: &'a str"));
        assert!(code.contains("let c ="));
    }

    #[test]
    fn a_quote_inside_a_character_does_not_open_a_string() {
        assert!(masked("f('\"'); SystemTime").contains("SystemTime"));
        assert!(masked("fn f<'a>(x: &'a str) { getrandom }").contains("getrandom"));
    }

    #[test]
    fn raw_identifiers_are_not_raw_strings() {
        assert!(masked("let r#fn = 1; thing").contains("thing"));
        assert!(!masked("let x = br##\"a\"# b\"##; thing").contains("a\"#"));
    }

    #[test]
    fn test_modules_are_left_out_and_those_in_other_files_named() {
        let source = "fn a() {}\n#[cfg(test)]\nmod tests { fn x() { std::fs::read(\"}\"); } }\nfn b() {}\n#[cfg(test)]\nmod support;\nfn c() {}";
        let (code, elsewhere) = without_tests(source);
        assert!(code.contains("fn a") && code.contains("fn b") && code.contains("fn c"));
        assert!(!code.contains("std::fs"));
        assert_eq!(elsewhere, ["support"]);
    }

    #[test]
    fn a_test_function_is_known_by_its_attribute() {
        let source = "
            #[test]
            fn plain() {}
            #[tokio::test(flavor = \"multi_thread\")]
            async fn driven() {}
            proptest! { #![proptest_config(x)] #[test] fn property(a in 0..3_u8) {} }
            #[test]
            #[ignore = \"slow\"]
            pub(crate) fn skipped() {}
            #[cfg(test)]
            fn helper() {}
            // #[test]
            fn commented() {}
        ";
        let names: Vec<_> = test_functions(source)
            .into_iter()
            .map(|test| (test.name, test.ignored))
            .collect();
        assert_eq!(
            names,
            [
                ("plain".to_owned(), false),
                ("driven".to_owned(), false),
                ("property".to_owned(), false),
                ("skipped".to_owned(), true),
            ]
        );
    }
}
