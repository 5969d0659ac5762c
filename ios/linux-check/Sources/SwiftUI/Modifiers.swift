// swift-format-ignore-file
// (what stands here is named by Apple, and documented there)

// Modifiers that change how a view looks, and nothing of what it says.

public protocol PrimitiveButtonStyle {}
public struct PlainButtonStyle: PrimitiveButtonStyle {}
extension PrimitiveButtonStyle where Self == PlainButtonStyle {
  public static var plain: Self { .init() }
}

public struct ButtonStyleConfiguration {
  public struct Label: _Leaf {
    public func _write(_ page: _Page) {}
  }
  public let label: Label
  public let isPressed: Bool
}

@MainActor @preconcurrency public protocol ButtonStyle {
  associatedtype Body: View
  typealias Configuration = ButtonStyleConfiguration
  @ViewBuilder func makeBody(configuration: Configuration) -> Body
}

public protocol ListStyle {}
public struct PlainListStyle: ListStyle {}
extension ListStyle where Self == PlainListStyle { public static var plain: Self { .init() } }

public protocol TextFieldStyle {}
public struct PlainTextFieldStyle: TextFieldStyle {}
extension TextFieldStyle where Self == PlainTextFieldStyle {
  public static var plain: Self { .init() }
}

public enum TitleDisplayMode: Sendable { case automatic, inline, large }
public enum PresentationDetent: Hashable, Sendable { case medium, large }
public struct TextInputAutocapitalization: Sendable {
  public static var never: Self { .init() }
  public static var sentences: Self { .init() }
}
public enum SubmitLabel: Sendable { case done, next, send }
public struct Animation: Sendable {
  public static func easeOut(duration: Double) -> Animation { Animation() }
}

extension View {
  public func padding(_ edges: Edge.Set = .all, _ length: CGFloat? = nil) -> some View { self }
  public func padding(_ length: CGFloat) -> some View { self }
  public func frame(width: CGFloat? = nil, height: CGFloat? = nil, alignment: Alignment = .center)
    -> some View
  { self }
  public func frame(
    minWidth: CGFloat? = nil, idealWidth: CGFloat? = nil, maxWidth: CGFloat? = nil,
    minHeight: CGFloat? = nil, idealHeight: CGFloat? = nil, maxHeight: CGFloat? = nil,
    alignment: Alignment = .center
  ) -> some View { self }
  public func fixedSize(horizontal: Bool, vertical: Bool) -> some View { self }
  public func layoutPriority(_ priority: Double) -> some View { self }
  public func aspectRatio(_ ratio: CGFloat?, contentMode: ContentMode) -> some View { self }
  public func font(_ font: Font?) -> some View { self }
  public func lineSpacing(_ spacing: CGFloat) -> some View { self }
  public func lineLimit(_ lines: Int?) -> some View { self }
  public func minimumScaleFactor(_ factor: CGFloat) -> some View { self }
  public func lineLimit(_ lines: ClosedRange<Int>) -> some View { self }
  public func lineLimit(_ lines: PartialRangeFrom<Int>) -> some View { self }
  public func multilineTextAlignment(_ alignment: TextAlignment) -> some View { self }
  public func foregroundStyle<S: ShapeStyle>(_ style: S) -> some View { self }
  public func tint(_ color: Color?) -> some View { self }
  public func background<S: ShapeStyle>(_ style: S) -> some View { self }
  public func background<S: ShapeStyle, F: Shape>(_ style: S, in shape: F) -> some View { self }
  public func clipShape<F: Shape>(_ shape: F) -> some View { self }
  public func contentShape<F: Shape>(_ shape: F) -> some View { self }
  public func opacity(_ opacity: Double) -> some View { self }
  public func ignoresSafeArea() -> some View { self }
  public func buttonStyle<S: PrimitiveButtonStyle>(_ style: S) -> some View { self }
  public func buttonStyle<S: ButtonStyle>(_ style: S) -> some View { self }
  public func listStyle<S: ListStyle>(_ style: S) -> some View { self }
  public func listRowBackground<V: View>(_ view: V?) -> some View { self }
  public func listRowSeparator(_ visibility: Visibility) -> some View { self }
  public func scrollContentBackground(_ visibility: Visibility) -> some View { self }
  public func textFieldStyle<S: TextFieldStyle>(_ style: S) -> some View { self }
  public func textInputAutocapitalization(_ way: TextInputAutocapitalization?) -> some View { self }
  public func autocorrectionDisabled(_ disabled: Bool = true) -> some View { self }
  public func submitLabel(_ label: SubmitLabel) -> some View { self }
  public func navigationBarTitleDisplayMode(_ mode: TitleDisplayMode) -> some View { self }
  public func toolbarBackground<S: ShapeStyle>(_ style: S, for bars: ToolbarPlacement...) -> some View {
    self
  }
  public func presentationDetents(_ detents: Set<PresentationDetent>) -> some View { self }
  public func interactiveDismissDisabled(_ disabled: Bool = true) -> some View { self }
  public func tag<V: Hashable>(_ value: V) -> some View { self }
  public func id<ID: Hashable>(_ id: ID) -> some View { self }
  public func focused(_ binding: Binding<Bool>) -> some View { self }
  public func textSelection(_ selection: TextSelectability) -> some View { self }
  public func privacySensitive(_ sensitive: Bool = true) -> some View { self }
  public func animation<V: Equatable>(_ animation: Animation?, value: V) -> some View { self }
  public func accessibilityIdentifier(_ name: String) -> some View { self }
  public func accessibilitySortPriority(_ priority: Double) -> some View { self }
}

public enum ToolbarPlacement: Sendable { case navigationBar, tabBar }
public struct TextSelectability: Sendable { public static var enabled: Self { .init() } }
