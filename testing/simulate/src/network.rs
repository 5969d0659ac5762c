//! The network between devices and their relay, and how the relay behaves. Everybody's requests pass through here.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use belay_engine::{LineAnswer, LineRequest};
use belay_relay::engine::MemoryEngine;
use belay_relay::{InProcessRelay, InProcessRequest, RelayConfig};
use belay_testkit::FakeClock;

use crate::chance::Chance;

/// The origin that everybody uses; nothing listens there.
pub const ORIGIN: &str = "http://127.0.0.1:9";

/// How often what goes wrong, in a thousand requests.
#[derive(Debug, Clone, Copy, Default)]
pub struct Weather {
    /// Never arrives.
    pub lost: u32,
    /// Arrives, and the answer never comes back.
    pub unanswered: u32,
    /// Arrives twice.
    pub twice: u32,
    /// Arrives much later, after others.
    pub late: u32,
    /// The answer has a wrong byte.
    pub garbled: u32,
    /// The answer is an earlier one to the same question.
    pub replayed: u32,
}

/// A request that is still under way.
#[derive(Debug)]
struct Late {
    from: usize,
    request: LineRequest,
}

/// What can be changed while it is used.
struct State {
    chance: Chance,
    weather: Weather,
    /// Nobody reaches the relay.
    down: bool,
    /// These do not reach it.
    cut_off: BTreeSet<usize>,
    late: Vec<Late>,
    /// Shown to all readers instead of what is there: the tail is withheld.
    withheld: Option<Arc<InProcessRelay>>,
    /// Another memory for some: the relay shows two histories.
    fork: Option<(BTreeSet<usize>, Arc<InProcessRelay>)>,
    answers: BTreeMap<(usize, String), LineAnswer>,
    kept_copy: Option<MemoryEngine>,
    /// Everything that was posted, where somebody may want to see it.
    tape: Option<Vec<Arc<[u8]>>>,
}

/// The network and the relay behind it.
pub struct Network {
    memory: MemoryEngine,
    relay: Arc<InProcessRelay>,
    clock: FakeClock,
    state: Mutex<State>,
}

impl std::fmt::Debug for Network {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Network").finish_non_exhaustive()
    }
}

fn relay_over(memory: &MemoryEngine, clock: &FakeClock) -> Arc<InProcessRelay> {
    Arc::new(InProcessRelay::new(
        RelayConfig::default(),
        ORIGIN.to_owned(),
        memory.clone(),
        Arc::new(clock.clone()),
    ))
}

