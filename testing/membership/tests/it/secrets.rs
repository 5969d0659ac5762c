//! Epoch secrets where several act at once: who can open what is written from now on, and who never can.

use std::collections::BTreeMap;

use belay_crypto::{EpochSecret, EraseKey, KemPublic, make_epoch, make_wraps, open_envelope, open_wrap, seal_envelope};
use belay_membership::cast::{Persona, act, policy, removal};
use belay_membership::chance::Chance;
use belay_model::{CivilDay, EpochId, ItemId, SpaceId};
use belay_protocol::{History, Operation, Removal, Role, SpaceType, WrapsBody};
use belay_sync::{Act, Epochs, Membership, NewEpoch, Owed, given};

/// What somebody says to the others.
#[derive(Clone)]
enum Told {
    Act(Act),
    Epoch(NewEpoch),
    Wraps(WrapsBody),
}

/// What one person's device knows.
struct Member {
    persona: Persona,
    graph: Membership,
    epochs: Epochs,
    secrets: BTreeMap<EpochId, EpochSecret>,
    /// Wraps that came before their epoch.
    early: Vec<WrapsBody>,
    /// How much of what was told this one has heard.
    heard: usize,
}

impl Member {
    fn new(persona: Persona, space: SpaceId) -> Self {
        let (epochs, secrets, early) = Default::default();
        Self { persona, graph: Membership::new(space), epochs, secrets, early, heard: 0 }
    }

    fn is_in(&self) -> bool {
        self.graph.current().is_valid(&self.persona.first.id)
    }

    fn hears(&mut self, told: &Told) {
        match told {
            Told::Act(act) => drop(self.graph.insert(act.clone()).unwrap()),
            Told::Epoch(epoch) => self.epochs.insert(epoch.clone()),
            Told::Wraps(wraps) => {
                let devices = wraps.wraps.iter().map(|wrap| wrap.device_id);
                let real = devices.filter(|device| self.graph.device(device).is_some());
                self.epochs.add_recipients(&wraps.epoch_id, real.collect::<Vec<_>>());
                self.early.push(wraps.clone());
            }
        }
        let own = &self.persona.first;
        for wraps in &self.early {
            if let (Some(body), Some(wrap)) = (self.epochs.body(&wraps.epoch_id), wraps.wrap_for(&own.id))
                && let Ok(secret) = open_wrap(wrap, &own.kem, &self.graph.space(), &wraps.epoch_id, body)
            {
                self.secrets.insert(wraps.epoch_id, secret);
            }
        }
    }

    fn writes_under(&self) -> Option<EpochId> {
        self.epochs.writing_epoch(self.graph.current(), |epoch| self.secrets.contains_key(epoch))
    }
}

/// People who talk, or do not, as a test says.
struct Story {
    space: SpaceId,
    members: Vec<Member>,
    told: Vec<Told>,
    chance: Chance,
}

impl Story {
    /// A circle of stewards with a first secret that all of them have.
    fn of(people: usize, history: History, seed: u64) -> Self {
        let mut chance = Chance::new(seed);
        let mut people: Vec<Persona> = (0..people).map(|_| Persona::make(&mut chance)).collect();
        let founder = people.remove(0);
        let create = founder.creation(SpaceType::Circle, policy(Removal::Steward, history));
        let create = act(founder.first.id, Vec::new(), create);
        let space = SpaceId::from(create.id);
        let mut story = Self { space, members: vec![Member::new(founder, space)], told: Vec::new(), chance };
        story.tells(0, Told::Act(create));
        for persona in people {
            story.brings(0, persona);
        }
        story.all_hear();
        story.settles();
        story
    }

    /// Somebody says something, and knows it at once.
    fn tells(&mut self, by: usize, told: Told) {
        self.members[by].hears(&told);
        self.told.push(told);
    }

    fn does(&mut self, by: usize, operation: Operation) -> ItemId {
        let member = &self.members[by];
        let next = act(member.persona.first.id, member.graph.leaves(), operation);
        let id = next.id;
        self.tells(by, Told::Act(next));
        id
    }

    /// Somebody adds a person as steward; where that person stands among the members.
    fn brings(&mut self, by: usize, persona: Persona) -> usize {
        let role = Operation::SetRole { person: persona.id(), role: Role::Steward };
        self.does(by, persona.addition());
        self.does(by, role);
        self.members.push(Member::new(persona, self.space));
        self.members.len() - 1
    }

    fn removes(&mut self, by: usize, of: usize) {
        let target = self.members[of].persona.id();
        self.does(by, removal(target));
    }

