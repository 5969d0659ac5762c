//! `belay sync --lan`: exchange with own devices and partners on the same network, without a relay.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use belay_engine::{
    BelayError, Discovery, Engine, LanConfig, LanEndingView, LanMeetingView, LanReport,
    MdnsDiscovery,
};
use tokio::sync::Notify;
use tokio::time::{sleep, timeout};

use crate::context::{runtime, tidy};
use crate::error::Result;
use crate::screen::{MINE, Screen};
use crate::words::{count, partner_name};

/// How long nobody else must come after somebody was met: several may be there.
const QUIET: Duration = Duration::from_secs(3);

/// Flags of `sync` that are about this network.
#[derive(Debug, clap::Args)]
pub struct LanArgs {
    /// Exchange with your devices and partners on this network instead, without a relay
    #[arg(long)]
    pub lan: bool,
    /// Call this device and look for nobody; may be given several times
    #[arg(long, value_name = "ADDRESS:PORT", requires = "lan")]
    peer: Vec<SocketAddr>,
    /// Where to be called; on loopback nobody is looked for
    #[arg(
        long,
        value_name = "ADDRESS:PORT",
        requires = "lan",
        conflicts_with = "peer"
    )]
    listen: Option<SocketAddr>,
    /// How long to look for somebody
    #[arg(
        long = "for",
        value_name = "SECONDS",
        default_value_t = 60,
        requires = "lan",
        conflicts_with_all = ["peer", "watch"]
    )]
    seconds: u64,
}

/// Exchanges, once or until Ctrl-C.
pub fn run(args: &LanArgs, watch: bool, engine: &Engine, screen: &mut Screen) -> Result<()> {
    let report = if args.peer.is_empty() {
        look(args, watch, engine, screen)?
    } else {
        call(&args.peer, engine)?
    };
    tidy(engine);
    screen.show(&report, draw);
    Ok(())
}

/// Calls devices whose addresses were given.
fn call(peers: &[SocketAddr], engine: &Engine) -> Result<LanReport> {
    let runtime = runtime()?;
    let mut all = LanReport::default();
    for peer in peers {
        let report = runtime.block_on(engine.sync_lan(*peer, &|_| {}))?;
        all.meetings.extend(report.meetings);
        all.edited_after_deletion += report.edited_after_deletion;
    }
    Ok(all)
}

/// Shows this device, looks for others and answers them.
fn look(args: &LanArgs, watch: bool, engine: &Engine, screen: &mut Screen) -> Result<LanReport> {
    let unspecified = SocketAddr::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), 0);
    let listen = args.listen.unwrap_or(unspecified);
    let discovery: Option<Arc<dyn Discovery>> = if listen.ip().is_loopback() {
        None
    } else {
        let mdns = MdnsDiscovery::new().map_err(|_| BelayError::Unavailable {
            reason: "no-network",
        })?;
        Some(Arc::new(mdns))
    };
    let config = LanConfig {
        listen,
        discovery,
        asked: true,
        ..LanConfig::default()
    };
    let shared = Mutex::new(screen);
    let note = |text: &str| {
        // A panic while drawing leaves nothing half done that matters here.
        let mut screen = shared.lock().unwrap_or_else(PoisonError::into_inner);
        screen.note(text);
    };
    let met = Mutex::new(LanReport::default());
    let somebody = Notify::new();
    let on_report = |report: &LanReport| {
        for meeting in &report.meetings {
            note(&meeting_words(meeting));
        }
        let mut met = met.lock().unwrap_or_else(PoisonError::into_inner);
        met.meetings.extend(report.meetings.iter().cloned());
        met.edited_after_deletion += report.edited_after_deletion;
        somebody.notify_one();
    };
    let on_ready = |addr: SocketAddr| note(&format!("Listening at {addr}."));
    let has_met = || {
        let met = met.lock().unwrap_or_else(PoisonError::into_inner);
        let whole = |meeting: &LanMeetingView| meeting.ending == LanEndingView::Whole;
        met.meetings.iter().any(whole)
    };
    let enough = async {
        if watch {
            return std::future::pending().await;
        }
        let found = async {
            while !has_met() {
                somebody.notified().await;
            }
            while timeout(QUIET, somebody.notified()).await.is_ok() {}
        };
        tokio::select! {
            () = found => {}
            () = sleep(Duration::from_secs(args.seconds)) => {}
        }
    };
    let stop = async {
        tokio::select! {
            () = enough => {}
            () = interrupted() => {}
        }
    };
    runtime()?.block_on(engine.watch_lan(config, &on_ready, &on_report, stop))?;
    Ok(met.into_inner().unwrap_or_else(PoisonError::into_inner))
}

async fn interrupted() {
    // Without a signal handler there is only the end of the process.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

fn meeting_words(meeting: &LanMeetingView) -> String {
    let whom = meeting
        .partner
        .as_deref()
        .map_or_else(|| "Another device of yours".to_owned(), partner_name);
    match meeting.ending {
        LanEndingView::Whole => format!(
            "{whom}: gave {}, got {}.",
            count(meeting.envelopes_sent, "envelope"),
            count(meeting.items_received, "new item")
        ),
        LanEndingView::Interrupted => format!(
            "{whom}: the connection broke after {}. What came is kept; the next meeting goes on from there.",
            count(meeting.items_received, "new item")
        ),
        LanEndingView::NotAMember => {
            format!(
                "{whom}: somebody was there who does not belong here (any more). Nothing was let in."
            )
        }
        LanEndingView::BrokeRules => {
            format!(
                "{whom}: what the other device said does not keep the rules. Nothing of it was used."
            )
        }
    }
}

fn draw(screen: &mut Screen, report: &LanReport) {
    if report.meetings.is_empty() {
        screen.line("Nobody of yours was found on this network. Everything is saved here.");
        return;
    }
    let sum = |of: fn(&LanMeetingView) -> u64| report.meetings.iter().map(of).sum();
    let line = format!(
        "Gave {}, got {} with {}.",
        count(sum(|meeting| meeting.envelopes_sent), "envelope"),
        count(sum(|meeting| meeting.envelopes_received), "envelope"),
        count(sum(|meeting| meeting.items_received), "new item")
    );
    let line = screen.paint(MINE, &line);
    screen.line(line);
    let refused = sum(|meeting| meeting.envelopes_refused);
    if refused > 0 {
        screen.line(format_args!(
            "{} could not be opened or does not keep the rules; nothing of it was used.",
            count(refused, "envelope")
        ));
    }
}
