#if canImport(UIKit)
  import AVFoundation
  import UIKit
  import Vision
  import VisionKit

  /// The camera, looking for one square code.
  @MainActor
  final class CodeScanner: NSObject, DataScannerViewControllerDelegate {
    private var answer: CheckedContinuation<String?, Never>?
    private weak var shown: UIViewController?

    /// Shows the camera until a code is seen or the person turns back; `nil` also where there is no camera to ask, or
    /// the person does not let Belay use it: every code can be typed, too.
    func scan(over top: UIViewController) async -> String? {
      // A scanner counts as available only once the person was asked for the camera.
      guard DataScannerViewController.isSupported, answer == nil,
        await AVCaptureDevice.requestAccess(for: .video), DataScannerViewController.isAvailable
      else { return nil }
      let scanner = DataScannerViewController(
        recognizedDataTypes: [.barcode(symbologies: [.qr])], isHighlightingEnabled: true)
      scanner.delegate = self
      let frame = UINavigationController(rootViewController: scanner)
      scanner.navigationItem.leftBarButtonItem = UIBarButtonItem(
        systemItem: .cancel, primaryAction: UIAction { [weak self] _ in self?.finish(nil) })
      // A sheet could be swiped away without a word, and nobody would be answered.
      frame.modalPresentationStyle = .fullScreen
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
