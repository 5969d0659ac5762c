import BelayCore
import Foundation

/// Something that was picked or recorded, and goes in when the entry is saved. How large it is, is seen before.
public struct WaitingAttachment: Identifiable, Equatable, Sendable {
  /// Names it on its page, and in the draft of it.
  public let id: String
  /// What it is.
  public let kind: AttachmentKind
  /// How it is called; may be empty. A photo and a memo have no name: what a camera calls it tells nobody anything.
  public let name: String
  /// Its bytes.
  public let bytes: UInt64

  let file: String
  let thumbnail: String?

  /// What the recorder writes.
  private static let memoType = "audio/mp4"

  /// Finds a pick again; `nil` where it is gone.
  init?(_ pick: KeptPick, in store: PickStore) {
    guard let file = store.file(of: pick.name) else { return nil }
    id = pick.name
    kind = pick.kind
    self.file = file
    name = kind == .file ? file.split(separator: "/").last.map(String.init) ?? "" : ""
    thumbnail = kind == .photo ? store.small(of: pick.name) : nil
    let known = try? FileManager.default.attributesOfItem(atPath: file)
    bytes = (known?[.size] as? NSNumber)?.uint64Value ?? 0
  }

  /// As a draft names it.
  var kept: KeptPick { KeptPick(kind: kind, name: id) }

  /// As the core takes it.
  func new(of entry: DocName) -> NewAttachment {
    NewAttachment(
      entry: entry, kind: kind, name: name, mediaType: kind == .voiceMemo ? Self.memoType : nil,
      thumbnailPath: thumbnail)
  }

  public static func == (one: Self, other: Self) -> Bool { one.id == other.id }
}
