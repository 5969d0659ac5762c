//! Records of shared spaces as screens read them: which version stands, and how it is laid out.

use belay_document::DocumentError;
use belay_document::records::{
    OutcomeRecord, ProfileRecord, RecordPayload, RecordVersion, ResponseRecord, ShareRecord,
};
use belay_model::boundary::{BoundaryCard, SharedNudge, SharedSupportRequest};
use belay_model::{
    DocName, SharedCheckIn, SharedGoal, SharedOutcome, SharedPassage, SharedResponse, SpaceId,
};
use belay_protocol::{DocKind, Item, ItemKind, ManifestBody, RecordBody, SpaceType};
use belay_store::{DocRow, Document, ItemRow, ItemState, SharedRow, SpaceRow};
use serde::{Deserialize, Serialize};

use crate::attachments::AttachmentRow;
use crate::projection::json;
use crate::session::{Session, Written};
use crate::{BelayError, Result};

/// A partner's outcome as projected.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct SharedOutcomeRow {
    pub goal: DocName,
    pub outcome: SharedOutcome,
}

/// A response as projected.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct ResponseRow {
    pub response: SharedResponse,
}

/// A record laid out for the query tables.
pub(crate) struct Laid {
    on: Option<String>,
    about: Option<Vec<u8>>,
    json: String,
}

/// A version of a record.
struct Version<'a> {
    document: DocRow,
    space: SpaceRow,
    kind: DocKind,
    version: RecordVersion,
    item: ItemRow,
    hlc: u64,
    body: &'a RecordBody,
}

/// Copies of own documents are in the query tables already, as what they are copies of.
const fn is_copy(kind: DocKind) -> bool {
    matches!(kind, DocKind::CheckIn | DocKind::Goal | DocKind::Outcome)
}

impl Session<'_> {
    /// Shows a version that was taken in just now, unless a greater one is shown. The same as
    /// [`Self::project_record`], without reading the versions before.
    pub(crate) fn show_newest(
        &mut self,
        space: &SpaceId,
        item: &Item,
        written: Written,
        body: &RecordBody,
    ) -> Result<()> {
        let tx = self.tx;
        let state = self.space(space)?;
        let in_space = state.row;
        let kind = DocKind::try_from(item.header.doc_kind);
        let (Ok(kind), Some(document)) = (kind, written.document) else {
            return Ok(());
        };
        let author = state.membership.device(&item.header.device_id);
        let own = author.is_some_and(|device| device.person == state.own_person);
        if state.space_type == SpaceType::SelfSpace || (own && is_copy(kind)) {
            return Ok(());
        }
        let version = RecordVersion {
            rev: body.rev,
            withdrawn: body.withdrawn,
            item_id: written.id,
        };
        if let Some(shown) = tx.shared(document)? {
            let stored = tx.item(shown.item)?;
            let shown = RecordVersion {
                rev: shown.rev,
                withdrawn: shown.withdrawn,
                item_id: stored.ok_or(BelayError::internal("item-row"))?.item_id,
            };
            if version <= shown {
                return Ok(());
            }
        }
        self.show(&Version {
            document,
            space: in_space,
            kind,
            version,
            item: written.row,
            hlc: item.header.hlc,
            body,
        })
    }

    /// Lays out the version of a record that stands: the highest revision, then the withdrawn one, then
    /// the lower item id.
    pub fn project_record(&mut self, row: DocRow, document: &Document) -> Result<()> {
        let Ok(kind) = DocKind::try_from(document.kind) else {
            return Ok(());
        };
        let own = self
            .tx
            .spaces()?
            .iter()
            .any(|space| space.row == document.space && space.own_person == document.person);
        if own && is_copy(kind) {
            return Ok(());
        }
        let mut best: Option<(RecordVersion, ItemRow, u64, RecordBody)> = None;
        for stored in self.tx.items_of_document(row)? {
            if stored.state != ItemState::Applied || stored.kind != u8::from(ItemKind::Record) {
                continue;
            }
            let item = stored.item()?;
            let body = RecordBody::parse(item.body.as_deref().unwrap_or_default())
                .map_err(|_| BelayError::internal("stored-record"))?;
            let version = RecordVersion {
                rev: body.rev,
                withdrawn: body.withdrawn,
                item_id: stored.item_id,
            };
            if best.as_ref().is_none_or(|(known, ..)| *known < version) {
                best = Some((version, stored.row, stored.hlc, body));
            }
        }
        let Some((version, item, hlc, body)) = best else {
            if kind == DocKind::Attachment {
                crate::attachments::ask_to_tidy(self.tx)?;
            }
            return Ok(self.tx.delete_shared(row)?);
        };
        self.show(&Version {
            document: row,
            space: document.space,
            kind,
            version,
            item,
            hlc,
            body: &body,
        })
    }

    fn show(&self, shown: &Version<'_>) -> Result<()> {
        if shown.kind == DocKind::Attachment && shown.version.withdrawn {
            crate::attachments::ask_to_tidy(self.tx)?;
        }
        let laid = lay_out(shown.kind, shown.body)
            .map_err(|_| BelayError::internal("stored-record"))?
            .ok_or(BelayError::internal("stored-record"))?;
        Ok(self.tx.put_shared(&SharedRow {
            document: shown.document,
            space: shown.space,
            kind: shown.kind.into(),
            rev: shown.version.rev,
            withdrawn: shown.version.withdrawn,
            item: shown.item,
            hlc: shown.hlc,
            on: laid.on.as_deref(),
            about: laid.about.as_deref(),
            json: &laid.json,
        })?)
    }
}

