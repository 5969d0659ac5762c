//! Stores of every version that ever existed can be read.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use crate::common;

use belay_model::{DeviceId, DocName, EnvelopeId, EpochId, Incarnation, ItemId, PersonId, SpaceId};
use belay_protocol::relay::Generation;
use belay_store::{Delivery, EnvelopeRow, HeldReason, ItemRow, SecretKind, SpaceState, Store};
use common::{KEY, made, raw, read};
use rusqlite::Connection;

/// The layout without comments and spacing.
fn layout(conn: &Connection) -> Vec<String> {
    let mut statement = conn
        .prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")
        .unwrap();
    statement
        .query_map([], |row| row.get::<_, String>(0))
        .unwrap()
        .map(|sql| {
            let sql = sql.unwrap();
            sql.split_whitespace().collect::<Vec<_>>().join(" ")
        })
        .collect()
}

#[test]
fn migrations_make_the_frozen_layout_of_the_newest_version() {
    let (dir, store) = made();
    drop(store);
    let frozen = Connection::open_in_memory().unwrap();
    frozen
        .execute_batch(include_str!("../schemas/0004.sql"))
        .unwrap();
    assert_eq!(layout(&raw(&dir.path().join("belay.db"))), layout(&frozen));
}

#[test]
fn a_store_of_version_1_is_read_whole() {
    let dir = tempfile::tempdir().unwrap();
    let conn = raw(&dir.path().join("belay.db"));
    conn.execute_batch(include_str!("../schemas/0001.sql"))
        .unwrap();
    conn.execute_batch(include_str!("../exemplars/store-1.sql"))
        .unwrap();
    conn.pragma_update(None, "user_version", 1).unwrap();
    drop(conn);

    let store = Store::open(dir.path(), &KEY).unwrap();
    read(&store, |tx| {
        let inc = Incarnation(u64::MAX - 1);
        let hlc = 1_774_742_400_000 << 16 | 3;
        assert_eq!(tx.meta("opens")?.unwrap(), [3, 0, 0, 0, 0, 0, 0, 0]);
        let space = tx.space(SpaceId::from_bytes([0x11; 32]))?.unwrap();
        assert_eq!((space.kind, space.inc), (2, inc));
        assert_eq!(space.state, SpaceState::Waiting);
        assert_eq!(space.created_at_ms, 1_774_742_400_000);
        let row = space.row;
        let secret = |space, kind| tx.secret(space, kind, b"").unwrap().unwrap().to_vec();
        assert_eq!(secret(Some(row), SecretKind::SignSeed), [0xaa, 0xbb, 0xcc]);
        assert_eq!(
            secret(None, SecretKind::RecoveryEntropy),
            [0xdd, 0xee, 0xff]
        );
        let person = PersonId::from_bytes([0x12; 32]);
        let devices = tx.devices(row)?;
        assert_eq!(devices[0].id, DeviceId::from_bytes([0x14; 32]));
        assert_eq!(devices[1].person, PersonId::from_bytes([0x13; 32]));
        let name = DocName::from_bytes([0x16; 16]);
        let document = tx.find_document(row, &person, 2, &name)?.unwrap();

        let stored = tx.item(ItemRow(1))?.unwrap();
        let item = stored.item()?;
        assert_eq!((stored.seq, stored.hlc, stored.inc), (9, hlc, inc));
        assert_eq!(
            (item.header.seq, item.header.hlc, item.header.inc),
            (9, hlc, inc)
        );
        assert_eq!(item.header.doc_name, name);
        assert_eq!(item.salt, [0x1f; 16]);
        assert_eq!(item.body.unwrap(), [1; 5]);
        assert_eq!(item.signature, [0x1e; 64]);
        assert_eq!(stored.item_id, ItemId::from_bytes([0x1b; 32]));

        let envelopes = tx.envelopes_of(stored.row)?;
        assert_eq!(envelopes.len(), 1);
        let envelope = tx.envelope(envelopes[0])?;
        assert_eq!(envelope.env_id, EnvelopeId::from_bytes([0x18; 32]));
        assert_eq!(envelope.nonce, [0x19; 24]);
        let sent = envelope.sent.unwrap();
        assert_eq!((sent.seq, sent.generation), (12, Generation(u64::MAX)));
        assert_eq!(tx.envelope_bytes(envelope.row)?, [1, 1]);
        assert_eq!(
            tx.held(row, &[HeldReason::NewerVersion])?[0].bytes,
            [0xff, 2]
        );
        let chain = tx.chain(row, devices[0].row, inc)?.unwrap();
        assert_eq!((chain.contiguous, chain.contiguous_id), (0, None));
        assert_eq!(chain.ranges, [(9, 9)]);
        assert_eq!(chain.heads, [ItemId::from_bytes([0x1a; 32])]);
        assert_eq!(
            tx.delivery(stored.row, 1_774_742_400_000)?,
            Delivery::OnRelay
        );
        assert_eq!(tx.next_queued_at(row)?, Some(1_774_742_410_000));
        assert_eq!(tx.peer_acks(row)?[0].seq, 9);
        let epoch = EpochId::from_bytes([0x17; 32]);
        let mailbox = tx.mailbox(row, &epoch, "https://relay.example")?.unwrap();
        assert_eq!((mailbox.cursor, mailbox.created), (12, true));
        assert_eq!(mailbox.generation, Some(Generation(u64::MAX)));
        assert_eq!(mailbox.last_error.as_deref(), Some("offline"));
        let own = tx.own(document)?.unwrap();
        assert_eq!(own.on.as_deref(), Some("2026-03-29"));
        assert_eq!(own.json, "{\"mood\":3}");
        let shared = tx.shared(document)?.unwrap();
        assert_eq!((shared.rev, shared.withdrawn, shared.hlc), (4, false, hlc));
        assert_eq!(shared.about.as_deref(), Some(&[0x0b][..]));
        Ok(())
    });
}

