#if canImport(UIKit)
  import BelayKit
  import LocalAuthentication
  import UIKit

  /// What only an iPhone or iPad can do.
  @MainActor
  final class PhoneShell: Shell {
    private let scanner = CodeScanner()
    private let picker = FilePicker()
    private let photos = PhotoPicker()
    private let recorder = VoiceRecorder()
    private let viewer = FileViewer()
    private let given = FileManager.default.temporaryDirectory.appending(path: "given")

    init() { PassingFiles.removeAll() }

    var nowMs: Int64 { Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)) }
    var zoneName: String { TimeZone.autoupdatingCurrent.identifier }
    var region: String? { Locale.autoupdatingCurrent.region?.identifier }

    func share(text: String) { share(text as Any) }

    func share(file path: String) { share(URL(filePath: path)) }

    private func share(_ item: Any) {
      let sheet = UIActivityViewController(activityItems: [item], applicationActivities: nil)
      sheet.popoverPresentationController?.sourceView = Self.top?.view
      Self.top?.present(sheet, animated: true)
    }

    func pickFile() async -> String? {
      guard let top = Self.top else { return nil }
      return await picker.pick(over: top)
    }

    func pickPhoto() async -> String? {
      guard let top = Self.top else { return nil }
      return await photos.pick(over: top)
    }

    func thumbnail(of photo: String) async -> String? { await PhotoPicker.thumbnail(of: photo) }

    func startRecording() async -> RecordingStart { await recorder.start() }

    func stopRecording() -> String? { recorder.stop() }

    func show(file path: String) async {
      if let top = Self.top { await viewer.show(path, over: top) }
    }

    let pickedFolder = URL.applicationSupportDirectory.appending(path: "picked")
      .path(percentEncoded: false)

    func passingFile(named name: String) -> String { PassingFiles.path(named: name) }

    func newFile(named name: String) -> String {
      try? FileManager.default.removeItem(at: given)
      try? FileManager.default.createDirectory(at: given, withIntermediateDirectories: true)
      return given.appending(path: name).path(percentEncoded: false)
    }

    func remove(file path: String) { try? FileManager.default.removeItem(atPath: path) }

    func copy(text: String, secret: Bool) {
      let options: [UIPasteboard.OptionsKey: Any] =
        secret
        ? [.localOnly: true, .expirationDate: Date(timeIntervalSinceNow: secretStays)] : [:]
      UIPasteboard.general.setItems([["public.utf8-plain-text": text]], options: options)
    }

    func reach(_ way: Reach) {
      let address: String?
      switch way {
      case .call(let number): address = Self.link("tel:", number)
      case .text(let to, let saying):
        let body = saying.flatMap { Self.link("&body=", $0) } ?? ""
        address = Self.link("sms:", to).map { $0 + body }
      case .page(let page): address = page
      }
      if let address, let url = URL(string: address) { UIApplication.shared.open(url) }
    }

    func scan() async -> String? {
      guard let top = Self.top else { return nil }
      return await scanner.scan(over: top)
    }

    var canConfirmOwner: Bool {
      LAContext().canEvaluatePolicy(.deviceOwnerAuthentication, error: nil)
    }

    func confirmOwner(reason: String) async -> Bool {
      let context = LAContext()
      return (try? await context.evaluatePolicy(.deviceOwnerAuthentication, localizedReason: reason))
        ?? false
    }

    func wait(_ duration: Duration) async -> Bool {
      do {
        try await Task.sleep(for: duration)
        return true
      } catch {
        return false
      }
    }

    /// Signs such as * and # are part of a number here and must reach the telephone.
    private static func link(_ scheme: String, _ text: String) -> String? {
      text.addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(["+", "*"]))
        .map { scheme + $0 }
    }

    private static var top: UIViewController? {
      let scenes = UIApplication.shared.connectedScenes.compactMap { $0 as? UIWindowScene }
      var top = scenes.first { $0.activationState == .foregroundActive }?.keyWindow?.rootViewController
      while let over = top?.presentedViewController { top = over }
      return top
    }
  }

  /// A secret lies on the clipboard for this long, in seconds.
  private let secretStays: TimeInterval = 120
#endif
