import BelayCore

extension TrustedPerson {
  private static let between: Character = "\t"

  /// What was noted of them, as a field has it.
  public var noteText: String {
    get { note ?? "" }
    set { note = newValue.isEmpty ? nil : newValue }
  }

  /// All of one person on one line of a draft.
  var line: String {
    [String(describing: channel), name, address, noteText]
      .map { String($0.map { $0 == Self.between ? " " : $0 }) }
      .joined(separator: String(Self.between))
  }

  /// Reads what ``line`` gave; `nil` for any other text.
  init?(line: String) {
    let parts = line.split(separator: Self.between, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 4,
      let channel = TrustedChannel.all.first(where: { String(describing: $0) == parts[0] })
    else { return nil }
    self.init(
      name: parts[1], channel: channel, address: parts[2], note: parts[3].isEmpty ? nil : parts[3])
  }
}
