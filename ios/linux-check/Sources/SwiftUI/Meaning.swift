// swift-format-ignore-file
// (what stands here is named by Apple, and documented there)

// Modifiers that change what a view says, whether it is there, or what it does.

extension View {
  public func disabled(_ disabled: Bool) -> some View {
    _Changed(content: self) { nodes in
      if disabled { for at in nodes.indices { nodes[at].isDisabled = true } }
    }
  }

  public func overlay<V: View>(alignment: Alignment = .center, @ViewBuilder content: () -> V)
    -> some View
  {
    VStackPair(first: self, second: content())
  }

  public func safeAreaInset<V: View>(
    edge: VerticalEdge, spacing: CGFloat? = nil, @ViewBuilder content: () -> V
  ) -> some View {
    VStackPair(first: self, second: content())
  }

  public func navigationTitle<S: StringProtocol>(_ title: S) -> some View {
    let title = String(title)
    return _Changed(content: self) { nodes in nodes.insert(_Node(.heading, title), at: 0) }
  }

  public func navigationDestination<D: Hashable, V: View>(
    for type: D.Type, @ViewBuilder destination: @escaping (D) -> V
  ) -> some View { self }

  public func toolbar<V: View>(@ViewBuilder content: () -> V) -> some View {
    VStackPair(first: content(), second: self)
  }

  public func tabItem<V: View>(@ViewBuilder _ label: () -> V) -> some View {
    VStackPair(first: label(), second: self)
  }

  public func searchable(text: Binding<String>, prompt: String) -> some View {
    VStackPair(first: TextField(prompt, text: text), second: self)
  }

  // MARK: Over the page

  public func sheet<V: View>(
    isPresented: Binding<Bool>, onDismiss: (() -> Void)? = nil, @ViewBuilder content: () -> V
  ) -> some View {
    VStackPair(first: self, second: isPresented.wrappedValue ? content() : nil)
  }

  public func sheet<Item: Identifiable, V: View>(
    item: Binding<Item?>, onDismiss: (() -> Void)? = nil, @ViewBuilder content: (Item) -> V
  ) -> some View {
    VStackPair(first: self, second: item.wrappedValue.map(content))
  }

  public func fullScreenCover<V: View>(
    isPresented: Binding<Bool>, onDismiss: (() -> Void)? = nil, @ViewBuilder content: () -> V
  ) -> some View {
    VStackPair(first: self, second: isPresented.wrappedValue ? content() : nil)
  }

  public func confirmationDialog<S: StringProtocol, A: View, M: View>(
    _ title: S, isPresented: Binding<Bool>, titleVisibility: Visibility = .automatic,
    @ViewBuilder actions: () -> A, @ViewBuilder message: () -> M
  ) -> some View {
    let shown = isPresented.wrappedValue
    let heading = shown ? Text(title) : nil
    let asked = VStackPair(first: heading, second: shown ? message() : nil)
    return VStackPair(first: self, second: VStackPair(first: asked, second: shown ? actions() : nil))
  }

  // MARK: In time

  public func task(_ action: @escaping @MainActor () async -> Void) -> some View { self }
  public func task<ID: Equatable>(id: ID, _ action: @escaping @MainActor () async -> Void)
    -> some View
  { self }
  public func refreshable(action: @escaping @MainActor () async -> Void) -> some View { self }
  public func onAppear(perform: (() -> Void)? = nil) -> some View { self }
  public func onDisappear(perform: (() -> Void)? = nil) -> some View { self }
  public func onSubmit(_ action: @escaping () -> Void) -> some View { self }
  public func onOpenURL(perform: @escaping (URL) -> Void) -> some View { self }
  public func onChange<V: Equatable>(
    of value: V, initial: Bool = false, _ action: @escaping (V, V) -> Void
  ) -> some View { self }

  // MARK: For assistive programs

  public func accessibilityLabel<S: StringProtocol>(_ label: S) -> some View {
    let label = String(label)
    return _Changed(content: self) { nodes in
      // Apple names the element that the view is; a view of several parts becomes one first.
      guard var one = nodes.first(where: \.isControl) ?? nodes.first else {
        nodes = [_Node(.image, label)]
        return
      }
      one.label = label
      nodes = [one]
    }
  }

  public func accessibilityValue<S: StringProtocol>(_ value: S) -> some View {
    let value = String(value)
    return _Changed(content: self) { nodes in
      if !nodes.isEmpty { nodes[0].value = value }
    }
  }

  public func accessibilityHint<S: StringProtocol>(_ hint: S) -> some View {
    let hint = String(hint)
    return _Changed(content: self) { nodes in
      if !nodes.isEmpty { nodes[0].hint = hint }
    }
  }

  public func accessibilityHidden(_ hidden: Bool) -> some View {
    _Changed(content: self) { nodes in
      if hidden { nodes = [] }
    }
  }

  public func accessibilityElement(children: AccessibilityChildBehavior = .ignore) -> some View {
    _Changed(content: self) { nodes in
      switch children {
      case .contain: break
      case .ignore: nodes = [_Node(.text, "")]
      case .combine:
        let said = nodes.map(\.spoken).filter { !$0.isEmpty }.joined(separator: ", ")
        var one = nodes.first(where: \.isControl) ?? _Node(.text, "")
        one.label = said
        one.value = nil
        nodes = [one]
      }
    }
  }

  public func accessibilityAddTraits(_ traits: AccessibilityTraits) -> some View {
    _Changed(content: self) { nodes in
      for at in nodes.indices {
        if traits.contains(.isHeader) { nodes[at].kind = .heading }
        if traits.contains(.isSelected) { nodes[at].isSelected = true }
      }
    }
  }

  public func accessibilityAction<S: StringProtocol>(
    named name: S, _ action: @escaping @MainActor () -> Void
  ) -> some View {
    let name = String(name)
    return _Changed(content: self) { nodes in
      nodes.append(_Node(.button, name, press: action))
    }
  }
}

public enum VerticalEdge: Sendable { case top, bottom }

public enum ToolbarItemPlacement: Sendable {
  case automatic, primaryAction, cancellationAction, confirmationAction, topBarLeading
}

public struct ToolbarItem<Content: View>: _Leaf {
  let content: Content
  public init(placement: ToolbarItemPlacement = .automatic, @ViewBuilder content: () -> Content) {
    self.content = content()
  }
  public func _write(_ page: _Page) { content._write(page) }
}

/// Two views, read one after the other.
struct VStackPair<First: View, Second: View>: _Leaf {
  let first: First
  let second: Second
  func _write(_ page: _Page) {
    first._write(page)
    second._write(page)
  }
}
