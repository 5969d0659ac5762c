//! Paths of the endpoints, exactly as they stand under a signature.

use super::{BlobId, MailboxPk, RendezvousId, Slot};

/// Says what the relay is.
pub const INFO: &str = "/v1/info";
/// Says whether it works.
pub const HEALTH: &str = "/healthz";
/// Counts for who runs the relay.
pub const METRICS: &str = "/metrics";
/// These paths and what they answer, described for programs.
pub const OPENAPI: &str = "/v1/openapi.json";
/// A live connection for several mailboxes.
pub const LIVE: &str = "/v1/live";
/// A mailbox, as a router template.
pub const MAILBOX: &str = "/v1/mailboxes/{pk}";
/// A mailbox's envelopes, as a router template.
pub const ENVELOPES: &str = "/v1/mailboxes/{pk}/envelopes";
/// Withdrawals from a mailbox, as a router template.
pub const ERASE: &str = "/v1/mailboxes/{pk}/erase";
/// A live connection for one mailbox, as a router template.
pub const MAILBOX_LIVE: &str = "/v1/mailboxes/{pk}/live";
/// A blob, as a router template.
pub const BLOB: &str = "/v1/mailboxes/{pk}/blobs/{id}";
/// A rendezvous slot, as a router template.
pub const RENDEZVOUS: &str = "/v1/rendezvous/{id}/{slot}";

/// The path of a mailbox.
#[must_use]
pub fn mailbox(pk: &MailboxPk) -> String {
    format!("/v1/mailboxes/{pk}")
}

/// The path of a mailbox's envelopes.
#[must_use]
pub fn envelopes(pk: &MailboxPk) -> String {
    format!("/v1/mailboxes/{pk}/envelopes")
}

/// The path that withdrawals go to.
#[must_use]
pub fn erase(pk: &MailboxPk) -> String {
    format!("/v1/mailboxes/{pk}/erase")
}

/// The path of a mailbox's live connection.
#[must_use]
pub fn live(pk: &MailboxPk) -> String {
    format!("/v1/mailboxes/{pk}/live")
}

/// The path of a blob.
#[must_use]
pub fn blob(pk: &MailboxPk, id: &BlobId) -> String {
    format!("/v1/mailboxes/{pk}/blobs/{id}")
}

/// The path of a rendezvous slot.
#[must_use]
pub fn rendezvous(id: &RendezvousId, slot: Slot) -> String {
    format!("/v1/rendezvous/{id}/{slot}")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn paths_follow_their_templates() {
        let pk = MailboxPk::from_bytes([0; 32]);
        let fill = |template: &str| template.replace("{pk}", &pk.to_string());
        assert_eq!(mailbox(&pk), fill(MAILBOX));
        assert_eq!(envelopes(&pk), fill(ENVELOPES));
        assert_eq!(erase(&pk), fill(ERASE));
        assert_eq!(live(&pk), fill(MAILBOX_LIVE));
        let id = BlobId::from_bytes([2; 32]);
        assert_eq!(blob(&pk, &id), fill(BLOB).replace("{id}", &id.to_string()));
        let id = RendezvousId::from_bytes([1; 16]);
        let slot = "3".parse().unwrap();
        assert_eq!(
            rendezvous(&id, slot),
            RENDEZVOUS
                .replace("{id}", &id.to_string())
                .replace("{slot}", "3")
        );
    }
}
