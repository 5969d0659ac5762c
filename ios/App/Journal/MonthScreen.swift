import BelayCore
import BelayKit
import BelayWords
import SwiftUI

/// One month: the calendar with what was written and felt, below it the entries of the month or of a day.
struct MonthScreen: View {
  let model: MonthModel
  private var words: any Words { model.services.words }

  var body: some View {
    PageScroll {
      TroubleBar(model: model)
      LoadableView(page: model.page, words: words, retry: model.retry) { content in
        head(content)
        MonthGrid(model: model, content: content)
        chosen(content)
        ForEach(model.lines, id: \.name) { line in
          Button {
            model.open(line)
          } label: {
            EntryCard(line: line, services: model.services)
          }
          .buttonStyle(.plain)
        }
      }
    }
    .navigationTitle(words.journalTitle)
    .navigationBarTitleDisplayMode(.inline)
    .keptFresh(model)
  }

  private func head(_ content: MonthPageView) -> some View {
    HStack(spacing: Tokens.Spaces.m) {
      turn(by: -1, "chevron.backward", words.journalPreviousMonth)
      Heading(model.services.spoken.month(content.month.first))
        .frame(maxWidth: .infinity, alignment: .center)
      turn(by: 1, "chevron.forward", words.journalNextMonth).disabled(!model.hasNext)
    }
  }

  private func turn(by months: Int, _ picture: String, _ name: String) -> some View {
    Button {
      Task { await model.turn(by: months) }
    } label: {
      Image(systemName: picture).frame(width: Tokens.target, height: Tokens.target)
    }
    .buttonStyle(.plain)
    .accessibilityLabel(name)
  }

  @ViewBuilder private func chosen(_ content: MonthPageView) -> some View {
    if let day = model.chosen {
      let spoken = model.services.spoken.day(day)
      Heading(spoken)
      if model.lines.isEmpty { Note(words.journalNothingWritten) }
      Button(words.journalWriteAbout(day: spoken)) { model.write() }.buttonStyle(QuietButton())
    } else if content.page.entries.isEmpty {
      Note(words.journalMonthEmpty)
    }
  }
}

/// The weeks of a month. Each day says by itself all that its marks show.
struct MonthGrid: View {
  let model: MonthModel
  let content: MonthPageView
  @ScaledMetric private var moodSide: CGFloat = 14
  private var words: any Words { model.services.words }
  private var spoken: Spoken { model.services.spoken }

  var body: some View {
    VStack(spacing: Tokens.Spaces.xs) {
      HStack(spacing: 0) {
        ForEach(weekdays, id: \.self) { day in
          Text(words.shortWord(day)).font(.small).foregroundStyle(Color.ink2)
            .minimumScaleFactor(smallest).lineLimit(1)
            .frame(maxWidth: .infinity)
        }
      }
      .accessibilityHidden(true)
      ForEach(Array(weeks.enumerated()), id: \.offset) { _, week in
        HStack(spacing: 0) {
          ForEach(Array(week.enumerated()), id: \.offset) { _, day in
            if let day { place(day) } else { Color.clear.frame(maxWidth: .infinity) }
          }
        }
      }
      HStack(spacing: Tokens.Spaces.s) {
        written
        Note(words.journalLegendWritten)
      }
      .accessibilityHidden(true)
    }
  }

  private var weeks: [[CivilDay?]] {
    CalendarMonth(of: content.month.first)?.weeks(from: spoken.weekStart) ?? []
  }

  private var weekdays: [Weekday] {
    let start = Weekday.week.firstIndex(of: spoken.weekStart) ?? 0
    return Array(Weekday.week[start...] + Weekday.week[..<start])
  }

  private func place(_ day: CivilDay) -> some View {
    let view = content.month.days.first { $0.on == day }
    let isChosen = day == model.chosen
    return Button {
      model.choose(day)
    } label: {
      VStack(spacing: Tokens.Spaces.xs) {
        Text(String(CalendarMonth.number(of: day)))
          .font(day == content.today ? .label.weight(.semibold) : .label)
          .minimumScaleFactor(smallest).lineLimit(1)
        if let mood = view?.moods.last {
          MoodShape(mood: mood).fill(Color.mood(mood)).frame(width: moodSide, height: moodSide)
        }
        if let view, view.entries > 0 { written }
      }
      .frame(maxWidth: .infinity, minHeight: Tokens.target, alignment: .top)
      .background(
        isChosen ? Color.mineSoft : Color.clear,
        in: RoundedRectangle(cornerRadius: Tokens.Corners.card))
    }
    .buttonStyle(.plain)
    .disabled(day > content.today)
    .accessibilityLabel(said(of: day, view))
    .accessibilityAddTraits(isChosen ? .isSelected : [])
  }

  private var written: some View {
    RoundedRectangle(cornerRadius: writtenHeight).fill(Color.mine)
      .frame(width: moodSide, height: writtenHeight)
  }

  /// "Tuesday 3 March: 2 entries, 1 check-in, good".
  private func said(of day: CivilDay, _ view: MonthDayView?) -> String {
    var facts: [String] = []
    if day == content.today { facts.append(words.journalTodayMark) }
    if let view {
      if view.entries > 0 { facts.append(words.journalEntries(count: Int(view.entries))) }
      if view.checkIns > 0 { facts.append(words.journalCheckIns(count: Int(view.checkIns))) }
      if let mood = view.moods.last { facts.append(words.word(mood)) }
    } else {
      facts.append(words.journalNothingWritten)
    }
    return spoken.day(day) + ": " + facts.joined(separator: ", ")
  }
}

private let writtenHeight: CGFloat = 3
/// A number of two signs stays on one line however large the type is.
private let smallest: CGFloat = 0.5
