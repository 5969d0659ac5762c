#!/usr/bin/env bash
# The Rust core for iPhones, iPads and their simulators, packed for Xcode, with the generated Swift in its place. Needs a Mac
# with Xcode, and the Rust targets below. Not run where it was written: docs/mobile-builds.md.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if [ "$(uname)" != Darwin ]; then
  echo "xcframework.sh: needs a Mac with Xcode" >&2
  exit 1
fi

out=target/xcframework/BelayRust.xcframework
export IPHONEOS_DEPLOYMENT_TARGET=17.0
libraries=()
for target in aarch64-apple-ios aarch64-apple-ios-sim; do
  cargo rustc --locked --profile phone -p belay-ffi --lib --crate-type staticlib --target "$target"
  libraries+=(-library "target/$target/phone/libbelay_ffi.a")
done

cargo xtask bindings
cargo xtask words
rm -rf "$out"
mkdir -p "$(dirname "$out")"
# Without headers: the package's own target BelayFFI has them.
xcodebuild -create-xcframework "${libraries[@]}" -output "$out"
echo "$out"
