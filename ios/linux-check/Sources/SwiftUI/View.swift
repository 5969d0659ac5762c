// swift-format-ignore-file
// (what stands here is named by Apple, and documented there)

// A stand-in for the part of SwiftUI that this app uses. Nothing is drawn: what a view would show is written down as a
// list of nodes, in reading order. An API that is missing here is a compile error on Linux; add it where its kind stands.
@_exported import Foundation
@_exported import Observation

@MainActor @preconcurrency public protocol View {
  associatedtype Body: View
  @ViewBuilder @MainActor @preconcurrency var body: Body { get }
  /// Not Apple's: writes down what the view would show.
  @MainActor func _write(_ page: _Page)
}

extension View {
  public func _write(_ page: _Page) { body._write(page) }
}

extension Never: View {
  public var body: Never { fatalError("there is nothing to show") }
}

/// A view that has no body of its own.
@MainActor @preconcurrency public protocol _Leaf: View where Body == Never {}

extension _Leaf {
  public var body: Never { fatalError("a primitive view") }
}

public struct EmptyView: _Leaf {
  public nonisolated init() {}
  public func _write(_ page: _Page) {}
}

public struct AnyView: _Leaf {
  let view: any View
  public init<V: View>(_ view: V) { self.view = view }
  public func _write(_ page: _Page) { view._write(page) }
}

/// Several views, one after the other.
public struct TupleView<each V: View>: _Leaf {
  let views: (repeat each V)
  init(_ views: repeat each V) { self.views = (repeat each views) }
  public func _write(_ page: _Page) { repeat (each views)._write(page) }
}

extension Optional: View where Wrapped: View {
  public var body: Never { fatalError("a primitive view") }
  public func _write(_ page: _Page) { self?._write(page) }
}

public enum _Either<A: View, B: View>: _Leaf {
  case a(A)
  case b(B)

  public func _write(_ page: _Page) {
    switch self {
    case .a(let view): view._write(page)
    case .b(let view): view._write(page)
    }
  }
}

@MainActor
@resultBuilder public struct ViewBuilder {
  public static func buildBlock() -> EmptyView { EmptyView() }
  public static func buildBlock<V: View>(_ view: V) -> V { view }
  public static func buildBlock<each V: View>(_ views: repeat each V) -> TupleView<repeat each V> {
    TupleView(repeat each views)
  }
  public static func buildExpression<V: View>(_ view: V) -> V { view }
  public static func buildIf<V: View>(_ view: V?) -> V? { view }
  public static func buildEither<A: View, B: View>(first: A) -> _Either<A, B> { .a(first) }
  public static func buildEither<A: View, B: View>(second: B) -> _Either<A, B> { .b(second) }
}

/// A view with a change to what it would show.
public struct _Changed<Content: View>: _Leaf {
  let content: Content
  let change: @MainActor (inout [_Node]) -> Void

  public func _write(_ page: _Page) {
    let inner = _Page()
    content._write(inner)
    change(&inner.nodes)
    page.nodes += inner.nodes
  }
}

@MainActor @preconcurrency public protocol ViewModifier {
  associatedtype Body: View
  typealias Content = AnyView
  @ViewBuilder @MainActor @preconcurrency func body(content: Content) -> Body
}

extension View {
  public func modifier<M: ViewModifier>(_ modifier: M) -> some View {
    modifier.body(content: AnyView(self))
  }
}
