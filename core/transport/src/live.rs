//! A live connection to a relay: one socket that tells how far several mailboxes have come.

use std::collections::VecDeque;
use std::time::Duration;

use belay_crypto::{MailboxKey, SignedRequest, sign_request};
use belay_protocol::relay::{
    Code, LiveClaim, LiveEvent, LiveOrder, LiveReader, LiveSignature, header, limits, path,
};
use reqwest::{Method, Response};

use crate::TransportError;
use crate::answer::{refusal, refused};
use crate::relay_client::{Call, RelayClient, mailbox_pk};

/// An open connection. It ends about once an hour; then begin another. Dropping it hangs up.
#[derive(Debug)]
pub struct Live {
    response: Response,
    reader: LiveReader,
    events: VecDeque<LiveEvent>,
}

impl Live {
    /// The next event; `None` when the relay ended the connection in good order. The first events say
    /// how far each mailbox has come already. Dropping the future loses nothing.
    ///
    /// # Errors
    /// `Interrupted` when the connection broke or nothing at all was heard for a minute, `BadAnswer`
    /// for what is no event.
    pub async fn next(&mut self) -> Result<Option<LiveEvent>, TransportError> {
        loop {
            if let Some(event) = self.events.pop_front() {
                return Ok(Some(event));
            }
            let piece = self.response.chunk().await;
            let Some(piece) = piece.map_err(|error| TransportError::of(&error))? else {
                return Ok(None);
            };
            let events = self.reader.take(&piece);
            self.events
                .extend(events.map_err(|_| TransportError::BadAnswer("live event"))?);
        }
    }
}

impl RelayClient {
    /// Watches 1 to 64 mailboxes over one connection. The relay sees that they are watched together, so
    /// they should be of one space, except at a relay that the person runs.
    ///
    /// # Errors
    /// `Refused` with `NoMailbox` where there is none of them, with `NotFound` by a relay that knows no live connections; `TooLarge` for none or too
    /// many mailboxes, before anything is sent.
    pub async fn live(&self, keys: &[&MailboxKey], now_ms: i64) -> Result<Live, TransportError> {
        if keys.is_empty() || keys.len() > limits::LIVE_MAILBOXES_MAX {
            return Err(TransportError::TooLarge);
        }
        match self.live_once(keys, self.by_relay(now_ms)).await {
            Err(TransportError::Refused {
                code: Code::Stale,
                relay_time_ms: Some(relay_ms),
                ..
            }) => {
                self.learn_time(now_ms, relay_ms);
                self.live_once(keys, relay_ms).await
            }
            other => other,
        }
    }

    async fn live_once(&self, keys: &[&MailboxKey], time_ms: i64) -> Result<Live, TransportError> {
        let origin = self.origin().to_string();
        let time_ms = u64::try_from(time_ms).unwrap_or(0);
        let claim = |key: &&MailboxKey| {
            let mailbox = mailbox_pk(key);
            let signed = SignedRequest {
                method: "GET",
                path: &path::live(&mailbox),
                query: "",
                time_ms,
                body: &[],
                origin: &origin,
            };
            LiveClaim {
                mailbox,
                signature: LiveSignature(sign_request(key, &signed)),
            }
        };
        let order = LiveOrder {
            time_ms,
            watch: keys.iter().map(claim).collect(),
        };
        let call = Call {
            body: serde_json::to_vec(&order).map_err(|_| TransportError::Setup)?,
            ..Call::new(Method::POST, path::LIVE)
        };
        let Some(http) = self.http() else {
            // A line carries single requests; whoever listens asks now and then instead.
            return Err(refused(404, None));
        };
        let request = self.request(http, &call, None);
        // A little longer than the relay keeps it open; a connection that died is noticed by its silence.
        let patience = Duration::from_secs(limits::LIVE_SECONDS_MAX) + self.timeout();
        let response = request
            .timeout(patience)
            .send()
            .await
            .map_err(|error| TransportError::of(&error))?;
        if !response.status().is_success() {
            return Err(refusal(response).await);
        }
        let kind = response.headers().get(reqwest::header::CONTENT_TYPE);
        if kind.is_none_or(|kind| kind.as_bytes() != header::EVENTS.as_bytes()) {
            return Err(TransportError::BadAnswer("no live connection"));
        }
        Ok(Live {
            response,
            reader: LiveReader::new(),
            events: VecDeque::new(),
        })
    }
}
