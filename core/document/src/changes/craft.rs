//! For tests: a writer of the columnar format of our own. What it writes is canonical, so that a change can be in perfect
//! form and evil all the same.

use super::ActorBytes;
use super::forge::{Forge, signed, unsigned};

/// An operation's name: counter and writer.
pub(crate) type Name = (u64, ActorBytes);

/// Where in its container an operation stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    Key(String),
    Head,
    Element(Name),
}

/// One operation as its columns say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Op {
    /// The operation that made the container; `None` is the root.
    pub(crate) container: Option<Name>,
    pub(crate) place: Place,
    pub(crate) insert: bool,
    pub(crate) action: u64,
    /// Type code and bytes of the value.
    pub(crate) value: (u64, Vec<u8>),
    pub(crate) predecessors: Vec<Name>,
}

/// Writes a run-length column as Automerge does: `count value`, `-n value*n`, `0 count` for nulls; nothing when all
/// cells are null.
fn runs<T: PartialEq>(cells: &[Option<T>], write: impl Fn(&T) -> Vec<u8>) -> Vec<u8> {
    let mut out = Vec::new();
    if cells.iter().all(Option::is_none) {
        return out;
    }
    let run_at = |at: usize| {
        cells[at..]
            .iter()
            .take_while(|cell| **cell == cells[at])
            .count()
    };
    let mut at = 0;
    while at < cells.len() {
        let count = run_at(at);
        match &cells[at] {
            None => {
                out.extend(signed(0));
                out.extend(unsigned(count as u64));
                at += count;
            }
            Some(value) if count > 1 => {
                out.extend(signed(i64::try_from(count).expect("tests are small")));
                out.extend(write(value));
                at += count;
            }
            Some(_) => {
                let begin = at;
                while at < cells.len() && cells[at].is_some() && run_at(at) == 1 {
                    at += 1;
                }
                let literals = i64::try_from(at - begin).expect("tests are small");
                out.extend(signed(-literals));
                for value in cells[begin..at].iter().flatten() {
                    out.extend(write(value));
                }
            }
        }
    }
    out
}

fn deltas(cells: &[Option<u64>]) -> Vec<u8> {
    let mut before = 0i64;
    let cells: Vec<Option<i64>> = cells
        .iter()
        .map(|cell| {
            cell.map(|value| {
                let value = value.cast_signed();
                let delta = value.wrapping_sub(before);
                before = value;
                delta
            })
        })
        .collect();
    runs(&cells, |delta| signed(*delta))
}

fn flags(cells: &[bool]) -> Vec<u8> {
    let mut out = Vec::new();
    let (mut value, mut at) = (false, 0);
    while at < cells.len() {
        let count = cells[at..]
            .iter()
            .take_while(|cell| **cell == value)
            .count();
        out.extend(unsigned(count as u64));
        at += count;
        value = !value;
    }
    out
}

impl Forge {
    /// Puts these operations into the columns, and into the other actors whomever they name.
    pub(crate) fn operations(mut self, ops: &[Op]) -> Self {
        let mut others: Vec<ActorBytes> = ops
            .iter()
            .flat_map(|op| {
                let element = match &op.place {
                    Place::Element(name) => Some(*name),
                    _ => None,
                };
                op.predecessors
                    .iter()
                    .copied()
                    .chain(op.container)
                    .chain(element)
            })
            .map(|(_, actor)| actor)
            .filter(|actor| actor.as_slice() != self.actor)
            .collect();
        others.sort_unstable();
        others.dedup();
        let index = |actor: &ActorBytes| match others.binary_search(actor) {
            Ok(at) => at as u64 + 1,
            Err(_) => 0,
        };
        let each = |cell: &dyn Fn(&Op) -> Option<u64>| ops.iter().map(cell).collect::<Vec<_>>();
        let number = |value: &u64| unsigned(*value);
        let element = |op: &Op| match &op.place {
            Place::Element(name) => Some(*name),
            _ => None,
        };
        let counter = |op: &Op| match &op.place {
            Place::Element((counter, _)) => Some(*counter),
            Place::Head => Some(0),
            Place::Key(_) => None,
        };
        let keys: Vec<Option<&str>> = ops
            .iter()
            .map(|op| match &op.place {
                Place::Key(key) => Some(key.as_str()),
                _ => None,
            })
            .collect();
        let named: Vec<Name> = ops.iter().flat_map(|op| op.predecessors.clone()).collect();
        let columns = [
            (
                0x01,
                runs(
                    &each(&|op| op.container.map(|(_, actor)| index(&actor))),
                    number,
                ),
            ),
            (
                0x02,
                runs(
                    &each(&|op| op.container.map(|(counter, _)| counter)),
                    number,
                ),
            ),
            (
                0x11,
                runs(
                    &each(&|op| element(op).map(|(_, actor)| index(&actor))),
                    number,
                ),
            ),
            (0x13, deltas(&each(&counter))),
            (
                0x15,
                runs(&keys, |key| {
                    [unsigned(key.len() as u64), key.as_bytes().to_vec()].concat()
                }),
            ),
            (
                0x34,
                flags(&ops.iter().map(|op| op.insert).collect::<Vec<_>>()),
            ),
            (0x42, runs(&each(&|op| Some(op.action)), number)),
            (
                0x56,
                runs(
                    &each(&|op| Some((op.value.1.len() as u64) << 4 | op.value.0)),
                    number,
                ),
            ),
            (0x57, ops.iter().flat_map(|op| op.value.1.clone()).collect()),
            (
                0x70,
                runs(&each(&|op| Some(op.predecessors.len() as u64)), number),
            ),
            (
                0x71,
                runs(
                    &named
                        .iter()
                        .map(|(_, actor)| Some(index(actor)))
                        .collect::<Vec<_>>(),
                    number,
                ),
            ),
            (
                0x73,
                deltas(
                    &named
                        .iter()
                        .map(|(counter, _)| Some(*counter))
                        .collect::<Vec<_>>(),
                ),
            ),
        ];
        self.columns = columns
            .into_iter()
            .filter(|(_, bytes): &(u64, Vec<u8>)| !bytes.is_empty())
            .collect();
        self.others = others.into_iter().map(|actor| actor.to_vec()).collect();
        self
    }
}
