import BelayCore

/// Where the page of help comes from: the open store, or the table alone while Belay is locked.
public protocol HelpSource: Sendable {
  /// The page, for a country; `nil` for the one that is set.
  func page(country: String?) async throws -> HelpNowView
}
