#if canImport(OSLog)
  import BelayCore
  import OSLog

  /// The core's lines in the system's log: codes and places in the source, and nothing of anybody's.
  final class SystemLog: LogSink {
    private let logger = Logger(subsystem: "app.belay", category: "core")

    func log(line: LogLine) {
      logger.error("\(String(describing: line.about), privacy: .public) \(line.code, privacy: .public)")
    }
  }
#endif
