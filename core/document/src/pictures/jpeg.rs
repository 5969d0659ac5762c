//! JPEG (ITU-T T.81): segments up to the end of the image. Everything behind that goes.

use super::PictureError;

const SOI: u8 = 0xd8;
const EOI: u8 = 0xd9;
const SOS: u8 = 0xda;
const APP0: u8 = 0xe0;
const APP1: u8 = 0xe1;
const APP2: u8 = 0xe2;
const APP14: u8 = 0xee;

/// How an Exif segment begins.
const EXIF: &[u8] = b"Exif\0\0";
/// Bytes of a JFIF segment without its small picture.
const JFIF: usize = 14;
/// Which way is up, in Exif.
const ORIENTATION: u16 = 0x0112;

#[derive(Default)]
enum State {
    /// Before the first marker.
    #[default]
    Start,
    /// Before the `ff` of a marker.
    Between,
    /// After the `ff` of a marker.
    Marker,
    /// Inside a segment; its bytes so far, the two of its length counted.
    Segment(u8, Vec<u8>),
    /// Inside the entropy-coded data of a scan.
    Scan,
    /// After an `ff` there.
    ScanMarker,
    /// After the end of the image.
    End,
}

#[derive(Default)]
pub(super) struct Jpeg {
    state: State,
    begun: bool,
    scanned: bool,
    turned: bool,
}

impl Jpeg {
    pub fn is_whole(&self) -> bool {
        matches!(self.state, State::End) && self.scanned
    }

    pub fn feed(&mut self, bytes: &[u8], out: &mut Vec<u8>) -> Result<(), PictureError> {
        let mut rest = bytes;
        while let Some((&byte, after)) = rest.split_first() {
            if matches!(self.state, State::End) {
                return Ok(());
            }
            if matches!(self.state, State::Scan) {
                // Nearly all of a picture is here.
                let run = rest.iter().position(|byte| *byte == 0xff);
                let (scan, left) = rest.split_at(run.unwrap_or(rest.len()));
                out.extend_from_slice(scan);
                if let Some((_, left)) = left.split_first() {
                    self.state = State::ScanMarker;
                    rest = left;
                    continue;
                }
                return Ok(());
            }
            if let State::Segment(marker, held) = &mut self.state {
                let wanted = segment_len(held)?;
                let take = (wanted - held.len()).min(rest.len());
                held.extend_from_slice(&rest[..take]);
                rest = &rest[take..];
                if held.len() >= 2 && held.len() == segment_len(held)? {
                    let (marker, held) = (*marker, std::mem::take(held));
                    self.state = self.end_segment(marker, &held, out);
                }
                continue;
            }
            self.state = self.step(byte, out)?;
            rest = after;
        }
        Ok(())
    }

    fn step(&mut self, byte: u8, out: &mut Vec<u8>) -> Result<State, PictureError> {
        match (&self.state, byte) {
            (State::Start | State::Between, 0xff) => Ok(State::Marker),
            // Any number of these may stand before a marker.
            (State::Marker, 0xff) => Ok(State::Marker),
            (State::ScanMarker, 0xff) => Ok(State::ScanMarker),
            (State::ScanMarker, 0 | 0xd0..=0xd7) => {
                out.extend_from_slice(&[0xff, byte]);
                Ok(State::Scan)
            }
            (State::Marker, SOI) if !self.begun => {
                out.extend_from_slice(&[0xff, SOI]);
                self.begun = true;
                Ok(State::Between)
            }
            _ if !self.begun => Err(PictureError::Damaged),
            (State::Marker | State::ScanMarker, EOI) => {
                out.extend_from_slice(&[0xff, EOI]);
                Ok(State::End)
            }
            // Markers that stand alone have no place here.
            (State::Marker | State::ScanMarker, 0..=0xbf | 0xc8 | 0xd0..=0xd8) => {
                Err(PictureError::Damaged)
            }
            (State::Marker | State::ScanMarker, marker) => Ok(State::Segment(marker, Vec::new())),
            _ => Err(PictureError::Damaged),
        }
    }

    fn end_segment(&mut self, marker: u8, segment: &[u8], out: &mut Vec<u8>) -> State {
        let body = &segment[2..];
        match marker {
            APP0 if body.starts_with(b"JFIF\0") && body.len() >= JFIF => {
                let mut kept = body[..JFIF - 2].to_vec();
                // No small picture.
                kept.extend_from_slice(&[0, 0]);
                put(marker, &kept, out);
            }
            APP1 if body.starts_with(EXIF) && !self.turned => {
                if let Some(orientation) = orientation(&body[EXIF.len()..]) {
                    self.turned = true;
                    put(APP1, &exif_of(orientation), out);
                }
            }
            APP2 if body.starts_with(b"ICC_PROFILE\0") => put(marker, body, out),
            APP14 if body.starts_with(b"Adobe") => put(marker, body, out),
            // The tables and frames that draw it.
            0xc0..=0xcf | 0xda..=0xdf => put(marker, body, out),
            _ => {}
        }
        if marker == SOS {
            self.scanned = true;
            State::Scan
        } else {
            State::Between
        }
    }
}

/// How long a segment is, its length counted; two bytes until that is known.
fn segment_len(held: &[u8]) -> Result<usize, PictureError> {
    match held.first_chunk::<2>() {
        None => Ok(2),
        Some(length) => match u16::from_be_bytes(*length) {
            0 | 1 => Err(PictureError::Damaged),
            length => Ok(usize::from(length)),
        },
    }
}

fn put(marker: u8, body: &[u8], out: &mut Vec<u8>) {
    // No segment becomes longer than it was.
    let length = u16::try_from(body.len() + 2).unwrap_or(u16::MAX);
    out.extend_from_slice(&[0xff, marker]);
    out.extend_from_slice(&length.to_be_bytes());
    out.extend_from_slice(body);
}

/// Which way is up, where that is not as it lies.
fn orientation(tiff: &[u8]) -> Option<u16> {
    let little = match tiff.get(..4)? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let u16_at = |at: usize| {
        let bytes = tiff.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if little {
            u16::from_le_bytes(bytes)
        } else {
            u16::from_be_bytes(bytes)
        })
    };
    let u32_at = |at: usize| {
        let bytes = tiff.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if little {
            u32::from_le_bytes(bytes)
        } else {
            u32::from_be_bytes(bytes)
        })
    };
    let first = usize::try_from(u32_at(4)?).ok()?;
    for entry in 0..usize::from(u16_at(first)?) {
        let at = first.checked_add(2 + 12 * entry)?;
        if u16_at(at)? == ORIENTATION {
            return u16_at(at + 8).filter(|turned| (2..=8).contains(turned));
        }
    }
    None
}

/// An Exif segment that says which way is up, and nothing else.
fn exif_of(orientation: u16) -> Vec<u8> {
    let mut body = EXIF.to_vec();
    body.extend_from_slice(b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01");
    body.extend_from_slice(&orientation.to_be_bytes());
    body.extend_from_slice(&[0; 6]);
    body
}