impl Network {
    /// A network without faults before a relay that holds what `memory` holds.
    pub fn new(memory: MemoryEngine, clock: FakeClock, chance: Chance) -> Arc<Self> {
        Arc::new(Self {
            relay: relay_over(&memory, &clock),
            memory,
            clock,
            state: Mutex::new(State {
                chance,
                weather: Weather::default(),
                down: false,
                cut_off: BTreeSet::new(),
                late: Vec::new(),
                withheld: None,
                fork: None,
                answers: BTreeMap::new(),
                kept_copy: None,
                tape: None,
            }),
        })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What the relay holds.
    pub fn memory(&self) -> &MemoryEngine {
        &self.memory
    }

    /// From now on everything that is posted is kept.
    pub fn keep_tape(&self) {
        self.state().tape = Some(Vec::new());
    }

    /// The body of everything that was posted since, whether or not it arrived.
    pub fn carried(&self) -> Vec<Arc<[u8]>> {
        self.state().tape.clone().unwrap_or_default()
    }

    /// Changes what goes wrong on the way.
    pub fn set_weather(&self, weather: Weather) {
        self.state().weather = weather;
    }

    /// Nobody reaches the relay, or all who are not cut off.
    pub fn set_down(&self, down: bool) {
        self.state().down = down;
    }

    /// Cuts a device off, or connects it again. Says which it is now.
    pub fn turn(&self, device: usize) -> bool {
        let mut state = self.state();
        if state.cut_off.remove(&device) {
            return false;
        }
        state.cut_off.insert(device);
        true
    }

    /// The relay copies its data.
    pub fn copy(&self) {
        self.state().kept_copy = Some(self.memory.copied());
    }

    /// The relay goes back to its copy, if there is one.
    pub fn roll_back(&self) -> bool {
        match &self.state().kept_copy {
            Some(copy) => self.memory.put_back(copy),
            None => return false,
        }
        true
    }

    /// The relay loses everything.
    pub fn lose_disk(&self) {
        self.memory.put_back(&MemoryEngine::new());
    }

    /// From now on readers see only what is there now; or all again.
    pub fn withhold(&self, on: bool) {
        let view = on.then(|| relay_over(&self.memory.copied(), &self.clock));
        self.state().withheld = view;
    }

    /// From now on these devices get a history of their own; or, with nobody, there is one again: the first.
    pub fn fork(&self, some: BTreeSet<usize>) {
        let other =
            (!some.is_empty()).then(|| (some, relay_over(&self.memory.copied(), &self.clock)));
        self.state().fork = other;
    }

    /// Everything is well again: what was under way is lost.
    pub fn heal(&self, relay: bool) {
        let mut state = self.state();
        state.weather = Weather::default();
        state.down = !relay;
        state.cut_off.clear();
        state.late.clear();
        state.withheld = None;
        state.fork = None;
        state.answers.clear();
    }

    /// What was under way for long arrives now, in any order. Says how much.
    pub async fn deliver_late(&self) -> usize {
        let mut count = 0;
        loop {
            let next = {
                let mut state = self.state();
                let waiting = state.late.len();
                if waiting == 0 {
                    return count;
                }
                let which = state.chance.below(waiting);
                state.late.swap_remove(which)
            };
            count += 1;
            let _ = self.answer(next.from, &next.request).await;
        }
    }

    /// Who answers this device's request.
    fn answering(&self, from: usize, request: &LineRequest) -> Arc<InProcessRelay> {
        let state = self.state();
        if let Some((some, other)) = &state.fork
            && some.contains(&from)
        {
            return Arc::clone(other);
        }
        if let Some(view) = &state.withheld
            && request.method == "GET"
        {
            return Arc::clone(view);
        }
        Arc::clone(&self.relay)
    }

    async fn answer(&self, from: usize, request: &LineRequest) -> Option<LineAnswer> {
        let relay = self.answering(from, request);
        let mut target = request.path.clone();
        if !request.query.is_empty() {
            target.push('?');
            target.push_str(&request.query);
        }
        let asked = InProcessRequest {
            method: &request.method,
            target: &target,
            headers: &request.headers,
            body: request.body.clone(),
        };
        let answer = relay.answer(asked).await.ok()?;
        Some(LineAnswer {
            status: answer.status,
            content_type: answer.content_type,
            body: answer.body,
        })
    }

    /// Carries a request as the weather is. `Err(true)` when nothing reached the relay.
    pub async fn carry(&self, from: usize, request: LineRequest) -> Result<LineAnswer, bool> {
        let drawn = {
            let mut state = self.state();
            if state.down || state.cut_off.contains(&from) {
                return Err(true);
            }
            if let Some(tape) = &mut state.tape
                && request.method == "POST"
                && request.path.ends_with("/envelopes")
            {
                tape.push(request.body.as_slice().into());
            }
            let weather = state.weather;
            let mut draw = |often| state.chance.permille(often);
            [
                draw(weather.lost),
                draw(weather.late),
                draw(weather.twice),
                draw(weather.unanswered),
                draw(weather.garbled),
                draw(weather.replayed),
            ]
        };
        let [lost, late, twice, unanswered, garbled, replayed] = drawn;
        if lost {
            return Err(false);
        }
        if late {
            self.state().late.push(Late { from, request });
            return Err(false);
        }
        if twice {
            let _ = self.answer(from, &request).await;
        }
        let mut answer = self.answer(from, &request).await.ok_or(false)?;
        if unanswered {
            return Err(false);
        }
        let mut state = self.state();
        if request.method == "GET" {
            let question = (from, request.path);
            let before = state.answers.insert(question, answer.clone());
            if let Some(before) = before.filter(|_| replayed) {
                answer = before;
            }
        }
        if garbled && !answer.body.is_empty() {
            let length = answer.body.len();
            let at = state.chance.below(length);
            answer.body[at] ^= 1 << state.chance.below(8);
        }
        Ok(answer)
    }
}
