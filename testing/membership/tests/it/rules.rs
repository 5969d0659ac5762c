//! What removals, roles, consents and recovery keys do, one rule at a time.

use belay_membership::cast::{act, consent, policy, removal, removal_of, root_act};
use belay_model::{DeviceId, Incarnation, ItemId};
use belay_protocol::{History, Operation, Removal, RemoveTarget, Role, VectorEntry};
use belay_sync::{Act, ActVerdict, Membership};

use crate::common::Circle;

#[test]
fn a_removal_voids_what_the_removed_person_did_without_knowing_of_it_and_what_rests_on_that() {
    let mut circle = Circle::of_stewards(3);
    let before = circle.graph.leaves();
    let (guest, guests_guest) = (circle.comes(), circle.comes());
    let invited = circle.people[guest].addition();
    let (added, _) = circle.does_at(1, before.clone(), invited);
    let steward = Operation::SetRole { person: circle.people[guest].id(), role: Role::Steward };
    let (named, _) = circle.does_at(1, vec![added], steward);
    let further = circle.people[guests_guest].addition();
    circle.does_at(guest, vec![named], further);
    assert!(circle.is_in(guest) && circle.is_in(guests_guest));
    let target = circle.people[1].id();
    circle.does_at(0, before, removal(target));
    assert!(circle.is_in(0) && circle.is_in(2));
    assert!(!circle.is_in(1) && !circle.is_in(guest) && !circle.is_in(guests_guest));
}

#[test]
fn what_the_remover_knew_of_the_removed_person_stays() {
    let mut circle = Circle::of_stewards(2);
    let guest = circle.comes();
    let invited = circle.people[guest].addition();
    circle.does(1, invited);
    let target = circle.people[1].id();
    circle.does(0, removal(target));
    assert!(circle.is_in(guest) && !circle.is_in(1));
}

#[test]
fn of_two_who_remove_each_other_one_stays_and_it_is_shown() {
    let mut circle = Circle::of_stewards(3);
    let before = circle.graph.leaves();
    let (sam, ada) = (circle.people[1].id(), circle.people[0].id());
    let (first, _) = circle.does_at(0, before.clone(), removal(sam));
    let (second, _) = circle.does_at(1, before, removal(ada));
    let overruled = circle.graph.overruled();
    assert_eq!(overruled.len(), 1);
    // Equal in all else, the lower author device id decides.
    let ada_stays = circle.people[0].first.id < circle.people[1].first.id;
    assert_eq!(overruled, vec![if ada_stays { second } else { first }]);
    assert_eq!((circle.is_in(0), circle.is_in(1)), (ada_stays, !ada_stays));
    assert!(circle.is_in(2));
}

#[test]
fn whoever_is_removed_cannot_save_themselves_through_somebody_they_brought_in() {
    let mut circle = Circle::of_stewards(2);
    let before = circle.graph.leaves();
    let target = circle.people[1].id();
    let puppet = circle.comes();
    let invited = circle.people[puppet].addition();
    let (added, _) = circle.does_at(1, before.clone(), invited);
    let steward = Operation::SetRole { person: circle.people[puppet].id(), role: Role::Steward };
    let (mut named, _) = circle.does_at(1, vec![added], steward);
    for _ in 0..5 {
        // Deeper ranks higher among equals, so the puppet goes deep.
        named = circle.does_at(puppet, vec![named], Operation::Merge).0;
    }
    let founder = circle.people[0].id();
    circle.does_at(puppet, vec![named], removal(founder));
    circle.does_at(0, before, removal(target));
    assert!(circle.is_in(0) && !circle.is_in(1) && !circle.is_in(puppet));
}

#[test]
fn consents_of_people_who_were_brought_in_for_it_do_not_win_a_contest() {
    let mut circle = Circle::of(3, Removal::Majority, History::All);
    let steward = Operation::SetRole { person: circle.people[1].id(), role: Role::Steward };
    circle.does(0, steward);
    let before = circle.graph.leaves();
    let (founder, target) = (circle.people[0].id(), circle.people[1].id());
    let mut heads = before.clone();
    let mut puppets = Vec::new();
    for _ in 0..4 {
        let puppet = circle.comes();
        let invited = circle.people[puppet].addition();
        heads = vec![circle.does_at(1, heads, invited).0];
        puppets.push(puppet);
    }
    let space = circle.graph.space();
    let mut hostile = removal(founder);
    let by: Vec<_> = puppets.iter().map(|puppet| &circle.people[*puppet].first).collect();
    consent(&mut hostile, space, &by, [1; 16]);
    assert_eq!(circle.does_at(1, heads, hostile).1, ActVerdict::Counted);
    assert!(!circle.is_in(0));
    let mut honest = removal(target);
    consent(&mut honest, space, &[&circle.people[2].first], [2; 16]);
    circle.does_at(0, before, honest);
    assert!(circle.is_in(0) && circle.is_in(2) && !circle.is_in(1));
    assert!(puppets.iter().all(|puppet| !circle.is_in(*puppet)));
}

