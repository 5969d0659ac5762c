//! Reads `words/AREA.toml` strictly: what is missing, unknown or different between languages is a problem with its place.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use toml::{Table, Value};

use super::catalogue::{Area, Catalogue, Said, Text, camel};
use super::language::{Form, Language};
use super::style;
use super::template::{COUNT, Template};
use crate::files;
use crate::findings::Findings;

/// The folder of the sources.
pub const FOLDER: &str = "words";

/// Reads every area below the root.
pub fn catalogue(root: &Path, findings: &mut Findings) -> Catalogue {
    let mut catalogue = Catalogue::default();
    let paths = files::with_extension(&root.join(FOLDER), "toml").unwrap_or_else(|error| {
        findings.problem(format!("{FOLDER}: {error}"));
        Vec::new()
    });
    for path in paths {
        let shown = files::shown(root, &path);
        let name = path
            .file_stem()
            .map(|stem| stem.to_string_lossy().into_owned());
        match (name, std::fs::read_to_string(&path)) {
            (Some(name), Ok(text)) => {
                catalogue.areas.extend(area(&shown, &name, &text, findings));
            }
            (_, Err(error)) => findings.problem(format!("{shown}: {error}")),
            (None, Ok(_)) => {}
        }
    }
    find_twins(&catalogue, findings);
    catalogue
}

/// Reads one area. Problems name the file and the line of the key.
pub fn area(shown: &str, name: &str, source: &str, findings: &mut Findings) -> Option<Area> {
    if !is_name(name) {
        findings.problem(format!(
            "{shown}: the name of an area is lower-case letters, digits and `_`"
        ));
        return None;
    }
    let table = match source.parse::<Table>() {
        Ok(table) => table,
        Err(error) => {
            findings.problem(format!("{shown}: {error}"));
            return None;
        }
    };
    let mut area = Area {
        name: name.into(),
        lookup: false,
        texts: Vec::new(),
    };
    for (key, value) in &table {
        match value {
            Value::Boolean(lookup) if key == "lookup" => area.lookup = *lookup,
            Value::Table(entry) => {
                let place = format!("{shown}:{}: {key}", line_of(source, key));
                area.texts.extend(text(&place, name, key, entry, findings));
            }
            _ => findings.problem(format!("{shown}: `{key}` is neither a text nor `lookup`")),
        }
    }
    if !table.values().any(Value::is_table) {
        findings.problem(format!("{shown}: no text"));
    }
    Some(area)
}

fn text(
    place: &str,
    area: &str,
    key: &str,
    entry: &Table,
    findings: &mut Findings,
) -> Option<Text> {
    let before = findings.problems.len();
    let mut problem = |text: String| findings.problem(format!("{place}: {text}"));
    if !is_name(key) {
        problem("a key is lower-case letters, digits and `_`, and begins with a letter".into());
    }
    let mut made = Text {
        key: key.into(),
        member: camel(&format!("{area}_{key}")),
        holes: Vec::new(),
        said: BTreeMap::new(),
        safety: false,
        reviewed: Vec::new(),
        note: None,
    };
    for (field, value) in entry {
        let language = Language::ALL
            .into_iter()
            .find(|language| language.tag() == field);
        match (language, field.as_str(), value) {
            (Some(language), _, value) => match said(language, value) {
                Ok(said) => {
                    made.said.insert(language, said);
                }
                Err(error) => problem(format!("{field}: {error}")),
            },
            (None, "note", Value::String(note)) => made.note = Some(note.clone()),
            (None, "safety", Value::Boolean(safety)) => made.safety = *safety,
            (None, "reviewed", Value::Array(tags)) => {
                for tag in tags {
                    match Language::ALL
                        .into_iter()
                        .find(|l| Some(l.tag()) == tag.as_str())
                    {
                        Some(language) => made.reviewed.push(language),
                        None => problem(format!("reviewed: there is no language {tag:?}")),
                    }
                }
            }
            _ => problem(format!(
                "`{field}` has no meaning here, or not this kind of value"
            )),
        }
    }
    for language in Language::ALL {
        if !entry.contains_key(language.tag()) {
            problem(format!("{} is missing", language.tag()));
        }
    }
    if !made.safety && !made.reviewed.is_empty() {
        problem("only a safety text has `reviewed`".into());
    }
    if findings.problems.len() > before {
        return None;
    }
    compare(place, &mut made, findings);
    for (language, said) in &made.said {
        for template in said.templates() {
            for fault in style::faults(*language, &template.source()) {
                findings.problem(format!("{place}: {}: {fault}", language.tag()));
            }
        }
    }
    (findings.problems.len() == before).then_some(made)
}

