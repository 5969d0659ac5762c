import BelayCore
import Foundation
import Observation

/// What stands between the person and their store.
public enum Opening: Sendable, Equatable {
  /// Being looked at.
  case looking
  /// There is no store: the welcome pages.
  case welcome
  /// A passphrase is needed.
  case passphrase
  /// The phone keeps the key shut until it is unlocked.
  case locked
  /// The store is empty and waits to be let in by another device of the person's.
  case waiting
  /// The key is not on this phone any more: the store cannot be opened here.
  case keyLost
  /// A newer Belay wrote the store; nothing was changed.
  case newer
  /// The store was damaged and lies aside, whole, at this place.
  case damaged(setAside: String)
  /// The person deleted everything, and relays are still to be told.
  case beingDeleted(FarewellView?)
  /// Everything was deleted, relays were told, and nothing is left on this device.
  case gone
  /// Something else, with what can be done.
  case stuck(Problem)
  /// Open.
  case open
}

/// The first page: finds out what there is, opens it, or says what stands in the way and what can be done.
@MainActor
@Observable
public final class OpeningModel {
  /// What stands in the way.
  public private(set) var opening: Opening = .looking
  /// What was typed as passphrase; kept when it was not the right one.
  public var passphrase = ""
  /// What the last try met, beside the page.
  public private(set) var trouble: Problem?
  /// Something is being done.
  public private(set) var busy = false
  /// The open store.
  public private(set) var core: (any BelayCoreProtocol)?
  /// The empty store that waits to be let in.
  public private(set) var waitingCore: (any BelayCoreProtocol)?

  private let door: any StoreDoor
  private let problem: @MainActor (any Error) -> Problem

  /// Stands before this door.
  public init(door: any StoreDoor, problem: @escaping @MainActor (any Error) -> Problem) {
    self.door = door
    self.problem = problem
  }

  /// Looks what there is and opens it where nothing is to be asked.
  public func start() async {
    await alone {
      guard try await self.door.exists() else { return .welcome }
      guard try await self.door.hasKey() else { return .keyLost }
      if try await self.door.needsPassphrase() { return .passphrase }
      return try await self.open(nil)
    }
  }

  /// Opens with what was typed.
  public func unlock() async {
    let typed = passphrase
    await alone {
      let opened = try await self.open(typed)
      self.passphrase = ""
      return opened
    }
  }

  /// Opens a store whose key is lost with the recovery words; they stay typed where that cannot be done.
  public func open(words: String) async {
    let secret = passphrase.isEmpty ? nil : passphrase
    await alone {
      self.core = try await self.door.open(words: words.trimmed, passphrase: secret)
      self.passphrase = ""
      return .open
    }
  }

  /// Takes the store that the welcome pages made.
  public func opened(_ core: any BelayCoreProtocol) {
    self.core = core
    waitingCore = nil
    trouble = nil
    opening = .open
  }

  /// Tells relays what is left to tell of a deletion, until all is said.
  public func finishDeleting() async {
    let typed = passphrase.isEmpty ? nil : passphrase
    await alone {
      let left = try await self.door.finishDeleting(passphrase: typed)
      return left.finished ? .gone : .beingDeleted(left)
    }
  }

  /// Removes what is there without telling anybody: the way when the key is lost. There is no way back.
  public func eraseNow() async {
    await alone {
      try await self.door.eraseNow()
      return .welcome
    }
  }

  /// The store is closed: after deleting everything, or when the app lock falls.
  public func closed() async {
    core = nil
    waitingCore = nil
    opening = .looking
    await start()
  }

  private func open(_ passphrase: String?) async throws -> Opening {
    let opened = try await door.open(passphrase: passphrase)
    // The app was ended while this phone was to become one of the person's devices.
    if try await opened.isWaitingDevice() {
      waitingCore = opened
      return .waiting
    }
    core = opened
    return .open
  }

  /// One thing at a time. What goes wrong becomes the page that says so.
  private func alone(_ action: @MainActor () async throws -> Opening) async {
    guard !busy else { return }
    busy = true
    defer { busy = false }
    trouble = nil
    do {
      opening = try await action()
    } catch {
      stand(before: error)
    }
  }

  private func stand(before error: any Error) {
    switch error as? BelayError {
    case .Locked:
      opening = .locked
    case .WrongSecret where opening == .passphrase || opening == .keyLost:
      trouble = problem(error)
    case .WrongSecret:
      // The keystore has a key, and it is not this store's: the phone was restored from a copy.
      opening = .keyLost
    case .NewerData:
      opening = .newer
    case .DataDamaged(let backupPath):
      opening = .damaged(setAside: backupPath)
    case .Unavailable(let reason) where reason == "being-deleted":
      opening = .beingDeleted(nil)
    default:
      if opening == .looking { opening = .stuck(problem(error)) } else { trouble = problem(error) }
    }
  }
}
