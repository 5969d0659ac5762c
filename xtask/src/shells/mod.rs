//! The telephone shells in `cargo xtask test`: what they need on this machine, the library and the generated sources
//! they are built on, and their tests. They run beside the Rust tests, in a lane of their own, because each waits for
//! the other's compiler and network rather than for the processor.

mod desktop;
mod job;
mod kit;
mod kotlin;
pub mod phones;
pub mod screen_bench;
pub mod screenshots;
mod surefire;
mod swift;
mod swift_report;
mod tools;

use std::path::Path;
use std::thread::JoinHandle;

pub use job::Report;

/// Everything of the shells that goes on in the background.
pub struct Shells {
    tools: JoinHandle<tools::Tools>,
}

impl Shells {
    /// Begins to look for, and where it may to install, what the shells need. Mostly waits for the network.
    pub fn prepare(root: &Path) -> Self {
        let root = root.to_path_buf();
        Self {
            tools: std::thread::spawn(move || tools::Tools::find(&root)),
        }
    }

    /// Builds the library and generates the sources of both shells; then begins their tests.
    pub fn start(self, root: &Path) -> Lane {
        let kit = kit::make(root);
        let root = root.to_path_buf();
        let lane = std::thread::spawn(move || {
            let Ok(tools) = self.tools.join() else {
                return vec![Report::broken(
                    "tools of the shells",
                    "looking for them crashed",
                )];
            };
            let mut reports = vec![kit.report];
            if kit.whole {
                reports.extend(kotlin::run(&root, &kit.folder, &tools.kotlin));
                reports.extend(swift::run(&root, &kit.folder, &tools.swift));
            }
            reports
        });
        Lane { lane }
    }
}

/// The shells' tests on their way.
pub struct Lane {
    lane: JoinHandle<Vec<Report>>,
}

impl Lane {
    /// Waits for the end of all of them.
    pub fn finish(self) -> Vec<Report> {
        self.lane
            .join()
            .unwrap_or_else(|_| vec![Report::broken("shells", "the lane of their tests crashed")])
    }
}
