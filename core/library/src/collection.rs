//! What the collections of the library share. `catalogue.json` says once which texts there are, with everything that is
//! the same in all languages; a file in each language's folder has the words. The two are joined strictly: an id without
//! words, words without an id, anything twice or of unknown shape is an error.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::marker::PhantomData;

use belay_model::CivilDay;
use serde::de::{DeserializeOwned, Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::LibraryError;
use crate::content::check_head;
use crate::reference::{ContentRef, LookupError, is_id};

/// A page that was opened for something said here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// What it stands for.
    pub about: String,
    /// What the page is.
    pub title: String,
    /// Where it is.
    pub address: String,
    /// The day it was read.
    pub opened_on: CivilDay,
}

/// One text of a collection.
pub trait Item {
    /// Its stable id.
    fn id(&self) -> &str;
    /// Its version: higher whenever it asks for something else than before, not when its wording changes.
    fn version(&self) -> u32;
    /// The name to keep beside what is written by it.
    fn reference(&self) -> ContentRef {
        ContentRef::of(self.id(), self.version())
    }
}

/// Finds what is named. A version from before is answered by today's: ids inside it are never taken away, so what was
/// written by it still finds its place.
pub(crate) fn look_up<'a, T: Item>(
    items: &'a [T],
    named: &ContentRef,
) -> Result<&'a T, LookupError> {
    let item = items
        .iter()
        .find(|item| item.id() == named.id())
        .ok_or(LookupError::Unknown)?;
    match named.version() {
        Some(asked) if asked > item.version() => Err(LookupError::Newer {
            asked,
            known: item.version(),
        }),
        _ => Ok(item),
    }
}

/// A map in which no key stands twice.
#[derive(Debug)]
pub(crate) struct Words<T>(BTreeMap<String, T>);

impl<T> Words<T> {
    pub(crate) fn take(&mut self, id: &str) -> Result<T, LibraryError> {
        self.0
            .remove(id)
            .ok_or_else(|| LibraryError::NoWords { id: id.to_owned() })
    }

    /// Nothing is left over.
    pub(crate) fn finish(self) -> Result<(), LibraryError> {
        match self.0.into_keys().next() {
            Some(id) => Err(LibraryError::NoPlace { id }),
            None => Ok(()),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Words<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Once<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Once<T> {
            type Value = Words<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("words by id")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Words<T>, A::Error> {
                let mut words = BTreeMap::new();
                while let Some((id, word)) = map.next_entry::<String, T>()? {
                    if words.insert(id, word).is_some() {
                        return Err(A::Error::custom("an id stands twice"));
                    }
                }
                Ok(Words(words))
            }
        }
        deserializer.deserialize_map(Once(PhantomData))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound = "T: Deserialize<'de>")]
struct WordsFile<T> {
    version: u32,
    language: String,
    reviewed: Vec<String>,
    texts: Words<T>,
}

/// The words of one collection in one language while they are joined with the catalogue.
pub(crate) struct Translation<T> {
    reviewed: BTreeSet<String>,
    texts: Words<T>,
}

impl<T: DeserializeOwned> Translation<T> {
    pub(crate) fn read(language: &'static str, text: &str) -> Result<Self, LibraryError> {
        let file: WordsFile<T> = serde_json::from_str(text)?;
        check_head(file.version, &file.language, language)?;
        Ok(Self {
            reviewed: file.reviewed.into_iter().collect(),
            texts: file.texts,
        })
    }

    /// The words for an id, and whether they have to be shown as not yet reviewed: only a safety text has to be read by a
    /// professional, and only one that was read is named under `reviewed`.
    pub(crate) fn take(
        &mut self,
        id: &str,
        version: u32,
        safety: bool,
    ) -> Result<(T, bool), LibraryError> {
        if !is_id(id) || version == 0 {
            return Err(LibraryError::Id { id: id.to_owned() });
        }
        let words = self.texts.take(id)?;
        let unreviewed = safety && !self.reviewed.remove(id);
        Ok((words, unreviewed))
    }

    /// Every text was asked for, and nothing counts as reviewed that is no safety text.
    pub(crate) fn finish(self) -> Result<(), LibraryError> {
        if let Some(id) = self.reviewed.into_iter().next() {
            return Err(LibraryError::NoPlace { id });
        }
        self.texts.finish()
    }
}
