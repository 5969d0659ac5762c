import BelayCore
import BelayKit
import BelayWords
import Testing

@Suite("What went wrong, in words")
struct ProblemTests {
  static let errors: [BelayError] = [
    .InvalidInput(field: "title", rule: "empty"), .NotFound(what: "goal"), .Locked, .WrongSecret, .Offline,
    .RelayRefused(code: "rate-limited"), .NewerData, .DataDamaged(backupPath: "/aside"), .StorageFull,
    .Unavailable(reason: "no-relay"), .Closed, .Internal(code: "codec"),
  ]
  static let languages: [any Words] = [WordsEn(), WordsDe(), WordsEs(), WordsPseudo()]

  @Test("Every error has a sentence and a way on, in every language", arguments: errors)
  func everyErrorHasWords(error: BelayError) {
    for words in Self.languages {
      let problem = Problem(error, words)
      #expect(!problem.title.isEmpty && !problem.advice.isEmpty)
    }
  }

  @Test("No two errors are told with the same words")
  func distinct() {
    let titles = Set(Self.errors.map { Problem($0, WordsEn()).title })
    #expect(titles.count == Self.errors.count)
  }

  @Test("What is not the core's is a fault of the program and tells nothing of it")
  func foreign() {
    struct Secret: Error { let text = "what I wrote" }
    let problem = Problem(Secret(), WordsEn())
    #expect(problem.code == "internal")
    #expect(!String(describing: problem).contains("what I wrote"))
  }

  @Test("The path at which a damaged store lies is not in its words")
  func noPaths() {
    let problem = Problem(BelayError.DataDamaged(backupPath: "/private/aside"), WordsEn())
    #expect(!problem.spoken.contains("/private") && problem.detail == nil)
  }

  @Test("What a page offers follows from the reason")
  func ways() {
    let way = { (error: BelayError) in Problem(error, WordsEn()).way }
    #expect(way(.Unavailable(reason: "no-relay")) == .relay)
    #expect(way(.Unavailable(reason: "not-agreed")) == .agree)
    #expect(way(.Unavailable(reason: "not-compared")) == .compare)
    #expect(way(.InvalidInput(field: "why", rule: "empty")) == .change(field: "why"))
    #expect(way(.Offline) == .tryAgain)
    #expect(way(.NotFound(what: "entry")) == .back)
  }
}
