//! The whole chore over the sources as they are.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use super::*;

fn generated() -> (Vec<Generated>, Vec<Generated>, Vec<String>) {
    let mut findings = Findings::default();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let (kotlin, swift) = generate(&root, &mut findings);
    (kotlin, swift, findings.problems)
}

#[test]
fn every_text_is_there_in_every_language_and_goes_to_both_shells() {
    let (kotlin, swift, problems) = generated();
    assert_eq!(problems, Vec::<String>::new());
    let names = |files: &[Generated]| -> Vec<String> {
        files
            .iter()
            .map(|file| file.path.display().to_string())
            .collect()
    };
    for name in [
        "app/belay/words/ErrorsWords.kt",
        "app/belay/words/Words.kt",
        "app/belay/design/Tokens.kt",
    ] {
        assert!(names(&kotlin).iter().any(|given| given == name), "{name}");
    }
    for name in ["ErrorsWords.swift", "Words.swift", "Tokens.swift"] {
        assert!(names(&swift).iter().any(|given| given == name), "{name}");
    }
    assert_eq!(kotlin.len(), swift.len());
}

#[test]
fn plurals_choose_by_count_and_spanish_knows_millions() {
    let source = r#"
[back]
en = { one = "Back after a day, {name}", other = "Back after {count} days, {name}" }
de = { one = "Nach einem Tag zurück, {name}", other = "Nach {count} Tagen zurück, {name}" }
es = { one = "De vuelta tras un día, {name}", many = "De vuelta tras {count} de días, {name}", other = "De vuelta tras {count} días, {name}" }
safety = true
reviewed = ["en"]
"#;
    let mut findings = Findings::default();
    let areas = read::area("x", "x", source, &mut findings)
        .into_iter()
        .collect();
    let catalogue = catalogue::Catalogue { areas };
    let text = |files: Vec<Generated>| files.into_iter().map(|file| file.text).collect::<String>();

    let kotlin = text(kotlin::files(&catalogue));
    assert!(
        kotlin.contains("fun xBack(count: Int, name: String): String"),
        "{kotlin}"
    );
    assert!(kotlin.contains("isOne(count) -> \"De vuelta tras un día, ${name}\""));
    assert!(kotlin.contains("isMillions(count) -> \"De vuelta tras ${number} de días, ${name}\""));
    assert!(
        kotlin.contains("grouped(count, \".\", 5)"),
        "Spanish groups from ten thousand"
    );
    assert!(kotlin.contains("override val xNotYetReviewed: Boolean get() = true"));

    let swift = text(swift::files(&catalogue));
    assert!(
        swift.contains("func xBack(count: Int, name: String) -> String"),
        "{swift}"
    );
    assert!(swift.contains(
        "if isMillions(count) { return \"De vuelta tras \\(number) de días, \\(name)\" }"
    ));
    assert!(
        swift.contains("public var xNotYetReviewed: Bool { false }"),
        "somebody has read the English"
    );
}

#[test]
fn the_chore_takes_check_or_a_folder_and_nothing_else() {
    let root = Path::new("/r");
    let of = |args: &[&str]| {
        let args: Vec<String> = args.iter().map(|arg| (*arg).to_owned()).collect();
        wish(root, &args)
    };
    assert_eq!(of(&["--check"]), Ok(Wish::Check));
    let expected = Wish::Write {
        kotlin: "/o/kotlin".into(),
        swift: "/o/swift".into(),
    };
    assert_eq!(of(&["--out", "/o"]), Ok(expected));
    assert!(matches!(of(&[]), Ok(Wish::Write { kotlin, .. }) if kotlin.starts_with(root)));
    assert!(of(&["--chekc"]).is_err() && of(&["--out"]).is_err());
}

#[test]
fn a_text_that_no_screen_shows_does_not_pass() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    for name in ["words", "android", "ios"] {
        std::fs::create_dir(root.join(name)).unwrap();
    }
    let text = |key: &str| format!("[{key}]\nen = \"a\"\nde = \"a\"\nes = \"a\"\n");
    std::fs::write(root.join("words/x.toml"), text("shown") + &text("dead")).unwrap();
    std::fs::write(root.join("ios/Page.swift"), "Text(words.xShown)").unwrap();
    let mut findings = Findings::default();
    check_unused(root, &mut findings);
    assert_eq!(
        findings.problems,
        ["x.dead: no screen of either shell shows it; show it, or remove it"]
    );
}
