//! What a person reads when something does not go: what happened, what is safe, what to do. One plain
//! sentence each; the stable code stands on a line of its own.

use belay_engine::BelayError;
use serde::Serialize;

use crate::error::CliError;
use crate::exit::Exit;
use crate::reason_words::reason_words;
use crate::rule_words::rule_sentence;
use crate::words::{field_name, ordinal, shown_line};

/// An error in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Told {
    /// The stable code (docs/errors.md).
    pub code: &'static str,
    /// What the code is about, as stable words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// What happened.
    pub sentence: String,
    /// What is safe, and what to do.
    pub next: String,
    /// The exit code.
    #[serde(skip)]
    pub exit: Exit,
}

impl Serialize for Exit {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(*self as u8)
    }
}

/// Puts an error in words.
pub fn tell(error: &CliError) -> Told {
    match error.cause() {
        CliError::Belay(error) => tell_belay(error),
        CliError::Rule(error) => tell_rule(error.field, error.rule.word()),
        CliError::Input { field, rule } => tell_rule(field, rule),
        CliError::Ambiguous { what, count } => told(
            Exit::Input,
            "invalid-input",
            Some(format!("{what}.ambiguous")),
            format!("{count} of your {}s begin like that.", field_name(what)),
            "Nothing was changed. Type a little more of it, or its number in the list.",
        ),
        CliError::MistypedWord {
            position,
            typed,
            nearest,
        } => told(
            Exit::Input,
            "invalid-input",
            Some("invitation.unknown_word".to_owned()),
            format!(
                "The {} word, '{}', is not in the list. Did you mean '{nearest}'?",
                ordinal(*position),
                shown_line(typed)
            ),
            "Nothing was changed. Type all four once more.",
        ),
        CliError::MistypedRecoveryWord { position, nearest } => told(
            Exit::Input,
            "invalid-input",
            Some("recovery_words.unknown_word".to_owned()),
            format!("Word {position} is not in the list. Did you mean '{nearest}'?"),
            "Nothing was changed. Type all 24 once more.",
        ),
        CliError::NeedsAnswer { flag } => told(
            Exit::Input,
            "invalid-input",
            Some("answer.needed".to_owned()),
            "Belay would ask before it does this, and nobody is at the keyboard.".to_owned(),
            &format!("Nothing was changed. Add {flag} to say so beforehand."),
        ),
        CliError::Declined => told(
            Exit::Unavailable,
            "unavailable",
            Some("declined".to_owned()),
            "Left as it was.".to_owned(),
            "Nothing was changed and nothing was sent.",
        ),
        CliError::NoKeyring => told(
            Exit::Unavailable,
            "unavailable",
            Some("no-keyring".to_owned()),
            "There is no keyring here to keep the key in.".to_owned(),
            "Nothing was written. Choose `--key passphrase` (you type it each time) or `--key file` \
             (whoever can read the file can read the store).",
        ),
        CliError::KeyringClosed => told(
            Exit::Locked,
            "locked",
            Some("keyring-closed".to_owned()),
            "The keyring is locked or did not answer.".to_owned(),
            "Everything is safe. Unlock the keyring of your desktop and try again.",
        ),
        CliError::KeyringEmpty => told(
            Exit::Locked,
            "locked",
            Some("keyring-empty".to_owned()),
            "The key of this store is not in this keyring.".to_owned(),
            "The store is whole. It opens where it was made, by the person who made it.",
        ),
        CliError::KeyFileDamaged { path } => told(
            Exit::Locked,
            "locked",
            Some("key-file".to_owned()),
            format!("The key file {} is not whole.", path.display()),
            "The store was not touched. Put back a copy of the key file if you have one.",
        ),
        CliError::KeyFileMissing { path } => told(
            Exit::Locked,
            "locked",
            Some("key-file".to_owned()),
            format!("The key of this store should lie in {}.", path.display()),
            "The store is whole, and it stays closed without that file. Put it back and try again.",
        ),
        CliError::Troubles { codes } => told(
            Exit::Relay,
            if codes.iter().any(|code| code == "offline") {
                "offline"
            } else {
                "relay-refused"
            },
            Some(codes.join(", ")),
            "Couldn't use every relay.".to_owned(),
            "Everything is saved here and will go out later.",
        ),
        CliError::Io { what, source } => told(
            Exit::Fault,
            "internal",
            Some((*what).to_owned()),
            format!("The machine would not let Belay do this ({what}): {source}."),
            "What was saved before is safe.",
        ),
        CliError::Demo { what } => told(
            Exit::Fault,
            "internal",
            Some("demo".to_owned()),
            format!("The demonstration saw something it must never see: {what}."),
            "No store of yours was involved. Please report it with the lines above.",
        ),
        CliError::Typed { .. } => unreachable!("cause() looks through what was typed"),
    }
}

fn told(
    exit: Exit,
    code: &'static str,
    detail: Option<String>,
    sentence: String,
    next: &str,
) -> Told {
    Told {
        code,
        detail,
        sentence,
        next: next.to_owned(),
        exit,
    }
}

