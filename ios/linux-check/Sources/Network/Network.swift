// swift-format-ignore-file
// (what stands here is named by Apple, and documented there)
import Dispatch
import dnssd

public final class NWParameters: @unchecked Sendable {
  public init() {}
}

public struct NWTXTRecord: Hashable, Sendable {
  private var entries: [String: String]
  public init(_ dictionary: [String: String] = [:]) { entries = dictionary }
  public var dictionary: [String: String] { entries }
  public subscript(key: String) -> String? {
    get { entries[key] }
    set { entries[key] = newValue }
  }
}

public final class NWInterface: Hashable, @unchecked Sendable {
  public static func == (one: NWInterface, other: NWInterface) -> Bool { one === other }
  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

public enum NWEndpoint: Hashable, Sendable {
  case service(name: String, type: String, domain: String, interface: NWInterface?)
  case unix(path: String)
}

public enum NWError: Error, Equatable, Sendable {
  case dns(Int32)
}

/// Sees what is registered in this program: a network of one machine.
public final class NWBrowser: @unchecked Sendable {
  public enum Descriptor: Equatable, Sendable {
    case bonjour(type: String, domain: String?)
    case bonjourWithTXTRecord(type: String, domain: String?)
  }
  public enum State: Equatable, Sendable {
    case setup, ready, cancelled
    case failed(NWError)
    case waiting(NWError)
  }
  public struct Result: Hashable, Sendable {
    public enum Metadata: Hashable, Sendable {
      case none
      case bonjour(NWTXTRecord)
    }
    public enum Change: Hashable, Sendable {
      case identical
      case added(Result)
      case removed(Result)
    }
    public let endpoint: NWEndpoint
    public let metadata: Metadata
  }

  public var browseResultsChangedHandler: (@Sendable (_ newResults: Set<Result>, _ changes: Set<Result.Change>) -> Void)?
  public var stateUpdateHandler: (@Sendable (_ newState: State) -> Void)?
  private let kind: String
  private var watch: Int?

  public init(for descriptor: Descriptor, using parameters: NWParameters) {
    switch descriptor {
    case .bonjour(let type, _), .bonjourWithTXTRecord(let type, _): kind = type
    }
  }

  public func start(queue: DispatchQueue) {
    watch = _Air.shared.watch { [weak self] shown in
      let browser = self
      queue.async { browser?.tell(shown) }
    }
  }

  public func cancel() {
    if let watch { _Air.shared.forget(watch) }
    watch = nil
  }

  private func tell(_ shown: [_Air.Shown]) {
    let results = shown.filter { $0.kind == kind }.map { one in
      Result(
        endpoint: .service(name: one.name, type: kind, domain: "local.", interface: nil),
        metadata: .bonjour(NWTXTRecord(one.text)))
    }
    browseResultsChangedHandler?(Set(results), [])
  }
}

public struct NWPath: Equatable, Sendable {
  public enum Status: Equatable, Sendable { case satisfied, unsatisfied, requiresConnection }
  public let status: Status
}

public final class NWPathMonitor: @unchecked Sendable {
  public var pathUpdateHandler: (@Sendable (_ newPath: NWPath) -> Void)?
  public init() {}
  public func start(queue: DispatchQueue) {}
  public func cancel() {}
}
