//! A part of a journal entry, given to a partner as a copy: what is previewed is what arrives, nothing else of
//! the entry ever leaves, and it can be taken back.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::{BTreeMap, BTreeSet};

use belay_e2e::{Companion, RawPartner, TestRelay, pair};
use belay_engine::model::{CheckInFields, Mood, ResponseKind, SharedPassage, SpaceId};
use belay_engine::{
    BelayError, DeliveryView, EntryEdit, EntryView, NewCheckIn, NewEntry, NewPassage, NewResponse,
    PartnerPassageView, PassageView, TextChange, Waited,
};
use belay_testkit::FakeClock;

const START_MS: i64 = 1_772_476_200_000;
const HOLD_MS: i64 = 11_000;
const DAY_MS: i64 = 86_400_000;

const CHOSEN: &str = "We walked to the sea. 👩‍👩‍👧 הלכנו\nNobody said a word.";

struct Cast {
    clock: FakeClock,
    _relay: TestRelay,
    ada: Companion,
    sam: Companion,
    space: SpaceId,
}

async fn cast() -> Cast {
    let clock = FakeClock::at(START_MS, "America/St_Johns");
    let relay = TestRelay::start(&clock).await;
    let ada = Companion::new("Ada", &clock, 1);
    let sam = Companion::new("Sam", &clock, 2);
    let space = pair(&ada, &sam, relay.origin()).await;
    Cast {
        clock,
        _relay: relay,
        ada,
        sam,
        space,
    }
}

/// An entry of which every part but the chosen one holds a word that must not leave.
fn secretive(ada: &Companion) -> EntryView {
    ada.engine
        .write_entry(NewEntry {
            text: format!("bassoon before.\n\n{CHOSEN}\n\nbassoon after."),
            title: Some("bassoon title".to_owned()),
            on: Some("2001-02-03".parse().unwrap()),
            tags: BTreeSet::from(["bassoon-tag".to_owned()]),
            mood: Some(Mood::new(1).unwrap()),
            goals: BTreeSet::new(),
            prompt: Some("bassoon prompt?".to_owned()),
            template: Some("small_win@1".to_owned()),
        })
        .unwrap()
}

impl Cast {
    fn chosen(&self, entry: &EntryView) -> NewPassage {
        NewPassage {
            entry: entry.name,
            text: format!("\n{CHOSEN}  "),
            space: self.space,
            confirmed_not_compared: false,
            attachments: Vec::new(),
        }
    }

    fn give(&self) -> (EntryView, PassageView, SharedPassage) {
        let entry = secretive(&self.ada);
        let new = self.chosen(&entry);
        let preview = self.ada.engine.preview_passage(&new).unwrap();
        assert_eq!((preview.partner.as_str(), preview.compared), ("Sam", true));
        let given = self.ada.engine.share_passage(new).unwrap();
        (entry, given, preview.passage)
    }

    async fn exchange(&self) {
        self.clock.advance_ms(HOLD_MS);
        self.ada.sync().await;
        self.sam.sync().await;
        self.ada.sync().await;
    }

    fn at_sams(&self) -> Vec<PartnerPassageView> {
        self.sam.engine.partner(&self.space).unwrap().passages
    }

    fn everything_sam_shows(&self) -> String {
        self.sam.engine.projection_dump().unwrap().join("\n")
    }
}

#[tokio::test]
async fn a_passage_arrives_as_previewed_and_is_answered() {
    let cast = cast().await;
    let (entry, given, promised) = cast.give();
    assert_eq!(promised.text, CHOSEN);
    assert_eq!(given.passage, promised);
    assert!(matches!(given.delivery, Some(DeliveryView::Held { .. })));
    cast.ada.sync().await;
    cast.sam.sync().await;
    assert!(cast.at_sams().is_empty(), "it is held");
    cast.exchange().await;
    let [arrived] = &cast.at_sams()[..] else {
        unreachable!("one passage")
    };
    assert_eq!(arrived.passage, promised);
    assert!(!cast.everything_sam_shows().contains("bassoon"));
    let page = cast.sam.engine.partner(&cast.space).unwrap();
    cast.sam
        .engine
        .respond(NewResponse {
            space: cast.space,
            person: page.partner.person.unwrap(),
            about: arrived.name,
            kind: ResponseKind::IHearYou,
            text: None,
        })
        .unwrap();
    // Sam's device acknowledges once a day.
    cast.clock.advance_ms(DAY_MS);
    cast.sam.sync().await;
    cast.ada.sync().await;
    let seen = cast.ada.engine.entry(&entry.name).unwrap();
    assert_eq!(seen.passages.len(), 1);
    assert_eq!(
        seen.passages[0].responses[0].response.kind,
        ResponseKind::IHearYou
    );
    assert_eq!(seen.passages[0].delivery, Some(DeliveryView::Received));
    let before = cast.ada.engine.projection_dump().unwrap();
    cast.ada.engine.rebuild_projection().unwrap();
    assert_eq!(cast.ada.engine.projection_dump().unwrap(), before);
}

