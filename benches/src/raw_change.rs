//! One Automerge change with the operations of a check-in, made by Automerge alone.

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId, Automerge, Change, ObjId, ROOT, ReadDoc, ScalarValue, Value};
use belay_document::documents::genesis_bytes;
use belay_protocol::DocKind;

use crate::Outcome;
use crate::ten_years::END_MS;

/// The operations, and the document they are done to.
pub struct RawChange {
    genesis: Automerge,
    puts: Vec<(ObjId, String, ScalarValue)>,
}

impl RawChange {
    /// The operations that the given change of a check-in does to its fields.
    pub fn like(change: &[u8]) -> Outcome<Self> {
        let mut genesis = Automerge::new();
        genesis.apply_changes([Change::from_bytes(
            genesis_bytes(DocKind::CheckIn)?.to_vec(),
        )?])?;
        let mut written = genesis.clone();
        written.apply_changes([Change::from_bytes(change.to_vec())?])?;
        let mut puts = Vec::new();
        for container in ["f", "x"] {
            let (_, object) = genesis
                .get(ROOT, container)?
                .ok_or("a document without its containers")?;
            let keys: Vec<String> = written.keys(&object).collect();
            for key in keys {
                if let Some((Value::Scalar(value), _)) = written.get(&object, key.as_str())? {
                    puts.push((object.clone(), key, value.into_owned()));
                }
            }
        }
        if puts.is_empty() {
            return Err("a change without operations".into());
        }
        Ok(Self { genesis, puts })
    }

    /// Makes the change on a new document and gives its bytes.
    pub fn make(&self) -> Outcome<Vec<u8>> {
        let mut document = self.genesis.clone().with_actor(ActorId::from([5; 16]));
        let mut transaction = document.transaction();
        for (object, key, value) in &self.puts {
            transaction.put(object, key.as_str(), value.clone())?;
        }
        let options = CommitOptions::default().with_time(END_MS / 1000);
        let hash = transaction
            .commit_with(options)
            .0
            .ok_or("nothing was written")?;
        let change = document.get_change_by_hash(&hash).ok_or("no change")?;
        Ok(change.raw_bytes().to_vec())
    }
}
