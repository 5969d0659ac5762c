//! Lines that a person keeps for themselves, in the settings document (product ids S2, S3): each stands in `x` under
//! `<name>/line_...`, so that two devices can each add some.

use std::collections::{BTreeMap, BTreeSet};

use belay_model::{DocName, KeptLine};
use belay_protocol::DocKind;

use super::{Draft, Scalar, SelfDocument};
use crate::DocumentError;

const LIST: &str = "line_list";
const TEXT: &str = "line_text";
const MORE: &str = "line_more";
const PLACE: &str = "line_place";
const LINE: [&str; 4] = [LIST, TEXT, MORE, PLACE];

impl Draft {
    /// Writes the lines of the named lists, in this order, each under a name of its own. A line of one of those lists
    /// that stands in `before` and is not among them is taken off; other lists stay as they are.
    ///
    /// # Errors
    /// `Engine` if the merging library fails.
    pub fn kept_lines(
        mut self,
        lists: &BTreeSet<String>,
        lines: &[(DocName, KeptLine)],
        before: &SelfDocument,
    ) -> Result<Self, DocumentError> {
        self.put_schema();
        let there = before.lines_there()?;
        for (name, half) in &there {
            if half.list.as_ref().is_some_and(|list| lists.contains(list)) {
                for field in LINE {
                    if half.fields.contains(field) {
                        self.put_extension(format!("{name}/{field}"), None);
                    }
                }
            }
        }
        for (place, (name, line)) in lines.iter().enumerate() {
            let mut put = |field, value| self.put_extension(format!("{name}/{field}"), value);
            put(LIST, Some(Scalar::from(line.list.as_str())));
            put(TEXT, Some(Scalar::from(line.text.as_str())));
            put(PLACE, Some(Scalar::Uint(place as u64)));
            if let Some(more) = &line.more {
                put(MORE, Some(Scalar::from(more.as_str())));
            }
        }
        Ok(self)
    }
}

impl SelfDocument {
    /// The lines, list by list, each in its order. One of which a merge left half is not among them: taken off on one
    /// device and changed on another.
    ///
    /// # Errors
    /// `WrongKind`, `NewerData`.
    pub fn kept_lines(&self) -> Result<Vec<(DocName, KeptLine)>, DocumentError> {
        self.fields_of(DocKind::Settings)?;
        let mut lines: Vec<(u64, DocName, KeptLine)> = self
            .lines_there()?
            .into_iter()
            .filter_map(|(name, half)| {
                let line = KeptLine {
                    list: half.list?,
                    text: half.text?,
                    more: half.more,
                };
                Some((half.place, name, line))
            })
            .collect();
        lines.sort_by(|left, right| {
            (&left.2.list, left.0, left.1).cmp(&(&right.2.list, right.0, right.1))
        });
        Ok(lines
            .into_iter()
            .map(|(_, name, line)| (name, line))
            .collect())
    }

    fn lines_there(&self) -> Result<BTreeMap<DocName, Half>, DocumentError> {
        let mut found: BTreeMap<DocName, Half> = BTreeMap::new();
        for (key, values) in self.extensions()? {
            let (Some((name, field)), Some(value)) = (split(&key), values.last()) else {
                continue;
            };
            let half = found.entry(name).or_default();
            half.fields.insert(field);
            match (field, value) {
                (LIST, Scalar::Text(list)) => half.list = Some(list.clone()),
                (TEXT, Scalar::Text(text)) => half.text = Some(text.clone()),
                (MORE, Scalar::Text(more)) => half.more = Some(more.clone()),
                (PLACE, Scalar::Uint(place)) => half.place = *place,
                _ => {}
            }
        }
        Ok(found)
    }
}

/// What is known of a line so far.
#[derive(Default)]
struct Half {
    fields: BTreeSet<&'static str>,
    list: Option<String>,
    text: Option<String>,
    more: Option<String>,
    place: u64,
}

fn split(key: &str) -> Option<(DocName, &'static str)> {
    let (name, field) = key.split_once('/')?;
    let field = LINE.into_iter().find(|known| *known == field)?;
    Some((name.parse().ok()?, field))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::super::document_tests::{NOW, PHONE, TABLET, deliver};
    use super::*;

    fn line(list: &str, text: &str) -> KeptLine {
        KeptLine::tidied(list, text, None).unwrap()
    }

    fn lists(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    fn texts(document: &SelfDocument) -> Vec<String> {
        let lines = document.kept_lines().unwrap().into_iter();
        lines.map(|(_, line)| line.text).collect()
    }

    fn name(number: u8) -> DocName {
        DocName::from_bytes([number; 16])
    }

    #[test]
    fn lists_are_kept_in_their_order_and_one_is_replaced_without_the_others() {
        let mut phone = SelfDocument::new(DocKind::Settings).unwrap();
        let lines = [
            (name(9), line("plan/a", "first")),
            (name(1), line("plan/a", "second")),
            (name(5), line("coping", "tea")),
        ];
        let both = lists(&["plan/a", "coping"]);
        let draft = Draft::new().kept_lines(&both, &lines, &phone).unwrap();
        phone.write(&PHONE, NOW, &draft).unwrap();
        assert_eq!(texts(&phone), ["tea", "first", "second"]);
        let kept = [(name(1), line("plan/a", "second"))];
        let draft = Draft::new()
            .kept_lines(&lists(&["plan/a"]), &kept, &phone)
            .unwrap();
        phone.write(&PHONE, NOW, &draft).unwrap();
        assert_eq!(texts(&phone), ["tea", "second"]);
    }

    #[test]
    fn what_two_devices_add_at_the_same_time_both_stays() {
        let mut phone = SelfDocument::new(DocKind::Settings).unwrap();
        let mut tablet = phone.clone();
        let add = |document: &mut SelfDocument, by, number, text| {
            let lines = [(name(number), line("coping", text))];
            let draft = Draft::new()
                .kept_lines(&lists(&["coping"]), &lines, document)
                .unwrap();
            document.write(&by, NOW, &draft).unwrap()
        };
        let from_phone = add(&mut phone, PHONE, 1, "tea");
        let from_tablet = add(&mut tablet, TABLET, 2, "a walk");
        deliver(&mut phone, TABLET, &from_tablet);
        deliver(&mut tablet, PHONE, &from_phone);
        assert_eq!(texts(&phone), ["tea", "a walk"]);
        assert_eq!(texts(&tablet), texts(&phone));
    }
}
