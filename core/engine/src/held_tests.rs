//! What is parked for a newer Belay is judged again when the program is another one, and parks no more than
//! fits.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use belay_model::ItemId;
use belay_store::{HeldReason, ItemRow};

use crate::sibling_tests::person;
use crate::{Engine, SettingsEdit};

fn parked(engine: &Engine) -> usize {
    engine
        .write(|session| {
            let space = session.self_space()?;
            let row = session.space(&space)?.row;
            Ok(session.tx.held(row, &[HeldReason::NewerVersion])?.len())
        })
        .unwrap()
}

#[test]
fn what_is_parked_is_judged_again_when_the_program_is_another_one_and_stays_when_it_still_needs_a_newer()
 {
    let (_dir, engine, _) = person();
    engine.judge_parked_again("1.0.0").unwrap();
    engine
        .write(|session| {
            let space = session.self_space()?;
            let row = session.space(&space)?.row;
            let known = session.tx.all_items(row, ItemRow(0), 1)?.remove(0);
            let bytes = crate::outbox::item_bytes(session.tx, known.row)?;
            let newer = HeldReason::NewerVersion;
            session.hold(&space, newer, &known.item_id, &bytes, None)?;
            let mut unknown = bytes.clone();
            unknown[0] = 9;
            session.hold(&space, newer, &ItemId::ZERO, &unknown, None)
        })
        .unwrap();
    engine.judge_parked_again("1.0.0").unwrap();
    assert_eq!(parked(&engine), 2, "this version has judged them");
    engine.judge_parked_again("1.1.0").unwrap();
    assert_eq!(
        parked(&engine),
        1,
        "what it understands is not parked any more"
    );
}

#[test]
fn more_than_fits_is_not_parked_and_writing_goes_on() {
    let (_dir, engine, _) = person();
    engine
        .write(|session| {
            let space = session.self_space()?;
            // 65 MiB in pieces of one.
            for piece in 0..65_u8 {
                let bytes = vec![piece; 1024 * 1024];
                let name = ItemId::from_bytes([piece; 32]);
                session.hold(&space, HeldReason::NewerVersion, &name, &bytes, None)?;
            }
            Ok(())
        })
        .unwrap();
    assert_eq!(parked(&engine), 64);
    let settings = SettingsEdit {
        hold_seconds: Some(5),
        ..SettingsEdit::default()
    };
    engine.edit_settings(settings).unwrap();
}
