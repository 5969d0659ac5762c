// swift-format-ignore-file
// (what stands here is named by Apple, and documented there)

public protocol DynamicProperty {}

final class _Box<Value> {
  var value: Value
  init(_ value: Value) { self.value = value }
}

@MainActor @preconcurrency @propertyWrapper public struct State<Value>: DynamicProperty {
  let box: _Box<Value>
  public init(wrappedValue: Value) { box = _Box(wrappedValue) }
  public init(initialValue: Value) { box = _Box(initialValue) }
  public var wrappedValue: Value {
    get { box.value }
    nonmutating set { box.value = newValue }
  }
  public var projectedValue: Binding<Value> {
    let box = box
    return Binding(_read: { box.value }, _write: { box.value = $0 })
  }
}

extension State where Value: ExpressibleByNilLiteral {
  public init() { self.init(wrappedValue: nil) }
}

@MainActor @preconcurrency @propertyWrapper @dynamicMemberLookup
public struct Binding<Value>: DynamicProperty {
  let read: @MainActor () -> Value
  let write: @MainActor (Value) -> Void

  init(_read read: @escaping @MainActor () -> Value, _write write: @escaping @MainActor (Value) -> Void) {
    self.read = read
    self.write = write
  }

  // Apple's closures are isolated as their makers are; every maker in this app is on the main actor.
  public init(get: @escaping @MainActor () -> Value, set: @escaping @MainActor (Value) -> Void) {
    self.init(_read: get, _write: set)
  }

  public static func constant(_ value: Value) -> Binding {
    Binding(_read: { value }, _write: { _ in })
  }

  public var wrappedValue: Value {
    get { read() }
    nonmutating set { write(newValue) }
  }

  public var projectedValue: Binding { self }

  public subscript<Part>(dynamicMember path: WritableKeyPath<Value, Part>) -> Binding<Part> {
    Binding<Part>(
      _read: { self.wrappedValue[keyPath: path] },
      _write: { self.wrappedValue[keyPath: path] = $0 })
  }
}

@MainActor @preconcurrency @propertyWrapper @dynamicMemberLookup
public struct Bindable<Value: AnyObject & Observable> {
  public var wrappedValue: Value
  public init(wrappedValue: Value) { self.wrappedValue = wrappedValue }
  public init(_ value: Value) { self.wrappedValue = value }
  public var projectedValue: Bindable { self }

  public subscript<Part>(
    dynamicMember path: ReferenceWritableKeyPath<Value, Part>
  ) -> Binding<Part> {
    let object = wrappedValue
    return Binding<Part>(
      _read: { object[keyPath: path] }, _write: { object[keyPath: path] = $0 })
  }
}

public enum ScenePhase: Sendable { case background, inactive, active }
public enum ColorScheme: Sendable { case light, dark }
public enum UserInterfaceSizeClass: Sendable { case compact, regular }
public enum DynamicTypeSize: Comparable, Sendable {
  case xSmall, small, medium, large, xLarge, xxLarge, xxxLarge, accessibility1, accessibility2
  public var isAccessibilitySize: Bool { self >= .accessibility1 }
}

/// What surrounds a view. The tests set it for the views they read.
public struct EnvironmentValues: Sendable {
  @MainActor public static var _now = EnvironmentValues()

  public var scenePhase = ScenePhase.active
  public var colorScheme = ColorScheme.light
  public var dynamicTypeSize = DynamicTypeSize.large
  public var horizontalSizeClass: UserInterfaceSizeClass? = .compact
  public var accessibilityReduceMotion = false
  public var dismiss = DismissAction()
}

@MainActor @preconcurrency public struct DismissAction: Sendable {
  nonisolated init() {}
  public func callAsFunction() {}
}

@MainActor @preconcurrency @propertyWrapper public struct Environment<Value>: DynamicProperty {
  let path: KeyPath<EnvironmentValues, Value>
  public init(_ path: KeyPath<EnvironmentValues, Value>) { self.path = path }
  public var wrappedValue: Value { EnvironmentValues._now[keyPath: path] }
}

@MainActor @preconcurrency @propertyWrapper public struct FocusState<Value: Hashable>: DynamicProperty {
  let box: _Box<Value>
  public init() where Value == Bool { box = _Box(false) }
  public var wrappedValue: Value {
    get { box.value }
    nonmutating set { box.value = newValue }
  }
  public var projectedValue: Binding<Value> {
    let box = box
    return .init(_read: { box.value }, _write: { box.value = $0 })
  }
}

@MainActor @preconcurrency @propertyWrapper public struct ScaledMetric: DynamicProperty {
  public var wrappedValue: CGFloat
  public init(wrappedValue: CGFloat, relativeTo style: Font.TextStyle = .body) {
    self.wrappedValue = wrappedValue
  }
}
