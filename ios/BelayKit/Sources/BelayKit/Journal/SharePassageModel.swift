import BelayCore
import Foundation
import Observation

/// A passage of an entry that is given to a partner as a copy: chosen, seen as they will see it, given, and taken
/// back later if one likes.
@MainActor
@Observable
public final class SharePassageModel: PageModel {
  public let services: Services
  /// The entry it stands in.
  public let entry: DocName
  public var page: Loadable<SharePageView> = .loading
  public var trouble: Problem?
  /// The words, exactly as they stand in the entry.
  public var text = "" {
    didSet { if text != oldValue { preview = nil } }
  }
  /// Attachments of the entry that go along, in their order. Nothing does unless it was chosen.
  public private(set) var along: [DocName] = []
  /// Small pictures of those that can go along, as far as they are here.
  public private(set) var thumbnails: [DocName: Data] = [:]
  /// Who gets it.
  public private(set) var space: SpaceId?
  /// Exactly what they will see.
  public private(set) var preview: PassagePreviewView?
  /// The words were not compared with this partner, and the person wants to give it all the same.
  public var saidYesAgain = false
  /// It is being given.
  public private(set) var giving = false
  /// What was given.
  public private(set) var given: PassageView?

  /// Loads nothing yet.
  public init(_ services: Services, _ entry: DocName) {
    self.services = services
    self.entry = entry
  }

  public let areas: Set<ChangeArea> = [.journal, .partners, .delivery]

  public func fetch() async throws -> SharePageView {
    try await services.core.sharePage(entry: entry)
  }

  /// What is gone cannot go along any more; small pictures come after the page itself.
  public func arrived(_ page: SharePageView) async {
    along.removeAll { id in !page.attachments.contains { $0.id == id && $0.state == .here } }
    for one in page.attachments where one.thumbnail == .here && thumbnails[one.id] == nil {
      thumbnails[one.id] = await services.smallPicture {
        _ = try await self.services.core.exportThumbnail(id: one.id, path: $0)
      }
    }
  }

  /// Lets an attachment go along, or not after all. What they will see is shown anew.
  public func toggle(_ attachment: AttachmentView) async {
    guard attachment.state == .here else { return }
    let chosen =
      along.contains(attachment.id) ? along.filter { $0 != attachment.id } : along + [attachment.id]
    along = (page.value?.attachments ?? []).map(\.id).filter(chosen.contains)
    guard let space, preview != nil else { return }
    await show(to: space)
  }

  /// A second yes is still missing.
  public var needsSecondYes: Bool { preview.map { !$0.compared && !saidYesAgain } ?? false }

  /// Shows what a partner will see of the passage.
  public func show(to space: SpaceId) async {
    self.space = space
    saidYesAgain = false
    preview = await attempt {
      try await self.services.core.previewPassage(new: self.passage(for: space))
    }
  }

  /// Gives it. What is given is exactly what the preview showed.
  public func give() async {
    guard !giving, let space, preview != nil, !needsSecondYes else { return }
    giving = true
    defer { giving = false }
    given = await attempt {
      try await self.services.core.sharePassage(new: self.passage(for: space))
    }
    if given != nil { await load() }
  }

  /// Takes a passage back.
  public func retract(_ passage: PassageView) async {
    let undone = await attempt {
      try await self.services.core.retractPassage(space: passage.space, name: passage.name)
    }
    if undone != nil {
      if given?.name == passage.name { given = nil }
      await load()
    }
  }

  private func passage(for space: SpaceId) -> NewPassage {
    NewPassage(
      entry: entry, text: text, space: space, confirmedNotCompared: saidYesAgain,
      attachments: along)
  }
}
