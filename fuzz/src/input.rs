//! An input as a source of values.

/// Takes bytes from the input, one value after the other; zeros when it is used up.
pub struct Input<'a>(pub &'a [u8]);

impl<'a> Input<'a> {
    /// The next byte.
    pub fn byte(&mut self) -> u8 {
        self.take(1).first().copied().unwrap_or_default()
    }

    /// The next two bytes, little-endian.
    pub fn u16(&mut self) -> u16 {
        u16::from_le_bytes([self.byte(), self.byte()])
    }

    /// The next number in LEB128, as it stands there; zero when the input is used up.
    pub fn time(&mut self) -> &'a [u8] {
        let length = self.0.iter().take_while(|byte| **byte >= 0x80).count() + 1;
        match self.take(length) {
            [] => &[0],
            number => number,
        }
    }

    /// The next `count` bytes, or as many as there are.
    pub fn take(&mut self, count: usize) -> &'a [u8] {
        let (taken, rest) = self.0.split_at(count.min(self.0.len()));
        self.0 = rest;
        taken
    }
}
