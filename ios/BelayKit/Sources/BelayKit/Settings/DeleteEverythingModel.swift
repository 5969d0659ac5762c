import BelayCore
import Observation

/// The end of everything, in two taps and honest words: partnerships are left and the store is emptied at once,
/// also offline; relays are told as soon as they can be reached. What is left to be said, the page before the door
/// shows: the store is closed then, and may need its passphrase.
@MainActor
@Observable
public final class DeleteEverythingModel: ScreenModel {
  /// How far it has come.
  public enum Stage: Equatable, Sendable {
    /// The words that say what happens.
    case explaining
    /// Are you sure?
    case asking
    /// It is being done.
    case deleting
    /// The store is empty and closed.
    case emptied
  }

  public let services: Services
  public var trouble: Problem?
  /// How far it has come.
  public private(set) var stage: Stage = .explaining

  private let left: @MainActor () async -> Void

  /// `left` leads out of the closed store, once it is empty.
  public init(_ services: Services, left: @escaping @MainActor () async -> Void) {
    self.services = services
    self.left = left
  }

  /// The first tap.
  public func ask() {
    stage = .asking
  }

  /// No after all.
  public func turnBack() {
    stage = .explaining
  }

  /// The second tap. There is no way back.
  public func delete() async {
    guard stage == .asking else { return }
    stage = .deleting
    guard await perform({ try await self.services.core.deleteEverything() }) else {
      stage = .explaining
      return
    }
    services.changes.stop()
    stage = .emptied
    await left()
  }
}
