//! A relay as its client sees it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use belay_crypto::{MailboxKey, SignedRequest, sign_request};
use belay_model::EnvelopeId;
use belay_protocol::relay::{
    Code, Cursor, EraseEntry, EraseResult, EraseToken, Info, MailboxCreated, MailboxPk, ReadPage,
    ReadQuery, RelayOrigin, RendezvousId, Slot, SlotLife, header, limits, path,
};
use reqwest::{Client, Method, RequestBuilder, StatusCode};

use crate::answer::Answer;
use crate::line::{LineRequest, RelayLine, Way};
use crate::{RelayOptions, TransportError};

/// Speaks to one relay. Make one for each space: its connections are its own, so a relay cannot link
/// two spaces by a connection. A clone shares them. Every call touches the network; times are handed
/// in as milliseconds since 1970.
#[derive(Clone, Debug)]
pub struct RelayClient {
    way: Way,
    origin: RelayOrigin,
    timeout: Duration,
    /// What the relay's clock showed more than the times handed in, in milliseconds, when it last refused one.
    clock_offset_ms: Arc<AtomicI64>,
}

/// A request before it is signed.
pub(crate) struct Call<'a> {
    pub(crate) method: Method,
    pub(crate) path: &'a str,
    pub(crate) query: &'a str,
    pub(crate) body: Vec<u8>,
    pub(crate) token: Option<&'a str>,
    pub(crate) wait_s: u32,
    pub(crate) answer_max: usize,
}

impl<'a> Call<'a> {
    pub(crate) const fn new(method: Method, path: &'a str) -> Self {
        Self {
            method,
            path,
            query: "",
            body: Vec::new(),
            token: None,
            wait_s: 0,
            answer_max: limits::JSON_BYTES_MAX,
        }
    }
}

impl RelayClient {
    /// Prepares to speak to a relay; no network yet.
    ///
    /// # Errors
    /// `UnsafeOrigin` for plain HTTP to another machine without a yes, `Setup` for a pin that is no
    /// certificate.
    pub fn new(origin: RelayOrigin, options: &RelayOptions) -> Result<Self, TransportError> {
        Ok(Self {
            way: Way::Http(options.client(&origin)?),
            origin,
            timeout: options.timeout,
            clock_offset_ms: Arc::default(),
        })
    }

    /// Speaks to a relay by a line that is handed in. Its requests are the same; live connections it has none.
    #[must_use]
    pub fn by_line(origin: RelayOrigin, line: Arc<dyn RelayLine>) -> Self {
        Self {
            way: Way::Line(line),
            origin,
            timeout: RelayOptions::default().timeout,
            clock_offset_ms: Arc::default(),
        }
    }

    /// How far the relay's clock is ahead of the times that were handed in, in milliseconds, as far as it
    /// had to say so; 0 while it has not.
    #[must_use]
    pub fn clock_offset_ms(&self) -> i64 {
        self.clock_offset_ms.load(Ordering::Relaxed)
    }

    /// The relay's origin.
    #[must_use]
    pub const fn origin(&self) -> &RelayOrigin {
        &self.origin
    }

    /// What the relay says about itself, its clock included.
    ///
    /// # Errors
    /// See [`TransportError`].
    pub async fn info(&self) -> Result<Info, TransportError> {
        self.send(Call::new(Method::GET, path::INFO), None)
            .await?
            .json()
    }

    /// Makes the mailbox of this key, or finds that it exists.
    ///
    /// # Errors
    /// `Refused` with `TokenRequired` or `TokenRefused` where the relay wants a token.
    pub async fn create_mailbox(
        &self,
        key: &MailboxKey,
        token: Option<&str>,
        now_ms: i64,
    ) -> Result<MailboxCreated, TransportError> {
        let path = path::mailbox(&mailbox_pk(key));
        let call = Call {
            token,
            ..Call::new(Method::PUT, &path)
        };
        self.send(call, Some((key, now_ms))).await?.json()
    }

