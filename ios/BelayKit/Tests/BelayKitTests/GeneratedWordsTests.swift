import BelayWords
import Testing

/// What the generated texts do beyond being there.
@Suite struct GeneratedWordsTests {
  @Test("A language tag finds its texts, and what is not spoken falls back to English")
  func tags() {
    let tags = ["de-AT", "DE", "es_MX", "es-419", "en-XA", "en-GB", "fr-FR", ""]
    let found = tags.map { wordsFor($0).languageTag }
    #expect(found == ["de", "de", "es", "es", "en-XA", "en", "en", "en"])
  }

  @Test("Counts choose their form and are grouped as each language does")
  func counts() {
    #expect(WordsEn().timesBackAfter(count: 1) == "Back after 1 day")
    #expect(WordsEn().timesBackAfter(count: 0) == "Back after 0 days")
    #expect(WordsEn().timesBackAfter(count: 12_345) == "Back after 12,345 days")
    #expect(WordsDe().timesBackAfter(count: 1_234) == "Zurück nach 1.234 Tagen")
    #expect(WordsEs().timesBackAfter(count: 1_234) == "De vuelta tras 1234 días")
    #expect(WordsEs().timesBackAfter(count: 12_345) == "De vuelta tras 12.345 días")
    #expect(WordsDe().timesWeeksAgo(count: 1) == "vor einer Woche")
  }

  @Test("A stable word of the core finds its text, however the core spells it")
  func stableWords() {
    #expect(WordsDe().responsesText("I hear you") == "Ich höre dich")
    #expect(WordsEn().outcomesText("not done") == "Not done")
    #expect(WordsEs().feelingsText("calm") == "En calma")
    #expect(WordsEn().feelingsText("no such feeling") == nil)
  }

  @Test("An error is explained by what stands nearest to it")
  func problems() {
    let words = WordsEn()
    let problem = words.problem("unavailable", detail: "no-relay")
    #expect(problem.title == words.errorsUnavailableNoRelay)
    #expect(problem.whatToDo == words.errorsUnavailableNoRelayDo)
    let empty = words.problem("invalid-input", detail: "title.empty")
    #expect(empty.title == words.errorsInvalidInputEmpty)
    let tomorrow = words.problem("unavailable", detail: "a reason of tomorrow")
    #expect(tomorrow.title == words.errorsUnavailable)
    #expect(words.problem("a code of tomorrow").title == words.errorsInternal)
  }

  @Test("Both themes have five moods")
  func moods() {
    #expect(Set(Tokens.light.moods).count == 5)
    #expect(Set(Tokens.dark.moods).count == 5)
  }
}
