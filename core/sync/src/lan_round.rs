//! A meeting of two devices of one space on one network: whose turn it is, what to do next, and when the other
//! side has stopped making sense. No I/O: the engine performs each [`LanStep`] and reports a [`LanEvent`].
//!
//! A round: the caller tells what it has, the called side tells what it has, the caller gives what the other
//! lacks, the called side gives what the caller lacks. Only one side speaks at a time, so neither can be made
//! to hold more than one batch, and a connection that breaks loses at most the batch under way: the next
//! meeting begins with what both have by then.

use belay_protocol::LanFrame;

/// Which side of the connection this is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LanSide {
    /// The one that called.
    Caller,
    /// The one that was called.
    Called,
}

/// What to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LanStep {
    /// Write what the state asks for, seal what waits, and tell the other side what is here.
    Tell,
    /// Read what the other side says, whatever it is.
    Hear,
    /// Send a batch of what the other side lacks.
    Give,
    /// Say that this was all; `again` when something new came in this round.
    Over {
        /// Whether another round is worth it for this side.
        again: bool,
    },
    /// Say goodbye.
    Bye,
    /// The meeting ended as it should.
    Done,
}

/// How a step ended, or what was heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LanEvent {
    /// All of it was told.
    Told,
    /// A batch was sent, or there was nothing to send; `more` when another waits.
    Gave {
        /// Whether another batch waits.
        more: bool,
    },
    /// It was said that this was all, or goodbye.
    Said,
    /// A part of what the other side has was heard.
    HeardHave {
        /// Whether another part follows.
        more: bool,
    },
    /// Envelopes were heard and went through the Gate.
    HeardEnvelopes {
        /// Their bytes.
        bytes: u64,
        /// Whether any item in them was new here and passed.
        useful: bool,
        /// Whether anything in them is worth an answer.
        news: bool,
    },
    /// The other side has given all.
    HeardOver {
        /// Whether another round is worth it for the other side.
        again: bool,
    },
    /// The other side said goodbye.
    HeardBye,
}

/// Why a meeting is broken off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LanFault {
    /// Something was said that has no place there.
    OutOfTurn,
    /// The other side goes on and on with what brings nothing.
    TooMuch,
}

/// Rounds of one meeting; two honest devices settle in three.
const ROUNDS_MAX: u32 = 8;

/// Bytes of envelopes that may bring nothing, in one meeting.
const IDLE_MAX: u64 = 32 * 1024 * 1024;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Tell,
    HearHave,
    Give,
    Over,
    Take,
    Bye,
    Done,
}

/// The state of one meeting, from the moment that both sides have proved who they are.
#[derive(Debug)]
pub struct LanRound {
    side: LanSide,
    phase: Phase,
    rounds: u32,
    parts: u32,
    idle: u64,
    /// Something came in this round that the other side must hear of.
    news: bool,
}

impl LanRound {
    /// Begins.
    #[must_use]
    pub fn new(side: LanSide) -> Self {
        Self {
            side,
            phase: match side {
                LanSide::Caller => Phase::Tell,
                LanSide::Called => Phase::HearHave,
            },
            rounds: 1,
            parts: 0,
            idle: 0,
            news: false,
        }
    }

    /// What to do now.
    #[must_use]
    pub fn step(&self) -> LanStep {
        match self.phase {
            Phase::Tell => LanStep::Tell,
            Phase::HearHave | Phase::Take => LanStep::Hear,
            Phase::Give => LanStep::Give,
            Phase::Over => LanStep::Over { again: self.news },
            Phase::Bye => LanStep::Bye,
            Phase::Done => LanStep::Done,
        }
    }

    /// Whether what is heard next begins a new round: what the other side told before counts no more.
    #[must_use]
    pub fn begins_vector(&self) -> bool {
        self.phase == Phase::HearHave && self.parts == 0
    }

