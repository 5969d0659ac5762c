import BelayCore
import Observation

/// The end of everything, in two taps and honest words: partnerships are left and the store is emptied at once,
/// also offline; relays are told as soon as they can be reached.
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
    /// The store is empty. So much is still to be said to relays; `nil` where even that could not be read.
    case emptied(FarewellView?)
    /// All is said, and nothing is left on this phone.
    case gone
  }

  public let services: Services
  public var trouble: Problem?
  /// How far it has come.
  public private(set) var stage: Stage = .explaining

  private let door: any StoreDoor
  private let passphrase: String?

  /// The door leads to the store afterwards, when the core is closed.
  public init(_ services: Services, door: any StoreDoor, passphrase: String? = nil) {
    self.services = services
    self.door = door
    self.passphrase = passphrase
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
    services.router.home()
    await tellRelays()
  }

  /// Tells relays what is left to tell.
  public func tellRelays() async {
    let left = await attempt {
      try await self.door.finishDeleting(passphrase: self.passphrase)
    }
    stage = left?.finished == true ? .gone : .emptied(left)
  }
}
