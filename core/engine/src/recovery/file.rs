//! Coming back with the words and a file bundle.

use std::fs::File;
use std::path::Path;

use belay_crypto::RecoveryMailbox;
use belay_protocol::{FilePart, Outer};

use super::{NewRestored, RestoredView, copies, words};
use crate::Result;
use crate::engine::Engine;
use crate::file_bundle::{BundleReadView, OnBundleProgress, each_part, file_error};
use crate::input::EngineConfig;

impl Engine {
    /// Comes back from the words and a file that was written for the person's own devices or for everybody: makes
    /// a store and a new device of the person, and takes in everything that the file holds. Writes to disk.
    ///
    /// # Errors
    /// As [`Engine::restore_from_envelopes`] and, before anything is made, `NotFound{file}`,
    /// `Unavailable{file-not-usable}`, `Unavailable{not-a-bundle}`, `NewerData`.
    pub fn restore_from_bundle(
        config: EngineConfig,
        new: NewRestored,
        path: &Path,
        on_progress: OnBundleProgress<'_>,
    ) -> Result<(Self, RestoredView, BundleReadView)> {
        let secret = words::parse(&new.words)?;
        let tag = RecoveryMailbox::from_seed(&secret.keys().mailbox.seed()).tag();
        let mut file = File::open(path).map_err(|error| file_error(&error))?;
        let mut copies = Vec::new();
        each_part(&mut file, |part, _| {
            if let FilePart::Envelopes(envelopes) = part {
                let of_words = |bytes: &Vec<u8>| {
                    Outer::parse(bytes).is_ok_and(|outer| outer.mailbox_tag == tag)
                };
                let room = copies::READ_MAX - copies.len();
                copies.extend(envelopes.into_iter().filter(of_words).take(room));
            }
            Ok(())
        })?;
        let (engine, view) = Self::restore_from_envelopes(config, new, copies)?;
        let came = engine.read_bundle(path, on_progress)?;
        Ok((engine, view, came))
    }
}
