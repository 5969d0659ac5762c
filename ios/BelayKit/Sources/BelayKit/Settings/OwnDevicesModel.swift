import BelayCore
import Observation

/// One's own devices, and how another one becomes one of them.
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
  public var page: Loadable<[OwnDeviceView]> = .loading
  public var trouble: Problem?
  /// How far the admission has come.
  public private(set) var stage: Stage = .none
  /// The new device was added in one room, without a relay: both need to find each other there again.
  public private(set) var addedInRoom = false
  /// The name for the new device.
  public var name = ""

  @ObservationIgnored private var attempts = 0
  @ObservationIgnored private var inRoom = false

  /// Loads nothing yet.
  public init(_ services: Services) {
    self.services = services
  }

  public let areas: Set<ChangeArea> = [.devices]

  public func fetch() async throws -> [OwnDeviceView] {
    try await services.core.ownDevices()
  }

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
    let devices = await attempt {
      try await self.services.core.admitAskingDevice(id: asking.id, name: called)
    }
    stage = .none
    guard let devices else { return }
    name = ""
    addedInRoom = inRoom
    page = .ready(devices)
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
