//! What is parked for a newer Belay is judged again when the program is another one, and parks no more than
//! fits.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use belay_crypto::item_id;
use belay_document::documents::Draft as DocumentDraft;
use belay_model::ItemId;
use belay_store::{HeldReason, ItemRow};

use crate::sibling_tests::{Tablet, counts, document, person, take};
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
            let bytes = crate::syncing::outbox::item_bytes(session.tx, known.row)?;
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

#[test]
fn what_is_judged_again_frees_what_waited_for_it_and_has_its_consequences() {
    let (_dir, engine, name) = person();
    let mut tablet = Tablet::add(&engine);
    let mut copy = document(&engine, &name);
    let mut items = Vec::new();
    for plan in ["first", "second"] {
        let mut edited = copy.check_in().unwrap();
        edited.plan = Some(plan.to_owned());
        let draft = DocumentDraft::new().check_in(&edited);
        let changes = copy.write(&tablet.actor(&name), 0, &draft).unwrap();
        items.push(tablet.item(name, changes));
    }
    engine.judge_parked_again("1.0.0").unwrap();
    let news = |engine: &Engine| {
        let key = crate::syncing::outbox::news_key(&tablet.space);
        engine.read(|tx| Ok(tx.meta(&key)?.is_some())).unwrap()
    };
    engine
        .write(|session| {
            // An earlier program did not understand the first one.
            let (id, bytes) = (item_id(&items[0].header), items[0].encode());
            let space = tablet.space;
            session.hold(&space, HeldReason::NewerVersion, &id, &bytes, None)
        })
        .unwrap();
    take(&engine, &tablet.space, &items[1]);
    assert_eq!(counts(&engine, &tablet.space), (1, 0));
    assert!(!news(&engine));
    engine.judge_parked_again("1.1.0").unwrap();
    assert_eq!(counts(&engine, &tablet.space), (0, 0));
    let merged = engine.check_in(&name).unwrap().check_in;
    assert_eq!(merged.plan.as_deref(), Some("second"));
    assert!(news(&engine), "what came is worth an acknowledgement");
}
