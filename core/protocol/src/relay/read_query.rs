//! The query of a read: where to start, how much to send, how long to wait.

use super::Cursor;
use super::cursor::parse_decimal;
use super::limits::{
    READ_BYTES_DEFAULT, READ_BYTES_MAX, READ_ENVELOPES_DEFAULT, READ_ENVELOPES_MAX,
    WAIT_SECONDS_MAX,
};
use crate::ProtocolError;

/// `after`, `limit`, `bytes` and `wait` of a read, each inside its limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadQuery {
    /// Read what comes after this; from the beginning if `None`.
    pub after: Option<Cursor>,
    /// Most envelopes to send, 1 to 1000.
    pub limit: u32,
    /// Most bytes to send; the first envelope is sent even if larger.
    pub bytes: u32,
    /// Seconds to wait when there is nothing yet, 0 to 25.
    pub wait: u32,
}

impl Default for ReadQuery {
    fn default() -> Self {
        Self {
            after: None,
            limit: READ_ENVELOPES_DEFAULT,
            bytes: READ_BYTES_DEFAULT,
            wait: 0,
        }
    }
}

impl ReadQuery {
    /// Brings every number inside its limit.
    #[must_use]
    pub fn bounded(self) -> Self {
        Self {
            after: self.after,
            limit: self.limit.clamp(1, READ_ENVELOPES_MAX),
            bytes: self.bytes.clamp(1, READ_BYTES_MAX),
            wait: self.wait.min(WAIT_SECONDS_MAX),
        }
    }

    /// The query as it stands in the address and under the signature, without the question mark.
    #[must_use]
    pub fn encode(&self) -> String {
        let numbers = format!(
            "limit={}&bytes={}&wait={}",
            self.limit, self.bytes, self.wait
        );
        match self.after {
            Some(cursor) => format!("after={cursor}&{numbers}"),
            None => numbers,
        }
    }

    /// Reads a query; what it does not name has its default, what is above its limit is lowered.
    ///
    /// # Errors
    /// `Malformed` for an unknown or repeated name or a value that is not what it should be.
    pub fn parse(query: &str) -> Result<Self, ProtocolError> {
        let mut read = Self::default();
        let mut seen = Vec::with_capacity(4);
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair
                .split_once('=')
                .ok_or(ProtocolError::Malformed("query"))?;
            if seen.contains(&name) {
                return Err(ProtocolError::Malformed("query"));
            }
            match name {
                "after" => read.after = Some(value.parse()?),
                "limit" => read.limit = number(value)?,
                "bytes" => read.bytes = number(value)?,
                "wait" => read.wait = number(value)?,
                _ => return Err(ProtocolError::Malformed("query")),
            }
            seen.push(name);
        }
        Ok(read.bounded())
    }
}

/// A number that does not fit is as good as the largest: it is lowered to the limit anyway.
pub(super) fn number(value: &str) -> Result<u32, ProtocolError> {
    parse_decimal(value)
        .map(|number| u32::try_from(number).unwrap_or(u32::MAX))
        .ok_or(ProtocolError::Malformed("query"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use proptest::prelude::*;

    use super::super::Generation;
    use super::*;

    proptest! {
        #[test]
        fn a_query_survives_its_text_form(
            after in proptest::option::of((any::<u64>(), any::<u64>())),
            limit: u32, bytes: u32, wait: u32,
        ) {
            let query = ReadQuery {
                after: after.map(|(generation, seq)| Cursor { generation: Generation(generation), seq }),
                limit, bytes, wait,
            }.bounded();
            prop_assert_eq!(ReadQuery::parse(&query.encode()).unwrap(), query);
        }

        #[test]
        fn arbitrary_text_never_panics(text in ".{0,60}") {
            let _ = ReadQuery::parse(&text);
        }
    }

    #[test]
    fn what_is_unknown_repeated_or_no_number_is_refused() {
        for text in [
            "wait=1&wait=2",
            "since=3",
            "limit",
            "limit=-1",
            "limit=",
            "after=3",
        ] {
            assert!(ReadQuery::parse(text).is_err(), "{text}");
        }
        assert_eq!(ReadQuery::parse("").unwrap(), ReadQuery::default());
        assert_eq!(ReadQuery::parse("wait=9999").unwrap().wait, 25);
    }
}