    /// Whether a frame may be said now; what may not is not even looked into.
    #[must_use]
    pub fn expects(&self, frame: &LanFrame) -> bool {
        let caller = self.side == LanSide::Caller;
        match frame {
            LanFrame::Have { .. } => self.phase == Phase::HearHave,
            LanFrame::Bye => self.phase == Phase::HearHave && !caller && self.parts == 0,
            LanFrame::Envelopes(_) | LanFrame::Over { .. } => self.phase == Phase::Take,
            LanFrame::Proof { .. } => false,
        }
    }

    /// Takes what happened and chooses the next step.
    ///
    /// # Errors
    /// Why the meeting is over at once.
    pub fn on(&mut self, event: LanEvent) -> Result<(), LanFault> {
        let caller = self.side == LanSide::Caller;
        self.phase = match (self.phase, event) {
            (Phase::Tell, LanEvent::Told) if caller => Phase::HearHave,
            (Phase::Tell, LanEvent::Told) => Phase::Take,
            (Phase::HearHave, LanEvent::HeardHave { more: true }) => {
                self.parts += 1;
                if self.parts >= belay_protocol::limits::LAN_PARTS_MAX {
                    return Err(LanFault::TooMuch);
                }
                Phase::HearHave
            }
            (Phase::HearHave, LanEvent::HeardHave { more: false }) => {
                self.parts = 0;
                if caller { Phase::Give } else { Phase::Tell }
            }
            (Phase::HearHave, LanEvent::HeardBye) if !caller && self.parts == 0 => Phase::Done,
            (Phase::Give, LanEvent::Gave { more }) => {
                if more {
                    Phase::Give
                } else {
                    Phase::Over
                }
            }
            (Phase::Over, LanEvent::Said) if caller => Phase::Take,
            (Phase::Over, LanEvent::Said) => self.next_round()?,
            (
                Phase::Take,
                LanEvent::HeardEnvelopes {
                    bytes,
                    useful,
                    news,
                },
            ) => {
                self.news |= news;
                if !useful {
                    self.idle = self.idle.saturating_add(bytes);
                }
                if self.idle > IDLE_MAX {
                    return Err(LanFault::TooMuch);
                }
                Phase::Take
            }
            (Phase::Take, LanEvent::HeardOver { again }) if caller => {
                if (again || self.news) && self.rounds < ROUNDS_MAX {
                    self.next_round()?
                } else {
                    Phase::Bye
                }
            }
            (Phase::Take, LanEvent::HeardOver { .. }) => Phase::Give,
            (Phase::Bye, LanEvent::Said) => Phase::Done,
            _ => return Err(LanFault::OutOfTurn),
        };
        Ok(())
    }

