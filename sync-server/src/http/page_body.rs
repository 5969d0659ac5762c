//! An answer's body that keeps its share of memory until it is sent.

use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Bytes, HttpBody};
use hyper::body::{Frame, SizeHint};
use tokio::sync::OwnedSemaphorePermit;

/// Bytes given to the socket in one piece at the end of which the share is returned.
pub(crate) struct PageBody {
    rest: Bytes,
    _share: OwnedSemaphorePermit,
}

// Pieces small enough that a slow reader holds little beyond the page itself.
const PIECE: usize = 64 * 1024;

impl PageBody {
    pub(crate) const fn new(page: Bytes, share: OwnedSemaphorePermit) -> Self {
        Self {
            rest: page,
            _share: share,
        }
    }
}

impl HttpBody for PageBody {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        if self.rest.is_empty() {
            return Poll::Ready(None);
        }
        let length = self.rest.len().min(PIECE);
        let piece = self.rest.split_to(length);
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.rest.len() as u64)
    }
}
