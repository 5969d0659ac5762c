import BelayCore

/// A pick as a draft names it.
struct KeptPick: Equatable, Sendable {
  let kind: AttachmentKind
  let name: String
}

extension KeptDraft {
  private static let pick = "pick"
  private static let unchanged = "unchanged"

  /// What was picked for it, in order.
  var picks: [KeptPick] {
    self[Self.pick].compactMap { line in
      let parts = line.split(separator: " ").map(String.init)
      guard parts.count == 2,
        let kind = AttachmentKind.all.first(where: { String(describing: $0) == parts[0] })
      else { return nil }
      return KeptPick(kind: kind, name: parts[1])
    }
  }

  /// Names what was picked for it.
  mutating func add(_ picks: [KeptPick]) {
    for one in picks { add(Self.pick, String(describing: one.kind) + " " + one.name) }
  }

  /// Nothing was typed: the words are those of the entry, whatever they are by now.
  var isUnchanged: Bool { !self[Self.unchanged].isEmpty }

  /// A draft of an entry whose words stay as they are.
  static var ofUnchanged: KeptDraft {
    var draft = KeptDraft()
    draft.add(unchanged, "words")
    return draft
  }
}

extension AttachmentKind {
  /// All of them.
  static let all: [AttachmentKind] = [.photo, .voiceMemo, .file]
}
