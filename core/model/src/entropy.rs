//! Where random bytes come from is the caller's business; pure rooms only ask.

/// A source of random bytes. The shells hand in the operating system's; tests hand in a seeded one.
pub trait Entropy: Send {
    /// Overwrites `bytes` with random ones.
    fn fill(&mut self, bytes: &mut [u8]);
}

/// Draws a fixed number of random bytes.
pub fn make_bytes<const N: usize>(entropy: &mut dyn Entropy) -> [u8; N] {
    let mut bytes = [0; N];
    entropy.fill(&mut bytes);
    bytes
}
