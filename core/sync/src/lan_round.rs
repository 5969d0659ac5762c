//! A meeting of two devices of one space on one network: whose turn it is, what to do next, and when the other
//! side has stopped making sense. No I/O: the engine performs each [`LanStep`] and reports a [`LanEvent`].
//!
//! A round: the caller tells what it has, the called side tells what it has, the caller gives what the other
//! lacks, the called side gives what the caller lacks. Only one side speaks at a time, so neither can be made
//! to hold more than one batch, and a connection that breaks loses at most the batch under way: the next
//! meeting begins with what both have by then.
//!
//! After the last round the caller says which blobs of attachments it lacks and is given what is here of them,
//! list by list, until it wants no more; then the called side does the same.

use belay_protocol::LanFrame;
use belay_protocol::limits::{LAN_PARTS_MAX, LAN_WANT_LISTS_MAX};

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
    /// Say which blobs are lacking here, or that none is wanted any more.
    Ask,
    /// Send the next piece of the blobs that the other side wants.
    Hand,
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
    /// It was said which blobs are lacking here.
    Asked {
        /// Whether any was named.
        any: bool,
    },
    /// The other side said which blobs it lacks.
    HeardWant {
        /// Whether any was named.
        any: bool,
    },
    /// A piece of a blob was heard that was wanted here.
    HeardPiece,
    /// A piece was sent, or there was nothing to send; `more` when another waits.
    Handed {
        /// Whether another piece waits.
        more: bool,
    },
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
    Ask,
    Pieces,
    Serve,
    Hand,
    HandOver,
    HearBye,
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
    /// Lists of blobs that the other side wanted.
    wants: u32,
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
            wants: 0,
            news: false,
        }
    }

    /// What to do now.
    #[must_use]
    pub fn step(&self) -> LanStep {
        match self.phase {
            Phase::Tell => LanStep::Tell,
            Phase::HearHave | Phase::Take | Phase::Pieces | Phase::Serve | Phase::HearBye => {
                LanStep::Hear
            }
            Phase::Give => LanStep::Give,
            Phase::Ask => LanStep::Ask,
            Phase::Hand => LanStep::Hand,
            Phase::HandOver => LanStep::Over { again: false },
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
        match frame {
            LanFrame::Have { .. } => self.phase == Phase::HearHave,
            LanFrame::Bye => self.phase == Phase::HearBye || self.may_end(),
            LanFrame::Envelopes(_) => self.phase == Phase::Take,
            LanFrame::Over { again } => {
                self.phase == Phase::Take || (self.phase == Phase::Pieces && !again)
            }
            LanFrame::Want(_) => self.phase == Phase::Serve || self.may_end(),
            LanFrame::Piece { .. } => self.phase == Phase::Pieces,
            LanFrame::Proof { .. } => false,
        }
    }

    /// Whether the caller, whom this side hears, may say now that the last round is over.
    fn may_end(&self) -> bool {
        self.side == LanSide::Called && self.phase == Phase::HearHave && self.parts == 0
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
                if self.parts >= LAN_PARTS_MAX {
                    return Err(LanFault::TooMuch);
                }
                Phase::HearHave
            }
            (Phase::HearHave, LanEvent::HeardHave { more: false }) => {
                self.parts = 0;
                if caller { Phase::Give } else { Phase::Tell }
            }
            (Phase::HearHave, LanEvent::HeardBye) if self.may_end() => Phase::Done,
            (Phase::HearHave, LanEvent::HeardWant { any }) if self.may_end() => self.wanted(any)?,
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
                    Phase::Ask
                }
            }
            (Phase::Take, LanEvent::HeardOver { .. }) => Phase::Give,
            (Phase::Ask, LanEvent::Asked { any: true }) => Phase::Pieces,
            (Phase::Ask, LanEvent::Asked { any: false }) if caller => Phase::Serve,
            (Phase::Ask, LanEvent::Asked { any: false }) => Phase::HearBye,
            (Phase::Pieces, LanEvent::HeardPiece) => Phase::Pieces,
            (Phase::Pieces, LanEvent::HeardOver { again: false }) => Phase::Ask,
            (Phase::Serve, LanEvent::HeardWant { any }) => self.wanted(any)?,
            (Phase::Hand, LanEvent::Handed { more: true }) => Phase::Hand,
            (Phase::Hand, LanEvent::Handed { more: false }) => Phase::HandOver,
            (Phase::HandOver, LanEvent::Said) => Phase::Serve,
            (Phase::HearBye, LanEvent::HeardBye) | (Phase::Bye, LanEvent::Said) => Phase::Done,
            _ => return Err(LanFault::OutOfTurn),
        };
        Ok(())
    }

    /// The other side wants blobs, or has all it wants.
    fn wanted(&mut self, any: bool) -> Result<Phase, LanFault> {
        if any {
            self.wants += 1;
            if self.wants > LAN_WANT_LISTS_MAX {
                return Err(LanFault::TooMuch);
            }
            return Ok(Phase::Hand);
        }
        Ok(match self.side {
            LanSide::Caller => Phase::Bye,
            LanSide::Called => Phase::Ask,
        })
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
mod tests;
