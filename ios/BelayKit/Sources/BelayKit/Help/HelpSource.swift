import BelayCore

/// Where the page of help comes from: the open store, or the table alone while Belay is locked or before there is
/// a store.
public protocol HelpSource: Sendable {
  /// The page. `region` is the device's own, as an ISO 3166 code; a country the person chose counts more, and one
  /// that is looked up for this one look counts most.
  func page(region: String?, lookedUp: String?, language: String) async throws -> HelpNowView
  /// Chooses the country whose lines are shown; `nil` follows the device again. Says whether that is kept.
  func choose(country: String?) async throws -> Bool
}

/// Help from the open store: with one's own people.
public struct OpenHelp: HelpSource {
  private let core: any BelayCoreProtocol

  /// Asks this store.
  public init(_ core: any BelayCoreProtocol) {
    self.core = core
  }

  public func page(region: String?, lookedUp: String?, language: String) async throws -> HelpNowView {
    try await core.helpNow(country: region, language: language)
  }

  public func choose(country: String?) async throws -> Bool {
    try await core.setHelpCountry(code: country)
    return true
  }
}

/// Help without a key: the table, and one's own people only where the person agreed to that.
public struct LockedHelp: HelpSource {
  private let folder: String
  private let today: @Sendable () -> CivilDay

  /// Reads beside the store in this folder; `today` is the device's own day.
  public init(folder: String, today: @escaping @Sendable () -> CivilDay) {
    self.folder = folder
    self.today = today
  }

  public func page(region: String?, lookedUp: String?, language: String) async throws -> HelpNowView {
    try await helpNowLocked(
      dir: folder, country: region, language: language, today: today(), lookedUp: lookedUp)
  }

  public func choose(country: String?) async throws -> Bool { false }
}
