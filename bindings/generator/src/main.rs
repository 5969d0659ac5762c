//! Writes the Kotlin and Swift sides of the border from the built library; started by `cargo xtask bindings`.
//!
//! What must not enter: anything that ships.

fn main() {
    uniffi::uniffi_bindgen_main();
}
