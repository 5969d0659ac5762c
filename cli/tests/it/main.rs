//! The command line as a person runs it: a real process, a real store, real files.
//!
//! One program, not one per file: every test program links the whole core, and linking is most of what building tests costs.

mod apart;
mod attachments;
mod beginning;
mod boundaries;
mod bundles;
mod demo;
mod full_disk;
mod goals;
mod help_now;
mod journal;
mod lan;
mod own_devices;
mod partners;
mod practice;
mod reaching;
mod recovering;
mod relay_away;
mod relay_move;
mod schema;
mod speaking;
mod support;
mod surroundings;
mod writing;
