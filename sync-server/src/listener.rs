//! Accepting connections and speaking HTTP/1.1 on them, in the clear or over TLS.
//!
//! HTTP/1.1 only: each client has at most a poll and a post under way, one buffer a connection is
//! little memory, and a proxy in front may speak what it likes to the world.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;

use crate::config::RelayLimits;
use crate::http::Peer;
use crate::paced::Paced;

// Request heads are below one KiB; bodies come in pieces of this size at most.
const BUFFER: usize = 32 * 1024;
// After a failed accept, mostly for want of file descriptors.
const BREATH: Duration = Duration::from_millis(50);

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
            Some(tls) => {
                if let Ok(Ok(stream)) = timeout(self.stall, tls.accept(stream)).await {
                    Box::pin(self.speak(stream, addr)).await;
                }
            }
        }
    }

    async fn speak<S: AsyncRead + AsyncWrite + Unpin>(&self, stream: S, addr: SocketAddr) {
        let router = TowerToHyperService::new(self.router.clone());
        let service = service_fn(move |mut request: hyper::Request<Incoming>| {
            request.extensions_mut().insert(Peer(addr.ip()));
            router.call(request)
        });
        let stream = TokioIo::new(Paced::new(stream, self.stall));
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.stall)
            .max_buf_size(BUFFER)
            .serve_connection(stream, service);
        tokio::pin!(connection);
        let mut stopping = self.stopping.clone();
        tokio::select! {
            // A connection that breaks is the client's affair.
            _ = connection.as_mut() => return,
            _ = stopping.wait_for(|stopping| *stopping) => connection.as_mut().graceful_shutdown(),
        }
        let _ = connection.await;
    }
}
