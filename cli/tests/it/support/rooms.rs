//! Two machines on one network of their own: two network namespaces and a cable. Needs what only the
//! superuser may do, so it may not be had.

use std::path::Path;
use std::process::{Command, Stdio};

use super::Place;

/// Where the tool for it is on the systems that have it.
const TOOLS: [&str; 3] = ["/usr/sbin/ip", "/sbin/ip", "/usr/bin/ip"];

/// Two namespaces, gone when dropped.
pub struct Rooms {
    tool: &'static str,
    names: [String; 2],
}

impl Rooms {
    /// Makes them; `None` where this machine does not let it.
    pub fn make() -> Option<Self> {
        let tool = TOOLS.into_iter().find(|tool| Path::new(tool).exists())?;
        let names = ["a", "b"].map(|side| format!("belay-{}-{side}", std::process::id()));
        let rooms = Self { tool, names };
        let [a, b] = &rooms.names;
        let made = rooms.ip(&["netns", "add", a])
            && rooms.ip(&["netns", "add", b])
            && rooms.ip(&[
                "-n", a, "link", "add", "cable", "type", "veth", "peer", "cable", "netns", b,
            ])
            && rooms.plug(a, "10.77.0.1/24")
            && rooms.plug(b, "10.77.0.2/24");
        made.then_some(rooms)
    }

    fn plug(&self, room: &str, address: &str) -> bool {
        self.ip(&["-n", room, "addr", "add", address, "dev", "cable"])
            && self.ip(&["-n", room, "link", "set", "cable", "up"])
            && self.ip(&["-n", room, "route", "add", "224.0.0.0/4", "dev", "cable"])
    }

    fn ip(&self, words: &[&str]) -> bool {
        let ran = Command::new(self.tool)
            .args(words)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        ran.is_ok_and(|status| status.success())
    }

    /// A `belay` command that runs in one of them.
    pub fn command(&self, room: usize, place: &Place, words: &[&str]) -> Command {
        let belay = place.command(words);
        let mut command = Command::new(self.tool);
        command
            .args(["netns", "exec", &self.names[room]])
            .arg(belay.get_program())
            .args(belay.get_args())
            .env_clear()
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        for (name, value) in belay.get_envs() {
            if let Some(value) = value {
                command.env(name, value);
            }
        }
        command
    }
}

impl Drop for Rooms {
    fn drop(&mut self) {
        for name in &self.names {
            self.ip(&["netns", "del", name]);
        }
    }
}
