//! The bodies of items other than `membership` and `kem`.

mod ack;
mod changes;
mod epoch;
mod erase;
mod manifest;
mod record;
mod wraps;

pub use ack::AckBody;
pub use changes::ChangesBody;
pub use epoch::{EpochBody, NeedBody};
pub use erase::{EraseBody, ErasedSlot};
pub use manifest::{AttachmentSort, ManifestBlob, ManifestBody, padded_blob_len, sealed_blob_len};
pub use record::RecordBody;
pub use wraps::{Wrap, WrapsBody};
