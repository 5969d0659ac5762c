// swift-format-ignore-file
// (what stands here is named by Apple, and documented there)

/// What stands on a control, as one name.
@MainActor
private func name<V: View>(of label: V) -> String {
  _Page(of: label).nodes.map(\.spoken).filter { !$0.isEmpty }.joined(separator: ", ")
}

public struct Spacer: _Leaf {
  public init(minLength: CGFloat? = nil) {}
  public func _write(_ page: _Page) {}
}

public struct Divider: _Leaf {
  public init() {}
  public func _write(_ page: _Page) {}
}

public struct ProgressView: _Leaf {
  let title: String
  public init<S: StringProtocol>(_ title: S) { self.title = String(title) }
  public init<V: BinaryFloatingPoint, L: View>(
    value: V?, total: V = 1.0, @ViewBuilder label: () -> L
  ) { self.title = name(of: label()) }
  public func _write(_ page: _Page) { page.nodes.append(_Node(.text, title)) }
}

public struct Label<Title: View, Icon: View>: _Leaf {
  let title: Title
  public init(@ViewBuilder title: () -> Title, @ViewBuilder icon: () -> Icon) {
    self.title = title()
  }
  public func _write(_ page: _Page) { title._write(page) }
}

extension Label where Title == Text, Icon == Image {
  public init<S: StringProtocol>(_ title: S, systemImage: String) {
    self.init(title: { Text(title) }, icon: { Image(systemName: systemImage) })
  }
}

public struct Button<L: View>: _Leaf {
  let label: L
  let action: @MainActor () -> Void

  public init(action: @escaping @MainActor () -> Void, @ViewBuilder label: () -> L) {
    self.action = action
    self.label = label()
  }

  public init(
    role: ButtonRole?, action: @escaping @MainActor () -> Void, @ViewBuilder label: () -> L
  ) {
    self.init(action: action, label: label)
  }

  public func _write(_ page: _Page) {
    page.nodes.append(_Node(.button, name(of: label), press: action))
  }
}

extension Button where L == Text {
  public init<S: StringProtocol>(
    _ title: S, role: ButtonRole? = nil, action: @escaping @MainActor () -> Void
  ) {
    self.init(action: action, label: { Text(title) })
  }
}

public struct Menu<L: View, Content: View>: _Leaf {
  let label: L
  let content: Content
  public init(@ViewBuilder content: () -> Content, @ViewBuilder label: () -> L) {
    self.label = label()
    self.content = content()
  }
  public func _write(_ page: _Page) {
    page.nodes.append(_Node(.button, name(of: label), press: {}))
    content._write(page)
  }
}

public struct Toggle<L: View>: _Leaf {
  let label: L
  let isOn: Binding<Bool>
  public init(isOn: Binding<Bool>, @ViewBuilder label: () -> L) {
    self.isOn = isOn
    self.label = label()
  }
  public func _write(_ page: _Page) {
    let isOn = isOn
    var node = _Node(.toggle, name(of: label), press: { isOn.wrappedValue.toggle() })
    node.isSelected = isOn.wrappedValue
    page.nodes.append(node)
  }
}

extension Toggle where L == Text {
  public init<S: StringProtocol>(_ title: S, isOn: Binding<Bool>) {
    self.init(isOn: isOn, label: { Text(title) })
  }
}

public struct TextField: _Leaf {
  let title: String
  let text: Binding<String>
  public init<S: StringProtocol>(_ title: S, text: Binding<String>, axis: Axis = .horizontal) {
    self.title = String(title)
    self.text = text
  }
  public init<S: StringProtocol>(_ title: S, text: Binding<String>, prompt: Text?, axis: Axis = .horizontal) {
    self.init(title, text: text, axis: axis)
  }
  public func _write(_ page: _Page) {
    let text = text
    page.nodes.append(
      _Node(.field, title, value: text.wrappedValue, type: { text.wrappedValue = $0 }))
  }
}

public struct SecureField: _Leaf {
  let title: String
  let text: Binding<String>
  public init<S: StringProtocol>(_ title: S, text: Binding<String>) {
    self.title = String(title)
    self.text = text
  }
  public func _write(_ page: _Page) {
    let text = text
    page.nodes.append(_Node(.field, title, type: { text.wrappedValue = $0 }))
  }
}

public struct TextEditor: _Leaf {
  let text: Binding<String>
  public init(text: Binding<String>) { self.text = text }
  // Its name comes from the page: an editor has none of its own.
  public func _write(_ page: _Page) {
    let text = text
    page.nodes.append(_Node(.field, "", value: text.wrappedValue, type: { text.wrappedValue = $0 }))
  }
}

public struct Picker<L: View, Value: Hashable, Content: View>: _Leaf {
  let label: L
  let content: Content
  public init(
    selection: Binding<Value>, @ViewBuilder content: () -> Content, @ViewBuilder label: () -> L
  ) {
    self.label = label()
    self.content = content()
  }
  public func _write(_ page: _Page) {
    page.nodes.append(_Node(.choice, name(of: label)))
    content._write(page)
  }
}

extension Picker where L == Text {
  public init<S: StringProtocol>(
    _ title: S, selection: Binding<Value>, @ViewBuilder content: () -> Content
  ) {
    self.init(selection: selection, content: content, label: { Text(title) })
  }
}

public struct Stepper<L: View>: _Leaf {
  let label: L
  public init<V: Strideable>(
    value: Binding<V>, in range: ClosedRange<V>, step: V.Stride = 1, @ViewBuilder label: () -> L
  ) { self.label = label() }
  public func _write(_ page: _Page) { page.nodes.append(_Node(.choice, name(of: label))) }
}

public struct Slider<L: View>: _Leaf {
  let label: L
  public init<V: BinaryFloatingPoint>(
    value: Binding<V>, in bounds: ClosedRange<V> = 0...1, step: V.Stride = 1, @ViewBuilder label: () -> L
  ) where V.Stride: BinaryFloatingPoint { self.label = label() }
  public func _write(_ page: _Page) { page.nodes.append(_Node(.choice, name(of: label))) }
}

public struct DatePickerComponents: OptionSet, Sendable {
  public let rawValue: Int
  public init(rawValue: Int) { self.rawValue = rawValue }
  public static let date = Self(rawValue: 1)
  public static let hourAndMinute = Self(rawValue: 2)
}

public struct DatePicker: _Leaf {
  let title: String
  public init<S: StringProtocol>(
    _ title: S, selection: Binding<Date>, in range: PartialRangeThrough<Date>,
    displayedComponents: DatePickerComponents = [.date]
  ) { self.title = String(title) }
  public init<S: StringProtocol>(
    _ title: S, selection: Binding<Date>, displayedComponents: DatePickerComponents = [.date]
  ) { self.title = String(title) }
  public func _write(_ page: _Page) { page.nodes.append(_Node(.choice, title)) }
}

public struct NavigationLink<L: View>: _Leaf {
  let label: L
  public init<Value: Hashable>(value: Value?, @ViewBuilder label: () -> L) { self.label = label() }
  public func _write(_ page: _Page) {
    page.nodes.append(_Node(.button, name(of: label), press: {}))
  }
}
