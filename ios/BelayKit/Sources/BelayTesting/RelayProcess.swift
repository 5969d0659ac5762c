import Foundation

/// A real relay in a process of its own, on this machine alone. It ends with this object.
public final class RelayProcess: @unchecked Sendable {
  /// What went wrong with it.
  public enum Trouble: Error {
    /// `BELAY_RELAY_BIN` does not name the program.
    case noProgram
    /// It ended before it said where it listens.
    case silent
  }

  /// Where it can be reached.
  public let origin: String
  private let process: Process
  private let output: Pipe

  /// Whether the tests were told where the program is. Without it the scenario cannot run, and says so.
  public static var program: String? { ProcessInfo.processInfo.environment["BELAY_RELAY_BIN"] }

  /// Starts it at a port that is free and waits until it says which.
  public init() throws {
    guard let program = Self.program else { throw Trouble.noProgram }
    process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = RelayProcess.arguments
    output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    var said = ""
    while true {
      let more = output.fileHandleForReading.availableData
      if more.isEmpty { throw Trouble.silent }
      said += String(decoding: more, as: UTF8.self)
      if let address = said.split(whereSeparator: \.isWhitespace).first(where: { $0.hasPrefix("http://") }),
        said.contains("\n")
      {
        origin = String(address)
        return
      }
    }
  }

  deinit { stop() }

  /// Ends it, as when a relay's machine is switched off.
  public func stop() {
    if process.isRunning {
      process.terminate()
      process.waitUntilExit()
    }
  }

  private static let arguments = ["--listen", "127.0.0.1:0", "--engine", "memory", "--log", "error"]
}
