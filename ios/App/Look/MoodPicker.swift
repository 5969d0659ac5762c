import BelayCore
import BelayKit
import BelayWords
import SwiftUI

/// Five shapes, from a valley to a sun: each mood has a form of its own, so that colour adds and never decides.
struct MoodShape: Shape {
  let mood: Mood

  nonisolated func path(in rect: CGRect) -> Path {
    let side = min(rect.width, rect.height)
    let box = CGRect(
      x: rect.midX - side / 2, y: rect.midY - side / 2, width: side, height: side)
    return Path { path in
      switch mood {
      case 1: valley(&path, box, depth: 0.8)
      case 2: valley(&path, box, depth: 0.3)
      case 3: path.addRect(box.insetBy(dx: side * 0.05, dy: side * 0.4))
      case 4: hill(&path, box)
      default: path.addEllipse(in: box.insetBy(dx: side * 0.1, dy: side * 0.1))
      }
      path.closeSubpath()
    }
  }

  private nonisolated func valley(_ path: inout Path, _ box: CGRect, depth: CGFloat) {
    let top = box.minY + box.height * 0.2
    path.move(to: CGPoint(x: box.minX, y: top))
    path.addQuadCurve(
      to: CGPoint(x: box.maxX, y: top),
      control: CGPoint(x: box.midX, y: top + box.height * depth * 1.6))
    path.addLine(to: CGPoint(x: box.maxX, y: box.maxY))
    path.addLine(to: CGPoint(x: box.minX, y: box.maxY))
  }

  private nonisolated func hill(_ path: inout Path, _ box: CGRect) {
    path.move(to: CGPoint(x: box.minX, y: box.maxY))
    path.addQuadCurve(
      to: CGPoint(x: box.maxX, y: box.maxY),
      control: CGPoint(x: box.midX, y: box.minY - box.height * 0.6))
  }
}

/// A mood as shape and word.
struct MoodLabel: View {
  let mood: Mood
  let words: any Words
  @ScaledMetric private var side: CGFloat = 20

  init(_ mood: Mood, _ words: any Words) {
    self.mood = mood
    self.words = words
  }

  var body: some View {
    HStack(spacing: Tokens.Spaces.s) {
      MoodShape(mood: mood).fill(Color.mood(mood)).frame(width: side, height: side)
        .accessibilityHidden(true)
      Text(words.word(mood))
    }
    .accessibilityElement(children: .combine)
  }
}

/// How it is, in one tap.
struct MoodPicker: View {
  let chosen: Mood?
  let words: any Words
  let choose: @MainActor (Mood) -> Void
  @Environment(\.dynamicTypeSize) private var size

  var body: some View {
    if size.isAccessibilitySize {
      VStack(alignment: .leading, spacing: Tokens.Spaces.s) { choices }
    } else {
      HStack(alignment: .top, spacing: Tokens.Spaces.xs) { choices }
    }
  }

  private var choices: some View {
    ForEach(moods, id: \.self) { mood in
      Button {
        choose(mood)
      } label: {
        VStack(spacing: Tokens.Spaces.xs) {
          MoodShape(mood: mood).fill(Color.mood(mood))
            .frame(width: Tokens.Spaces.xxl, height: Tokens.Spaces.xxl)
          Text(words.word(mood)).font(.small).multilineTextAlignment(.center)
        }
        .padding(Tokens.Spaces.s)
        .frame(maxWidth: .infinity, minHeight: Tokens.target)
        .background(
          mood == chosen ? Color.mineSoft : Color.clear,
          in: RoundedRectangle(cornerRadius: Tokens.Corners.card))
      }
      .buttonStyle(.plain)
      .accessibilityAddTraits(mood == chosen ? .isSelected : [])
    }
  }
}
