//! Devices in one room: they hear each other on this network and on no other.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Mutex, PoisonError};

use belay_engine::model::DisplayName;
use belay_engine::{Engine, LanConfig, LanEndingView, LanReport};
use tokio::sync::{mpsc, oneshot};

use super::story::wrong;
use crate::error::Result;

/// A free port that only this machine can call.
pub const HERE: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

/// Both come into one room and stay until each has what the other one has; says what the caller saw of it.
pub async fn meet(caller: &Engine, called: &Engine) -> Result<LanReport> {
    let (ready, mut listening) = mpsc::unbounded_channel();
    let (leave, left) = oneshot::channel::<()>();
    let config = LanConfig {
        listen: HERE,
        asked: true,
        ..LanConfig::default()
    };
    let on_ready = |addr| {
        // Whoever calls waits for it below.
        let _ = ready.send(addr);
    };
    let answering = called.watch_lan(config, &on_ready, &|_| {}, async { drop(left.await) });
    let calling = async {
        let report = match listening.recv().await {
            Some(addr) => caller.sync_lan(addr, &|_| {}).await,
            None => Ok(LanReport::default()),
        };
        // Whoever answers may have ended by themselves.
        let _ = leave.send(());
        report
    };
    let (answered, report) = tokio::join!(answering, calling);
    answered?;
    let report = report?;
    let whole = |ending| ending == LanEndingView::Whole;
    if report.meetings.is_empty() || !report.meetings.iter().all(|met| whole(met.ending)) {
        return wrong("a meeting in one room broke off".to_owned());
    }
    Ok(report)
}

/// Adds a further device of a person: the code is shown and read, both compare the words, and it is let in.
pub async fn add_device(to: &Engine, new: &Engine, name: &str) -> Result<Vec<String>> {
    let invitation = to.invite_own_device_near(HERE).await?;
    let shown = Mutex::new(Vec::new());
    let show = |words: &[String]| {
        words.clone_into(&mut shown.lock().unwrap_or_else(PoisonError::into_inner));
    };
    let name = DisplayName::new(name)?;
    let admitting = async {
        let asking = to.await_own_device(&invitation.id).await?;
        let words = asking.comparison_words();
        to.admit_asking_device(asking, &name).await?;
        Ok::<_, crate::error::CliError>(words)
    };
    let joining = new.join_as_own_device(&invitation.text, &show);
    let (words, joined) = tokio::join!(admitting, joining);
    joined?;
    let words = words?;
    if *shown.lock().unwrap_or_else(PoisonError::into_inner) != words || words.len() != 4 {
        return wrong("the comparison words of two own devices differ".to_owned());
    }
    Ok(words)
}
