//! The story without any server: two people who only ever meet in one room.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use belay_engine::model::{CheckInFields, ResponseKind};
use belay_engine::{Engine, LanReport, NewCheckIn, NewEntry, NewResponse};
use serde::Serialize;

use super::clock::StoryTime;
use super::companion::Companion;
use super::promise::{Kept, compare};
use super::room::{HERE, add_device, meet};
use super::search::{Search, Searched};
use super::story::{done, text, wrong};
use super::typed::Typed;
use crate::error::{CliError, Result};
use crate::screen::Screen;
use crate::words::{count, size};

/// How the story ended, for people who read JSON.
#[derive(Debug, Serialize)]
pub struct EndedNear {
    /// What of the first one's arrived at the second as promised, and the other way round.
    pub kept: [Kept; 2],
    /// Check-ins and entries that the new phone shows.
    pub brought_back: usize,
    /// Relays that any of the devices ever knew.
    pub relays: usize,
    /// Texts and words that were looked for in the stores' files.
    pub words: usize,
    /// In how many files and bytes.
    pub searched: Searched,
}

/// The two, and the first one's further devices as they come.
pub(super) struct Hut {
    pub amira: Companion,
    pub bruno: Companion,
    pub time: Arc<StoryTime>,
    pub typed: Typed,
}

/// Tells the story in folders below `dir`.
pub async fn tell_near(dir: &Path, screen: &mut Screen) -> Result<EndedNear> {
    let time = Arc::new(StoryTime::default());
    time.set(2026, 7, 3, 18, 0)?;
    let mut hut = Hut {
        amira: Companion::begin("Amira", &dir.join("amira-phone"), &time, "Europe/Zurich", 0)?,
        bruno: Companion::begin("Bruno", &dir.join("bruno"), &time, "Europe/Zurich", 0)?,
        time,
        typed: Typed::default(),
    };
    hut.meet_first(screen).await?;
    hut.write_apart(screen)?;
    let kept = hut.meet_again(screen).await?;
    let tablet = hut.add_tablet(dir, screen).await?;
    let home = hut.leave_at_home(screen)?;
    let brought_back = hut.lose_the_phone(dir, home, &tablet, screen).await?;
    hut.go_on(screen).await?;

    let mut relays = 0;
    for engine in [&tablet.engine, &hut.amira.engine, &hut.bruno.engine] {
        let spaces = engine.status()?.spaces;
        relays += spaces.iter().map(|space| space.relays.len()).sum::<usize>();
        engine.shutdown()?;
    }
    let search = Search::new(&hut.typed);
    let mut searched = Searched::default();
    let findings = search.files(dir, &mut searched);
    let findings = findings.map_err(CliError::io("search"))?;
    let ended = EndedNear {
        kept,
        brought_back,
        relays,
        words: search.words(),
        searched,
    };
    ended.draw(screen);
    if relays > 0 {
        return wrong("somebody knew a relay".to_owned());
    }
    if !findings.is_empty() {
        return wrong(format!("typed words lie open: {}", findings.join(", ")));
    }
    Ok(ended)
}

pub(super) fn say_met(screen: &mut Screen, who: &str, report: &LanReport) {
    let sent: u64 = report.meetings.iter().map(|met| met.envelopes_sent).sum();
    let came: u64 = report.meetings.iter().map(|met| met.items_received).sum();
    screen.line(format_args!(
        "{who}: gave {}, received {}.",
        count(sent, "envelope"),
        count(came, "item")
    ));
}

impl Hut {
    /// Friday: a mountain hut without a network to anywhere. One shows a code, the other one reads it.
    async fn meet_first(&mut self, screen: &mut Screen) -> Result<()> {
        screen.heading("1  Two people in a mountain hut, and no server anywhere");
        let (amira, bruno) = (&mut self.amira, &mut self.bruno);
        let invitation = amira.engine.invite_near(HERE).await?;
        let (shown, read) = tokio::join!(
            amira.engine.await_partner(&invitation.id),
            bruno.engine.accept_invitation(&invitation.text)
        );
        let (shown, read) = (shown?.partner, read?.partner);
        screen.line("Amira's phone shows a code, Bruno's reads it across the table.");
        screen.line(format_args!(
            "Amira reads out: {}",
            shown.comparison_words.join(" ")
        ));
        screen.line(format_args!(
            "Bruno reads out: {}",
            read.comparison_words.join(" ")
        ));
        if shown.comparison_words.len() != 4 || shown.comparison_words != read.comparison_words {
            return wrong("the comparison words differ".to_owned());
        }
        done(screen, "The same: nobody stands between them.");
        for (companion, space) in [(amira, shown.space), (bruno, read.space)] {
            companion.engine.mark_compared(&space, true)?;
            companion.paired(space);
        }
        for word in ["Amira", "Bruno", "Europe/Zurich"] {
            self.typed.add(word);
        }
        Ok(())
    }

