import BelayCore
import Foundation

/// One network in a test: who is shown in it is found by everybody else in it, on this machine alone.
public final class Room: @unchecked Sendable {
  /// One device in it.
  private final class Place: Discovery, @unchecked Sendable {
    private let room: Room
    private let number: Int

    init(_ room: Room, _ number: Int) {
      self.room = room
      self.number = number
    }

    func advertise(service: NearbyService) throws {
      room.lock.withLock { room.shown[number] = service }
    }

    func peers() -> [NearbyPeer] {
      let others = room.lock.withLock { room.shown.filter { $0.key != number }.values }
      return others.map { NearbyPeer(name: $0.name, addresses: ["127.0.0.1:\($0.port)"], text: $0.text) }
    }

    func stop() {
      room.lock.withLock { room.shown[number] = nil }
    }
  }

  private let lock = NSLock()
  private var shown: [Int: NearbyService] = [:]
  private var places = 0

  /// Nobody is in it yet.
  public init() {}

  /// The means by which one more device finds the others here.
  public func enter() -> any Discovery {
    lock.withLock {
      places += 1
      return Place(self, places)
    }
  }

  /// How many are shown now.
  public var count: Int { lock.withLock { shown.count } }
}
