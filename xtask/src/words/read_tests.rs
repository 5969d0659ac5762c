//! What a strict reader of texts must refuse.

use super::*;

/// Reads one file and gives its problems without the place.
fn problems(source: &str) -> Vec<String> {
    let mut findings = Findings::default();
    area("words/x.toml", "x", source, &mut findings);
    findings.problems
}

/// Whether the only problem says this.
fn refused(source: &str, says: &str) -> bool {
    let problems = problems(source);
    problems.len() == 1 && problems[0].contains(says)
}

const GOOD: &str = r#"
[hello]
en = "Hello {name}"
de = "Hallo {name}"
es = "Hola, {name}"
[back]
en = { one = "Back after a day", other = "Back after {count} days" }
de = { one = "Nach einem Tag zurück", other = "Nach {count} Tagen zurück" }
es = { one = "De vuelta tras un día", many = "De vuelta tras {count} de días", other = "De vuelta tras {count} días" }
note = "a kind sentence"
safety = true
reviewed = ["de"]
"#;

#[test]
fn a_whole_file_is_read() {
    let mut findings = Findings::default();
    let area = area("words/x.toml", "x", GOOD, &mut findings);
    assert_eq!(findings.problems, Vec::<String>::new());
    let texts = area.map(|area| area.texts).unwrap_or_default();
    let members: Vec<_> = texts
        .iter()
        .map(|text| (text.member.as_str(), text.holes.len()))
        .collect();
    assert_eq!(members, [("xBack", 1), ("xHello", 1)]);
    assert!(texts[0].counts() && texts[0].safety && !texts[1].counts());
}

#[test]
fn a_missing_language_is_a_problem_with_its_line() {
    let found = problems("# first line\n[hello]\nen = \"Hello\"\nde = \"Hallo\"\n");
    assert_eq!(found, ["words/x.toml:2: hello: es is missing"]);
}

#[test]
fn a_missing_or_foreign_plural_form_is_a_problem() {
    let missing = GOOD.replace("one = \"Nach einem Tag zurück\", ", "");
    assert!(refused(&missing, "de: the form `one` is missing"));
    let foreign = GOOD.replace("{ one = \"Back", "{ few = \"Back {count}\", one = \"Back");
    assert!(refused(&foreign, "English has no plural form `few`"));
    let mute = GOOD.replace("Nach {count} Tagen", "Nach Tagen");
    assert!(refused(&mute, "does not say {count}"));
    assert!(refused(
        &GOOD.replace("Hello {name}", "Hello {count}"),
        "needs its plural forms"
    ));
}

#[test]
fn placeholders_must_be_the_same_in_every_language() {
    assert!(refused(
        &GOOD.replace("Hallo {name}", "Hallo {nam}"),
        "de: placeholders {\"nam\"}"
    ));
    assert!(refused(
        &GOOD.replace("Hola, {name}", "Hola"),
        "es: placeholders {}"
    ));
}

#[test]
fn what_the_format_does_not_know_is_refused() {
    assert!(refused(
        &GOOD.replace("note =", "hint ="),
        "`hint` has no meaning here"
    ));
    assert!(refused(
        &GOOD.replace("safety = true\nreviewed = [\"de\"]", "safety = \"yes\""),
        "`safety` has no meaning here"
    ));
    assert!(refused(
        &GOOD.replace("[\"de\"]", "[\"fr\"]"),
        "there is no language"
    ));
    assert!(refused(
        &GOOD.replace("safety = true", ""),
        "only a safety text"
    ));
    assert!(refused(
        &format!("greeting = \"hi\"\n{GOOD}"),
        "neither a text nor `lookup`"
    ));
    assert!(refused(
        &format!("{GOOD}\n[Hello]\nen=\"a\"\nde=\"a\"\nes=\"a\"\n"),
        "a key is lower-case"
    ));
}

#[test]
fn a_key_that_stands_there_twice_is_refused() {
    assert_eq!(problems(&format!("{GOOD}{GOOD}")).len(), 1);
}

#[test]
fn two_areas_cannot_give_two_texts_one_name() {
    let one = "[b_c]\nen=\"a\"\nde=\"a\"\nes=\"a\"\n";
    let other = "[c]\nen=\"a\"\nde=\"a\"\nes=\"a\"\n";
    let mut findings = Findings::default();
    let areas = [("a", one), ("a_b", other)]
        .into_iter()
        .filter_map(|(name, source)| area("words/x.toml", name, source, &mut findings))
        .collect();
    find_twins(&Catalogue { areas }, &mut findings);
    assert_eq!(findings.problems.len(), 1, "{:?}", findings.problems);
}
