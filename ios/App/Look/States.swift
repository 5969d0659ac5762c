import BelayKit
import BelayWords
import SwiftUI

/// What a page has of its content. That it is still coming is said after a moment only: most answers are sooner.
struct LoadableView<Value: Sendable, Content: View>: View {
  let page: Loadable<Value>
  let words: any Words
  let retry: @MainActor () async -> Void
  @ViewBuilder let content: (Value) -> Content

  var body: some View {
    switch page {
    case .loading: SlowLoading(text: words.commonLoading)
    case .ready(let value): content(value)
    case .failed(let problem):
      ProblemCard(problem: problem, words: words) { Task { await retry() } }
    }
  }
}

/// Says that something is coming, once that takes longer than a moment.
struct SlowLoading: View {
  let text: String
  @State private var late = false

  var body: some View {
    Group {
      if late { ProgressView(text) } else { Color.clear }
    }
    .frame(maxWidth: .infinity, minHeight: Tokens.target)
    .task {
      try? await Task.sleep(for: .milliseconds(Tokens.loadingAfterMs))
      late = true
    }
  }
}

/// What happened, what is safe, what to do.
struct ProblemCard: View {
  let problem: Problem
  let words: any Words
  var retry: (@MainActor () -> Void)? = nil

  var body: some View {
    Card(.clay) {
      Text(problem.title).font(.text.weight(.medium)).foregroundStyle(Color.onClaySoft)
      Text(problem.advice).font(.label).foregroundStyle(Color.onClaySoft)
      if let retry, problem.way == .tryAgain {
        Button(words.commonTryAgain, action: retry).buttonStyle(QuietButton(.clay))
      }
    }
  }
}

/// What the last action met, above the page that stays; it goes when the person has read it.
struct TroubleBar<Model: ScreenModel>: View {
  let model: Model

  var body: some View {
    if let problem = model.trouble {
      Card(.clay) {
        Text(problem.title).font(.text.weight(.medium)).foregroundStyle(Color.onClaySoft)
        Text(problem.advice).font(.label).foregroundStyle(Color.onClaySoft)
        Button(model.services.words.commonClose) { model.putTroubleAway() }
          .buttonStyle(QuietButton(.clay))
      }
    }
  }
}

/// Nothing here yet: one invitation.
struct EmptyPage: View {
  let title: String
  let text: String
  var action: String? = nil
  var go: (@MainActor () -> Void)? = nil

  var body: some View {
    VStack(alignment: .leading, spacing: Tokens.Spaces.m) {
      Heading(title)
      Note(text)
      if let action, let go { Button(action, action: go).buttonStyle(MainButton()) }
    }
    .padding(.vertical, Tokens.Spaces.xxl)
  }
}

extension Words {
  /// What was just done.
  func sentence(_ deed: UndoOffer.Deed) -> String {
    switch deed {
    case .outcome, .checkIn: commonSavedHere
    case .entryDeleted: journalDeletedLine
    case .goalPutAway: goalFormPutAwayDone
    case .entryState: historyRestored
    }
  }
}

/// What was just done, and the way back, for a moment.
struct UndoBar: View {
  let text: String
  let undo: String
  let action: @MainActor () -> Void

  var body: some View {
    HStack(spacing: Tokens.Spaces.m) {
      Text(text).font(.label).foregroundStyle(Color.onMineSoft)
      Spacer()
      Button(undo, action: action).buttonStyle(QuietButton())
    }
    .padding(Tokens.Spaces.m)
    .background(Color.mineSoft, in: RoundedRectangle(cornerRadius: Tokens.Corners.card))
    .padding(.horizontal, Tokens.Spaces.l)
  }
}
