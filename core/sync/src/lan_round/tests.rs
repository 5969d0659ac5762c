//! Two ends of a meeting in memory.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::VecDeque;

use super::*;

/// One end in memory: what it lacks comes from the other, some of what comes is news.
struct End {
    round: LanRound,
    to_give: u32,
    answers: u32,
    gave: u32,
    /// Blobs it lacks, one a list; whoever is asked gives each in two pieces.
    lacks: u32,
    pieces: u32,
    to_hand: u32,
}

impl End {
    fn new(side: LanSide, to_give: u32, answers: u32) -> Self {
        Self {
            round: LanRound::new(side),
            to_give,
            answers,
            gave: 0,
            lacks: 0,
            pieces: 0,
            to_hand: 0,
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
                LanStep::Ask => {
                    let any = self.lacks > 0;
                    self.lacks = self.lacks.saturating_sub(1);
                    line.push_back(LanEvent::HeardWant { any });
                    LanEvent::Asked { any }
                }
                LanStep::Hand => {
                    if self.to_hand > 0 {
                        self.to_hand -= 1;
                        line.push_back(LanEvent::HeardPiece);
                    }
                    LanEvent::Handed {
                        more: self.to_hand > 0,
                    }
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
        match event {
            LanEvent::HeardWant { any: true } => self.to_hand = 2,
            LanEvent::HeardPiece => self.pieces += 1,
            _ => {}
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
fn blobs_that_are_lacking_are_given_both_ways_after_the_last_round() {
    let mut caller = End::new(LanSide::Caller, 2, 1);
    let mut called = End::new(LanSide::Called, 1, 0);
    (caller.lacks, called.lacks) = (3, 2);
    let (caller, called) = meet(caller, called);
    assert_eq!((caller.pieces, called.pieces), (6, 4));
    assert_eq!((caller.to_give, called.to_give), (0, 0));
}

#[test]
fn who_wants_without_end_is_left() {
    let mut called = LanRound::new(LanSide::Called);
    let mut asked = || {
        called.on(LanEvent::HeardWant { any: true })?;
        called.on(LanEvent::Handed { more: false })?;
        called.on(LanEvent::Said)
    };
    for _ in 0..LAN_WANT_LISTS_MAX {
        asked().unwrap();
    }
    assert_eq!(asked(), Err(LanFault::TooMuch));
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
        (LanSide::Called, LanEvent::HeardPiece),
        (LanSide::Caller, LanEvent::HeardWant { any: true }),
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
