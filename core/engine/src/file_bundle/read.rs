//! Reading a bundle. Each part is a transaction, and what is here already is passed over: a reading that broke off
//! goes on where it was when the same file is read again, and a second reading changes nothing.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read, Seek};
use std::path::Path;

use belay_crypto::mailbox_tag;
use belay_model::SpaceId;
use belay_protocol::{FileBlob, FilePart, Outer};
use belay_store::{BlobHeld, SpaceState as Standing};

use super::parts::each_part;
use super::views::{BundleEndingView, BundleProgress, BundleReadView, BundleSpaceView};
use super::{OnBundleProgress, file_error};
use crate::attachments::Blob;
use crate::engine::Engine;
use crate::{BelayError, Result};

/// How often a file is read at most: what one part brings may open another that stands before it.
const PASSES_MAX: u32 = 4;

/// Which mailbox an envelope is for.
type Tag = [u8; 16];

/// Whose mailbox a tag names.
enum Whose {
    Space(SpaceId),
    /// The person's recovery mailbox.
    Keyring,
}

/// What came of one pass.
#[derive(Default)]
struct Pass {
    spaces: BTreeMap<SpaceId, Counts>,
    foreign: u64,
    newer: u64,
    attachments: u64,
    attachments_refused: u64,
    edited_after_deletion: u64,
}

#[derive(Default, Clone, Copy)]
struct Counts {
    envelopes: u64,
    refused: u64,
    items: u64,
}

impl Engine {
    /// Reads a bundle from a file and takes in what is for this device. Writes to disk.
    ///
    /// # Errors
    /// `NotFound{file}`, `Unavailable{file-not-usable}`; as [`Engine::read_bundle_from`].
    pub fn read_bundle(
        &self,
        path: &Path,
        on_progress: OnBundleProgress<'_>,
    ) -> Result<BundleReadView> {
        let mut file = File::open(path).map_err(|error| file_error(&error))?;
        let of = file.metadata().map_err(|error| file_error(&error))?.len();
        let mut all = Pass::default();
        let mut ending = self.pass(&mut file, Some(of), &mut all, on_progress)?;
        for _ in 1..PASSES_MAX {
            let brought = all.spaces.values().any(|counts| counts.items > 0);
            if all.foreign == 0 || !brought {
                break;
            }
            let mut next = Pass::default();
            file.rewind().map_err(|error| file_error(&error))?;
            ending = self.pass(&mut file, Some(of), &mut next, on_progress)?;
            let done = next.foreign == all.foreign;
            all.join(next);
            if done {
                break;
            }
        }
        self.told(ending, all)
    }

    /// As [`Engine::read_bundle`], from whatever gives bytes; each is read once.
    ///
    /// # Errors
    /// `Unavailable{not-a-bundle}` for another kind of file, `NewerData` for one of a newer Belay,
    /// `Unavailable{bundle-for-others}` when nothing in it is for this device; what the disk refuses. Nothing was
    /// taken in then, but for what came before a disk was full.
    pub fn read_bundle_from(
        &self,
        input: &mut dyn Read,
        on_progress: OnBundleProgress<'_>,
    ) -> Result<BundleReadView> {
        let mut pass = Pass::default();
        let ending = self.pass(input, None, &mut pass, on_progress)?;
        self.told(ending, pass)
    }

    fn pass(
        &self,
        input: &mut dyn Read,
        of: Option<u64>,
        pass: &mut Pass,
        on_progress: OnBundleProgress<'_>,
    ) -> Result<BundleEndingView> {
        let mut known = self.mailboxes_of_spaces()?;
        let mut blobs: Option<BTreeMap<[u8; 32], Blob>> = None;
        each_part(input, |part, done| {
            match part {
                FilePart::Envelopes(envelopes) => {
                    if self.take_part(envelopes, &known, pass)? {
                        known = self.mailboxes_of_spaces()?;
                    }
                }
                FilePart::Blob(piece) => {
                    let blobs = match &mut blobs {
                        Some(blobs) => blobs,
                        None => blobs.insert(self.blobs_by_id()?),
                    };
                    self.take_piece(&piece, blobs, pass)?;
                }
                FilePart::Newer(_) => pass.newer += 1,
            }
            on_progress(BundleProgress { done, of });
            Ok(())
        })
    }

    /// Takes in what of a part is for spaces that are here. Says whether it brought anything.
    fn take_part(
        &self,
        envelopes: Vec<Vec<u8>>,
        known: &BTreeMap<Tag, Whose>,
        pass: &mut Pass,
    ) -> Result<bool> {
        let mut by_space: Vec<(SpaceId, Vec<Vec<u8>>)> = Vec::new();
        for bytes in envelopes {
            let outer = Outer::parse(&bytes);
            if outer.as_ref().is_err_and(|error| error.needs_newer()) {
                pass.newer += 1;
                continue;
            }
            let tag = outer.ok().map(|outer| outer.mailbox_tag);
            let space = match tag.and_then(|tag| known.get(&tag)) {
                Some(Whose::Space(space)) => space,
                // Only recovery words open it.
                Some(Whose::Keyring) => continue,
                None => {
                    pass.foreign += 1;
                    continue;
                }
            };
            match by_space.last_mut() {
                Some((last, run)) if last == space => run.push(bytes),
                _ => by_space.push((*space, vec![bytes])),
            }
        }
        let mut brought = false;
        for (space, run) in by_space {
            let taken = self.take_carried(&space, &run)?;
            let counts = pass.spaces.entry(space).or_default();
            counts.envelopes += taken.envelopes;
            counts.refused += taken.refused;
            counts.items += taken.items;
            pass.edited_after_deletion += taken.edited_after_deletion;
            brought |= taken.items > 0;
        }
        Ok(brought)
    }

