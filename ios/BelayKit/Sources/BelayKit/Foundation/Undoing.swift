import BelayCore
import Observation

/// What was just done and can be taken back for a moment, wherever the person went after it.
@MainActor
@Observable
public final class Undoing {
  /// What can be taken back.
  public private(set) var offer: UndoOffer?

  private let core: any BelayCoreProtocol
  private let shell: any Shell

  /// Takes back over this core; the shell says when an offer has stood long enough.
  init(_ core: any BelayCoreProtocol, _ shell: any Shell) {
    self.core = core
    self.shell = shell
  }

  /// Offers to take this back, in place of what was offered before.
  public func offer(_ new: UndoOffer) {
    offer = new
    Task {
      if await shell.wait(UndoOffer.stands), offer == new { offer = nil }
    }
  }

  /// Takes back what was just done. It is offered again where that could not be done.
  public func takeBack() async throws {
    guard let taken = offer else { return }
    offer = nil
    do {
      try await taken.takeBack(core)
    } catch {
      offer(taken)
      throw error
    }
  }
}
