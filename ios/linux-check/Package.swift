// swift-tools-version: 6.0
// Linux only: compiles the app's own views against a stand-in for SwiftUI, and presses their buttons.
import PackageDescription

let package = Package(
  name: "LinuxCheck",
  dependencies: [.package(name: "BelayKit", path: "../BelayKit")],
  targets: [
    .target(name: "SwiftUI"),
    .target(name: "dnssd"),
    .target(name: "Network", dependencies: ["dnssd"]),
    .target(
      name: "BelayApp",
      dependencies: [
        "SwiftUI", "Network", "dnssd", .product(name: "BelayKit", package: "BelayKit"),
      ],
      path: "Sources/App"
    ),
    .testTarget(
      name: "AppTests",
      dependencies: [
        "BelayApp", "SwiftUI", "dnssd", .product(name: "BelayTesting", package: "BelayKit"),
      ]),
  ],
  swiftLanguageModes: [.v6]
)
