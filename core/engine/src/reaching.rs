//! Reaching each other within boundaries (product ids P2, P3): cards, nudges and requests for support.

pub(crate) mod boundary_cards;
pub(crate) mod nudges;
pub(crate) mod reached;
pub(crate) mod support_requests;
