//! One round with one relay for one space: what to ask next, given what was answered. No I/O: the
//! engine performs each [`Step`] and reports an [`Event`]; the simulated network does the same.

use std::collections::{BTreeSet, VecDeque};

use belay_model::EpochId;

/// What to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Make the mailbox of this epoch on the relay.
    Create(EpochId),
    /// Write what the state asks for (a renewed secret, a wrap, an acknowledgement) and seal what waits.
    Prepare,
    /// Send the sealed envelopes of this epoch that have not been sent.
    Send(EpochId),
    /// Ask what lies behind the cursor of this epoch's mailbox, without waiting.
    Read(EpochId),
    /// Ask the relay to erase what was taken back and was sealed under this epoch.
    Erase(EpochId),
    /// Everything is exchanged.
    Done,
}

impl Step {
    /// The epoch whose mailbox the step is about.
    fn epoch(self) -> Option<EpochId> {
        match self {
            Self::Create(epoch) | Self::Send(epoch) | Self::Read(epoch) | Self::Erase(epoch) => {
                Some(epoch)
            }
            Self::Prepare | Self::Done => None,
        }
    }
}

/// How a step ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The mailbox is there.
    Created,
    /// The relay will not make the mailbox: it wants a token, is full, or is asked too often. Nothing of
    /// this epoch is tried any more in this round; the other epochs go on.
    CreateRefused,
    /// What waited is sealed under these epochs; `made_epochs` are new ones whose mailbox must be made
    /// and read too.
    Prepared {
        /// Epochs with envelopes to send.
        to_send: Vec<EpochId>,
        /// Epochs that did not exist when the round began.
        made_epochs: Vec<EpochId>,
        /// Epochs with envelopes that the relay is to erase.
        to_erase: Vec<EpochId>,
    },
    /// The relay took nothing, because the author erased some of the envelopes there. Those are out of use
    /// now; what still lives in them waits to be sealed again, after whatever says what was taken back is read.
    TakenBack,
    /// The relay was asked to erase; `more` says that it may be asked about others of this epoch.
    Erased {
        /// Whether there may be others.
        more: bool,
    },
    /// Some envelopes were taken; `more` says that others of this epoch still wait.
    Sent {
        /// Whether envelopes of this epoch still wait.
        more: bool,
    },
    /// A page was read and went through the Gate.
    Read {
        /// Whether the mailbox holds more behind the new cursor.
        more: bool,
        /// Whether it held anything new, after which an answer may be due.
        news: bool,
        /// Epochs that became readable by it.
        found_epochs: Vec<EpochId>,
    },
    /// The relay does not have the mailbox (it was never made, expired, or the disk was lost).
    NoMailbox,
    /// The relay started a new `gen`: cursors mean nothing there, and what it lacks must be sent again.
    NewGeneration,
}

/// The state of one round. Begin with the epochs whose mailboxes count, newest last.
#[derive(Debug)]
pub struct RelayRound {
    current: Step,
    todo: VecDeque<Step>,
    /// Epochs whose mailbox the relay would not make in this round.
    refused: BTreeSet<EpochId>,
    /// How often the round was started over by a missing mailbox or a new `gen`; a relay that answers
    /// so for ever must not hold the worker.
    restarts: u32,
    news: bool,
    prepared: u32,
}

/// How often one round recovers from a relay that lost its state before it gives up till the next.
const RESTARTS_MAX: u32 = 4;

/// How often one round writes and seals anew because news arrived; two honest devices settle in two.
const PREPARES_MAX: u32 = 8;

impl RelayRound {
    /// `epochs`: whose mailboxes to read; `missing`: those of them that must be made first.
    #[must_use]
    pub fn new(epochs: &[EpochId], missing: &[EpochId]) -> Self {
        let made = epochs.iter().filter(|epoch| !missing.contains(epoch));
        // Reading comes first: a partner's leaving must be known before anything more is sealed. Mailboxes
        // that are there come before those to be made, which the relay may refuse.
        let mut todo: VecDeque<Step> = made.copied().map(Step::Read).collect();
        todo.extend(missing.iter().copied().map(Step::Create));
        todo.extend(missing.iter().copied().map(Step::Read));
        todo.push_back(Step::Prepare);
        let mut round = Self {
            current: Step::Done,
            todo,
            refused: BTreeSet::new(),
            restarts: 0,
            news: false,
            prepared: 0,
        };
        round.advance();
        round
    }

    /// What to do now.
    #[must_use]
    pub fn step(&self) -> Step {
        self.current
    }

    /// Takes the end of the present step and chooses the next.
    pub fn on(&mut self, event: Event) {
        match event {
            Event::Created => self.advance(),
            Event::CreateRefused => {
                if let Some(epoch) = self.current.epoch() {
                    self.refused.insert(epoch);
                    self.todo.retain(|step| step.epoch() != Some(epoch));
                }
                self.advance();
            }
            Event::Prepared {
                to_send,
                made_epochs,
                to_erase,
            } => {
                self.news = false;
                self.prepared += 1;
                for epoch in &made_epochs {
                    self.push(Step::Create(*epoch));
                }
                for epoch in to_send {
                    self.push(Step::Send(epoch));
                }
                for epoch in made_epochs {
                    self.push(Step::Read(epoch));
                }
                // Last, when what else the envelopes held is there in others.
                for epoch in to_erase {
                    self.push(Step::Erase(epoch));
                }
                self.advance();
            }
            Event::TakenBack => {
                self.news = true;
                if let Some(epoch) = self.current.epoch() {
                    self.push(Step::Read(epoch));
                }
            }
            Event::Sent { more } | Event::Erased { more } => {
                if !more {
                    self.advance();
                }
            }
            Event::Read {
                more,
                news,
                found_epochs,
            } => {
                self.news |= news;
                for epoch in found_epochs {
                    self.push_before_preparing(Step::Create(epoch));
                    self.push_before_preparing(Step::Read(epoch));
                }
                if !more {
                    self.advance();
                }
            }
            Event::NoMailbox | Event::NewGeneration => self.recover(event == Event::NoMailbox),
        }
    }

    fn recover(&mut self, missing: bool) {
        self.restarts += 1;
        if self.restarts > RESTARTS_MAX {
            self.todo.clear();
            self.current = Step::Done;
            return;
        }
        let Some(epoch) = self.current.epoch() else {
            return;
        };
        if missing {
            self.todo.push_front(self.current);
            self.current = Step::Create(epoch);
        } else {
            // The reader sees the new numbering first, then sends what the relay lacks.
            self.push(Step::Prepare);
            self.current = Step::Read(epoch);
        }
    }

    fn push(&mut self, step: Step) {
        self.insert(self.todo.len(), step);
    }

    /// What is still to be read is read before anything is sealed.
    fn push_before_preparing(&mut self, step: Step) {
        let prepare = self.todo.iter().position(|next| *next == Step::Prepare);
        self.insert(prepare.unwrap_or(self.todo.len()), step);
    }

    fn insert(&mut self, at: usize, step: Step) {
        let refused = step
            .epoch()
            .is_some_and(|epoch| self.refused.contains(&epoch));
        if !refused && !self.todo.contains(&step) {
            self.todo.insert(at, step);
        }
    }

    fn advance(&mut self) {
        self.current = match self.todo.pop_front() {
            Some(step) => step,
            None if self.news && self.prepared < PREPARES_MAX => {
                self.news = false;
                Step::Prepare
            }
            None => Step::Done,
        };
    }
}