    /// Reads what follows `after`, or from the beginning. With `wait_s` (at most 25) the relay answers
    /// when something comes or the time is over. A page of another generation than the cursor's starts
    /// at the beginning.
    ///
    /// # Errors
    /// `BadAnswer` for a page that does not continue where the cursor stands.
    pub async fn read(
        &self,
        key: &MailboxKey,
        after: Option<Cursor>,
        limit: u32,
        max_bytes: u32,
        wait_s: u32,
        now_ms: i64,
    ) -> Result<ReadPage, TransportError> {
        let query = ReadQuery {
            after,
            limit,
            bytes: max_bytes,
            wait: wait_s,
        }
        .bounded();
        let path = path::envelopes(&mailbox_pk(key));
        let text = query.encode();
        let call = Call {
            query: &text,
            wait_s: query.wait,
            answer_max: page_bytes_max(&query),
            ..Call::new(Method::GET, &path)
        };
        let answer = self.send(call, Some((key, now_ms))).await?;
        let page = ReadPage::parse(&answer.bytes, query.limit)
            .map_err(|_| TransportError::BadAnswer("page"))?;
        let stood = after
            .filter(|cursor| cursor.generation == page.generation)
            .map_or(0, |cursor| cursor.seq);
        let first = page.envelopes.first().map(|(seq, _)| *seq);
        if first.is_some_and(|seq| seq != stood.max(page.floor).saturating_add(1)) {
            return Err(TransportError::BadAnswer("page with a gap"));
        }
        Ok(page)
    }

    /// Takes envelopes back; `grace_days` is 0 or 30. At most 256 at a time. Doing it again gives the
    /// same answer.
    ///
    /// # Errors
    /// `TooLarge` for too many, before anything is sent.
    pub async fn erase(
        &self,
        key: &MailboxKey,
        orders: &[(EnvelopeId, EraseToken, u32)],
        now_ms: i64,
    ) -> Result<Vec<EraseResult>, TransportError> {
        if orders.is_empty() {
            return Ok(Vec::new());
        }
        if orders.len() > limits::ERASE_ENTRIES_MAX {
            return Err(TransportError::TooLarge);
        }
        let entries: Vec<EraseEntry> = orders
            .iter()
            .map(|(env_id, token, grace_days)| EraseEntry {
                env_id: *env_id,
                token: token.clone(),
                grace_days: *grace_days,
            })
            .collect();
        let path = path::erase(&mailbox_pk(key));
        let call = Call {
            body: serde_json::to_vec(&entries).map_err(|_| TransportError::Setup)?,
            ..Call::new(Method::POST, &path)
        };
        let results: Vec<EraseResult> = self.send(call, Some((key, now_ms))).await?.json()?;
        let same = results.len() == entries.len()
            && results
                .iter()
                .zip(&entries)
                .all(|(a, b)| a.env_id == b.env_id);
        if !same {
            return Err(TransportError::BadAnswer("other envelopes than sent"));
        }
        Ok(results)
    }

    /// Writes a rendezvous slot for ten minutes. Writing the same again is fine.
    ///
    /// # Errors
    /// `Refused` with `SlotTaken` when someone else's bytes stand there; `TooLarge` before anything is
    /// sent.
    pub async fn put_slot(
        &self,
        id: RendezvousId,
        slot: Slot,
        bytes: &[u8],
    ) -> Result<(), TransportError> {
        self.put_slot_for(id, slot, bytes, SlotLife::Code).await
    }

    /// Writes a rendezvous slot for as long as asked.
    ///
    /// # Errors
    /// As [`Self::put_slot`].
    pub async fn put_slot_for(
        &self,
        id: RendezvousId,
        slot: Slot,
        bytes: &[u8],
        life: SlotLife,
    ) -> Result<(), TransportError> {
        if bytes.len() > slot.bytes_max() {
            return Err(TransportError::TooLarge);
        }
        let path = path::rendezvous(&id, slot);
        let call = Call {
            query: life.query(),
            body: bytes.to_vec(),
            ..Call::new(Method::PUT, &path)
        };
        self.send(call, None).await.map(drop)
    }

    /// The bytes of a rendezvous slot; `None` if nobody has written it by the end of `wait_s` (at most
    /// 25).
    ///
    /// # Errors
    /// See [`TransportError`].
    pub async fn get_slot(
        &self,
        id: RendezvousId,
        slot: Slot,
        wait_s: u32,
    ) -> Result<Option<Vec<u8>>, TransportError> {
        let wait_s = wait_s.min(limits::WAIT_SECONDS_MAX);
        let path = path::rendezvous(&id, slot);
        let query = format!("wait={wait_s}");
        let call = Call {
            query: &query,
            wait_s,
            answer_max: slot.bytes_max(),
            ..Call::new(Method::GET, &path)
        };
        let answer = self.send(call, None).await?;
        Ok((answer.status != StatusCode::NO_CONTENT).then_some(answer.bytes))
    }

