//! What people do with their partners: answer, pause, resume, leave, block, choose what they see.

use belay_engine::model::{CheckInFields, ResponseKind, SpaceId};
use belay_engine::{NewResponse, Waited};

use crate::world::{Came, Held, World};

impl World {
    /// Answers something that a partner shared.
    pub fn respond(&mut self, device: usize) -> Held<()> {
        let Some(pair) = self.draw_pair(device) else {
            return Ok(());
        };
        let page = self.command(device, "partner", |engine| engine.partner(&pair))?;
        let Came::Done(page) = page else {
            return Ok(());
        };
        let shared = self.chance.of_these(&page.check_ins);
        let (Some(person), Some(about)) = (page.partner.person, shared.map(|shared| shared.name))
        else {
            return Ok(());
        };
        let text = self.ledger.word();
        let what = format!("answers {about}: {text}");
        let new = NewResponse {
            space: pair,
            person,
            about,
            kind: ResponseKind::Encouragement,
            text: Some(text),
        };
        self.order(device, &what, |engine| engine.respond(new))
    }

    /// Pauses or resumes sharing with a partner.
    pub fn pause_or_resume(&mut self, device: usize) -> Held<()> {
        let Some(pair) = self.draw_pair(device) else {
            return Ok(());
        };
        let page = self.command(device, "partner", |engine| engine.partner(&pair))?;
        let Came::Done(page) = page else {
            return Ok(());
        };
        if !page.partner.paused {
            return self.order(device, "pauses", |engine| engine.pause_sharing(&pair));
        }
        let waited = [Waited::Share, Waited::Keep][self.chance.below(2)];
        self.order(device, &format!("resumes ({waited:?})"), |engine| {
            engine.resume_sharing(&pair, waited)
        })
    }

    /// Leaves a partner, or blocks them.
    pub fn part(&mut self, device: usize) -> Held<()> {
        let Some(pair) = self.draw_pair(device) else {
            return Ok(());
        };
        match self.chance.permille(500) {
            true => self.order(device, "leaves", |engine| engine.leave(&pair)),
            false => self.order(device, "blocks", |engine| engine.block(&pair)),
        }
    }

    /// Changes what a partner usually sees.
    pub fn choose_fields(&mut self, device: usize) -> Held<()> {
        let Some(pair) = self.draw_pair(device) else {
            return Ok(());
        };
        let fields = match self.chance.permille(700) {
            true => CheckInFields::all(),
            false => CheckInFields::empty(),
        };
        let what = format!("shares check-ins as {fields:?}");
        self.order(device, &what, |engine| {
            engine.set_usual_fields(&pair, fields)
        })
    }

    /// A space with a partner that the device's person has.
    pub fn draw_pair(&mut self, device: usize) -> Option<SpaceId> {
        let pairs = self.pairs_of(self.devices[device].person);
        self.chance.of_these(&pairs).map(|pair| pair.id)
    }
}
