//! Notes and documents that a newer own device wrote and this version cannot read: sharing stays as cautious as
//! it was, and every boundary can still be drawn. Also what is told of former copies.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use std::collections::BTreeMap;

use belay_crypto::RootKey;
use belay_document::documents::{DOCUMENT_SCHEMA, Draft as DocumentDraft};
use belay_model::{CheckInFields, DocName, EnvelopeId, EpochId, Mood, SpaceId};
use belay_protocol::relay::Generation;
use belay_protocol::{ChangesBody, DocKind, History, ItemKind, Policy, Removal, SpaceType};
use belay_store::{NewEnvelope, SpaceState as Standing};

use crate::boundaries::Flow;
use crate::open::{NewPersona, create_space_as};
use crate::sibling_tests::{Tablet, person, take};
use crate::{
    BelayError, CheckInView, ComparisonView, Engine, NewCheckIn, PartnershipStandingView,
    SettingsEdit, Waited,
};

/// A partnership that goes on, with nobody on the other side.
fn partnership(engine: &Engine) -> SpaceId {
    engine
        .write(|session| {
            let persona = NewPersona::make(&RootKey::make(session.entropy), session.entropy);
            let policy = Policy {
                relays: Vec::new(),
                removal: Removal::Steward,
                history: History::All,
            };
            let space = create_space_as(session, SpaceType::Pair, &persona, policy)?;
            let tx = session.tx;
            let state = session.space(&space)?;
            state.standing = Standing::Active;
            tx.set_space_state(state.row, Standing::Active)?;
            Ok(space)
        })
        .unwrap()
}

fn shared(space: SpaceId, win: &str) -> NewCheckIn {
    NewCheckIn {
        mood: Some(Mood::new(3).unwrap()),
        win: Some(win.to_owned()),
        audience: Some(BTreeMap::from([(space, CheckInFields::all())])),
        ..NewCheckIn::default()
    }
}

/// The tablet runs a newer Belay and writes the document as this one cannot read it.
fn write_newer(engine: &Engine, tablet: &mut Tablet, kind: DocKind, name: DocName) {
    let mut copy = engine
        .write(|session| session.document(kind, &name))
        .unwrap();
    let actor = tablet.actor_of(kind, &name);
    let draft = DocumentDraft::new().schema(DOCUMENT_SCHEMA + 1);
    let changes = copy.write(&actor, 0, &draft).unwrap();
    let body = ChangesBody { changes }.encode();
    let item = tablet.item_of(ItemKind::Changes, kind, name, body);
    take(engine, &tablet.space, &item);
}

fn flow(engine: &Engine, space: &SpaceId) -> Flow {
    engine
        .read(|tx| Ok(Flow::of(&crate::queries::contact(tx, space)?)))
        .unwrap()
}

fn standing(engine: &Engine, space: &SpaceId) -> PartnershipStandingView {
    engine.partner(space).unwrap().partner.standing
}

/// A check-in whose copy changed during a pause, and that nobody here can read since.
fn unreadable_and_behind() -> (tempfile::TempDir, Engine, SpaceId, CheckInView) {
    let (dir, engine, _) = person();
    let space = partnership(&engine);
    let mut tablet = Tablet::add(&engine);
    let written = engine.write_check_in(shared(space, "before")).unwrap();
    engine.pause_sharing(&space).unwrap();
    engine
        .edit_check_in(&written.name, shared(space, "meanwhile"))
        .unwrap();
    write_newer(&engine, &mut tablet, DocKind::CheckIn, written.name);
    assert!(engine.check_in(&written.name).is_err(), "it is not shown");
    (dir, engine, space, written)
}

#[test]
fn notes_about_partners_that_only_a_newer_belay_can_read_leave_what_was_last_known() {
    let (_dir, engine, _) = person();
    let (paused, differed) = (partnership(&engine), partnership(&engine));
    let mut tablet = Tablet::add(&engine);
    engine.pause_sharing(&paused).unwrap();
    engine.mark_compared(&differed, false).unwrap();
    let settings = SettingsEdit {
        hold_seconds: Some(60),
        ..SettingsEdit::default()
    };
    engine.edit_settings(settings).unwrap();
    write_newer(&engine, &mut tablet, DocKind::Contacts, DocName::ZERO);
    write_newer(&engine, &mut tablet, DocKind::Settings, DocName::ZERO);
    assert_eq!(flow(&engine, &paused), Flow::Paused);
    assert_eq!(flow(&engine, &differed), Flow::Endings);
    let seen = engine.partner(&differed).unwrap().partner;
    assert_eq!(seen.comparison, ComparisonView::Different);
    assert_eq!(engine.settings().unwrap().settings.hold_seconds, 60);
    let refused = engine.resume_sharing(&paused, Waited::Share).err();
    assert_eq!(refused, Some(BelayError::NewerData));
    let refused = engine.mark_compared(&differed, true).err();
    assert_eq!(refused, Some(BelayError::NewerData));
    engine.leave(&paused).unwrap();
    engine.block(&differed).unwrap();
    assert_eq!(standing(&engine, &paused), PartnershipStandingView::Left);
    assert_eq!(
        standing(&engine, &differed),
        PartnershipStandingView::Blocked
    );
}

