//! Taking out of a picture what tells more than the picture: place and time, the camera and its owner, edits,
//! comments, small older versions, films and whatever else was appended. What stays is what draws it: the picture
//! itself, its colours, and which way is up.
//!
//! A picture goes through piece by piece, so none is ever whole in memory. What is kept is listed; everything else
//! goes, also what nobody has heard of yet. Nothing is decoded.

mod jpeg;
mod png;
mod webp;

use jpeg::Jpeg;
use png::Png;
use webp::WebP;

/// Why a file is no picture that can be cleaned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// No JPEG, PNG or WebP.
    #[error("not a picture of a kind that can be cleaned")]
    UnknownFormat,
    /// It breaks the rules of its format, or ends in the middle.
    #[error("the picture is damaged")]
    Damaged,
}

/// A kind of picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureFormat {
    /// JPEG.
    Jpeg,
    /// PNG, also an animated one.
    Png,
    /// WebP.
    WebP,
}

impl PictureFormat {
    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::WebP => "image/webp",
        }
    }
}

/// Bytes by which a format is known.
const KNOWN_BY: usize = 12;

enum Kind {
    Unknown(Vec<u8>),
    Jpeg(Jpeg),
    Png(Png),
    WebP(WebP),
}

/// Cleans one picture, fed in pieces of any size.
pub struct PictureCleaner {
    kind: Kind,
}

impl Default for PictureCleaner {
    fn default() -> Self {
        Self {
            kind: Kind::Unknown(Vec::with_capacity(KNOWN_BY)),
        }
    }
}

impl PictureCleaner {
    /// Takes the next piece and appends what may stay to `out`.
    ///
    /// # Errors
    /// See [`PictureError`]; what was given out before is of no use then.
    pub fn feed(&mut self, bytes: &[u8], out: &mut Vec<u8>) -> Result<(), PictureError> {
        if let Kind::Unknown(seen) = &mut self.kind {
            seen.extend_from_slice(bytes);
            if seen.len() < KNOWN_BY {
                return Ok(());
            }
            let seen = std::mem::take(seen);
            self.kind = recognise(&seen)?;
            return self.feed(&seen, out);
        }
        match &mut self.kind {
            Kind::Unknown(_) => Ok(()),
            Kind::Jpeg(jpeg) => jpeg.feed(bytes, out),
            Kind::Png(png) => png.feed(bytes, out),
            Kind::WebP(webp) => webp.feed(bytes, out),
        }
    }

    /// Says what it was, once all of it was fed.
    ///
    /// # Errors
    /// `Damaged` when it ends in the middle, `UnknownFormat` when there was hardly anything.
    pub fn finish(self) -> Result<PictureFormat, PictureError> {
        let (format, whole) = match self.kind {
            Kind::Unknown(_) => return Err(PictureError::UnknownFormat),
            Kind::Jpeg(jpeg) => (PictureFormat::Jpeg, jpeg.is_whole()),
            Kind::Png(png) => (PictureFormat::Png, png.is_whole()),
            Kind::WebP(webp) => (PictureFormat::WebP, webp.is_whole()),
        };
        if whole {
            Ok(format)
        } else {
            Err(PictureError::Damaged)
        }
    }
}

fn recognise(first: &[u8]) -> Result<Kind, PictureError> {
    if first.starts_with(&[0xff, 0xd8, 0xff]) {
        Ok(Kind::Jpeg(Jpeg::default()))
    } else if first.starts_with(png::SIGNATURE) {
        Ok(Kind::Png(Png::default()))
    } else if first.starts_with(b"RIFF") && first.get(8..12) == Some(b"WEBP") {
        Ok(Kind::WebP(WebP::default()))
    } else {
        Err(PictureError::UnknownFormat)
    }
}

#[cfg(test)]
mod tests;
