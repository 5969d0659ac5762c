//! Pairing in person (product id P1): one phone shows a code, the other scans it, both meet in a
//! rendezvous on the relay that the code names, and the people compare four words.
//!
//! A space is made only once the scanner has proved its key, and becomes "there" once its first words
//! arrive; until then the partnership says that it waits.

use belay_crypto::pairing::{ComparisonCode, Scanner, Shower};
use belay_crypto::{BackupPurpose, RootKey, seal_to_backup, seal_welcome};
use belay_document::documents::Draft as DocumentDraft;
use belay_document::records::{KeysRecord, SpaceKeys};
use belay_model::{DisplayName, DocName, SpaceId};
use belay_protocol::{
    Bundle, DocKind, Genesis, History, InvitationQr, ItemKind, MembershipBody, Operation, Policy,
    Removal, SealedWelcome, SpaceType, Welcome,
};
use belay_store::{NewSpace, SpaceState as Standing};

use crate::engine::Engine;
use crate::open::{NewPersona, backup_public, create_space_as, keep_persona};
use crate::rendezvous::{Put, Rendezvous};
use crate::session::{Draft, Session};
use crate::syncing::held::Freed;
use crate::syncing::ingest::Ingested;
use crate::views::PairedView;
use crate::{BelayError, Result};

impl Engine {
    /// Waits until somebody answers the invitation, makes the space and welcomes them. A relay that is
    /// away is tried again as long as the invitation is good; so is a wait that was broken off, by calling
    /// this again. Somebody who answers uses the invitation up.
    ///
    /// When it stays unknown whether the welcome arrived, the partner is kept as one that is waited for.
    ///
    /// # Errors
    /// `Unavailable{invitation-not-found | invitation-expired | pairing-refused | invitation-used}`, or
    /// what the relay refuses. Nothing is left of the attempt but a record of its keys in `self`.
    pub async fn await_partner(&self, invitation_id: &str) -> Result<PairedView> {
        let invitation = self.shown_invitation(invitation_id)?;
        let rendezvous = self.rendezvous(&invitation)?;
        let slot0 = rendezvous.wait_for(self, 0).await?;
        let answered = self.answer(&rendezvous, &slot0).await;
        self.burn_invitation(invitation_id);
        let mut shower = answered?;
        let slot2 = rendezvous.wait_for(self, 2).await?;
        let bundle = shower
            .open_bundle_slot(&slot2)
            .map_err(|_| BelayError::unavailable("pairing-refused"))?;
        let Bundle::Person(theirs) = bundle else {
            return Err(BelayError::unavailable("pairing-refused"));
        };
        let relay = rendezvous.relay.clone();
        let (space, slot3) = self.write(|session| session.begin_pair(shower, &theirs, relay))?;
        match rendezvous.try_put(self, 3, &slot3).await {
            // They may have the welcome and write to us: forgetting the space would leave them alone in it.
            Ok(Put::There | Put::Unknown(_)) => {
                rendezvous.part(self, &space).await;
                self.paired(&space)
            }
            Err(error) => {
                // They never get the welcome: the space that only this side has is taken back.
                self.write(|session| session.forget_pair(&space))?;
                Err(error)
            }
        }
    }

    /// Answers whoever came first.
    pub(crate) async fn answer(&self, rendezvous: &Rendezvous, slot0: &[u8]) -> Result<Shower> {
        let (shower, slot1) = self.write(|session| {
            Shower::answer(&rendezvous.invitation, slot0, session.entropy)
                .map_err(|_| BelayError::unavailable("pairing-refused"))
        })?;
        rendezvous.put(self, 1, &slot1).await?;
        Ok(shower)
    }

