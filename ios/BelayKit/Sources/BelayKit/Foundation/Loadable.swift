/// What a screen has of its content: nothing yet, all of it, or a problem with what can be done about it.
public enum Loadable<Value: Sendable>: Sendable {
  /// Asked for, not here yet. A screen says so only after a moment: most answers are here sooner, and something
  /// that flickers says less than nothing.
  case loading
  /// Here.
  case ready(Value)
  /// Could not be had.
  case failed(Problem)

  /// The content, where it is here.
  public var value: Value? {
    if case .ready(let value) = self { value } else { nil }
  }

  /// Why it is not here.
  public var problem: Problem? {
    if case .failed(let problem) = self { problem } else { nil }
  }

  /// Asked for, and no answer yet.
  public var isLoading: Bool {
    if case .loading = self { true } else { false }
  }
}

extension Loadable: Equatable where Value: Equatable {}
