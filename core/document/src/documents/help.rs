//! What the settings document holds for a bad hour (product id S4), and the agreement before the first
//! sharing. The person's own people stand in `x`, under `<name>/person_...`, so that two devices can each add
//! somebody.

use std::collections::BTreeMap;

use belay_model::{Agreement, DocName, TrustedChannel, TrustedPerson};
use belay_protocol::DocKind;

use super::{Draft, Scalar, SelfDocument};
use crate::DocumentError;

const AGREED: &str = "agreed";
const HELP_COUNTRY: &str = "help_country";

const NAME: &str = "person_name";
const CHANNEL: &str = "person_channel";
const ADDRESS: &str = "person_address";
const NOTE: &str = "person_note";
const PLACE: &str = "person_place";
const PERSON: [&str; 5] = [NAME, CHANNEL, ADDRESS, NOTE, PLACE];

impl Draft {
    /// Notes that the person agreed.
    #[must_use]
    pub fn agreement(mut self, agreement: &Agreement) -> Self {
        self.put_schema();
        self.put_text(AGREED, Some(&agreement.to_string()));
        self
    }

    /// Chooses the country whose lines are shown, or leaves it to the device.
    #[must_use]
    pub fn help_country(mut self, country: Option<&str>) -> Self {
        self.put_schema();
        self.put_text(HELP_COUNTRY, country);
        self
    }

    /// Writes the person's own people, in this order, each under a name of its own. Whoever stands in
    /// `before` and is not among them is taken off.
    ///
    /// # Errors
    /// `Engine` if the merging library fails.
    pub fn trusted_people(
        mut self,
        people: &[(DocName, TrustedPerson)],
        before: &SelfDocument,
    ) -> Result<Self, DocumentError> {
        self.put_schema();
        for key in before.extensions()?.into_keys() {
            if split(&key).is_some() {
                self.put_extension(key, None);
            }
        }
        for (place, (name, person)) in people.iter().enumerate() {
            let mut put = |field, value| self.put_extension(format!("{name}/{field}"), value);
            put(NAME, Some(Scalar::from(person.name.as_str())));
            put(CHANNEL, Some(Scalar::Uint(person.channel.number().into())));
            put(ADDRESS, Some(Scalar::from(person.address.as_str())));
            put(NOTE, person.note.as_deref().map(Scalar::from));
            put(PLACE, Some(Scalar::Uint(place as u64)));
        }
        Ok(self)
    }
}

impl SelfDocument {
    /// What the person agreed to, if they did.
    ///
    /// # Errors
    /// `WrongKind`, `NewerData`, or `Field` for another text.
    pub fn agreement(&self) -> Result<Option<Agreement>, DocumentError> {
        self.fields_of(DocKind::Settings)?.parsed(AGREED)
    }

    /// The country that was chosen for help.
    ///
    /// # Errors
    /// `WrongKind`, `NewerData`, or `Field`.
    pub fn help_country(&self) -> Result<Option<String>, DocumentError> {
        self.fields_of(DocKind::Settings)?.owned_text(HELP_COUNTRY)
    }

    /// The person's own people, in their order. One of whom a merge left half is not among them: taken off on
    /// one device and changed on another.
    ///
    /// # Errors
    /// `WrongKind`, `NewerData`.
    pub fn trusted_people(&self) -> Result<Vec<(DocName, TrustedPerson)>, DocumentError> {
        self.fields_of(DocKind::Settings)?;
        let mut found: BTreeMap<DocName, Half> = BTreeMap::new();
        for (key, values) in self.extensions()? {
            let (Some((name, field)), Some(value)) = (split(&key), values.last()) else {
                continue;
            };
            let half = found.entry(name).or_default();
            match (field, value) {
                (NAME, Scalar::Text(text)) => half.name = Some(text.clone()),
                (ADDRESS, Scalar::Text(text)) => half.address = Some(text.clone()),
                (NOTE, Scalar::Text(text)) => half.note = Some(text.clone()),
                (CHANNEL, Scalar::Uint(number)) => half.channel = Some(*number),
                (PLACE, Scalar::Uint(place)) => half.place = *place,
                _ => {}
            }
        }
        let mut people: Vec<(u64, DocName, TrustedPerson)> = found
            .into_iter()
            .filter_map(|(name, half)| Some((half.place, name, half.whole()?)))
            .collect();
        people.sort_by_key(|(place, name, _)| (*place, *name));
        Ok(people
            .into_iter()
            .map(|(_, name, person)| (name, person))
            .collect())
    }
}

/// What is known of one of them so far.
#[derive(Default)]
struct Half {
    name: Option<String>,
    address: Option<String>,
    note: Option<String>,
    channel: Option<u64>,
    place: u64,
}

impl Half {
    fn whole(self) -> Option<TrustedPerson> {
        let number = self.channel?;
        let channel = u8::try_from(number)
            .ok()
            .and_then(TrustedChannel::from_number);
        Some(TrustedPerson {
            name: self.name?,
            // A way that only a later program knows: the address still says it.
            channel: channel.unwrap_or(TrustedChannel::Other),
            address: self.address?,
            note: self.note,
        })
    }
}

fn split(key: &str) -> Option<(DocName, &str)> {
    let (name, field) = key.split_once('/')?;
    let name = name.parse().ok()?;
    PERSON.contains(&field).then_some((name, field))
}
