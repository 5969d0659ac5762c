//! For any audience and any check-in, the partner can decode exactly what the preview showed.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeMap;

use belay_e2e::{Companion, TestRelay, pair};
use belay_engine::NewCheckIn;
use belay_engine::model::{CheckInFields, CheckInTemplate, Emotion, Energy, Mood, Need};
use belay_testkit::{FakeClock, SeededEntropy};

const START_MS: i64 = 1_772_476_200_000;
const DAY_MS: i64 = 86_400_000;

fn text(random: &mut SeededEntropy, word: &str) -> Option<String> {
    (random.below(3) > 0).then(|| format!("{word}-{:x} ünïcode 🌱", random.next_u64()))
}

fn any_check_in(random: &mut SeededEntropy) -> NewCheckIn {
    let emotions = Emotion::ALL
        .iter()
        .filter(|_| random.below(12) == 0)
        .copied()
        .collect();
    let step = |random: &mut SeededEntropy| u8::try_from(1 + random.below(5)).unwrap();
    NewCheckIn {
        template: [
            CheckInTemplate::Free,
            CheckInTemplate::Morning,
            CheckInTemplate::Evening,
        ][usize::try_from(random.below(3)).unwrap()],
        mood: Some(Mood::new(step(random)).unwrap()),
        emotions,
        energy: (random.below(2) == 0).then(|| Energy::new(step(random)).unwrap()),
        win: text(random, "win"),
        struggle: text(random, "struggle"),
        plan: text(random, "plan"),
        need: (random.below(2) == 0).then_some(Need::ALL[0]),
        note: text(random, "note"),
        ..NewCheckIn::default()
    }
}

#[tokio::test]
async fn the_partner_decodes_exactly_the_previewed_fields() {
    let seed = 20_260_302;
    let shown = format!("seed {seed}");
    let mut random = SeededEntropy::new(seed);
    let clock = FakeClock::at(START_MS, "Asia/Kathmandu");
    let relay = TestRelay::start(&clock).await;
    let ada = Companion::new("Ada", &clock, 1);
    let sam = Companion::new("Sam", &clock, 2);
    let kim = Companion::new("Kim", &clock, 3);
    let spaces = [
        pair(&ada, &sam, relay.origin()).await,
        pair(&ada, &kim, relay.origin()).await,
    ];
    let mut expected = [Vec::new(), Vec::new()];
    for _ in 0..28 {
        let mut new = any_check_in(&mut random);
        let audience: BTreeMap<_, _> = spaces
            .iter()
            .map(|space| {
                let bits = u32::try_from(random.below(256)).unwrap();
                (*space, CheckInFields::from_bits(bits).0)
            })
            .collect();
        new.audience = Some(audience);
        for preview in ada.engine.preview_check_in(&new).unwrap() {
            let of = usize::from(preview.space == spaces[1]);
            expected[of].extend(preview.check_in);
        }
        ada.engine.write_check_in(new).unwrap();
        clock.advance_ms(DAY_MS);
    }
    ada.sync().await;
    for (of, companion) in [&sam, &kim].into_iter().enumerate() {
        companion.sync().await;
        let mut seen: Vec<_> = companion
            .engine
            .partner(&spaces[of])
            .unwrap()
            .check_ins
            .into_iter()
            .map(|shown| shown.check_in)
            .collect();
        seen.reverse();
        assert_eq!(seen, expected[of], "{shown}");
    }
    for folder in [relay.dir(), sam.dir()] {
        let found = find(folder, b"note-");
        assert!(!found, "a word lies in clear in a file");
    }
}

fn find(folder: &std::path::Path, word: &[u8]) -> bool {
    std::fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        if path.is_dir() {
            return find(&path, word);
        }
        let bytes = std::fs::read(path).unwrap();
        bytes.windows(word.len()).any(|window| window == word)
    })
}
