import BelayCore
import BelayKit
import BelayWords
import SwiftUI

/// What an entry said before: a slider over its states, what each changed, and the way back.
struct HistoryScreen: View {
  @Bindable var model: HistoryModel
  private var words: any Words { model.services.words }

  var body: some View {
    PageScroll {
      Note(words.historyLead)
      TroubleBar(model: model)
      LoadableView(page: model.page, words: words, retry: model.retry) { page in
        if page.states.count > 1 { StateSlider(model: model) }
        if page.earlier > 0 {
          Button(words.historyMore(count: Int(clamping: page.earlier))) { Task { await model.more() } }
            .buttonStyle(QuietButton(.ink2))
        }
        if let shown = model.shown { StateOfEntry(model: model, state: shown) }
      }
    }
    .navigationTitle(words.historyTitle)
    .navigationBarTitleDisplayMode(.inline)
    .keptFresh(model)
    .confirmationDialog(
      words.historyRestoreQuestion, isPresented: $model.isAsking, titleVisibility: .visible
    ) {
      Button(words.historyRestoreYes) { Task { await model.restore() } }
      Button(words.historyRestoreNo, role: .cancel) {}
    } message: {
      Text(words.historyRestoreBody)
    }
  }
}

/// Goes from state to state, by hand or step by step.
struct StateSlider: View {
  let model: HistoryModel
  private var words: any Words { model.services.words }

  var body: some View {
    Card {
      Slider(value: place, in: 0...Double(model.states.count - 1), step: 1) {
        Text(words.historySlider)
      }
      .accessibilityValue(position)
      .frame(minHeight: Tokens.target)
      HStack(spacing: Tokens.Spaces.m) {
        Button(words.historyEarlier) { model.show(model.position - 1) }
          .buttonStyle(QuietButton()).disabled(model.position == 0)
        Text(position).font(.label).foregroundStyle(Color.ink2).accessibilityHidden(true)
          .frame(maxWidth: .infinity)
        Button(words.historyLater) { model.show(model.position + 1) }
          .buttonStyle(QuietButton()).disabled(model.isPresent)
      }
    }
  }

  private var position: String {
    words.historyPosition(number: String(model.position + 1), of: String(model.states.count))
  }

  private var place: Binding<Double> {
    let model = model
    return Binding(get: { Double(model.position) }, set: { model.show(Int($0.rounded())) })
  }
}

/// One state: when and where it came about, what it changed, and its words.
struct StateOfEntry: View {
  let model: HistoryModel
  let state: EntryStateView
  private var words: any Words { model.services.words }

  var body: some View {
    Heading(model.isPresent ? words.historyPresent : time)
    Note(model.isPresent ? words.commonComma(first: time, rest: device) : device)
    if model.isFirst {
      Note(words.historyFirst)
    } else if !state.line.changed.isEmpty {
      Note(words.historyChanged(parts: words.list(state.line.changed.map(words.word))))
    }
    if state.line.deleted { Note(words.historyWasDeleted) }
    Card {
      if let title = state.entry.title { Text(title).font(.heading) }
      if model.isFirst || counts.isEmpty {
        Text(state.entry.text).font(.writing).privacySensitive()
      } else {
        DifferenceText(difference: state.fromBefore, words: words).privacySensitive()
      }
      Note(model.services.spoken.day(state.entry.on))
      if let mood = state.entry.mood { MoodLabel(mood, words) }
      if !state.entry.tags.isEmpty {
        Note(words.journalTagsSpoken(tags: words.list(state.entry.tags)))
      }
      if !state.goals.isEmpty { Note(words.list(state.goals.map(\.title))) }
    }
    if !model.isFirst, !counts.isEmpty {
      Note(words.list(counts))
      Note(words.historyLegend)
    }
    foot
  }

  @ViewBuilder private var foot: some View {
    if model.isRestored { Note(words.historyRestored) }
    if state.mayRestore {
      Button(words.historyRestore) { model.isAsking = true }.buttonStyle(MainButton())
    } else if !model.isPresent, !state.line.deleted {
      Note(words.historySame)
    }
  }

  private var counts: [String] {
    [
      state.line.wordsAdded > 0 ? words.historyCame(count: Int(clamping: state.line.wordsAdded)) : nil,
      state.line.wordsRemoved > 0 ? words.historyWent(count: Int(clamping: state.line.wordsRemoved)) : nil,
    ].compactMap(\.self)
  }

  private var time: String {
    state.line.atMs.map { model.services.spoken.moment($0) } ?? words.historyNoTime
  }

  private var device: String {
    if state.line.thisDevice { return words.historyHere }
    return state.line.deviceName.map { words.historyOnDevice(device: $0) } ?? words.historyElsewhere
  }
}

/// A text with what came underlined and what went struck out: no colour is needed to tell them apart, and a screen
/// reader is told in words.
struct DifferenceText: View {
  let difference: TextDifference
  let words: any Words

  var body: some View {
    text.font(.writing).accessibilityLabel(spoken)
  }

  private var text: Text {
    difference.pieces.reduce(Text("")) { text, piece in
      switch piece.fate {
      case .kept: text + Text(piece.text)
      case .added: text + Text(piece.text).bold().underline()
      case .removed: text + Text(piece.text).strikethrough()
      }
    }
  }

  private var spoken: String {
    difference.pieces.map { piece in
      switch piece.fate {
      case .kept: piece.text
      case .added: words.historySpokenCame(words: piece.text)
      case .removed: words.historySpokenWent(words: piece.text)
      }
    }
    .joined(separator: " ")
  }
}

extension Words {
  /// A part of an entry, as it stands in a list.
  func word(_ part: EntryPart) -> String {
    switch part {
    case .text: historyPartText
    case .title: historyPartTitle
    case .day: historyPartDay
    case .tags: historyPartTags
    case .mood: historyPartMood
    case .goals: historyPartGoals
    case .prompt: historyPartPrompt
    case .deleted: historyPartDeleted
    }
  }
}
