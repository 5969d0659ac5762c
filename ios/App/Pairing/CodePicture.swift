import SwiftUI

#if canImport(CoreImage)
  import CoreImage.CIFilterBuiltins
#endif

/// A square code, dark on light in both themes with a quiet border, as cameras want it.
struct CodePicture: View {
  let text: String
  let description: String

  var body: some View {
    Group {
      #if canImport(CoreImage)
        if let picture = Self.draw(text) {
          Image(decorative: picture, scale: 1).interpolation(.none).resizable()
            .aspectRatio(1, contentMode: .fit)
        }
      #else
        Rectangle().fill(Color.page)
      #endif
    }
    .frame(maxWidth: side, maxHeight: side)
    .accessibilityLabel(description)
  }

  #if canImport(CoreImage)
    private static func draw(_ text: String) -> CGImage? {
      let filter = CIFilter.qrCodeGenerator()
      filter.message = Data(text.utf8)
      filter.correctionLevel = "M"
      return filter.outputImage.flatMap { CIContext().createCGImage($0, from: $0.extent) }
    }
  #endif
}

private let side: CGFloat = 320
