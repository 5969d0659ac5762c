//! How a text that somebody was handed is answered (product id P1).

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
use belay_engine::{InvitationKindView, invitation_kind};

#[test]
fn a_link_and_four_words_come_from_far_away() {
    let link = "https://relay.example/pair/1#aaaaaaaaaaaaaaaaaaaaaaaaaa";
    for text in [link, "wealth news deal deposit"] {
        assert_eq!(
            invitation_kind(text),
            Ok(InvitationKindView::Apart),
            "{text}"
        );
    }
}

#[test]
fn what_is_no_invitation_is_told_by_its_code() {
    for (text, code) in [
        ("", "not-an-invitation"),
        ("https://example.org/", "not-an-invitation"),
        ("https://relay.example/pair/1#aaa", "invitation-damaged"),
    ] {
        let refused = invitation_kind(text).unwrap_err();
        assert_eq!(refused.detail().as_deref(), Some(code), "{text}");
    }
}
