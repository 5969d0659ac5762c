import BelayWords
import SwiftUI

#if canImport(UIKit)
  import UIKit
#endif

/// The colours of the shared tokens; each follows light and dark by itself.
extension Color {
  static let page = Color(token: \.bg)
  static let card = Color(token: \.surface)
  static let well = Color(token: \.surface2)
  static let ink = Color(token: \.ink)
  static let ink2 = Color(token: \.ink2)
  static let outline = Color(token: \.line)
  static let mine = Color(token: \.primary)
  static let onMine = Color(token: \.onPrimary)
  static let mineSoft = Color(token: \.primarySoft)
  static let onMineSoft = Color(token: \.onPrimarySoft)
  static let rope = Color(token: \.rope)
  static let ropeSoft = Color(token: \.ropeSoft)
  static let onRopeSoft = Color(token: \.onRopeSoft)
  static let sky = Color(token: \.sky)
  static let skySoft = Color(token: \.skySoft)
  static let onSkySoft = Color(token: \.onSkySoft)
  static let clay = Color(token: \.clay)
  static let claySoft = Color(token: \.claySoft)
  static let onClaySoft = Color(token: \.onClaySoft)

  /// The colour of a mood, 1 to 5. It is never alone: a shape and a word stand beside it.
  static func mood(_ mood: UInt8) -> Color {
    switch mood {
    case 1: Color(token: \.mood1)
    case 2: Color(token: \.mood2)
    case 3: Color(token: \.mood3)
    case 4: Color(token: \.mood4)
    default: Color(token: \.mood5)
    }
  }

  private init(token: KeyPath<Palette, UInt32>) {
    #if canImport(UIKit)
      let light = UIColor(Color(rgb: Tokens.light[keyPath: token]))
      let dark = UIColor(Color(rgb: Tokens.dark[keyPath: token]))
      self.init(uiColor: UIColor { $0.userInterfaceStyle == .dark ? dark : light })
    #else
      self.init(rgb: Tokens.light[keyPath: token])
    #endif
  }

  private init(rgb: UInt32) {
    func part(_ shift: UInt32) -> Double { Double((rgb >> shift) & 0xFF) / 255 }
    self.init(.sRGB, red: part(16), green: part(8), blue: part(0))
  }
}
