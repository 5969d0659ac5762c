//! The core's own texts speak as the shells' do: `core/library/data` is read here for its manner, as `words/` is.

use std::path::Path;

use serde_json::Value;

use super::language::Language;
use super::style;
use crate::files;
use crate::findings::Findings;

const FOLDER: &str = "core/library/data";

/// Looks at every text of every language's folder.
pub fn check(root: &Path) -> Findings {
    let mut findings = Findings::default();
    let mut count = 0;
    for language in Language::ALL {
        let folder = root.join(FOLDER).join(language.tag());
        let listed = match files::with_extension(&folder, "json") {
            Ok(listed) => listed,
            Err(error) => {
                findings.problem(format!("{FOLDER}/{}: {error}", language.tag()));
                continue;
            }
        };
        for path in listed {
            let shown = files::shown(root, &path);
            let read = std::fs::read_to_string(&path).map_err(|error| error.to_string());
            let read = read.and_then(|text| {
                serde_json::from_str::<Value>(&text).map_err(|error| error.to_string())
            });
            match read {
                Ok(value) => {
                    for text in texts(&value) {
                        count += 1;
                        for fault in style::faults(language, text) {
                            findings.problem(format!("{shown}: “{text}”: {fault}"));
                        }
                    }
                }
                Err(error) => findings.problem(format!("{shown}: {error}")),
            }
        }
    }
    findings.note(format!("{count} texts of the core's library"));
    findings
}

/// Everything that is text, except what names a language, a field or an id.
fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(values) => values.iter().flat_map(texts).collect(),
        Value::Object(members) => members
            .iter()
            .filter(|(key, _)| !matches!(key.as_str(), "language" | "field" | "reviewed"))
            .flat_map(|(_, value)| texts(value))
            .collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::workspace_root;

    #[test]
    fn the_built_in_texts_speak_as_belay_does() {
        let root = workspace_root().expect("tests run inside the workspace");
        assert_eq!(check(&root).problems, Vec::<String>::new());
    }

    #[test]
    fn texts_are_found_wherever_they_stand_and_ids_are_none() {
        let value = serde_json::json!({
            "version": 1, "language": "en", "texts": { "a": { "say": ["One", "Two"], "field": "mood" } }
        });
        assert_eq!(texts(&value), ["One", "Two"]);
    }
}
