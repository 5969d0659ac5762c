import Foundation

/// A folder that is there as long as this is, for one store.
public final class TemporaryFolder: Sendable {
  /// Where it lies.
  public let path: String

  /// Makes it.
  public init() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("belay-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// A path in it.
  public func file(_ name: String) -> String { path + "/" + name }
}
