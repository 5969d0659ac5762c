/// What only a shell can do. The app has one of these; tests have one that writes down what it was asked.
@MainActor
public protocol Shell: MediaShell, WallClock {
  /// Offers a text to other programs.
  func share(text: String)
  /// Offers a file to other programs.
  func share(file path: String)
  /// Asks for a file of another program's. The answer leads to a copy of one's own; `nil` when the person turned back.
  func pickFile() async -> String?
  /// A path at which a file can be made that is to be given away, in a folder of one's own. What was made for that
  /// before is gone then.
  func newFile(named name: String) -> String
  /// A file of one's own is needed no more.
  func remove(file path: String)
  /// Puts a text on the clipboard. A secret one goes away by itself and stays on this device.
  func copy(text: String, secret: Bool)
  /// Opens the telephone, a message or a page; the person makes the last tap. Nothing of it is noted.
  func reach(_ way: Reach)
  /// The ISO 3166 code of the country that the device is set to; a hint, never a certainty.
  var region: String? { get }
  /// Asks the camera for a QR code; `nil` when the person turned back.
  func scan() async -> String?
  /// Whether the device has a lock of its own that Belay can ask for.
  var canConfirmOwner: Bool { get }
  /// Asks the device's owner to show that it is them.
  func confirmOwner(reason: String) async -> Bool
  /// Waits; the answer is `false` when the wait was broken off. Tests decide when it is over.
  func wait(_ duration: Duration) async -> Bool
}

/// How somebody can be reached, as the core says it.
public enum Reach: Equatable, Sendable {
  /// A number to dial, exactly as it is.
  case call(String)
  /// A number to write to, and the word the message has to be, where one is needed.
  case text(to: String, saying: String?)
  /// A page of the web.
  case page(String)
}

/// The time and place by which a shell formats. What day it is, the core says.
@MainActor
public protocol WallClock {
  /// Milliseconds since 1970 UTC.
  var nowMs: Int64 { get }
  /// The name of the zone in which times are shown.
  var zoneName: String { get }
}
