//! Live connections: server-sent events that say how far watched mailboxes have come.
//!
//! Like a long poll, a live connection does nothing for most of its life, so it lies in the
//! connection's berth without the machinery of HTTP (see there) and writes its few bytes itself. Where
//! there is no berth, because a proxy speaks HTTP/1.0 or names a `Connection`, the same object is the
//! body of an ordinary answer.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::http::request::Parts;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use belay_protocol::relay::{
    Code, Cursor, LiveEvent, LiveOrder, MailboxPk, header as names, limits,
};
use hyper::body::Frame;
use tokio::sync::futures::OwnedNotified;
use tokio::sync::{Notify, OwnedSemaphorePermit, watch};
use tokio::time::Instant;

use super::berth::{Berth, Parked};
use super::body;
use super::refusal::Refusal;
use super::router::Answer;
use super::shared::Shared;
use super::signed::{Claim, check_watch};
use crate::engine::{MailboxState, ReadLimits};
use crate::metrics::Operation;
use crate::wakeups::Waiter;

const DAY_MS: i64 = 86_400_000;
const NOTHING: ReadLimits = ReadLimits {
    envelopes: 0,
    bytes: 0,
};

/// Watches one mailbox.
pub(crate) async fn one(shared: &Arc<Shared>, mut parts: Parts) -> Answer {
    let berth = Berth::of(&mut parts);
    let claim = Claim::read(shared, &parts)?;
    let mailbox = claim.verify(shared, &parts, &[])?;
    if parts.uri.query().is_some() {
        return Err(Code::Malformed.into());
    }
    let state = head(shared, mailbox).await?;
    renew(shared, mailbox, state.ok_or(Code::NoMailbox)?).await?;
    begin(shared, Operation::LiveOne, vec![mailbox], berth).await
}

/// Watches several; each is named with the signature of the request that would watch it alone.
pub(crate) async fn several(shared: &Arc<Shared>, request: Request) -> Answer {
    let (mut parts, sent) = request.into_parts();
    let berth = Berth::of(&mut parts);
    let sent = body::collect(shared, sent, limits::LIVE_ORDER_MAX).await?;
    if parts.uri.query().is_some() {
        return Err(Code::Malformed.into());
    }
    let order = LiveOrder::parse(&sent.bytes)?;
    drop(sent);
    let mut mailboxes = Vec::with_capacity(order.watch.len());
    for claim in &order.watch {
        mailboxes.push(check_watch(shared, order.time_ms, claim)?);
    }
    let mut any = false;
    for mailbox in &mailboxes {
        if let Some(state) = head(shared, *mailbox).await? {
            renew(shared, *mailbox, state).await?;
            any = true;
        }
    }
    // Anybody can sign for mailboxes that are not there; they get no place to wait in.
    if !any {
        return Err(Code::NoMailbox.into());
    }
    begin(shared, Operation::LiveSeveral, mailboxes, berth).await
}

async fn begin(
    shared: &Arc<Shared>,
    operation: Operation,
    mailboxes: Vec<MailboxPk>,
    berth: Option<Arc<Berth>>,
) -> Answer {
    let live = Live::begin(shared, &mailboxes)?;
    drop(mailboxes);
    let Some(berth) = berth else {
        let mut answer = Response::new(Body::new(LiveBody::Rests(live)));
        let headers = answer.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static(names::EVENTS),
        );
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        return Ok(answer);
    };
    // This request never comes back to be counted.
    shared.metrics.count(operation, None);
    berth.park(Parked::Live(live));
    std::future::pending().await
}

async fn head(shared: &Shared, mailbox: MailboxPk) -> Result<Option<MailboxState>, Refusal> {
    let page = shared.engine.read(mailbox, None, NOTHING, shared.moment());
    Ok(page.await?.map(|page| page.state))
}

/// Who watches keeps a mailbox alive; once a day is enough.
async fn renew(shared: &Shared, mailbox: MailboxPk, state: MailboxState) -> Result<(), Refusal> {
    let at = shared.moment();
    if at.renew_to_ms - state.expires_ms >= DAY_MS {
        shared.engine.renew(mailbox, at).await?;
    }
    Ok(())
}

/// A live connection's other half. It has been checked who may watch what.
pub(crate) struct Live {
    shared: Arc<Shared>,
    watched: Box<[Watched]>,
    end: Instant,
    stopping: watch::Receiver<bool>,
    _permit: OwnedSemaphorePermit,
}

