import BelayCore
import Observation

/// The statement of age and the terms, before anything is shared for the first time. Writing for oneself needs
/// neither.
@MainActor
@Observable
public final class AgreementModel: ScreenModel {
  public let services: Services
  public var trouble: Problem?
  /// The person is old enough.
  public var isOldEnough = false
  /// The person has read the terms and agrees.
  public var agrees = false
  /// It is being kept.
  public private(set) var keeping = false

  /// Begins with nothing agreed to.
  public init(_ services: Services) {
    self.services = services
  }

  /// Both were said.
  public var canGoOn: Bool { isOldEnough && agrees && !keeping }

  /// Keeps what was agreed to, and goes on to the pairing.
  public func goOn() async {
    guard canGoOn else { return }
    keeping = true
    defer { keeping = false }
    let kept = await perform {
      try await self.services.core.agreeToShare(termsVersion: termsVersion())
    }
    if kept { services.router.replace(with: .pairing(nil)) }
  }
}
