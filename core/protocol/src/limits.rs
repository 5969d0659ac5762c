//! Every limit of the formats, once. A reader checks them before it allocates; a writer keeps below them.

/// The highest place, clock or revision: stores keep numbers as signed 64-bit integers.
pub const NUMBER_MAX: u64 = i64::MAX as u64;

/// Version byte of items, envelopes and invitations.
pub const VERSION: u8 = 1;
/// The one cipher suite: XChaCha20-Poly1305 with an HKDF-SHA256 key commitment.
pub const SUITE: u8 = 1;

/// Bytes in the body of one item.
pub const ITEM_BODY_MAX: usize = 64 * 1024;
/// Causal parents one item may name; with more, a `merge` is written first.
pub const HEADS_MAX: usize = 16;
/// Bytes of an item header without heads.
pub const ITEM_HEADER_MIN: usize = 1 + 1 + 32 + 32 + 8 + 8 + 32 + 8 + 1 + 1 + 16 + 4 + 32;
/// Bytes of the longest item header.
pub const ITEM_HEADER_MAX: usize = ITEM_HEADER_MIN + 32 * HEADS_MAX;
/// Bytes of the salt of an item's body.
pub const ITEM_SALT: usize = 16;
/// Bytes of an Ed25519 signature.
pub const SIGNATURE: usize = 64;
/// Bytes of the longest item.
pub const ITEM_MAX: usize = ITEM_HEADER_MAX + ITEM_SALT + ITEM_BODY_MAX + SIGNATURE;

/// Bytes of an envelope as it travels.
pub const OUTER_MAX: usize = 256 * 1024;
/// Bytes of an envelope before its ciphertext.
pub const OUTER_HEAD: usize = 1 + 1 + 32 + 16 + 24 + 32 + 4;
/// Bytes of an XChaCha20-Poly1305 or ChaCha20-Poly1305 tag.
pub const AEAD_TAG: usize = 16;
/// Bytes an envelope's framed items may have before compression.
pub const PLAIN_MAX: usize = 1024 * 1024;
/// Items of one envelope: as many as fit when each has 256 bytes, which no item falls short of by much.
pub const PLAIN_ITEMS_MAX: usize = 4_096;
/// Bytes of the smallest padded plaintext.
pub const PADDED_MIN: usize = 512;
/// Largest zstd window, as a power of two.
pub const ZSTD_WINDOW_LOG_MAX: u32 = 20;

/// Bytes of one Automerge change a writer may make.
pub const CHANGE_MAX: usize = 48 * 1024;
/// Operations of one change a writer may make.
pub const CHANGE_OPERATIONS_MAX: usize = 8_192;
/// Operations of one change a reader accepts.
pub const CHANGE_OPERATIONS_ACCEPTED: usize = 16_384;
/// Bytes of an entry's text.
pub const TEXT_MAX: usize = belay_model::limits::MAX_ENTRY_TEXT_BYTES;

/// Devices in one space.
pub const DEVICES_MAX: usize = 64;
/// Entries of a state vector.
pub const VECTOR_MAX: usize = 512;
/// Ranges beyond the contiguous part in one vector entry.
pub const RANGES_MAX: usize = 8;
/// Slots one `erase` item may list.
pub const ERASED_MAX: usize = 512;
/// Parents of one epoch.
pub const PARENTS_MAX: usize = 16;
/// Relays of a space.
pub const RELAYS_MAX: usize = 3;
/// Bytes of a relay origin.
pub const ORIGIN_MAX: usize = 255;
/// Network hints in an invitation.
pub const LAN_HINTS_MAX: usize = 8;
/// Bytes of one network hint.
pub const LAN_HINT_MAX: usize = 64;
/// Tags of a call on the local network, and the number that an advertisement's tags are a multiple of.
pub const LAN_TAGS: usize = 8;
/// Tags one advertisement holds at most.
pub const LAN_TAGS_MAX: usize = 4 * LAN_TAGS;
/// Bytes of what one side says at a time inside a channel on the local network.
pub const LAN_FRAME_MAX: usize = 1 + 1024 * 1024;
/// Parts a vector may come in on the local network.
pub const LAN_PARTS_MAX: u32 = 32;

/// Blobs that are asked for at a time on the local network.
pub const LAN_WANTS: usize = 512;
/// Lists of blobs that one side asks for in one meeting.
pub const LAN_WANT_LISTS_MAX: u32 = 64;
/// Bytes of a blob that are given at a time there.
pub const LAN_PIECE_MAX: usize = 960 * 1024;

/// Bytes of one part of a file bundle.
pub const FILE_PART_MAX: usize = 1024 * 1024 + 128;

/// Bytes of one chunk of a sealed blob, without its tag.
pub const BLOB_CHUNK: usize = 64 * 1024;
/// Bytes of an attachment: sealed and padded it fits the largest blob.
pub const ATTACHMENT_MAX: u64 = 60 * 1024 * 1024;
/// Bytes of the small picture of an attachment.
pub const THUMBNAIL_MAX: u64 = 256 * 1024;
/// Bytes of an attachment's name.
pub const MANIFEST_NAME_MAX: usize = 255;
/// Bytes of an attachment's media type.
pub const MANIFEST_MEDIA_TYPE_MAX: usize = 127;

/// Nesting of a record's payload.
pub const RECORD_DEPTH_MAX: usize = 8;

/// Bytes of an X-Wing public key.
pub const KEM_PUBLIC: usize = 1216;
/// Bytes of an X-Wing encapsulated key.
pub const KEM_ENCAPSULATED: usize = 1120;
/// Bytes of a wrapped epoch secret: 32 and a tag.
pub const WRAP_CIPHERTEXT: usize = 32 + AEAD_TAG;
/// Entries of one `wraps` item. Sixty-four wraps are four items of sixteen: one item would be above
/// [`ITEM_BODY_MAX`].
pub const WRAPS_SIZES: [usize; 2] = [4, 16];

/// Bytes in rendezvous slots 0 to 2.
pub const SLOT_MAX: usize = 16 * 1024;
/// Bytes in rendezvous slot 3, which holds the welcome.
pub const WELCOME_SLOT_MAX: usize = 256 * 1024;
/// Items of a welcome.
pub const WELCOME_ITEMS_MAX: usize = 4_096;

/// Milliseconds an item's clock may be ahead before it is no longer adopted.
pub const CLOCK_AHEAD_MAX_MS: u64 = 10 * 60 * 1000;

/// Bytes of a keyring before it is sealed.
pub const KEYRING_MAX: usize =
    KEYRING_PARTS_MAX * KEYRING_PART_MAX - 32 - KEM_ENCAPSULATED - AEAD_TAG;
/// Bytes of one part of a sealed keyring.
pub const KEYRING_PART_MAX: usize = 60 * 1024;
/// Parts of one sealed keyring.
pub const KEYRING_PARTS_MAX: usize = 64;
/// Spaces in one keyring.
pub const KEYRING_SPACES_MAX: usize = 256;
/// Epochs of one space in a keyring.
pub const KEYRING_EPOCHS_MAX: usize = 4_096;
/// Bytes of a person's sealed recovery key.
pub const SEALED_PERSON_MAX: usize = 4_096;

/// Shares that a recovery secret is cut into at most.
pub const SHARES_MAX: u8 = 16;
