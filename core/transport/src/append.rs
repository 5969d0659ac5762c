//! Sealed envelopes on their way to a relay.

use belay_crypto::{MailboxKey, envelope_id};
use belay_protocol::relay::{AppendAnswer, AppendOutcome, EnvelopeRef, limits, path};
use reqwest::Method;

use crate::TransportError;
use crate::relay_client::{Call, RelayClient, mailbox_pk};

impl RelayClient {
    /// Posts envelopes, all or none: at most 64 and 1 MiB together. Posting again what the relay has
    /// changes nothing.
    ///
    /// # Errors
    /// `Erased` names those the relay will not take back; `TooLarge` before anything is sent.
    pub async fn append(
        &self,
        key: &MailboxKey,
        envelopes: &[Vec<u8>],
        now_ms: i64,
    ) -> Result<Vec<AppendOutcome>, TransportError> {
        if envelopes.is_empty() {
            return Ok(Vec::new());
        }
        let answer = self.append_noted(key, envelopes, now_ms).await?;
        Ok(answer.outcomes)
    }

    /// As [`Self::append`], with the generation that the numbers belong to: there has to be something to post.
    ///
    /// # Errors
    /// As [`Self::append`].
    pub async fn append_noted(
        &self,
        key: &MailboxKey,
        envelopes: &[Vec<u8>],
        now_ms: i64,
    ) -> Result<AppendAnswer, TransportError> {
        let size: usize = envelopes.iter().map(Vec::len).sum();
        let one = |bytes: &Vec<u8>| EnvelopeRef::take(bytes).is_ok_and(|(_, rest)| rest.is_empty());
        let fits = size <= limits::APPEND_BYTES_MAX
            && envelopes.len() <= limits::APPEND_ENVELOPES_MAX
            && envelopes.iter().all(one);
        if !fits {
            return Err(TransportError::TooLarge);
        }
        let path = path::envelopes(&mailbox_pk(key));
        let call = Call {
            body: envelopes.concat(),
            ..Call::new(Method::POST, &path)
        };
        let answer: AppendAnswer = self.send(call, Some((key, now_ms))).await?.json()?;
        let same = answer.outcomes.len() == envelopes.len()
            && answer
                .outcomes
                .iter()
                .zip(envelopes)
                .all(|(outcome, bytes)| outcome.env_id == envelope_id(bytes));
        if !same {
            return Err(TransportError::BadAnswer("other envelopes than sent"));
        }
        Ok(answer)
    }
}