fn said(language: Language, value: &Value) -> Result<Said, String> {
    match value {
        Value::String(text) => {
            let template = Template::parse(text)?;
            if template.holes().contains(&COUNT) {
                return Err("a text with {count} needs its plural forms".into());
            }
            Ok(Said::Plain(template))
        }
        Value::Table(forms) => counted(language, forms),
        _ => Err("neither a text nor a table of plural forms".into()),
    }
}

fn counted(language: Language, table: &Table) -> Result<Said, String> {
    let mut forms = BTreeMap::new();
    for (form, required) in language.forms() {
        match table.get(form.name()) {
            Some(Value::String(text)) => {
                forms.insert(*form, Template::parse(text)?);
            }
            Some(_) => return Err(format!("`{}` is not a text", form.name())),
            None if *required => return Err(format!("the form `{}` is missing", form.name())),
            None => {}
        }
    }
    for name in table.keys() {
        if !language.forms().iter().any(|(form, _)| form.name() == name) {
            return Err(format!(
                "{} has no plural form `{name}`",
                language.own_name()
            ));
        }
    }
    for form in [Form::Many, Form::Other] {
        if forms
            .get(&form)
            .is_some_and(|template| !template.holes().contains(&COUNT))
        {
            return Err(format!("the form `{}` does not say {{count}}", form.name()));
        }
    }
    Ok(Said::Counted(forms))
}

/// All languages and forms must have the same placeholders; only the form for one may leave the count out.
fn compare(place: &str, text: &mut Text, findings: &mut Findings) {
    let Some(first) = text.said.get(&Language::English) else {
        return;
    };
    let counts = matches!(first, Said::Counted(_));
    text.holes = first
        .usual()
        .map(|template| template.holes().into_iter().map(str::to_owned).collect())
        .unwrap_or_default();
    let expected: BTreeSet<&str> = text
        .holes
        .iter()
        .map(String::as_str)
        .filter(|hole| *hole != COUNT)
        .collect();
    for (language, said) in &text.said {
        if matches!(said, Said::Counted(_)) != counts {
            findings.problem(format!(
                "{place}: {}: counts differently from English",
                language.tag()
            ));
        }
        for template in said.templates() {
            let given: BTreeSet<&str> = template
                .holes()
                .into_iter()
                .filter(|hole| *hole != COUNT)
                .collect();
            if given != expected {
                findings.problem(format!(
                    "{place}: {}: placeholders {given:?} where English has {expected:?}",
                    language.tag()
                ));
            }
        }
    }
}

/// Two keys of different areas can come to the same member: `a_b` + `c` and `a` + `b_c`.
fn find_twins(catalogue: &Catalogue, findings: &mut Findings) {
    let mut seen: BTreeMap<&str, String> = BTreeMap::new();
    for area in &catalogue.areas {
        for text in &area.texts {
            let here = format!("{FOLDER}/{}.toml: {}", area.name, text.key);
            if let Some(there) = seen.insert(&text.member, here.clone()) {
                findings.problem(format!(
                    "{here} and {there} are both called `{}`",
                    text.member
                ));
            }
        }
    }
}

fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && !name.ends_with('_')
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

fn line_of(source: &str, key: &str) -> usize {
    let header = format!("[{key}]");
    source
        .lines()
        .position(|line| line.trim_start().starts_with(&header))
        .map_or(1, |line| line + 1)
}

#[cfg(test)]
#[path = "read_tests.rs"]
mod tests;
