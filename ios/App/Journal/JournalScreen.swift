import BelayCore
import BelayKit
import BelayWords
import SwiftUI

/// The journal by month. Months are read as they come onto the screen.
struct JournalScreen: View {
  let model: JournalModel
  private var words: any Words { model.services.words }

  var body: some View {
    ScrollView {
      LazyVStack(alignment: .leading, spacing: Tokens.Spaces.m) {
        TroubleBar(model: model)
        LoadableView(page: model.page, words: words, retry: model.retry) { page in
          DraftCards(model: model, drafts: page.drafts)
          Button(words.journalWrite) {
            model.services.router.go(.newEntry(draft: nil, on: nil))
          }
          .buttonStyle(MainButton())
          if model.months.isEmpty {
            EmptyPage(title: words.journalEmptyTitle, text: words.journalEmptyBody)
          }
          ForEach(model.months, id: \.first) { month in MonthOfEntries(model: model, month: month) }
          Button(words.journalDeletedTitle) { model.services.router.go(.deletedEntries) }
            .buttonStyle(QuietButton(.ink2))
        }
      }
      .padding(Tokens.Spaces.l)
    }
    .background(Color.page)
    .foregroundStyle(Color.ink)
    .safeAreaInset(edge: .bottom) {
      if model.undo != nil {
        UndoBar(text: words.journalDeletedLine, undo: words.commonUndo) {
          Task { await model.takeBack() }
        }
      }
    }
    .keptFresh(model)
  }
}

/// What was typed and never became an entry.
struct DraftCards: View {
  let model: JournalModel
  let drafts: [DraftView]
  private var words: any Words { model.services.words }

  var body: some View {
    ForEach(drafts, id: \.id) { draft in
      Card(.sky) {
        let time = model.services.spoken.moment(draft.atMs)
        Text(
          draft.about == nil
            ? words.journalDraftNew(time: time) : words.journalDraftAbout(time: time)
        ).foregroundStyle(Color.onSkySoft)
        Text(draft.text).font(.writing).lineLimit(2).foregroundStyle(Color.onSkySoft)
        Button(words.journalDraftContinue) {
          model.services.router.go(
            draft.about.map { .entry(name: $0) } ?? .newEntry(draft: draft.id, on: nil))
        }
        .buttonStyle(QuietButton(.sky))
        Button(words.journalDraftDrop) { Task { await model.drop(draft) } }
          .buttonStyle(QuietButton(.ink2))
      }
    }
  }
}

/// The entries of a month.
struct MonthOfEntries: View {
  let model: JournalModel
  let month: JournalModel.Month
  private var words: any Words { model.services.words }

  var body: some View {
    LazyVStack(alignment: .leading, spacing: Tokens.Spaces.s) {
      Heading(model.services.spoken.month(month.first))
      Note(words.journalEntries(count: Int(month.count)))
      if let lines = month.lines {
        ForEach(lines, id: \.name) { line in EntryRow(model: model, line: line) }
      } else {
        SlowLoading(text: words.commonLoading)
      }
    }
    .task { await model.show(month.first) }
  }
}

/// An entry in the list: its first line, its mood, its day.
struct EntryRow: View {
  let model: JournalModel
  let line: EntryLineView
  private var words: any Words { model.services.words }

  var body: some View {
    Button {
      model.services.router.go(.entry(name: line.name))
    } label: {
      Card {
        Note(model.services.spoken.day(line.on))
        Text(title).font(.writing).multilineTextAlignment(.leading)
        if line.title != nil { Note(line.excerpt) }
        if let mood = line.mood { MoodLabel(mood, words) }
        if !line.tags.isEmpty { Note(words.journalTagsSpoken(tags: words.list(line.tags))) }
        if line.late { Note(words.journalLate) }
        if line.edited { Note(words.journalEdited) }
      }
    }
    .buttonStyle(.plain)
    .accessibilityAction(named: words.journalDelete) { Task { await model.delete(line.name) } }
  }

  private var title: String {
    line.title ?? (line.excerpt.isEmpty ? words.journalUntitled : line.excerpt)
  }
}