    /// Answers an invitation that was scanned or handed over.
    ///
    /// # Errors
    /// `Unavailable{not-an-invitation | invitation-damaged | invitation-expired | invitation-used |
    /// invitation-own | pairing-refused | not-agreed}`, `Offline`, `InvalidInput{display_name, empty}`. Nothing is
    /// left of the attempt.
    pub async fn accept_invitation(&self, text: &str) -> Result<PairedView> {
        self.require_agreement()?;
        self.require_name()?;
        let invitation = InvitationQr::parse(text).map_err(BelayError::from)?;
        if self.invitations.holds(&invitation) {
            return Err(BelayError::unavailable("invitation-own"));
        }
        self.check_unexpired(&invitation)?;
        let rendezvous = self.rendezvous(&invitation)?;
        rendezvous.look().await?;
        let (scanner, slot0, persona, person_key) = self.write(|session| {
            let (scanner, slot0) = Scanner::start(&invitation, session.entropy)?;
            let person_key = RootKey::make(session.entropy);
            let persona = NewPersona::make(&person_key, session.entropy);
            Ok((scanner, slot0, persona, person_key))
        })?;
        rendezvous.put(self, 0, &slot0).await?;
        let slot1 = rendezvous.wait_for(self, 1).await?;
        let mut session = scanner
            .connect(&slot1)
            .map_err(|_| BelayError::unavailable("pairing-refused"))?;
        let code = session.code();
        let bundle = Bundle::Person(persona.genesis.clone());
        let slot2 = self
            .write(|write| Ok(session.bundle_slot(&bundle, &persona.sign_key, write.entropy)?))?;
        rendezvous.put(self, 2, &slot2).await?;
        let slot3 = rendezvous.wait_for(self, 3).await?;
        let device = belay_crypto::first_device_id(&persona.genesis);
        let (theirs, space, welcome) = session
            .open_welcome_slot(&slot3, &device, &persona.kem_key)
            .map_err(|_| BelayError::unavailable("pairing-refused"))?;
        let Bundle::Person(theirs) = theirs else {
            return Err(BelayError::unavailable("pairing-refused"));
        };
        self.write(|session| {
            let sealed_person = session.seal_person(&persona.genesis, &person_key)?;
            session.join_pair(
                &space,
                Joining {
                    sealed_person,
                    persona: &persona,
                    theirs: &theirs,
                    welcome: &welcome,
                    relay: rendezvous.relay.as_ref(),
                    code,
                },
            )
        })?;
        rendezvous.part(self, &space).await;
        self.paired(&space)
    }

    pub(crate) fn paired(&self, space: &SpaceId) -> Result<PairedView> {
        Ok(PairedView {
            partner: self.partner(space)?.partner,
        })
    }

    pub(crate) fn require_name(&self) -> Result<DisplayName> {
        self.read(crate::queries::settings)?
            .display_name
            .ok_or(BelayError::InvalidInput {
                field: "display_name",
                rule: "empty",
            })
    }
}

/// What the newcomer's side brings together when it joins.
pub(crate) struct Joining<'a> {
    pub persona: &'a NewPersona,
    /// The recovery key of the persona, sealed to the backup key.
    pub sealed_person: Vec<u8>,
    pub theirs: &'a Genesis,
    pub welcome: &'a Welcome,
    pub relay: Option<&'a String>,
    pub code: ComparisonCode,
}