    /// Somebody does what the secrets lack; whether there was anything.
    fn looks_after_secrets(&mut self, by: usize) -> bool {
        let member = &self.members[by];
        match member.epochs.owed(&member.graph, |epoch| member.secrets.contains_key(epoch)) {
            Owed::Nothing => return false,
            Owed::Rotation => self.rotates(by),
            Owed::Wraps { epoch, devices } => {
                let secret = member.secrets[&epoch].clone();
                self.wraps(by, epoch, &secret, &devices);
            }
        }
        true
    }

    fn rotates(&mut self, by: usize) {
        let member = &self.members[by];
        let recipients: Vec<_> = member.graph.current().valid_devices().map(|device| device.id).collect();
        let mut parents = member.epochs.leaves();
        parents.truncate(16);
        let (secret, body) = make_epoch(parents, recipients.clone(), &mut self.chance);
        let id = EpochId::from_bytes(self.chance.bytes());
        let epoch = NewEpoch { id, author: member.persona.first.id, heads: member.graph.leaves(), body };
        self.tells(by, Told::Epoch(epoch));
        self.members[by].secrets.insert(id, secret.clone());
        self.wraps(by, id, &secret, &recipients);
    }

    fn wraps(&mut self, by: usize, epoch: EpochId, secret: &EpochSecret, to: &[belay_model::DeviceId]) {
        let view = self.members[by].graph.current();
        let key = |id| KemPublic::parse(&view.device(id).unwrap().kem.pk).unwrap();
        let keys: Vec<_> = to.iter().map(|id| (*id, key(id))).collect();
        for wraps in make_wraps(secret, &self.space, &epoch, &keys, &mut self.chance).unwrap() {
            self.tells(by, Told::Wraps(wraps));
        }
    }

    /// One hears everything there is, those who were removed too: what they may not read they must not be able to.
    fn hears_all(&mut self, member: usize) {
        let member = &mut self.members[member];
        self.told[member.heard..].iter().for_each(|told| member.hears(told));
        member.heard = self.told.len();
    }

    fn all_hear(&mut self) {
        (0..self.members.len()).for_each(|member| self.hears_all(member));
    }

    /// Those who are in look after the secrets in turn until nothing is owed.
    fn settles(&mut self) {
        for _ in 0..10 {
            let mut quiet = true;
            for member in 0..self.members.len() {
                self.hears_all(member);
                if self.members[member].is_in() && self.looks_after_secrets(member) {
                    quiet = false;
                }
            }
            self.all_hear();
            if quiet {
                return;
            }
        }
        panic!("secrets are made without end");
    }

    /// Everybody who is in writes for everybody who is in, and for nobody else.
    fn is_sound(&self) {
        let graph = &self.members[0].graph;
        for writer in self.members.iter().filter(|member| member.is_in()) {
            assert_eq!(writer.graph.current(), graph.current(), "all know the same");
            let epoch = writer.writes_under().expect("nobody honest is locked out");
            for other in &self.members {
                assert_eq!(other.secrets.contains_key(&epoch), other.is_in());
            }
        }
    }
}

#[test]
fn after_two_removals_at_once_neither_of_the_removed_derives_anything_later() {
    let mut story = Story::of(5, History::All, 1);
    story.removes(0, 3);
    story.looks_after_secrets(0);
    story.removes(1, 4);
    story.looks_after_secrets(1);
    // Each of the two new secrets was made for somebody whom the other removed.
    story.all_hear();
    assert_eq!(story.members[2].writes_under(), None);
    story.settles();
    story.is_sound();
    assert_eq!(story.members.iter().filter(|member| member.is_in()).count(), 3);
}

#[test]
fn an_addition_and_a_rotation_at_once_leave_the_newcomer_able_to_read() {
    for history in [History::All, History::FromNow] {
        let mut story = Story::of(3, history, 2);
        let persona = Persona::make(&mut story.chance);
        let new = story.brings(0, persona);
        story.looks_after_secrets(0);
        story.removes(1, 2);
        story.looks_after_secrets(1);
        story.all_hear();
        story.settles();
        story.is_sound();
        assert!(story.members[new].is_in() && !story.members[2].is_in());
    }
}

#[test]
fn a_remover_who_is_removed_at_the_same_time_is_out_and_whom_they_removed_reads_on() {
    let mut story = Story::of(4, History::All, 3);
    story.removes(0, 1);
    story.looks_after_secrets(0);
    story.removes(2, 0);
    story.looks_after_secrets(2);
    story.all_hear();
    story.settles();
    story.is_sound();
    assert!(story.members[1].is_in() && !story.members[0].is_in());
}

