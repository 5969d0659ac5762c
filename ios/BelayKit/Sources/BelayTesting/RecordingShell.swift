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
  /// The photo that will be picked next; a copy of it is handed over.
  public var photo: String?
  /// The small picture that is drawn of it.
  public var smallPhoto: String?
  /// How a recording begins.
  public var microphone = RecordingStart.recording
  /// What is spoken next.
  public var spoken: Data? = Data("spoken".utf8)
  /// What the files held that were shown.
  public private(set) var shown: [(name: String, held: Data?)] = []
  /// The files that are to pass, and are not removed.
  public var passing: [String] {
    let folders = FileManager.default.subpaths(atPath: files?.file("passing") ?? "") ?? []
    return folders.filter { $0.contains("/") }
  }
  private var passed = 0
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
    file.flatMap { copy(of: $0, as: $0.split(separator: "/").last.map(String.init) ?? "picked") }
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

  // MARK: Photos, voices and files

  public func pickPhoto() async -> String? { photo.flatMap { copy(of: $0, as: "photo") } }

  public func thumbnail(of photo: String) async -> String? {
    smallPhoto.flatMap { copy(of: $0, as: "thumbnail") }
  }

  public func startRecording() async -> RecordingStart { microphone }

  public func stopRecording() -> String? {
    guard let spoken else { return nil }
    let path = passingFile(named: "memo.m4a")
    do { try spoken.write(to: URL(fileURLWithPath: path)) } catch { return nil }
    return path
  }

  public func show(file path: String) async {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    shown.append((name, FileManager.default.contents(atPath: path)))
  }

  public var pickedFolder: String { files?.file("picked") ?? "picked" }

  /// The files that were picked and wait.
  public var picked: [String] {
    let all = FileManager.default.subpaths(atPath: pickedFolder) ?? []
    return all.filter { $0.split(separator: "/").count > 2 }
  }

  public func passingFile(named name: String) -> String {
    passed += 1
    let folder = (files?.file("passing") ?? "passing") + "/\(passed)"
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    return folder + "/" + name
  }

  private func copy(of file: String, as name: String) -> String? {
    let path = passingFile(named: name)
    do { try FileManager.default.copyItem(atPath: file, toPath: path) } catch { return nil }
    return path
  }
}
