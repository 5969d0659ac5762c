//! Acts about who belongs to a space, written here: by this device, or in the name of the person's recovery key
//! (docs/protocol.md, "Membership").

use belay_crypto::{RootKey, sign_root};
use belay_model::SpaceId;
use belay_protocol::{ItemKind, MembershipBody, Operation};

use crate::engine::Engine;
use crate::session::{Draft, Session, Written};
use crate::{BelayError, Result};

impl Session<'_> {
    /// Writes an act at the end of this device's chain. With `root` it is an act of the person's recovery key,
    /// which counts whatever this device may; the key signs over the very heads that the item names. It is not
    /// queued: an act that ends somebody's reading travels with the secret that follows it.
    pub(crate) fn append_act(
        &mut self,
        space: &SpaceId,
        operation: Operation,
        root: Option<&RootKey>,
    ) -> Result<Written> {
        let heads = self.settled_heads(space)?;
        let root_signature = root.map(|root| sign_root(root, space, &heads, &operation));
        let body = MembershipBody {
            operation,
            root_signature,
        };
        let draft = Draft::control(ItemKind::Membership, body.encode());
        self.append_at(space, draft, heads)
    }

    /// Whether this device was removed from the person's own devices: then it keeps what it has and writes no
    /// more. A device that waits to be admitted was not.
    pub(crate) fn is_removed(&mut self) -> Result<bool> {
        is_removed(self.tx, self.spaces)
    }

    /// Fails where this device may not write into a space any more.
    pub(crate) fn require_own_device(&mut self, space: &SpaceId) -> Result<()> {
        if self.space(space)?.is_removed_here() || self.is_removed()? {
            return Err(BelayError::unavailable("device-removed"));
        }
        Ok(())
    }
}

impl Engine {
    /// As [`Session::is_removed`].
    pub(crate) fn is_removed(&self) -> Result<bool> {
        self.read_spaces(is_removed)
    }
}

/// As [`Session::is_removed`].
pub(crate) fn is_removed(
    tx: &belay_store::ReadTx<'_>,
    spaces: &mut crate::session::Spaces,
) -> Result<bool> {
    let own = match crate::queries::self_space(tx) {
        Ok(own) => own,
        Err(BelayError::Unavailable { .. }) => return Ok(false),
        Err(error) => return Err(error),
    };
    Ok(spaces
        .find(tx, &own)?
        .is_some_and(|state| state.is_removed_here()))
}
