import BelayWords
import Foundation
import SwiftUI

#if canImport(ImageIO)
  import ImageIO
#endif

/// A small picture, with words for whoever does not see it.
struct SmallPicture: View {
  let data: Data
  let description: String

  var body: some View {
    Group {
      #if canImport(ImageIO)
        if let picture = Self.draw(data) {
          Image(decorative: picture, scale: 1).resizable().aspectRatio(nil, contentMode: .fit)
        }
      #else
        Rectangle().fill(Color.well)
      #endif
    }
    .frame(maxWidth: side, maxHeight: side, alignment: .leading)
    .clipShape(RoundedRectangle(cornerRadius: Tokens.Corners.card))
    .accessibilityLabel(description)
  }

  #if canImport(ImageIO)
    private static func draw(_ data: Data) -> CGImage? {
      CGImageSourceCreateWithData(data as CFData, nil).flatMap {
        CGImageSourceCreateImageAtIndex($0, 0, nil)
      }
    }
  #endif
}

private let side: CGFloat = 240
