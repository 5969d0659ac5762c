//! Answers to what was shared (product id C6). An answer is its writer's own record about another's.

use belay_document::documents::PublishState;
use belay_document::records::{ProfileRecord, RecordName, RecordPayload, ResponseRecord};
use belay_model::{DocName, PersonId, Response, Settings, SpaceId, make_bytes, publish_response};
use belay_protocol::{DocKind, ItemKind, RecordBody};
use belay_store::{ReadTx, Shared, SpaceRow, SpaceState as Standing};

use crate::boundaries::Flow;
use crate::check_ins::given;
use crate::engine::Engine;
use crate::input::NewResponse;
use crate::session::{Draft, Session};
use crate::shared_records::ResponseRow;
use crate::sharing::{copy_of, hash_of};
use crate::space_state::SpaceState;
use crate::views::ResponseView;
use crate::{BelayError, Result};

/// What can be answered.
const ANSWERED: [DocKind; 3] = [DocKind::CheckIn, DocKind::Passage, DocKind::SupportRequest];

impl Engine {
    /// Answers something a partner shared, and queues the answer behind the hold. Writes to disk.
    ///
    /// # Errors
    /// `NotFound` when it is not (or no longer) there, `InvalidInput` for a kind that needs words,
    /// `Unavailable{sharing-paused | words-differ}` where nothing is shared now.
    pub fn respond(&self, new: NewResponse) -> Result<ResponseView> {
        self.write(|session| {
            crate::partners::require_active(session.tx, &new.space)?;
            Flow::of(&crate::queries::contact(session.tx, &new.space)?).require_whole()?;
            let settings = crate::queries::settings(session.tx)?;
            let response = Response {
                kind: new.kind,
                text: given(new.text.as_deref()),
                written: session.moment(&settings)?,
            };
            response.validate()?;
            session.respond(&new, &response, &settings)
        })
    }
}

/// Answers to one of the partner's or the person's own records, oldest first.
pub(crate) fn about(
    tx: &ReadTx<'_>,
    state: &SpaceState,
    person: &PersonId,
    kind: DocKind,
    name: &DocName,
) -> Result<Vec<ResponseView>> {
    let key = about_key(person, kind, name);
    let mut rows = tx.shared_about(state.row, &key)?;
    rows.retain(|row| row.kind == u8::from(DocKind::Response) && !row.withdrawn);
    rows.sort_by_key(|row| (row.hlc, row.name));
    rows.iter().map(|row| view(tx, state, row)).collect()
}

/// Answers to an own document's copy in one space.
pub(crate) fn to_own(
    tx: &ReadTx<'_>,
    state: &SpaceState,
    kind: DocKind,
    self_name: &DocName,
) -> Result<Vec<ResponseView>> {
    let name = belay_crypto::published_name(&state.erase_key, kind.into(), self_name);
    about(tx, state, &state.own_person, kind, &name)
}

/// How the query tables name what a record is about.
pub(crate) fn about_key(person: &PersonId, kind: DocKind, name: &DocName) -> Vec<u8> {
    let mut key = Vec::with_capacity(PersonId::LEN + 1 + DocName::LEN);
    key.extend_from_slice(person.as_bytes());
    key.push(kind.into());
    key.extend_from_slice(name.as_bytes());
    key
}

fn view(tx: &ReadTx<'_>, state: &SpaceState, row: &Shared) -> Result<ResponseView> {
    let own = row.person == state.own_person;
    let from = if own {
        let settings = crate::queries::settings(tx)?;
        settings
            .display_name
            .map(|name| name.as_ref().to_owned())
            .unwrap_or_default()
    } else {
        crate::partners::shown_name(tx, state)?
    };
    let response: ResponseRow = crate::partners::projected(row)?;
    Ok(ResponseView {
        name: row.name,
        space: state.id,
        own,
        from,
        response: response.response,
    })
}

