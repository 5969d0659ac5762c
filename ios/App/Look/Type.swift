import SwiftUI

/// The five sizes of the shared tokens, as text styles: they grow with the person's setting.
extension Font {
  /// 28 pt: comparison words, the name of a page.
  static let display = Font.system(.title, weight: .medium)
  /// 22 pt: what a page or a card is about.
  static let heading = Font.system(.title2, weight: .medium)
  /// 17 pt: text.
  static let text = Font.system(.body)
  /// 15 pt: names of controls, secondary text.
  static let label = Font.system(.callout)
  /// 13 pt: what may be overlooked.
  static let small = Font.system(.footnote)
  /// 17 pt with serifs: the journal.
  static let writing = Font.system(.body, design: .serif)
}
