//! Journal entries, written beside the engine as a second program on the same store would: no command
//! of the engine writes them yet. Document, chain and signature are the real ones.

use std::path::Path;

use belay_crypto::{DeviceKey, ItemDraft, actor_id, doc_id, item_id, sign_item, unwrap_store_key};
use belay_document::documents::{Draft, SelfDocument};
use belay_engine::SystemEntropy;
use belay_model::{DayStart, DocName, Hlc, ItemId, JournalEntry, Moment, make_bytes};
use belay_protocol::{ChangesBody, DocKind, Item, ItemKind, SpaceType};
use belay_store::{Chain, ItemState, KeyFile, NewItem, SecretKind, Space, Store, WriteTx};

use crate::Outcome;
use crate::person::{ZONE, store_dir};

/// Writes the texts as entries of the person's own space, each at its time, in one transaction.
pub fn write(folder: &Path, entries: &[(i64, String)]) -> Outcome<()> {
    let dir = store_dir(folder);
    let secret = std::fs::read(folder.join("secret"))?;
    let key = unwrap_store_key(&KeyFile::read(&dir)?, &secret, None)?;
    let store = Store::open(&dir, key.bytes())?;
    store.write(|tx| {
        let mut author = Author::find(tx)?;
        for (at_ms, text) in entries {
            author.write(*at_ms, text)?;
        }
        Outcome::Ok(())
    })
}

/// This device at the end of its chain in the person's own space.
struct Author<'a> {
    tx: &'a WriteTx<'a>,
    space: Space,
    sign_key: DeviceKey,
    chain: Chain,
}

impl<'a> Author<'a> {
    fn find(tx: &'a WriteTx<'a>) -> Outcome<Self> {
        let own = u8::from(SpaceType::SelfSpace);
        let space = tx
            .spaces()?
            .into_iter()
            .find(|space| space.kind == own)
            .ok_or("no own space")?;
        let seed = tx
            .secret(Some(space.row), SecretKind::SignSeed, b"")?
            .ok_or("no signing key")?;
        let (device, _) = tx
            .find_device(space.row, &space.own_device)?
            .ok_or("no device")?;
        let chain = tx
            .chain(space.row, device, space.inc)?
            .ok_or("no chain yet")?;
        Ok(Self {
            tx,
            space,
            sign_key: DeviceKey::from_seed(seed.as_slice().try_into()?),
            chain,
        })
    }

    fn write(&mut self, at_ms: i64, text: &str) -> Outcome<()> {
        let kind = DocKind::JournalEntry;
        let name = DocName::from_bytes(make_bytes(&mut SystemEntropy));
        let written = Moment::new(at_ms, ZONE)?;
        let on = written.civil_day(DayStart::default());
        let entry = JournalEntry::new(on, text.to_owned(), written, DayStart::default());
        let mut document = SelfDocument::new(kind)?;
        let draft = Draft::new().journal_entry(&entry, &document)?;
        let space = &self.space;
        let doc = doc_id(&space.id, &space.own_person, kind.into(), &name);
        let actor = actor_id(&space.own_device, space.inc, &doc);
        let changes = document.write(&actor, at_ms, &draft)?;
        let item = sign_item(
            &self.sign_key,
            ItemDraft {
                kind: ItemKind::Changes,
                space_id: space.id,
                device_id: space.own_device,
                inc: space.inc,
                seq: self.chain.top_seq + 1,
                prev: self.chain.top_id.to_bytes(),
                hlc: Hlc::tick(Hlc::from_u64(self.chain.top_hlc), at_ms).to_u64(),
                heads: self.chain.heads.clone(),
                doc_kind: kind.into(),
                doc_name: name,
                body: ChangesBody { changes }.encode(),
            },
            &mut SystemEntropy,
        )?;
        self.store(&item, item_id(&item.header))
    }

    fn store(&mut self, item: &Item, id: ItemId) -> Outcome<()> {
        let (tx, space, header) = (self.tx, &self.space, &item.header);
        let document = tx.document_row(
            space.row,
            &space.own_person,
            header.doc_kind,
            &header.doc_name,
        )?;
        let body = [
            item.salt.as_slice(),
            item.body.as_deref().unwrap_or_default(),
        ]
        .concat();
        tx.insert_item(&NewItem {
            space: space.row,
            device: self.chain.device,
            inc: header.inc,
            seq: header.seq,
            item_id: id,
            kind: header.kind.into(),
            document: Some(document),
            hlc: header.hlc,
            detached: &item.encode_detached(),
            body: Some(&body),
            state: ItemState::Applied,
            envelope: None,
        })?;
        self.chain = Chain {
            contiguous: header.seq,
            contiguous_id: Some(id),
            top_seq: header.seq,
            top_id: id,
            top_hlc: header.hlc,
            ..self.chain.clone()
        };
        Ok(tx.put_chain(space.row, &self.chain)?)
    }
}
