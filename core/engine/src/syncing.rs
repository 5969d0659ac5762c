//! What a device sends, takes in, waits for and says again: one round after the other, whatever carries it.

pub(crate) mod acts;
pub(crate) mod ahead;
pub(crate) mod budget;
pub(crate) mod catch_up;
pub(crate) mod consequences;
pub(crate) mod forks;
pub(crate) mod freshness;
pub(crate) mod held;
pub(crate) mod held_counts;
pub(crate) mod incarnation;
pub(crate) mod ingest;
pub(crate) mod listening;
pub(crate) mod need;
pub(crate) mod outbox;
pub(crate) mod read_again;
pub(crate) mod self_copy;
pub(crate) mod send_again;
pub(crate) mod traffic;
pub(crate) mod watch;
pub(crate) mod worker;

#[cfg(test)]
mod held_tests;
