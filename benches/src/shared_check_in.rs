//! A durable check-in shared with one partner, against the sum of one Automerge change, two item
//! signatures and one durable commit of as many pages.

use std::time::{Duration, Instant};

use belay_crypto::{DeviceKey, ItemDraft, sign_item};
use belay_document::documents::{Draft, PublishState, SelfDocument};
use belay_document::records::RecordPayload;
use belay_engine::{CheckInView, SystemEntropy};
use belay_model::{DeviceId, DocName, Incarnation, ItemId, SpaceId, publish_check_in};
use belay_protocol::{ChangesBody, DocKind, ItemKind};

use crate::calibrated_file::{CalibratedFile, log_pages};
use crate::content::{check_in, shared_fields};
use crate::home::Home;
use crate::person::{Newcomer, Person};
use crate::raw_change::RawChange;
use crate::row::{Bar, Measured, Row};
use crate::spread::{Spread, micros};
use crate::ten_years::END_MS;
use crate::{Outcome, PER_ROUND};

/// Fewer than fill the write log: a checkpoint would start it over.
const COUNTED_FOR_PAGES: usize = 40;

/// Measures the row.
pub fn measure(home: &Home, rounds: usize) -> Outcome<Row> {
    let newcomer = Newcomer::make(home, END_MS)?;
    let mut writer = CheckInWriter::new(&newcomer.person)?;
    let written = writer.write()?.0;
    newcomer.person.engine.checkpoint()?;
    for _ in 0..COUNTED_FOR_PAGES {
        writer.write()?;
    }
    let pages = log_pages(newcomer.person.folder())? as f64 / COUNTED_FOR_PAGES as f64;
    let folder = home.scratch()?;
    let mut file = CalibratedFile::make(folder.path(), pages.round() as usize)?;
    let parts = Parts::of(&written, writer.space)?;

    let mut times = [const { Vec::<f64>::new() }; 4];
    let mut ratios = Vec::new();
    for round in 0..=rounds {
        let mut sums = [Duration::ZERO; 4];
        for turn in 0..PER_ROUND {
            let mut took = [Duration::ZERO; 4];
            // Who comes second may find warmer caches: they take turns.
            if turn % 2 == 0 {
                took[0] = writer.write()?.1;
            }
            took[1] = parts.change()?;
            took[2] = parts.signatures()?;
            file.change();
            took[3] = timed(|| file.commit())?.1;
            if turn % 2 == 1 {
                took[0] = writer.write()?.1;
            }
            for (index, took) in took.iter().enumerate() {
                sums[index] += *took;
                if round > 0 {
                    times[index].push(micros(*took));
                }
            }
        }
        if round > 0 {
            let parts: Duration = sums[1..].iter().sum();
            ratios.push(sums[0].as_secs_f64() / parts.as_secs_f64());
        }
    }
    let part = |index: usize, what: &str| Measured::micros(what, Spread::of(&times[index]).median);
    Ok(Row {
        path: part(
            0,
            &format!("check-in shared with one partner, durable ({pages:.1} pages)"),
        ),
        parts: vec![
            part(1, "one Automerge change"),
            part(2, "two item signatures"),
            part(3, &format!("one FULL commit of {} pages", pages.round())),
        ],
        ratios,
        bar: Bar::AtMost(1.5),
    })
}

/// Writes one check-in after another.
pub struct CheckInWriter<'a> {
    person: &'a Person,
    space: SpaceId,
    number: usize,
}

impl<'a> CheckInWriter<'a> {
    /// Check-ins of that person, shared with their partner.
    pub fn new(person: &'a Person) -> Outcome<Self> {
        Ok(Self {
            person,
            space: person.space()?,
            number: 0,
        })
    }

    /// Writes the next one, a second later; says how long it took.
    pub fn write(&mut self) -> Outcome<(CheckInView, Duration)> {
        self.person.clock.advance_ms(1000);
        self.number += 1;
        let new = check_in(self.number, self.space)?;
        timed(|| Ok(self.person.engine.write_check_in(new)?))
    }
}

/// Does something and says how long it took.
pub fn timed<T>(work: impl FnOnce() -> Outcome<T>) -> Outcome<(T, Duration)> {
    let started = Instant::now();
    let value = work()?;
    Ok((value, started.elapsed()))
}

/// What a shared check-in cannot do without besides its commit, ready to be done.
pub struct Parts {
    change: RawChange,
    bodies: [(ItemKind, Vec<u8>); 2],
    key: DeviceKey,
}

impl Parts {
    /// Parts of the same content as a check-in that was written.
    pub fn of(written: &CheckInView, space: SpaceId) -> Outcome<Self> {
        let fields = shared_fields();
        let document = SelfDocument::new(DocKind::CheckIn)?;
        let draft = Draft::new()
            .check_in(&written.check_in)
            .share_check_in(&space, fields, &document)
            .published(&space, &PublishState::new(1, Some([3; 32])));
        let record = publish_check_in(&written.check_in, fields).ok_or("nothing is shared")?;
        let changes = SelfDocument::new(DocKind::CheckIn)?.write(&[5; 16], END_MS, &draft)?;
        let [change] = changes.as_slice() else {
            return Err(format!("{} changes instead of one", changes.len()).into());
        };
        Ok(Self {
            change: RawChange::like(change)?,
            bodies: [
                (ItemKind::Changes, ChangesBody { changes }.encode()),
                (ItemKind::Record, record.to_body(1).encode()),
            ],
            key: DeviceKey::make(&mut SystemEntropy),
        })
    }

    /// One change on a new document, by Automerge alone.
    pub fn change(&self) -> Outcome<Duration> {
        let (bytes, took) = timed(|| self.change.make())?;
        std::hint::black_box(bytes);
        Ok(took)
    }

    /// An item with the change and one with the record, hashed and signed.
    pub fn signatures(&self) -> Outcome<Duration> {
        let drafts = self.bodies.clone().map(|(kind, body)| ItemDraft {
            kind,
            space_id: SpaceId::from_bytes([1; 32]),
            device_id: DeviceId::from_bytes([2; 32]),
            inc: Incarnation(1),
            seq: 2,
            prev: [3; 32],
            hlc: 1,
            heads: vec![ItemId::from_bytes([4; 32])],
            doc_kind: DocKind::CheckIn.into(),
            doc_name: DocName::from_bytes([5; 16]),
            body,
        });
        let (_, took) = timed(|| {
            for draft in drafts {
                std::hint::black_box(sign_item(&self.key, draft, &mut SystemEntropy)?);
            }
            Ok(())
        })?;
        Ok(took)
    }
}
