#if canImport(UIKit)
  import QuickLook
  import UIKit

  /// Shows a file as the system does. Nothing can be changed in it: it is a copy that goes again.
  @MainActor
  final class FileViewer: NSObject, QLPreviewControllerDataSource, QLPreviewControllerDelegate {
    private var file: URL?
    private var closed: CheckedContinuation<Void, Never>?

    /// Ready when the person has closed it.
    func show(_ path: String, over top: UIViewController) async {
      guard closed == nil else { return }
      file = URL(filePath: path)
      let viewer = QLPreviewController()
      viewer.dataSource = self
      viewer.delegate = self
      // A sheet could be swiped away without a word, and the copy would stay.
      viewer.modalPresentationStyle = .fullScreen
      await withCheckedContinuation { continuation in
        closed = continuation
        top.present(viewer, animated: true)
      }
    }

    // Quick Look calls on the main thread, and does not say so in every version of the system's own headers.

    nonisolated func numberOfPreviewItems(in controller: QLPreviewController) -> Int {
      MainActor.assumeIsolated { file == nil ? 0 : 1 }
    }

    nonisolated func previewController(
      _ controller: QLPreviewController, previewItemAt index: Int
    ) -> any QLPreviewItem {
      MainActor.assumeIsolated { file ?? URL(filePath: "/") } as NSURL
    }

    nonisolated func previewController(
      _ controller: QLPreviewController, editingModeFor previewItem: any QLPreviewItem
    ) -> QLPreviewItemEditingMode { .disabled }

    nonisolated func previewControllerDidDismiss(_ controller: QLPreviewController) {
      MainActor.assumeIsolated { finish() }
    }

    private func finish() {
      file = nil
      closed?.resume()
      closed = nil
    }
  }
#endif
