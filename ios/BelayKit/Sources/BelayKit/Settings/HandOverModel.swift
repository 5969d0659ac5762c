import BelayCore
import Observation

/// Hands what only the recovery words open to a new device in this room, for somebody who lost another one and has no
/// relay that keeps a copy.
@MainActor
@Observable
public final class HandOverModel: ScreenModel {
  /// How far it has come.
  public enum Stage: Equatable, Sendable {
    /// Nothing is handed over.
    case none
    /// This device shows itself to whoever has the words.
    case waiting
    /// A new device has everything.
    case came
  }

  public let services: Services
  public var trouble: Problem?
  /// How far it has come.
  public private(set) var stage = Stage.none

  private let discovery: (any Discovery)?
  @ObservationIgnored private var handing: Subscription?
  /// The number of whoever listens now: what an earlier one still says is of no account.
  @ObservationIgnored private var listening = 0

  /// Is found by these means, which nobody else uses.
  public init(_ services: Services, _ discovery: (any Discovery)?) {
    self.services = services
    self.discovery = discovery
  }

  /// Begins to show this device.
  public func begin() {
    guard handing == nil else { return }
    listening += 1
    trouble = nil
    do {
      let observer = HandOverListener(self, number: listening)
      handing = try services.core.handOver(observer: observer, discovery: discovery)
      stage = .waiting
    } catch {
      trouble = services.problem(error)
    }
  }

  /// Ends; also when the page is left.
  public func end() {
    listening += 1
    handing?.cancel()
    handing = nil
    if stage == .waiting { stage = .none }
  }

  fileprivate func heard(_ report: LanReport, by listener: Int) {
    guard listener == listening else { return }
    if report.meetings.contains(where: { $0.ending == .whole }) { stage = .came }
  }

  fileprivate func stopped(_ error: BelayError?, by listener: Int) {
    guard listener == listening else { return }
    handing = nil
    if stage == .waiting { stage = .none }
    trouble = error.map { services.problem($0) }
  }
}

/// Hears on a thread of the core's, and passes on to the main actor.
private final class HandOverListener: NearbyObserver {
  private let report: @Sendable (LanReport) -> Void
  private let stopped: @Sendable (BelayError?) -> Void

  @MainActor
  init(_ model: HandOverModel, number: Int) {
    report = { [weak model] report in
      Task { @MainActor in model?.heard(report, by: number) }
    }
    stopped = { [weak model] error in
      Task { @MainActor in model?.stopped(error, by: number) }
    }
  }

  func onReady(address: String) {}

  func onReport(report: LanReport) { self.report(report) }

  func onStopped(error: BelayError?) { stopped(error) }
}
