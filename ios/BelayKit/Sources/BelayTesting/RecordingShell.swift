import BelayKit
import Foundation

/// A shell that writes down what it was asked, and answers as told. Waits are over when the test says so.
@MainActor
public final class RecordingShell: Shell {
  /// What was shared with other programs.
  public private(set) var shared: [String] = []
  /// The files that were offered to other programs.
  public private(set) var sharedFiles: [String] = []
  /// The file that will be picked next; a copy of it is handed over.
  public var file: String?
  /// Where files are made that are to be given away.
  public let files: TemporaryFolder?
  /// What was put on the clipboard, and whether it was secret.
  public private(set) var copied: [(text: String, secret: Bool)] = []
  /// What was dialled or opened.
  public private(set) var reached: [Reach] = []
  /// The country that the device is set to.
  public var region: String?
  /// What the camera will see next.
  public var code: String?
  /// Whether the device has a lock of its own.
  public var canConfirmOwner = true
  /// Whether the device's owner shows that it is them.
  public var isOwner = true
  /// The time that is shown.
  public var nowMs: Int64
  /// The zone in which it is shown.
  public var zoneName: String
  private var waits: [CheckedContinuation<Bool, Never>] = []

  /// Shows the time of this clock.
  public init(clock: ManualClock = ManualClock()) {
    files = try? TemporaryFolder()
    nowMs = clock.nowMs()
    zoneName = clock.zoneName()
  }

  public func share(text: String) { shared.append(text) }

  public func share(file path: String) { sharedFiles.append(path) }

  public func pickFile() async -> String? {
    guard let file else { return nil }
    let copy = newFile(named: "picked")
    try? FileManager.default.copyItem(atPath: file, toPath: copy)
    return copy
  }

  public func newFile(named name: String) -> String {
    let path = files?.file(name) ?? name
    remove(file: path)
    return path
  }

  public func remove(file path: String) { try? FileManager.default.removeItem(atPath: path) }

  public func copy(text: String, secret: Bool) { copied.append((text, secret)) }

  public func reach(_ way: Reach) { reached.append(way) }

  public func scan() async -> String? { code }

  public func confirmOwner(reason: String) async -> Bool { canConfirmOwner && isOwner }

  public func wait(_ duration: Duration) async -> Bool {
    await withCheckedContinuation { waits.append($0) }
  }

  /// How many wait.
  public var waiting: Int { waits.count }

  /// Lets all waits be over.
  public func passTime() {
    let over = waits
    waits = []
    for wait in over { wait.resume(returning: true) }
  }
}
