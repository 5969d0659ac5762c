//! Accepting connections and speaking HTTP/1.1 on them, in the clear or over TLS.
//!
//! HTTP/1.1 only: each client has at most a poll and a post under way, one buffer a connection is
//! little memory, and a proxy in front may speak what it likes to the world.

use std::convert::Infallible;
use std::future::poll_fn;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::Service;
use hyper::{Request, Response};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;

use crate::config::RelayLimits;
use crate::http::{Berth, Live, LongPoll, Parked, Peer};
use crate::paced::Paced;

// Request heads are below one KiB; bodies come in pieces of this size at most.
const BUFFER: usize = 32 * 1024;
// After a failed accept, mostly for want of file descriptors.
const BREATH: Duration = Duration::from_millis(50);
// A client that sends more than this while its poll is parked is heard again when the poll has ended.
const AHEAD_MAX: usize = 4096;

/// Everything a connection needs.
pub(crate) struct Listener {
    pub(crate) socket: TcpListener,
    pub(crate) router: Router,
    pub(crate) tls: Option<TlsAcceptor>,
    pub(crate) limits: RelayLimits,
    pub(crate) stopping: watch::Receiver<bool>,
}

impl Listener {
    /// Serves until told to stop; then lets what is under way end, for a while.
    pub(crate) async fn run(self) {
        let drain = self.limits.drain;
        let places = Arc::new(Semaphore::new(self.limits.connections));
        let connection = Arc::new(Connection {
            router: self.router,
            tls: self.tls,
            stall: self.limits.stall,
            stopping: self.stopping.clone(),
        });
        let mut stopping = self.stopping;
        let mut connections = JoinSet::new();
        loop {
            // Without a free place nothing is accepted; the system keeps the next ones waiting.
            let accepted = async {
                let place = Arc::clone(&places).acquire_owned().await;
                (place, self.socket.accept().await)
            };
            let (place, accepted) = tokio::select! {
                accepted = accepted => accepted,
                _ = connections.join_next(), if !connections.is_empty() => continue,
                _ = stopping.wait_for(|stopping| *stopping) => break,
            };
            match accepted {
                Ok((stream, addr)) => {
                    let connection = Arc::clone(&connection);
                    connections.spawn(async move {
                        connection.serve(stream, addr).await;
                        drop(place);
                    });
                }
                Err(_) => tokio::time::sleep(BREATH).await,
            }
        }
        drop(self.socket);
        let ended = timeout(drain, async {
            while connections.join_next().await.is_some() {}
        });
        if ended.await.is_err() {
            tracing::warn!("requests were cut off");
            connections.shutdown().await;
        }
    }
}

struct Connection {
    router: Router,
    tls: Option<TlsAcceptor>,
    stall: Duration,
    stopping: watch::Receiver<bool>,
}

impl Connection {
    async fn serve(&self, stream: TcpStream, addr: SocketAddr) {
        // Answers are small and awaited; a socket that refuses is closed soon anyway.
        let _ = stream.set_nodelay(true);
        match &self.tls {
            None => self.speak(stream, addr).await,
            // Boxed: a handshake is large, and a connection in the clear should not be as large.
            Some(tls) => Box::pin(self.speak_tls(tls, stream, addr)).await,
        }
    }

    async fn speak_tls(&self, tls: &TlsAcceptor, stream: TcpStream, addr: SocketAddr) {
        let accepted = Box::pin(timeout(self.stall, tls.accept(stream))).await;
        if let Ok(Ok(stream)) = accepted {
            self.speak(Box::new(stream), addr).await;
        }
    }

    async fn speak<S: AsyncRead + AsyncWrite + Unpin>(&self, stream: S, addr: SocketAddr) {
        let berth = Arc::new(Berth::default());
        let mut stream = Paced::new(stream, self.stall, Arc::clone(&berth));
        while let Some((kept, ahead, parked)) = self.serve_requests(stream, addr, &berth).await {
            stream = kept;
            match parked {
                Parked::Poll(poll) => {
                    if !rest(&mut stream, ahead.into(), poll, &berth).await {
                        return;
                    }
                }
                // A client that has left is found out by the next write.
                Parked::Live(live) => {
                    let _ = narrate(&mut stream, live).await;
                    return;
                }
            }
        }
    }

