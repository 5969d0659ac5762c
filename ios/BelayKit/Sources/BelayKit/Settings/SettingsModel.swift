import BelayCore
import Observation

/// What a person sets once for all their devices, and what this phone alone is told. Every change is written at
/// once; one that cannot be leaves what was typed and what is set as they are.
@MainActor
@Observable
public final class SettingsModel: PageModel {
  public let services: Services
  public var page: Loadable<SettingsView> = .loading
  public var trouble: Problem?
  /// The name as it is typed.
  public var name = ""
  /// The zone as it is typed, where one of its own is wanted.
  public var zone = ""
  /// A zone of its own is being chosen, or is set.
  public private(set) var hasOwnZone = false
  /// The relay as it is typed.
  public var relay = ""
  /// The relay that is set.
  public private(set) var relaySet: String?
  /// The relay that keeps a sealed copy for one's own devices.
  public private(set) var selfCopy: String?

  @ObservationIgnored private var begun = false

  /// Loads nothing yet.
  public init(_ services: Services) {
    self.services = services
  }

  public let areas: Set<ChangeArea> = [.settings, .devices]

  public func fetch() async throws -> SettingsView {
    relaySet = try await services.core.relay()
    selfCopy = try await services.core.selfCopy()
    return try await services.core.settings()
  }

  public func arrived(_ page: SettingsView) {
    guard !begun else { return }
    begun = true
    name = page.settings.displayName ?? ""
    relay = relaySet ?? ""
    zone = page.settings.zoneName ?? ""
    hasOwnZone = page.settings.zoneName != nil
  }

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
    if !own, page.value?.settings.zoneName != nil { await setZone(nil) }
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
      page = .ready(set)
    }
  }
}
