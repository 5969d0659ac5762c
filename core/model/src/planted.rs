//! Bugs planted on purpose, so that the simulator (`testing/simulate`) can show that it would find them. Only with
//! the feature `planted`, which no crate that ships asks for (`cargo xtask layers`); and then only where a thread
//! turns one on. Otherwise every question is answered `false` while compiling.

/// A bug that is planted at one place in the code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Planted {
    /// A device whose `self` is behind publishes its older copy over a newer one.
    PublishFromStale,
    /// A store that was put back from an older copy goes on in the incarnation it had.
    KeepIncarnation,
    /// A change takes effect before anybody looks whether its document was erased.
    ApplyBeforeErase,
}

impl Planted {
    /// All of them.
    pub const ALL: [Self; 3] = [
        Self::PublishFromStale,
        Self::KeepIncarnation,
        Self::ApplyBeforeErase,
    ];

    /// Whether this thread turned it on.
    #[must_use]
    #[cfg(not(feature = "planted"))]
    pub const fn grows(self) -> bool {
        false
    }

    /// Whether this thread turned it on.
    #[must_use]
    #[cfg(feature = "planted")]
    pub fn grows(self) -> bool {
        GROWING.get() == Some(self)
    }
}

#[cfg(feature = "planted")]
thread_local! {
    static GROWING: std::cell::Cell<Option<Planted>> = const { std::cell::Cell::new(None) };
    static TAMPERING: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}

/// From now on what this thread signs is tampered with now and then, as a hostile member would, drawn from the
/// seed; 0 ends it.
#[cfg(feature = "planted")]
pub fn tamper_from(seed: u64) {
    TAMPERING.set(seed);
}

/// Whatever is about to be signed passes here; it stays as it is.
#[cfg(not(feature = "planted"))]
pub const fn before_signing(_body: &mut Vec<u8>) {}

/// Whatever is about to be signed passes here; only a hostile member's comes out otherwise.
#[cfg(feature = "planted")]
pub fn before_signing(body: &mut Vec<u8>) {
    let mut drawn = TAMPERING.get();
    if drawn == 0 {
        return;
    }
    drawn ^= drawn << 13;
    drawn ^= drawn >> 7;
    drawn ^= drawn << 17;
    TAMPERING.set(drawn);
    let [how, at, with, ..] = drawn.to_le_bytes();
    let at = usize::from(at) * body.len() / 256;
    match how % 10 {
        0 | 1 => {
            if let Some(byte) = body.get_mut(at) {
                *byte ^= 1 << (with % 8);
            }
        }
        2 => body.truncate(at),
        3 => body.push(with),
        // The number of a schema of a later time, where the body is a record.
        4 => {
            if let Some(schema) = body.get_mut(9..11) {
                schema.copy_from_slice(&[with, 0x70]);
            }
        }
        _ => {}
    }
}

/// Turns one on in this thread, or all off.
#[cfg(feature = "planted")]
pub fn plant(bug: Option<Planted>) {
    GROWING.set(bug);
}
