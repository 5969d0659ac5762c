//! Who is there: persons, devices, spaces.

/// A world to begin with.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// What it is called.
    pub name: &'static str,
    /// Whose each device is; a person's first device stands before the others.
    pub devices: &'static [usize],
    /// Devices that paired, for their persons.
    pub pairs: &'static [(usize, usize)],
    /// Whether anybody ever reaches the relay after pairing; else everything travels from device to device.
    pub relay: bool,
    /// How often it is drawn, in relation to the others.
    pub weight: usize,
}

/// All worlds.
pub const PLANS: [Plan; 6] = [
    Plan {
        name: "two persons",
        devices: &[0, 1],
        pairs: &[(0, 1)],
        relay: true,
        weight: 6,
    },
    Plan {
        name: "two persons, one with a tablet",
        devices: &[0, 0, 1],
        pairs: &[(0, 2)],
        relay: true,
        weight: 6,
    },
    Plan {
        name: "one person with three devices",
        devices: &[0, 0, 0],
        pairs: &[],
        relay: true,
        weight: 3,
    },
    Plan {
        name: "three persons, each with each",
        devices: &[0, 1, 2],
        pairs: &[(0, 1), (0, 2), (1, 2)],
        relay: true,
        weight: 3,
    },
    Plan {
        name: "two persons who never reach a relay, one with a tablet",
        devices: &[0, 0, 1],
        pairs: &[(0, 2)],
        relay: false,
        weight: 3,
    },
    Plan {
        name: "three persons with six devices",
        devices: &[0, 0, 0, 1, 1, 2],
        pairs: &[(0, 3), (3, 5)],
        relay: true,
        weight: 1,
    },
];
