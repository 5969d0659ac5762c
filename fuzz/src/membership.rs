//! Graphs of membership acts: who acts, knowing what, doing what to whom. The product and a naive model answer alike after
//! every act, and once more when the same acts come in another order.

use belay_membership::twin_chance::follow;

/// Acts an input may describe: the model takes the square of them and more.
const ACTS_MAX: usize = 24;

/// Runs one input; tells how many acts there were.
pub fn run(bytes: &[u8]) -> usize {
    match follow(bytes, ACTS_MAX) {
        Ok(acts) => acts,
        Err(what) => panic!("{what}"),
    }
}
