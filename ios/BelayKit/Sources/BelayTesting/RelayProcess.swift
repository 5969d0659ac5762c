import Foundation

/// A real relay in a process of its own, on this machine alone. It keeps what it has while it is switched off, and
/// ends with this object.
public final class RelayProcess {
  /// What went wrong with it.
  public enum Trouble: Error, CustomStringConvertible {
    /// The program is not there.
    case noProgram(String)
    /// It ended before it said where it listens.
    case silent

    /// What helps.
    public var description: String {
      switch self {
      case .noProgram(let path):
        "there is no relay at \(path): build it with `cargo build -p belay-relay`, or set BELAY_RELAY_BIN"
      case .silent: "the relay ended before it said where it listens"
      }
    }
  }

  /// Where it can be reached.
  public let origin: String
  private let data: TemporaryFolder
  private var running: Running

  /// A process, and what it says.
  private struct Running {
    let process: Process
    let output: FileHandle
  }

  /// Starts it at a port that is free and waits until it says which.
  public init() throws {
    data = try TemporaryFolder()
    (running, origin) = try Self.start(at: "127.0.0.1:0", data)
  }

  deinit { switchOff() }

  /// Ends it, as when its machine loses power.
  public func switchOff() {
    // A signal that can be blocked is: the process inherits the mask of the thread that starts it.
    kill(running.process.processIdentifier, SIGKILL)
    // Its output ends when it has.
    while !running.output.availableData.isEmpty {}
  }

  /// Starts it again, where it was.
  public func switchOn() throws {
    (running, _) = try Self.start(at: String(origin.dropFirst("http://".count)), data)
  }

  private static func start(
    at address: String, _ data: TemporaryFolder
  ) throws -> (running: Running, origin: String) {
    let program = try program()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = ["--listen", address, "--data", data.file("relay"), "--log", "error"]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let running = Running(process: process, output: output.fileHandleForReading)
    var said = ""
    while !said.contains("\n") {
      let more = running.output.availableData
      if more.isEmpty { throw Trouble.silent }
      said += String(decoding: more, as: UTF8.self)
    }
    guard let origin = said.split(whereSeparator: \.isWhitespace).last(where: { $0.hasPrefix("http://") })
    else { throw Trouble.silent }
    return (running, String(origin))
  }

  private static func program() throws -> String {
    let built = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent()
      .appendingPathComponent("../../../../target/debug/belay-relay").standardized.path
    let path = ProcessInfo.processInfo.environment["BELAY_RELAY_BIN"] ?? built
    guard FileManager.default.isExecutableFile(atPath: path) else { throw Trouble.noProgram(path) }
    return path
  }
}
