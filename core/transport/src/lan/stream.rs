//! A connection to another device: messages of a length that comes first, each bounded and in time.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
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

/// A connection to another device.
#[derive(Debug)]
pub struct LanStream(TcpStream);

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
        Ok(Self(stream))
    }

    /// Reads one message of at most `most` bytes.
    ///
    /// # Errors
    /// `Interrupted` when the connection ends or takes too long, `TooLarge` when more is announced.
    pub async fn read(&mut self, most: usize) -> Result<Vec<u8>, TransportError> {
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
        timeout(MESSAGE, reading)
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
