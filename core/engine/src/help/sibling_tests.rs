//! Own people that another own device changed reach the page that is readable while locked.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use belay_document::documents::Draft as DocumentDraft;
use belay_model::{DocName, TrustedChannel, TrustedPerson};
use belay_protocol::{ChangesBody, DocKind, ItemKind};
use belay_store::OpenPage;

use crate::sibling_tests::{Tablet, person, take};

fn trusted(name: &str) -> TrustedPerson {
    TrustedPerson {
        name: name.to_owned(),
        channel: TrustedChannel::Call,
        address: "0770 900".to_owned(),
        note: None,
    }
}

#[test]
fn somebody_added_on_another_own_device_is_on_the_page_that_is_readable_while_locked() {
    let (_dir, engine, _) = person();
    let mut tablet = Tablet::add(&engine);
    engine.save_trusted_people(vec![trusted("Mira")]).unwrap();
    engine.set_own_people_shown_locked(true).unwrap();
    let mut copy = engine
        .write(|session| session.document(DocKind::Settings, &DocName::ZERO))
        .unwrap();
    let mut people = copy.trusted_people().unwrap();
    people.push((DocName::from_bytes([9; 16]), trusted("Jonas")));
    let draft = DocumentDraft::new().trusted_people(&people, &copy).unwrap();
    let actor = tablet.actor_of(DocKind::Settings, &DocName::ZERO);
    let changes = copy.write(&actor, 0, &draft).unwrap();
    let body = ChangesBody { changes }.encode();
    let item = tablet.item_of(ItemKind::Changes, DocKind::Settings, DocName::ZERO, body);
    take(&engine, &tablet.space, &item);

    let names: Vec<String> = engine
        .trusted_people()
        .unwrap()
        .into_iter()
        .map(|person| person.name)
        .collect();
    assert_eq!(names, ["Mira", "Jonas"]);
    let page = OpenPage::read(&engine.dir).unwrap().unwrap();
    let page = String::from_utf8(page).unwrap();
    assert!(page.contains("Jonas"), "{page}");
}
