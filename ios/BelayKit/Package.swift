// swift-tools-version: 6.0
import PackageDescription

// On Linux the Rust library is linked statically into the test programs: nothing has to be found at run time.
let rustLibrary =
  Context.environment["BELAY_FFI_LIB"]
  ?? Context.packageDirectory + "/../../target/debug/libbelay_ffi.a"

let package = Package(
  name: "BelayKit",
  platforms: [.iOS(.v17), .macOS(.v14)],
  products: [
    .library(name: "BelayKit", targets: ["BelayKit"]),
    .library(name: "BelayTesting", targets: ["BelayTesting"]),
  ],
  targets: [
    // Generated: the C header of the Rust library and its module map (`cargo xtask bindings`).
    .target(
      name: "BelayFFI",
      linkerSettings: [.unsafeFlags(["-Xlinker", rustLibrary], .when(platforms: [.linux]))]),
    // Generated: what the core offers. uniffi's output is written for the Swift 5 mode.
    .target(
      name: "BelayCore", dependencies: ["BelayFFI"], swiftSettings: [.swiftLanguageMode(.v5)]),
    // Generated: every text a person reads, and the design tokens (`cargo xtask words`).
    .target(name: "BelayWords"),
    // Written by hand: screen models. No SwiftUI in here.
    .target(
      name: "BelayKit",
      dependencies: [
        "BelayCore", "BelayWords",
        .target(name: "LinuxObservationShim", condition: .when(platforms: [.linux])),
      ]),
    // A symbol that Swift 6.0's Observation on Linux asks for and does not bring.
    .target(name: "LinuxObservationShim"),
    // What tests need of a world: a clock to move, secrets in memory, a core that answers as told, a relay.
    .target(name: "BelayTesting", dependencies: ["BelayKit", "BelayCore", "BelayWords"]),
    .testTarget(
      name: "BelayKitTests", dependencies: ["BelayKit", "BelayCore", "BelayWords", "BelayTesting"]),
  ],
  swiftLanguageModes: [.v6]
)
