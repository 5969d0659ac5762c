//! The end of the story without any server: the phone is lost, and the words bring everything back.

use std::path::Path;

use belay_engine::model::{CheckInFields, DocName};
use belay_engine::{BundleFor, NewBundle, NewCheckIn, NewRestored};

use super::companion::Companion;
use super::lan::{Hut, same_things, say_met};
use super::room::meet;
use super::story::{done, text, wrong};
use crate::error::{CliError, Result};
use crate::screen::Screen;
use crate::words::count;

/// What Amira keeps at home: 24 words on paper, and beside them the keys, sealed so that only these open them.
pub struct AtHome {
    words: String,
    keys: Vec<Vec<u8>>,
}

impl Hut {
    /// The words are written down, and the sealed keys are left with the tablet.
    pub fn leave_at_home(&self, screen: &mut Screen) -> Result<AtHome> {
        let words = self.amira.engine.recovery_words()?.join(" ");
        self.amira.engine.confirm_recovery_words(&words)?;
        let keys = self.amira.engine.sealed_keyring()?;
        screen.line("She writes down her 24 words; the phone forgets them and leaves its sealed keys at home.");
        Ok(AtHome { words, keys })
    }

    /// The phone falls into a crevasse. A new one is given the words, and meets the tablet.
    pub async fn lose_the_phone(
        &mut self,
        dir: &Path,
        home: AtHome,
        tablet: &Companion,
        screen: &mut Screen,
    ) -> Result<usize> {
        screen.gap();
        screen.heading("5  The phone is lost; 24 words bring everything back");
        self.time.set(2026, 7, 19, 12, 0)?;
        let space = self.amira.space()?;
        let lost = self.amira.engine.shutdown();
        lost?;
        std::fs::remove_dir_all(dir.join("amira-phone")).map_err(CliError::io("folder"))?;
        screen.line("The old phone is at the bottom of a glacier, with its store.");
        let new = NewRestored {
            words: home.words.into(),
            device_name: text("new phone"),
            ..NewRestored::default()
        };
        let place = dir.join("amira-new-phone");
        let restored = Companion::restored(&self.amira, &place, &self.time, new, home.keys);
        let (mut phone, view) = restored?;
        screen.line(format_args!(
            "The words open the keys: {} and her own journal are hers again.",
            count(view.partnerships, "partnership")
        ));
        if view.partnerships != 1 {
            return wrong("the partnership did not come back".to_owned());
        }
        phone.paired(space);
        // Nobody has heard of this phone yet. A file says who it is; any way of sharing one will do.
        let file = dir.join("new-phone.belay-bundle");
        let everybody = NewBundle {
            for_whom: BundleFor::Everybody,
            whole: false,
            attachments: false,
        };
        phone.engine.write_bundle(&file, everybody, &|_| {})?;
        for reader in [&tablet.engine, &self.bruno.engine] {
            reader.read_bundle(&file, &|_| {})?;
        }
        screen.line(
            "A small sealed file, passed on like a picture, tells the tablet and Bruno of it.",
        );
        let report = meet(&phone.engine, &tablet.engine).await?;
        say_met(screen, "The new phone", &report);
        let things = same_things(&phone.engine, &tablet.engine)?;
        done(
            screen,
            "All she ever wrote is on it: no server had it, and none was asked.",
        );
        self.amira = phone;
        Ok(things)
    }

    /// The same hut, once more.
    pub async fn go_on(&mut self, screen: &mut Screen) -> Result<()> {
        screen.gap();
        screen.heading("6  They meet once more");
        self.time.set(2026, 7, 25, 17, 0)?;
        let (amira, bruno, typed) = (&mut self.amira, &mut self.bruno, &mut self.typed);
        meet(&amira.engine, &bruno.engine).await?;
        let all = |companion: &Companion| -> Result<_> {
            Ok(Some([(companion.space()?, CheckInFields::all())].into()))
        };
        let win = "Found the balcony again, without ashtray";
        let new = NewCheckIn {
            mood: Some("very good".parse()?),
            win: text(win),
            audience: all(amira)?,
            ..NewCheckIn::default()
        };
        let hers: DocName = amira.check_in(screen, typed, new)?.name;
        let answer = "Cupboard stays closed since Tuesday";
        let new = NewCheckIn {
            mood: Some("good".parse()?),
            win: text(answer),
            audience: all(bruno)?,
            ..NewCheckIn::default()
        };
        bruno.check_in(screen, typed, new)?;
        self.time.set(2026, 7, 25, 17, 5)?;
        meet(&amira.engine, &bruno.engine).await?;
        let sees = |reader: &Companion, words: &str| -> Result<bool> {
            let page = reader.engine.partner(&reader.space()?)?;
            let mut wins = page
                .check_ins
                .iter()
                .map(|view| view.check_in.win.as_deref());
            Ok(wins.any(|win| win == Some(words)))
        };
        if !sees(bruno, win)? || !sees(amira, answer)? {
            return wrong(format!("{hers} or its answer did not arrive"));
        }
        done(
            screen,
            "Her new phone and his share on, as if nothing had been lost.",
        );
        Ok(())
    }
}
