import BelayCore
import BelayKit
import Foundation

/// A person with a real store in a folder of its own, and the world that their screens run in.
@MainActor
public final class TestPerson {
  /// Their clock and zone.
  public let clock: ManualClock
  /// Their keystore.
  public let secrets = MemorySecrets()
  /// What their shell was asked.
  public let shell: RecordingShell
  /// The door to their store.
  public let door: LocalStoreDoor
  /// Where their store lies.
  public let folder: TemporaryFolder
  /// Their open store.
  public private(set) var core: any BelayCoreProtocol
  /// The world of their screens.
  public private(set) var services: Services

  /// Begins with a name, if they have one, and a passphrase, if they like. `prepare` makes the place of the store
  /// ready.
  public init(
    _ name: String? = nil, clock: ManualClock = ManualClock(), passphrase: String? = nil,
    language: String = "en", prepare: (String) throws -> Void = { _ in }
  ) async throws {
    self.clock = clock
    folder = try TemporaryFolder()
    try prepare(folder.file("store"))
    shell = RecordingShell(clock: clock)
    door = LocalStoreDoor(folder: folder.file("store"), clock: clock, secrets: secrets)
    let new = NewPerson(displayName: name, dayStart: 0, passphrase: passphrase)
    core = try await door.create(new)
    services = Services(core: core, language: language, shell: shell)
    try services.changes.start(core)
  }

  /// Ends the process and begins another one: what is kept is kept, what was only in memory is gone.
  public func restart(passphrase: String? = nil) async throws {
    services.changes.stop()
    try await core.shutdown()
    core = try await door.open(passphrase: passphrase)
    services = Services(core: core, language: services.language, shell: shell)
    try services.changes.start(core)
  }
}

extension TestPerson {
  /// Says what is needed before the first sharing, as everybody does: this relay, their age, and the terms.
  public func agree(on relay: RelayProcess) async throws {
    let model = AgreementModel(services)
    await model.load()
    if model.name.isEmpty { model.name = "Somebody" }
    model.relay = relay.origin
    model.allowsPlainHttp = true
    model.isOldEnough = true
    model.agrees = true
    await model.goOn()
    if let trouble = model.trouble { throw trouble }
  }

  /// Becomes a partner of somebody who is in the same room.
  public func pair(with other: TestPerson) async throws -> (mine: SpaceId, theirs: SpaceId) {
    let invitation = try await core.invite()
    async let shown = core.awaitPartner(invitationId: invitation.id)
    let scanned = try await other.core.acceptInvitation(text: invitation.text)
    return (try await shown.partner.space, scanned.partner.space)
  }
}
