/// What only a shell can do. The app has one of these; tests have one that writes down what it was asked.
@MainActor
public protocol Shell: AnyObject, WallClock {
  /// Offers a text to other programs.
  func share(text: String)
  /// Puts a text on the clipboard. A secret one goes away by itself and stays on this device.
  func copy(text: String, secret: Bool)
  /// Calls, writes or opens; `address` is what the core says to dial.
  func reach(channel: String, address: String)
  /// Asks the camera for a QR code; `nil` when the person turned back.
  func scan() async -> String?
  /// Asks the device's owner to show that it is them.
  func confirmOwner(reason: String) async -> Bool
  /// Waits; the answer is `false` when the wait was broken off. Tests decide when it is over.
  func wait(_ duration: Duration) async -> Bool
}

/// The time and place by which a shell formats. What day it is, the core says.
@MainActor
public protocol WallClock {
  /// Milliseconds since 1970 UTC.
  var nowMs: Int64 { get }
  /// The name of the zone in which times are shown.
  var zoneName: String { get }
}
