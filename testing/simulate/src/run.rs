//! Runs: a seed, so many steps, then quiet, then what must hold.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};

use belay_engine::Planted;
use belay_protocol::DocKind;
use tokio::runtime::Runtime;

use crate::acts;
use crate::chance::Chance;
use crate::plan::{PLANS, Plan};
use crate::quiet::DAY_MS;
use crate::template::Template;
use crate::world::{Broken, Held, World};

/// The seed of the worlds that runs begin with.
const TEMPLATE_SEED: u64 = 20_261_123;

/// Steps of a run.
const STEPS: std::ops::Range<usize> = 6..34;

/// A run that held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passed {
    /// How many steps it had.
    pub steps: usize,
    /// All that was done.
    pub log: Vec<String>,
}

/// A run that did not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What was found.
    pub what: String,
    /// After so many steps.
    pub steps: usize,
    /// All that was done.
    pub log: Vec<String>,
}

/// Runs seeds; the worlds they begin with are made once.
pub struct Runner {
    templates: Mutex<BTreeMap<&'static str, Arc<Template>>>,
}

impl Default for Runner {
    fn default() -> Self {
        Self {
            templates: Mutex::new(BTreeMap::new()),
        }
    }
}

/// The plan of a seed.
fn plan_of(seed: u64) -> Plan {
    let all: usize = PLANS.iter().map(|plan| plan.weight).sum();
    let mut drawn = Chance::of(seed, 5).below(all);
    for plan in PLANS {
        if drawn < plan.weight {
            return plan;
        }
        drawn -= plan.weight;
    }
    PLANS[0]
}

fn runtime() -> std::io::Result<Runtime> {
    tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
}

impl Runner {
    /// Runs a seed to its end, or only its first steps.
    ///
    /// # Errors
    /// What did not hold, and all that was done before.
    pub fn run(
        &self,
        seed: u64,
        bug: Option<Planted>,
        first: Option<usize>,
    ) -> Result<Passed, Failure> {
        self.begin(seed, bug).and_then(|(runtime, mut world)| {
            let steps = steps_of(seed);
            let steps = first.map_or(steps, |first| first.min(steps));
            let living = AssertUnwindSafe(|| runtime.block_on(live(&mut world, seed, steps)));
            let held = catch_unwind(living).unwrap_or_else(|panic| Err(of_panic(&*panic)));
            let log = std::mem::take(&mut world.log);
            match held {
                Ok(()) => Ok(Passed { steps, log }),
                Err(Broken(what)) => Err(Failure {
                    what,
                    steps: world.step.min(steps),
                    log,
                }),
            }
        })
    }

    /// What a seed shows of a planted bug: how it fails with the bug, where it holds without.
    #[must_use]
    pub fn finds(&self, seed: u64, bug: Planted) -> Option<String> {
        let failure = self.run(seed, Some(bug), None).err()?;
        let holds_without = self.run(seed, None, None).is_ok();
        holds_without.then_some(failure.what)
    }

    /// The shortest beginning of a failing seed that fails as well.
    #[must_use]
    pub fn shortest(&self, seed: u64, bug: Option<Planted>, failure: Failure) -> Failure {
        for steps in 0..failure.steps {
            if let Err(shorter) = self.run(seed, bug, Some(steps)) {
                return shorter;
            }
        }
        failure
    }

    fn begin(&self, seed: u64, bug: Option<Planted>) -> Result<(Runtime, World), Failure> {
        let broken = |what: String| Failure {
            what,
            steps: 0,
            log: Vec::new(),
        };
        let runtime = runtime().map_err(|error| broken(format!("no runtime: {error}")))?;
        let plan = plan_of(seed);
        let template = self
            .template(&runtime, plan)
            .map_err(|Broken(what)| broken(what))?;
        let world = World::begin(&template, seed, bug);
        let mut world = world.map_err(|error| broken(format!("the simulator's disk: {error}")))?;
        world.say(plan.name);
        Ok((runtime, world))
    }

    fn template(&self, runtime: &Runtime, plan: Plan) -> Held<Arc<Template>> {
        let mut made = self
            .templates
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(template) = made.get(plan.name) {
            return Ok(Arc::clone(template));
        }
        let template = runtime.block_on(Template::make(plan, TEMPLATE_SEED));
        let template = template.map_err(|error| Broken(format!("{}: {error}", plan.name)))?;
        let template = Arc::new(template);
        made.insert(plan.name, Arc::clone(&template));
        Ok(template)
    }
}

/// How many steps a seed has.
fn steps_of(seed: u64) -> usize {
    STEPS.start + Chance::of(seed, 6).below(STEPS.end - STEPS.start)
}

fn of_panic(panic: &(dyn std::any::Any + Send)) -> Broken {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    Broken(format!("it panicked: {}", text.unwrap_or("without a word")))
}

/// What an older program may not know yet.
const LATER_KINDS: [DocKind; 4] = [
    DocKind::Goal,
    DocKind::Outcome,
    DocKind::Response,
    DocKind::Passage,
];

