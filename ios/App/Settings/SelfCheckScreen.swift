import BelayCore
import BelayKit
import BelayWords
import SwiftUI

/// What is where, what waits, who can read it: plain words first, numbers folded.
struct SelfCheckScreen: View {
  let model: SelfCheckModel
  private var words: any Words { model.services.words }

  var body: some View {
    PageScroll {
      TroubleBar(model: model)
      LoadableView(page: model.page, words: words, retry: model.retry) { status in
        Text(overall(status)).font(.heading)
        Button(model.syncing ? words.selfCheckSyncing : words.selfCheckSyncNow) {
          Task { await model.syncNow() }
        }
        .buttonStyle(MainButton()).disabled(model.syncing)
        if let report = model.report { Note(said(report)) }
        ForEach(status.spaces, id: \.space) { space in
          SpaceCard(model: model, space: space)
        }
        if !status.invitations.isEmpty {
          Note(words.selfCheckInvitations(count: status.invitations.count))
        }
        Note(words.selfCheckStoreBytes(size: size(status.storeBytes)))
        if !status.setAside.isEmpty {
          Note(words.selfCheckStoreSetAside(files: words.list(status.setAside)))
        }
      }
    }
    .navigationTitle(words.selfCheckTitle)
    .keptFresh(model)
  }

  private func overall(_ status: StatusView) -> String {
    if status.spaces.contains(where: { $0.fault != nil || $0.ownDeviceTwice }) {
      return words.selfCheckAttention
    }
    let queued = status.spaces.map(\.queued).reduce(0, +)
    return queued == 0 ? words.selfCheckAllWell : words.selfCheckWaiting(count: Int(queued))
  }

  private func said(_ report: SyncReport) -> String {
    report.troubles.isEmpty
      ? words.selfCheckSynced(
        sent: String(report.envelopesSent), received: String(report.itemsReceived))
      : words.selfCheckSyncTrouble
  }

  private func size(_ bytes: UInt64) -> String {
    ByteCountFormatter.string(fromByteCount: Int64(bytes), countStyle: .file)
  }
}

/// One space: whose it is, who can read it, what waits.
struct SpaceCard: View {
  let model: SelfCheckModel
  let space: SpaceStatusView
  private var words: any Words { model.services.words }
  private var spoken: Spoken { model.services.spoken }

  var body: some View {
    Card {
      Heading(
        space.partner.map { words.selfCheckWithPartner(name: $0) } ?? words.selfCheckOwnSpace)
      Text(reader)
      ForEach(plain, id: \.self) { Note($0) }
      Button(isOpen ? words.selfCheckDetailsHide : words.selfCheckDetailsShow) {
        model.fold(space.space)
      }
      .buttonStyle(QuietButton())
      if isOpen { ForEach(details, id: \.self) { Text($0).font(.small) } }
    }
  }

  private var facts: SpaceFacts { SpaceFacts(space: space, words: words, spoken: spoken) }

  private var isOpen: Bool { model.unfolded.contains(space.space) }

  private var reader: String {
    guard let name = space.partner else {
      return space.relays.isEmpty ? words.selfCheckWhoOnlyYou : words.selfCheckWhoOwnDevices
    }
    switch space.comparison {
    case .same: return words.selfCheckWhoYouTwo(name: name)
    case .different: return words.selfCheckWhoDifferent
    case .notCompared, nil: return words.selfCheckWhoUnsure(name: name)
    }
  }

  private var plain: [String] {
    var lines: [String] = []
    if let fault = space.fault { lines.append(words.selfCheckFault(code: fault)) }
    if space.ownDeviceTwice { lines.append(words.selfCheckDeviceTwice) }
    lines += facts.warnings
    if space.paused { lines.append(words.selfCheckPaused) }
    lines.append(
      space.queued == 0
        ? words.selfCheckQueuedNone : words.selfCheckQueued(count: Int(space.queued)))
    if space.held > 0 { lines.append(words.selfCheckHeld(count: Int(space.held))) }
    if space.waiting > 0 { lines.append(words.selfCheckMissing(count: Int(space.waiting))) }
    if space.needsNewer > 0 {
      lines.append(words.selfCheckNeedsNewer(count: Int(space.needsNewer)))
    }
    if space.quarantined > 0 {
      lines.append(words.selfCheckSetAside(count: Int(space.quarantined)))
    }
    for relay in space.relays {
      lines.append(
        relay.lastContactAtMs.map { words.selfCheckContact(time: spoken.moment($0)) }
          ?? words.selfCheckContactNever)
    }
    return lines
  }

  private var details: [String] {
    var lines = [
      words.selfCheckDetailsItems(number: String(space.items)),
      space.epoch.map { words.selfCheckDetailsEpoch(epoch: $0) } ?? words.selfCheckDetailsEpochNone,
      words.selfCheckDetailsRuns(number: String(space.ownIncarnations)),
      words.selfCheckDetailsParked(parked: String(space.parked), dropped: String(space.dropped)),
      words.selfCheckDetailsShadowed(number: String(space.shadowed)),
    ]
    for relay in space.relays {
      lines.append(words.selfCheckDetailsRelay(origin: relay.origin))
      if let code = relay.lastError { lines.append(words.selfCheckDetailsLastError(code: code)) }
      if let next = relay.nextTryAtMs {
        lines.append(words.selfCheckDetailsNextTry(time: spoken.time(next)))
      }
      lines.append(
        words.selfCheckDetailsErasures(
          erased: String(relay.erasures.erased), waiting: String(relay.erasures.waiting),
          refused: String(relay.erasures.refused)))
    }
    return lines + facts.lines
  }
}