#[test]
fn whoever_comes_back_comes_with_new_keys_and_the_old_ones_stay_out() {
    let mut circle = Circle::of_stewards(2);
    let before = circle.graph.leaves();
    let (old, again) = (circle.people[1].id(), circle.people[1].addition());
    circle.does(0, removal(old));
    assert_eq!(circle.does(0, again.clone()).1, ActVerdict::Void);
    assert_eq!(circle.does_at(0, before, again).1, ActVerdict::Void);
    let new = circle.comes();
    let addition = circle.people[new].addition();
    assert_eq!(circle.does(0, addition).1, ActVerdict::Counted);
    assert!(circle.is_in(new) && !circle.is_in(1));
}

#[test]
fn two_additions_at_once_both_count_and_an_addition_and_a_removal_do_not_hinder_each_other() {
    let mut circle = Circle::of_stewards(3);
    let before = circle.graph.leaves();
    let (one, two) = (circle.comes(), circle.comes());
    let target = circle.people[2].id();
    for (by, operation) in
        [(0, circle.people[one].addition()), (1, circle.people[two].addition()), (0, removal(target))]
    {
        circle.does_at(by, before.clone(), operation);
    }
    assert!(circle.is_in(one) && circle.is_in(two) && !circle.is_in(2));
}

#[test]
fn a_circle_whose_last_steward_is_gone_is_led_by_whoever_came_first() {
    let mut circle = Circle::of(3, Removal::Steward, History::All);
    assert_eq!(circle.does(1, removal(circle.people[2].id())).1, ActVerdict::Void);
    circle.does(0, Operation::Leave);
    assert_eq!(circle.does(2, removal(circle.people[1].id())).1, ActVerdict::Void);
    let guest = circle.comes();
    let addition = circle.people[guest].addition();
    assert_eq!(circle.does(1, addition).1, ActVerdict::Counted);
}

#[test]
fn stewards_who_take_each_others_role_leave_a_circle_that_can_still_be_led() {
    let mut circle = Circle::of_stewards(2);
    let before = circle.graph.leaves();
    for (by, of) in [(0, 1), (1, 0)] {
        let role = Operation::SetRole { person: circle.people[of].id(), role: Role::Member };
        circle.does_at(by, before.clone(), role);
    }
    let view = circle.graph.current();
    assert_eq!(view.present().filter(|(id, _)| view.is_steward(id)).count(), 1);
}

#[test]
fn where_members_decide_more_than_half_must_consent_and_a_consent_serves_once() {
    let mut circle = Circle::of(4, Removal::Majority, History::All);
    let space = circle.graph.space();
    let target = circle.people[3].id();
    assert_eq!(circle.does(0, removal(target)).1, ActVerdict::Void);
    let mut two = removal(target);
    consent(&mut two, space, &[&circle.people[1].first], [1; 16]);
    assert_eq!(circle.does(0, two).1, ActVerdict::Void);
    let mut wrong = removal(target);
    consent(&mut wrong, space, &[&circle.people[1].first, &circle.people[2].first], [1; 16]);
    if let Operation::Remove { endorsements, .. } = &mut wrong {
        endorsements[0].signature[0] ^= 1;
    }
    assert_eq!(circle.does(0, wrong).1, ActVerdict::Void);
    let mut relaxed = Operation::SetPolicy { policy: policy(Removal::Steward, History::All), endorsements: Vec::new() };
    let mut strict = Operation::SetPolicy { policy: policy(Removal::Majority, History::All), endorsements: Vec::new() };
    let by = [&circle.people[1].first, &circle.people[2].first];
    consent(&mut relaxed, space, &by, [3; 16]);
    consent(&mut strict, space, &by, [4; 16]);
    assert_eq!(circle.does(0, relaxed.clone()).1, ActVerdict::Counted);
    assert_eq!(circle.does(0, strict).1, ActVerdict::Counted);
    // The consents to the first change were used: nobody goes back to it with them.
    assert_eq!(circle.does(0, relaxed).1, ActVerdict::Void);
}

