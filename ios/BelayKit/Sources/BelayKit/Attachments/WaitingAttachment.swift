import BelayCore

/// Something that was picked or recorded, and goes in when the entry is saved. How large it is, is seen before.
public struct WaitingAttachment: Identifiable, Equatable, Sendable {
  /// Names it on its page.
  public let id: Int
  /// What it is.
  public let kind: AttachmentKind
  /// How it is called; may be empty.
  public let name: String
  /// Its bytes.
  public let bytes: UInt64

  let mediaType: String?
  let file: PassingFile
  let thumbnail: PassingFile?

  /// What the recorder writes.
  private static let memoType = "audio/mp4"

  /// A photo, with the small picture that was drawn of it. It has no name: what a camera calls it tells nobody anything.
  static func photo(_ file: String, thumbnail: String?, id: Int) -> Self {
    Self(id: id, .photo, PassingFile(file), thumbnail: thumbnail.map(PassingFile.init))
  }

  /// Something spoken.
  static func memo(_ file: String, id: Int) -> Self {
    Self(id: id, .voiceMemo, PassingFile(file), mediaType: memoType)
  }

  /// A file, under its own name.
  static func file(_ path: String, id: Int) -> Self {
    let file = PassingFile(path)
    return Self(id: id, .file, file, name: file.name)
  }

  private init(
    id: Int, _ kind: AttachmentKind, _ file: PassingFile, name: String = "", mediaType: String? = nil,
    thumbnail: PassingFile? = nil
  ) {
    (self.id, self.kind, self.name, self.mediaType) = (id, kind, name, mediaType)
    (self.file, self.thumbnail) = (file, thumbnail)
    bytes = file.bytes
  }

  /// As the core takes it.
  func new(of entry: DocName) -> NewAttachment {
    NewAttachment(
      entry: entry, kind: kind, name: name, mediaType: mediaType, thumbnailPath: thumbnail?.path)
  }

  public static func == (one: Self, other: Self) -> Bool { one.id == other.id }
}
