import BelayCore
import Foundation

/// What a shell's own means of discovery have found: names come and go, addresses are looked up later, and a device
/// never takes itself for another. Whoever looks may live on any thread.
public final class NearbyFinds: @unchecked Sendable {
  /// A service as it was seen, before anybody knows where it listens.
  public struct Seen: Hashable, Sendable {
    /// The name it shows.
    public let name: String
    /// Its text entries.
    public let text: [String: String]

    /// A service of this name that says this.
    public init(name: String, text: [String: String]) {
      self.name = name
      self.text = text
    }
  }

  /// Devices that are kept in mind at a time: a network may be full of liars.
  public static let most = 64

  private let lock = NSLock()
  private var own: [String] = []
  private var texts: [String: [String: String]] = [:]
  private var addresses: [String: [String]] = [:]

  /// Nothing is found yet.
  public init() {}

  /// This device is shown under this name from now on. Names it had before may be seen for a while.
  public func shows(_ name: String) {
    lock.withLock {
      own = (own + [name]).suffix(Self.most)
      drop(name)
    }
  }

  /// Takes all that can be seen now. Answers which names are to be looked up, and which are gone.
  public func sees(_ all: [Seen]) -> (new: [String], gone: [String]) {
    lock.withLock {
      let others = all.filter { !own.contains($0.name) }
      let gone = Set(texts.keys).subtracting(others.map(\.name)).sorted()
      for name in gone { drop(name) }
      var new: [String] = []
      for seen in others where texts[seen.name] != nil || texts.count < Self.most {
        if texts.updateValue(seen.text, forKey: seen.name) == nil { new.append(seen.name) }
      }
      return (new, gone)
    }
  }

  /// A name listens at this address, with its port, or no longer does.
  public func found(_ name: String, at address: String, isThere: Bool = true) {
    lock.withLock {
      guard texts[name] != nil else { return }
      addresses[name, default: []].removeAll { $0 == address }
      if isThere { addresses[name, default: []].append(address) }
    }
  }

  /// Nothing is shown and nothing seen any more.
  public func forget() {
    lock.withLock {
      own = []
      texts = [:]
      addresses = [:]
    }
  }

  /// Who can be called now, by name. Addresses of the older kind come first: they work on every network that phones
  /// make.
  public var peers: [NearbyPeer] {
    lock.withLock {
      texts.sorted { $0.key < $1.key }.compactMap { name, text in
        guard let found = addresses[name], !found.isEmpty else { return nil }
        let older = found.filter { !$0.hasPrefix("[") }
        return NearbyPeer(
          name: name, addresses: older + found.filter { $0.hasPrefix("[") }, text: text)
      }
    }
  }

  private func drop(_ name: String) {
    texts[name] = nil
    addresses[name] = nil
  }
}
