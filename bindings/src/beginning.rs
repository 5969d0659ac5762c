//! What a store begins with. Records of this room, because what is generated from them must not print a passphrase.

use std::fmt;

use belay_engine::model::DayStart;

/// A new person: core/engine/src/input.rs.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
#[uniffi::export(Debug, Display)]
pub struct NewPerson {
    /// The name partners will see; may stay open until the first pairing.
    #[uniffi(default = None)]
    pub display_name: Option<String>,
    /// When the person's day begins.
    #[uniffi(default)]
    pub day_start: DayStart,
    /// A passphrase beside the secret of the secret store; nothing to open with the secret alone.
    #[uniffi(default = None)]
    pub passphrase: Option<String>,
}

/// A further device of somebody who uses Belay on another one: core/engine/src/input.rs.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
#[uniffi::export(Debug, Display)]
pub struct NewOwnDevice {
    /// A passphrase beside the secret of the secret store; nothing to open with the secret alone.
    #[uniffi(default = None)]
    pub passphrase: Option<String>,
}

impl From<NewPerson> for belay_engine::NewPerson {
    fn from(new: NewPerson) -> Self {
        let NewPerson {
            display_name,
            day_start,
            passphrase,
        } = new;
        Self {
            display_name,
            day_start,
            passphrase,
        }
    }
}

impl From<NewOwnDevice> for belay_engine::NewOwnDevice {
    fn from(new: NewOwnDevice) -> Self {
        let NewOwnDevice { passphrase } = new;
        Self { passphrase }
    }
}

/// Neither name nor passphrase.
impl fmt::Debug for NewPerson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NewPerson(..)")
    }
}

/// Neither name nor passphrase.
impl fmt::Display for NewPerson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// No passphrase.
impl fmt::Debug for NewOwnDevice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NewOwnDevice(..)")
    }
}

/// No passphrase.
impl fmt::Display for NewOwnDevice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}
