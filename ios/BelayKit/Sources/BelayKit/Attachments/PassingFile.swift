import Foundation

/// A file of the app's own that is there as long as somebody needs it.
final class PassingFile: Sendable {
  /// Where it lies.
  let path: String

  /// Takes over what lies there.
  init(_ path: String) {
    self.path = path
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// Its bytes.
  var bytes: UInt64 {
    let known = try? FileManager.default.attributesOfItem(atPath: path)
    return (known?[.size] as? NSNumber)?.uint64Value ?? 0
  }

  /// What it is called where it lies.
  var name: String { path.split(separator: "/").last.map(String.init) ?? "" }
}
