//! The relay's OpenAPI document, compared with what was seen on the wire.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use std::collections::BTreeSet;

use serde_json::Value;

/// Method, path as the document writes it, status, and the code of a problem.
pub type Witness = (String, String, u16, String);

/// What stands for a path the document does not have.
pub const NOWHERE: &str = "(no such path)";

/// The document a relay serves.
pub struct Document(pub Value);

impl Document {
    /// Every answer it promises.
    pub fn promised(&self) -> BTreeSet<Witness> {
        let mut promised = BTreeSet::new();
        for (path, operations) in self.0["paths"].as_object().unwrap() {
            for (method, operation) in operations.as_object().unwrap() {
                for (status, answer) in operation["responses"].as_object().unwrap() {
                    let problem = &answer["content"]["application/problem+json"]["schema"];
                    let codes = problem["allOf"][1]["properties"]["code"]["enum"].as_array();
                    let codes = codes.map_or_else(
                        || vec![String::new()],
                        |codes| {
                            codes
                                .iter()
                                .map(|code| code.as_str().unwrap().to_owned())
                                .collect()
                        },
                    );
                    for code in codes {
                        let status = status.parse().unwrap();
                        promised.insert((method.to_uppercase(), path.clone(), status, code));
                    }
                }
            }
        }
        promised
    }

    /// The methods it names for each path.
    pub fn methods(&self) -> Vec<(String, Vec<String>)> {
        let paths = self.0["paths"].as_object().unwrap().iter();
        let methods = |operations: &Value| {
            let names = operations.as_object().unwrap().keys();
            names.map(|name| name.to_uppercase()).collect()
        };
        paths
            .map(|(path, operations)| (path.clone(), methods(operations)))
            .collect()
    }

    /// The document's name for a path that was asked for.
    pub fn template(&self, path: &str) -> String {
        let fits = |template: &str| {
            let (mut ours, mut theirs) = (template.split('/'), path.split('/'));
            loop {
                match (ours.next(), theirs.next()) {
                    (None, None) => return true,
                    (Some(one), Some(other)) if one == other || one.starts_with('{') => {}
                    _ => return false,
                }
            }
        };
        let templates = self.0["paths"].as_object().unwrap().keys();
        let mut fitting = templates.filter(|template| fits(template));
        fitting
            .next()
            .map_or_else(|| NOWHERE.to_owned(), Clone::clone)
    }

    /// Checks media type and, for JSON, the body of an answer that it promises.
    pub fn check(&self, witness: &Witness, kind: &str, body: &[u8]) -> Result<(), String> {
        let (method, path, status, _) = witness;
        let operation = &self.0["paths"][path][method.to_lowercase()];
        let answer = &operation["responses"][status.to_string()];
        let Some(content) = answer["content"].as_object() else {
            let empty = kind.is_empty() && body.is_empty();
            return if empty {
                Ok(())
            } else {
                Err(format!("{witness:?}: a body of {kind}"))
            };
        };
        let schema = content
            .get(kind)
            .ok_or(format!("{witness:?}: it is {kind:?}"))?;
        if !kind.ends_with("json") {
            return Ok(());
        }
        let value: Value = serde_json::from_slice(body).map_err(|error| error.to_string())?;
        self.fits(&schema["schema"], &value)
            .map_err(|why| format!("{witness:?}: {why}"))
    }

    /// Whether a value is what a schema says. Knows the words the document uses and no others.
    fn fits(&self, schema: &Value, value: &Value) -> Result<(), String> {
        let wrong = |what: &str| Err(format!("{value} is not as {what} says"));
        for (word, says) in schema.as_object().ok_or("no schema")? {
            match word.as_str() {
                "$ref" => {
                    let name = says.as_str().unwrap().rsplit('/').next().unwrap();
                    self.fits(&self.0["components"]["schemas"][name], value)?;
                }
                "allOf" => {
                    for part in says.as_array().unwrap() {
                        self.fits(part, value)?;
                    }
                }
                "type" => {
                    let is = match says.as_str().unwrap() {
                        "string" => value.is_string(),
                        "integer" => value.is_i64() || value.is_u64(),
                        "boolean" => value.is_boolean(),
                        "array" => value.is_array(),
                        "object" => value.is_object(),
                        _ => false,
                    };
                    if !is {
                        return wrong("type");
                    }
                }
                "enum" if says.as_array().unwrap().contains(value) => {}
                "required" => {
                    let names = says.as_array().unwrap().iter();
                    let missing = |name: &&Value| value.get(name.as_str().unwrap()).is_none();
                    if names.filter(missing).count() > 0 {
                        return wrong("required");
                    }
                }
                "properties" => {
                    for (name, part) in says.as_object().unwrap() {
                        if let Some(inner) = value.get(name) {
                            self.fits(part, inner)?;
                        }
                    }
                }
                "additionalProperties" => {
                    let known = schema["properties"].as_object().unwrap();
                    let names = value.as_object().ok_or("no object")?.keys();
                    if names.filter(|name| !known.contains_key(*name)).count() > 0 {
                        return wrong("additionalProperties");
                    }
                }
                "items" => {
                    for inner in value.as_array().ok_or("no array")? {
                        self.fits(says, inner)?;
                    }
                }
                "pattern" => {
                    let length = says.as_str().unwrap();
                    let length = length
                        .trim_start_matches("^[0-9a-f]{")
                        .trim_end_matches("}$");
                    let text = value.as_str().ok_or("no text")?;
                    let hex = text
                        .bytes()
                        .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
                    if !hex || length.parse() != Ok(text.len()) {
                        return wrong("pattern");
                    }
                }
                "description" => {}
                _ => return wrong(word),
            }
        }
        Ok(())
    }
}

/// What was promised and not seen, and what was seen and not promised. A path or method that the
/// document does not have must be refused as such.
pub fn differences(document: &Document, seen: &BTreeSet<Witness>) -> Vec<String> {
    let promised = document.promised();
    let methods = document.methods();
    let is_known = |method: &str, path: &str| {
        let mut named = methods.iter().filter(|(template, _)| template == path);
        named.any(|(_, methods)| methods.iter().any(|one| one == method))
    };
    let mut differences = Vec::new();
    for witness in &promised {
        if !seen.contains(witness) {
            differences.push(format!("promised and never seen: {witness:?}"));
        }
    }
    for witness in seen.difference(&promised) {
        let (method, path, status, code) = witness;
        let refused_as_such = match path.as_str() {
            NOWHERE => (*status, code.as_str()) == (404, "not_found"),
            path => {
                !is_known(method, path) && (*status, code.as_str()) == (405, "method_not_allowed")
            }
        };
        if !refused_as_such {
            differences.push(format!("seen and not promised: {witness:?}"));
        }
    }
    differences
}