impl Session<'_> {
    /// The shower's side: makes the space, adds the scanner, makes the first epoch and the welcome.
    fn begin_pair(
        &mut self,
        shower: Shower,
        theirs: &Genesis,
        relay: Option<String>,
    ) -> Result<(SpaceId, Vec<u8>)> {
        let code = shower.code();
        let person_key = RootKey::make(self.entropy);
        let policy = Policy {
            relays: relay.into_iter().collect(),
            removal: Removal::Steward,
            history: History::All,
        };
        let persona = NewPersona::make(&person_key, self.entropy);
        let sealed_person = self.seal_person(&persona.genesis, &person_key)?;
        let space = create_space_as(self, SpaceType::Pair, &persona, policy)?;
        let sealed = self.add_partner(&space, theirs, sealed_person, code)?;
        let tx = self.tx;
        let state = self.spaces.get(tx, &space)?;
        let genesis = own_genesis(state)?;
        let slot3 = shower.welcome_slot(
            &Bundle::Person(genesis),
            &state.sign_key,
            sealed,
            self.entropy,
        )?;
        Ok((space, slot3))
    }

    /// Adds the newcomer to a fresh pair space, makes its first epoch, keeps what a pairing leaves, and
    /// seals the welcome to the newcomer.
    pub(crate) fn add_partner(
        &mut self,
        space: &SpaceId,
        theirs: &Genesis,
        sealed_person: Vec<u8>,
        code: ComparisonCode,
    ) -> Result<SealedWelcome> {
        let body = MembershipBody {
            operation: Operation::AddPerson {
                genesis: theirs.clone(),
            },
            root_signature: None,
        };
        let draft = Draft::control(ItemKind::Membership, body.encode());
        let added = self.append(space, draft)?;
        self.queue(space, added, 0)?;
        self.make_epoch(space)?;
        self.keep_pair(space, sealed_person, code)?;
        let tx = self.tx;
        let state = self.space(space)?;
        let mut items = Vec::new();
        for stored in tx.control_items(state.row)? {
            let item = stored.item()?;
            items.push(item.encode());
        }
        let welcome = Welcome {
            relays: state.relays(),
            items,
            floors: Vec::new(),
        };
        let device = belay_crypto::first_device_id(theirs);
        let sealed = seal_welcome(&welcome, space, &device, &theirs.kem.pk, self.entropy)?;
        Ok(sealed)
    }

    /// Seals the recovery key of a persona to the backup key, so that its plain form can go.
    pub(crate) fn seal_person(
        &mut self,
        genesis: &Genesis,
        person_key: &RootKey,
    ) -> Result<Vec<u8>> {
        let backup = backup_public(self.tx)?;
        let person = belay_crypto::person_id(genesis);
        let purpose = BackupPurpose::RecoveryKey(person);
        let seed = person_key.seed();
        Ok(seal_to_backup(&backup, purpose, &*seed, self.entropy)?)
    }

    /// The newcomer's side: takes in what the welcome holds, through the Gate like everything else.
    pub(crate) fn join_pair(&mut self, space: &SpaceId, joining: Joining<'_>) -> Result<()> {
        let Joining {
            persona,
            sealed_person,
            theirs,
            welcome,
            relay,
            code,
        } = joining;
        let refused = || BelayError::unavailable("pairing-refused");
        if self.tx.space(*space)?.is_some() {
            return Err(BelayError::unavailable("already-paired"));
        }
        let device = belay_crypto::first_device_id(&persona.genesis);
        let inc = crate::syncing::incarnation::make_incarnation(self.entropy);
        keep_persona(
            self,
            &NewSpace {
                id: *space,
                kind: SpaceType::Pair.into(),
                own_person: belay_crypto::person_id(&persona.genesis),
                own_device: device,
                inc,
                created_at_ms: self.now_ms,
            },
            persona,
        )?;
        let mut ingested = Ingested::default();
        for item in &welcome.items {
            self.ingest_item(space, item, None, &mut ingested)?;
        }
        self.retry_held(space, Freed::everything(), &mut ingested)?;
        let state = self.space(space)?;
        let view = state.membership.current();
        let named = view.policy.as_ref().map(|policy| policy.relays.as_slice());
        let whole = view.space_type == Some(SpaceType::Pair)
            && named == Some(relay.map_or(&[][..], std::slice::from_ref))
            && view.creator == Some(belay_crypto::person_id(theirs))
            && view.is_valid(&device)
            && view.persons.len() == 2
            && state.writing_epoch().is_some();
        if !whole {
            return Err(refused());
        }
        self.keep_pair(space, sealed_person, code)?;
        // The first acknowledgement tells the other side that its invitation arrived.
        self.tx
            .put_meta(&crate::syncing::outbox::news_key(space), &[2])?;
        Ok(())
    }

    /// What both sides do with a pairing: keep the words to compare, the erase key and the sealed recovery
    /// key in `self`, note a contact, and tell the other side the name to show.
    fn keep_pair(
        &mut self,
        space: &SpaceId,
        sealed_person: Vec<u8>,
        code: ComparisonCode,
    ) -> Result<()> {
        let tx = self.tx;
        let state = self.space(space)?;
        let keys = KeysRecord::Space(SpaceKeys {
            space_id: *space,
            erase_key: *state.erase_key.bytes(),
            sealed_person: Some(sealed_person),
        });
        let row = state.row;
        self.write_keys(&keys)?;
        crate::partners::keep_code(tx, space, code)?;
        tx.set_space_state(row, Standing::Active)?;
        self.space(space)?.standing = Standing::Active;
        self.show_place(space)?;
        self.edit_contact(space, |_| {})?;
        let settings = crate::queries::settings(tx)?;
        self.publish_profile(space, &settings)
    }
}

impl Session<'_> {
    /// Takes back a space that only this side has, and what was noted about its partner. The record of its
    /// keys in `self` may stay: items of `self` are not unwritten, and it opens nothing that anybody has.
    pub(crate) fn forget_pair(&mut self, space: &SpaceId) -> Result<()> {
        let contacts = self.document(DocKind::Contacts, &DocName::ZERO)?;
        let draft = DocumentDraft::new().forget_contact(space, &contacts)?;
        self.write_into(DocKind::Contacts, &DocName::ZERO, contacts, &draft)?;
        self.forget_space(*space)
    }
}

/// The genesis this device signed for a space: it stands in the space's own `create`.
fn own_genesis(state: &crate::space_state::SpaceState) -> Result<Genesis> {
    state
        .membership
        .genesis_of(&state.own_person)
        .cloned()
        .ok_or(BelayError::internal("genesis"))
}
