//! The product and the model agree.

use belay_membership::exhaustive::{Start, search};
use belay_membership::twin_chance::{draw, follow};
use belay_protocol::Removal;

/// Graphs of thirty acts that are drawn in an ordinary run.
const DRAWN: u64 = 150;

#[test]
fn on_every_graph_of_three_people_and_four_acts_the_product_and_the_model_agree() {
    for removal in [Removal::Steward, Removal::Majority] {
        let seen = search(Start::Alone, removal, 4).unwrap_or_else(|what| panic!("{what}"));
        println!("alone, {removal:?}: {seen:?}");
        assert!(seen.with_overruled > 0 && seen.with_fallen > 0);
        let seen = search(Start::Together, removal, 2).unwrap_or_else(|what| panic!("{what}"));
        println!("together, {removal:?}: {seen:?}");
        assert!(seen.with_overruled > 0 && seen.with_fallen > 0);
    }
}

#[test]
fn on_long_graphs_drawn_by_chance_the_product_and_the_model_agree() {
    for seed in 0..DRAWN {
        if let Err(what) = draw(seed, 30) {
            panic!("seed {seed}: {what}");
        }
    }
}

#[test]
fn choices_that_somebody_else_makes_grow_a_graph_too() {
    let choices: Vec<u8> = (0..400_u16).map(|at| u8::try_from(at * 37 % 251).unwrap()).collect();
    assert!(follow(&choices, 24).unwrap_or_else(|what| panic!("{what}")) > 10);
    assert_eq!(follow(&[], 24), Ok(1));
}
