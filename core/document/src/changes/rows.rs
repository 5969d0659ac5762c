//! Operation by operation: only what Belay's documents write may pass.
//!
//! A document has the fixed containers of its genesis and nothing else: maps `f` and `x` hold
//! scalars under text keys, the text `t` holds single characters. Setting and deleting are the only
//! operations; no container is ever made after the genesis.

use super::bytes::Cursor;
use super::chunk::Chunk;
use super::history::{GenesisFacts, Past};
use super::op_table::{Deed, OpTable};
use super::runs::{DeltaRows, FlagRows, Rows};
use super::{ActorBytes, KEY_MAX, RejectReason};

const SET: u64 = 1;
const DELETE: u64 = 3;

/// Type codes in the low four bits of a value's description.
const NULL: u64 = 0;
const FALSE: u64 = 1;
const TRUE: u64 = 2;
const UNSIGNED: u64 = 3;
const SIGNED: u64 = 4;
const FLOAT: u64 = 5;
const TEXT: u64 = 6;
const BYTES: u64 = 7;
const TIMESTAMP: u64 = 9;

/// The value of one operation, as far as the rules care.
enum Value<'a> {
    Null,
    Text(&'a str),
    Other,
}

/// How operations name each other: counter and writer, in the order Automerge sorts them.
type OpName = (u64, ActorBytes);

/// All columns side by side.
struct Walk<'c, 'a> {
    chunk: &'c Chunk<'a>,
    object_actor: Rows<'a, u64>,
    object_counter: Rows<'a, u64>,
    key_actor: Rows<'a, u64>,
    key_counter: DeltaRows<'a>,
    key_text: Rows<'a, &'a str>,
    insert: FlagRows<'a>,
    action: Rows<'a, u64>,
    value_meta: Rows<'a, u64>,
    value: Cursor<'a>,
    predecessor_count: Rows<'a, u64>,
    predecessor_actor: Rows<'a, u64>,
    predecessor_counter: DeltaRows<'a>,
    /// Which of the other actors some operation refers to.
    used: Vec<bool>,
    /// What the operations so far did.
    table: OpTable,
}

/// Checks every operation of a change and says what each did. With `past`, also that what it refers
/// to is there and is of the right kind.
pub(super) fn check_rows(
    chunk: &Chunk<'_>,
    genesis: &GenesisFacts,
    past: Option<&Past<'_>>,
) -> Result<OpTable, RejectReason> {
    let columns = &chunk.columns;
    let mut walk = Walk {
        chunk,
        object_actor: Rows::new(Some(columns.object_actor)),
        object_counter: Rows::new(Some(columns.object_counter)),
        key_actor: Rows::new(columns.key_actor),
        key_counter: DeltaRows::new(columns.key_counter),
        key_text: Rows::new(columns.key_text),
        insert: FlagRows::new(columns.insert),
        action: Rows::new(Some(columns.action)),
        value_meta: Rows::new(Some(columns.value_meta)),
        value: Cursor::new(columns.value),
        predecessor_count: Rows::new(Some(columns.predecessor_count)),
        predecessor_actor: Rows::new(columns.predecessor_actor),
        predecessor_counter: DeltaRows::new(columns.predecessor_counter),
        used: vec![false; chunk.other_actors.len()],
        table: OpTable::default(),
    };
    // Bounded: the table has at most OPERATIONS_READ_MAX rows.
    for row in 0..columns.rows {
        walk.check_row(chunk.start_op + row, genesis, past)?;
    }
    if walk.used.iter().all(|used| *used) {
        Ok(walk.table)
    } else {
        Err(RejectReason::OtherActors)
    }
}

