//! Formats: bytes to values and back, with their limits. Shared with the relay.
//!
//! What may be here: layouts, limits, strict parsers. What must not enter: cryptography, SQL,
//! Automerge, the network, a clock, and any rule about what a value means. Every parser accepts
//! exactly one encoding of a value, checks limits before it allocates and never panics. The tables
//! stand in `docs/protocol.md` and `docs/data-format.md`.

mod bodies;
pub mod cbor;
pub mod codec;
mod distance;
mod doc_kind;
mod envelope;
mod error;
mod file_bundle;
mod genesis;
mod history;
mod invitation;
mod item;
mod keyring;
mod keyring_part;
mod lan;
pub mod limits;
mod link;
mod membership;
mod pairing;
mod plain;
mod policy;
pub mod relay;
mod share;
mod text_code;
mod vector;

pub use bodies::{
    AckBody, AttachmentSort, ChangesBody, EpochBody, EraseBody, ErasedSlot, ManifestBlob,
    ManifestBody, NeedBody, RecordBody, Wrap, WrapsBody, padded_blob_len, sealed_blob_len,
};
pub use codec::{Reader, Writer};
pub use distance::{Commitment, Reveal};
pub use doc_kind::DocKind;
pub use envelope::{Outer, outer_aad, outer_len};
pub use error::ProtocolError;
pub use file_bundle::{FILE_MAGIC, FileBlob, FilePart, FileReader, FileWriter};
pub use genesis::{DeviceCertificate, Genesis, KemBody, KemStatement};
pub use history::History;
pub use invitation::InvitationQr;
pub use item::{Item, ItemHeader, ItemKind, body_len};
pub use keyring::{Keyring, KeyringEpoch, KeyringSpace};
pub use keyring_part::{KeyringPart, SealedKeyring};
pub use lan::{LanFrame, LanGreeting, LanHello, LanTag, LanWant, parse_lan_choice};
pub use link::InvitationLink;
pub use membership::{Endorsement, MembershipBody, Operation, RemoveTarget, endorsed_policy_bytes};
pub use pairing::{Bundle, SealedWelcome, SignedBundle, Slot3, Welcome};
pub use plain::{ZSTD_MAGIC, encode_padded, encode_plain, padme, parse_padded, parse_plain};
pub use policy::{Policy, Removal, Role, SpaceType, check_origin};
pub use share::RecoveryShare;
pub use vector::{Slot, VectorEntry};
