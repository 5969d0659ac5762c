#if canImport(UIKit)
  import Foundation

  /// Files that are looked at or handed on, and go again. They lie in a folder of their own that the next start
  /// empties, and can be read only while the phone is unlocked.
  enum PassingFiles {
    private static let folder = FileManager.default.temporaryDirectory.appending(path: "passing")

    /// Removes what an earlier process left.
    static func removeAll() { try? FileManager.default.removeItem(at: folder) }

    /// A path that nothing else has.
    static func path(named name: String) -> String {
      let place = folder.appending(path: UUID().uuidString)
      // One that is open while the phone is locked, such as a recording, can be written to its end.
      try? FileManager.default.createDirectory(
        at: place, withIntermediateDirectories: true,
        attributes: [.protectionKey: FileProtectionType.completeUnlessOpen])
      return place.appending(path: name).path(percentEncoded: false)
    }

    /// A copy of a file; `nil` where it cannot be read.
    static func copy(of file: URL, as name: String) -> String? {
      let copy = path(named: name)
      do {
        try FileManager.default.copyItem(at: file, to: URL(filePath: copy))
        return copy
      } catch {
        return nil
      }
    }
  }
#endif
