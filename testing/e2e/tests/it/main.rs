//! What two and more people live through, with real stores, a real relay and real sockets.
//!
//! One program, not one per file: every test program links the whole core, and linking is most of what building tests costs.

mod agreeing;
mod apart;
mod attachments;
mod boundaries;
mod cast;
mod copies;
mod device_places;
mod device_removal;
mod erasing;
mod farewell;
mod file_bundles;
mod file_bundles_own;
mod forms;
mod gate;
mod honest_state;
mod hostile;
mod hostile_bricks;
mod hostile_chain;
mod hostile_flood;
mod hostile_keys;
mod hostile_members;
mod hostile_needs;
mod hostile_records;
mod invitations;
mod lan;
mod lan_hostile;
mod lan_own;
mod lan_pairing;
mod lies;
mod line;
mod losses;
<<<<<<< HEAD
mod moving;
=======
mod older_copies;
>>>>>>> b3f37d9 (Let seeded worlds of several devices live through every fault, over the real engine)
mod own_devices;
mod passages;
mod pausing;
mod previews;
mod process;
mod promises;
mod readers;
mod receipts;
mod recovery;
mod recovery_shares;
mod recovery_words;
mod resilience;
mod watching;
mod what_they_see;
mod zones;
