//! The person's own people, the country and the agreement, written, read and merged.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use belay_model::{Agreement, DocName, Settings, TrustedChannel, TrustedPerson};
use belay_protocol::DocKind;

use super::{Draft, Scalar, SelfDocument};

const FIRST: [u8; 16] = [1; 16];
const SECOND: [u8; 16] = [2; 16];

fn person(name: &str) -> (DocName, TrustedPerson) {
    let person = TrustedPerson {
        name: name.to_owned(),
        channel: TrustedChannel::Call,
        address: "0770 900".to_owned(),
        note: (name == "Mira").then(|| "after six".to_owned()),
    };
    (DocName::from_bytes([name.len() as u8; 16]), person)
}

fn empty() -> SelfDocument {
    SelfDocument::new(DocKind::Settings).unwrap()
}

fn people(document: &SelfDocument) -> Vec<String> {
    let people = document.trusted_people().unwrap().into_iter();
    people.map(|(_, person)| person.name).collect()
}

fn save(people: &[(DocName, TrustedPerson)], before: &SelfDocument) -> Draft {
    Draft::new().trusted_people(people, before).unwrap()
}

#[test]
fn own_people_stand_in_their_order_and_leave_without_a_trace() {
    let mut document = empty();
    let list = [person("Mira"), person("Jo"), person("Samir")];
    let draft = save(&list, &document);
    document.write(&FIRST, 1, &draft).unwrap();
    assert_eq!(document.trusted_people().unwrap(), list);
    let draft = save(&[person("Samir"), person("Mira")], &document);
    document.write(&FIRST, 2, &draft).unwrap();
    assert_eq!(people(&document), ["Samir", "Mira"]);
    let draft = save(&[], &document);
    document.write(&FIRST, 3, &draft).unwrap();
    assert!(people(&document).is_empty());
    assert!(document.extensions().unwrap().is_empty());
}

#[test]
fn two_devices_that_each_add_somebody_keep_both() {
    let mut phone = empty();
    let mut tablet = empty();
    let drafts = [
        save(&[person("Mira")], &phone),
        save(&[person("Jo")], &tablet),
    ];
    let by_phone = phone.write(&FIRST, 1, &drafts[0]).unwrap();
    let by_tablet = tablet.write(&SECOND, 1, &drafts[1]).unwrap();
    let merged = SelfDocument::load(DocKind::Settings, &[by_phone, by_tablet].concat()).unwrap();
    let mut both = people(&merged);
    both.sort();
    assert_eq!(both, ["Jo", "Mira"]);
}

#[test]
fn somebody_taken_off_here_and_renamed_there_is_never_shown_by_half() {
    let mut document = empty();
    let draft = save(&[person("Mira")], &document);
    let first = document.write(&FIRST, 1, &draft).unwrap();
    let mut tablet = SelfDocument::load(DocKind::Settings, &first).unwrap();
    let gone = document.write(&FIRST, 2, &save(&[], &document)).unwrap();
    let (name, mut mira) = person("Mira");
    mira.address = "0771".to_owned();
    let draft = save(&[(name, mira)], &tablet);
    let renumbered = tablet.write(&SECOND, 2, &draft).unwrap();
    let merged =
        SelfDocument::load(DocKind::Settings, &[first, gone, renumbered].concat()).unwrap();
    assert!(people(&merged).is_empty());
}

#[test]
fn settings_agreement_country_and_people_do_not_touch_each_other() {
    let mut document = empty();
    assert_eq!(document.agreement(), Ok(None));
    assert_eq!(document.help_country(), Ok(None));
    let agreement = Agreement {
        terms_version: 1,
        agreed_at_ms: 1_772_571_600_000,
    };
    let settings = Settings {
        hold_seconds: 30,
        ..Settings::default()
    };
    for draft in [
        Draft::new().agreement(&agreement),
        Draft::new().help_country(Some("DE")),
        save(&[person("Mira")], &document),
        Draft::new().settings(&settings),
    ] {
        document.write(&FIRST, 1, &draft).unwrap();
    }
    assert_eq!(document.agreement(), Ok(Some(agreement)));
    assert_eq!(document.help_country().unwrap().as_deref(), Some("DE"));
    assert_eq!(people(&document), ["Mira"]);
    assert_eq!(document.settings(), Ok(settings));
    let draft = Draft::new().help_country(None);
    document.write(&FIRST, 2, &draft).unwrap();
    assert_eq!(document.help_country(), Ok(None));
}

#[test]
fn a_way_that_only_a_later_program_knows_is_still_shown() {
    let mut document = empty();
    let mut draft = save(&[person("Mira")], &document);
    let (name, _) = person("Mira");
    draft.put_extension(format!("{name}/person_channel"), Some(Scalar::Uint(99)));
    document.write(&FIRST, 1, &draft).unwrap();
    let (_, mira) = document.trusted_people().unwrap().remove(0);
    assert_eq!(mira.channel, TrustedChannel::Other);
    assert_eq!(mira.address, "0770 900");
}
