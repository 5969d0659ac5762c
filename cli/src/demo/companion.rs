//! One of the two people of the story: a store, a clock, and what the previews promised.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use belay_engine::model::{CheckInFields, DayStart, DocName, SpaceId, TERMS_VERSION};
use belay_engine::{
    CheckInView, Engine, EngineConfig, GoalView, NewCheckIn, NewGoal, NewOwnDevice, NewPerson,
    NewRestored, PreviewView, RestoredView, SyncReport,
};

use super::clock::{DeviceClock, StoryTime};
use super::typed::Typed;
use crate::draw::draw_preview;
use crate::error::{CliError, Result};
use crate::screen::Screen;
use crate::secrets::FileSecrets;

/// Someone with a device.
pub struct Companion {
    pub name: &'static str,
    pub engine: Engine,
    pub clock: Arc<DeviceClock>,
    /// The space shared with the other one, once paired.
    space: Option<SpaceId>,
    /// What the other one was promised to see, by check-in.
    promised: BTreeMap<DocName, PreviewView>,
}

impl Companion {
    /// Makes the store, with its key in a file beside it.
    pub fn begin(
        name: &'static str,
        dir: &Path,
        time: &Arc<StoryTime>,
        zone: &str,
        day_start: u8,
    ) -> Result<Self> {
        let clock = Arc::new(DeviceClock::new(Arc::clone(time), zone));
        let secrets = Arc::new(FileSecrets::new(dir));
        let config = EngineConfig::new(dir, Arc::clone(&clock) as _, secrets);
        let new = NewPerson {
            display_name: Some(name.to_owned()),
            day_start: DayStart::new(day_start)?,
            passphrase: None,
        };
        let engine = Engine::create(config, new)?;
        engine.agree_to_share(TERMS_VERSION)?;
        Ok(Self {
            name,
            engine,
            clock,
            space: None,
            promised: BTreeMap::new(),
        })
    }

    /// Makes the empty store of a further device of somebody.
    pub fn further(
        name: &'static str,
        dir: &Path,
        time: &Arc<StoryTime>,
        zone: &str,
    ) -> Result<Self> {
        let clock = Arc::new(DeviceClock::new(Arc::clone(time), zone));
        let secrets = Arc::new(FileSecrets::new(dir));
        let config = EngineConfig::new(dir, Arc::clone(&clock) as _, secrets);
        Ok(Self {
            name,
            engine: Engine::create_own_device(config, NewOwnDevice::default())?,
            clock,
            space: None,
            promised: BTreeMap::new(),
        })
    }

    /// A new device of somebody whose words are known, made in an empty place, with keys that these open.
    pub fn restored(
        before: &Self,
        dir: &Path,
        time: &Arc<StoryTime>,
        new: NewRestored,
        keys: Vec<Vec<u8>>,
    ) -> Result<(Self, RestoredView)> {
        let zone = belay_engine::Clock::zone_name(&*before.clock);
        let clock = Arc::new(DeviceClock::new(Arc::clone(time), &zone));
        let secrets = Arc::new(FileSecrets::new(dir));
        let config = EngineConfig::new(dir, Arc::clone(&clock) as _, secrets);
        let (engine, view) = Engine::restore_from_envelopes(config, new, keys)?;
        let companion = Self {
            name: before.name,
            engine,
            clock,
            space: None,
            promised: BTreeMap::new(),
        };
        Ok((companion, view))
    }

    /// Remembers the space the two share.
    pub fn paired(&mut self, space: SpaceId) {
        self.space = Some(space);
    }

    /// The space the two share.
    pub fn space(&self) -> Result<SpaceId> {
        self.space.ok_or_else(|| CliError::Demo {
            what: "somebody is not paired".to_owned(),
        })
    }

    /// What the other one was promised to see.
    pub fn promises(&self) -> impl Iterator<Item = &PreviewView> {
        self.promised.values()
    }

    /// Begins a goal.
    pub fn add_goal(&self, typed: &mut Typed, goal: NewGoal) -> Result<GoalView> {
        typed.add(&goal.title);
        typed.add_maybe(goal.why.as_deref());
        Ok(self.engine.add_goal(goal)?)
    }

    /// Writes a check-in, shows what the other one will see, and remembers the promise.
    pub fn check_in(
        &mut self,
        screen: &mut Screen,
        typed: &mut Typed,
        new: NewCheckIn,
    ) -> Result<CheckInView> {
        typed.add_check_in(&new);
        let previews = self.engine.preview_check_in(&new)?;
        let view = self.engine.write_check_in(new)?;
        let now = self.engine.now()?;
        screen.line(format_args!(
            "{} writes at {} in {}, for {}.",
            self.name,
            now.local_time(),
            now.zone().name(),
            view.check_in.on.to_naive().format("%A")
        ));
        for preview in previews {
            draw_preview(screen, &preview, &now);
            let kept =
                view.check_in
                    .answered()
                    .iter()
                    .fold(CheckInFields::empty(), |kept, field| {
                        if preview.fields.contains(field) {
                            kept
                        } else {
                            kept.with(field)
                        }
                    });
            if !kept.is_empty() {
                screen.quiet(&format!("  and not: {kept}"));
            }
            self.promised.insert(view.name, preview);
        }
        Ok(view)
    }

    /// Takes a check-in back, and the promise with it.
    pub fn undo(&mut self, name: &DocName) -> Result<()> {
        self.engine.undo_check_in(name)?;
        self.promised.remove(name);
        Ok(())
    }

    /// Exchanges with the relay.
    pub async fn sync(&self) -> Result<SyncReport> {
        Ok(self.engine.sync(&|_| {}).await?)
    }
}
