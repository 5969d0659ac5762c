//! Own devices that removed each other: who of them stays, `self` decides, and a partnership may decide the other way
//! round, for devices have other names there (docs/protocol.md, O16).

use std::collections::BTreeSet;

use belay_model::{DeviceId, EpochId, ItemId, SpaceId};
use belay_protocol::{ItemKind, MembershipBody, Operation, RemoveTarget, SpaceType};
use belay_store::SpaceState as Standing;
use belay_sync::Act;

use crate::Result;
use crate::session::{Draft, Session, Written};

/// Under which meta key it stands that a removal of this device was answered.
fn answered_key(space: &SpaceId, removal: &ItemId) -> String {
    format!("removal-overruled/{space}/{removal}")
}

impl Session<'_> {
    /// Takes this device back into a partnership from which only devices removed it that are out of `self`
    /// themselves: it removes them with an act that stands beside theirs and is deeper, and so ranks above it. Each
    /// removal is answered once. Gives the secret that it makes then.
    pub(crate) fn overrule_removals_here(&mut self, space: &SpaceId) -> Result<Option<EpochId>> {
        let state = self.space(space)?;
        let here = state.space_type == SpaceType::Pair && state.standing == Standing::Active;
        if !here || !state.is_removed_here() || self.is_removed()? {
            return Ok(None);
        }
        let removals = self.removals_to_overrule(space)?;
        let mut acts = Vec::new();
        let mut gone = BTreeSet::new();
        for removal in removals {
            self.tx.put_meta(&answered_key(space, &removal.id), &[])?;
            acts.extend(self.answer_with_deeper(space, &removal)?);
            gone.insert(removal.author);
        }
        if acts.is_empty() {
            return Ok(None);
        }
        let state = self.space(space)?;
        if !state.membership.current().is_valid(&state.own_device) {
            return Ok(None);
        }
        let epoch = self.make_epoch_after(space, &acts)?;
        self.bring_in_step_what_they_put_there(space, &gone)?;
        Ok(Some(epoch))
    }

    /// The removals by which this device is out of a space, if all are by devices that `self` says to be out. None
    /// where one was answered before, or is by the person's recovery key, which has the last word.
    fn removals_to_overrule(&mut self, space: &SpaceId) -> Result<Vec<Act>> {
        let out = self.places_of_those_out(space)?;
        let state = self.space(space)?;
        let removals = state.membership.removals_of(&state.own_device);
        let acts: Vec<Act> = removals
            .iter()
            .filter_map(|removal| state.membership.act(removal).cloned())
            .collect();
        for act in &acts {
            let answered = self.tx.meta(&answered_key(space, &act.id))?.is_some();
            if answered || act.body.root_signature.is_some() || !out.contains(&act.author) {
                return Ok(Vec::new());
            }
        }
        Ok(acts)
    }

    /// What devices that are out of `self` said to be in a space.
    fn places_of_those_out(&mut self, space: &SpaceId) -> Result<BTreeSet<DeviceId>> {
        let mut places = BTreeSet::new();
        for device in self.out_of_self()? {
            places.extend(self.places_of(space, &device)?);
        }
        Ok(places)
    }

    /// Removes the author of a removal, as if this device knew no more than that author did: an act without effect
    /// first, so that the second one is deeper.
    fn answer_with_deeper(&mut self, space: &SpaceId, removal: &Act) -> Result<[Written; 2]> {
        let seen = self.had_of(space, &BTreeSet::from([removal.author]))?;
        let beside = self.act_on(space, Operation::Merge, removal.heads.clone())?;
        let operation = Operation::Remove {
            target: RemoveTarget::Device(removal.author),
            seen,
            endorsements: Vec::new(),
        };
        let above = self.act_on(space, operation, vec![beside.id])?;
        Ok([beside, above])
    }

    /// Writes an act upon these alone, also where this device is out of the space by what else it knows.
    fn act_on(
        &mut self,
        space: &SpaceId,
        operation: Operation,
        heads: Vec<ItemId>,
    ) -> Result<Written> {
        let body = MembershipBody {
            operation,
            root_signature: None,
        };
        let draft = Draft::control(ItemKind::Membership, body.encode());
        self.sign_at(space, draft, heads)
    }
}
