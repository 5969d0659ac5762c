//! What the reader knows of a document's past: for every change its writer, place and parents, and
//! what its operations did; no values.

use std::collections::{BinaryHeap, HashMap, HashSet};

use super::op_table::{Deed, OpTable};
use super::{ActorBytes, ChangeHash, CheckedChange};

/// What a document begins with on every device, without ever being sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GenesisFacts {
    /// The fixed writer of the genesis.
    pub actor: ActorBytes,
    /// The hash of the genesis change.
    pub hash: ChangeHash,
    /// Whether the document has the text `t`.
    pub has_text: bool,
}

impl GenesisFacts {
    /// Counter of the operation that made `f`.
    pub const FIELDS: u64 = 1;
    /// Counter of the operation that made `x`.
    pub const EXTENSIONS: u64 = 2;
    /// Counter of the operation that made `t`, where there is one.
    pub const TEXT: u64 = 3;

    fn max_op(&self) -> u64 {
        if self.has_text {
            Self::TEXT
        } else {
            Self::EXTENSIONS
        }
    }
}

#[derive(Debug, Clone)]
struct Node {
    hash: ChangeHash,
    writer: usize,
    seq: u64,
    start_op: u64,
    max_op: u64,
    parents: Vec<usize>,
    table: OpTable,
}

/// The changes of one document, genesis first, each after its parents.
#[derive(Debug, Clone)]
pub struct History {
    genesis: GenesisFacts,
    nodes: Vec<Node>,
    by_hash: HashMap<ChangeHash, usize>,
    writers: HashMap<ActorBytes, usize>,
    /// For each writer its changes by sequence number; the first has number 1.
    chains: Vec<Vec<usize>>,
}

impl History {
    /// The history of a document that only has its genesis.
    #[must_use]
    pub fn new(genesis: GenesisFacts) -> Self {
        Self {
            genesis,
            nodes: vec![Node {
                hash: genesis.hash,
                writer: 0,
                seq: 1,
                start_op: 1,
                max_op: genesis.max_op(),
                parents: Vec::new(),
                // Nothing may refer to what the genesis did, except as a container.
                table: OpTable::default(),
            }],
            by_hash: HashMap::from([(genesis.hash, 0)]),
            writers: HashMap::from([(genesis.actor, 0)]),
            chains: vec![vec![0]],
        }
    }

    /// What the document begins with.
    #[must_use]
    pub fn genesis(&self) -> &GenesisFacts {
        &self.genesis
    }

    /// How many changes there are, the genesis included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether nothing but the genesis is there.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nodes.len() == 1
    }

    /// Whether a change is there.
    #[must_use]
    pub fn contains(&self, hash: &ChangeHash) -> bool {
        self.by_hash.contains_key(hash)
    }

    /// Greatest operation counter of the whole document.
    #[must_use]
    pub fn max_op(&self) -> u64 {
        self.nodes.iter().map(|node| node.max_op).max().unwrap_or(0)
    }

    /// Adds a change that [`super::read_change`] accepted against this very history.
    ///
    /// Nothing happens when it is there already or a parent is not.
    pub(crate) fn push(&mut self, change: &CheckedChange) {
        if self.contains(&change.hash) {
            return;
        }
        let Ok(parents) = self.resolve(&change.dependencies) else {
            return;
        };
        let next = self.chains.len();
        let writer = *self.writers.entry(change.actor).or_insert(next);
        if writer == next {
            self.chains.push(Vec::new());
        }
        let index = self.nodes.len();
        self.chains[writer].push(index);
        self.by_hash.insert(change.hash, index);
        self.nodes.push(Node {
            hash: change.hash,
            writer,
            seq: change.seq,
            start_op: change.start_op,
            max_op: change.max_op(),
            parents,
            table: change.table.clone(),
        });
    }

    /// Forgets the changes added last until `len` are left; the genesis stays.
    pub(crate) fn truncate(&mut self, len: usize) {
        while self.nodes.len() > len.max(1) {
            if let Some(node) = self.nodes.pop() {
                self.by_hash.remove(&node.hash);
                self.chains[node.writer].pop();
            }
        }
    }

    /// Positions of the given changes, or those that are not there.
    fn resolve(&self, hashes: &[ChangeHash]) -> Result<Vec<usize>, Vec<ChangeHash>> {
        let mut positions = Vec::with_capacity(hashes.len());
        let mut missing = Vec::new();
        for hash in hashes {
            match self.by_hash.get(hash) {
                Some(position) => positions.push(*position),
                None => missing.push(*hash),
            }
        }
        if missing.is_empty() {
            Ok(positions)
        } else {
            Err(missing)
        }
    }

    /// Whether the writer already has a change with this sequence number.
    pub(super) fn has_sequence(&self, actor: &ActorBytes, seq: u64) -> bool {
        self.writers.get(actor).is_some_and(|writer| {
            u64::try_from(self.chains[*writer].len()).is_ok_and(|len| seq <= len)
        })
    }

    /// The past that these parents stand for, seen by the given actors; or the parents not there.
    pub(super) fn past(
        &self,
        dependencies: &[ChangeHash],
        actors: &[&ActorBytes],
    ) -> Result<Past<'_>, Vec<ChangeHash>> {
        let parents = self.resolve(dependencies)?;
        let max_op = parents
            .iter()
            .map(|parent| self.nodes[*parent].max_op)
            .max()
            .unwrap_or(0);
        let mut wanted: HashSet<usize> = actors
            .iter()
            .filter_map(|actor| self.writers.get(*actor).copied())
            .collect();
        let mut last = HashMap::new();
        // Whoever has the greatest counter is met first, so the first change met of a writer is its
        // last one in this past, and the walk may stop when all wanted writers were met.
        let mut queue: BinaryHeap<(u64, usize)> = parents
            .iter()
            .map(|parent| (self.nodes[*parent].max_op, *parent))
            .collect();
        let mut seen: HashSet<usize> = parents.into_iter().collect();
        while let Some((_, position)) = queue.pop() {
            let node = &self.nodes[position];
            if wanted.remove(&node.writer) {
                last.insert(node.writer, node.seq);
            }
            if wanted.is_empty() {
                break;
            }
            for parent in &node.parents {
                if seen.insert(*parent) {
                    queue.push((self.nodes[*parent].max_op, *parent));
                }
            }
        }
        Ok(Past {
            history: self,
            max_op,
            last,
        })
    }
}

/// The causal past of one change, as far as the actors it names.
#[derive(Debug)]
pub(super) struct Past<'h> {
    history: &'h History,
    pub(super) max_op: u64,
    /// For each writer asked for and met: its last sequence number in this past.
    last: HashMap<usize, u64>,
}

impl Past<'_> {
    /// Last sequence number of a writer in this past; 0 if it wrote nothing.
    pub(super) fn last_sequence(&self, actor: &ActorBytes) -> u64 {
        self.history
            .writers
            .get(actor)
            .and_then(|writer| self.last.get(writer))
            .copied()
            .unwrap_or(0)
    }

    /// What an operation did, if it is in this past.
    pub(super) fn deed(&self, actor: &ActorBytes, counter: u64) -> Option<&Deed> {
        let writer = self.history.writers.get(actor)?;
        let count = usize::try_from(*self.last.get(writer)?).ok()?;
        let chain = self.history.chains[*writer].get(..count)?;
        let after = chain.partition_point(|node| self.history.nodes[*node].start_op <= counter);
        self.history.nodes[chain[after.checked_sub(1)?]]
            .table
            .get(counter)
    }
}
