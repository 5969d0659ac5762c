//! A connection to another device: messages of a length that comes first, each bounded and in time.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;

use crate::TransportError;

/// How long a call may take to be answered.
const CONNECT: Duration = Duration::from_secs(10);

/// How long one whole message may take: its other side may be writing a page to a slow disk.
const MESSAGE: Duration = Duration::from_secs(60);

/// Where other devices can call.
#[derive(Debug)]
pub struct LanListener(TcpListener);

impl LanListener {
    /// Listens at an address; port 0 takes a free one.
    ///
    /// # Errors
    /// `Setup` when the address cannot be had.
    pub async fn bind(addr: SocketAddr) -> Result<Self, TransportError> {
        let listener = TcpListener::bind(addr).await;
        listener.map(Self).map_err(|_| TransportError::Setup)
    }

    /// Where it listens.
    ///
    /// # Errors
    /// `Setup` when the system does not say.
    pub fn addr(&self) -> Result<SocketAddr, TransportError> {
        self.0.local_addr().map_err(|_| TransportError::Setup)
    }

    /// Where others on the network can call it, the best first: its own address, or where it listens everywhere
    /// those of this device.
    ///
    /// # Errors
    /// `Setup` when the system does not say.
    pub fn reachable_at(&self) -> Result<Vec<SocketAddr>, TransportError> {
        let addr = self.addr()?;
        if !addr.ip().is_unspecified() {
            return Ok(vec![addr]);
        }
        let interfaces = if_addrs::get_if_addrs().map_err(|_| TransportError::Setup)?;
        let mut found: Vec<SocketAddr> = interfaces
            .iter()
            .filter(|one| !one.is_loopback() && !one.is_link_local())
            .map(|one| SocketAddr::new(one.ip(), addr.port()))
            .filter(|found| found.is_ipv4() == addr.is_ipv4())
            .collect();
        found.sort_by_key(|found| !is_private(found.ip()));
        Ok(found)
    }

    /// Waits for the next call. Nothing is lost when the waiting is given up.
    ///
    /// # Errors
    /// `Interrupted` when that one call came to nothing.
    pub async fn accept(&self) -> Result<LanStream, TransportError> {
        let accepted = self.0.accept().await;
        let (stream, _) = accepted.map_err(|_| TransportError::Interrupted)?;
        LanStream::over(stream)
    }
}

/// Whether an address is one that home networks give: the likeliest one for two who are in one room.
fn is_private(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(v4) => v4.is_private(),
        IpAddr::V6(v6) => v6.is_unique_local(),
    }
}

/// A connection to another device.
pub struct LanStream(Box<dyn Wire>);

/// What messages go over.
trait Wire: AsyncRead + AsyncWrite + Send + Sync + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Sync + Unpin> Wire for T {}

impl std::fmt::Debug for LanStream {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LanStream").finish_non_exhaustive()
    }
}

impl LanStream {
    /// Calls a device.
    ///
    /// # Errors
    /// `Unreachable`.
    pub async fn connect(addr: SocketAddr) -> Result<Self, TransportError> {
        match timeout(CONNECT, TcpStream::connect(addr)).await {
            Ok(Ok(stream)) => Self::over(stream),
            _ => Err(TransportError::Unreachable),
        }
    }

    fn over(stream: TcpStream) -> Result<Self, TransportError> {
        // One side waits for the other's word all the time.
        let set = stream.set_nodelay(true);
        set.map_err(|_| TransportError::Interrupted)?;
        Ok(Self(Box::new(stream)))
    }

    /// Both ends of a connection inside this program: what is written is kept up to `room` bytes until it is read.
    #[must_use]
    pub fn pair(room: usize) -> (Self, Self) {
        let (here, there) = tokio::io::duplex(room);
        (Self(Box::new(here)), Self(Box::new(there)))
    }

    /// Reads one message of at most `most` bytes.
    ///
    /// # Errors
    /// `Interrupted` when the connection ends or takes too long, `TooLarge` when more is announced.
    pub async fn read(&mut self, most: usize) -> Result<Vec<u8>, TransportError> {
        self.read_within(most, MESSAGE).await
    }

    /// As [`Self::read`], with a time of its own: a person may have to say something first.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub async fn read_within(
        &mut self,
        most: usize,
        within: Duration,
    ) -> Result<Vec<u8>, TransportError> {
        let reading = async {
            let mut length = [0; 4];
            let broken = |_| TransportError::Interrupted;
            self.0.read_exact(&mut length).await.map_err(broken)?;
            let length = u32::from_le_bytes(length) as usize;
            if length > most {
                return Err(TransportError::TooLarge);
            }
            let mut message = vec![0; length];
            self.0.read_exact(&mut message).await.map_err(broken)?;
            Ok(message)
        };
        timeout(within, reading)
            .await
            .unwrap_or(Err(TransportError::Interrupted))
    }

    /// Sends one message.
    ///
    /// # Errors
    /// `Interrupted` when the connection ends or takes too long, `TooLarge` above 4 GiB.
    pub async fn write(&mut self, message: &[u8]) -> Result<(), TransportError> {
        let length = u32::try_from(message.len()).map_err(|_| TransportError::TooLarge)?;
        let writing = async {
            // In one piece, so that a short message is one packet.
            let framed = [&length.to_le_bytes()[..], message].concat();
            self.0.write_all(&framed).await
        };
        match timeout(MESSAGE, writing).await {
            Ok(Ok(())) => Ok(()),
            _ => Err(TransportError::Interrupted),
        }
    }

    /// Says that nothing more is sent, so that what was sent arrives before the end.
    pub async fn close(mut self) {
        // Whoever is gone already needs no goodbye.
        let _ = self.0.shutdown().await;
    }
}
