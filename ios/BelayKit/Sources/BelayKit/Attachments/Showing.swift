import BelayCore
import Foundation

/// Attachments are shown by copies outside the store, which go as soon as nobody looks at them.
extension Services {
  /// Shows an attachment: `export` opens it into a file, which goes when the person has closed it.
  func show(
    _ attachment: AttachmentView, _ export: @MainActor (_ path: String) async throws -> Void
  ) async throws {
    let path = shell.passingFile(named: attachment.fileName)
    defer { shell.remove(file: path) }
    try await export(path)
    await shell.show(file: path)
  }

  /// The bytes of a small picture; `nil` where it cannot be drawn, which leaves the rest of a page as it is.
  func smallPicture(_ export: @MainActor (_ path: String) async throws -> Void) async -> Data? {
    let path = shell.passingFile(named: "small")
    defer { shell.remove(file: path) }
    guard (try? await export(path)) != nil else { return nil }
    return FileManager.default.contents(atPath: path)
  }
}

/// How files end whose name does not say what they are.
private let endings = [
  "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "audio/mp4": "m4a",
]

extension AttachmentView {
  /// A name for a file of it, which never leads into another folder.
  var fileName: String {
    let given = name.map { $0 == "/" || $0 == "\\" || $0.isNewline ? "-" : $0 }
    let plain = String(given).trimmed
    let base = plain.isEmpty || plain.hasPrefix(".") ? "attachment" : plain
    guard !base.contains("."), let ending = endings[mediaType] else { return base }
    return base + "." + ending
  }
}
