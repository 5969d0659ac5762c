#if canImport(UIKit)
  import ImageIO
  import PhotosUI
  import UIKit
  import UniformTypeIdentifiers

  /// One photo of the person's own choice. The system shows the others to them alone, so no permission is asked for.
  @MainActor
  final class PhotoPicker: NSObject, PHPickerViewControllerDelegate {
    private static let longestSide = 320
    private static let quality = 0.7
    private var answer: CheckedContinuation<String?, Never>?

    /// Asks for a photo, as a file of the app's own; `nil` when the person turned back.
    func pick(over top: UIViewController) async -> String? {
      guard answer == nil else { return nil }
      var wanted = PHPickerConfiguration()
      wanted.filter = .images
      // A picture that every device of the person's can show.
      wanted.preferredAssetRepresentationMode = .compatible
      let picker = PHPickerViewController(configuration: wanted)
      picker.delegate = self
      // A sheet could be swiped away without a word, and nobody would be answered.
      picker.modalPresentationStyle = .fullScreen
      return await withCheckedContinuation { continuation in
        answer = continuation
        top.present(picker, animated: true)
      }
    }

    func picker(_ picker: PHPickerViewController, didFinishPicking results: [PHPickerResult]) {
      picker.dismiss(animated: true)
      guard let photo = results.first?.itemProvider else { return finish(nil) }
      let kinds = [UTType.jpeg, .png, .webP].map(\.identifier)
      let kind = kinds.first(where: photo.hasItemConformingToTypeIdentifier)
      photo.loadFileRepresentation(forTypeIdentifier: kind ?? UTType.image.identifier) { file, _ in
        // The file is gone when this returns: it is copied first.
        let copy = file.flatMap { PassingFiles.copy(of: $0, as: "photo") }
        Task { @MainActor in self.finish(copy) }
      }
    }

    /// A small picture of a photo, drawn without reading all of it.
    nonisolated static func thumbnail(of photo: String) async -> String? {
      let small = PassingFiles.path(named: "thumbnail.jpg")
      let wanted: [CFString: Any] = [
        kCGImageSourceCreateThumbnailFromImageAlways: true,
        kCGImageSourceCreateThumbnailWithTransform: true,
        kCGImageSourceThumbnailMaxPixelSize: longestSide,
      ]
      guard let source = CGImageSourceCreateWithURL(URL(filePath: photo) as CFURL, nil),
        let drawn = CGImageSourceCreateThumbnailAtIndex(source, 0, wanted as CFDictionary),
        let target = CGImageDestinationCreateWithURL(
          URL(filePath: small) as CFURL, UTType.jpeg.identifier as CFString, 1, nil)
      else { return nil }
      CGImageDestinationAddImage(
        target, drawn, [kCGImageDestinationLossyCompressionQuality: quality] as CFDictionary)
      return CGImageDestinationFinalize(target) ? small : nil
    }

    private func finish(_ photo: String?) {
      answer?.resume(returning: photo)
      answer = nil
    }
  }
#endif
