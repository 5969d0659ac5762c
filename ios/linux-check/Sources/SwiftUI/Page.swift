// swift-format-ignore-file
// (what stands here is named by Apple, and documented there)

/// What a screen would show, in reading order. Not part of SwiftUI: the tests read it.
@MainActor
public final class _Page {
  public var nodes: [_Node] = []

  public init() {}

  /// What this view would show just now.
  public convenience init<V: View>(of view: V) {
    self.init()
    view._write(self)
  }

  /// All that is said, one node a line.
  public var said: String { nodes.map(\.spoken).joined(separator: "\n") }

  /// The first control with this name.
  public func control(_ label: String) -> _Node? {
    nodes.first { $0.isControl && $0.label == label }
  }
}

/// Something that is shown, as an assistive program meets it.
public struct _Node {
  public enum Kind: Sendable {
    case text, image, heading, button, toggle, field, choice
  }

  public var kind: Kind
  public var label: String
  public var value: String?
  public var hint: String?
  public var isDisabled = false
  public var isSelected = false
  /// What a tap does.
  public var press: (@MainActor () -> Void)?
  /// What typing does.
  public var type: (@MainActor (String) -> Void)?

  public init(
    _ kind: Kind, _ label: String, value: String? = nil, press: (@MainActor () -> Void)? = nil,
    type: (@MainActor (String) -> Void)? = nil
  ) {
    self.kind = kind
    self.label = label
    self.value = value
    self.press = press
    self.type = type
  }

  public var isControl: Bool {
    switch kind {
    case .button, .toggle, .field, .choice: true
    case .text, .image, .heading: false
    }
  }

  public var spoken: String { [label, value].compactMap(\.self).joined(separator: ": ") }
}
