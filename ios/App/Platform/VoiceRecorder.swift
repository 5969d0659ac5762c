#if canImport(UIKit)
  import AVFoundation
  import BelayKit

  /// Records what is spoken, into a file of the app's own.
  @MainActor
  final class VoiceRecorder {
    private static let rate = 44_100
    /// A minute takes about half a megabyte, as the page says.
    private static let bitsPerSecond = 64_000
    private var recorder: AVAudioRecorder?

    /// Begins, where the person lets the app listen.
    func start() async -> RecordingStart {
      guard recorder == nil else { return .notPossible }
      guard await AVAudioApplication.requestRecordPermission() else { return .notAllowed }
      let settings: [String: Any] = [
        AVFormatIDKey: kAudioFormatMPEG4AAC, AVSampleRateKey: Self.rate, AVNumberOfChannelsKey: 1,
        AVEncoderBitRateKey: Self.bitsPerSecond,
      ]
      do {
        try AVAudioSession.sharedInstance().setCategory(.record)
        try AVAudioSession.sharedInstance().setActive(true)
        let file = URL(filePath: PassingFiles.path(named: "memo.m4a"))
        let recorder = try AVAudioRecorder(url: file, settings: settings)
        guard recorder.record() else { return .notPossible }
        self.recorder = recorder
        return .recording
      } catch {
        return .notPossible
      }
    }

    /// Ends; what was spoken until then is in the file, also where a call broke it off.
    func stop() -> String? {
      guard let recorder else { return nil }
      self.recorder = nil
      recorder.stop()
      try? AVAudioSession.sharedInstance().setActive(false, options: .notifyOthersOnDeactivation)
      return recorder.url.path(percentEncoded: false)
    }
  }
#endif
