// swift-format-ignore-file
// (what stands here is named by Apple, and documented there)

public struct Path: Sendable {
  public init() {}
  public init(_ build: (inout Path) -> Void) {
    var path = Path()
    build(&path)
    self = path
  }
  public init(ellipseIn rect: CGRect) {}
  public init(roundedRect rect: CGRect, cornerRadius: CGFloat) {}
  public mutating func move(to point: CGPoint) {}
  public mutating func addLine(to point: CGPoint) {}
  public mutating func addQuadCurve(to point: CGPoint, control: CGPoint) {}
  public mutating func addEllipse(in rect: CGRect) {}
  public mutating func addRect(_ rect: CGRect) {}
  public mutating func addPath(_ path: Path) {}
  public mutating func addArc(
    center: CGPoint, radius: CGFloat, startAngle: Angle, endAngle: Angle, clockwise: Bool
  ) {}
  public mutating func closeSubpath() {}
}

public struct Angle: Sendable {
  public static func degrees(_ degrees: Double) -> Angle { Angle() }
}

public struct StrokeStyle: Sendable {
  public enum Cap: Sendable { case round, butt }
  public enum Join: Sendable { case round, miter }
  public init(lineWidth: CGFloat = 1, lineCap: Cap = .butt, lineJoin: Join = .miter, dash: [CGFloat] = []) {}
}

public protocol Shape: View where Body == Never {
  nonisolated func path(in rect: CGRect) -> Path
}

extension Shape {
  public var body: Never { fatalError("a primitive view") }
  // A shape alone says nothing to anybody who does not see it.
  public func _write(_ page: _Page) {}
  public func fill<S: ShapeStyle>(_ style: S) -> some View { _Drawn() }
  public func stroke<S: ShapeStyle>(_ style: S, lineWidth: CGFloat = 1) -> some View { _Drawn() }
  public func stroke<S: ShapeStyle>(_ style: S, style stroke: StrokeStyle) -> some View { _Drawn() }
  public func strokeBorder<S: ShapeStyle>(_ style: S, lineWidth: CGFloat = 1) -> some View
  where Self == RoundedRectangle { _Drawn() }
}

struct _Drawn: _Leaf {
  func _write(_ page: _Page) {}
}

public struct RoundedRectangle: Shape {
  public init(cornerRadius: CGFloat) {}
  public nonisolated func path(in rect: CGRect) -> Path { Path() }
}

public struct Circle: Shape {
  public init() {}
  public nonisolated func path(in rect: CGRect) -> Path { Path() }
}

public struct Capsule: Shape {
  public init() {}
  public nonisolated func path(in rect: CGRect) -> Path { Path() }
}

public struct Rectangle: Shape {
  public init() {}
  public nonisolated func path(in rect: CGRect) -> Path { Path() }
}

public struct GeometryProxy: Sendable { public var size: CGSize { .zero } }
