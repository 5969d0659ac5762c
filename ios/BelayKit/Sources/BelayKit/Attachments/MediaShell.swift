/// What only a shell can do with photos, voices and files. Every path it answers leads to a file of the app's own, which
/// whoever asked removes again.
@MainActor
public protocol MediaShell: AnyObject {
  /// Asks for one photo; `nil` when the person turned back.
  func pickPhoto() async -> String?
  /// Draws a small picture of a photo; `nil` where that cannot be done.
  func thumbnail(of photo: String) async -> String?
  /// Begins to record what is spoken.
  func startRecording() async -> RecordingStart
  /// Ends the recording; `nil` where nothing was recorded.
  func stopRecording() -> String?
  /// Shows a file, until the person closes it.
  func show(file path: String) async
  /// A folder of the app's own for what was picked and is not saved yet. It outlasts the process, and stands in no backup.
  var pickedFolder: String { get }
  /// A path for something that is looked at and goes again.
  func passingFile(named name: String) -> String
}

/// How a recording began.
public enum RecordingStart: Sendable {
  /// It goes on.
  case recording
  /// The person does not let the app listen.
  case notAllowed
  /// Something else has the microphone, or there is none.
  case notPossible
}