#[tokio::test]
async fn a_passage_taken_back_within_the_hold_never_leaves() {
    let cast = cast().await;
    let (entry, given, _) = cast.give();
    let undone = cast
        .ada
        .engine
        .retract_passage(&cast.space, &given.name)
        .unwrap();
    assert!(!undone.may_have_left);
    cast.exchange().await;
    assert!(cast.at_sams().is_empty());
    assert!(!cast.everything_sam_shows().contains("sea"));
    let after = cast.ada.engine.entry(&entry.name).unwrap();
    assert!(after.passages.is_empty());
    assert_eq!(
        after.entry.text, entry.entry.text,
        "the entry stays as it is"
    );
    let again = cast.ada.engine.retract_passage(&cast.space, &given.name);
    assert_eq!(again.unwrap_err(), BelayError::NotFound { what: "passage" });
}

#[tokio::test]
async fn a_passage_taken_back_later_goes_from_the_partners_page_and_store() {
    let cast = cast().await;
    let (_, given, _) = cast.give();
    cast.exchange().await;
    assert_eq!(cast.at_sams().len(), 1);
    let undone = cast
        .ada
        .engine
        .retract_passage(&cast.space, &given.name)
        .unwrap();
    assert!(undone.may_have_left);
    cast.exchange().await;
    assert!(cast.at_sams().is_empty());
    assert!(!cast.everything_sam_shows().contains("sea"));
    let page = cast.sam.engine.partner(&cast.space).unwrap();
    assert!(!page.partner.incomplete);
    assert!(cast.ada.engine.passages().unwrap().is_empty());
}

#[tokio::test]
async fn a_passage_taken_back_during_a_pause_goes_after_it_and_nothing_tells_of_the_pause() {
    let cast = cast().await;
    let (entry, given, _) = cast.give();
    cast.exchange().await;
    let (_, unsent, _) = cast.give();
    let engine = &cast.ada.engine;
    engine.pause_sharing(&cast.space).unwrap();
    for passage in [&given, &unsent] {
        engine.retract_passage(&cast.space, &passage.name).unwrap();
        assert!(engine.passage(&cast.space, &passage.name).is_err());
    }
    assert!(engine.passages().unwrap().is_empty());
    assert!(engine.entry(&entry.name).unwrap().passages.is_empty());
    assert_eq!(engine.waiting_to_be_shared(&cast.space).unwrap(), 0);
    // Something to acknowledge, so that the chain goes on.
    let written = NewCheckIn {
        win: Some("walked".to_owned()),
        audience: Some(BTreeMap::from([(cast.space, CheckInFields::all())])),
        ..NewCheckIn::default()
    };
    cast.sam.engine.write_check_in(written).unwrap();
    for _ in 0..3 {
        cast.clock.advance_ms(DAY_MS);
        cast.sam.sync().await;
        cast.ada.sync().await;
    }
    cast.exchange().await;
    assert_eq!(cast.at_sams().len(), 1);
    let incomplete = || {
        let page = cast.sam.engine.partner(&cast.space).unwrap();
        page.partner.incomplete
    };
    assert!(!incomplete());
    engine.resume_sharing(&cast.space, Waited::Share).unwrap();
    cast.exchange().await;
    assert!(cast.at_sams().is_empty());
    assert!(!cast.everything_sam_shows().contains("sea"));
    assert!(!incomplete());
}

#[tokio::test]
async fn a_passage_taken_back_during_a_pause_is_taken_back_by_leaving_too() {
    let cast = cast().await;
    let (_, given, _) = cast.give();
    cast.exchange().await;
    let engine = &cast.ada.engine;
    engine.pause_sharing(&cast.space).unwrap();
    engine.retract_passage(&cast.space, &given.name).unwrap();
    engine.leave(&cast.space).unwrap();
    cast.exchange().await;
    assert!(cast.at_sams().is_empty());
}

#[tokio::test]
async fn every_passage_that_a_partner_has_is_listed_however_many() {
    let cast = cast().await;
    let entry = secretive(&cast.ada);
    for _ in 0..101 {
        let chosen = cast.chosen(&entry);
        cast.ada.engine.share_passage(chosen).unwrap();
    }
    assert_eq!(cast.ada.engine.passages().unwrap().len(), 101);
}

