//! A partner who sends what would keep a space from ever being loaded again, or from taking in anything.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use crate::hostile;

use belay_crypto::{DeviceKey, KemKey, RootKey, make_genesis};
use belay_protocol::{Genesis, Item, ItemKind, Operation};
use hostile::keys::{ada, epoch, wraps};
use hostile::{Stage, act, check_in, control, id, stage};

/// A persona whose recovery key did not sign it.
fn unsigned(stage: &mut Stage) -> Genesis {
    let entropy = &mut stage.partner.entropy;
    let (root, key) = (RootKey::make(entropy), DeviceKey::make(entropy));
    let kem = KemKey::make(entropy).statement(0);
    let mut genesis = make_genesis(&root, &key, kem, entropy);
    genesis.signature[0] ^= 1;
    genesis
}

/// Two items for one place: a word, and an act whose certificate does not hold.
fn word_and_bad_act(stage: &mut Stage, act_is_lower: bool) -> (Item, Item) {
    loop {
        let (seq, prev) = (stage.partner.seq, stage.partner.prev);
        let word = check_in(&mut stage.partner, 1, "a word");
        (stage.partner.seq, stage.partner.prev) = (seq, prev);
        let genesis = unsigned(stage);
        let bad = act(&mut stage.partner, Operation::AddPerson { genesis });
        if (id(&bad) < id(&word)) == act_is_lower {
            return (word, bad);
        }
        (stage.partner.seq, stage.partner.prev) = (seq, prev);
    }
}

#[tokio::test]
async fn an_act_that_does_not_hold_at_a_place_already_taken_keeps_no_space_shut() {
    for act_is_lower in [true, false] {
        let mut seen = Vec::new();
        for act_comes_first in [true, false] {
            let mut stage = stage().await;
            let (word, bad) = word_and_bad_act(&mut stage, act_is_lower);
            if act_comes_first {
                stage.deliver(&[&bad, &word]).await;
            } else {
                stage.deliver(&[&word, &bad]).await;
            }
            stage.ada.restart();
            seen.push(stage.seen());
            stage.nothing_is_harmed().await;
        }
        assert_eq!(seen[0], seen[1], "the order of arrival does not matter");
    }
}

#[tokio::test]
async fn wraps_out_of_form_keep_no_epoch_from_being_taken_in() {
    let mut stage = stage().await;
    let (device, pk) = ada(&stage);
    let own = stage.partner.device;
    let bad = control(&mut stage.partner, ItemKind::Wraps, vec![0xff; 40]);
    let (secret, name, item) = epoch(&mut stage, vec![device, own]);
    let good = wraps(&mut stage, &secret, &name, &[(device, pk)]);
    // The wraps come before the epoch they are for.
    stage.deliver(&[&bad, &good[0], &item]).await;
    stage.ada.restart();
    let shown: String = name.to_string().chars().take(8).collect();
    assert_eq!(stage.status().epoch, Some(shown));
    stage.nothing_is_harmed().await;
}

#[tokio::test]
async fn an_act_that_others_built_on_stays_in_the_graph_whatever_comes_before_it() {
    let mut stage = stage().await;
    let known = stage.partner.heads.clone();
    // First in its chain: an item that knows of an act of a later incarnation, held back for now.
    let (seq, prev) = (stage.partner.seq, stage.partner.prev);
    (stage.partner.inc, stage.partner.seq) = (77, 1);
    stage.partner.prev = stage.partner.device.to_bytes();
    let elsewhere = act(&mut stage.partner, Operation::Merge);
    (stage.partner.inc, stage.partner.seq) = (5, seq);
    stage.partner.prev = prev;
    stage.partner.heads = vec![id(&elsewhere)];
    let knows_more = check_in(&mut stage.partner, 1, "knows more");
    stage.partner.heads = known;
    let late = act(&mut stage.partner, Operation::Merge);
    stage.deliver(&[&elsewhere, &late]).await;
    // Ada builds on both; then the place before the second is filled.
    stage.ada.restart();
    stage.read().await;
    stage.deliver(&[&knows_more]).await;
    assert_eq!(stage.seen(), ["knows more"]);
    assert_eq!(stage.status().quarantined, 0);
    stage.nothing_is_harmed().await;
}

#[tokio::test]
async fn an_envelope_with_words_of_two_persons_is_refused_whole() {
    let mut stage = stage().await;
    let theirs = stage.partner.welcomed.iter();
    let adas = theirs
        .filter(|item| item.header.kind == ItemKind::Epoch)
        .map(Item::encode)
        .next()
        .unwrap();
    let word = check_in(&mut stage.partner, 1, "a word");
    stage.partner.send(&[adas, word.encode()]).await;
    stage.read().await;
    assert!(stage.seen().is_empty());
    stage.deliver(&[&word]).await;
    assert_eq!(stage.seen(), ["a word"]);
    stage.nothing_is_harmed().await;
}