#[test]
fn a_persons_devices_remove_each_other_and_the_recovery_key_has_the_last_word() {
    let mut circle = Circle::of(2, Removal::Steward, History::All);
    let space = circle.graph.space();
    let tablet = circle.people[1].device(&mut circle.chance);
    circle.does(1, Operation::AddDevice { certificate: tablet.certificate.clone() });
    let before = circle.graph.leaves();
    let phone = circle.people[1].first.id;
    // Somebody else's device may not, steward or not.
    assert_eq!(circle.does(0, removal_of(tablet.id)).1, ActVerdict::Void);
    let mut deep = before.clone();
    for _ in 0..3 {
        let merge = act(tablet.id, deep, Operation::Merge);
        deep = vec![merge.id];
        circle.graph.insert(merge).unwrap();
    }
    // A stolen tablet removes the phone and changes the words; the words it does not have decide.
    let thief = act(tablet.id, deep, removal_of(phone));
    let stolen = act(tablet.id, vec![thief.id], Operation::RotateRecovery { new_recovery_pk: [9; 32] });
    for act in [thief, stolen] {
        assert_eq!(circle.graph.insert(act).unwrap(), ActVerdict::Counted);
    }
    assert!(!circle.is_in(1));
    let owner = root_act(&circle.people[1].root, space, phone, before, removal_of(tablet.id));
    assert_eq!(circle.graph.insert(owner).unwrap(), ActVerdict::Counted);
    assert!(circle.is_in(1) && !circle.graph.current().is_valid(&tablet.id));
    let words = circle.people[1].root.public();
    assert_eq!(circle.graph.current().persons[&circle.people[1].id()].recovery_pk, words);
}

#[test]
fn new_recovery_words_do_not_count_beside_an_act_of_the_old_ones() {
    let mut circle = Circle::of(2, Removal::Steward, History::All);
    let (space, person) = (circle.graph.space(), circle.people[1].id());
    let before = circle.graph.leaves();
    circle.does(1, Operation::RotateRecovery { new_recovery_pk: [9; 32] });
    assert_eq!(circle.graph.current().persons[&person].recovery_pk, [9; 32]);
    let tablet = circle.people[1].device(&mut circle.chance);
    let added = Operation::AddDevice { certificate: tablet.certificate.clone() };
    let by_old = root_act(&circle.people[1].root, space, tablet.id, before, added);
    assert_eq!(circle.graph.insert(by_old).unwrap(), ActVerdict::Counted);
    let view = circle.graph.current();
    assert_eq!(view.persons[&person].recovery_pk, circle.people[1].root.public());
    assert!(view.is_valid(&tablet.id));
}

#[test]
fn the_chains_of_who_was_removed_end_where_those_who_stay_had_them() {
    let mut circle = Circle::of_stewards(3);
    let (device, place) = (circle.people[1].first.id, ItemId::from_bytes([5; 32]));
    assert_eq!(circle.graph.cut_of(&device), None);
    let seen = VectorEntry { device_id: device, inc: Incarnation(3), seq: 8, item_id: place, ranges: Vec::new() };
    let target = RemoveTarget::Person(circle.people[1].id());
    circle.does(0, Operation::Remove { target, seen: vec![seen.clone()], endorsements: Vec::new() });
    let mut cut = circle.graph.cut_of(&device).unwrap();
    assert!(cut.holds(&device, Incarnation(3), 8, &place));
    assert!(!cut.holds(&device, Incarnation(3), 9, &place));
    // Under old heads, in a new incarnation: no.
    assert!(!cut.holds(&device, Incarnation(4), 1, &place));
    // One who stays had accepted more before hearing of it.
    cut.join(&[VectorEntry { seq: 9, ..seen }]);
    assert!(cut.holds(&device, Incarnation(3), 9, &place));
    assert_eq!(circle.graph.removals_of(&circle.people[0].first.id), Vec::<ItemId>::new());
}

#[test]
fn acts_of_strangers_acts_without_their_past_and_acts_in_anothers_name_change_nothing() {
    let mut circle = Circle::of_stewards(2);
    let before = circle.graph.current().clone();
    let stranger = circle.comes();
    let (founder, target) = (circle.people[0].id(), circle.people[1].id());
    for operation in [removal(founder), Operation::Leave, Operation::Merge, circle.people[stranger].addition()] {
        assert_eq!(circle.does(stranger, operation).1, ActVerdict::Void);
    }
    let lost = ItemId::from_bytes([7; 32]);
    assert_eq!(circle.does_at(0, vec![lost], removal(target)).1, ActVerdict::MissingHeads);
    // An act that names itself as its past is one whose past never comes.
    let mut circular: Act = act(circle.people[0].first.id, vec![lost], removal(target));
    circular.heads = vec![circular.id];
    assert_eq!(circle.graph.insert(circular).unwrap(), ActVerdict::MissingHeads);
    // A second beginning is none.
    let again = circle.people[1].creation(belay_protocol::SpaceType::Circle, policy(Removal::Steward, History::All));
    assert_eq!(circle.does_at(1, Vec::new(), again).1, ActVerdict::Void);
    // Another person's recovery key.
    let (space, heads) = (circle.graph.space(), circle.graph.leaves());
    let phone = circle.people[0].first.id;
    let forged = root_act(&circle.people[1].root, space, phone, heads, removal_of(phone));
    assert_eq!(circle.graph.insert(forged).unwrap(), ActVerdict::Void);
    assert_eq!(circle.graph.current(), &before);
}

