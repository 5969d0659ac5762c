//! The little of Markdown that the checks need to know.

/// Numbered lines that do not stand in a fenced block.
pub fn prose(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut fenced = false;
    text.lines().enumerate().filter_map(move |(index, line)| {
        let start = line.trim_start();
        if start.starts_with("```") || start.starts_with("~~~") {
            fenced = !fenced;
            return None;
        }
        (!fenced).then_some((index + 1, line))
    })
}

/// A line with what stands between backticks removed.
pub fn without_code(line: &str) -> String {
    line.split('`')
        .enumerate()
        .filter(|(index, _)| index % 2 == 0)
        .map(|(_, part)| part)
        .collect()
}

/// The anchors of a document's headings: lower case, spaces to hyphens, other signs dropped, repeated ones numbered.
pub fn headings(text: &str) -> Vec<String> {
    let mut anchors: Vec<String> = Vec::new();
    for (_, line) in prose(text) {
        let title = line.trim_start_matches('#');
        let level = line.len() - title.len();
        if !(1..=6).contains(&level) || !title.starts_with(' ') {
            continue;
        }
        let anchor: String = title
            .trim()
            .to_lowercase()
            .chars()
            .filter_map(|c| match c {
                ' ' => Some('-'),
                '-' | '_' => Some(c),
                _ if c.is_alphanumeric() => Some(c),
                _ => None,
            })
            .collect();
        let earlier = anchors
            .iter()
            .filter(|known| {
                **known == anchor
                    || known.strip_prefix(&anchor).is_some_and(|rest| {
                        rest.strip_prefix('-')
                            .is_some_and(|number| number.parse::<u32>().is_ok())
                    })
            })
            .count();
        anchors.push(if earlier == 0 {
            anchor
        } else {
            format!("{anchor}-{earlier}")
        });
    }
    anchors
}

/// The cells of a table row without the outer bars; nothing for a line that is no row.
pub fn cells(line: &str) -> Option<Vec<&str>> {
    let inside = line.trim().strip_prefix('|')?;
    let inside = inside.strip_suffix('|').unwrap_or(inside);
    Some(inside.split('|').map(str::trim).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_become_anchors() {
        let text = "# The House\n## What's `in` it?\n## Keys\n## Keys\n```\n# no\n```\n#hash\n";
        assert_eq!(
            headings(text),
            ["the-house", "whats-in-it", "keys", "keys-1"]
        );
    }

    #[test]
    fn a_row_gives_its_cells_and_prose_gives_none() {
        assert_eq!(cells(" | a | `b` |  | "), Some(vec!["a", "`b`", ""]));
        assert_eq!(cells("a | b"), None);
    }

    #[test]
    fn examples_in_fences_are_not_prose() {
        let lines: Vec<_> = prose("a\n```text\n| C1 |\n```\nb").collect();
        assert_eq!(lines, [(1, "a"), (5, "b")]);
    }
}
