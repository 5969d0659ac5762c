import BelayWords
import SwiftUI

/// A sheet of paper on the table.
struct Card<Content: View>: View {
  enum Tone { case plain, rope, sky, clay, mine }

  let tone: Tone
  let content: Content

  init(_ tone: Tone = .plain, @ViewBuilder content: () -> Content) {
    self.tone = tone
    self.content = content()
  }

  var body: some View {
    VStack(alignment: .leading, spacing: Tokens.Spaces.s) { content }
      .padding(Tokens.Spaces.l)
      .frame(maxWidth: .infinity, alignment: .leading)
      .background(colour, in: RoundedRectangle(cornerRadius: Tokens.Corners.card))
  }

  private var colour: Color {
    switch tone {
    case .plain: .card
    case .rope: .ropeSoft
    case .sky: .skySoft
    case .clay: .claySoft
    case .mine: .mineSoft
    }
  }
}

/// A page: cards below each other, of readable width, on warm paper.
struct PageScroll<Content: View>: View {
  let content: Content

  init(@ViewBuilder content: () -> Content) { self.content = content() }

  var body: some View {
    ScrollView {
      VStack(alignment: .leading, spacing: Tokens.Spaces.l) { content }
        .padding(Tokens.Spaces.l)
        .frame(maxWidth: pageWidth, alignment: .leading)
        .frame(maxWidth: .infinity, alignment: .center)
    }
    .background(Color.page)
    .foregroundStyle(Color.ink)
    .font(.text)
  }
}

/// Wider than this, lines are hard to read.
private let pageWidth: CGFloat = 640

/// What a part of a page is about.
struct Heading: View {
  let text: String

  init(_ text: String) { self.text = text }

  var body: some View {
    Text(text).font(.heading).accessibilityAddTraits(.isHeader)
  }
}

/// A quiet line.
struct Note: View {
  let text: String

  init(_ text: String) { self.text = text }

  var body: some View {
    Text(text).font(.label).foregroundStyle(Color.ink2).fixedSize(horizontal: false, vertical: true)
  }
}
