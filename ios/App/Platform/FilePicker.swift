#if canImport(UIKit)
  import UIKit
  import UniformTypeIdentifiers

  /// Files of other programs: each is copied into a folder of the app's own before it is opened.
  @MainActor
  final class FilePicker: NSObject, UIDocumentPickerDelegate {
    private var answer: CheckedContinuation<String?, Never>?

    /// Asks for a file; `nil` when the person turned back.
    func pick(over top: UIViewController) async -> String? {
      guard answer == nil else { return nil }
      // The system makes the copy, so that nothing has to be asked for later.
      let picker = UIDocumentPickerViewController(forOpeningContentTypes: [.item], asCopy: true)
      picker.delegate = self
      // A sheet could be swiped away without a word, and nobody would be answered.
      picker.modalPresentationStyle = .fullScreen
      return await withCheckedContinuation { continuation in
        answer = continuation
        top.present(picker, animated: true)
      }
    }

    /// A copy of a file that another program handed over; `nil` where it cannot be read.
    static func copy(of file: URL) -> String? {
      let isScoped = file.startAccessingSecurityScopedResource()
      defer { if isScoped { file.stopAccessingSecurityScopedResource() } }
      let copy = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
      do {
        try FileManager.default.copyItem(at: file, to: copy)
        return copy.path(percentEncoded: false)
      } catch {
        return nil
      }
    }

    func documentPicker(
      _ controller: UIDocumentPickerViewController, didPickDocumentsAt urls: [URL]
    ) {
      finish(urls.first)
    }

    func documentPickerWasCancelled(_ controller: UIDocumentPickerViewController) { finish(nil) }

    private func finish(_ file: URL?) {
      answer?.resume(returning: file?.path(percentEncoded: false))
      answer = nil
    }
  }
#endif