#[test]
fn where_notes_about_partners_could_never_be_read_sharing_counts_as_paused() {
    let (_dir, engine, _) = person();
    let space = partnership(&engine);
    let mut tablet = Tablet::add(&engine);
    assert_eq!(flow(&engine, &space), Flow::Whole);
    write_newer(&engine, &mut tablet, DocKind::Contacts, DocName::ZERO);
    assert_eq!(flow(&engine, &space), Flow::Paused);
    engine.rebuild_projection().unwrap();
    assert_eq!(flow(&engine, &space), Flow::Paused);
    assert!(engine.pause_sharing(&space).unwrap().paused);
    engine.leave(&space).unwrap();
}

#[test]
fn a_document_that_cannot_be_read_stands_in_the_way_of_no_boundary() {
    let (_dir, engine, space, written) = unreadable_and_behind();
    for waited in [Waited::Keep, Waited::Share] {
        engine.resume_sharing(&space, waited).unwrap();
        engine.pause_sharing(&space).unwrap();
    }
    let still_noted = engine
        .read(|tx| {
            crate::syncing::catch_up::is_deferred(tx, &space, DocKind::CheckIn, &written.name)
        })
        .unwrap();
    assert!(still_noted, "it is brought up to date once it can be read");
    engine.leave(&space).unwrap();
    let (_dir, engine, space, _) = unreadable_and_behind();
    engine.block(&space).unwrap();
    let (_dir, engine, _, _) = unreadable_and_behind();
    engine.delete_everything().unwrap();
}

#[test]
fn what_a_relay_had_once_is_kept_true_after_a_pause_also_if_that_relay_lost_it() {
    let (_dir, engine, _) = person();
    let space = partnership(&engine);
    let written = engine.write_check_in(shared(space, "had")).unwrap();
    let epoch = EpochId::from_bytes([7; 32]);
    engine
        .write(|session| {
            let tx = session.tx;
            let row = session.space(&space)?.row;
            let items: Vec<_> = tx
                .queued(row, i64::MAX, usize::MAX)?
                .iter()
                .map(|queued| queued.item)
                .collect();
            let envelope = tx.insert_sealed(&NewEnvelope {
                space: row,
                epoch,
                env_id: EnvelopeId::from_bytes([8; 32]),
                nonce: [9; 24],
                bytes: &[1; 64],
                items: &items,
            })?;
            tx.mark_sent(envelope, 1, Generation(1), 0)?;
            Ok(tx.unsend(row, &epoch)?)
        })
        .unwrap();
    engine.pause_sharing(&space).unwrap();
    assert_eq!(engine.waiting_to_be_shared(&space).unwrap(), 0);
    engine.resume_sharing(&space, Waited::Keep).unwrap();
    let shown = engine.check_in(&written.name).unwrap();
    assert_eq!(shown.shared_with.len(), 1, "it is shared as before");
}

#[test]
fn a_former_display_name_is_erased_when_another_one_is_shown() {
    let (_dir, engine, _) = person();
    let space = partnership(&engine);
    for name in ["Former Name", "Second Name", "Present Name"] {
        let settings = SettingsEdit {
            display_name: Some(name.to_owned()),
            ..SettingsEdit::default()
        };
        engine.edit_settings(settings).unwrap();
    }
    let bodies = engine
        .write(|session| {
            let tx = session.tx;
            let state = session.space(&space)?;
            let kind = DocKind::Profile.into();
            let row = tx.find_document(state.row, &state.own_person, kind, &DocName::ZERO)?;
            let items = tx.items_of_document(row.unwrap())?;
            let records = items
                .into_iter()
                .filter(|item| item.kind == u8::from(ItemKind::Record));
            Ok(records.filter_map(|item| item.body).collect::<Vec<_>>())
        })
        .unwrap();
    assert_eq!(bodies.len(), 1);
    assert!(bodies[0].windows(12).any(|part| part == b"Present Name"));
}
