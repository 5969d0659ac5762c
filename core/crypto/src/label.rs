//! Every label, once. A label never serves two purposes; a changed construction gets a new version.
//!
//! What each is for, its inputs and its key stand in `docs/crypto.md`.

/// Id and signature of an item.
pub const ITEM: &str = "belay/v1/item";
/// Salted hash of an item's body.
pub const BODY: &str = "belay/v1/body";
/// Id of a document of one owner.
pub const DOC: &str = "belay/v1/doc";
/// Name of an outcome document: its goal and civil day.
pub const OUTCOME: &str = "belay/v1/outcome";
/// Automerge actor of one incarnation in one document.
pub const ACTOR: &str = "belay/v1/actor";
/// Name of a published copy.
pub const NAME: &str = "belay/v1/name";

/// Person id.
pub const PERSON: &str = "belay/v1/person";
/// Device id.
pub const DEVICE: &str = "belay/v1/device";
/// P's signature over a genesis.
pub const CERT: &str = "belay/v1/cert";
/// P's signature over an operation.
pub const ROOT: &str = "belay/v1/root";
/// A member's consent to an operation.
pub const ENDORSE: &str = "belay/v1/endorse";

/// Tag of a mailbox.
pub const TAG: &str = "belay/v1/tag";
/// Encryption and commitment key of one envelope.
pub const ENV: &str = "belay/v1/env";
/// Erase token, and the hash of it that a relay keeps.
pub const ERASE: &str = "belay/v1/erase";
/// Additional data of an attachment's chunks.
pub const BLOB: &str = "belay/v1/blob";
/// Erase token of a blob.
pub const BLOB_ERASE: &str = "belay/v1/blob-erase";
/// A request to a relay.
pub const REQUEST: &str = "belay/v1/req";

/// Commitment to an epoch secret.
pub const EPOCH_COMMIT: &str = "belay/v1/epoch-commit";
/// Key of an epoch's envelopes.
pub const K_ENV: &str = "belay/v1/k_env";
/// Seed of an epoch's mailbox key.
pub const K_MAILBOX: &str = "belay/v1/k_mailbox";
/// Key of an epoch on the local network.
pub const K_LAN: &str = "belay/v1/k_lan";

/// HPKE: an epoch secret to a device.
pub const WRAP: &str = "belay/v1/wrap";
/// HPKE: the welcome to a newcomer.
pub const WELCOME: &str = "belay/v1/welcome";
/// HPKE: the keyring to the recovery key.
pub const KEYRING: &str = "belay/v1/keyring";
/// A device's signature over the keyring it made.
pub const KEYRING_SIGNED: &str = "belay/v1/keyring-signed";
/// Key of the envelopes in the recovery mailbox.
pub const K_RECOVERY: &str = "belay/v1/k_recovery";
/// HPKE: a space's P to the recovery key.
pub const SEALED_P: &str = "belay/v1/sealed-p";
/// HPKE: the store key to the recovery key.
pub const SEALED_STORE_KEY: &str = "belay/v1/sealed-store-key";

/// The keys that come from the recovery words.
pub const RECOVERY: &str = "belay/v1/recovery";
/// What tells whether shares give the recovery secret they were made of.
pub const SHARE_CHECK: &str = "belay/v1/share-check";
/// HPKE: a share of the recovery secret to a trusted person's device.
pub const SHARE: &str = "belay/v1/share";

/// Noise prologue of pairing in person.
pub const PAIR_PROLOGUE: &str = "belay/v1/pair-prologue";
/// Noise pre-shared key of pairing in person.
pub const PAIR_PSK: &str = "belay/v1/pair-psk";
/// Seal key of the rendezvous slots of pairing in person.
pub const PAIR_SEAL: &str = "belay/v1/pair-seal";
/// Signature of a bundle over the handshake.
pub const PAIR: &str = "belay/v1/pair";
/// Proof of a device in a session on the local network.
pub const LAN: &str = "belay/v1/lan";
/// A tag of a call on the local network.
pub const LAN_HELLO: &str = "belay/v1/lan-hello";
/// Noise prologue of a session on the local network.
pub const LAN_PROLOGUE: &str = "belay/v1/lan-prologue";
/// Noise pre-shared key of a session on the local network.
pub const LAN_PSK: &str = "belay/v1/lan-psk";
/// Key on the local network of whoever has the words.
pub const LAN_WORDS: &str = "belay/v1/lan-words";
/// Additional data of a rendezvous slot.
pub const RENDEZVOUS: &str = "belay/v1/rdv";
/// Id and seal key of pairing at a distance.
pub const INVITE: &str = "belay/v1/invite";
/// Commitment to nonce and bundle.
pub const SAS: &str = "belay/v1/sas";
/// Everything both sides saw of pairing at a distance.
pub const TRANSCRIPT: &str = "belay/v1/transcript";
/// Comparison words.
pub const SAS_WORDS: &str = "belay/v1/sas-words";

/// Wrap and check key of the store key.
pub const STORE_KEY: &str = "belay/v1/store-key";

/// All of them, for the test that no two are the same and for tools that list them.
pub const ALL: &[&str] = &[
    ITEM,
    BODY,
    DOC,
    OUTCOME,
    ACTOR,
    NAME,
    PERSON,
    DEVICE,
    CERT,
    ROOT,
    ENDORSE,
    TAG,
    ENV,
    ERASE,
    BLOB,
    BLOB_ERASE,
    REQUEST,
    EPOCH_COMMIT,
    K_ENV,
    K_MAILBOX,
    K_LAN,
    WRAP,
    WELCOME,
    KEYRING,
    KEYRING_SIGNED,
    K_RECOVERY,
    SEALED_P,
    SEALED_STORE_KEY,
    RECOVERY,
    SHARE_CHECK,
    SHARE,
    PAIR_PROLOGUE,
    PAIR_PSK,
    PAIR_SEAL,
    PAIR,
    LAN,
    LAN_HELLO,
    LAN_PROLOGUE,
    LAN_PSK,
    LAN_WORDS,
    RENDEZVOUS,
    INVITE,
    SAS,
    TRANSCRIPT,
    SAS_WORDS,
    STORE_KEY,
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::ALL;

    #[test]
    fn no_label_serves_twice_and_none_holds_the_byte_that_ends_it() {
        assert_eq!(ALL.iter().collect::<BTreeSet<_>>().len(), ALL.len());
        assert!(ALL.iter().all(|label| label.starts_with("belay/v1/")));
        assert!(ALL.iter().all(|label| !label.contains('\0')));
    }

    #[test]
    fn every_label_is_written_down() {
        let written = include_str!("../../../docs/crypto.md");
        for label in ALL {
            assert!(written.contains(&format!("`{label}`")), "{label}");
        }
    }
}
