import Foundation

/// What was picked or spoken and is not saved yet, over the end of the process: a folder of the app's own, in which each
/// pick has one of its own by a name that says nothing. The draft it belongs to, sealed in the core, names it; what no
/// draft names any more goes when the app starts.
struct PickStore: Sendable {
  private static let file = "file"
  private static let small = "small"
  private let folder: String

  /// Keeps in this folder.
  init(_ folder: String) {
    self.folder = folder
  }

  /// Takes over a file, and the small picture that was drawn of it; `nil` where the disk refuses, and nothing is left of
  /// them then.
  func keep(_ file: String, small: String? = nil) -> String? {
    let name = UUID().uuidString
    defer {
      for left in [file, small].compactMap(\.self) { try? FileManager.default.removeItem(atPath: left) }
    }
    do {
      try move(file, into: place(name, Self.file))
      // Without its small picture it is a photo all the same.
      if let small { try? move(small, into: place(name, Self.small)) }
      return name
    } catch {
      remove(name)
      return nil
    }
  }

  /// Where the file of a pick lies; `nil` where it is gone.
  func file(of name: String) -> String? { only(in: place(name, Self.file)) }

  /// Where its small picture lies.
  func small(of name: String) -> String? { only(in: place(name, Self.small)) }

  /// Lets go of a pick.
  func remove(_ name: String) {
    guard Self.isName(name) else { return }
    try? FileManager.default.removeItem(atPath: folder + "/" + name)
  }

  /// The picks that are there.
  var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter(Self.isName)
  }

  /// Lets go of all of them.
  func removeAll() {
    try? FileManager.default.removeItem(atPath: folder)
  }

  private func place(_ name: String, _ part: String) -> String? {
    Self.isName(name) ? [folder, name, part].joined(separator: "/") : nil
  }

  private func only(in place: String?) -> String? {
    guard let place, let found = try? FileManager.default.contentsOfDirectory(atPath: place).first
    else { return nil }
    return place + "/" + found
  }

  private func move(_ file: String, into place: String?) throws {
    guard let place, let name = file.split(separator: "/").last else { return }
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
    let kept = place + "/" + name
    try FileManager.default.moveItem(atPath: file, toPath: kept)
    #if os(iOS)
      // Nobody reads it while the phone is locked.
      try FileManager.default.setAttributes(
        [.protectionKey: FileProtectionType.complete], ofItemAtPath: kept)
    #endif
  }

  /// Only what this store named itself: nothing that a text names leads anywhere else.
  private static func isName(_ name: String) -> Bool { UUID(uuidString: name) != nil }
}

extension Services {
  /// What was picked and not saved yet.
  var picks: PickStore { PickStore(shell.pickedFolder) }

  /// Lets go of picks that no draft names: those of a process that ended before their draft was kept.
  func tidyPicks() async {
    // Looked at before the drafts: what is picked meanwhile is none of them.
    let there = picks.names
    guard !there.isEmpty, let drafts = try? await core.drafts() else { return }
    let named = Set(drafts.flatMap { KeptDraft($0.text).picks.map(\.name) })
    for name in there where !named.contains(name) { picks.remove(name) }
  }
}
