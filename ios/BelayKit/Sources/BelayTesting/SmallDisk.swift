#if os(Linux)
  import Foundation

  /// A file system of its own in memory, as small as a test wants it. It needs an account that may mount.
  public final class SmallDisk {
    /// It could not be mounted.
    public struct NotMounted: Error {}

    private static let bytes = 6 * 1024 * 1024
    private static let page = 4096
    private let path: String
    private var ballast: String { path + "/ballast" }

    /// Whether this account may mount.
    public static var isPossible: Bool { getuid() == 0 }

    /// Lies at this path, which must be an empty folder or nothing yet.
    public init(at path: String) throws {
      self.path = path
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      guard try Self.run("mount", "-t", "tmpfs", "-o", "size=\(Self.bytes),mode=700", "belay-test", path)
      else {
        throw NotMounted()
      }
    }

    deinit { _ = try? Self.run("umount", "-l", path) }

    /// Leaves no room at all.
    public func fill() throws {
      FileManager.default.createFile(atPath: ballast, contents: nil)
      let file = try FileHandle(forWritingTo: URL(fileURLWithPath: ballast))
      defer { try? file.close() }
      let page = Data(repeating: 1, count: Self.page)
      while (try? file.write(contentsOf: page)) != nil {}
    }

    /// Makes room again.
    public func makeRoom() throws {
      try FileManager.default.removeItem(atPath: ballast)
    }

    private static func run(_ program: String, _ arguments: String...) throws -> Bool {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = [program] + arguments
      try process.run()
      process.waitUntilExit()
      return process.terminationStatus == 0
    }
  }
#endif
