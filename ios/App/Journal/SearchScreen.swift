import BelayCore
import BelayKit
import BelayWords
import SwiftUI

/// Finds entries again: a field, choices that narrow it down, and what was found with the words marked.
struct SearchScreen: View {
  @Bindable var model: SearchModel
  @State private var narrows = false
  private var words: any Words { model.services.words }

  var body: some View {
    PageScroll {
      FieldRow(name: words.searchField, hint: words.searchFieldHint, text: $model.asked.words)
      if narrows { SearchChoices(model: model) }
      if model.asked.choices > 0 { Note(words.searchNarrowed(count: model.asked.choices)) }
      Button(narrows ? words.searchNarrowClose : words.searchNarrow) { narrows.toggle() }
        .buttonStyle(QuietButton())
      if !model.asked.isEmpty {
        Button(words.searchClear) { model.clear() }.buttonStyle(QuietButton(.ink2))
      }
      TroubleBar(model: model)
      found
    }
    .navigationTitle(words.searchTitle)
    .navigationBarTitleDisplayMode(.inline)
    .keptFresh(model)
  }

  @ViewBuilder private var found: some View {
    if let unclear = model.unclear {
      ProblemCard(problem: unclear, words: words) { Task { await model.load() } }
    } else if let finds = model.finds {
      if finds.entries.isEmpty {
        nothing
      } else {
        let count = finds.entries.count
        Heading(
          finds.next == nil
            ? words.searchFound(count: count) : words.searchFoundNewest(count: count))
        ForEach(finds.entries, id: \.entry.name) { FoundRow(model: model, found: $0) }
        if finds.next != nil {
          Button(words.searchMore) { Task { await model.more() } }
            .buttonStyle(QuietButton()).disabled(model.isFetching)
        }
      }
    } else {
      EmptyPage(title: words.searchBeginTitle, text: words.searchBeginBody)
    }
  }

  private var nothing: some View {
    EmptyPage(
      title: words.searchNoneTitle, text: words.searchNoneBody,
      action: model.asked.choices > 0 && !model.asked.words.isEmpty ? words.searchWiden : nil,
      go: { model.widen() })
  }
}

/// Moods, tags, goals and days to choose from.
struct SearchChoices: View {
  @Bindable var model: SearchModel
  private var words: any Words { model.services.words }

  var body: some View {
    LoadableView(page: model.page, words: words, retry: model.retry) { form in
      Card {
        part(words.searchMoods)
        ChipFlow {
          ForEach(moods, id: \.self) { mood in
            Chip(text: words.word(mood), chosen: model.asked.moods.contains(mood)) {
              model.asked.toggle(mood: mood)
            }
          }
        }
        if !form.tags.isEmpty {
          part(words.searchTags)
          names(form.tags, chosen: model.asked.tags) { model.asked.toggle(tag: $0) }
        }
        if !form.goals.isEmpty {
          part(words.searchGoals)
          names(form.goals.map(\.title), chosen: model.asked.goals) { model.asked.toggle(goal: $0) }
        }
        part(words.searchDays)
        day(words.searchFrom, words.searchFromChoose, \.from, form.today)
        day(words.searchUntil, words.searchUntilChoose, \.until, form.today)
        if model.asked.from != nil || model.asked.until != nil {
          Button(words.searchAnyDay) { (model.asked.from, model.asked.until) = (nil, nil) }
            .buttonStyle(QuietButton(.ink2))
        }
      }
    }
  }

  private func part(_ name: String) -> some View {
    Text(name).font(.label).accessibilityAddTraits(.isHeader)
  }

  private func names(
    _ names: [String], chosen: [String], toggle: @escaping @MainActor (String) -> Void
  ) -> some View {
    ChipFlow {
      ForEach(names, id: \.self) { name in
        Chip(text: name, chosen: chosen.contains(name)) { toggle(name) }
      }
    }
  }

  @ViewBuilder private func day(
    _ name: String, _ choose: String, _ part: WritableKeyPath<SearchWish, CivilDay?>, _ today: CivilDay
  ) -> some View {
    if let chosen = model.asked[keyPath: part] {
      DayChoice(name: name, day: chosen, last: today, spoken: model.services.spoken) {
        model.asked[keyPath: part] = $0
      }
    } else {
      Button(choose) { model.asked[keyPath: part] = today }.buttonStyle(QuietButton())
    }
  }
}

/// An entry that was found: its day, its title and the piece of it with the found words marked, and spoken.
struct FoundRow: View {
  let model: SearchModel
  let found: FoundEntryView
  private var words: any Words { model.services.words }

  var body: some View {
    Button {
      model.open(found)
    } label: {
      Card {
        Note(model.services.spoken.day(found.entry.on))
        if let title = found.title { marked(title).font(.writing.weight(.medium)) }
        if !found.snippet.parts.isEmpty { marked(found.snippet).font(.writing) }
        if let mood = found.entry.mood { MoodLabel(mood, words) }
        if !found.entry.tags.isEmpty { Note(words.journalTagsSpoken(tags: words.list(found.entry.tags))) }
      }
      .multilineTextAlignment(.leading)
    }
    .buttonStyle(.plain)
    .accessibilityValue(spokenMarks)
  }

  /// Found words are heavier and underlined: no colour is needed to see them.
  private func marked(_ snippet: Snippet) -> Text {
    var text = Text(snippet.moreBefore ? words.searchLeftOut + " " : "")
    for part in snippet.parts {
      text = text + (part.found ? Text(part.text).bold().underline() : Text(part.text))
    }
    return text + Text(snippet.moreAfter ? " " + words.searchLeftOut : "")
  }

  /// What is marked, for whoever does not see it.
  private var spokenMarks: String {
    let marked = ((found.title?.parts ?? []) + found.snippet.parts).filter(\.found).map(\.text)
    var once: [String] = []
    for word in marked where !once.contains(word) { once.append(word) }
    return once.isEmpty ? "" : words.searchMarked(words: words.list(once))
  }
}
