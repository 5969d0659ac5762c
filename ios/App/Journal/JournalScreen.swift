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
          DraftCards(model: model)
          Button(words.journalWrite) {
            model.services.router.go(.newEntry(draft: nil, on: nil))
          }
          .buttonStyle(MainButton())
          Button(words.searchOpen) { model.services.router.go(.search) }.buttonStyle(QuietButton())
          Button(words.journalShowCalendar) { model.showCalendar() }.buttonStyle(QuietButton())
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
      if let undo = model.undo {
        UndoBar(text: words.sentence(undo.deed), undo: words.commonUndo) {
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
  @State private var dropping: UnwrittenEntry?
  private var words: any Words { model.services.words }

  var body: some View {
    if !model.drafts.isEmpty { Heading(words.journalDraftsTitle) }
    ForEach(model.drafts, id: \.id) { draft in
      Card(.sky) {
        let time = model.services.spoken.moment(draft.atMs)
        Text(
          draft.about == nil
            ? words.journalDraftNew(time: time) : words.journalDraftAbout(time: time)
        ).foregroundStyle(Color.onSkySoft)
        if !draft.words.isEmpty {
          Text(draft.words).font(.writing).lineLimit(2).foregroundStyle(Color.onSkySoft)
        }
        if draft.pickCount > 0 {
          Text(words.attachmentsDraftHolds(count: draft.pickCount)).font(.label)
            .foregroundStyle(Color.onSkySoft)
        }
        Button(words.journalDraftContinue) {
          model.services.router.go(
            draft.about.map { .entry(name: $0) } ?? .newEntry(draft: draft.id, on: nil))
        }
        .buttonStyle(QuietButton(.sky))
        Button(words.journalDraftDrop) { dropping = draft }.buttonStyle(QuietButton(.ink2))
      }
    }
    .confirmationDialog(
      words.journalDraftDropQuestion, isPresented: asked, titleVisibility: .visible
    ) {
      Button(words.journalDraftDrop, role: .destructive) {
        if let draft = dropping { Task { await model.drop(draft) } }
      }
      Button(words.journalDraftKeep, role: .cancel) {}
    } message: {
      Text(words.journalDraftDropBody)
    }
  }

  private var asked: Binding<Bool> {
    Binding(get: { dropping != nil }, set: { if !$0 { dropping = nil } })
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
      EntryCard(line: line, services: model.services)
    }
    .buttonStyle(.plain)
    .accessibilityAction(named: words.journalDelete) { Task { await model.delete(line.name) } }
  }
}

/// What the list says of an entry.
struct EntryCard: View {
  let line: EntryLineView
  let services: Services
  private var words: any Words { services.words }

  var body: some View {
    Card {
      Note(services.spoken.day(line.on))
      Text(title).font(.writing).multilineTextAlignment(.leading)
      if line.title != nil, !line.excerpt.isEmpty { Note(line.excerpt) }
      if let mood = line.mood { MoodLabel(mood, words) }
      if !line.tags.isEmpty { Note(words.journalTagsSpoken(tags: words.list(line.tags))) }
      if line.late { Note(words.journalLate) }
      if line.edited { Note(words.journalEdited) }
    }
  }

  private var title: String {
    line.title ?? (line.excerpt.isEmpty ? words.journalUntitled : line.excerpt)
  }
}
