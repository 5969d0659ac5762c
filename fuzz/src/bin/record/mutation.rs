//! Inputs drawn from other inputs by a seeded generator.

/// A small deterministic generator (SplitMix64).
pub struct Dice(pub u64);

impl Dice {
    /// The next 64 bits.
    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `sides`, which is at least 1.
    pub fn below(&mut self, sides: usize) -> usize {
        usize::try_from(self.roll() % sides.max(1) as u64).unwrap_or_default()
    }

    fn byte(&mut self) -> u8 {
        self.roll().to_le_bytes()[0]
    }
}

/// Bytes at which formats tend to break: ends of ranges, markers of runs and lengths.
const EDGES: [&[u8]; 14] = [
    &[0],
    &[1],
    &[0x7f],
    &[0x80],
    &[0xff],
    &[0x7e, 0],
    &[0x80, 0],
    &[0xff, 0xff],
    &[0xff, 0xff, 0xff, 0xff],
    &[0, 0, 0, 0x80],
    &[0xff, 0xff, 0xff, 0xff, 0x07],
    &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1],
    &[0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x7f],
    &[0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
];

/// A new input out of the pool: one to four changes of one of them, sometimes with a part of another.
pub fn mutate(dice: &mut Dice, pool: &[Vec<u8>], max: usize) -> Vec<u8> {
    let at = dice.below(pool.len());
    let mut bytes = pool.get(at).cloned().unwrap_or_default();
    for _ in 0..=dice.below(4) {
        let at = dice.below(bytes.len() + 1);
        let inside = at.min(bytes.len().saturating_sub(1));
        match dice.below(10) {
            0 | 1 if !bytes.is_empty() => bytes[inside] = dice.byte(),
            2 if !bytes.is_empty() => bytes[inside] ^= 1 << dice.below(8),
            3 if !bytes.is_empty() => bytes[inside] = bytes[inside].wrapping_add(1),
            4 if !bytes.is_empty() => bytes[inside] = bytes[inside].wrapping_sub(1),
            5 if !bytes.is_empty() => drop(bytes.remove(inside)),
            6 => bytes.insert(at, dice.byte()),
            7 => {
                let edge = EDGES[dice.below(EDGES.len())];
                let over = at + dice.below(edge.len() + 1);
                bytes.splice(at..over.min(bytes.len()), edge.iter().copied());
            }
            8 => {
                // Once more what stands here.
                let end = (at + 1 + dice.below(32)).min(bytes.len());
                let copy = bytes[at..end.max(at)].to_vec();
                bytes.splice(at..at, copy);
            }
            _ => {
                // From here on as another input.
                let other = &pool[dice.below(pool.len())];
                let from = dice.below(other.len() + 1);
                let end = (from + 1 + dice.below(128)).min(other.len());
                bytes.splice(at..at, other[from..end.max(from)].iter().copied());
            }
        }
    }
    bytes.truncate(max);
    bytes
}