#[tokio::test]
async fn a_passage_is_a_copy_that_outlives_every_change_of_its_entry() {
    let cast = cast().await;
    let (entry, given, promised) = cast.give();
    cast.exchange().await;
    let edit = EntryEdit {
        text: Some(TextChange {
            before: entry.entry.text.clone(),
            after: "All is different now.".to_owned(),
        }),
        ..EntryEdit::default()
    };
    cast.ada.engine.edit_entry(&entry.name, edit).unwrap();
    let deleted = cast.ada.engine.delete_entry(&entry.name).unwrap();
    assert_eq!(
        deleted.passages.len(),
        1,
        "deleting says who still has what"
    );
    assert_eq!(deleted.passages[0].name, given.name);
    cast.exchange().await;
    assert_eq!(cast.at_sams()[0].passage, promised);
    // It can be taken back without the entry.
    assert_eq!(cast.ada.engine.passages().unwrap().len(), 1);
    cast.ada
        .engine
        .retract_passage(&cast.space, &given.name)
        .unwrap();
    cast.exchange().await;
    assert!(cast.at_sams().is_empty());
}

#[tokio::test]
async fn only_words_that_stand_in_the_entry_can_be_given_as_a_passage_of_it() {
    let cast = cast().await;
    let entry = secretive(&cast.ada);
    let refused = [
        ("something else", "passage.not_allowed_here"),
        (" \n", "passage.empty"),
    ];
    for (text, detail) in refused {
        let new = NewPassage {
            text: text.to_owned(),
            ..cast.chosen(&entry)
        };
        for error in [
            cast.ada.engine.preview_passage(&new).unwrap_err(),
            cast.ada.engine.share_passage(new).unwrap_err(),
        ] {
            assert_eq!(error.detail().as_deref(), Some(detail));
        }
    }
    let long = "word ".repeat(12_000);
    let new = NewEntry {
        text: long.clone(),
        ..NewEntry::default()
    };
    let long_entry = cast.ada.engine.write_entry(new).unwrap();
    let new = NewPassage {
        text: long,
        ..cast.chosen(&long_entry)
    };
    let error = cast.ada.engine.share_passage(new).unwrap_err();
    assert_eq!(error.detail().as_deref(), Some("passage.too_many_bytes"));
    cast.ada.engine.delete_entry(&entry.name).unwrap();
    let error = cast.ada.engine.preview_passage(&cast.chosen(&entry));
    assert_eq!(error.unwrap_err(), BelayError::NotFound { what: "entry" });
}

#[tokio::test]
async fn a_partner_whose_words_were_not_compared_gets_a_passage_only_after_a_second_yes() {
    let clock = FakeClock::at(START_MS, "UTC");
    let relay = TestRelay::start(&clock).await;
    let ada = Companion::new("Ada", &clock, 1);
    let partner = RawPartner::pair(&ada, relay.origin(), 7).await;
    let entry = secretive(&ada);
    let new = |confirmed_not_compared| NewPassage {
        entry: entry.name,
        text: CHOSEN.to_owned(),
        space: partner.space,
        confirmed_not_compared,
        attachments: Vec::new(),
    };
    assert!(!ada.engine.preview_passage(&new(false)).unwrap().compared);
    let error = ada.engine.share_passage(new(false)).unwrap_err();
    assert_eq!(error.detail().as_deref(), Some("not-compared"));
    ada.engine.share_passage(new(true)).unwrap();
    ada.engine.mark_compared(&partner.space, false).unwrap();
    let error = ada.engine.share_passage(new(true)).unwrap_err();
    assert_eq!(error.detail().as_deref(), Some("words-differ"));
}

#[tokio::test]
async fn of_a_passage_nothing_else_of_its_entry_is_in_any_byte_that_the_partner_can_read() {
    let clock = FakeClock::at(START_MS, "America/St_Johns");
    let relay = TestRelay::start(&clock).await;
    let ada = Companion::new("Ada", &clock, 1);
    let partner = RawPartner::pair(&ada, relay.origin(), 7).await;
    ada.sync().await;
    let entry = secretive(&ada);
    let new = NewPassage {
        entry: entry.name,
        text: CHOSEN.to_owned(),
        space: partner.space,
        confirmed_not_compared: true,
        attachments: Vec::new(),
    };
    let promised = ada.engine.preview_passage(&new).unwrap().passage;
    let given = ada.engine.share_passage(new).unwrap();
    clock.advance_ms(HOLD_MS);
    ada.sync().await;
    let readable = partner.read_items().await.concat();
    let holds = |word: &[u8]| readable.windows(word.len()).any(|window| window == word);
    assert!(holds(CHOSEN.as_bytes()) && holds(given.name.as_bytes()));
    assert_eq!(given.passage, promised);
    for word in ["bassoon", "2001-02-03", "St_Johns"] {
        assert!(!holds(word.as_bytes()), "{word}");
    }
    // Not the name of the entry either: nobody can tell two passages of one entry from two entries.
    assert!(!holds(entry.name.as_bytes()) && !holds(entry.name.to_string().as_bytes()));
}
