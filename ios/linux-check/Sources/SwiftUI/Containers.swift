// swift-format-ignore-file
// (what stands here is named by Apple, and documented there)

public struct VStack<Content: View>: _Leaf {
  let content: Content
  public init(
    alignment: HorizontalAlignment = .center, spacing: CGFloat? = nil,
    @ViewBuilder content: () -> Content
  ) { self.content = content() }
  public func _write(_ page: _Page) { content._write(page) }
}

public struct LazyVStack<Content: View>: _Leaf {
  let content: Content
  public init(
    alignment: HorizontalAlignment = .center, spacing: CGFloat? = nil,
    @ViewBuilder content: () -> Content
  ) { self.content = content() }
  public func _write(_ page: _Page) { content._write(page) }
}

public struct HStack<Content: View>: _Leaf {
  let content: Content
  public init(
    alignment: VerticalAlignment = .center, spacing: CGFloat? = nil,
    @ViewBuilder content: () -> Content
  ) { self.content = content() }
  public func _write(_ page: _Page) { content._write(page) }
}

public struct ZStack<Content: View>: _Leaf {
  let content: Content
  public init(alignment: Alignment = .center, @ViewBuilder content: () -> Content) {
    self.content = content()
  }
  public func _write(_ page: _Page) { content._write(page) }
}

public struct GridItem: Sendable {
  public enum Size: Sendable { case flexible, fixed(CGFloat), adaptive(minimum: CGFloat) }
  public init(_ size: Size = .flexible, spacing: CGFloat? = nil) {}
}

public struct LazyVGrid<Content: View>: _Leaf {
  let content: Content
  public init(
    columns: [GridItem], alignment: HorizontalAlignment = .center, spacing: CGFloat? = nil,
    @ViewBuilder content: () -> Content
  ) { self.content = content() }
  public func _write(_ page: _Page) { content._write(page) }
}

public struct Group<Content: View>: _Leaf {
  let content: Content
  public init(@ViewBuilder content: () -> Content) { self.content = content() }
  public func _write(_ page: _Page) { content._write(page) }
}

/// Takes the first of the views that fits; a reader meets only that one.
public struct ViewThatFits<Content: View>: _Leaf {
  let content: Content
  public init(in axes: Axis.Set = [.horizontal, .vertical], @ViewBuilder content: () -> Content) {
    self.content = content()
  }
  public func _write(_ page: _Page) { content._write(page) }
}

public struct ScrollView<Content: View>: _Leaf {
  let content: Content
  public init(
    _ axes: Axis.Set = .vertical, showsIndicators: Bool = true, @ViewBuilder content: () -> Content
  ) { self.content = content() }
  public func _write(_ page: _Page) { content._write(page) }
}

public struct Form<Content: View>: _Leaf {
  let content: Content
  public init(@ViewBuilder content: () -> Content) { self.content = content() }
  public func _write(_ page: _Page) { content._write(page) }
}

public struct List<Content: View>: _Leaf {
  let content: Content
  public init(@ViewBuilder content: () -> Content) { self.content = content() }
  public func _write(_ page: _Page) { content._write(page) }
}

public struct Section<Header: View, Content: View, Footer: View>: _Leaf {
  let header: Header
  let content: Content
  let footer: Footer

  public init(
    @ViewBuilder content: () -> Content, @ViewBuilder header: () -> Header,
    @ViewBuilder footer: () -> Footer
  ) {
    self.content = content()
    self.header = header()
    self.footer = footer()
  }

  public func _write(_ page: _Page) {
    header._write(page)
    content._write(page)
    footer._write(page)
  }
}

extension Section where Footer == EmptyView {
  public init(@ViewBuilder content: () -> Content, @ViewBuilder header: () -> Header) {
    self.init(content: content, header: header, footer: { EmptyView() })
  }
}

extension Section where Header == EmptyView {
  public init(@ViewBuilder content: () -> Content, @ViewBuilder footer: () -> Footer) {
    self.init(content: content, header: { EmptyView() }, footer: footer)
  }
}

extension Section where Header == Text, Footer == EmptyView {
  public init<S: StringProtocol>(_ title: S, @ViewBuilder content: () -> Content) {
    self.init(content: content, header: { Text(title) }, footer: { EmptyView() })
  }
}

extension Section where Header == EmptyView, Footer == EmptyView {
  public init(@ViewBuilder content: () -> Content) {
    self.init(content: content, header: { EmptyView() }, footer: { EmptyView() })
  }
}

public struct ForEach<Data: RandomAccessCollection, ID: Hashable, Content: View>: _Leaf {
  let data: Data
  let content: @MainActor (Data.Element) -> Content

  public init(
    _ data: Data, id: KeyPath<Data.Element, ID>,
    @ViewBuilder content: @escaping @MainActor (Data.Element) -> Content
  ) {
    self.data = data
    self.content = content
  }

  public func _write(_ page: _Page) {
    for element in data { content(element)._write(page) }
  }
}

extension ForEach where Data.Element: Identifiable, ID == Data.Element.ID {
  public init(_ data: Data, @ViewBuilder content: @escaping @MainActor (Data.Element) -> Content) {
    self.data = data
    self.content = content
  }
}

public struct NavigationStack<Root: View>: _Leaf {
  let root: Root
  public init(@ViewBuilder root: () -> Root) { self.root = root() }
  public init<Element: Hashable>(path: Binding<[Element]>, @ViewBuilder root: () -> Root) {
    self.root = root()
  }
  public func _write(_ page: _Page) { root._write(page) }
}

public struct NavigationSplitView<Sidebar: View, Detail: View>: _Leaf {
  let sidebar: Sidebar
  let detail: Detail
  public init(@ViewBuilder sidebar: () -> Sidebar, @ViewBuilder detail: () -> Detail) {
    self.sidebar = sidebar()
    self.detail = detail()
  }
  public func _write(_ page: _Page) {
    sidebar._write(page)
    detail._write(page)
  }
}

public struct TabView<Selection: Hashable, Content: View>: _Leaf {
  let content: Content
  public init(selection: Binding<Selection>?, @ViewBuilder content: () -> Content) {
    self.content = content()
  }
  public func _write(_ page: _Page) { content._write(page) }
}

public struct DisclosureGroup<Label: View, Content: View>: _Leaf {
  let label: Label
  let content: Content
  public init(
    isExpanded: Binding<Bool>, @ViewBuilder content: @escaping () -> Content,
    @ViewBuilder label: () -> Label
  ) {
    self.label = label()
    self.content = content()
  }
  public func _write(_ page: _Page) {
    label._write(page)
    content._write(page)
  }
}

extension DisclosureGroup where Label == Text {
  public init<S: StringProtocol>(_ title: S, @ViewBuilder content: @escaping () -> Content) {
    self.init(isExpanded: .constant(true), content: content, label: { Text(title) })
  }
}
