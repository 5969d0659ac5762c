//! What a client reads from a relay, and a relay from a client, before any signature is looked at.
#![no_main]

use belay_protocol::relay::{
    AppendAnswer, Cursor, EraseEntry, EraseResult, Info, MailboxCreated, MailboxPk, PageWriter,
    Problem, ReadPage, ReadQuery, RelayOrigin, RendezvousId, SlotLife, split_envelopes,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(envelopes) = split_envelopes(bytes) {
        let total: usize = envelopes
            .iter()
            .map(|envelope| envelope.bytes().len())
            .sum();
        assert_eq!(total, bytes.len());
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
    }
    // JSON answers: whatever a lying relay sends is an error, never a panic.
    let _ = serde_json::from_slice::<Problem>(bytes).map(|problem| problem.code());
    let _ = serde_json::from_slice::<Info>(bytes);
    let _ = serde_json::from_slice::<MailboxCreated>(bytes);
    let _ = serde_json::from_slice::<AppendAnswer>(bytes);
    let _ = serde_json::from_slice::<Vec<EraseEntry>>(bytes);
    let _ = serde_json::from_slice::<Vec<EraseResult>>(bytes);
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    if let Ok(query) = ReadQuery::parse(text) {
        assert_eq!(ReadQuery::parse(&query.encode()), Ok(query));
    }
    let _ = SlotLife::parse_query(text);
    let _ = text.parse::<MailboxPk>();
    let _ = text.parse::<RendezvousId>();
    if let Ok(cursor) = text.parse::<Cursor>() {
        assert_eq!(cursor.to_string().parse(), Ok(cursor));
    }
    if let Ok(origin) = text.parse::<RelayOrigin>() {
        assert_eq!(origin.to_string().parse().as_ref(), Ok(&origin));
    }
});