async fn live(world: &mut World, seed: u64, steps: usize) -> Held<()> {
    let mut draw = Chance::of(seed, 7);
    // Some runs are calm, so that a plain fault is not hidden behind a storm.
    let harm = [0, 60, 160][draw.below(3)];
    world.is_calm = harm == 0;
    let persons = world.own.len();
    let turns = (persons > 1 && draw.permille(120))
        .then(|| (draw.below(steps + 1), 1 + draw.below(persons - 1)));
    if draw.permille(120) {
        let device = draw.below(world.devices.len());
        let kind = draw.of_these(&LATER_KINDS).copied();
        world.begin_older(device, kind);
    }
    for step in 0..steps {
        world.step = step + 1;
        if let Some((_, person)) = turns.filter(|(when, _)| *when == step) {
            world.turn(person);
        }
        let device = world.chance.below(world.devices.len());
        if draw.permille(harm) {
            world.harm(device).await?;
        } else {
            world.act(device).await?;
        }
        if world.chance.permille(400) {
            let by = i64::try_from(world.chance.below(90_000)).unwrap_or(0);
            world.wait_ms(by);
        }
    }
    world.heal().await?;
    // A device that lost a key asks for it, says that it lost one, and asks again: once a day.
    let gone_back = world.devices.iter().any(|device| device.gone_back);
    // One day more follows when it is asked whether exchanging again moves anything.
    world.settle(if gone_back { 3 } else { 1 }, DAY_MS).await?;
    if world.twins || world.forked || world.went_back {
        world.nudge().await?;
    }
    world.check_all().await
}

impl World {
    /// One thing that somebody does.
    async fn act(&mut self, device: usize) -> Held<()> {
        if !self.is_here(device) {
            self.let_time_pass();
            return Ok(());
        }
        let lacks = self.devices[device].program.lacks();
        match self.chance.below(105) {
            0..=13 => self.write_check_in(device),
            14..=20 => self.edit_check_in(device),
            21..=25 => self.change(device, acts::TAKE_CHECK_IN_BACK),
            26..=27 => self.change(device, acts::RESTORE_CHECK_IN),
            28..=31 => self.change(device, acts::ERASE_CHECK_IN),
            // What its program does not know yet, nobody does on it.
            32..=37 if matches!(lacks, Some(DocKind::Goal | DocKind::Outcome)) => Ok(()),
            52..=54 if lacks == Some(DocKind::Passage) => Ok(()),
            55..=57 if lacks == Some(DocKind::Response) => Ok(()),
            32..=34 => self.add_goal(device),
            35..=37 => self.log_outcome(device),
            38..=41 => self.write_entry(device),
            42..=46 => self.edit_entry(device),
            47..=48 => self.change(device, acts::DELETE_ENTRY),
            49 => self.change(device, acts::RESTORE_ENTRY),
            50..=51 => self.change(device, acts::ERASE_ENTRY),
            52..=53 => self.share_passage(device),
            54 => self.retract_passage(device),
            55..=57 => self.respond(device),
            58..=59 => self.pause_or_resume(device),
            60 => self.choose_fields(device),
            61 if self.chance.permille(300) => self.part(device),
            61..=65 => {
                self.let_time_pass();
                Ok(())
            }
            66..=67 => self.restart(device),
            68..=78 => self.meet_somebody(device).await,
            99 => self.unheard_erasure(device).await,
            100..=101 => self.revoke(device),
            102 => self.take_in_late(device),
            103 => self.update(device),
            104 => self.stale_sibling(device).await,
            _ => self.sync_once(device).await,
        }
    }

    /// One thing that goes wrong.
    async fn harm(&mut self, device: usize) -> Held<()> {
        match self.chance.below(20) {
            0..=2 => self.change_weather(),
            3..=7 => self.harm_relay().await,
            8..=12 => self.harm_disk(device),
            13 => self.turn_clock(device),
            14 => self.put_away(device),
            15..=16 => return self.copy_store(device),
            17 => return self.go_back_and_on(device).await,
            18 => {
                self.put_back(device)?;
                // Who does not know that it was put back writes before it hears what it had written.
                if self.chance.permille(500) {
                    self.write_check_in(device)?;
                }
            }
            _ => return self.clone_device(device),
        }
        Ok(())
    }

    /// A round with the relay, and what its screens show then.
    pub async fn sync_once(&mut self, device: usize) -> Held<()> {
        self.say(format!("{device} syncs"));
        let moved = self.sync(device).await?;
        self.say(format!("      {moved:?}"));
        self.check_screens(device)
    }

    /// Meets another device, if that is there, and may be cut off.
    pub async fn meet_somebody(&mut self, device: usize) -> Held<()> {
        let other = self.chance.below(self.devices.len());
        if other == device || !self.is_here(other) {
            return Ok(());
        }
        let polls = self.chance.permille(300).then(|| self.chance.below(30));
        self.say(format!("{device} meets {other}, cut after {polls:?}"));
        let moved = self.meet(device, other, polls).await?;
        self.say(format!("      {moved:?}"));
        self.check_screens(device)?;
        self.check_screens(other)?;
        if polls.is_none() && moved.troubles == 0 {
            self.note_told(device, other);
            self.note_told(other, device);
        }
        Ok(())
    }
}
