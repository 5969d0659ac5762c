#if canImport(UIKit)
  import BackgroundTasks
  import Foundation

  /// One exchange with the relays now and then while the app is behind. When, the system decides.
  enum BackgroundSync {
    private static let name = "app.belay.sync"
    private static let afterAnError: TimeInterval = 30 * 60

    /// Registers the task; must be called before the app has started.
    @MainActor
    static func register(_ sync: @escaping @MainActor () async -> Bool) {
      BGTaskScheduler.shared.register(forTaskWithIdentifier: name, using: .main) { given in
        // Handed over once, and used on the main actor only.
        nonisolated(unsafe) let task = given
        let work = Task { @MainActor in
          task.setTaskCompleted(success: await sync())
        }
        // The engine keeps what it has when it is broken off; the next round goes on from there.
        task.expirationHandler = { work.cancel() }
        // The sync asks for a better time, if it comes to that.
        MainActor.assumeIsolated { ask(at: Date(timeIntervalSinceNow: afterAnError)) }
      }
    }

    /// Asks for the next one, at a time in milliseconds since 1970; in place of what was asked for before.
    @MainActor
    static func ask(atMs: Int64) {
      ask(at: Date(timeIntervalSince1970: TimeInterval(atMs) / 1000))
    }

    @MainActor
    private static func ask(at earliest: Date) {
      let request = BGAppRefreshTaskRequest(identifier: name)
      request.earliestBeginDate = earliest
      try? BGTaskScheduler.shared.submit(request)
    }
  }
#endif
