import BelayCore
import Foundation
import Observation

/// What was given along with passages in one space, by either side: shown small, looked for, opened.
@MainActor
@Observable
public final class GivenModel: ScreenModel {
  /// What goes on.
  public enum Doing: Equatable, Sendable {
    /// Nothing.
    case nothing
    /// Something is opened.
    case opening
    /// What is missing is looked for.
    case getting
  }

  public let services: Services
  /// The space in which it was given.
  public let space: SpaceId
  public var trouble: Problem?
  /// What goes on.
  public private(set) var doing: Doing = .nothing
  /// It was looked for, and not everything was there.
  public private(set) var hasLooked = false
  /// Small pictures, as far as they are here.
  public private(set) var thumbnails: [DocName: Data] = [:]

  @ObservationIgnored private let reload: @MainActor () async -> Void

  /// `reload` asks anew for the page that shows it.
  public init(
    _ services: Services, _ space: SpaceId, reload: @escaping @MainActor () async -> Void = {}
  ) {
    self.services = services
    self.space = space
    self.reload = reload
  }

  /// Nothing goes on that another thing would disturb.
  public var isFree: Bool { doing == .nothing }

  /// Draws the small pictures that are here; those drawn before stay.
  public func draw(_ attachments: [AttachmentView]) async {
    for one in attachments where one.thumbnail == .here && thumbnails[one.id] == nil {
      thumbnails[one.id] = await services.smallPicture {
        _ = try await self.services.core.exportGivenThumbnail(space: self.space, id: one.id, path: $0)
      }
    }
  }

  /// Shows one that is here.
  public func open(_ attachment: AttachmentView) async {
    guard isFree, attachment.state == .here else { return }
    doing = .opening
    await attempt {
      try await self.services.show(attachment) {
        _ = try await self.services.core.exportGivenAttachment(
          space: self.space, id: attachment.id, path: $0)
      }
    }
    doing = .nothing
  }

  /// Looks for what is missing, now.
  public func get() async {
    guard isFree else { return }
    doing = .getting
    hasLooked = false
    let report = await attempt { try await self.services.exchange() } ?? nil
    if let code = report?.troubles.first(where: { $0.space == space })?.code {
      trouble = Problem(trouble: code, services.words)
    }
    await reload()
    doing = .nothing
    hasLooked = trouble == nil
  }
}

extension [AttachmentView] {
  /// Something is not whole on this device.
  public var isIncomplete: Bool { contains { $0.state != .here } }
}
