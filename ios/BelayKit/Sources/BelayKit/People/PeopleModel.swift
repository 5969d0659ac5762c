import BelayCore
import Observation

/// The people one shares with, and the invitations that are on their way.
@MainActor
@Observable
public final class PeopleModel: PageModel {
  public let services: Services
  public var page: Loadable<PeopleView> = .loading
  public var trouble: Problem?

  /// Loads nothing yet.
  public init(_ services: Services) {
    self.services = services
  }

  public let areas: Set<ChangeArea> = [.partners, .invitations, .devices, .settings, .delivery]

  public func fetch() async throws -> PeopleView {
    try await services.core.people()
  }

  /// Opens a partner's page.
  public func open(_ partner: PartnerView) {
    services.router.go(.partner(space: partner.space))
  }

  /// Begins a pairing; the statement of age and the terms come first where they were not agreed to yet.
  public func pair() {
    let agreed = page.value.map { !$0.agreement.needed && $0.displayName != nil }
    services.router.present(agreed == true ? .pairing(nil) : .agreement)
  }

  /// Takes an invitation back, also offline.
  public func cancel(_ invitation: OpenInvitationView) async {
    if await perform({ try await self.services.core.cancelInvitation(id: invitation.id) }) {
      await load()
    }
  }
}
