//! What sockets cost by themselves, on loopback: the same bytes in one stream, and a message that one passes on.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crate::Outcome;

/// What is written and read at once.
const PIECE: usize = 64 * 1024;

fn connected() -> Outcome<(TcpStream, TcpStream)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let one = TcpStream::connect(listener.local_addr()?)?;
    let (other, _) = listener.accept()?;
    for end in [&one, &other] {
        end.set_nodelay(true)?;
    }
    Ok((one, other))
}

/// How long it takes until so many bytes came over.
pub fn stream(bytes: usize) -> Outcome<Duration> {
    let (mut to, mut from) = connected()?;
    let started = Instant::now();
    let writing = thread::spawn(move || -> std::io::Result<()> {
        let piece = vec![0x5a; PIECE];
        let mut left = bytes;
        while left > 0 {
            let now = left.min(PIECE);
            to.write_all(&piece[..now])?;
            left -= now;
        }
        Ok(())
    });
    let mut buffer = vec![0; PIECE];
    let mut came = 0;
    while came < bytes {
        match from.read(&mut buffer)? {
            0 => return Err("the stream ended early".into()),
            some => came += some,
        }
    }
    let took = started.elapsed();
    writing.join().map_err(|_| "the writer stopped")??;
    Ok(took)
}

/// Two hops: what is said goes to somebody who passes it on.
pub struct Hops {
    to: TcpStream,
    from: TcpStream,
    between: Option<JoinHandle<()>>,
}

impl Hops {
    /// Connects all three.
    pub fn make() -> Outcome<Self> {
        let (to, mut heard) = connected()?;
        let (mut said, from) = connected()?;
        let between = thread::spawn(move || {
            let mut buffer = vec![0; PIECE];
            while let Ok(some @ 1..) = heard.read(&mut buffer) {
                if said.write_all(&buffer[..some]).is_err() {
                    return;
                }
            }
        });
        Ok(Self {
            to,
            from,
            between: Some(between),
        })
    }

    /// How long it takes until a message of that size arrived.
    pub fn pass(&mut self, bytes: usize) -> Outcome<Duration> {
        let message = vec![0x5a; bytes];
        let mut arrived = vec![0; bytes];
        let started = Instant::now();
        self.to.write_all(&message)?;
        self.from.read_exact(&mut arrived)?;
        Ok(started.elapsed())
    }
}

impl Drop for Hops {
    fn drop(&mut self) {
        // Who passes on hears the end of it, unless the socket is gone already.
        let _ = self.to.shutdown(std::net::Shutdown::Both);
        if let Some(between) = self.between.take() {
            let _ = between.join();
        }
    }
}
