import BelayCore
import BelayWords
import Observation

/// Who can read one thing, now and once, and where sealed copies of it lie.
@MainActor
@Observable
public final class WhoModel: PageModel {
  public let services: Services
  public var page: Loadable<ReadersView> = .loading
  public var trouble: Problem?

  private let item: Readable

  /// Loads nothing yet.
  public init(_ services: Services, _ item: Readable) {
    self.services = services
    self.item = item
  }

  public let areas: Set<ChangeArea> = [
    .checkIns, .goals, .journal, .partners, .devices, .delivery, .settings,
  ]

  public func fetch() async throws -> ReadersView {
    try await services.core.whoCanRead(item: item)
  }
}

extension Words {
  /// Who can read it, in sentences: oneself first.
  public func sentences(_ readers: ReadersView) -> [String] {
    let others = readers.ownDevices.filter { !$0.thisDevice }
    if others.isEmpty, readers.people.isEmpty, readers.sealed.isEmpty { return [readersOnlyHere] }
    return [readersYouHere] + others.map(sentence) + readers.people.map(sentence)
      + readers.sealed.flatMap(sentences)
      + (readers.knownElsewhere > 0 ? [readersElsewhere] : [])
  }

  private func sentence(_ device: OwnReaderView) -> String {
    line(device.name ?? settingsDeviceNameless, device.reading)
  }

  private func sentence(_ reader: ReaderView) -> String {
    let said = line(reader.name.isBlank ? peopleNameless : reader.name, reader.reading)
    let whole = reader.passage == nil ? said : readersPassage(line: said)
    // The line goes on after this one, which may end a sentence of its own.
    return reader.gone ? readersGone(line: whole.hasSuffix(".") ? String(whole.dropLast()) : whole) : whole
  }

  private func sentences(_ copy: SealedCopyView) -> [String] {
    let now = copy.lies ? [readersSealedAt(relay: copy.relay)] : []
    switch copy.earlier {
    case .erased: return now + [readersEarlierErased(relay: copy.relay)]
    case .waiting, .refused: return now + [readersEarlierWaiting(relay: copy.relay)]
    case .notThere, nil: return now
    }
  }

  private func line(_ name: String, _ reading: Reading) -> String {
    switch reading {
    case .wrote: readersWrote(name: name)
    case .has: readersHas(name: name)
    case .may: readersMay(name: name)
    case .earlier: readersEarlier(name: name)
    case .will: readersWill(name: name)
    case .withdrawing: readersWithdrawing(name: name)
    case .had: readersHad(name: name)
    }
  }
}