fn tell_belay(error: &BelayError) -> Told {
    let code = error.code();
    let detail = error.detail();
    let (exit, sentence, next) = match error {
        BelayError::InvalidInput { field, rule } => return tell_rule(field, rule),
        BelayError::NotFound { what } if *what == "store" => (
            Exit::NotFound,
            "There is no Belay here yet.".to_owned(),
            "`belay init` begins one; `--dir` or BELAY_DIR names another place.",
        ),
        BelayError::NotFound { what } => (
            Exit::NotFound,
            format!("There is no such {} here.", field_name(what)),
            "Nothing was changed. The lists show what there is.",
        ),
        BelayError::Locked => (
            Exit::Locked,
            "The store is locked.".to_owned(),
            "Everything in it is safe. It opens with its passphrase: at the keyboard, or from the file \
             that --passphrase-file or BELAY_PASSPHRASE_FILE names.",
        ),
        BelayError::WrongSecret => (
            Exit::Locked,
            "That does not open this store.".to_owned(),
            "Everything in it is safe. Try again; capital letters and spaces count.",
        ),
        BelayError::Offline => (
            Exit::Relay,
            "Couldn't reach your relay.".to_owned(),
            "Everything is saved here and will go out later.",
        ),
        BelayError::RelayRefused { code } => (
            Exit::Relay,
            format!("The relay said no ({code})."),
            "Everything is saved here. Ask whoever runs the relay, or try again later.",
        ),
        BelayError::NewerData => (
            Exit::Store,
            "This store was written by a newer Belay.".to_owned(),
            "Nothing was changed. Update this program and open it again.",
        ),
        BelayError::DataDamaged { backup_path } => (
            Exit::Store,
            format!(
                "The store was damaged. It is set aside, whole, as {}.",
                backup_path.display()
            ),
            "Nothing was deleted. Keep that file; it may still be read with help.",
        ),
        BelayError::StorageFull => (
            Exit::Store,
            "The disk is full.".to_owned(),
            "What was saved before is safe; this was not written in part. Make some room and try again.",
        ),
        BelayError::Unavailable { reason } => return tell_unavailable(reason),
        BelayError::Closed => (
            Exit::Unavailable,
            "Belay is closing.".to_owned(),
            "Everything that was saved is safe.",
        ),
        BelayError::Internal { code } => (
            Exit::Fault,
            format!("Belay tripped over itself ({code})."),
            "What was saved before is safe. Please report this code.",
        ),
    };
    told(exit, code, detail, sentence, next)
}

fn tell_unavailable(reason: &'static str) -> Told {
    let (sentence, next) = reason_words(reason);
    let exit = match reason {
        "relay-answer" | "relay-needs-token" | "relay-untrusted" => Exit::Relay,
        "key-file-damaged" | "key-file-missing" => Exit::Locked,
        "store-suspect" => Exit::Store,
        _ => Exit::Unavailable,
    };
    told(
        exit,
        "unavailable",
        Some(reason.to_owned()),
        sentence.to_owned(),
        next,
    )
}

fn tell_rule(field: &str, rule: &str) -> Told {
    told(
        Exit::Input,
        "invalid-input",
        Some(format!("{field}.{rule}")),
        rule_sentence(field, rule),
        "Nothing was changed.",
    )
}

#[cfg(test)]
mod tests {
    use belay_engine::model::Rule;

    use super::*;

    #[test]
    fn no_sentence_hurts_or_speaks_of_the_machine() {
        let mut told: Vec<Told> = belay_engine::REASONS
            .iter()
            .map(|reason| tell_unavailable(reason))
            .collect();
        let rules = [
            Rule::Empty,
            Rule::TooManyCharacters { limit: 1 },
            Rule::TooManyBytes { limit: 1 },
            Rule::NotAllowedHere,
            Rule::ControlCharacter,
            Rule::InTheFuture,
            Rule::OutOfRange,
            Rule::UnknownWord,
            Rule::UnknownZone,
            Rule::NotANumber,
            Rule::NotADay,
        ];
        for field in [
            "mood",
            "on",
            "note",
            "display_name",
            "reason",
            "emotions",
            "fields",
        ] {
            told.extend(rules.map(|rule| tell_rule(field, rule.word())));
        }
        told.extend([
            tell_belay(&BelayError::Locked),
            tell_belay(&BelayError::WrongSecret),
            tell_belay(&BelayError::Offline),
            tell_belay(&BelayError::NewerData),
            tell_belay(&BelayError::StorageFull),
            tell_belay(&BelayError::Internal { code: "x" }),
            tell(&CliError::NoKeyring),
            tell(&CliError::KeyringClosed),
            tell(&CliError::KeyringEmpty),
            tell(&CliError::Declined),
        ]);
        for told in told {
            let text = format!("{} {}", told.sentence, told.next).to_lowercase();
            for word in [
                "failed", "missed", "broke", "streak", "user", "error", "invalid",
            ] {
                assert!(!text.contains(word), "{word} in {text}");
            }
            assert!(told.sentence.ends_with(['.', '?']), "{}", told.sentence);
        }
    }
}
