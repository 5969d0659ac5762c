//! PNG (W3C, third edition): chunks up to the last one. Everything behind that goes.

use super::PictureError;

/// What a PNG begins with.
pub(super) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Chunks that draw the picture, with its colours and size.
const KEPT: [&[u8; 4]; 18] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT",
    b"bKGD", b"pHYs", b"cICP", b"mDCV", b"cLLI", b"acTL", b"fcTL", b"fdAT",
];

enum State {
    Signature(usize),
    /// The eight bytes before a chunk's content.
    Head(Vec<u8>),
    /// Content and checksum.
    Body {
        left: u64,
        keep: bool,
        last: bool,
    },
    End,
}

pub(super) struct Png {
    state: State,
    begun: bool,
}

impl Default for Png {
    fn default() -> Self {
        Self {
            state: State::Signature(0),
            begun: false,
        }
    }
}

impl Png {
    pub fn is_whole(&self) -> bool {
        matches!(self.state, State::End)
    }

    pub fn feed(&mut self, mut bytes: &[u8], out: &mut Vec<u8>) -> Result<(), PictureError> {
        while !bytes.is_empty() {
            match &mut self.state {
                State::Signature(seen) => {
                    let take = (SIGNATURE.len() - *seen).min(bytes.len());
                    out.extend_from_slice(&bytes[..take]);
                    *seen += take;
                    bytes = &bytes[take..];
                    if *seen == SIGNATURE.len() {
                        self.state = State::Head(Vec::new());
                    }
                }
                State::Head(head) => {
                    let take = (8 - head.len()).min(bytes.len());
                    head.extend_from_slice(&bytes[..take]);
                    bytes = &bytes[take..];
                    if let Some(head) = head.first_chunk::<8>().copied() {
                        self.state = self.begin_chunk(head, out)?;
                    }
                }
                State::Body { left, keep, last } => {
                    let take = usize::try_from(*left)
                        .unwrap_or(usize::MAX)
                        .min(bytes.len());
                    if *keep {
                        out.extend_from_slice(&bytes[..take]);
                    }
                    bytes = &bytes[take..];
                    *left -= take as u64;
                    if *left == 0 {
                        self.state = if *last {
                            State::End
                        } else {
                            State::Head(Vec::new())
                        };
                    }
                }
                State::End => return Ok(()),
            }
        }
        Ok(())
    }

    fn begin_chunk(&mut self, head: [u8; 8], out: &mut Vec<u8>) -> Result<State, PictureError> {
        let [a, b, c, d, name @ ..] = head;
        let length = u32::from_be_bytes([a, b, c, d]);
        let header = name == *b"IHDR";
        if length > 0x7fff_ffff || header == self.begun {
            return Err(PictureError::Damaged);
        }
        self.begun = true;
        let keep = KEPT.contains(&&name);
        if keep {
            out.extend_from_slice(&head);
        }
        Ok(State::Body {
            left: u64::from(length) + 4,
            keep,
            last: name == *b"IEND",
        })
    }
}
