//! Makes the library that telephones carry smaller: pointers that only the loader fills in are a quarter of its
//! data, and packed they are next to nothing.

use std::env;

/// What `profile.phone` optimises for; other builds keep to what every loader understands.
const SIZE: &str = "s";

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if env::var("OPT_LEVEL").as_deref() != Ok(SIZE) {
        return;
    }
    match env::var("CARGO_CFG_TARGET_OS").as_deref() {
        // glibc reads this since 2.36.
        Ok("linux") => println!("cargo::rustc-cdylib-link-arg=-Wl,-z,pack-relative-relocs"),
        // Android reads its own packing since 6; the common one only since 9.
        Ok("android") => println!("cargo::rustc-cdylib-link-arg=-Wl,--pack-dyn-relocs=android"),
        _ => {}
    }
}
