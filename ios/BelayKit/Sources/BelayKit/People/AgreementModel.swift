import BelayCore
import Observation

/// What is needed before the first sharing: a name that the other will see, the statement of age, and the terms; and
/// a relay that both can reach, unless they only ever meet on one network. Writing for oneself needs none of it.
@MainActor
@Observable
public final class AgreementModel: PageModel {
  /// What is there already, and what is still to be said.
  public struct Needs: Equatable, Sendable {
    /// The name shown to partners.
    public var name: String?
    /// The relay new partnerships use.
    public var relay: String?
    /// How the agreement stands.
    public var agreement: AgreementView
  }

  public let services: Services
  public var page: Loadable<Needs> = .loading
  public var trouble: Problem?
  /// The name as it is typed.
  public var name = ""
  /// The relay as it is typed.
  public var relay = ""
  /// The relay's address is not encrypted on the way, and the person wants it all the same.
  public var allowsPlainHttp = false
  /// The person is old enough.
  public var isOldEnough = false
  /// The person has read the terms and agrees.
  public var agrees = false
  /// It is being kept.
  public private(set) var keeping = false

  @ObservationIgnored private var begun = false

  /// Loads nothing yet.
  public init(_ services: Services) {
    self.services = services
  }

  public let areas: Set<ChangeArea> = [.settings]

  public func fetch() async throws -> Needs {
    let people = try await services.core.people()
    return Needs(name: people.displayName, relay: people.relay, agreement: people.agreement)
  }

  public func arrived(_ page: Needs) async {
    guard !begun else { return }
    begun = true
    name = page.name ?? ""
    relay = page.relay ?? ""
    isOldEnough = !page.agreement.needed
    agrees = !page.agreement.needed
  }

  /// Nothing is missing: the pairing can begin at once.
  public var isComplete: Bool {
    page.value.map { $0.name != nil && !$0.agreement.needed } ?? false
  }

  /// Everything was said.
  public var canGoOn: Bool {
    !keeping && page.value != nil && !name.isBlank && isOldEnough && agrees
  }

  /// Keeps what was said and goes on: to the pairing it was asked for, or back to where the person came from.
  public func finish() async {
    guard await goOn() else { return }
    let router = services.router
    if router.over == .agreement {
      router.replace(with: .pairing(services.waysOn))
    } else {
      router.back()
    }
  }

  /// Keeps what was said. What was typed stays where something of it does not do. Says whether the pairing can
  /// begin.
  @discardableResult
  public func goOn() async -> Bool {
    guard canGoOn, let needs = page.value else { return false }
    keeping = true
    defer { keeping = false }
    let (name, relay) = (name.trimmed, relay.trimmed.given)
    let kept = await perform {
      let core = self.services.core
      if name != needs.name { _ = try await core.editSettings(edit: SettingsEdit(displayName: name)) }
      if relay != needs.relay {
        try await core.setRelay(origin: relay, allowPlainHttp: self.allowsPlainHttp)
      }
      if needs.agreement.needed {
        _ = try await core.agreeToShare(termsVersion: needs.agreement.termsVersion)
      }
    }
    if kept { await load() }
    return kept && isComplete
  }
}