    /// Takes in envelopes that come without a file. Says how many items they brought.
    pub(crate) fn take_envelopes(&self, envelopes: Vec<Vec<u8>>) -> Result<u64> {
        let known = self.mailboxes_of_spaces()?;
        let mut pass = Pass::default();
        self.take_part(envelopes, &known, &mut pass)?;
        Ok(pass.spaces.values().map(|counts| counts.items).sum())
    }

    fn blobs_by_id(&self) -> Result<BTreeMap<[u8; 32], Blob>> {
        let spaces = self.read(|tx| Ok(tx.spaces()?))?;
        let mut known = BTreeMap::new();
        for space in spaces {
            let sound = self.read_spaces(|tx, spaces| Ok(spaces.sound(tx, &space.id)?.is_ok()))?;
            if !sound || space.state != Standing::Active {
                continue;
            }
            let lacking = self.lacking_blobs(&space.id)?.into_iter();
            known.extend(lacking.map(|blob| (blob.inner.id, blob)));
        }
        Ok(known)
    }

    /// Takes in a piece of an attachment that is not whole here.
    fn take_piece(
        &self,
        piece: &FileBlob,
        blobs: &BTreeMap<[u8; 32], Blob>,
        pass: &mut Pass,
    ) -> Result<()> {
        let Some(blob) = blobs.get(&piece.id) else {
            pass.foreign += u64::from(piece.offset == 0);
            return Ok(());
        };
        let files = self.blob_files();
        if piece.total != blob.inner.sealed_len() {
            pass.attachments_refused += u64::from(piece.offset == 0);
            return Ok(());
        }
        if files.held(&blob.file_name())? == BlobHeld::Whole {
            return Ok(());
        }
        match self.take_blob_bytes(blob, piece.offset, &piece.bytes) {
            Ok(held) => pass.attachments += u64::from(held == piece.total),
            Err(BelayError::Unavailable {
                reason: "attachment-damaged",
            }) => pass.attachments_refused += 1,
            Err(error) => return Err(error),
        }
        Ok(())
    }

    /// Which mailboxes are read here: those of every epoch whose secret is held, in spaces that go on.
    fn mailboxes_of_spaces(&self) -> Result<BTreeMap<Tag, Whose>> {
        self.read_spaces(|tx, spaces| {
            let mut known = BTreeMap::new();
            if let Ok(mailbox) = crate::recovery::mailbox(tx) {
                known.insert(mailbox.tag(), Whose::Keyring);
            }
            for space in tx.spaces()? {
                if space.state != Standing::Active {
                    continue;
                }
                let Ok(state) = spaces.sound(tx, &space.id)? else {
                    continue;
                };
                for keys in state.keys.ids().filter_map(|epoch| state.keys.get(&epoch)) {
                    known.insert(mailbox_tag(keys.mailbox_pk()), Whose::Space(space.id));
                }
            }
            Ok(known)
        })
    }

    fn told(&self, ending: BundleEndingView, pass: Pass) -> Result<BundleReadView> {
        if pass.spaces.is_empty() && pass.attachments == 0 && pass.foreign > 0 {
            return Err(BelayError::unavailable("bundle-for-others"));
        }
        let spaces = pass.spaces.into_iter().map(|(space, counts)| {
            Ok(BundleSpaceView {
                space,
                partner: self.partner_label(&space)?,
                envelopes_received: counts.envelopes,
                envelopes_refused: counts.refused,
                items_received: counts.items,
            })
        });
        Ok(BundleReadView {
            ending,
            spaces: spaces.collect::<Result<_>>()?,
            foreign: pass.foreign,
            newer: pass.newer,
            attachments: pass.attachments,
            attachments_refused: pass.attachments_refused,
            edited_after_deletion: pass.edited_after_deletion,
        })
    }
}

impl Pass {
    /// Adds what came later of the same file; what was passed over is counted once.
    fn join(&mut self, later: Self) {
        for (space, counts) in later.spaces {
            let known = self.spaces.entry(space).or_default();
            known.envelopes += counts.envelopes;
            known.items += counts.items;
            known.refused = counts.refused;
        }
        self.foreign = later.foreign;
        self.newer = later.newer;
        self.attachments += later.attachments;
        self.attachments_refused = later.attachments_refused;
        self.edited_after_deletion += later.edited_after_deletion;
    }
}