struct Watched {
    mailbox: MailboxPk,
    told: Option<Cursor>,
    due: bool,
    gone: bool,
    notify: Arc<Notify>,
    notified: Pin<Box<OwnedNotified>>,
    _place: Waiter<MailboxPk>,
}

impl Watched {
    /// From now on nothing is missed; to be called before looking.
    fn listen(&mut self) {
        self.notified.set(Arc::clone(&self.notify).notified_owned());
        self.notified.as_mut().enable();
    }
}

impl Live {
    /// What stands before the first event when it is written without HTTP's machinery.
    pub(crate) const HEAD: &'static [u8] =
        b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\
        cache-control: no-store\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n";

    fn begin(shared: &Arc<Shared>, mailboxes: &[MailboxPk]) -> Result<Box<Self>, Refusal> {
        let permit = Arc::clone(&shared.polls).try_acquire_owned();
        let permit = permit.map_err(|_| Code::Busy)?;
        let mut watched = Vec::with_capacity(mailboxes.len());
        for mailbox in mailboxes {
            let place = shared.mailboxes.join(*mailbox).ok_or(Code::Busy)?;
            let notify = place.notify();
            watched.push(Watched {
                mailbox: *mailbox,
                told: None,
                due: true,
                gone: false,
                notified: Box::pin(Arc::clone(&notify).notified_owned()),
                notify,
                _place: place,
            });
        }
        Ok(Box::new(Self {
            shared: Arc::clone(shared),
            watched: watched.into(),
            end: Instant::now() + shared.config.limits.live,
            stopping: shared.stopping.clone(),
            _permit: permit,
        }))
    }

    /// The next events, as they travel; `None` when it ends: after an hour, with the relay, or when
    /// the storage does not answer.
    pub(crate) async fn next(&mut self) -> Option<Bytes> {
        loop {
            let mut text = String::new();
            self.look(&mut text).await?;
            if !text.is_empty() {
                return Some(text.into());
            }
            if Instant::now() >= self.end || *self.stopping.borrow() {
                return None;
            }
            let quiet = (Instant::now() + self.shared.config.limits.quiet).min(self.end);
            let Self {
                watched, stopping, ..
            } = self;
            tokio::select! {
                () = any_notified(watched) => {}
                () = tokio::time::sleep_until(quiet) => {
                    if Instant::now() >= self.end {
                        return None;
                    }
                    LiveEvent::Quiet.write(&mut text);
                    return Some(text.into());
                }
                _ = stopping.wait_for(|stopping| *stopping) => return None,
            }
        }
    }

    /// Looks at every mailbox where something may have come and writes what is new.
    async fn look(&mut self, text: &mut String) -> Option<()> {
        for watched in self.watched.iter_mut().filter(|one| one.due && !one.gone) {
            watched.listen();
            let mailbox = watched.mailbox;
            let state = head(&self.shared, mailbox).await.ok()?;
            watched.due = false;
            let Some(state) = state else {
                watched.gone = true;
                LiveEvent::Gone { mailbox }.write(text);
                continue;
            };
            let head = Cursor {
                generation: state.generation,
                seq: state.head,
            };
            if watched.told != Some(head) {
                watched.told = Some(head);
                LiveEvent::Head { mailbox, head }.write(text);
            }
        }
        Some(())
    }
}

/// Ready when something may have come anywhere, having marked where.
async fn any_notified(watched: &mut [Watched]) {
    poll_fn(|cx| {
        let mut ready = false;
        for one in watched.iter_mut().filter(|one| !one.due && !one.gone) {
            if one.notified.as_mut().poll(cx).is_ready() {
                one.due = true;
                ready = true;
            }
        }
        if ready {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    })
    .await;
}

type Saying = Pin<Box<dyn Future<Output = (Box<Live>, Option<Bytes>)> + Send>>;

/// A live connection as the body of an ordinary answer.
enum LiveBody {
    Rests(Box<Live>),
    Says(Saying),
    Over,
}

impl HttpBody for LiveBody {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let mut saying: Saying = match std::mem::replace(&mut *self, Self::Over) {
            Self::Over => return Poll::Ready(None),
            Self::Says(saying) => saying,
            Self::Rests(mut live) => Box::pin(async move {
                let said = live.next().await;
                (live, said)
            }),
        };
        let Poll::Ready((live, said)) = saying.as_mut().poll(cx) else {
            *self = Self::Says(saying);
            return Poll::Pending;
        };
        Poll::Ready(said.map(|said| {
            *self = Self::Rests(live);
            Ok(Frame::data(said))
        }))
    }
}
