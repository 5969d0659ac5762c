//! Boundary cards in the contacts document, in `x` under `<space>/card`: each as one value, so that a merge never mixes
//! two cards, and apart from the other notes about a partner, so that those stay readable beside a newer card.

use std::collections::BTreeMap;

use belay_model::SpaceId;
use belay_model::boundary::BoundaryCard;

use super::sharing::{extension_key, split_key};
use super::{Draft, Scalar, SelfDocument};
use crate::DocumentError;
use crate::records::RecordPayload;

const CARD: &str = "card";

impl Draft {
    /// Writes the card that a partner gets.
    #[must_use]
    pub fn boundary_card(mut self, space: &SpaceId, card: &BoundaryCard) -> Self {
        self.put_schema();
        let mut kept = BoundaryCard::SCHEMA.to_le_bytes().to_vec();
        kept.extend(card.encode());
        self.put_extension(extension_key(space, CARD), Some(Scalar::Bytes(kept)));
        self
    }
}

impl SelfDocument {
    /// The card of each partner that has one. Where devices wrote at the same time, the more cautious of each part
    /// holds; a card that only a newer program can read is left out, and agrees to nothing.
    ///
    /// # Errors
    /// `Engine` if the merging library fails.
    pub fn boundary_cards(&self) -> Result<BTreeMap<SpaceId, BoundaryCard>, DocumentError> {
        let mut cards = BTreeMap::new();
        for (key, values) in self.extensions()? {
            let Some((space, CARD)) = split_key(&key) else {
                continue;
            };
            let read: Option<Vec<BoundaryCard>> = values.iter().map(read).collect();
            let card = read.and_then(|read| read.into_iter().reduce(BoundaryCard::cautious));
            cards.extend(card.map(|card| (space, card)));
        }
        Ok(cards)
    }
}

fn read(kept: &Scalar) -> Option<BoundaryCard> {
    let Scalar::Bytes(kept) = kept else {
        return None;
    };
    let (schema, payload) = kept.split_first_chunk::<2>()?;
    if u16::from_le_bytes(*schema) != BoundaryCard::SCHEMA {
        return None;
    }
    BoundaryCard::decode(payload).ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use belay_protocol::DocKind;

    use super::super::document_tests::{NOW, PHONE, TABLET, deliver, space};
    use super::*;

    fn card(nudges_a_day: u8) -> BoundaryCard {
        BoundaryCard {
            helps: Some("a walk".into()),
            nudges_a_day,
            ..BoundaryCard::default()
        }
    }

    #[test]
    fn of_cards_written_on_two_devices_the_cautious_one_holds_until_one_is_written_again() {
        let mut phone = SelfDocument::new(DocKind::Contacts).unwrap();
        let mut tablet = phone.clone();
        let write = |document: &mut SelfDocument, by, nudges| {
            let draft = Draft::new().boundary_card(&space(1), &card(nudges));
            document.write(by, NOW, &draft).unwrap()
        };
        let on_phone = write(&mut phone, &PHONE, 3);
        let on_tablet = write(&mut tablet, &TABLET, 1);
        deliver(&mut phone, TABLET, &on_tablet);
        deliver(&mut tablet, PHONE, &on_phone);
        for device in [&phone, &tablet] {
            assert_eq!(device.boundary_cards().unwrap()[&space(1)], card(1));
        }
        write(&mut phone, &PHONE, 2);
        assert_eq!(phone.boundary_cards().unwrap()[&space(1)], card(2));
        assert!(phone.contacts().unwrap().contains_key(&space(1)));
    }

    #[test]
    fn a_card_of_a_newer_program_agrees_to_nothing_and_leaves_the_other_notes_readable() {
        let mut document = SelfDocument::new(DocKind::Contacts).unwrap();
        let mut draft = Draft::new().boundary_card(&space(1), &card(3));
        let key = extension_key(&space(2), CARD);
        draft.put_extension(key, Some(Scalar::Bytes(vec![2, 0, 0xa0])));
        document.write(&PHONE, NOW, &draft).unwrap();
        let cards = document.boundary_cards().unwrap();
        assert_eq!(cards.keys().collect::<Vec<_>>(), [&space(1)]);
        assert!(document.contacts().is_ok());
    }
}