    /// A week in two valleys: nothing can leave, and nothing is lost.
    fn write_apart(&mut self, screen: &mut Screen) -> Result<()> {
        screen.gap();
        screen.heading("2  Each goes home and writes");
        self.time.set(2026, 7, 5, 20, 0)?;
        let (amira, bruno, typed) = (&mut self.amira, &mut self.bruno, &mut self.typed);
        let everything = |companion: &Companion| -> Result<_> {
            Ok(Some(BTreeMap::from([(
                companion.space()?,
                CheckInFields::all(),
            )])))
        };
        let new = NewCheckIn {
            mood: Some("good".parse()?),
            win: text("Carried firewood without counting cigarettes"),
            struggle: text("Evenings on the balcony smell of smoke"),
            audience: everything(amira)?,
            ..NewCheckIn::default()
        };
        amira.check_in(screen, typed, new)?;
        let entry = "Grandfather's pocketknife lay beneath the stairs all along.";
        typed.add(entry);
        amira.engine.write_entry(NewEntry {
            text: entry.to_owned(),
            ..NewEntry::default()
        })?;
        screen.line("And an entry in her journal, for nobody else.");
        let new = NewCheckIn {
            mood: Some("in between".parse()?),
            struggle: text("Opened the cupboard twice, closed it twice"),
            audience: everything(bruno)?,
            ..NewCheckIn::default()
        };
        bruno.check_in(screen, typed, new)?;
        Ok(())
    }

    /// Saturday: the same hut. What waited is exchanged, and answered.
    async fn meet_again(&mut self, screen: &mut Screen) -> Result<[Kept; 2]> {
        screen.gap();
        screen.heading("3  They meet again");
        self.time.set(2026, 7, 11, 17, 0)?;
        let (amira, bruno) = (&self.amira, &self.bruno);
        let report = meet(&amira.engine, &bruno.engine).await?;
        say_met(screen, "Amira's phone", &report);
        let kept = [compare(amira, bruno)?, compare(bruno, amira)?];
        done(
            screen,
            "Each sees exactly what the other one's preview said.",
        );
        let page = bruno.engine.partner(&bruno.space()?)?;
        let (Some(about), Some(person)) = (page.check_ins.first(), page.partner.person) else {
            return wrong("nothing arrived to answer".to_owned());
        };
        let words = "Firewood counts double. Tell me about the balcony.";
        self.typed.add(words);
        bruno.engine.respond(NewResponse {
            space: bruno.space()?,
            person,
            about: about.name,
            kind: ResponseKind::Encouragement,
            text: text(words),
        })?;
        self.time.set(2026, 7, 11, 17, 5)?;
        meet(&bruno.engine, &amira.engine).await?;
        let mine = amira.engine.check_ins(1)?;
        let arrived = mine.first().is_some_and(|view| {
            let mut responses = view.responses.iter();
            responses.any(|response| response.response.text.as_deref() == Some(words))
        });
        if !arrived {
            return wrong("the answer did not arrive".to_owned());
        }
        done(screen, "Bruno answers, and Amira reads it a minute later.");
        Ok(kept)
    }

    /// Saturday evening: Amira's tablet is let in by her phone, in the room.
    async fn add_tablet(&mut self, dir: &Path, screen: &mut Screen) -> Result<Companion> {
        screen.gap();
        screen.heading("4  A tablet is added");
        self.time.set(2026, 7, 11, 21, 0)?;
        let place = dir.join("amira-tablet");
        let tablet = Companion::further("Amira", &place, &self.time, "Europe/Zurich")?;
        let words = add_device(&self.amira.engine, &tablet.engine, "tablet").await?;
        screen.line(format_args!("Phone and tablet show: {}", words.join(" ")));
        let report = meet(&tablet.engine, &self.amira.engine).await?;
        say_met(screen, "The tablet", &report);
        same_things(&self.amira.engine, &tablet.engine)?;
        done(
            screen,
            "Everything she ever wrote is on it, and no server had it.",
        );
        Ok(tablet)
    }
}

/// Fails unless both devices show the same check-ins and entries; says how many.
pub(super) fn same_things(one: &Engine, other: &Engine) -> Result<usize> {
    let [first, second] = [things(one)?, things(other)?];
    if first != second || first.is_empty() {
        return wrong(format!("two devices differ: {first:?}, {second:?}"));
    }
    Ok(first.len())
}

fn things(engine: &Engine) -> Result<BTreeSet<String>> {
    let mut things = BTreeSet::new();
    for view in engine.check_ins(1_000)? {
        things.insert(format!("{:?} {:?}", view.check_in.on, view.check_in.win));
    }
    for line in engine
        .entries(&belay_engine::EntryQuery::default())?
        .entries
    {
        things.insert(engine.entry(&line.name)?.entry.text);
    }
    Ok(things)
}

impl EndedNear {
    fn draw(&self, screen: &mut Screen) {
        screen.gap();
        screen.heading("7  What lies on the disks");
        screen.line(format_args!(
            "Searched {} ({}) of all the stores for {} names, texts and words, also as UTF-16, base64 and \
             hexadecimal.",
            count(self.searched.files, "file"),
            size(self.searched.bytes),
            self.words
        ));
    }
}
