//! A partner who sends more than anybody reads.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use crate::hostile;

use belay_model::DocName;
use belay_protocol::{EraseBody, ErasedSlot, Item, ItemKind, Operation};
use hostile::{DAY_MS, Stage, act, check_in, hlc, id, stage};

/// So many items of one day are kept.
const DAY_ITEMS: u64 = 2_000;

/// One check-in more than a day has room for, each a millisecond after the one before.
fn flood(stage: &mut Stage) -> Vec<Item> {
    (0..=DAY_ITEMS)
        .map(|number| {
            stage.partner.hlc = Some(hlc(number));
            let name = u32::try_from(number).unwrap();
            check_in(&mut stage.partner, name, &format!("win {number:04}"))
        })
        .collect()
}

#[tokio::test]
async fn the_first_two_thousand_of_a_day_are_read_the_rest_is_parked_and_said() {
    let mut stage = stage().await;
    let items = flood(&mut stage);
    stage.deliver_many(&items).await;
    let seen = stage.ada.engine.projection_dump().unwrap();
    assert!(seen.iter().any(|line| line.contains("win 1999")));
    assert!(!seen.iter().any(|line| line.contains("win 2000")));
    let shown = stage.status();
    assert_eq!((shown.parked, shown.waiting, shown.dropped), (1, 0, 0));
    let page = stage.ada.engine.partner(&stage.partner.space).unwrap();
    assert_eq!(page.partner.parked, 1);
    assert!(page.partner.may_be_behind);
    // The same once more parks nothing twice.
    stage.deliver_many(&items[1_900..]).await;
    assert_eq!(stage.status().parked, 1);
    // Another day has room of its own, also what was written before.
    stage.partner.hlc = Some(hlc(DAY_MS));
    let tomorrow = check_in(&mut stage.partner, 9_001, "tomorrow");
    stage.deliver(&[&tomorrow]).await;
    let seen = stage.ada.engine.projection_dump().unwrap();
    assert!(seen.iter().any(|line| line.contains("tomorrow")));
    stage.nothing_is_harmed().await;
}

#[tokio::test]
async fn which_of_too_many_are_read_is_the_same_in_any_order() {
    let mut stages = [stage().await, stage().await];
    let mut dumps = Vec::new();
    for (number, stage) in stages.iter_mut().enumerate() {
        let mut items = flood(stage);
        if number == 1 {
            items.reverse();
        }
        stage.deliver_many(&items).await;
        assert_eq!(stage.status().parked, 1);
        let page = stage.ada.engine.partner(&stage.partner.space).unwrap();
        // The last place of the chain is what is missing, so nothing behind it is.
        assert!(!page.partner.incomplete);
        let dump = stage.ada.engine.projection_dump().unwrap();
        let wins: std::collections::BTreeSet<String> = dump
            .iter()
            .filter_map(|line| Some(line.split_once("win ")?.1[..4].to_owned()))
            .collect();
        assert_eq!(wins.len() as u64, DAY_ITEMS);
        dumps.push(wins);
    }
    assert_eq!(dumps[0], dumps[1]);
    stages[1].nothing_is_harmed().await;
}

#[tokio::test]
async fn who_floods_can_still_erase_and_leave() {
    let mut stage = stage().await;
    let items = flood(&mut stage);
    stage.deliver_many(&items).await;
    let slot = ErasedSlot {
        device_id: stage.partner.device,
        inc: items[0].header.inc,
        seq: items[0].header.seq,
        item_id: id(&items[0]),
    };
    let erase = stage.partner.item(
        ItemKind::Erase,
        2,
        DocName::ZERO,
        EraseBody { slots: vec![slot] }.encode(),
    );
    let leave = act(&mut stage.partner, Operation::Leave);
    stage.deliver(&[&erase, &leave]).await;
    let seen = stage.ada.engine.projection_dump().unwrap();
    assert!(!seen.iter().any(|line| line.contains("win 0000")));
    let page = stage.ada.engine.partner(&stage.partner.space).unwrap();
    assert_eq!(
        page.partner.standing,
        belay_engine::PartnershipStandingView::PartnerLeft
    );
    stage.nothing_is_harmed().await;
}

#[tokio::test]
async fn blocking_ends_a_flood_and_drops_what_was_parked() {
    let mut stage = stage().await;
    let items = flood(&mut stage);
    stage.deliver_many(&items).await;
    stage.ada.engine.block(&stage.partner.space).unwrap();
    assert_eq!(stage.status().parked, 0);
    stage.partner.hlc = Some(hlc(DAY_MS));
    let more = check_in(&mut stage.partner, 9_001, "more");
    stage.deliver(&[&more]).await;
    let seen = stage.ada.engine.projection_dump().unwrap();
    assert!(!seen.iter().any(|line| line.contains("more")));
}
