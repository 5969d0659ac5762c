import BelayCore
import Observation

/// The people one would call on a bad night, put down on a good day.
@MainActor
@Observable
public final class OwnHelpersModel: PageModel {
  public let services: Services
  public var page: Loadable<HelpNowView> = .loading
  public var trouble: Problem?
  /// The people as they are typed, in their order.
  public var people: [TrustedPerson] = [] { didSet { if people != oldValue { typed() } } }
  /// They are kept as they stand here.
  public private(set) var saved = false
  /// They are being kept.
  public private(set) var saving = false

  @ObservationIgnored private var begun = false
  @ObservationIgnored private lazy var keeper = DraftKeeper(services.core) { [weak self] error in
    self?.trouble = self?.services.problem(error)
  }

  /// Loads nothing yet.
  public init(_ services: Services) {
    self.services = services
  }

  public let areas: Set<ChangeArea> = [.settings]

  public func fetch() async throws -> HelpNowView {
    try await services.core.helpNow(country: services.shell.region, language: services.language)
  }

  public func arrived(_ page: HelpNowView) async {
    guard !begun else { return }
    people = page.own.map {
      TrustedPerson(name: $0.name, channel: $0.channel, address: $0.address, note: $0.note)
    }
    let kept = await attempt { try await self.keeper.takeUp { $1.kind == Self.draft } }
    if let kept = kept ?? nil { people = kept["person"].compactMap(TrustedPerson.init(line:)) }
    begun = true
  }

  /// Ready when all that was typed is kept.
  public func settle() async {
    await keeper.settle()
  }

  private static let draft = "helpers"

  private func typed() {
    guard begun, !saving else { return }
    saved = false
    keep()
  }

  private func keep() {
    var draft = KeptDraft(of: Self.draft)
    for person in people { draft.add("person", person.line) }
    keeper.want(draft)
  }

  /// Whoever holds the locked phone sees them.
  public var shownWhileLocked: Bool { page.value?.ownShownWhileLocked ?? false }

  /// One more.
  public func add() {
    saved = false
    people.append(TrustedPerson(name: "", channel: .call, address: "", note: nil))
  }

  /// One less.
  public func remove(at place: Int) {
    guard people.indices.contains(place) else { return }
    saved = false
    people.remove(at: place)
  }

  /// Calls this one earlier.
  public func moveUp(_ place: Int) {
    guard place > 0, people.indices.contains(place) else { return }
    saved = false
    people.swapAt(place, place - 1)
  }

  /// Keeps them. What was typed stays where that cannot be done.
  public func save() async {
    guard !saving else { return }
    saving = true
    defer { saving = false }
    await keeper.stop()
    let kept = people
    saved = await perform { try await self.services.core.saveTrustedPeople(people: kept) }
    guard saved else { return keep() }
    await attempt { try await self.keeper.drop() }
    await load()
  }

  /// Agrees, or no longer agrees, that whoever holds the locked phone sees them.
  public func show(whileLocked shown: Bool) async {
    if await perform({ try await self.services.core.setOwnPeopleShownLocked(shown: shown) }) { await load() }
  }
}
