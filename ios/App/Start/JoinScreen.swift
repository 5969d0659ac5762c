import BelayCore
import BelayKit
import BelayWords
import SwiftUI

/// Makes this phone one of the devices of somebody who uses Belay on another one.
struct JoinScreen: View {
  @Bindable var model: JoinModel
  let words: any Words
  let joined: @MainActor (any BelayCoreProtocol, Bool) -> Void
  let back: @MainActor () -> Void

  var body: some View {
    PageScroll {
      Text(words.onboardingJoinTitle).font(.display).accessibilityAddTraits(.isHeader)
      Text(words.onboardingJoinBody)
      if model.comparison.isEmpty {
        Button(words.onboardingJoinScan) { go { await model.scan() } }
          .buttonStyle(QuietButton()).disabled(model.busy)
        FieldRow(name: words.onboardingJoinTypeLabel, text: $model.text)
        Button(words.onboardingJoin) { go { await model.join() } }
          .buttonStyle(MainButton()).disabled(!model.canJoin)
      } else {
        ForEach(model.comparison, id: \.self) { Text($0).font(.display) }
        Text(words.onboardingJoinWords)
      }
      if model.busy, model.comparison.isEmpty { ProgressView(words.onboardingJoinWaiting) }
      if let trouble = model.trouble { ProblemCard(problem: trouble, words: words) }
      Button(words.commonBack) {
        Task {
          await model.turnBack()
          back()
        }
      }
      .buttonStyle(QuietButton())
    }
  }

  private func go(_ action: @escaping @MainActor () async -> Void) {
    let model = model
    let joined = joined
    Task {
      await action()
      if let core = model.joined { joined(core, model.needsNearby) }
    }
  }
}
