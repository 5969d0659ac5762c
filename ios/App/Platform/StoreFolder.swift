#if canImport(UIKit)
  import Foundation

  /// Where the store lies: in the app's private container, never in a shared one (a locked database in a shared container
  /// has the app ended when it is suspended), and in no backup.
  struct StoreFolder {
    let path: String
    private let url: URL

    init() {
      url = URL.applicationSupportDirectory.appending(path: "store", directoryHint: .isDirectory)
      path = url.path(percentEncoded: false)
      try? FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      protect()
    }

    /// Says of what is there that it stays out of backups and is sealed by the phone until the first unlock after a
    /// start. A sync in the background needs it while the phone lies locked.
    func protect() {
      var folder = url.deletingLastPathComponent()
      var values = URLResourceValues()
      values.isExcludedFromBackup = true
      try? folder.setResourceValues(values)
      try? FileManager.default.setAttributes(
        [.protectionKey: FileProtectionType.completeUntilFirstUserAuthentication],
        ofItemAtPath: folder.path(percentEncoded: false))
    }
  }
#endif
