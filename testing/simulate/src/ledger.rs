//! What was asked for and acknowledged: the truth that the devices are held against.

use belay_engine::model::DocName;

/// What kind of thing it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    CheckIn,
    Goal,
    Entry,
}

/// What became of a thing, as far as that was acknowledged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Present,
    /// It can be brought back.
    Deleted,
    /// It is gone for good.
    Erased,
}

/// One thing that a person wrote.
#[derive(Debug, Clone)]
pub struct Thing {
    pub person: usize,
    pub kind: Kind,
    pub name: DocName,
    /// Every text it was given, by which device, the last one last. No text occurs in another.
    pub texts: Vec<(usize, String)>,
    /// Texts of writes that nobody heard the end of.
    pub perhaps: Vec<String>,
    pub state: State,
    /// Something about its state was done on several devices, or nobody heard the end of it.
    pub unsure: bool,
    /// It may be gone with a store that was put back, or stand on the branch that does not count.
    pub may_be_lost: bool,
    /// It was never meant for anybody else.
    pub private: bool,
    /// Texts that were written on a device which knew that the thing had been taken back from a partner, and from
    /// which person: what other partners are to see of it, nobody had told it.
    pub behind: Vec<(usize, String)>,
    /// It was brought back once: a text that went may come again.
    pub came_back: bool,
    /// Who changed it last, for each device.
    touched: Vec<(usize, usize)>,
}

impl Thing {
    /// The device wrote something about it at this step.
    pub fn touch(&mut self, device: usize, step: usize) {
        self.touched.push((device, step));
    }

    /// Whether only one device ever wrote about it.
    pub fn by_one_device(&self) -> bool {
        self.touched.windows(2).all(|pair| pair[0].0 == pair[1].0)
    }

    /// Whether the device wrote about it after the step.
    pub fn touched_after(&self, device: usize, step: usize) -> bool {
        self.touched
            .iter()
            .any(|(who, when)| *who == device && *when >= step)
    }

    /// The text it must have, if that is certain.
    pub fn certain_text(&self) -> Option<&str> {
        let certain = self.perhaps.is_empty() && !self.may_be_lost && self.by_one_device();
        self.texts
            .last()
            .filter(|_| certain)
            .map(|(_, text)| text.as_str())
    }
}

/// Everything that was acknowledged.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    pub things: Vec<Thing>,
    words: u64,
}

impl Ledger {
    /// A text that no other text holds.
    pub fn word(&mut self) -> String {
        self.words += 1;
        format!("w{}.", self.words)
    }

    /// Notes a thing that was written.
    pub fn write(&mut self, made: Made, device: usize, step: usize) {
        let mut thing = Thing {
            person: made.person,
            kind: made.kind,
            name: made.name,
            texts: vec![(device, made.text)],
            perhaps: Vec::new(),
            state: State::Present,
            unsure: false,
            may_be_lost: made.may_be_lost,
            private: made.private,
            behind: Vec::new(),
            came_back: false,
            touched: Vec::new(),
        };
        thing.touch(device, step);
        self.things.push(thing);
    }

    /// The places of a person's things of a kind, in a state.
    pub fn of(&self, person: usize, kind: Kind, state: State) -> Vec<usize> {
        let all = self.things.iter().enumerate();
        all.filter(|(_, thing)| {
            thing.person == person && thing.kind == kind && thing.state == state
        })
        .map(|(place, _)| place)
        .collect()
    }

    /// The device was put back to what it was at a step: what it did since may be gone.
    pub fn put_back(&mut self, device: usize, step: usize) {
        for thing in &mut self.things {
            if thing.touched_after(device, step) {
                thing.may_be_lost = true;
                thing.unsure = true;
            }
        }
    }
}

/// A thing that was just written.
#[derive(Debug)]
pub struct Made {
    pub person: usize,
    pub kind: Kind,
    pub name: DocName,
    pub text: String,
    pub private: bool,
    pub may_be_lost: bool,
}
