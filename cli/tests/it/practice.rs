//! Safety plan, cards and small things that help through the command line.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use crate::support::Place;

#[test]
fn the_safety_plan_is_written_step_by_step_and_printed_as_a_page() {
    let place = Place::begun("Marisol");
    let empty = place.run(&["safety-plan"]).done();
    assert!(empty.out.contains("6. "), "{}", empty.out);
    place
        .run(&["safety-plan", "set", "1", "--line", "I stop answering."])
        .done();
    place
        .run(&["safety-plan", "set", "people_i_ask", "--line", "Mira, 0000"])
        .done();
    let plan = place.json(&["safety-plan"]);
    assert_eq!(plan["steps"][0]["lines"][0], "I stop answering.");
    assert_eq!(plan["steps"][3]["lines"][0], "Mira, 0000");
    let page = place.run(&["safety-plan", "--print"]).done();
    assert!(page.out.starts_with("# My safety plan"), "{}", page.out);
    assert!(page.out.contains("\n- Mira, 0000\n"), "{}", page.out);
    assert!(page.out.contains("Not yet reviewed"), "{}", page.out);
    place
        .run(&["safety-plan", "set", "7", "--line", "x"])
        .refused(3, "invalid-input (plan_step.unknown_word)");
    place
        .run(&["safety-plan", "set", "1", "--line", "two\nlines"])
        .refused(3, "invalid-input (plan_line.control_character)");
    let plan = place.json(&["safety-plan"]);
    assert_eq!(plan["steps"][0]["lines"][0], "I stop answering.");
}

#[test]
fn an_empty_plan_is_printed_without_a_store() {
    let place = Place::empty();
    let page = place.run(&["safety-plan", "--print", "--empty"]).done();
    assert!(page.out.contains("______"), "{}", page.out);
    let cards = place.run(&["cards", "listening"]).done();
    assert!(cards.out.contains("Rather not:"), "{}", cards.out);
}

#[test]
fn what_helped_is_kept_before_what_comes_with_belay() {
    let place = Place::begun("Marisol");
    place
        .run(&["coping", "add", "Tea", "--how", "the green one"])
        .done();
    place.run(&["coping", "add", "The bench"]).done();
    place.run(&["coping", "remove", "1"]).done();
    let library = place.json(&["coping"]);
    assert_eq!(library["own"][0]["what"], "The bench");
    assert!(library["ideas"].as_array().unwrap().len() > 20);
    place
        .run(&["coping", "remove", "9"])
        .refused(4, "not-found (coping)");
}

#[test]
fn the_plan_of_a_worksheet_becomes_goals() {
    let place = Place::begun("Marisol");
    let text = "## Name it\n\nMondays.\n\n## Plan\n\n- Ring at Sam's\n- Sleep early\n";
    place
        .run(&[
            "journal",
            "write",
            "--by",
            "problem_worksheet",
            "--text",
            text,
        ])
        .done();
    let lines = place.json(&["journal", "plan"]);
    assert_eq!(lines[1]["text"], "Sleep early");
    place
        .run(&["journal", "plan", "1", "--make", "3"])
        .refused(4, "not-found (line)");
    place
        .run(&["journal", "plan", "1", "--make", "1,2", "--on", "weekdays"])
        .done();
    let lines = place.json(&["journal", "plan"]);
    assert!(
        lines
            .as_array()
            .unwrap()
            .iter()
            .all(|line| line["goal"].is_string())
    );
    let goals = place.json(&["goal", "list"]);
    assert_eq!(goals.as_array().unwrap().len(), 2);
}
