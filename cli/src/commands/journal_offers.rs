//! `belay journal prompts` and `templates`, and what `write --by` begins with (product id J4).

use belay_engine::{Engine, PromptView, known_template};

use crate::error::Result;
use crate::locale;
use crate::screen::Screen;
use crate::words::shown_line;

/// What an entry begins with.
#[derive(Debug, Default)]
pub struct Beginning {
    /// What the entry keeps of it.
    pub name: Option<String>,
    /// The question it answers.
    pub question: Option<String>,
    /// What stands in the editor at first.
    pub skeleton: String,
}

impl Beginning {
    /// What is meant by a name, before anybody types; nothing where none was given.
    pub fn of(named: Option<&str>, engine: &Engine) -> Result<Self> {
        let name = match named {
            Some(named) => known_template(named)?,
            None => None,
        };
        let Some(name) = name else {
            return Ok(Self::default());
        };
        let offers = engine.writing_offers(None, &locale::language())?;
        let prompt = offers.prompts.into_iter().find(|it| it.name == name);
        let template = offers.templates.into_iter().find(|it| it.name == name);
        Ok(Self {
            question: prompt.map(|prompt| prompt.ask),
            skeleton: template.map(|it| it.skeleton).unwrap_or_default(),
            name: Some(name),
        })
    }
}

/// Shows the questions for today, or all.
pub fn prompts(all: bool, engine: &Engine, screen: &mut Screen) -> Result<()> {
    let offers = engine.writing_offers(None, &locale::language())?;
    let shown = if all {
        &offers.prompts
    } else {
        &offers.for_the_day
    };
    screen.show(shown, |screen, prompts| {
        for prompt in prompts {
            draw_prompt(screen, prompt);
        }
        screen.quiet("`belay journal write --by NAME` begins with one.");
        if !all {
            screen.quiet("Tomorrow brings others; --all shows every one.");
        }
    });
    Ok(())
}

fn draw_prompt(screen: &mut Screen, prompt: &PromptView) {
    screen.line(shown_line(&prompt.ask));
    if let Some(hint) = &prompt.hint {
        screen.quiet(&format!("    {}", shown_line(hint)));
    }
    screen.quiet(&format!("    {}", short(&prompt.name)));
}

/// Shows the templates.
pub fn templates(engine: &Engine, screen: &mut Screen) -> Result<()> {
    let offers = engine.writing_offers(None, &locale::language())?;
    screen.show(&offers.templates, |screen, templates| {
        for template in templates {
            screen.heading(&shown_line(&template.title));
            screen.line(shown_line(&template.about));
            if let Some(mark) = &template.not_reviewed {
                screen.quiet(&format!("    {}", shown_line(mark)));
            }
            let steps: Vec<String> = template
                .steps
                .iter()
                .map(|step| shown_line(&step.title))
                .collect();
            screen.quiet(&format!("    {}", steps.join(" · ")));
            screen.quiet(&format!("    {}", short(&template.name)));
            screen.gap();
        }
        screen.quiet("`belay journal write --by NAME` opens one in your editor.");
    });
    Ok(())
}

/// A name as people type it: the present version is understood.
fn short(name: &str) -> &str {
    name.split('@').next().unwrap_or(name)
}
