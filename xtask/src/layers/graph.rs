//! The workspace as the layer checks need it: crates, their folders and their direct dependencies.

use std::collections::BTreeSet;
use std::path::Path;

use cargo_metadata::{DependencyKind, MetadataCommand};

/// When a dependency is compiled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// In the crate itself or its build script: it ships.
    Shipped,
    /// Only in tests, examples and benches of the crate.
    Test,
}

/// One direct dependency.
#[derive(Debug, Clone)]
pub struct Dependency {
    /// The package's own name, also when the manifest renames it.
    pub name: String,
    pub kind: Kind,
    /// What the manifest asks for.
    pub features: Vec<String>,
}

/// One crate of the workspace.
#[derive(Debug, Clone)]
pub struct Room {
    pub name: String,
    /// Relative to the root, for example `core/model`.
    pub folder: String,
    pub dependencies: Vec<Dependency>,
}

/// All crates of the workspace.
#[derive(Debug, Default)]
pub struct Graph {
    pub rooms: Vec<Room>,
}

impl Graph {
    /// Asks cargo for the manifests' view; nothing is downloaded or built.
    pub fn load(root: &Path) -> Result<Graph, cargo_metadata::Error> {
        let metadata = MetadataCommand::new()
            .manifest_path(root.join("Cargo.toml"))
            .no_deps()
            .exec()?;
        let mut rooms: Vec<Room> = metadata
            .packages
            .iter()
            .map(|package| Room {
                name: package.name.to_string(),
                folder: package
                    .manifest_path
                    .parent()
                    .map(|folder| crate::files::shown(root, folder.as_std_path()))
                    .unwrap_or_default(),
                dependencies: package
                    .dependencies
                    .iter()
                    .map(|dependency| Dependency {
                        name: dependency.name.clone(),
                        kind: match dependency.kind {
                            DependencyKind::Development => Kind::Test,
                            _ => Kind::Shipped,
                        },
                        features: dependency.features.clone(),
                    })
                    .collect(),
            })
            .collect();
        rooms.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(Graph { rooms })
    }

    /// The names of the workspace's own crates.
    pub fn own_names(&self) -> BTreeSet<&str> {
        self.rooms.iter().map(|room| room.name.as_str()).collect()
    }
}

#[cfg(test)]
pub mod sample {
    //! Small graphs written by hand.

    use super::{Dependency, Graph, Kind, Room};

    /// A graph of `(crate, folder, [dependency])`; a dependency that starts with `dev:` is a test dependency.
    pub fn graph(rooms: &[(&str, &str, &[&str])]) -> Graph {
        Graph {
            rooms: rooms
                .iter()
                .map(|(name, folder, dependencies)| Room {
                    name: (*name).to_owned(),
                    folder: (*folder).to_owned(),
                    dependencies: dependencies
                        .iter()
                        .map(|written| match written.strip_prefix("dev:") {
                            Some(name) => Dependency {
                                name: name.to_owned(),
                                kind: Kind::Test,
                                features: Vec::new(),
                            },
                            None => Dependency {
                                name: (*written).to_owned(),
                                kind: Kind::Shipped,
                                features: Vec::new(),
                            },
                        })
                        .collect(),
                })
                .collect(),
        }
    }
}