#[test]
fn envelopes_of_a_store_of_version_1_that_hold_something_erased_are_to_go_from_the_relays() {
    let dir = tempfile::tempdir().unwrap();
    let conn = raw(&dir.path().join("belay.db"));
    conn.execute_batch(include_str!("../schemas/0001.sql"))
        .unwrap();
    conn.execute_batch(include_str!("../exemplars/store-1.sql"))
        .unwrap();
    // In envelope 1 an erased item beside the one that lives; envelope 2 was given up, 3 came from the
    // partner with something erased, 4 is as it should be.
    conn.execute_batch(
        "INSERT INTO envelope VALUES (2, 1, 1, 1, x'02', x'02', NULL, NULL, NULL);
         INSERT INTO envelope VALUES (3, 1, 1, 0, x'03', x'03', -1, 13, NULL);
         INSERT INTO envelope VALUES (4, 1, 1, 1, x'04', x'04', -1, 14, 1);
         INSERT INTO item SELECT 2, space, device, inc, 10, item_id, kind, document, hlc, 2, 1, detached, NULL
             FROM item WHERE id = 1;
         INSERT INTO item SELECT 3, space, 2, inc, 1, item_id, kind, NULL, hlc, 2, 3, detached, NULL
             FROM item WHERE id = 1;
         INSERT INTO item SELECT 4, space, device, inc, 11, item_id, kind, document, hlc, 0, 4, detached, body
             FROM item WHERE id = 1;
         INSERT INTO envelope_bytes VALUES (3, x'03'), (4, x'04');",
    )
    .unwrap();
    conn.pragma_update(None, "user_version", 1).unwrap();
    drop(conn);

    let store = Store::open(dir.path(), &KEY).unwrap();
    read(&store, |tx| {
        let space = tx.space(SpaceId::from_bytes([0x11; 32]))?.unwrap().row;
        let row = EnvelopeRow;
        assert_eq!(tx.taken_back(space)?, [row(1), row(2)]);
        assert_eq!(tx.only_in(row(1))?, [(ItemRow(1), 2)]);
        let has_bytes = |envelope| tx.envelope_bytes(envelope).is_ok();
        assert_eq!(
            [row(1), row(2), row(3), row(4)].map(has_bytes),
            [false, false, false, true]
        );
        assert_eq!(tx.envelopes_of(ItemRow(4))?, [row(4)]);
        Ok(())
    });
}
