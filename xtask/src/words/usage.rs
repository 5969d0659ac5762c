//! Which texts nobody shows: every text has a place in a shell, or it goes.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use super::catalogue::Catalogue;
use crate::{files, source};

/// Where the shells' sources lie, and what they are written in.
const SHELLS: [(&str, &str); 2] = [("android", "kt"), ("ios", "swift")];

/// The texts, as `area.key`, that no source of either shell names. Texts that can be looked up by a stable word are
/// always used.
pub fn unused(root: &Path, catalogue: &Catalogue) -> io::Result<Vec<String>> {
    let mut named = BTreeSet::new();
    for (folder, extension) in SHELLS {
        for path in files::with_extension(&root.join(folder), extension)? {
            if !files::shown(root, &path).contains("/Generated/") {
                let text = std::fs::read_to_string(&path)?;
                named.extend(source::words(&text).map(|(_, word)| word.to_owned()));
            }
        }
    }
    Ok(texts_without(catalogue, &named))
}

fn texts_without(catalogue: &Catalogue, named: &BTreeSet<String>) -> Vec<String> {
    catalogue
        .areas
        .iter()
        .flat_map(|area| area.texts.iter().map(move |text| (area, text)))
        .filter(|(area, text)| {
            let looked_up = area.lookup && text.holes.is_empty();
            !named.contains(&text.member) && !looked_up
        })
        .map(|(area, text)| format!("{}.{}", area.name, text.key))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::Findings;

    #[test]
    fn a_text_that_no_shell_names_is_found_unless_it_can_be_looked_up() {
        let source = "[a]\nen=\"a\"\nde=\"a\"\nes=\"a\"\n[b]\nen=\"b\"\nde=\"b\"\nes=\"b\"\n";
        let mut findings = Findings::default();
        let looked_up = format!("lookup = true\n{source}");
        let areas = [("x", source), ("y", looked_up.as_str())]
            .into_iter()
            .filter_map(|(name, source)| {
                super::super::read::area(name, name, source, &mut findings)
            })
            .collect();
        let named = BTreeSet::from(["xA".to_owned()]);
        assert_eq!(texts_without(&Catalogue { areas }, &named), ["x.b"]);
    }
}
