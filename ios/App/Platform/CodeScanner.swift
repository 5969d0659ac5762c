#if canImport(UIKit)
  import UIKit
  import VisionKit

  /// The camera, looking for one square code.
  @MainActor
  final class CodeScanner: NSObject, DataScannerViewControllerDelegate {
    private var answer: CheckedContinuation<String?, Never>?
    private weak var shown: UIViewController?

    /// Shows the camera until a code is seen or the person turns back; `nil` also where there is no camera to ask.
    func scan(over top: UIViewController) async -> String? {
      guard DataScannerViewController.isSupported, DataScannerViewController.isAvailable,
        answer == nil
      else { return nil }
      let scanner = DataScannerViewController(
        recognizedDataTypes: [.barcode(symbologies: [.qr])], isHighlightingEnabled: true)
      scanner.delegate = self
      let frame = UINavigationController(rootViewController: scanner)
      scanner.navigationItem.leftBarButtonItem = UIBarButtonItem(
        systemItem: .cancel, primaryAction: UIAction { [weak self] _ in self?.finish(nil) })
      shown = frame
      return await withCheckedContinuation { continuation in
        answer = continuation
        top.present(frame, animated: true) {
          do { try scanner.startScanning() } catch { self.finish(nil) }
        }
      }
    }

    func dataScanner(
      _ dataScanner: DataScannerViewController, didAdd addedItems: [RecognizedItem],
      allItems: [RecognizedItem]
    ) {
      for case .barcode(let code) in addedItems {
        if let text = code.payloadStringValue { return finish(text) }
      }
    }

    private func finish(_ text: String?) {
      shown?.dismiss(animated: true)
      answer?.resume(returning: text)
      answer = nil
    }
  }
#endif
