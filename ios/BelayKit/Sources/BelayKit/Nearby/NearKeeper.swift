import BelayCore
import BelayWords
import Observation

/// Keeps near while the app is in front: other devices on the network are met as long as the person has that switched
/// on. Whether they have, the core knows; this only lends it the system's means.
@MainActor
@Observable
public final class NearKeeper {
  /// The last meeting broke off, or could not begin to exchange.
  public private(set) var brokeOff = false
  /// Why nobody keeps near, where something forbids it.
  public private(set) var problem: Problem?

  private let discovery: (any Discovery)?
  private let words: any Words
  @ObservationIgnored private var keeping: Subscription?
  /// The number of whoever listens now: what an earlier one still says is of no account.
  @ObservationIgnored private var listening = 0

  /// Finds others by these means; a shell that has none never keeps near.
  init(_ discovery: (any Discovery)?, _ words: any Words) {
    self.discovery = discovery
    self.words = words
  }

  /// Somebody keeps near now.
  public var keepsNear: Bool { keeping != nil }

  /// Begins, unless it goes on already.
  func begin(_ core: any BelayCoreProtocol) {
    guard let discovery, keeping == nil else { return }
    listening += 1
    problem = nil
    do {
      let observer = NearListener(self, number: listening)
      keeping = try core.keepNear(observer: observer, discovery: discovery)
    } catch {
      problem = Problem(error, words)
    }
  }

  /// Ends; nothing is shown on the network any more.
  func letGo() {
    listening += 1
    keeping?.cancel()
    keeping = nil
  }

  fileprivate func heard(_ report: LanReport, by listener: Int) {
    guard listener == listening, let last = report.meetings.last else { return }
    brokeOff = last.ending == .interrupted || last.trouble != nil
  }

  fileprivate func stopped(_ error: BelayError?, by listener: Int) {
    guard listener == listening else { return }
    keeping = nil
    problem = error.map { Problem($0, words) }
  }
}

/// Hears on a thread of the core's, and passes on to the main actor.
private final class NearListener: NearbyObserver {
  private let heard: @Sendable (LanReport) -> Void
  private let stopped: @Sendable (BelayError?) -> Void

  @MainActor
  init(_ keeper: NearKeeper, number: Int) {
    heard = { [weak keeper] report in
      Task { @MainActor in keeper?.heard(report, by: number) }
    }
    stopped = { [weak keeper] error in
      Task { @MainActor in keeper?.stopped(error, by: number) }
    }
  }

  func onReady(address: String) {}

  func onReport(report: LanReport) { heard(report) }

  func onStopped(error: BelayError?) { stopped(error) }
}