    /// Serves until the connection ends, or until something is parked: then everything HTTP held is
    /// let go, and the stream and what was read ahead come back with it.
    async fn serve_requests<S: AsyncRead + AsyncWrite + Unpin>(
        &self,
        stream: Paced<S>,
        addr: SocketAddr,
        berth: &Arc<Berth>,
    ) -> Option<(Paced<S>, Bytes, Parked)> {
        let mut connection = self.connect(stream, addr, berth);
        let mut stopping = self.stopping.clone();
        let mut stop = Box::pin(async move {
            // An error means that the relay is gone, which is as good.
            let _ = stopping.wait_for(|stopping| *stopping).await;
        });
        let mut stopped = false;
        let parked = poll_fn(|cx| {
            loop {
                if Pin::new(&mut *connection).poll(cx).is_ready() {
                    // A connection that breaks is the client's affair.
                    return Poll::Ready(None);
                }
                if let Some(parked) = berth.take_parked() {
                    return Poll::Ready(Some(parked));
                }
                // Only now, so that a request that was given back is under way and not cut off.
                if stopped || stop.as_mut().poll(cx).is_pending() {
                    return Poll::Pending;
                }
                stopped = true;
                Pin::new(&mut *connection).graceful_shutdown();
            }
        });
        let parked = parked.await?;
        let parts = (*connection).into_parts();
        Some((parts.io.into_inner(), parts.read_buf, parked))
    }

    fn connect<S: AsyncRead + AsyncWrite + Unpin>(
        &self,
        stream: Paced<S>,
        addr: SocketAddr,
        berth: &Arc<Berth>,
    ) -> Box<http1::Connection<TokioIo<Paced<S>>, Requests>> {
        let service = Requests {
            router: TowerToHyperService::new(self.router.clone()),
            peer: Peer(addr.ip()),
            berth: Arc::clone(berth),
        };
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.stall)
            .max_buf_size(BUFFER)
            .serve_connection(TokioIo::new(stream), service);
        Box::new(connection)
    }
}

/// Hands requests to the router, saying where they came from.
struct Requests {
    router: TowerToHyperService<Router>,
    peer: Peer,
    berth: Arc<Berth>,
}

impl Service<Request<Incoming>> for Requests {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = <TowerToHyperService<Router> as Service<Request<Incoming>>>::Future;

    fn call(&self, mut request: Request<Incoming>) -> Self::Future {
        let extensions = request.extensions_mut();
        extensions.insert(self.peer);
        extensions.insert(Arc::clone(&self.berth));
        self.router.call(request)
    }
}

/// Holds a parked poll until it has a reason to go on; false if the client left.
async fn rest<S: AsyncRead + AsyncWrite + Unpin>(
    stream: &mut Paced<S>,
    mut ahead: Vec<u8>,
    mut poll: Box<LongPoll>,
    berth: &Berth,
) -> bool {
    let goes_on = tokio::select! {
        () = poll.wait() => true,
        () = leave(stream, &mut ahead) => false,
    };
    if goes_on {
        let stand_in = berth.resume(poll);
        stream.give_back([stand_in, &ahead].concat());
    }
    goes_on
}

/// Writes what a live connection says, until it or the client ends.
async fn narrate<S: AsyncRead + AsyncWrite + Unpin>(
    stream: &mut Paced<S>,
    mut live: Box<Live>,
) -> io::Result<()> {
    stream.write_all(Live::HEAD).await?;
    let mut ahead = Vec::new();
    loop {
        let said = tokio::select! {
            said = live.next() => said.unwrap_or_default(),
            () = leave(stream, &mut ahead) => return Ok(()),
        };
        // A chunk without bytes is the last.
        let chunk = [format!("{:x}\r\n", said.len()).as_bytes(), &said, b"\r\n"].concat();
        stream.write_all(&chunk).await?;
        stream.flush().await?;
        if said.is_empty() {
            return stream.shutdown().await;
        }
    }
}

/// Returns when the client has left. What it says meanwhile is the beginning of its next request.
async fn leave<S: AsyncRead + Unpin>(stream: &mut S, ahead: &mut Vec<u8>) {
    let mut piece = [0; 64];
    while ahead.len() < AHEAD_MAX {
        match stream.read(&mut piece).await {
            Ok(0) | Err(_) => return,
            Ok(length) => ahead.extend_from_slice(&piece[..length]),
        }
    }
    std::future::pending::<()>().await;
}
