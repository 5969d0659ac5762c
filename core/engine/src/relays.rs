//! The relays that a person chose: naming one, its clients, moving to another.

pub(crate) mod choice;
pub(crate) mod clients;
pub(crate) mod moves;
pub(crate) mod views;
pub(crate) mod words;
