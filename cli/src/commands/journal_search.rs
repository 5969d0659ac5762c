//! `belay journal search`: entries by words, tags, moods, goals and days (product id J2).

use belay_engine::Engine;
use belay_engine::model::Snippet;

use crate::draw::{draw_entry_line, draw_snippet};
use crate::error::Result;
use crate::screen::Screen;

/// Shows what was found, newest first.
pub fn search(
    question: &[String],
    limit: usize,
    engine: &Engine,
    screen: &mut Screen,
) -> Result<()> {
    let page = engine.search(&asked(question), None, Some(limit))?;
    let today = engine.today_on()?;
    screen.show(&page, |screen, page| {
        if page.found.is_empty() {
            screen.line("Nothing found. Fewer words, or the beginning of one, find more.");
        }
        for found in &page.found {
            draw_entry_line(screen, None, &found.entry, today);
            if found.snippet != Snippet::default() {
                draw_snippet(screen, &found.snippet);
            }
        }
        if page.next.is_some() {
            screen.quiet("There is more: --limit shows more of it, another word finds less.");
        }
    });
    Ok(())
}

/// The question as it would be typed in one piece: the shell took the quotation marks of a phrase away.
fn asked(question: &[String]) -> String {
    if let [one] = question {
        return one.clone();
    }
    let quoted = |word: &String| {
        let whole = word.contains(char::is_whitespace) && !word.contains('"');
        match word.split_once(':').filter(|_| whole) {
            Some((key, value)) if !key.contains(char::is_whitespace) => {
                format!("{key}:\"{value}\"")
            }
            _ if whole => format!("\"{word}\""),
            _ => word.clone(),
        }
    };
    let words: Vec<String> = question.iter().map(quoted).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_phrase_stays_a_phrase_after_the_shell_took_its_marks() {
        let asked = |words: &[&str]| {
            let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            super::asked(&words)
        };
        assert_eq!(asked(&["walk", "by the sea"]), "walk \"by the sea\"");
        assert_eq!(
            asked(&["tag:deep sleep", "-rain"]),
            "tag:\"deep sleep\" -rain"
        );
        assert_eq!(asked(&["walk \"by the sea\""]), "walk \"by the sea\"");
    }
}
