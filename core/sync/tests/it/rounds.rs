//! A round with a relay: which step follows which answer.

use belay_model::EpochId;
use belay_sync::{Event, RelayRound, Step};

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
        to_erase: vec![],
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
            Step::Erase(_) => Event::Erased { more: false },
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
        to_erase: vec![],
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
        to_erase: vec![],
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
        to_erase: vec![],
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
                to_erase: vec![],
            }),
            Step::Send(_) | Step::Read(_) if steps % 2 == 0 => round.on(Event::NoMailbox),
            Step::Send(_) | Step::Read(_) => round.on(Event::NewGeneration),
            Step::Erase(_) | Step::Done => {}
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
                to_erase: vec![],
            }),
            Step::Read(_) => round.on(Event::Read {
                more: false,
                news: false,
                found_epochs: vec![],
            }),
            Step::Send(_) | Step::Erase(_) | Step::Done => {}
        }
    }
    assert!(seen.contains(&Step::Read(epoch(2))));
}

#[test]
fn a_relay_erases_after_everything_was_sent_and_until_nothing_is_left() {
    let mut round = RelayRound::new(&[epoch(1)], &[]);
    let read = Event::Read {
        more: false,
        news: false,
        found_epochs: vec![],
    };
    round.on(read);
    round.on(Event::Prepared {
        to_send: vec![epoch(1), epoch(2)],
        made_epochs: vec![],
        to_erase: vec![epoch(1)],
    });
    assert_eq!(round.step(), Step::Send(epoch(1)));
    round.on(Event::Sent { more: false });
    assert_eq!(round.step(), Step::Send(epoch(2)));
    round.on(Event::Sent { more: false });
    assert_eq!(round.step(), Step::Erase(epoch(1)));
    round.on(Event::Erased { more: true });
    assert_eq!(round.step(), Step::Erase(epoch(1)));
    round.on(Event::Erased { more: false });
    assert_eq!(round.step(), Step::Done);
}

#[test]
fn after_a_refusal_the_rest_goes_then_what_was_taken_back_is_read_and_what_lives_is_sealed_again() {
    let mut round = RelayRound::new(&[epoch(1)], &[]);
    let read = Event::Read {
        more: false,
        news: false,
        found_epochs: vec![],
    };
    let prepared = |to_send| Event::Prepared {
        to_send,
        made_epochs: vec![],
        to_erase: vec![],
    };
    round.on(read.clone());
    round.on(prepared(vec![epoch(1)]));
    round.on(Event::TakenBack);
    assert_eq!(round.step(), Step::Send(epoch(1)));
    round.on(Event::Sent { more: false });
    assert_eq!(round.step(), Step::Read(epoch(1)));
    round.on(read);
    assert_eq!(round.step(), Step::Prepare);
    round.on(prepared(vec![]));
    assert_eq!(round.step(), Step::Done);
}

#[test]
fn a_relay_that_refuses_whatever_is_sealed_cannot_hold_the_worker() {
    let mut round = RelayRound::new(&[epoch(1)], &[]);
    let (mut steps, mut waiting) = (0, true);
    while round.step() != Step::Done {
        steps += 1;
        assert!(steps < 100, "the round does not end");
        round.on(match round.step() {
            Step::Prepare => {
                waiting = true;
                Event::Prepared {
                    to_send: vec![epoch(1)],
                    made_epochs: vec![],
                    to_erase: vec![],
                }
            }
            // What was refused is out of use, so that the next question finds nothing to send.
            Step::Send(_) if waiting => {
                waiting = false;
                Event::TakenBack
            }
            Step::Send(_) => Event::Sent { more: false },
            _ => Event::Read {
                more: false,
                news: false,
                found_epochs: vec![],
            },
        });
    }
}

#[test]
fn a_relay_with_news_without_end_is_answered_eight_times_in_a_round() {
    let mut round = RelayRound::new(&[epoch(1)], &[]);
    let mut prepared = 0;
    loop {
        let event = match round.step() {
            Step::Read(_) => Event::Read {
                more: false,
                news: true,
                found_epochs: vec![],
            },
            Step::Prepare => {
                prepared += 1;
                assert!(prepared <= 8, "it never ends");
                Event::Prepared {
                    to_send: vec![],
                    made_epochs: vec![epoch(100 + prepared)],
                    to_erase: vec![],
                }
            }
            Step::Create(_) => Event::Created,
            last => {
                assert_eq!(last, Step::Done);
                break;
            }
        };
        round.on(event);
    }
    assert_eq!(prepared, 8);
}
