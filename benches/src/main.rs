//! Speed as ratios: what a path costs against the sum of the parts it cannot do without, measured in
//! the same run, so that a slow or busy machine slows both. The table and what it means stand in
//! `docs/performance.md`.
//!
//! Only measuring may be here. Nothing is stubbed: the paths are the ones people run, on real files.

mod args;
mod attachment;
mod bare_socket;
mod calibrated_file;
mod catch_up;
mod content;
mod file_secrets;
mod further_device;
mod home;
mod idle_live;
mod kept_relay;
mod live;
mod month;
mod open_to_today;
mod partner_away;
mod person;
mod raw_change;
mod raw_documents;
mod raw_relay;
mod raw_rows;
mod received;
mod relay_ingest;
mod resident;
mod rotation;
mod row;
mod screens;
mod seal_and_open;
mod search;
mod shared_check_in;
mod spread;
mod table;
mod ten_year_check_in;
mod ten_years;
mod wire;

use std::error::Error;
use std::io::Write;
use std::process::ExitCode;

use args::Args;
use home::Home;

/// What a measurement gives back; every error ends the program.
type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

/// How often path and parts are done in one round.
const PER_ROUND: usize = 100;

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("belay-benches: {error}");
            ExitCode::from(2)
        }
    }
}

/// Whether every bar was held.
fn run() -> Outcome<bool> {
    let given: Vec<String> = std::env::args().skip(1).collect();
    if let [word, folder] = &given[..]
        && word == resident::ALONE
    {
        let bytes = resident::alone(folder.as_ref())?;
        writeln!(std::io::stdout().lock(), "{bytes}")?;
        return Ok(true);
    }
    if let [word, kind] = &given[..]
        && word == idle_live::SERVER
    {
        idle_live::serve(kind)?;
        return Ok(true);
    }
    let Some(args) = Args::read(given.into_iter())? else {
        write!(std::io::stdout().lock(), "{}", args::HELP)?;
        return Ok(true);
    };
    let home = Home::find()?;
    let mut rows = Vec::new();
    let mut notes = Vec::new();
    if args.wants("check-in") {
        eprintln!("check-in: {} rounds of {PER_ROUND}", args.rounds);
        rows.push(shared_check_in::measure(&home, args.rounds)?);
    }
    let of_ten_years = [
        "ten-years",
        "month",
        "resident",
        "own-replica",
        "one-room",
        "screens",
    ];
    let kept = of_ten_years.iter().any(|row| args.wants(row));
    let kept = kept
        .then(|| ten_years::kept(&home, args.rebuild))
        .transpose()?;
    if let Some(kept) = kept.as_ref().filter(|_| args.wants("ten-years")) {
        eprintln!("ten-years: {} rounds of {PER_ROUND}", args.rounds);
        let (row, write) = ten_year_check_in::measure(&home, kept, args.rounds)?;
        rows.push(row);
        notes.push(write);
        notes.push(open_to_today::measure(&home, kept)?);
    }
    if let Some(kept) = kept.as_ref().filter(|_| args.wants("month")) {
        eprintln!("month: {} rounds", args.rounds);
        rows.push(month::measure(&home, kept, args.rounds)?);
    }
    if let Some(kept) = kept.as_ref().filter(|_| args.wants("resident")) {
        rows.push(resident::measure(&home, kept)?);
    }
    if args.wants("catch-up") {
        let kept = partner_away::kept(&home, args.rebuild)?;
        eprintln!("catch-up: {} rounds", args.rounds);
        rows.push(catch_up::measure_partner(&home, &kept, args.rounds)?);
    }
    if let Some(ten_years) = kept.as_ref().filter(|_| args.wants("own-replica")) {
        let kept = further_device::kept(&home, ten_years, args.rebuild)?;
        eprintln!("own-replica: {} rounds", args.rounds);
        rows.push(catch_up::measure_own(&home, &kept, args.rounds)?);
    }
    if let Some(ten_years) = kept.as_ref().filter(|_| args.wants("one-room")) {
        let kept = further_device::kept(&home, ten_years, args.rebuild)?;
        eprintln!("one-room: {} rounds", args.rounds);
        rows.push(catch_up::measure_room(&home, &kept, args.rounds)?);
    }
    if args.wants("live") {
        eprintln!("live: {} rounds of {}", args.rounds, live::PER_ROUND);
        let (live, note) = live::measure(&home, args.rounds)?;
        rows.extend(live);
        notes.push(note);
    }
    if args.wants("idle-live") {
        eprintln!("idle-live: 3 rounds of 5,500 connections");
        rows.push(idle_live::measure()?);
    }
    if args.wants("wire") {
        rows.extend(wire::measure(&home)?);
    }
    if args.wants("seal") {
        eprintln!("seal: {} rounds of {PER_ROUND}", args.rounds);
        rows.extend(seal_and_open::measure(&home, args.rounds)?);
    }
    if args.wants("attachment") {
        eprintln!("attachment: {} rounds", args.rounds);
        rows.push(attachment::measure(args.rounds)?);
    }
    if args.wants("rotation") {
        eprintln!("rotation: {} rounds", args.rounds);
        rows.push(rotation::measure(&home, args.rounds)?);
    }
    if args.wants("ingest") {
        eprintln!("ingest: {} rounds", args.rounds);
        rows.extend(relay_ingest::measure(&home, args.rounds)?);
    }
    if let Some(kept) = kept.as_ref().filter(|_| args.wants("screens")) {
        rows.extend(screens::measure(&home, kept)?);
    }
    if args.wants("search") {
        let kept = search::kept(&home, args.rebuild, args.entries)?;
        eprintln!("search: {} rounds", args.rounds);
        rows.push(search::measure(&home, &kept, args.entries, args.rounds)?);
    }
    let mut out = std::io::stdout().lock();
    table::print(&mut out, &rows, &notes)?;
    Ok(rows.iter().all(row::Row::is_held))
}
