//! WebP (RFC 9649): chunks inside one frame of a stated length. What goes leaves zeros of its length behind, under
//! a name that readers pass over, because the frame states its length before anything else.

use super::PictureError;

/// Chunks that draw the picture, with its colours.
const KEPT: [&[u8; 4]; 7] = [
    b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP",
];

/// What stands in place of what went.
const NOTHING: &[u8; 4] = b"JUNK";

/// Flags of the extended header that announce Exif and XMP.
const ANNOUNCED: u8 = 0b1100;

enum State {
    Frame(Vec<u8>),
    Head(Vec<u8>),
    Body {
        left: u64,
        keep: bool,
        /// The next byte is the flags of the extended header.
        flags: bool,
    },
    End,
}

pub(super) struct WebP {
    state: State,
    /// Bytes of the frame that are still to come.
    left: u64,
    drawn: bool,
}

impl Default for WebP {
    fn default() -> Self {
        Self {
            state: State::Frame(Vec::new()),
            left: 0,
            drawn: false,
        }
    }
}

impl WebP {
    pub fn is_whole(&self) -> bool {
        matches!(self.state, State::End) && self.drawn
    }

    pub fn feed(&mut self, mut bytes: &[u8], out: &mut Vec<u8>) -> Result<(), PictureError> {
        while !bytes.is_empty() {
            match &mut self.state {
                State::Frame(head) => {
                    let take = (12 - head.len()).min(bytes.len());
                    head.extend_from_slice(&bytes[..take]);
                    bytes = &bytes[take..];
                    if let Some([_, _, _, _, a, b, c, d, ..]) = head.first_chunk::<12>() {
                        // "WEBP" is counted and has been read.
                        let length = u64::from(u32::from_le_bytes([*a, *b, *c, *d]));
                        self.left = length.checked_sub(4).ok_or(PictureError::Damaged)?;
                        out.extend_from_slice(head);
                        self.state = self.next();
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
                State::Body { left, keep, flags } => {
                    let take = usize::try_from(*left)
                        .unwrap_or(usize::MAX)
                        .min(bytes.len());
                    let at = out.len();
                    if *keep {
                        out.extend_from_slice(&bytes[..take]);
                    } else {
                        out.resize(at + take, 0);
                    }
                    if *flags && let Some(flags) = out.get_mut(at) {
                        *flags &= !ANNOUNCED;
                    }
                    *flags = false;
                    bytes = &bytes[take..];
                    *left -= take as u64;
                    if *left == 0 {
                        self.state = self.next();
                    }
                }
                State::End => return Ok(()),
            }
        }
        Ok(())
    }

    fn next(&self) -> State {
        if self.left == 0 {
            State::End
        } else {
            State::Head(Vec::new())
        }
    }

    fn begin_chunk(&mut self, head: [u8; 8], out: &mut Vec<u8>) -> Result<State, PictureError> {
        let [n0, n1, n2, n3, length @ ..] = head;
        let name = [n0, n1, n2, n3];
        let length = u64::from(u32::from_le_bytes(length));
        let padded = length + length % 2;
        self.left = self
            .left
            .checked_sub(8 + padded)
            .ok_or(PictureError::Damaged)?;
        let keep = KEPT.contains(&&name);
        self.drawn |= matches!(&name, b"VP8 " | b"VP8L" | b"ANMF");
        out.extend_from_slice(if keep { &name } else { NOTHING });
        out.extend_from_slice(&head[4..]);
        if padded == 0 {
            return Ok(self.next());
        }
        Ok(State::Body {
            left: padded,
            keep,
            flags: name == *b"VP8X",
        })
    }
}
