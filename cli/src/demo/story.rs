//! The story itself, in the order it happens.

use std::path::Path;
use std::sync::Arc;

use belay_engine::NewResponse;
use belay_engine::model::ResponseKind;
use serde::Serialize;

use super::clock::StoryTime;
use super::companion::Companion;
use super::network::{HeldMailbox, Network};
use super::promise::{Kept, compare};
use super::scenes::Story;
use super::search::{Search, Searched};
use super::typed::{Typed, WORD_MIN};
use crate::draw::{draw_partner_check_in, draw_response};
use crate::error::{CliError, Result};
use crate::screen::{MINE, Screen};
use crate::words::{count, size};

/// How the story ended, for people who read JSON.
#[derive(Debug, Serialize)]
pub struct Ended {
    /// Where the relay listened.
    pub relay: String,
    /// What of the first one's arrived at the second as promised, and the other way round.
    pub kept: [Kept; 2],
    /// What the relay holds at the end.
    pub held: Vec<HeldMailbox>,
    /// Texts and words that were looked for in its files.
    pub words: usize,
    /// In how many files and bytes.
    pub searched: Searched,
}

/// Tells the story in three folders below `dir`.
pub async fn tell(dir: &Path, screen: &mut Screen) -> Result<Ended> {
    let time = Arc::new(StoryTime::default());
    time.set(2026, 10, 22, 17, 0)?;
    let mut typed = Typed::default();
    let mut network = Network::start(&dir.join("relay"), &time).await?;
    let mut story = Story {
        marisol: Companion::begin("Marisol", &dir.join("marisol"), &time, "Europe/Lisbon", 0)?,
        tobias: Companion::begin("Tobias", &dir.join("tobias"), &time, "Europe/Berlin", 4)?,
        time,
    };
    for word in [
        "Marisol",
        "Tobias",
        "Europe/Lisbon",
        "Europe/Berlin",
        "America/Toronto",
    ] {
        typed.add(word);
    }
    story.meet(&network.url(), &mut typed, screen).await?;
    let goals = story.begin_goals(&mut typed, screen).await?;
    network.cut().await?;
    story.write_offline(&goals, &mut typed, screen).await?;
    network.restore().await?;
    let kept = story.come_back(screen).await?;
    story.answer(&mut typed, screen).await?;

    let search = Search::new(&typed);
    let overlooked = search.overlooked(&typed);
    let mut searched = Searched::default();
    let mut findings = find(&search, dir, &mut searched)?;
    story.marisol.engine.shutdown()?;
    story.tobias.engine.shutdown()?;
    network.cut().await?;
    findings.extend(find(&search, dir, &mut searched)?);
    let held = network.holdings().await?;
    let ended = Ended {
        relay: network.addr().to_string(),
        kept,
        held,
        words: search.words(),
        searched,
    };
    ended.draw(screen);
    if let Some(word) = overlooked.first() {
        return wrong(format!("the search overlooks {word}"));
    }
    if !findings.is_empty() {
        return wrong(format!("typed words lie open: {}", findings.join(", ")));
    }
    Ok(ended)
}

impl Story {
    /// Monday: the network is back.
    async fn come_back(&mut self, screen: &mut Screen) -> Result<[Kept; 2]> {
        screen.gap();
        screen.heading("3  The network returns; both sync");
        self.time.set(2026, 10, 26, 12, 0)?;
        let (marisol, tobias) = (&self.marisol, &self.tobias);
        for companion in [marisol, tobias, marisol] {
            let report = companion.sync().await?;
            no_troubles(&report)?;
            screen.line(format_args!(
                "{:<8} sent {}, received {}",
                companion.name,
                count(report.envelopes_sent, "envelope"),
                count(report.items_received, "item")
            ));
        }
        let kept = [compare(marisol, tobias)?, compare(tobias, marisol)?];
        for (kept, (writer, reader)) in kept.iter().zip([(marisol, tobias), (tobias, marisol)]) {
            let line = format!(
                "{} sees exactly what {}'s previews said: {}, {}, {}.",
                reader.name,
                writer.name,
                count(kept.check_ins as u64, "check-in"),
                count(kept.goals as u64, "goal"),
                count(kept.outcomes as u64, "outcome")
            );
            done(screen, &line);
        }
        Ok(kept)
    }

