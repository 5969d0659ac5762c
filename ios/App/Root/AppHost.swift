import BelayKit
import Foundation

/// What the root needs of the program around it. The app has one; tests have another.
@MainActor
protocol AppHost: AnyObject {
  /// Help now while Belay is locked: reads no key.
  func lockedHelp() -> HelpNowModel
  /// Keeps where the person is over the end of the process; it names things and tells nothing of them. The system is
  /// asked to wake the app at a time, in milliseconds since 1970.
  func keep(route: Data?, wakesAtMs: Int64)
  /// The app lock, as chosen on this device.
  var locksApp: Bool { get set }
}
