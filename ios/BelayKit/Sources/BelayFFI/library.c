// A C target needs a source file; the code itself is in the Rust library.