#[test]
fn a_member_who_signs_two_things_at_one_place_gets_both_judged_in_every_order() {
    let circle = Circle::of_stewards(3);
    let (heads, author) = (circle.graph.leaves(), circle.people[1].first.id);
    let one = act(author, heads.clone(), removal(circle.people[2].id()));
    let other = act(author, heads.clone(), Operation::SetRole { person: circle.people[2].id(), role: Role::Member });
    let third = act(circle.people[2].first.id, heads, removal(circle.people[1].id()));
    let result = |order: [&Act; 3]| {
        let mut graph = circle.graph.clone();
        for act in order {
            graph.insert(act.clone()).unwrap();
        }
        graph.current().clone()
    };
    let first = result([&one, &other, &third]);
    for order in [[&third, &other, &one], [&other, &third, &one], [&one, &third, &other]] {
        assert_eq!(result(order), first);
    }
}

/// Grows a graph of so many acts of one author and tells what it cost.
fn cost(acts: usize, heads: impl Fn(&Membership, &[ItemId]) -> Vec<ItemId>) -> u64 {
    let mut circle = Circle::of(1, Removal::Steward, History::All);
    let before = circle.graph.work();
    let mut ids = circle.graph.leaves();
    for at in 0..acts {
        // Acts with an effect and acts without one.
        let operation = if at % 2 == 0 { Operation::Merge } else { removal_of(DeviceId::from_bytes([1; 32])) };
        let operation = if at % 4 == 0 {
            Operation::RotateRecovery { new_recovery_pk: [u8::try_from(at % 251).unwrap(); 32] }
        } else {
            operation
        };
        let heads = heads(&circle.graph, &ids);
        ids.push(circle.does_at(0, heads, operation).0);
        let _ = circle.graph.current();
    }
    circle.graph.work() - before
}

#[test]
fn a_line_of_acts_costs_in_proportion_to_its_length_and_so_do_branches_that_grow_in_turn() {
    let line = |graph: &Membership, _: &[ItemId]| graph.leaves();
    let (short, long) = (cost(200, line), cost(400, line));
    println!("a line: {short} for 200 acts, {long} for 400");
    assert!(long <= 2 * short + 20 && long <= 2 * 400);
    let two = |_: &Membership, ids: &[ItemId]| vec![ids[ids.len().saturating_sub(2)]];
    let (short, long) = (cost(200, two), cost(400, two));
    println!("two branches: {short} for 200 acts, {long} for 400");
    assert!(long <= 2 * short + 20 && long <= 3 * 400);
}

#[test]
fn a_consent_counts_again_when_what_ended_its_givers_membership_falls() {
    let mut circle = Circle::of(2, Removal::Majority, History::All);
    let space = circle.graph.space();
    let phone = circle.people[1].first.id;
    let tablet = circle.people[1].device(&mut circle.chance);
    let added = circle.does(1, Operation::AddDevice { certificate: tablet.certificate.clone() }).0;
    let (left, _) = circle.does_at(1, vec![added], Operation::Leave);
    let mut relaxed = Operation::SetPolicy { policy: policy(Removal::Steward, History::All), endorsements: Vec::new() };
    consent(&mut relaxed, space, &[&tablet], [1; 16]);
    circle.does_at(0, vec![left], relaxed);
    assert_eq!(circle.graph.current().policy.as_ref().unwrap().removal, Removal::Steward);
    // The phone that left had been removed by the owner's words: the person is still there, and has consented.
    let owner = root_act(&circle.people[1].root, space, tablet.id, vec![added], removal_of(phone));
    assert_eq!(circle.graph.insert(owner).unwrap(), ActVerdict::Counted);
    let view = circle.graph.current();
    assert!(view.is_valid(&tablet.id) && !view.is_valid(&phone));
    assert_eq!(view.policy.as_ref().unwrap().removal, Removal::Steward);
}
