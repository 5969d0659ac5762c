/// What was typed into a page and not written yet, as the one text the core keeps for it: what has a name stands in
/// a head between two fences, and the words below it. An entry without a head is its words alone.
struct KeptDraft: Equatable, Sendable {
  /// One line of the head.
  struct Field: Equatable, Sendable {
    let name: String
    let value: String
  }

  private static let fence = "---"
  private static let kind = "kind"
  private static let between = ": "

  /// The head, in order.
  var fields: [Field] = []
  /// The words.
  var body = ""

  /// The text that the core keeps.
  var text: String {
    if fields.isEmpty && !body.hasPrefix(Self.fence) { return body }
    let head = fields.map { $0.name + Self.between + $0.value.oneLine }
    return ([Self.fence] + head + [Self.fence, body]).joined(separator: "\n")
  }

  /// Nothing said yet.
  init() {}

  /// Begins a draft of a page that is no entry.
  init(of kind: String) {
    fields = [Field(name: Self.kind, value: kind)]
  }

  /// Reads what ``text`` gave; any other text is the words, as they are.
  init(_ text: String) {
    body = text
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
    guard lines.popFirst() == Self.fence[...] else { return }
    var head: [Field] = []
    while let line = lines.popFirst() {
      if line == Self.fence[...] {
        fields = head
        body = lines.joined(separator: "\n")
        return
      }
      guard let field = Self.field(line) else { return }
      head.append(field)
    }
  }

  /// Which page it was typed into; `nil` for an entry of the journal.
  var kind: String? { self[Self.kind].first }

  /// The values of a name, in order.
  subscript(name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }

  /// Adds a line to the head, where there is something to say.
  mutating func add(_ name: String, _ value: String?) {
    if let value, !value.isEmpty { fields.append(Field(name: name, value: value)) }
  }

  private static func field(_ line: Substring) -> Field? {
    let name = line.prefix { $0 != ":" }
    let value = line.dropFirst(name.count)
    guard !name.isEmpty, value.hasPrefix(between), name.allSatisfy(\.isLetter) else { return nil }
    return Field(name: String(name), value: String(value.dropFirst(between.count)))
  }
}

extension String {
  /// A head has one line a field.
  fileprivate var oneLine: String { split(whereSeparator: \.isNewline).joined(separator: " ") }
}
