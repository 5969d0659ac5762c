import BelayCore
import Observation

/// One's own devices: how they stand, their names, removing one, and how another one becomes one of them.
@MainActor
@Observable
public final class OwnDevicesModel: PageModel {
  /// How far the admission of another device has come.
  public enum Stage: Equatable, Sendable {
    /// None goes on.
    case none
    /// This code is shown until a device has answered it.
    case showing(InvitationView)
    /// A device asks; the four words must be the same on both.
    case comparing(AskingDeviceView)
    /// The words differed: it was not the person's device, and nothing was given to it.
    case turnedAway
  }

  public let services: Services
  public var page: Loadable<DevicesPageView> = .loading
  public var trouble: Problem?
  /// How far the admission has come.
  public private(set) var stage: Stage = .none
  /// The new device was added in one room, without a relay: both need to find each other there again.
  public private(set) var addedInRoom = false
  /// The name for the new device.
  public var name = ""
  /// The device that is being renamed.
  public private(set) var renamed: DeviceId?
  /// Its new name, as typed; kept when it does not do.
  public var newName = ""
  /// The device whose removal is asked about.
  public var removing: OwnDeviceView?
  /// The removed device of which it is asked whether what waits is the person's.
  public var takingIn: RemovedDeviceView?
  /// How many things of a removed device were just taken in.
  public private(set) var takenIn: UInt64?

  @ObservationIgnored private var attempts = 0
  @ObservationIgnored private var inRoom = false

  /// Loads nothing yet.
  public init(_ services: Services) {
    self.services = services
  }

  public let areas: Set<ChangeArea> = [.devices, .settings, .status]

  public func fetch() async throws -> DevicesPageView {
    try await services.core.devicesPage()
  }

  // MARK: Those that are there

  /// Begins to rename a device.
  public func rename(_ device: OwnDeviceView) {
    renamed = device.device
    newName = device.name ?? ""
  }

  /// Turns back from renaming.
  public func stopRenaming() {
    renamed = nil
  }

  /// Calls the device so, on all of them. What was typed stays where that cannot be done.
  public func rename() async {
    guard let device = renamed else { return }
    let called = newName
    let done = await perform {
      _ = try await self.services.core.renameOwnDevice(device: device, name: called)
    }
    guard done else { return }
    renamed = nil
    await load()
  }

  /// Removes the device that was asked about, at once and also offline.
  public func remove() async {
    guard let device = removing?.device else { return }
    removing = nil
    let done = await perform {
      _ = try await self.services.core.revokeOwnDevice(device: device)
    }
    if done { await load() }
  }

  /// What a removed device wrote, and was asked about, counts after all.
  public func takeIn() async {
    guard let device = takingIn?.device else { return }
    takingIn = nil
    takenIn = await attempt {
      try await self.services.core.takeInFromRemovedDevice(device: device)
    }
    if takenIn != nil { await load() }
  }

  // MARK: A further one

  /// Shows a code and waits for the device that scans it; in one room both meet without a relay.
  public func addDevice(inRoom: Bool = false) async {
    attempts += 1
    let mine = attempts
    let core = services.core
    self.inRoom = inRoom
    addedInRoom = false
    let invitation = await attempt {
      inRoom ? try await core.inviteOwnDeviceNear() : try await core.inviteOwnDevice()
    }
    guard mine == attempts, let invitation else { return }
    stage = .showing(invitation)
    let asking = await attempt {
      try await self.services.core.awaitOwnDevice(invitationId: invitation.id)
    }
    guard mine == attempts else { return }
    stage = asking.map { .comparing($0) } ?? .none
  }

  /// The words are the same: the device is admitted under the name that was typed.
  public func admit() async {
    guard case .comparing(let asking) = stage else { return }
    let called = name
    let done = await perform {
      _ = try await self.services.core.admitAskingDevice(id: asking.id, name: called)
    }
    stage = .none
    guard done else { return }
    name = ""
    addedInRoom = inRoom
    await load()
  }

  /// The words differ: nothing is given to that device.
  public func turnAway() async {
    guard case .comparing(let asking) = stage else { return }
    stage = .turnedAway
    _ = await perform { try await self.services.core.turnDeviceAway(id: asking.id) }
  }

  /// Nobody is waited for any more.
  public func stop() {
    attempts += 1
    stage = .none
  }
}
