import BelayCore
import BelayWords
import Foundation
import Observation

/// The whole app: what stands before the store, then the world of the screens, the app lock over it, and keeping in
/// touch while the app is in front.
@MainActor
@Observable
public final class AppModel {
  /// What stands before the store.
  public let opening: OpeningModel
  /// The world of the screens, once the store is open.
  public private(set) var services: Services?
  /// The app lock is shut: nothing is shown but the way to help.
  public private(set) var isLocked = false
  /// How keeping in touch went last.
  public private(set) var contact: Contact = .none

  /// How keeping in touch goes.
  public enum Contact: Equatable, Sendable {
    /// Nothing was heard yet.
    case none
    /// The last round reached everybody.
    case reached
    /// The last round met trouble; it goes on by itself.
    case trouble(code: String)
    /// Something forbids it.
    case stopped(Problem)
  }

  /// Keeping near others on one network.
  public let near: NearKeeper
  /// The door to the store.
  public let door: any StoreDoor
  /// The words before a store is open.
  public let words: any Words
  private let language: String
  private let shell: any Shell
  private let anotherDiscovery: @MainActor () -> (any Discovery)?
  private let locksApp: @MainActor () -> Bool
  private let setLock: @MainActor (Bool) -> Void
  @ObservationIgnored private var kept: Data
  @ObservationIgnored private var isStarting = false
  @ObservationIgnored private var isInFront = false
  @ObservationIgnored private var inTouch: Subscription? {
    didSet { services?.rounds.goOn = inTouch != nil }
  }
  /// The number of whoever listens now: what an earlier one still says is of no account.
  @ObservationIgnored private var listening = 0
  private static let pauseWhileBusy: Duration = .seconds(2)
  private static let sleepsAtMostMs: Int64 = 30 * 60 * 1000
  @ObservationIgnored private var waitingInvitation: String?
  @ObservationIgnored private var waitingFile: String?

  /// Begins before the door. `kept` is what the router of an earlier process kept; `locksApp` says whether the
  /// person wants the app lock on this device, and `setLock` keeps what they want. `discovery` finds others on one
  /// network; without it the app never keeps near. `anotherDiscovery` makes one more, for what is shown beside that.
  public init(
    door: any StoreDoor, shell: any Shell, language: String, kept: Data = Data(),
    discovery: (any Discovery)? = nil,
    anotherDiscovery: @escaping @MainActor () -> (any Discovery)? = { nil },
    locksApp: @escaping @MainActor () -> Bool = { false },
    setLock: @escaping @MainActor (Bool) -> Void = { _ in }
  ) {
    self.door = door
    self.shell = shell
    self.language = language
    self.kept = kept
    self.anotherDiscovery = anotherDiscovery
    self.locksApp = locksApp
    self.setLock = setLock
    words = wordsFor(language)
    let words = words
    near = NearKeeper(discovery, words)
    opening = OpeningModel(door: door) { Problem($0, words) }
  }

  /// Looks what there is, and opens it where nothing is to be asked. The app lock comes first.
  public func start() async {
    guard !isStarting else { return }
    isStarting = true
    defer { isStarting = false }
    isLocked = locks
    if isLocked, await !unlock() { return }
    // A sync in the background, or the unlocking, may have opened it already.
    guard services == nil else { return }
    await opening.start()
    enter()
  }

  /// Whether Belay asks for the phone's own lock before it shows anything on this device.
  public var asksForLock: Bool {
    get { locksApp() }
    set { setLock(newValue) }
  }

  /// Whether the device has a lock of its own that Belay can ask for.
  public var canLock: Bool { shell.canConfirmOwner }

  /// A phone whose own lock was taken away must not shut its owner out.
  private var locks: Bool { locksApp() && canLock }

  /// The welcome pages.
  public func beginning() -> OnboardingModel {
    let words = words
    return OnboardingModel(door: door, canLock: canLock) { Problem($0, words) }
  }

  /// Asks the device's owner to show that it is them.
  @discardableResult
  public func unlock() async -> Bool {
    guard isLocked else { return true }
    guard await shell.confirmOwner(reason: words.onboardingUnlockTitle) else { return false }
    isLocked = false
    if services == nil, opening.opening == .looking {
      await opening.start()
      enter()
    }
    return true
  }

  /// Brings everything back on an empty phone.
  public func restoring() -> RestoreModel {
    let words = words
    return RestoreModel(door: door, shell: shell, discovery: anotherDiscovery()) { Problem($0, words) }
  }

  /// Hands over to a new device in this room.
  public func handingOver(_ services: Services) -> HandOverModel {
    HandOverModel(services, anotherDiscovery())
  }

  /// Makes this phone one of the devices of a person who has another one; an empty store that waits is taken up.
  public func joining() -> JoinModel {
    let words = words
    return JoinModel(door: door, shell: shell, waiting: opening.waitingCore) { Problem($0, words) }
  }

