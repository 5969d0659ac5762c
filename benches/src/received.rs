//! What a store took in through a relay, read back out of it, so that every part of taking it in can be done
//! again on its own.

use std::collections::BTreeMap;
use std::path::Path;

use belay_crypto::{
    EpochKeys, EpochSecret, envelope_id, item_id, open_envelope, unwrap_store_key, verify_item,
};
use belay_document::records::RecordPayload;
use belay_model::{DocName, EpochId, SharedCheckIn, SpaceId};
use belay_protocol::{ChangesBody, DocKind, Item, ItemKind, RecordBody};
use belay_store::{KeyFile, ReadTx, SecretKind, Space, SpaceRow, Store};
use belay_sync::{Act, Content, Membership};
use rusqlite::Connection;

use crate::Outcome;
use crate::person::store_dir;
use crate::raw_rows::connect;

/// A page of a mailbox, and so a transaction, is at most this.
const BATCH_BYTES: usize = 1024 * 1024;
const BATCH_ENVELOPES: usize = 500;

/// The changes of one document each.
pub type Changes = BTreeMap<(u8, DocName), Vec<Vec<u8>>>;

/// An envelope's row, epoch and bytes.
type Envelope = (i64, EpochId, Vec<u8>);

/// Everything that came into one space.
pub struct Received {
    space: SpaceId,
    keys: BTreeMap<EpochId, EpochKeys>,
    members: Membership,
    /// In the order they came.
    envelopes: Vec<Envelope>,
}

impl Received {
    /// Reads the store of a folder. The space is the one into which something came.
    pub fn read(folder: &Path) -> Outcome<Self> {
        let dir = store_dir(folder);
        let secret = std::fs::read(folder.join("secret"))?;
        let key = unwrap_store_key(&KeyFile::read(&dir)?, &secret, None)?;
        let store = Store::open(&dir, key.bytes())?;
        let connection = connect(folder)?;
        store.read(|tx| {
            for space in tx.spaces()? {
                let found = Self::of_space(tx, &space, &connection)?;
                if !found.envelopes.is_empty() {
                    return Ok(found);
                }
            }
            Err("nothing came into any space".into())
        })
    }

    fn of_space(tx: &ReadTx<'_>, space: &Space, connection: &Connection) -> Outcome<Self> {
        let mut keys = BTreeMap::new();
        for secret in tx.secrets(Some(space.row), SecretKind::EpochSecret)? {
            let epoch = EpochId::from_slice(&secret.name).ok_or("no epoch's name")?;
            let value: [u8; 32] = secret.value.as_slice().try_into()?;
            keys.insert(epoch, EpochSecret::from_bytes(value).keys(&epoch));
        }
        let mut members = Membership::new(space.id);
        for stored in tx.control_items(space.row)? {
            let item = stored.item()?;
            if let Content::Membership(body) = Content::parse(&item)? {
                members.insert(Act {
                    id: stored.item_id,
                    author: item.header.device_id,
                    heads: item.header.heads.clone(),
                    body,
                })?;
            }
        }
        Ok(Self {
            space: space.id,
            keys,
            members,
            envelopes: envelopes(connection, space.row)?,
        })
    }

    /// Which batch each envelope's row belongs to: a batch is one page of one mailbox.
    pub fn batches(&self) -> BTreeMap<i64, usize> {
        let mut batches = BTreeMap::new();
        let (mut batch, mut count, mut bytes) = (0, 0, 0);
        let mut of = self.envelopes.first().map(|(_, epoch, _)| *epoch);
        for (row, epoch, envelope) in &self.envelopes {
            let full = count == BATCH_ENVELOPES || bytes + envelope.len() > BATCH_BYTES;
            if count > 0 && (full || of != Some(*epoch)) {
                batch += 1;
                (count, bytes, of) = (0, 0, Some(*epoch));
            }
            count += 1;
            bytes += envelope.len();
            batches.insert(*row, batch);
        }
        batches
    }

    /// Bytes of all envelopes.
    pub fn bytes(&self) -> usize {
        self.envelopes.iter().map(|(_, _, bytes)| bytes.len()).sum()
    }

    /// How many envelopes came.
    pub fn count(&self) -> usize {
        self.envelopes.len()
    }

    /// A batch for each envelope, as they come when both keep up.
    pub fn one_by_one(&self) -> BTreeMap<i64, usize> {
        let rows = self.envelopes.iter().map(|(row, _, _)| *row);
        rows.zip(0..).collect()
    }

    /// Opens all envelopes, which decrypts and unpacks them; their items as they travel.
    pub fn open(&self) -> Outcome<Vec<Vec<u8>>> {
        let mut items = Vec::new();
        for (_, epoch, bytes) in &self.envelopes {
            let keys = self.keys.get(epoch).ok_or("an epoch without keys")?;
            std::hint::black_box(envelope_id(bytes));
            items.extend(open_envelope(bytes, keys, &self.space, epoch)?);
        }
        Ok(items)
    }

    /// Parses items.
    pub fn parse(items: &[Vec<u8>]) -> Outcome<Vec<Item>> {
        let parse = |bytes: &Vec<u8>| Ok(Item::parse(bytes)?);
        items.iter().map(parse).collect()
    }

    /// Names the items, compares their bodies with the signed hash and checks the signatures.
    pub fn verify(&self, items: &[Item]) -> Outcome<()> {
        for item in items {
            let author = self.members.device(&item.header.device_id);
            verify_item(item, &author.ok_or("nobody's item")?.sign_pk)?;
            std::hint::black_box(item_id(&item.header));
        }
        Ok(())
    }

    /// Reads the check-ins that were shared.
    pub fn records(items: &[Item]) -> Outcome<Vec<SharedCheckIn>> {
        let mut records = Vec::new();
        for item in items {
            if item.header.kind == ItemKind::Record
                && item.header.doc_kind == u8::from(DocKind::CheckIn)
            {
                let body = RecordBody::parse(item.body.as_deref().unwrap_or_default())?;
                records.extend(SharedCheckIn::from_body(&body)?);
            }
        }
        Ok(records)
    }

    /// Reads the changes of own documents.
    pub fn changes(items: &[Item]) -> Outcome<Changes> {
        let mut changes = Changes::new();
        for item in items {
            if item.header.kind == ItemKind::Changes {
                let body = ChangesBody::parse(item.body.as_deref().unwrap_or_default())?;
                let document = (item.header.doc_kind, item.header.doc_name);
                changes.entry(document).or_default().extend(body.changes);
            }
        }
        Ok(changes)
    }
}

fn envelopes(connection: &Connection, space: SpaceRow) -> Outcome<Vec<Envelope>> {
    let mut statement = connection.prepare(
        "SELECT v.id, e.epoch_id, b.bytes FROM envelope v
         JOIN epoch e ON e.id = v.epoch JOIN envelope_bytes b ON b.envelope = v.id
         WHERE v.space = ?1 AND v.own = 0 ORDER BY v.id",
    )?;
    let rows = statement.query_map([space.0], |row| {
        Ok((row.get(0)?, EpochId::from_bytes(row.get(1)?), row.get(2)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
