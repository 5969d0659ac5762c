import BelayCore
import Observation

/// Questions and templates to write by, those that ask for strengths first.
@MainActor
@Observable
public final class OffersModel: PageModel {
  /// Questions about the same, in the order of the core.
  public struct Group: Sendable {
    /// What they are about.
    public let about: PromptGroup
    /// The questions.
    public let prompts: [PromptView]
  }

  public let services: Services
  public var page: Loadable<WritingOffersView> = .loading
  public var trouble: Problem?
  /// All questions are shown, not only those for the day.
  public var showsAll = false
  /// The template whose steps are shown.
  public private(set) var looking: String?

  /// The day that is written about; `nil` for the present one.
  var on: CivilDay?

  /// Loads nothing yet.
  public init(_ services: Services, on: CivilDay? = nil) {
    self.services = services
    self.on = on
  }

  public let areas: Set<ChangeArea> = []

  public func fetch() async throws -> WritingOffersView {
    try await services.core.writingOffers(language: services.language, on: on)
  }

  /// Every question, by what it is about.
  public var groups: [Group] {
    var groups: [Group] = []
    for prompt in page.value?.prompts ?? [] {
      if let last = groups.last, last.about == prompt.group {
        groups[groups.count - 1] = Group(about: last.about, prompts: last.prompts + [prompt])
      } else {
        groups.append(Group(about: prompt.group, prompts: [prompt]))
      }
    }
    return groups
  }

  /// Shows the steps of a template, or folds them again.
  public func look(at template: TemplateView) {
    looking = looking == template.name ? nil : template.name
  }
}

extension EntryEditorModel {
  /// Writes by a question.
  public func begin(with prompt: PromptView) {
    (writing.prompt, writing.template) = (prompt.ask, prompt.name)
  }

  /// Begins with a template: its headings come below what stands there already.
  public func begin(with template: TemplateView) {
    writing.template = template.name
    writing.prompt = nil
    let before = writing.text.trimmedEnd
    writing.text = before.isEmpty ? template.skeleton : before + "\n\n" + template.skeleton
  }

  /// Writes without the question after all; what was written stays.
  public func writeFreely() {
    (writing.prompt, writing.template) = (nil, nil)
  }
}