    /// Signs with the relay's time as far as that is known. A relay that finds the time wrong says its own;
    /// then the request is signed once more. Whoever lies about the time gets no other signature than those
    /// it could ask for anyway: each is for this relay and this request.
    pub(crate) async fn send(
        &self,
        call: Call<'_>,
        signer: Option<(&MailboxKey, i64)>,
    ) -> Result<Answer, TransportError> {
        let Some((key, now_ms)) = signer else {
            return self.send_once(&call, None).await;
        };
        match self
            .send_once(&call, Some((key, self.by_relay(now_ms))))
            .await
        {
            Err(TransportError::Refused {
                code: Code::Stale,
                relay_time_ms: Some(relay_ms),
                ..
            }) => {
                self.learn_time(now_ms, relay_ms);
                self.send_once(&call, Some((key, relay_ms))).await
            }
            other => other,
        }
    }

    /// A time by the relay's clock, as far as that is known.
    pub(crate) fn by_relay(&self, now_ms: i64) -> i64 {
        now_ms.saturating_add(self.clock_offset_ms())
    }

    /// The relay's clock showed `relay_ms` at `now_ms`.
    pub(crate) fn learn_time(&self, now_ms: i64, relay_ms: i64) {
        let offset = relay_ms.saturating_sub(now_ms);
        self.clock_offset_ms.store(offset, Ordering::Relaxed);
    }

    /// How long a request may take, a long poll's waiting not counted.
    pub(crate) const fn timeout(&self) -> Duration {
        self.timeout
    }

    async fn send_once(
        &self,
        call: &Call<'_>,
        signer: Option<(&MailboxKey, i64)>,
    ) -> Result<Answer, TransportError> {
        let http = match &self.way {
            Way::Http(http) => http,
            Way::Line(line) => {
                let request = LineRequest {
                    method: call.method.to_string(),
                    path: call.path.to_owned(),
                    query: call.query.to_owned(),
                    headers: self.headers(call, signer),
                    body: call.body.clone(),
                };
                let answer = line.carry(&self.origin, request).await?;
                return answer.judged(call.answer_max);
            }
        };
        let sent = match self.request(http, call, signer).send().await {
            // A kept connection may have ended at the other side, which shows only once something is said on it.
            Err(error) if TransportError::broke_off(&error) => {
                self.request(http, call, signer).send().await
            }
            sent => sent,
        };
        let response = sent.map_err(|error| TransportError::of(&error))?;
        Answer::read(response, call.answer_max).await
    }

    /// The HTTP client, if the relay is reached by HTTP.
    pub(crate) const fn http(&self) -> Option<&Client> {
        match &self.way {
            Way::Http(http) => Some(http),
            Way::Line(_) => None,
        }
    }

    /// The request as HTTP, signed if there is a signer.
    pub(crate) fn request(
        &self,
        http: &Client,
        call: &Call<'_>,
        signer: Option<(&MailboxKey, i64)>,
    ) -> RequestBuilder {
        let mut address = format!("{}{}", self.origin, call.path);
        if !call.query.is_empty() {
            address.push('?');
            address.push_str(call.query);
        }
        let timeout = self.timeout + Duration::from_secs(u64::from(call.wait_s));
        let mut request = http.request(call.method.clone(), address).timeout(timeout);
        for (name, value) in self.headers(call, signer) {
            request = request.header(name, value);
        }
        if call.method != Method::GET {
            request = request.body(call.body.clone());
        }
        request
    }

    fn headers(
        &self,
        call: &Call<'_>,
        signer: Option<(&MailboxKey, i64)>,
    ) -> Vec<(&'static str, String)> {
        let mut headers = Vec::new();
        if let Some((key, now_ms)) = signer {
            let time_ms = u64::try_from(now_ms).unwrap_or(0);
            let signed = SignedRequest {
                method: call.method.as_str(),
                path: call.path,
                query: call.query,
                time_ms,
                body: &call.body,
                origin: &self.origin.to_string(),
            };
            let signature = data_encoding::HEXLOWER.encode(&sign_request(key, &signed));
            headers.push((header::TIME, time_ms.to_string()));
            headers.push((header::SIGNATURE, signature));
        }
        if let Some(token) = call.token {
            headers.push((header::TOKEN, token.to_owned()));
        }
        headers
    }
}

pub(crate) fn mailbox_pk(key: &MailboxKey) -> MailboxPk {
    MailboxPk::from_bytes(key.public())
}

/// The largest page a correct relay may answer with: the bytes asked for, or one whole envelope, and
/// the framing.
fn page_bytes_max(query: &ReadQuery) -> usize {
    let bodies = (query.bytes as usize).max(limits::ENVELOPE_MAX);
    64 + query.limit as usize * 12 + bodies
}
