// swift-format-ignore-file
// (what stands here is named by Apple, and documented there)

public struct Text: _Leaf {
  let text: String
  public init<S: StringProtocol>(_ text: S) { self.text = String(text) }
  public init(verbatim text: String) { self.text = text }
  public func _write(_ page: _Page) { page.nodes.append(_Node(.text, text)) }
  public func bold() -> Text { self }
  public func underline() -> Text { self }
  public func strikethrough() -> Text { self }
  public static func + (lhs: Text, rhs: Text) -> Text { Text(verbatim: lhs.text + rhs.text) }
}

public struct Image: _Leaf {
  public init(systemName: String) {}
  public init(decorative cgImage: _CGImage, scale: CGFloat) {}
  // A picture without a word near it says nothing; the views give it one, or hide it.
  public func _write(_ page: _Page) { page.nodes.append(_Node(.image, "")) }
  public func resizable() -> Image { self }
  public func interpolation(_ interpolation: Interpolation) -> Image { self }
  public enum Interpolation: Sendable { case none, high }
}

/// Stands for CoreGraphics' picture.
public struct _CGImage: Sendable {}

public struct Font: Sendable {
  public enum TextStyle: Sendable {
    case largeTitle, title, title2, title3, headline, body, callout, footnote, caption
  }
  public enum Design: Sendable { case `default`, serif, monospaced }
  public enum Weight: Sendable { case regular, medium, semibold, bold }
  public static func system(_ style: TextStyle, design: Design? = nil, weight: Weight? = nil) -> Font {
    Font()
  }
  public static func custom(_ name: String, size: CGFloat, relativeTo style: TextStyle) -> Font { Font() }
  public func weight(_ weight: Weight) -> Font { self }
  public func monospacedDigit() -> Font { self }
}

public protocol ShapeStyle: Sendable {}

public struct Color: ShapeStyle, Equatable {
  public enum RGBColorSpace: Sendable { case sRGB }
  public init(_ space: RGBColorSpace = .sRGB, red: Double, green: Double, blue: Double, opacity: Double = 1) {
  }
  public static let clear = Color(red: 0, green: 0, blue: 0, opacity: 0)
}

extension Color: View {
  public var body: Never { fatalError("a primitive view") }
  public func _write(_ page: _Page) {}
}

public enum Edge: Sendable {
  case top, leading, bottom, trailing
  public struct Set: OptionSet, Sendable {
    public let rawValue: Int8
    public init(rawValue: Int8) { self.rawValue = rawValue }
    public static let top = Set(rawValue: 1)
    public static let leading = Set(rawValue: 2)
    public static let bottom = Set(rawValue: 4)
    public static let trailing = Set(rawValue: 8)
    public static let all = Set(rawValue: 15)
    public static let horizontal = Set(rawValue: 10)
    public static let vertical = Set(rawValue: 5)
  }
}

public enum Axis: Sendable {
  case horizontal, vertical
  public struct Set: OptionSet, Sendable {
    public let rawValue: Int8
    public init(rawValue: Int8) { self.rawValue = rawValue }
    public static let horizontal = Set(rawValue: 1)
    public static let vertical = Set(rawValue: 2)
  }
}

public struct Alignment: Sendable {
  public static let center = Alignment()
  public static let leading = Alignment()
  public static let trailing = Alignment()
  public static let top = Alignment()
  public static let topLeading = Alignment()
  public static let bottom = Alignment()
}

public enum HorizontalAlignment: Sendable { case leading, center, trailing }
public enum VerticalAlignment: Sendable { case top, center, bottom, firstTextBaseline }
public enum TextAlignment: Sendable { case leading, center, trailing }
public enum ContentMode: Sendable { case fit, fill }
public enum Visibility: Sendable { case automatic, visible, hidden }

public struct ButtonRole: Equatable, Sendable {
  let name: String
  public static let destructive = ButtonRole(name: "destructive")
  public static let cancel = ButtonRole(name: "cancel")
}

public struct AccessibilityTraits: OptionSet, Sendable {
  public let rawValue: Int
  public init(rawValue: Int) { self.rawValue = rawValue }
  public static let isHeader = Self(rawValue: 1)
  public static let isButton = Self(rawValue: 2)
  public static let isSelected = Self(rawValue: 4)
  public static let updatesFrequently = Self(rawValue: 8)
}

public enum AccessibilityChildBehavior: Sendable { case ignore, contain, combine }
