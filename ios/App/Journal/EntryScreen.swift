import BelayCore
import BelayKit
import BelayWords
import SwiftUI

/// An entry: title, text in a face for reading, and a quiet bar of what belongs to it.
struct EntryScreen: View {
  @Bindable var model: EntryEditorModel
  private var words: any Words { model.services.words }

  var body: some View {
    PageScroll {
      LoadableView(page: model.entry, words: words, retry: model.load) { entry in
        WrittenBy(model: model)
        TextField(words.journalEntryTitle, text: $model.writing.title, axis: .vertical)
          .textFieldStyle(.plain).font(.heading)
        TextField(words.journalEntryBody, text: $model.writing.text, axis: .vertical)
          .textFieldStyle(.plain).font(.writing).lineLimit(linesAtFirst...)
          .privacySensitive()
        back
        Note(words.journalDraftKept)
        if let entry { EntryFacts(entry: entry, services: model.services) }
        TroubleBar(model: model)
        Button(words.journalSave) { Task { await model.save() } }
          .buttonStyle(MainButton())
          .disabled(model.saving || !model.canSave)
        EntryBelongings(model: model)
        AttachmentsSection(model: model.attachments)
        if let entry {
          GivenPassages(entry: entry, services: model.services)
          Button(words.historyOpen) { model.services.router.go(.history(entry: entry.name)) }
            .buttonStyle(QuietButton())
          WhoCanRead(services: model.services, item: .entry(name: entry.name))
          Button(words.journalDelete) { Task { await model.delete() } }
            .buttonStyle(QuietButton(.clay))
          Note(words.journalDeletedLead)
        }
      }
    }
    .navigationTitle(model.name == nil ? words.journalEntryNew : words.journalEntry)
    .navigationBarTitleDisplayMode(.inline)
    .task {
      await model.load()
      await model.follow()
    }
  }

  @ViewBuilder private var back: some View {
    if model.behind != nil {
      Card {
        Text(words.journalDraftBehind)
        Button(words.journalDraftAppend) { Task { await model.append() } }
          .buttonStyle(QuietButton())
        Button(words.commonNotNow) { model.leaveBehind() }.buttonStyle(QuietButton(.ink2))
      }
    }
    if model.isBack { Note(model.name == nil ? words.journalDraftFoundNew : words.journalDraftFound) }
    if model.picksBack > 0 { Note(words.attachmentsBack(count: model.picksBack)) }
    if model.isBack || model.picksBack > 0 {
      if model.name == nil {
        Button(words.journalDraftAnew) { Task { await model.beginAnew() } }
          .buttonStyle(QuietButton())
      }
    }
  }
}

/// So much of an empty page is offered to write on.
private let linesAtFirst = 8

/// What is known of an entry beside its words.
struct EntryFacts: View {
  let entry: EntryView
  let services: Services

  var body: some View {
    if entry.late {
      Note(services.words.journalLateOn(day: services.spoken.day(entry.entry.writtenOn)))
    }
    if let edited = entry.entry.editedAtMs {
      Note(services.words.journalEditedAt(time: services.spoken.ago(edited)))
    }
  }
}

/// The day, mood, tags, goals, and the way to share a copy.
struct EntryBelongings: View {
  @Bindable var model: EntryEditorModel
  private var words: any Words { model.services.words }

  var body: some View {
    Card {
      if let form = model.form {
        DayChoice(
          name: words.journalChooseDay, day: model.writing.on ?? form.on, last: form.today,
          spoken: model.services.spoken
        ) { model.writing.on = $0 }
      }
      Text(words.journalBarMood).font(.label)
      MoodPicker(chosen: model.writing.mood, words: words) { mood in
        model.writing.mood = model.writing.mood == mood ? nil : mood
      }
      FieldRow(name: words.journalTagLabel, text: $model.writing.tag)
      Button(words.journalTagAdd) { model.addTag() }.buttonStyle(QuietButton())
      ForEach(model.writing.tags, id: \.self) { tag in
        Button(tag) { model.remove(tag: tag) }
          .buttonStyle(QuietButton())
          .accessibilityLabel(words.journalTagRemove(tag: tag))
      }
      ForEach(model.offeredTags, id: \.self) { tag in
        Chip(text: tag, chosen: false) { model.writing.tags.append(tag) }
          .accessibilityHint(words.journalTagAdd)
      }
      goals
    }
    share
  }

  @ViewBuilder private var goals: some View {
    if let goals = model.form?.goals, !goals.isEmpty {
      Text(words.journalGoalsQuestion).font(.label)
      ChipFlow {
        ForEach(goals, id: \.name) { goal in
          Chip(text: goal.title, chosen: model.writing.goals.contains(goal.name)) {
            model.toggle(goal: goal.name)
          }
        }
      }
    }
  }

  @ViewBuilder private var share: some View {
    if let name = model.name {
      Button(words.journalBarShare) {
        Task {
          let written = model.isChanged ? await model.save() : true
          if written {
            model.services.router.present(.sharePassage(entry: name))
          }
        }
      }
      .buttonStyle(QuietButton(.rope))
    }
  }
}

/// Copies of this entry that partners have.
struct GivenPassages: View {
  let entry: EntryView
  let services: Services

  var body: some View {
    if !entry.passages.isEmpty {
      Heading(services.words.journalPassagesTitle)
      ForEach(entry.passages, id: \.name) { passage in
        PassageCard(passage: passage, services: services)
      }
    }
  }
}

/// One copy: who has it, where it is, and the way to take it back.
struct PassageCard: View {
  let passage: PassageView
  let services: Services
  @State private var asking = false
  @State private var said: String?
  @State private var problem: Problem?
  private var words: any Words { services.words }

  var body: some View {
    Card(.rope) {
      Text(passage.passage.text).font(.writing).foregroundStyle(Color.onRopeSoft)
      Note(passage.partner)
      if let delivery = passage.delivery { Note(words.sentence(delivery, to: passage.partner)) }
      Holding(GivenModel(services, passage.space)) { given in
        TroubleBar(model: given)
        GivenAttachments(
          model: given, attachments: passage.attachments, partner: passage.partner, isOwn: true)
      }
      ForEach(passage.responses, id: \.name) { AnswerLine(response: $0, words: words) }
      if let said { Note(said) }
      if let problem { ProblemCard(problem: problem, words: words) }
      WhoCanRead(
        services: services, item: .shared(space: passage.space, name: passage.name),
        about: passage.passage.text)
      Button(words.journalPassageRetract) { asking = true }.buttonStyle(QuietButton(.rope))
    }
    .confirmationDialog(
      words.journalPassageRetractQuestion(name: passage.partner), isPresented: $asking,
      titleVisibility: .visible
    ) {
      Button(words.journalPassageRetract) { Task { await retract() } }
      Button(words.journalPassageKeep, role: .cancel) {}
    } message: {
      Text(words.journalPassageRetractBody(name: passage.partner))
    }
  }

  private func retract() async {
    do {
      let undone = try await services.core.retractPassage(
        space: passage.space, name: passage.name)
      said =
        undone.mayHaveLeft
        ? words.journalPassageBackLeft(name: passage.partner) : words.journalPassageBackClean
      problem = nil
    } catch {
      problem = services.problem(error)
    }
  }
}