/// The record of this kind that is answered, while it stands.
fn standing(
    tx: &ReadTx<'_>,
    space: SpaceRow,
    new: &NewResponse,
    kind: DocKind,
) -> Result<Option<Shared>> {
    let document = tx.find_document(space, &new.person, kind.into(), &new.about)?;
    let shared = document.map(|row| tx.shared(row)).transpose()?.flatten();
    Ok(shared.filter(|shared| !shared.withdrawn))
}

impl Session<'_> {
    fn respond(
        &mut self,
        new: &NewResponse,
        response: &Response,
        settings: &Settings,
    ) -> Result<ResponseView> {
        let tx = self.tx;
        let state = self.space(&new.space)?;
        let row = state.row;
        let mut found = None;
        for kind in ANSWERED {
            if found.is_none() {
                found = standing(tx, row, new, kind)?.map(|shared| (kind, shared));
            }
        }
        let (kind, answered) = found.ok_or(BelayError::NotFound { what: "check-in" })?;
        let record = ResponseRecord {
            about: RecordName {
                person_id: new.person,
                doc_kind: kind,
                doc_name: new.about,
                rev: answered.rev,
            },
            response: publish_response(response),
        };
        let name = DocName::from_bytes(make_bytes(self.entropy));
        let not_before = self.hold_until(settings);
        self.write_record(
            &new.space,
            DocKind::Response,
            name,
            record.to_body(1),
            not_before,
        )?;
        let state = self.space(&new.space)?;
        let document = tx
            .find_document(row, &state.own_person, DocKind::Response.into(), &name)?
            .ok_or(BelayError::internal("response"))?;
        let stored = tx
            .shared(document)?
            .ok_or(BelayError::internal("response"))?;
        view(tx, state, &stored)
    }

    /// Writes an own record that is no copy of a document, projects and queues it.
    pub fn write_record(
        &mut self,
        space: &SpaceId,
        kind: DocKind,
        name: DocName,
        body: RecordBody,
        not_before_ms: i64,
    ) -> Result<()> {
        let written = self.append(
            space,
            Draft {
                kind: ItemKind::Record,
                doc_kind: kind,
                doc_name: name,
                body: body.encode(),
            },
        )?;
        self.queue(space, written, not_before_ms)?;
        let document = written.document.ok_or(BelayError::internal("record-row"))?;
        let described = self.tx.document(document)?;
        self.project_record(document, &described)
    }

    /// Tells every partner the name to show. The highest revision of the one record counts. Where sharing is
    /// paused it waits like everything else.
    pub fn publish_profiles(&mut self, settings: &Settings) -> Result<()> {
        for space in self.tx.spaces()? {
            if space.kind == u8::from(belay_protocol::SpaceType::Pair)
                && space.state == Standing::Active
                && Flow::of(&crate::queries::contact(self.tx, &space.id)?) == Flow::Whole
                && self.spaces.sound(self.tx, &space.id)?.is_ok()
            {
                self.publish_profile(&space.id, settings)?;
            }
        }
        Ok(())
    }

    /// Tells one partner the name to show. A name that was shown before goes away.
    pub fn publish_profile(&mut self, space: &SpaceId, settings: &Settings) -> Result<()> {
        let tx = self.tx;
        let Some(name) = settings.display_name.clone() else {
            return Ok(());
        };
        let state = self.space(space)?;
        let known = tx
            .find_document(
                state.row,
                &state.own_person,
                DocKind::Profile.into(),
                &DocName::ZERO,
            )?
            .map(|document| tx.shared(document))
            .transpose()?
            .flatten();
        if let Some(known) = &known
            && crate::partners::projected::<String>(known)? == name.as_str()
        {
            return Ok(());
        }
        let rev = known.map_or(0, |known| known.rev);
        let copy = Some(copy_of(&ProfileRecord { name }));
        let published = PublishState::new(rev + 1, hash_of(&copy));
        self.replace_record(space, DocKind::Profile, DocName::ZERO, &published, copy, 0)?;
        let state = self.space(space)?;
        let document = tx
            .find_document(
                state.row,
                &state.own_person,
                DocKind::Profile.into(),
                &DocName::ZERO,
            )?
            .ok_or(BelayError::internal("record-row"))?;
        self.project_record(document, &tx.document(document)?)
    }
}