    /// Tobias answers, and the answer arrives under the check-in it is about.
    async fn answer(&mut self, typed: &mut Typed, screen: &mut Screen) -> Result<()> {
        screen.gap();
        screen.heading("4  Tobias answers");
        let (marisol, tobias) = (&self.marisol, &self.tobias);
        let page = tobias.engine.partner(&tobias.space()?)?;
        let first = page
            .check_ins
            .iter()
            .min_by_key(|view| view.check_in.written.at_ms());
        let (Some(about), Some(person)) = (first, page.partner.person) else {
            return wrong("nothing arrived to answer".to_owned());
        };
        draw_partner_check_in(screen, None, about, &tobias.engine.now()?);
        let words = "Rosalind is lucky to have you beside the river. What frightens you most?";
        typed.add(words);
        tobias.engine.respond(NewResponse {
            space: tobias.space()?,
            person,
            about: about.name,
            kind: ResponseKind::Question,
            text: text(words),
        })?;
        self.time.set(2026, 10, 26, 12, 10)?;
        no_troubles(&tobias.sync().await?)?;
        no_troubles(&marisol.sync().await?)?;
        let now = marisol.engine.now()?;
        for view in marisol.engine.check_ins(20)? {
            for response in &view.responses {
                screen.line(format_args!(
                    "On Marisol's device, under {}:",
                    view.check_in.on.to_naive().format("%A")
                ));
                draw_response(screen, "  ", response, &now);
                let thursday = view.check_in.on == about.check_in.on;
                if thursday && !response.own && response.response.text.as_deref() == Some(words) {
                    return Ok(());
                }
            }
        }
        wrong("the answer did not arrive".to_owned())
    }
}

impl Ended {
    fn draw(&self, screen: &mut Screen) {
        screen.gap();
        screen.heading("5  What the relay knows");
        for (index, mailbox) in self.held.iter().enumerate() {
            let sizes: Vec<String> = mailbox
                .envelope_bytes
                .iter()
                .map(|bytes| size(*bytes))
                .collect();
            screen.line(format_args!(
                "Mailbox {}: {}, {} erased",
                index + 1,
                count(sizes.len() as u64, "sealed envelope"),
                mailbox.erased
            ));
            screen.quiet(&format!("  {}", sizes.join(" · ")));
        }
        screen.line(format_args!(
            "Searched {} ({}) of relay and stores for {} names, texts and words of {WORD_MIN} letters or \
             more, also as UTF-16, base64 and hexadecimal.",
            count(self.searched.files, "file"),
            size(self.searched.bytes),
            self.words
        ));
    }
}

fn find(search: &Search, dir: &Path, searched: &mut Searched) -> Result<Vec<String>> {
    search.files(dir, searched).map_err(CliError::io("search"))
}

pub(super) fn no_troubles(report: &belay_engine::SyncReport) -> Result<()> {
    match report.troubles.first() {
        Some(trouble) => wrong(format!("a sync had trouble: {}", trouble.code)),
        None if report.envelopes_refused > 0 => wrong("an envelope was refused".to_owned()),
        None => Ok(()),
    }
}

pub(super) fn wrong<T>(what: String) -> Result<T> {
    Err(CliError::Demo { what })
}

pub(super) fn done(screen: &mut Screen, line: &str) {
    let line = screen.paint(MINE, &format!("✓ {line}"));
    screen.line(line);
}

pub(super) fn text(words: &str) -> Option<String> {
    Some(words.to_owned())
}