/// Reads a record's payload strictly; `None` for a kind this version has no layout for.
pub(crate) fn lay_out(
    kind: DocKind,
    body: &RecordBody,
) -> std::result::Result<Option<Laid>, DocumentError> {
    let laid = |on: Option<String>, about: Option<Vec<u8>>, text: Result<String>| {
        text.map(|json| Some(Laid { on, about, json }))
            .map_err(|_| DocumentError::Engine)
    };
    match kind {
        DocKind::CheckIn => match SharedCheckIn::from_body(body)? {
            Some(check_in) => laid(Some(check_in.on.to_string()), None, json(&check_in)),
            None => Ok(Some(Laid::empty())),
        },
        DocKind::Goal => match SharedGoal::from_body(body)? {
            Some(goal) => laid(None, None, json(&goal)),
            None => Ok(Some(Laid::empty())),
        },
        DocKind::Outcome => match OutcomeRecord::from_body(body)? {
            Some(record) => {
                let row = SharedOutcomeRow {
                    goal: record.goal,
                    outcome: record.outcome,
                };
                laid(Some(row.outcome.on.to_string()), None, json(&row))
            }
            None => Ok(Some(Laid::empty())),
        },
        DocKind::Response => match ResponseRecord::from_body(body)? {
            Some(record) => {
                let about = crate::responses::about_key(
                    &record.about.person_id,
                    record.about.doc_kind,
                    &record.about.doc_name,
                );
                let row = ResponseRow {
                    response: record.response,
                };
                laid(None, Some(about), json(&row))
            }
            None => Ok(Some(Laid::empty())),
        },
        DocKind::Profile => match ProfileRecord::from_body(body)? {
            Some(profile) => laid(None, None, json(&profile.name.as_str())),
            None => Ok(Some(Laid::empty())),
        },
        DocKind::Passage => match SharedPassage::from_body(body)? {
            Some(passage) => laid(None, None, json(&passage)),
            None => Ok(Some(Laid::empty())),
        },
        DocKind::BoundaryCard => match BoundaryCard::from_body(body)? {
            Some(card) => laid(None, None, json(&card)),
            None => Ok(Some(Laid::empty())),
        },
        DocKind::Nudge => match SharedNudge::from_body(body)? {
            Some(nudge) => laid(None, None, json(&nudge)),
            None => Ok(Some(Laid::empty())),
        },
        DocKind::SupportRequest => match SharedSupportRequest::from_body(body)? {
            Some(request) => laid(None, None, json(&request)),
            None => Ok(Some(Laid::empty())),
        },
        DocKind::Attachment => match ManifestBody::from_body(body)? {
            Some(given) => {
                let about = given.entry.as_bytes().to_vec();
                laid(None, Some(about), json(&AttachmentRow::of(&given)))
            }
            None => Ok(Some(Laid::empty())),
        },
        DocKind::Share => match ShareRecord::from_body(body)? {
            Some(record) => laid(None, None, json(&crate::recovery::ShareRow::from(&record))),
            None => Ok(Some(Laid::empty())),
        },
        DocKind::Keys => {
            belay_document::records::KeysRecord::from_body(body)?;
            Ok(Some(Laid::empty()))
        }
        _ => Ok(None),
    }
}

impl Laid {
    /// A withdrawn record keeps nothing of what it said.
    fn empty() -> Self {
        Self {
            on: None,
            about: None,
            json: String::from("null"),
        }
    }
}
