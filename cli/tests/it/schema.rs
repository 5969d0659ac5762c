//! What commands print as JSON is what docs/json/commands.json says, no more and no less.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use serde_json::Value;

use crate::support::Place;

const SCHEMA: &str = include_str!("../../../docs/json/commands.json");

/// Checks a value against the part of JSON Schema that the document uses; anything else in it stops the test.
fn check(schema: &Value, value: &Value, root: &Value, at: &str) {
    for (word, rule) in schema.as_object().unwrap() {
        match word.as_str() {
            "description" => {}
            "$ref" => {
                let path = rule.as_str().unwrap().strip_prefix('#').unwrap();
                check(root.pointer(path).unwrap(), value, root, at);
            }
            "anyOf" => {
                let found = rule.as_array().unwrap().iter().any(|one| {
                    let fits = || check(one, value, root, at);
                    std::panic::catch_unwind(std::panic::AssertUnwindSafe(fits)).is_ok()
                });
                assert!(found, "{at}: {value}");
            }
            "type" => {
                let fits = |name: &Value| match name.as_str().unwrap() {
                    "string" => value.is_string(),
                    "integer" => value.is_i64() || value.is_u64(),
                    "boolean" => value.is_boolean(),
                    "array" => value.is_array(),
                    "object" => value.is_object(),
                    "null" => value.is_null(),
                    other => panic!("{other} is not checked"),
                };
                let names = rule.as_array().cloned().unwrap_or(vec![rule.clone()]);
                assert!(names.iter().any(fits), "{at}: {value}");
            }
            "enum" => assert!(rule.as_array().unwrap().contains(value), "{at}: {value}"),
            "items" => {
                for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                    check(rule, item, root, &format!("{at}[{index}]"));
                }
            }
            "properties" => {
                for (name, part) in value.as_object().into_iter().flatten() {
                    let rule = rule.get(name);
                    let rule = rule.unwrap_or_else(|| panic!("{at}.{name} is not in the schema"));
                    check(rule, part, root, &format!("{at}.{name}"));
                }
            }
            "required" => {
                for name in rule.as_array().unwrap() {
                    let there = value.get(name.as_str().unwrap()).is_some();
                    assert!(there || value.is_null(), "{at}: {name} is missing");
                }
            }
            "additionalProperties" => assert_eq!(rule, &Value::Bool(false)),
            other => panic!("{other} is not checked"),
        }
    }
}

fn fits(command: &str, value: &Value) {
    let root: Value = serde_json::from_str(SCHEMA).unwrap();
    check(&root["commands"][command], value, &root, command);
}

#[test]
fn what_the_journal_and_practice_print_is_what_the_schema_says() {
    let place = Place::begun("Marisol");
    fits(
        "journal prompts",
        &place.json(&["journal", "prompts", "--all"]),
    );
    fits("journal templates", &place.json(&["journal", "templates"]));
    place
        .run(&["journal", "write", "--text", "One.", "--by", "small_win"])
        .done();
    place
        .run(&["journal", "edit", "1", "--text", "Two.", "--mood", "4"])
        .done();
    let history = place.json(&["journal", "history", "1"]);
    assert_eq!(history["states"].as_array().unwrap().len(), 2);
    fits("journal history", &history);
    let state = place.json(&["journal", "history", "1", "--state", "2"]);
    fits("journal history --state", &state);
    place
        .run(&[
            "journal",
            "write",
            "--by",
            "problem_worksheet",
            "--text",
            "## Plan\n\n- Walk",
        ])
        .done();
    fits("journal plan", &place.json(&["journal", "plan"]));
    let preview = place.json(&["restore-day", "2020-01-01", "--preview"]);
    fits("restore-day", &preview);
    fits(
        "restore-day",
        &place.json(&["restore-day", "2020-01-01", "--yes"]),
    );
    fits("restore-day", &place.json(&["restore-day", "--undo"]));
    place
        .run(&["safety-plan", "set", "1", "--line", "I stop answering."])
        .done();
    fits("safety-plan", &place.json(&["safety-plan"]));
    place.run(&["coping", "add", "Tea"]).done();
    fits("coping", &place.json(&["coping"]));
    fits("cards", &place.json(&["cards"]));
    let refused = place.run(&["journal", "show", "9", "--json"]);
    assert_eq!(refused.code, 4);
    fits("error", &serde_json::from_str(refused.err.trim()).unwrap());
}

#[test]
fn a_field_too_many_or_of_another_kind_is_seen() {
    let refused = |value: Value| {
        let fits = || fits("coping", &value);
        std::panic::catch_unwind(std::panic::AssertUnwindSafe(fits)).is_err()
    };
    let good = serde_json::json!({ "own": [{ "what": "Tea", "how": null }], "ideas": [] });
    assert!(!refused(good.clone()));
    for (pointer, value) in [
        ("/own/0/what", serde_json::json!(7)),
        ("/own/0", serde_json::json!({ "what": "Tea" })),
        (
            "/own/0",
            serde_json::json!({ "what": "Tea", "how": null, "more": 1 }),
        ),
        ("/ideas", Value::Null),
    ] {
        let mut bad = good.clone();
        *bad.pointer_mut(pointer).unwrap() = value;
        assert!(refused(bad), "{pointer}");
    }
}
