//! What a client reads from a relay, and a relay from a client, before any signature is looked at.

use belay_protocol::relay::{
    AppendAnswer, Cursor, EraseEntry, EraseResult, Info, MailboxCreated, MailboxPk, PageWriter,
    Problem, ReadPage, ReadQuery, RelayOrigin, RendezvousId, SlotLife, split_envelopes,
};

/// Runs one input; tells how many readers took it.
pub fn run(bytes: &[u8]) -> usize {
    let mut taken = 0;
    if let Ok(envelopes) = split_envelopes(bytes) {
        let total: usize = envelopes
            .iter()
            .map(|envelope| envelope.bytes().len())
            .sum();
        assert_eq!(total, bytes.len());
        taken += 1;
    }
    if let Ok(page) = ReadPage::parse(bytes, 64) {
        assert!(page.envelopes.len() <= 64);
        let mut writer = PageWriter::new(page.generation, page.head, page.floor);
        for (seq, envelope) in &page.envelopes {
            if writer
                .push(*seq, envelope.as_deref().unwrap_or_default())
                .is_err()
            {
                panic!("what was read can be written");
            }
        }
        assert_eq!(writer.finish(), bytes);
        taken += 1;
    }
    // JSON answers: whatever a lying relay sends is an error, never a panic.
    taken += usize::from(
        serde_json::from_slice::<Problem>(bytes)
            .is_ok_and(|problem| !problem.code().as_str().is_empty()),
    );
    taken += usize::from(serde_json::from_slice::<Info>(bytes).is_ok());
    taken += usize::from(serde_json::from_slice::<MailboxCreated>(bytes).is_ok());
    taken += usize::from(serde_json::from_slice::<AppendAnswer>(bytes).is_ok());
    taken += usize::from(serde_json::from_slice::<Vec<EraseEntry>>(bytes).is_ok());
    taken += usize::from(serde_json::from_slice::<Vec<EraseResult>>(bytes).is_ok());
    let Ok(text) = std::str::from_utf8(bytes) else {
        return taken;
    };
    if let Ok(query) = ReadQuery::parse(text) {
        assert_eq!(ReadQuery::parse(&query.encode()), Ok(query));
        taken += 1;
    }
    taken += usize::from(SlotLife::parse_query(text).is_ok());
    taken += usize::from(text.parse::<MailboxPk>().is_ok());
    taken += usize::from(text.parse::<RendezvousId>().is_ok());
    if let Ok(cursor) = text.parse::<Cursor>() {
        assert_eq!(cursor.to_string().parse(), Ok(cursor));
        taken += 1;
    }
    if let Ok(origin) = text.parse::<RelayOrigin>() {
        assert_eq!(origin.to_string().parse().as_ref(), Ok(&origin));
        taken += 1;
    }
    taken
}
