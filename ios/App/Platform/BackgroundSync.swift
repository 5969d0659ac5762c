#if canImport(UIKit)
  import BackgroundTasks
  import Foundation

  /// One exchange with the relays now and then while the app is behind. When, the system decides.
  enum BackgroundSync {
    private static let name = "app.belay.sync"
    private static let soonest: TimeInterval = 30 * 60

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
        MainActor.assumeIsolated { ask() }
      }
    }

    /// Asks for the next one.
    @MainActor
    static func ask() {
      let request = BGAppRefreshTaskRequest(identifier: name)
      request.earliestBeginDate = Date(timeIntervalSinceNow: soonest)
      try? BGTaskScheduler.shared.submit(request)
    }
  }
#endif