#[test]
fn whoever_comes_back_reads_what_follows_and_nothing_that_was_said_without_them() {
    let mut story = Story::of(3, History::FromNow, 4);
    story.removes(0, 2);
    story.settles();
    let without = story.members[0].writes_under().unwrap();
    let persona = Persona::make(&mut story.chance);
    let again = story.brings(0, persona);
    story.settles();
    story.is_sound();
    assert!(story.members[again].is_in() && !story.members[2].is_in());
    assert!(!story.members[again].secrets.contains_key(&without));
    assert!(!story.members[2].secrets.contains_key(&without));
    // Nor is it given to them when they ask.
    let (member, device) = (&story.members[0], story.members[again].persona.first.id);
    assert!(!member.epochs.may_be_given(&member.graph, &without, &device));
}

#[test]
fn whoever_does_what_whenever_those_who_are_in_read_on_and_those_who_are_out_do_not() {
    for seed in 0..12 {
        println!("seed {seed}");
        let history = if seed % 2 == 0 { History::All } else { History::FromNow };
        let mut story = Story::of(4, history, seed);
        for _ in 0..10 {
            let by = story.chance.below(story.members.len());
            if story.chance.below(3) == 0 {
                story.hears_all(by);
            }
            if !story.members[by].is_in() {
                continue;
            }
            match story.chance.below(6) {
                0 => {
                    let persona = Persona::make(&mut story.chance);
                    story.brings(by, persona);
                }
                1 => drop(story.does(by, Operation::Leave)),
                2..=3 => {
                    let of = story.chance.below(story.members.len());
                    let known = story.members[by].graph.current().is_present(&story.members[of].persona.id());
                    if of != by && known {
                        story.removes(by, of);
                    }
                }
                _ => drop(story.looks_after_secrets(by)),
            }
        }
        story.all_hear();
        story.settles();
        story.is_sound();
    }
}

/// Which of three things said before, and one said after, a newcomer opens with what was given and nothing else.
fn opens(history: History) -> (Vec<bool>, bool) {
    let mut story = Story::of(2, history, 9);
    let erase = EraseKey::from_bytes([3; 32]);
    let mut said = Vec::new();
    let says = |story: &mut Story, said: &mut Vec<(EpochId, Vec<u8>)>| {
        let member = &story.members[0];
        let epoch = member.writes_under().unwrap();
        let keys = member.secrets[&epoch].keys(&epoch);
        let nonce = [u8::try_from(said.len()).unwrap(); 24];
        let sealed = seal_envelope(&[vec![7; 40]], &keys, &story.space, &epoch, &erase, nonce).unwrap();
        said.push((epoch, sealed.bytes));
    };
    for _ in 0..3 {
        says(&mut story, &mut said);
        story.rotates(0);
        story.all_hear();
    }
    // The epoch in use holds something, too.
    says(&mut story, &mut said);
    let persona = Persona::make(&mut story.chance);
    let device = persona.first.id;
    let new = story.brings(0, persona);
    let held: Vec<EpochId> = story.members[0].secrets.keys().copied().collect();
    let plan = given(history, &held);
    assert_eq!(plan.fresh_epoch, history != History::All);
    for epoch in plan.wrapped {
        let secret = story.members[0].secrets[&epoch].clone();
        story.wraps(0, epoch, &secret, &[device]);
    }
    story.settles();
    says(&mut story, &mut said);
    let newcomer = &story.members[new];
    let opened: Vec<bool> = said
        .iter()
        .map(|(epoch, bytes)| {
            let secret = newcomer.secrets.get(epoch);
            secret.is_some_and(|secret| open_envelope(bytes, &secret.keys(epoch), &story.space, epoch).is_ok())
        })
        .collect();
    let (after, before) = opened.split_last().unwrap();
    (before.to_vec(), *after)
}

#[test]
fn a_newcomer_opens_what_the_circle_opens_to_newcomers_and_nothing_else() {
    assert_eq!(opens(History::All), (vec![true; 4], true));
    assert_eq!(opens(History::FromNow), (vec![false; 4], true));
    // What may be read of the time before comes again from those who wrote it.
    let day: CivilDay = "2026-01-31".parse().unwrap();
    assert_eq!(opens(History::Since(day)), (vec![false; 4], true));
    assert_eq!(given(History::Since(day), &[]).published_again_since, Some(day));
    assert_eq!(given(History::FromNow, &[]).published_again_since, None);
}