impl<'a> Walk<'_, 'a> {
    fn check_row(
        &mut self,
        own_counter: u64,
        genesis: &GenesisFacts,
        past: Option<&Past<'_>>,
    ) -> Result<(), RejectReason> {
        let container = self.container(genesis)?;
        let insert = self.insert.next_cell()?;
        let action = required(self.action.next_cell()?)?;
        let value = self.value()?;
        let key_text = self.key_text.next_cell()?;
        let element = self.element()?;
        let predecessors = self.predecessors()?;

        match action {
            SET => {}
            DELETE if matches!(value, Value::Null) => {}
            DELETE => return Err(RejectReason::Value),
            _ => return Err(RejectReason::Operation),
        }
        let deed = if container == GenesisFacts::TEXT {
            let (None, Some(element)) = (key_text, element) else {
                return Err(RejectReason::Key);
            };
            if let Some(element) = element {
                self.check_reference(element, own_counter, &Deed::Insert, past)?;
            }
            match (action, insert, value, element) {
                (SET, true, Value::Text(text), _) if text.chars().count() == 1 => {
                    if !predecessors.is_empty() {
                        return Err(RejectReason::Predecessors);
                    }
                    Deed::Insert
                }
                (SET, true, _, _) => return Err(RejectReason::Value),
                // Nothing overwrites a character, so a deletion's only predecessor is what it deletes.
                (DELETE, false, _, Some(element)) => {
                    if predecessors != [element] {
                        return Err(RejectReason::Predecessors);
                    }
                    Deed::Delete
                }
                (DELETE, false, _, None) => return Err(RejectReason::Key),
                _ => return Err(RejectReason::Operation),
            }
        } else {
            let key = key_text.ok_or(RejectReason::Key)?;
            if element.is_some() || key.is_empty() || key.len() > KEY_MAX {
                return Err(RejectReason::Key);
            }
            if insert {
                return Err(RejectReason::Operation);
            }
            let put = Deed::Put {
                container,
                key: key.into(),
            };
            for predecessor in &predecessors {
                self.check_reference(*predecessor, own_counter, &put, past)?;
            }
            match action {
                SET => put,
                _ if predecessors.is_empty() => return Err(RejectReason::Predecessors),
                _ => Deed::Delete,
            }
        };
        self.table.push(own_counter, deed);
        Ok(())
    }

    /// The genesis operation that made the operation's container.
    fn container(&mut self, genesis: &GenesisFacts) -> Result<u64, RejectReason> {
        let actor = self.object_actor.next_cell()?;
        let counter = self.object_counter.next_cell()?;
        let (Some(actor), Some(counter)) = (actor, counter) else {
            return Err(RejectReason::Container);
        };
        if *self.actor(actor)? != genesis.actor {
            return Err(RejectReason::Container);
        }
        match counter {
            GenesisFacts::FIELDS | GenesisFacts::EXTENSIONS => Ok(counter),
            GenesisFacts::TEXT if genesis.has_text => Ok(counter),
            _ => Err(RejectReason::Container),
        }
    }

    /// The element an operation on the text names: `None` for no element at all, `Some(None)` for the
    /// head.
    fn element(&mut self) -> Result<Option<Option<OpName>>, RejectReason> {
        let actor = self.key_actor.next_cell()?;
        let counter = self.key_counter.next_cell()?;
        match (actor, counter) {
            (None, None) => Ok(None),
            (None, Some(0)) => Ok(Some(None)),
            (Some(actor), Some(counter)) if counter > 0 => {
                Ok(Some(Some((counter, *self.actor(actor)?))))
            }
            _ => Err(RejectReason::Key),
        }
    }

    /// What the operation replaces or deletes, strictly ascending.
    fn predecessors(&mut self) -> Result<Vec<OpName>, RejectReason> {
        let count = required(self.predecessor_count.next_cell()?)?;
        let mut found: Vec<OpName> = Vec::new();
        // Bounded: all counts together are at most PREDECESSORS_MAX.
        for _ in 0..count {
            let index = required(self.predecessor_actor.next_cell()?)?;
            let counter = required(self.predecessor_counter.next_cell()?)?;
            let predecessor = (counter, *self.actor(index)?);
            if found.last().is_some_and(|last| *last >= predecessor) {
                return Err(RejectReason::Predecessors);
            }
            found.push(predecessor);
        }
        Ok(found)
    }

    /// Whether an operation is in the past of the one with `own_counter` and did what it must have
    /// done. Without the past only what stands in this very change can be said.
    fn check_reference(
        &self,
        (counter, actor): OpName,
        own_counter: u64,
        must_be: &Deed,
        past: Option<&Past<'_>>,
    ) -> Result<(), RejectReason> {
        let own_change = actor == self.chunk.actor && counter >= self.chunk.start_op;
        let deed = match past {
            _ if counter >= own_counter => None,
            _ if own_change => self.table.get(counter),
            Some(past) => past.deed(&actor, counter),
            None => return Ok(()),
        };
        if deed == Some(must_be) {
            Ok(())
        } else {
            Err(RejectReason::Reference)
        }
    }

    fn actor(&mut self, index: u64) -> Result<&ActorBytes, RejectReason> {
        let other = usize::try_from(index).unwrap_or(usize::MAX).checked_sub(1);
        if let Some(used) = other.and_then(|other| self.used.get_mut(other)) {
            *used = true;
        }
        self.chunk.actor_at(index).ok_or(RejectReason::OtherActors)
    }

    fn value(&mut self) -> Result<Value<'a>, RejectReason> {
        let meta = required(self.value_meta.next_cell()?)?;
        let bytes = self.value.take_long(meta >> 4)?;
        let mut number = Cursor::new(bytes);
        match meta & 0b1111 {
            NULL if bytes.is_empty() => Ok(Value::Null),
            FALSE | TRUE if bytes.is_empty() => Ok(Value::Other),
            UNSIGNED => {
                number.unsigned()?;
                whole(number)
            }
            SIGNED | TIMESTAMP => {
                number.signed()?;
                whole(number)
            }
            FLOAT => {
                let value = f64::from_le_bytes(number.array()?);
                // NaN is unequal to itself and breaks every comparison of states.
                if value.is_nan() {
                    return Err(RejectReason::Value);
                }
                whole(number)
            }
            TEXT => std::str::from_utf8(bytes)
                .map(Value::Text)
                .map_err(|_| RejectReason::Value),
            BYTES => Ok(Value::Other),
            _ => Err(RejectReason::Value),
        }
    }
}

fn whole<'a>(number: Cursor<'_>) -> Result<Value<'a>, RejectReason> {
    if number.is_empty() {
        Ok(Value::Other)
    } else {
        Err(RejectReason::Value)
    }
}

fn required<T>(cell: Option<T>) -> Result<T, RejectReason> {
    cell.ok_or(RejectReason::Columns)
}
