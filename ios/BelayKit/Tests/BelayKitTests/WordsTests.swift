import BelayCore
import BelayKit
import BelayTesting
import BelayWords
import Testing

@MainActor
@Suite("Words and days")
struct WordsTests {
  nonisolated static let languages = ["en", "de", "es", "en-XA"]

  @Test("Every feeling, mood, need, outcome, answer and field has a word of its own", arguments: languages)
  func everythingHasAWord(language: String) async throws {
    let words = wordsFor(language)
    let person = try await TestPerson()
    let feelings = try await person.core.checkInForm(on: nil, about: nil, language: language).emotions
    #expect(feelings.count == 38)
    let groups: [[String]] = [
      feelings.map { words.word($0) }, moods.map { words.word($0 as Mood) }, Need.all.map { words.word($0) },
      ResponseKind.all.map { words.word($0) }, CheckInField.all.map { words.word($0) },
      GoalField.all.map { words.word($0) }, Weekday.week.map { words.word($0) },
      Weekday.week.map { words.shortWord($0) }, Weekday.week.map { words.theirWord($0) },
      [OutcomeStatus.done, .partly, .skipped, .notDone].map { words.word($0) },
    ]
    for group in groups {
      #expect(!group.contains { $0.isEmpty })
      #expect(Set(group).count == group.count)
    }
    if !language.hasPrefix("en") {
      #expect(feelings.allSatisfy { words.feelingsText(String(describing: $0)) != nil })
    }
  }

  @Test("Lists are read out with an and before the last")
  func lists() {
    let words = wordsFor("de")
    #expect(words.list([]).isEmpty)
    #expect(words.list(["Stimmung"]) == "Stimmung")
    #expect(words.list(["Stimmung", "Plan"]) == "Stimmung und Plan")
    #expect(words.list(["Stimmung", "Notiz", "Plan"]) == "Stimmung, Notiz und Plan")
    #expect(words.word(Schedule.daily) == "Jeden Tag")
  }

  @Test("Days are said in the person's language, in no zone's danger")
  func days() {
    let shell = RecordingShell()
    for zone in ["Pacific/Auckland", "America/Los_Angeles"] {
      shell.zoneName = zone
      let german = Spoken(words: wordsFor("de"), language: "de", clock: shell)
      #expect(german.weekday("2026-11-22") == "Sonntag")
      #expect(german.day("2026-11-22").contains("22") && german.day("2026-11-22").contains("November"))
      #expect(!german.day("2026-11-22").contains("2026") && german.day("2024-02-29").contains("2024"))
      #expect(german.month("2026-03-01").contains("März"))
    }
    let english = Spoken(words: wordsFor("en"), language: "en-GB", clock: shell)
    #expect(english.day("not a day") == "not a day")
  }

  @Test("How long ago is said in large steps")
  func ago() {
    let shell = RecordingShell()
    shell.zoneName = "Europe/Berlin"
    let spoken = Spoken(words: wordsFor("en"), language: "en-GB", clock: shell)
    let minute: Int64 = 60_000
    #expect(spoken.ago(shell.nowMs - 5_000) == "just now")
    #expect(spoken.ago(shell.nowMs + 90 * minute) == "just now")
    #expect(spoken.ago(shell.nowMs - 12 * minute) == "12 min ago")
    #expect(spoken.ago(shell.nowMs - 125 * minute) == "2 h ago")
    #expect(spoken.ago(shell.nowMs - 26 * 60 * minute).contains("yesterday"))
    #expect(spoken.asOf(shell.nowMs - 125 * minute, theirDay: "2026-11-17") == "as of 2 h ago, their Tuesday")
  }
}
