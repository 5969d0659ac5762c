import BelayCore
import Observation

/// What a person sets once for all their devices, and what this phone alone is told. Every change is written at
/// once; one that cannot be leaves what was typed and what is set as they are.
@MainActor
@Observable
public final class SettingsModel: PageModel {
  public let services: Services
  public var page: Loadable<SettingsPageView> = .loading
  public var trouble: Problem?
  /// The name as it is typed.
  public var name = ""
  /// The zone as it is typed, where one of its own is wanted.
  public var zone = ""
  /// A zone of its own is being chosen, or is set.
  public private(set) var hasOwnZone = false
  /// The relay as it is typed.
  public var relay = ""
  /// Whether devices find each other on one network; part of the same page.
  public let nearby: NearbyModel

  @ObservationIgnored private var begun = false

  /// Loads nothing yet. `keeper` keeps near, where the app does that.
  public init(_ services: Services, _ keeper: NearKeeper? = nil) {
    self.services = services
    nearby = NearbyModel(services, keeper)
  }

  public let areas: Set<ChangeArea> = [.settings, .devices, .partners]

  public func fetch() async throws -> SettingsPageView {
    try await services.core.settingsPage()
  }

  public func arrived(_ page: SettingsPageView) {
    nearby.page = .ready(page.nearby)
    guard !begun else { return }
    begun = true
    name = chosen?.displayName ?? ""
    relay = relaySet ?? ""
    zone = chosen?.zoneName ?? ""
    hasOwnZone = chosen?.zoneName != nil
  }

  /// What is set.
  public var chosen: Settings? { page.value?.settings.settings }

  /// The relay that is set.
  public var relaySet: String? { page.value?.relay.relay }

  /// The relay that keeps a sealed copy for one's own devices.
  public var selfCopy: String? { page.value?.relay.selfCopy }

  /// Takes the name as typed.
  public func saveName() async {
    await edit(SettingsEdit(displayName: name))
  }

  /// When the day begins.
  public func setDayStart(_ hour: UInt8) async {
    await edit(SettingsEdit(dayStart: hour))
  }

  /// Which zone says what day it is; `nil` follows the phone.
  public func setZone(_ name: String?) async {
    await edit(SettingsEdit(zone: name.map(ZoneChoice.fixed(name:)) ?? .device))
  }

  /// The phone says which zone it is, or the person names one.
  public func chooseOwnZone(_ own: Bool) async {
    hasOwnZone = own
    if !own, chosen?.zoneName != nil { await setZone(nil) }
  }

  /// Takes the zone as typed.
  public func saveZone() async {
    await setZone(zone.trimmed)
  }

  /// How long a shared copy waits before it leaves.
  public func setHold(seconds: UInt32) async {
    await edit(SettingsEdit(holdSeconds: seconds))
  }

  /// Takes the relay as typed; nothing typed means none.
  public func saveRelay(allowingPlainHttp: Bool = false) async {
    let origin = relay.given
    let set = await perform {
      try await self.services.core.setRelay(origin: origin, allowPlainHttp: allowingPlainHttp)
    }
    if set { await load() }
  }

  /// Whether a sealed copy for one's own devices lies at the relay.
  public func keepSelfCopy(_ keep: Bool) async {
    if await perform({ try await self.services.core.setSelfCopy(keep: keep) }) {
      await load()
    }
  }

  private func edit(_ edit: SettingsEdit) async {
    if let set = await attempt({ try await self.services.core.editSettings(edit: edit) }) {
      guard var now = page.value else { return await load() }
      now.settings = set
      page = .ready(now)
    }
  }
}
