//! Counts for who runs the relay. Nothing in them tells people, mailboxes or addresses apart: what is
//! counted is the relay's own work as a whole.

use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};

use belay_protocol::relay::Code;

macro_rules! operations {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)*) => {
        /// What a request asks for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Operation {
            $($(#[$doc])* $name,)*
        }

        impl Operation {
            const ALL: &'static [Self] = &[$(Self::$name,)*];

            const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                }
            }
        }
    };
}

operations! {
    /// What the relay is.
    Info = "info";
    /// Whether it works.
    Health = "health";
    /// These counts.
    Metrics = "metrics";
    /// The description of all this.
    Describe = "describe";
    /// A mailbox is made.
    Create = "create_mailbox";
    /// Envelopes are posted.
    Append = "append";
    /// Envelopes are read.
    Read = "read";
    /// Envelopes are taken back.
    Erase = "erase";
    /// One mailbox is watched.
    LiveOne = "live_one";
    /// Several are.
    LiveSeveral = "live_several";
    /// A part of a blob comes.
    PutBlob = "put_blob";
    /// A part of a blob goes.
    GetBlob = "get_blob";
    /// A blob is taken back.
    EraseBlob = "erase_blob";
    /// A rendezvous slot is written.
    PutSlot = "put_slot";
    /// A rendezvous slot is read.
    GetSlot = "get_slot";
    /// No path or method of ours.
    Other = "other";
}

// The answer that is no refusal, the codes, and codes from elsewhere.
const RESULTS: usize = Code::ALL.len() + 2;

/// What was counted since the start.
pub(crate) struct Metrics {
    requests: Box<[AtomicU64]>,
    /// Envelopes that were new.
    pub(crate) envelopes: AtomicU64,
    /// Bytes of parts of blobs that came.
    pub(crate) blob_bytes: AtomicU64,
    /// Rows and mailboxes that sweeps removed.
    pub(crate) swept: AtomicU64,
}

/// What is so at this moment.
pub(crate) struct Gauges {
    pub(crate) mailboxes: u64,
    pub(crate) bytes: u64,
    pub(crate) blob_bytes: u64,
    pub(crate) waiting: usize,
    pub(crate) memory_bytes: usize,
}

impl Metrics {
    pub(crate) fn new() -> Self {
        let count = Operation::ALL.len() * RESULTS;
        Self {
            requests: (0..count).map(|_| AtomicU64::new(0)).collect(),
            envelopes: AtomicU64::new(0),
            blob_bytes: AtomicU64::new(0),
            swept: AtomicU64::new(0),
        }
    }

    /// Counts a request; `refused` is why it was not done.
    pub(crate) fn count(&self, operation: Operation, refused: Option<Code>) {
        let result = refused.map_or(0, |code| {
            let known = Code::ALL.iter().position(|one| *one == code);
            known.unwrap_or(Code::ALL.len()) + 1
        });
        let at = operation as usize * RESULTS + result;
        if let Some(count) = self.requests.get(at) {
            count.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Everything in Prometheus' text format.
    pub(crate) fn text(&self, gauges: &Gauges) -> String {
        let mut text = String::from(
            "# HELP belay_relay_requests_total Requests answered, by what they asked for and how they ended.\n\
             # TYPE belay_relay_requests_total counter\n",
        );
        for (operation, counts) in Operation::ALL.iter().zip(self.requests.chunks(RESULTS)) {
            for (result, count) in counts.iter().enumerate() {
                let count = count.load(Ordering::Relaxed);
                if count == 0 {
                    continue;
                }
                let result = match result.checked_sub(1) {
                    None => "ok",
                    Some(code) => Code::ALL.get(code).map_or("unknown", |code| code.as_str()),
                };
                let operation = operation.as_str();
                let _ = writeln!(
                    text,
                    "belay_relay_requests_total{{operation=\"{operation}\",result=\"{result}\"}} {count}"
                );
            }
        }
        let load = |count: &AtomicU64| count.load(Ordering::Relaxed);
        for (name, kind, help, value) in [
            (
                "envelopes_total",
                "counter",
                "Envelopes stored that were not known before.",
                load(&self.envelopes),
            ),
            (
                "blob_bytes_total",
                "counter",
                "Bytes of blobs taken in.",
                load(&self.blob_bytes),
            ),
            (
                "swept_total",
                "counter",
                "Mailboxes and rows removed because their time was over.",
                load(&self.swept),
            ),
            ("mailboxes", "gauge", "Mailboxes held.", gauges.mailboxes),
            (
                "mailbox_bytes",
                "gauge",
                "Bytes of envelopes held, rows included.",
                gauges.bytes,
            ),
            (
                "mailbox_blob_bytes",
                "gauge",
                "Bytes that blobs hold or have reserved.",
                gauges.blob_bytes,
            ),
            (
                "waiting",
                "gauge",
                "Long polls and live connections that wait.",
                gauges.waiting as u64,
            ),
            (
                "memory_bytes",
                "gauge",
                "Bytes of bodies in memory.",
                gauges.memory_bytes as u64,
            ),
        ] {
            let _ = write!(
                text,
                "# HELP belay_relay_{name} {help}\n# TYPE belay_relay_{name} {kind}\nbelay_relay_{name} {value}\n"
            );
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_result_is_counted_in_its_place() {
        let metrics = Metrics::new();
        metrics.count(Operation::Info, None);
        metrics.count(Operation::Other, Some(Code::Unknown));
        metrics.count(Operation::Append, Some(Code::RelayFull));
        metrics.count(Operation::Append, Some(Code::RelayFull));
        let text = metrics.text(&Gauges {
            mailboxes: 3,
            bytes: 4,
            blob_bytes: 5,
            waiting: 6,
            memory_bytes: 7,
        });
        let lines: Vec<_> = text.lines().filter(|line| !line.starts_with('#')).collect();
        assert_eq!(
            lines,
            [
                "belay_relay_requests_total{operation=\"info\",result=\"ok\"} 1",
                "belay_relay_requests_total{operation=\"append\",result=\"relay_full\"} 2",
                "belay_relay_requests_total{operation=\"other\",result=\"unknown\"} 1",
                "belay_relay_envelopes_total 0",
                "belay_relay_blob_bytes_total 0",
                "belay_relay_swept_total 0",
                "belay_relay_mailboxes 3",
                "belay_relay_mailbox_bytes 4",
                "belay_relay_mailbox_blob_bytes 5",
                "belay_relay_waiting 6",
                "belay_relay_memory_bytes 7",
            ]
        );
    }
}
