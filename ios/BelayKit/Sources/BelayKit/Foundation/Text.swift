extension String {
  /// Nothing but space stands in it.
  var isBlank: Bool { allSatisfy(\.isWhitespace) }

  /// As the core takes an optional text: none where nothing was typed.
  var given: String? { isBlank ? nil : self }

  /// Without space at its end.
  var trimmedEnd: String {
    var text = self[...]
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }

  /// Without space at either end.
  var trimmed: String {
    var text = self[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