  /// Goes in, once the store is open.
  public func enter() {
    guard let core = opening.core, services == nil else { return }
    let services = Services(core: core, language: language, shell: shell)
    services.router.kept = kept
    do {
      try services.changes.start(core)
    } catch {
      contact = .stopped(services.problem(error))
    }
    self.services = services
    Task { await services.tidyPicks() }
    if isInFront { keepInTouch() }
    if let invitation = waitingInvitation {
      waitingInvitation = nil
      services.take(invitation: invitation)
    }
    if let file = waitingFile {
      waitingFile = nil
      services.take(file: file)
    }
  }

  /// A copy of a file was handed over by another program. It waits until the store is open.
  public func open(file path: String) {
    if let services { services.take(file: path) } else { waitingFile = path }
  }

  /// A link of an invitation was opened. It waits until the store is open.
  public func open(invitation: String) {
    if let services { services.take(invitation: invitation) } else { waitingInvitation = invitation }
  }

  /// The day turned, the clock was set, or the phone is in another zone: what is shown looks again.
  public func timeMoved() {
    services?.changes.everything()
  }

  /// The phone found a network or changed to another one: what rested after a failure tries again at once.
  public func networkChanged() {
    do {
      try services?.core.lookNow()
    } catch {
      contact = .stopped(Problem(error, words))
    }
    if isInFront, let core = services?.core { near.begin(core) }
  }

  /// The app is in front: it keeps in touch with relays from now on, as soon as the store is open, and shows the day
  /// that it is.
  public func cameForward() {
    isInFront = true
    timeMoved()
    keepInTouch()
    // Nothing was looked at yet, or looking was broken off.
    if services == nil, !isLocked, opening.opening == .looking { Task { await start() } }
  }

  /// Whether the store is kept in touch with relays now.
  public var keepsInTouch: Bool { inTouch != nil }

  private func keepInTouch() {
    guard let core = services?.core else { return }
    near.begin(core)
    guard inTouch == nil else { return }
    listening += 1
    do {
      inTouch = try core.keepInTouch(observer: Listener(self, number: listening))
    } catch {
      contact = .stopped(Problem(error, words))
    }
  }

  private func letGo() {
    listening += 1
    inTouch?.cancel()
    inTouch = nil
    near.letGo()
  }

  /// The app goes behind: nothing is left half done on the disk, nobody keeps in touch, and the lock falls.
  public func wentBehind() async {
    isInFront = false
    letGo()
    // Never unlocked here: the first unlocking may have been left half done.
    if locks, services != nil { isLocked = true }
    do {
      try await services?.core.enterBackground()
    } catch {
      contact = .stopped(Problem(error, words))
    }
  }

  /// One exchange in the background, as long as the system allows. Says whether everybody was reached. The system
  /// may have started the app for it alone: then the store is opened, and the app lock stays shut.
  public func syncOnce() async -> Bool {
    if services == nil {
      isLocked = locks
      await opening.start()
      enter()
    }
    guard let core = services?.core else { return false }
    do {
      let report = try await core.sync(observer: nil)
      heard(report)
      return report.troubles.isEmpty
    } catch {
      contact = .stopped(Problem(error, words))
      return false
    }
  }

  /// When the system is to wake the app again: as soon as something that waits may leave, and at the latest in half
  /// an hour.
  public func wakesAtMs() async -> Int64 {
    let (now, departure) = (shell.nowMs, try? await services?.core.nextDepartureAtMs())
    let latest = now + Self.sleepsAtMostMs
    return min(latest, max(now, departure ?? latest))
  }

  /// Everything was deleted: back to before the door, which tells relays what is left to tell, or asks for what it
  /// needs for that.
  public func left() async {
    letGo()
    services?.changes.stop()
    services?.picks.removeAll()
    services = nil
    kept = Data()
    contact = .none
    await opening.closed()
    if opening.opening == .beingDeleted(nil) { await opening.finishDeleting() }
  }

  fileprivate func heard(_ report: SyncReport, by listener: Int) {
    if listener == listening { heard(report) }
  }

  private func heard(_ report: SyncReport) {
    contact = report.troubles.first.map { .trouble(code: $0.code) } ?? .reached
    services?.rounds.ended(report)
  }

  fileprivate func stopped(_ error: BelayError?, by listener: Int) async {
    guard listener == listening else { return }
    inTouch = nil
    guard let error else { return }
    guard case .Unavailable(reason: "already-syncing") = error else {
      contact = .stopped(Problem(error, words))
      return
    }
    // A sync in the background, or the one that was just let go of, ends by itself.
    if await shell.wait(Self.pauseWhileBusy), isInFront, listener == listening { keepInTouch() }
  }
}

/// Hears on a thread of the core's, and passes on to the main actor.
private final class Listener: SyncObserver {
  private let app: WeakApp
  private let number: Int

  @MainActor
  init(_ app: AppModel, number: Int) {
    self.app = WeakApp(app)
    self.number = number
  }

  func onReport(report: SyncReport) {
    Task { @MainActor [app, number] in app.model?.heard(report, by: number) }
  }

  func onStopped(error: BelayError?) {
    Task { @MainActor [app, number] in await app.model?.stopped(error, by: number) }
  }
}

/// A reference that keeps nobody alive; read on the main actor only.
@MainActor
private final class WeakApp {
  weak var model: AppModel?

  init(_ model: AppModel) {
    self.model = model
  }
}
