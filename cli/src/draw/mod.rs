//! How views look in a terminal. Nothing is decided here, and every text that somebody wrote goes through
//! [`crate::words::shown`].

mod attachment;
mod check_in;
mod goal;
mod goal_page;
pub mod help;
mod invitation;
mod journal;
mod partner;
pub mod recovery;

pub use attachment::{attachment_state, attachment_words};
pub use check_in::{draw_check_in, draw_preview, mood_shape};
pub use goal::{draw_goal, draw_goal_share, outcome_words, status_mark};
pub use goal_page::draw_goal_page;
pub use invitation::{draw_invitation, invitation_words};
pub use journal::{draw_entry, draw_entry_line, draw_partner_passage, draw_passage, draw_snippet};
pub use partner::{
    as_of, draw_partner_check_in, draw_partner_goal, draw_partner_line, draw_response,
};
