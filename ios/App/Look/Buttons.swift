import BelayWords
import SwiftUI

/// The main action of a page: one, in the thumb's reach.
struct MainButton: ButtonStyle {
  func makeBody(configuration: Configuration) -> some View {
    configuration.label
      .font(.text.weight(.medium))
      .multilineTextAlignment(.center)
      .padding(.horizontal, Tokens.Spaces.xl)
      .frame(maxWidth: .infinity, minHeight: Tokens.target)
      .foregroundStyle(Color.onMine)
      .background(Color.mine, in: Capsule())
      .opacity(configuration.isPressed ? 0.8 : 1)
  }
}

/// Any other action: its word, in a calm frame.
struct QuietButton: ButtonStyle {
  let colour: Color

  init(_ colour: Color = .mine) { self.colour = colour }

  func makeBody(configuration: Configuration) -> some View {
    configuration.label
      .font(.label.weight(.medium))
      .multilineTextAlignment(.center)
      .padding(.horizontal, Tokens.Spaces.l)
      .frame(minWidth: Tokens.target, minHeight: Tokens.target)
      .foregroundStyle(colour)
      .background(Color.well, in: Capsule())
      .opacity(configuration.isPressed ? 0.8 : 1)
  }
}

/// Something that is chosen or not: said by its form and for a screen reader, not by colour alone.
struct Chip: View {
  let text: String
  let chosen: Bool
  let action: @MainActor () -> Void

  var body: some View {
    Button(action: action) {
      Label {
        Text(text)
      } icon: {
        if chosen { Image(systemName: "checkmark").accessibilityHidden(true) }
      }
      .font(.label)
      .padding(.horizontal, Tokens.Spaces.m)
      .frame(minHeight: Tokens.target)
      .foregroundStyle(chosen ? Color.onMineSoft : Color.ink)
      .background(chosen ? Color.mineSoft : Color.well, in: Capsule())
    }
    .buttonStyle(.plain)
    .accessibilityAddTraits(chosen ? .isSelected : [])
  }
}

/// Chips beside and below each other.
struct ChipFlow<Content: View>: View {
  let content: Content
  // Larger type has fewer columns, so that no word is broken.
  @ScaledMetric private var width: CGFloat = 112

  init(@ViewBuilder content: () -> Content) { self.content = content() }

  var body: some View {
    LazyVGrid(
      columns: [GridItem(.adaptive(minimum: width), spacing: Tokens.Spaces.s)],
      alignment: .leading, spacing: Tokens.Spaces.s
    ) { content }
  }
}

/// A field with its name above it that grows with what is typed.
struct FieldRow: View {
  let name: String
  var hint: String? = nil
  @Binding var text: String

  var body: some View {
    VStack(alignment: .leading, spacing: Tokens.Spaces.xs) {
      Text(name).font(.label).foregroundStyle(Color.ink2).accessibilityHidden(true)
      TextField(name, text: $text, prompt: hint.map { Text($0) }, axis: .vertical)
        .textFieldStyle(.plain)
        .lineLimit(1...8)
        .padding(Tokens.Spaces.m)
        .frame(minHeight: Tokens.target)
        .background(Color.well, in: RoundedRectangle(cornerRadius: Tokens.Corners.card))
    }
  }
}
