//! Pairing at a distance: a link or four words, and days in between. Nobody keeps a program open, either may
//! be killed at any step, and nobody but the two can turn it to their ends unseen.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

mod endings;
mod hostile;
mod story;

use std::collections::BTreeMap;

use belay_e2e::Companion;
use belay_engine::model::{CheckInFields, Mood, SpaceId};
use belay_engine::{
    BelayError, ComparisonView, InvitationStateView, InviteBy, NewCheckIn, OpenInvitationView,
    PartnershipStandingView,
};
use belay_testkit::FakeClock;

const START_MS: i64 = 1_772_476_200_000;
const HOLD_MS: i64 = 11_000;
const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;

fn reason<T: std::fmt::Debug>(result: Result<T, BelayError>) -> String {
    result.unwrap_err().detail().unwrap_or_default()
}

fn two(clock: &FakeClock, relay: &str, seed: u64) -> (Companion, Companion) {
    let (ada, sam) = (
        Companion::new("Ada", clock, seed),
        Companion::new("Sam", clock, seed + 1),
    );
    ada.engine.set_relay(Some(relay), false).unwrap();
    (ada, sam)
}

async fn link(by: &Companion) -> (OpenInvitationView, String) {
    let made = by.engine.invite_apart(InviteBy::Link).await.unwrap();
    let text = made.text.clone().unwrap();
    (made, text)
}

fn only_state(of: &Companion) -> InvitationStateView {
    let open = of.engine.open_invitations().unwrap();
    assert_eq!(open.len(), 1, "{open:?}");
    open[0].state
}

fn has_nobody(companion: &Companion) -> bool {
    companion.engine.partners().unwrap().is_empty()
}

/// Both are there, see the same words, and have not compared them.
fn assert_paired(ada: &Companion, sam: &Companion) -> SpaceId {
    let [ada, sam] = [ada, sam].map(|one| {
        assert!(one.engine.open_invitations().unwrap().is_empty());
        let mut partners = one.engine.partners().unwrap();
        assert_eq!(partners.len(), 1);
        let partner = partners.remove(0);
        assert_eq!(partner.standing, PartnershipStandingView::Active);
        assert_eq!(partner.comparison, ComparisonView::NotCompared);
        assert_eq!(partner.comparison_words.len(), 4);
        let status = one.engine.status().unwrap();
        let shown = status.spaces.iter().find_map(|space| space.comparison);
        assert_eq!(shown, Some(ComparisonView::NotCompared));
        partner
    });
    assert_eq!(ada.comparison_words, sam.comparison_words);
    assert_eq!(ada.comparison_digits, sam.comparison_digits);
    assert_eq!(ada.space, sam.space);
    assert_eq!((ada.name.as_str(), sam.name.as_str()), ("Sam", "Ada"));
    ada.space
}

fn share(by: &Companion, space: SpaceId, win: &str) {
    by.engine
        .write_check_in(NewCheckIn {
            mood: Some(Mood::new(4).unwrap()),
            win: Some(win.to_owned()),
            audience: Some(BTreeMap::from([(space, CheckInFields::all())])),
            ..NewCheckIn::default()
        })
        .unwrap();
    by.clock.advance_ms(HOLD_MS);
}

fn wins(seen_by: &Companion, space: &SpaceId) -> Vec<String> {
    let page = seen_by.engine.partner(space).unwrap();
    let wins = page.check_ins.into_iter();
    wins.filter_map(|shown| shown.check_in.win).collect()
}
