//! The relay as a process of its own, killed in the middle and started again.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use belay_e2e::{Companion, pair};
use belay_engine::model::{CheckInFields, Mood};
use belay_engine::{Clock, NewCheckIn, SystemClock};
use belay_testkit::FakeClock;

/// The relay's program, which `cargo xtask test` builds before the tests run.
fn program() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let folder = test.parent().and_then(Path::parent).unwrap();
    let program = folder.join("belay-relay");
    assert!(
        program.exists(),
        "build it first: cargo build -p belay-relay"
    );
    program
}

/// The relay's program, running.
pub struct RelayProcess {
    child: Child,
    /// Where it listens.
    pub port: u16,
}

impl RelayProcess {
    /// Starts the program on the folder; port 0 takes a free one, which its log tells.
    pub fn start(data: &Path, port: u16) -> Self {
        let mut child = Command::new(program())
            .args(["--listen", &format!("127.0.0.1:{port}")])
            .arg("--data")
            .arg(data)
            .env_remove("BELAY_RELAY_CONFIG")
            .stderr(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let port = loop {
            let line = lines
                .next()
                .expect("the relay says that it listens")
                .unwrap();
            let started: Option<u16> = serde_json::from_str::<serde_json::Value>(&line)
                .ok()
                .and_then(|line| line["fields"]["port"].as_u64().or(line["port"].as_u64()))
                .and_then(|port| u16::try_from(port).ok());
            if let Some(port) = started {
                break port;
            }
        };
        // The pipe must not fill up.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, port }
    }

    /// Ends it at once, as a power cut does.
    pub fn kill(mut self) -> u16 {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        self.port
    }
}

#[tokio::test]
async fn a_relay_killed_in_the_middle_loses_nothing_that_it_took() {
    let data = tempfile::tempdir().unwrap();
    let now = SystemClock {
        zone_name: "UTC".to_owned(),
    };
    let clock = FakeClock::at(now.now_ms(), "UTC");
    let relay = RelayProcess::start(data.path(), 0);
    let origin = format!("http://127.0.0.1:{}", relay.port);
    let ada = Companion::new("Ada", &clock, 1);
    let sam = Companion::new("Sam", &clock, 2);
    let space = pair(&ada, &sam, &origin).await;
    let mut relay = relay;
    for round in 0..3 {
        for number in 0..10 {
            ada.engine
                .write_check_in(NewCheckIn {
                    mood: Some(Mood::new(3).unwrap()),
                    win: Some(format!("round {round} number {number}")),
                    audience: Some(BTreeMap::from([(space, CheckInFields::all())])),
                    ..NewCheckIn::default()
                })
                .unwrap();
        }
        clock.advance_ms(11_000);
        assert!(ada.sync().await.troubles.is_empty());
        let port = relay.kill();
        assert_eq!(ada.sync().await.troubles[0].code, "offline");
        relay = RelayProcess::start(data.path(), port);
    }
    sam.sync().await;
    let page = sam.engine.partner(&space).unwrap();
    assert_eq!(page.check_ins.len(), 30);
    assert!(!page.partner.incomplete);
    relay.kill();
}
