//! The first days of the story: the two meet, begin, and write without a network.

use std::collections::BTreeMap;
use std::sync::Arc;

use belay_engine::model::{CheckInFields, CivilDay, DocName, OutcomeStatus, Schedule};
use belay_engine::{NewCheckIn, NewGoal, NewOutcome};

use super::clock::StoryTime;
use super::companion::Companion;
use super::story::{done, no_troubles, text, wrong};
use super::typed::Typed;
use crate::error::Result;
use crate::screen::Screen;

/// The two and their time.
pub(super) struct Story {
    pub marisol: Companion,
    pub tobias: Companion,
    pub time: Arc<StoryTime>,
}

/// The goals they begin with.
pub(super) struct Goals {
    swim: DocName,
    grandmother: DocName,
    light: DocName,
}

impl Story {
    /// Thursday: the two pair over the relay and read out four words.
    pub async fn meet(
        &mut self,
        relay: &str,
        typed: &mut Typed,
        screen: &mut Screen,
    ) -> Result<()> {
        screen.heading("1  Two people, two stores, one relay");
        let (marisol, tobias) = (&mut self.marisol, &mut self.tobias);
        marisol.engine.set_relay(Some(relay), false)?;
        let invitation = marisol.engine.invite().await?;
        typed.add(&invitation.text);
        let (shown, scanned) = tokio::join!(
            marisol.engine.await_partner(&invitation.id),
            tobias.engine.accept_invitation(&invitation.text)
        );
        let (shown, scanned) = (shown?.partner, scanned?.partner);
        screen.line(format_args!(
            "Marisol reads out: {}",
            shown.comparison_words.join(" ")
        ));
        screen.line(format_args!(
            "Tobias reads out:  {}",
            scanned.comparison_words.join(" ")
        ));
        if shown.comparison_words.len() != 4 || shown.comparison_words != scanned.comparison_words {
            return wrong("the comparison words differ".to_owned());
        }
        done(screen, "The same: nobody stands between them.");
        marisol.paired(shown.space);
        tobias.paired(scanned.space);
        marisol.engine.mark_compared(&shown.space, true)?;
        tobias.engine.mark_compared(&scanned.space, true)?;
        marisol
            .engine
            .set_usual_fields(&shown.space, "mood, win, need".parse()?)?;
        screen
            .line("Marisol lets Tobias usually see mood, win and need. Tobias chooses each time.");
        Ok(())
    }

    /// Thursday: goals, some shared in part, one with nobody; a first exchange.
    pub async fn begin_goals(&mut self, typed: &mut Typed, screen: &mut Screen) -> Result<Goals> {
        let (marisol, tobias) = (&self.marisol, &self.tobias);
        let goal = |title: &str, schedule: &str, why: &str| -> Result<NewGoal> {
            Ok(NewGoal {
                title: title.to_owned(),
                schedule: schedule.parse::<Schedule>()?,
                why: Some(why.to_owned()),
                audience: BTreeMap::new(),
                ..NewGoal::default()
            })
        };
        let mut swim = goal(
            "Swim forty lanes",
            "mon,wed,fri",
            "Underwater the telephone is silent",
        )?;
        let fields = "title, schedule, status, skip reason".parse()?;
        swim.audience.insert(marisol.space()?, fields);
        let grandmother = goal(
            "Phone grandmother",
            "daily",
            "She forgets, I remember for both",
        )?;
        let mut light = goal(
            "Bedroom lamp dark by eleven",
            "daily",
            "Tired fathers shout",
        )?;
        let fields = "title, schedule, why, status, note".parse()?;
        light.audience.insert(tobias.space()?, fields);
        let goals = Goals {
            swim: marisol.add_goal(typed, swim)?.name,
            grandmother: marisol.add_goal(typed, grandmother)?.name,
            light: tobias.add_goal(typed, light)?.name,
        };
        screen.line("She shares a goal without its why, and keeps another one to herself.");
        self.time.set(2026, 10, 22, 17, 5)?;
        for companion in [marisol, tobias, marisol] {
            no_troubles(&companion.sync().await?)?;
        }
        Ok(goals)
    }

