//! The targets by name, with what they begin with.

use belay_fuzz::{
    bodies, change_bytes, change_crafted, envelope, file_bundle, gate, handshake, invitation, item,
    keyring, lan, membership, pairing, picture, plain, record_bodies, relay_wire, share,
};

const ALL: [(&str, fn(&[u8]) -> usize); 18] = [
    ("bodies", bodies::run),
    ("change_bytes", change_bytes::run),
    ("change_crafted", change_crafted::run),
    ("envelope", envelope::run),
    ("file_bundle", file_bundle::run),
    ("gate", gate::run),
    ("handshake", handshake::run),
    ("invitation", invitation::run),
    ("item", item::run),
    ("keyring", keyring::run),
    ("lan", lan::run),
    ("membership", membership::run),
    ("pairing", pairing::run),
    ("picture", picture::run),
    ("plain", plain::run),
    ("records", record_bodies::run),
    ("relay_wire", relay_wire::run),
    ("share", share::run),
];

/// One target.
#[derive(Clone, Copy)]
pub struct Target(fn(&[u8]) -> usize);

impl Target {
    pub fn named(name: &str) -> Option<Self> {
        let found = ALL.iter().find(|(known, _)| *known == name)?;
        Some(Self(found.1))
    }

    pub fn names() -> String {
        ALL.map(|(name, _)| name).join(", ")
    }

    pub fn run(self, input: &[u8]) -> usize {
        (self.0)(input)
    }

    /// The files under `seeds/`, in the order of their names, and what the target itself begins with.
    pub fn seeds(self, name: &str) -> Vec<Vec<u8>> {
        let mut paths: Vec<_> = std::fs::read_dir(format!("seeds/{name}"))
            .into_iter()
            .flatten()
            .filter_map(|entry| entry.ok().map(|entry| entry.path()))
            .collect();
        paths.sort();
        let mut seeds: Vec<Vec<u8>> = paths
            .iter()
            .filter_map(|path| std::fs::read(path).ok())
            .collect();
        if name == "change_bytes" {
            for mode in [0, 2] {
                seeds.extend(change_bytes::honest().map(|mut input| {
                    input[0] |= mode;
                    input
                }));
            }
        }
        if seeds.is_empty() {
            seeds.push(vec![0; 16]);
        }
        seeds
    }
}
