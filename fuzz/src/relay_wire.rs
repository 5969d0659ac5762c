//! What a client reads from a relay, and a relay from a client, before any signature is looked at.

use belay_protocol::relay::{
    AppendAnswer, BlobErase, BlobErased, BlobId, BlobPage, BlobPart, BlobRange, BlobState, Cursor,
    EraseEntry, EraseResult, Info, LiveEvent, LiveOrder, LiveReader, MailboxCreated, MailboxPk,
    PageWriter, Problem, ReadPage, ReadQuery, RelayOrigin, RendezvousId, SlotLife, split_envelopes,
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
    if let Ok(page) = BlobPage::parse(bytes, 64) {
        assert!(page.bytes.len() <= 64);
        let head = BlobPage::head(page.state, &page.erase_hash, page.offset);
        assert_eq!([head, page.bytes].concat(), bytes);
        taken += 1;
    }
    taken += usize::from(hear(bytes));
    if let Ok(order) = LiveOrder::parse(bytes) {
        assert!((1..=64).contains(&order.watch.len()));
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
    taken += usize::from(serde_json::from_slice::<BlobState>(bytes).is_ok());
    taken += usize::from(serde_json::from_slice::<BlobErase>(bytes).is_ok());
    taken += usize::from(serde_json::from_slice::<BlobErased>(bytes).is_ok());
    let Ok(text) = std::str::from_utf8(bytes) else {
        return taken;
    };
    if let Ok(query) = ReadQuery::parse(text) {
        assert_eq!(ReadQuery::parse(&query.encode()), Ok(query));
        taken += 1;
    }
    if let Ok(part) = BlobPart::parse(text) {
        assert_eq!(part.encode(), text);
        taken += 1;
    }
    if let Ok(range) = BlobRange::parse(text) {
        assert_eq!(BlobRange::parse(&range.encode()), Ok(range));
        taken += 1;
    }
    taken += usize::from(text.parse::<BlobId>().is_ok());
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

/// Events of a live connection: the same however the bytes are cut, and read again as written. Whether
/// any were taken.
fn hear(bytes: &[u8]) -> bool {
    let whole = LiveReader::new().take(bytes);
    let mut reader = LiveReader::new();
    let mut pieces = Ok(Vec::new());
    for piece in bytes.chunks(7) {
        pieces = pieces.and_then(|mut events: Vec<LiveEvent>| {
            events.extend(reader.take(piece)?);
            Ok(events)
        });
    }
    assert_eq!(whole, pieces);
    let Ok(events) = whole else { return false };
    let mut text = String::new();
    for event in &events {
        event.write(&mut text);
    }
    assert_eq!(LiveReader::new().take(text.as_bytes()), Ok(events.clone()));
    !events.is_empty()
}