    /// Thursday to Sunday without a network: a flight, a night with two half past twos, a regret.
    pub async fn write_offline(
        &mut self,
        goals: &Goals,
        typed: &mut Typed,
        screen: &mut Screen,
    ) -> Result<()> {
        screen.gap();
        screen.heading("2  The network is cut; both write");
        let (marisol, tobias, time) = (&mut self.marisol, &mut self.tobias, &self.time);
        time.set(2026, 10, 22, 20, 10)?;
        let new = NewCheckIn {
            template: "evening".parse()?,
            mood: Some("good".parse()?),
            emotions: ["grateful".parse()?, "worried".parse()?].into(),
            win: text("Walked along the river with my neighbour Rosalind"),
            struggle: text("Her illness frightens me more than I admit"),
            need: Some("ask me".parse()?),
            note: text("Slept four hours since Tuesday"),
            outcomes: vec![outcome(goals.grandmother, OutcomeStatus::Done)],
            ..NewCheckIn::default()
        };
        marisol.check_in(screen, typed, new)?;
        let report = marisol.sync().await?;
        if !report
            .troubles
            .iter()
            .any(|trouble| trouble.code == "offline")
        {
            return wrong("a relay that is gone was not noticed".to_owned());
        }
        done(
            screen,
            "Couldn't reach the relay. Everything is saved and will go out later.",
        );

        time.set(2026, 10, 23, 20, 5)?;
        let mut kept = outcome(goals.light, OutcomeStatus::Partly);
        kept.note = text("Twenty minutes late, phone stayed downstairs");
        let new = NewCheckIn {
            mood: Some("hard".parse()?),
            energy: Some("low".parse()?),
            struggle: text("Shouted at breakfast again"),
            plan: text("Apologise properly tomorrow, kneeling, eye to eye"),
            need: Some("just listen".parse()?),
            note: text("Considering counselling, not ready to say so"),
            outcomes: vec![kept],
            audience: Some([(tobias.space()?, everything_but_the_note())].into()),
            ..NewCheckIn::default()
        };
        tobias.check_in(screen, typed, new)?;

        screen.gap();
        screen.line("Marisol flies to Toronto: her Saturday has 29 hours. In Berlin the clocks go back tonight.");
        marisol.clock.travel("America/Toronto");
        time.set(2026, 10, 25, 0, 30)?;
        let saturday = CivilDay::new(2026, 10, 24)?;
        let friday = CivilDay::new(2026, 10, 23)?;
        let mut skipped = outcome(goals.swim, OutcomeStatus::Skipped);
        skipped.reason = text("Packing suitcases until midnight");
        let new = NewCheckIn {
            on: Some(friday),
            mood: Some("in between".parse()?),
            win: text("Everything fitted into one suitcase"),
            outcomes: vec![skipped],
            ..NewCheckIn::default()
        };
        let late = marisol.check_in(screen, typed, new)?;
        let new = NewCheckIn {
            mood: Some("very good".parse()?),
            win: text("Landed, and my sister stood there with balloons"),
            struggle: text("Pretending to like the balloons"),
            ..NewCheckIn::default()
        };
        let landed = marisol.check_in(screen, typed, new)?;
        if !late.late || landed.late || landed.check_in.on != saturday {
            return wrong("the flight moved a check-in to another day".to_owned());
        }

        let mut nights = Vec::new();
        for (hour, words) in [
            (0, "Awake: the baby coughs"),
            (1, "Still awake, humming lullabies"),
        ] {
            time.set(2026, 10, 25, hour, 30)?;
            let new = NewCheckIn {
                mood: Some("in between".parse()?),
                note: text(words),
                audience: Some([(tobias.space()?, CheckInFields::all())].into()),
                ..NewCheckIn::default()
            };
            nights.push(tobias.check_in(screen, typed, new)?.check_in);
        }
        let same_clock = nights[0].written.local_time() == nights[1].written.local_time();
        if !same_clock || nights.iter().any(|night| night.on != saturday) {
            return wrong("the night of two half past twos fell apart".to_owned());
        }
        done(
            screen,
            "Twice 02:30, and both belong to his Saturday, which ends at 04:00.",
        );
        regret(marisol, tobias, time, goals, typed, screen)
    }
}

/// Sunday: one check-in for nobody, one taken back within its hold, one day not done that stays private.
fn regret(
    marisol: &mut Companion,
    tobias: &mut Companion,
    time: &StoryTime,
    goals: &Goals,
    typed: &mut Typed,
    screen: &mut Screen,
) -> Result<()> {
    screen.gap();
    time.set(2026, 10, 25, 18, 0)?;
    let new = NewCheckIn {
        mood: Some("hard".parse()?),
        struggle: text("Quarrelled about inheritance"),
        audience: Some(BTreeMap::new()),
        ..NewCheckIn::default()
    };
    marisol.check_in(screen, typed, new)?;
    screen.line("She keeps this one for herself.");
    let new = NewCheckIn {
        mood: Some("very hard".parse()?),
        win: text("Slammed every door in the house"),
        ..NewCheckIn::default()
    };
    let hasty = marisol.check_in(screen, typed, new)?;
    marisol.undo(&hasty.name)?;
    screen.line("She takes that one back within ten seconds: it never leaves.");
    time.set(2026, 10, 25, 20, 0)?;
    let new = NewCheckIn {
        mood: Some("good".parse()?),
        win: text("Pancakes, and a quiet breakfast"),
        outcomes: vec![outcome(goals.light, OutcomeStatus::NotDone)],
        audience: Some([(tobias.space()?, "mood, win".parse()?)].into()),
        ..NewCheckIn::default()
    };
    tobias.check_in(screen, typed, new)?;
    screen.line("That the lamp burned late stays with him: days not done are not shared.");
    Ok(())
}

fn everything_but_the_note() -> CheckInFields {
    CheckInFields::all().without(belay_engine::model::CheckInField::Note)
}

fn outcome(goal: DocName, status: OutcomeStatus) -> NewOutcome {
    NewOutcome {
        goal,
        on: None,
        status,
        note: None,
        reason: None,
        amount: None,
    }
}
