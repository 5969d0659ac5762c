//! Carrying sealed bytes between two devices on one network: whole messages over TCP, and how the devices find
//! each other. Nothing here knows a key; whoever answers may be anybody.

mod discovery;
#[cfg(not(any(target_os = "android", target_os = "ios")))]
mod mdns;
mod stream;

pub use discovery::{Advertisement, Discovery, LanPeer, decode_tags, encode_tags};
#[cfg(not(any(target_os = "android", target_os = "ios")))]
pub use mdns::MdnsDiscovery;
pub use stream::{LanListener, LanStream};
