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
    /// Everything is exchanged.
    Done,
}

impl Step {
    /// The epoch whose mailbox the step is about.
    fn epoch(self) -> Option<EpochId> {
        match self {
            Self::Create(epoch) | Self::Send(epoch) | Self::Read(epoch) => Some(epoch),
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
                self.advance();
            }
            Event::Sent { more } => {
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
        let (Step::Read(epoch) | Step::Send(epoch) | Step::Create(epoch)) = self.current else {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn epoch(byte: u8) -> EpochId {
        EpochId::from_bytes([byte; 32])
    }

    #[test]
    fn a_round_reads_before_it_seals_and_answers_what_it_read() {
        let mut round = RelayRound::new(&[epoch(1)], &[epoch(1)]);
        assert_eq!(round.step(), Step::Create(epoch(1)));
        round.on(Event::Created);
        assert_eq!(round.step(), Step::Read(epoch(1)));
        round.on(Event::Read {
            more: false,
            news: true,
            found_epochs: vec![],
        });
        assert_eq!(round.step(), Step::Prepare);
        round.on(Event::Prepared {
            to_send: vec![epoch(1)],
            made_epochs: vec![],
        });
        assert_eq!(round.step(), Step::Send(epoch(1)));
        round.on(Event::Sent { more: true });
        assert_eq!(round.step(), Step::Send(epoch(1)));
        round.on(Event::Sent { more: false });
        assert_eq!(round.step(), Step::Done);
    }

    /// Walks a round to its end and notes its steps; the relay makes no mailbox of `refused`.
    fn walk(mut round: RelayRound, refused: EpochId, prepared: &Event) -> Vec<Step> {
        let mut steps = vec![];
        while round.step() != Step::Done {
            let step = round.step();
            steps.push(step);
            assert!(steps.len() < 100, "the round does not end");
            round.on(match step {
                Step::Create(epoch) if epoch == refused => Event::CreateRefused,
                Step::Create(_) => Event::Created,
                Step::Prepare => prepared.clone(),
                Step::Send(_) => Event::Sent { more: false },
                Step::Read(_) | Step::Done => Event::Read {
                    more: false,
                    news: false,
                    found_epochs: vec![],
                },
            });
        }
        steps
    }

    #[test]
    fn mailboxes_that_are_there_are_read_before_others_are_made() {
        let round = RelayRound::new(&[epoch(1), epoch(2)], &[epoch(1)]);
        let prepared = Event::Prepared {
            to_send: vec![epoch(2), epoch(3)],
            made_epochs: vec![epoch(3)],
        };
        let steps = walk(round, epoch(9), &prepared);
        assert_eq!(
            steps,
            [
                Step::Read(epoch(2)),
                Step::Create(epoch(1)),
                Step::Read(epoch(1)),
                Step::Prepare,
                Step::Create(epoch(3)),
                Step::Send(epoch(2)),
                Step::Send(epoch(3)),
                Step::Read(epoch(3)),
            ]
        );
    }

    #[test]
    fn a_mailbox_the_relay_will_not_make_holds_up_no_other() {
        let prepared = Event::Prepared {
            to_send: vec![epoch(1), epoch(2)],
            made_epochs: vec![],
        };
        let missing = RelayRound::new(&[epoch(1), epoch(2)], &[epoch(2)]);
        assert_eq!(
            walk(missing, epoch(2), &prepared),
            [
                Step::Read(epoch(1)),
                Step::Create(epoch(2)),
                Step::Prepare,
                Step::Send(epoch(1)),
            ]
        );
        let made = Event::Prepared {
            to_send: vec![epoch(1), epoch(2)],
            made_epochs: vec![epoch(2)],
        };
        assert_eq!(
            walk(RelayRound::new(&[epoch(1)], &[]), epoch(2), &made),
            [
                Step::Read(epoch(1)),
                Step::Prepare,
                Step::Create(epoch(2)),
                Step::Send(epoch(1)),
            ]
        );
    }

    #[test]
    fn a_mailbox_that_is_gone_and_not_made_again_is_left_for_the_next_round() {
        let mut round = RelayRound::new(&[epoch(1), epoch(2)], &[]);
        round.on(Event::NoMailbox);
        assert_eq!(round.step(), Step::Create(epoch(1)));
        round.on(Event::CreateRefused);
        assert_eq!(round.step(), Step::Read(epoch(2)));
        round.on(Event::Read {
            more: false,
            news: false,
            found_epochs: vec![epoch(1)],
        });
        assert_eq!(round.step(), Step::Prepare);
    }

    #[test]
    fn a_relay_that_always_says_it_lost_everything_cannot_hold_the_worker() {
        let mut round = RelayRound::new(&[epoch(1)], &[]);
        let mut steps = 0;
        while round.step() != Step::Done {
            steps += 1;
            assert!(steps < 100, "the round does not end");
            match round.step() {
                Step::Create(_) => round.on(Event::Created),
                Step::Prepare => round.on(Event::Prepared {
                    to_send: vec![epoch(1)],
                    made_epochs: vec![],
                }),
                Step::Send(_) | Step::Read(_) if steps % 2 == 0 => round.on(Event::NoMailbox),
                Step::Send(_) | Step::Read(_) => round.on(Event::NewGeneration),
                Step::Done => {}
            }
        }
    }

    #[test]
    fn an_epoch_found_on_the_way_is_read_in_the_same_round() {
        let mut round = RelayRound::new(&[epoch(1)], &[]);
        round.on(Event::Read {
            more: false,
            news: true,
            found_epochs: vec![epoch(2)],
        });
        let mut seen = vec![];
        while round.step() != Step::Done {
            seen.push(round.step());
            match round.step() {
                Step::Create(_) => round.on(Event::Created),
                Step::Prepare => round.on(Event::Prepared {
                    to_send: vec![],
                    made_epochs: vec![],
                }),
                Step::Read(_) => round.on(Event::Read {
                    more: false,
                    news: false,
                    found_epochs: vec![],
                }),
                Step::Send(_) | Step::Done => {}
            }
        }
        assert!(seen.contains(&Step::Read(epoch(2))));
    }
}
