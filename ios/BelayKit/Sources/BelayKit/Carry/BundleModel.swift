import BelayCore
import Observation

/// A file that carries what a network does not: made here and handed to other programs, or taken in from them.
@MainActor
@Observable
public final class BundleModel: PageModel {
  /// What goes on.
  public enum Stage: Equatable, Sendable {
    /// Nothing yet.
    case none
    /// A file is being made.
    case writing(BundleProgress?)
    /// It is made.
    case written(BundleWrittenView)
    /// A file is being taken in.
    case reading(BundleProgress?)
    /// It is taken in.
    case read(BundleReadView)

    /// Something is being done.
    public var isBusy: Bool {
      switch self {
      case .writing, .reading: true
      case .none, .written, .read: false
      }
    }
  }

  /// A name that says nothing of whom the file is for.
  public static let fileName = "sealed.belay"

  public let services: Services
  public var page: Loadable<PeopleView> = .loading
  public var trouble: Problem?
  /// Whom a new file is for.
  public var forWhom: BundleFor = .ownDevices
  /// Everything goes into it, also what the others have already.
  public var whole = false
  /// What is attached to entries goes into it, too, where it is for one's own devices.
  public var attachments = false
  /// What goes on.
  public private(set) var stage: Stage = .none

  @ObservationIgnored private var begun = false
  @ObservationIgnored private var path: String?

  /// Loads nothing yet.
  public init(_ services: Services) {
    self.services = services
  }

  public let areas: Set<ChangeArea> = [.partners, .devices]

  public func fetch() async throws -> PeopleView {
    try await services.core.people()
  }

  /// The first of those a file can be for is chosen; also takes in a file that another program handed over.
  public func arrived(_ page: PeopleView) async {
    guard !begun else { return }
    begun = true
    if let first = page.partners.first { forWhom = .partner(space: first.space) }
    if let file = services.takeHandedFile() { await read(file) }
  }

  /// One's own devices are among those who can open it.
  public var isForOwnDevices: Bool {
    switch forWhom {
    case .ownDevices, .everybody: true
    case .partner: false
    }
  }

  /// Makes the file, and offers it to other programs.
  public func write() async {
    guard !stage.isBusy else { return }
    stage = .writing(nil)
    let path = services.shell.newFile(named: Self.fileName)
    let new = NewBundle(
      forWhom: forWhom, whole: whole, attachments: attachments && isForOwnDevices)
    let written = await attempt {
      try await self.services.core.writeBundle(
        path: path, new: new, observer: BundleSteps { [weak self] in self?.went($0) })
    }
    stage = written.map { .written($0) } ?? .none
    self.path = path
    if let written, written.envelopes > 0 { send() }
  }

  /// Offers the file that was made to other programs, once more.
  public func send() {
    if let path { services.shell.share(file: path) }
  }

  /// Asks which file, and takes it in.
  public func open() async {
    guard !stage.isBusy, let file = await services.shell.pickFile() else { return }
    await read(file)
  }

  private func read(_ file: String) async {
    stage = .reading(nil)
    let read = await attempt {
      try await self.services.core.readBundle(
        path: file, observer: BundleSteps { [weak self] in self?.went($0) })
    }
    stage = read.map { .read($0) } ?? .none
    services.shell.remove(file: file)
  }

  private func went(_ progress: BundleProgress) {
    switch stage {
    case .writing: stage = .writing(progress)
    case .reading: stage = .reading(progress)
    case .none, .written, .read: return
    }
  }
}

/// Hears on a thread of the core's, and passes on to the main actor.
private final class BundleSteps: BundleObserver {
  private let went: @MainActor @Sendable (BundleProgress) -> Void

  init(_ went: @escaping @MainActor @Sendable (BundleProgress) -> Void) {
    self.went = went
  }

  func onProgress(progress: BundleProgress) {
    Task { @MainActor [went] in went(progress) }
  }
}