    fn next_round(&mut self) -> Result<Phase, LanFault> {
        self.news = false;
        self.rounds += 1;
        // The caller says goodbye before; one that does not is kept waiting for nothing.
        if self.rounds > ROUNDS_MAX + 1 {
            return Err(LanFault::TooMuch);
        }
        Ok(match self.side {
            LanSide::Caller => Phase::Tell,
            LanSide::Called => Phase::HearHave,
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use std::collections::VecDeque;

    use super::*;

    /// One end in memory: what it lacks comes from the other, some of what comes is news.
    struct End {
        round: LanRound,
        to_give: u32,
        answers: u32,
        gave: u32,
    }

    impl End {
        fn new(side: LanSide, to_give: u32, answers: u32) -> Self {
            Self {
                round: LanRound::new(side),
                to_give,
                answers,
                gave: 0,
            }
        }

        /// Goes on until it has to hear something.
        fn speak(&mut self, line: &mut VecDeque<LanEvent>) {
            loop {
                let event = match self.round.step() {
                    LanStep::Hear | LanStep::Done => return,
                    LanStep::Tell => {
                        line.push_back(LanEvent::HeardHave { more: false });
                        LanEvent::Told
                    }
                    LanStep::Give => {
                        if self.to_give > 0 {
                            self.to_give -= 1;
                            self.gave += 1;
                            line.push_back(LanEvent::HeardEnvelopes {
                                bytes: 100,
                                useful: true,
                                news: true,
                            });
                        }
                        LanEvent::Gave {
                            more: self.to_give > 0,
                        }
                    }
                    LanStep::Over { again } => {
                        line.push_back(LanEvent::HeardOver { again });
                        LanEvent::Said
                    }
                    LanStep::Bye => {
                        line.push_back(LanEvent::HeardBye);
                        LanEvent::Said
                    }
                };
                self.round.on(event).unwrap();
            }
        }

        fn hear(&mut self, event: LanEvent) {
            if matches!(event, LanEvent::HeardEnvelopes { .. }) && self.answers > 0 {
                self.answers -= 1;
                self.to_give += 1;
            }
            self.round.on(event).unwrap();
        }
    }

    fn meet(mut caller: End, mut called: End) -> (End, End) {
        let (mut out, mut back) = (VecDeque::new(), VecDeque::new());
        while caller.round.step() != LanStep::Done || called.round.step() != LanStep::Done {
            caller.speak(&mut out);
            called.speak(&mut back);
            while let Some(event) = out.pop_front() {
                called.hear(event);
                called.speak(&mut back);
            }
            while let Some(event) = back.pop_front() {
                caller.hear(event);
                caller.speak(&mut out);
            }
        }
        (caller, called)
    }

    #[test]
    fn two_who_have_the_same_say_so_and_part() {
        let (caller, called) = meet(
            End::new(LanSide::Caller, 0, 0),
            End::new(LanSide::Called, 0, 0),
        );
        assert_eq!((caller.round.rounds, called.round.rounds), (1, 2));
    }

    #[test]
    fn everything_is_given_both_ways_and_answered_in_the_same_meeting() {
        let (caller, called) = meet(
            End::new(LanSide::Caller, 5, 1),
            End::new(LanSide::Called, 3, 2),
        );
        assert_eq!((caller.gave, called.gave), (6, 5));
        assert_eq!((caller.to_give, called.to_give), (0, 0));
    }

    #[test]
    fn two_who_answer_for_ever_part_all_the_same() {
        let (caller, _) = meet(
            End::new(LanSide::Caller, 1, u32::MAX),
            End::new(LanSide::Called, 1, u32::MAX),
        );
        assert_eq!(caller.round.rounds, ROUNDS_MAX);
    }

    #[test]
    fn nothing_may_be_said_out_of_turn() {
        let envelopes = LanEvent::HeardEnvelopes {
            bytes: 1,
            useful: true,
            news: true,
        };
        for (side, event) in [
            (LanSide::Caller, LanEvent::HeardHave { more: false }),
            (LanSide::Called, envelopes),
            (LanSide::Called, LanEvent::HeardOver { again: false }),
        ] {
            assert_eq!(LanRound::new(side).on(event), Err(LanFault::OutOfTurn));
        }
        let mut caller = LanRound::new(LanSide::Caller);
        caller.on(LanEvent::Told).unwrap();
        assert_eq!(caller.on(LanEvent::HeardBye), Err(LanFault::OutOfTurn));
    }

    #[test]
    fn an_endless_vector_and_endless_envelopes_that_bring_nothing_end_the_meeting() {
        let mut called = LanRound::new(LanSide::Called);
        let parts = (0..100).find_map(|_| called.on(LanEvent::HeardHave { more: true }).err());
        assert_eq!(parts, Some(LanFault::TooMuch));

        let mut called = LanRound::new(LanSide::Called);
        called.on(LanEvent::HeardHave { more: false }).unwrap();
        called.on(LanEvent::Told).unwrap();
        let mut heard = |useful| {
            called.on(LanEvent::HeardEnvelopes {
                bytes: 1024 * 1024,
                useful,
                news: false,
            })
        };
        for _ in 0..1000 {
            heard(true).unwrap();
        }
        for _ in 0..32 {
            heard(false).unwrap();
        }
        assert_eq!(heard(false), Err(LanFault::TooMuch));
    }
}
