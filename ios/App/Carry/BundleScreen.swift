import BelayCore
import BelayKit
import BelayWords
import Foundation
import SwiftUI

/// What a file carries where no network does: made and sent, or opened.
struct BundleScreen: View {
  @Bindable var model: BundleModel
  private var words: any Words { model.services.words }

  var body: some View {
    PageScroll {
      Text(words.carryLead)
      TroubleBar(model: model)
      LoadableView(page: model.page, words: words, retry: model.retry) { people in
        state
        Heading(words.carryForWhom)
        ChipFlow {
          ForEach(people.partners, id: \.space) { partner in
            chip(partner.name, .partner(space: partner.space))
          }
          chip(words.carryOwnDevices, .ownDevices)
          chip(words.carryEverybody, .everybody)
        }
        if model.forWhom == .everybody { Note(words.carryEverybodyHelp) }
        Toggle(words.carryWhole, isOn: $model.whole).frame(minHeight: Tokens.target)
        if model.isForOwnDevices {
          Toggle(words.carryAttachments, isOn: $model.attachments).frame(minHeight: Tokens.target)
        }
        Button(words.carryWrite) { Task { await model.write() } }
          .buttonStyle(MainButton()).disabled(model.stage.isBusy)
        Heading(words.carryGiven)
        Button(words.carryOpen) { Task { await model.open() } }
          .buttonStyle(MainButton()).disabled(model.stage.isBusy)
        Note(words.carryOpenHelp)
      }
    }
    .navigationTitle(words.carryTitle)
    .keptFresh(model)
  }

  private func chip(_ name: String, _ whom: BundleFor) -> some View {
    Chip(text: name, chosen: model.forWhom == whom) { model.forWhom = whom }
  }

  @ViewBuilder private var state: some View {
    switch model.stage {
    case .none: EmptyView()
    case .writing(let progress): Going(text: words.carryWriting, progress: progress)
    case .reading(let progress): Going(text: words.carryReading, progress: progress)
    case .written(let written): made(written)
    case .read(let read):
      Card(.rope) {
        ForEach(words.sentences(read), id: \.self) { Text($0).foregroundStyle(Color.onRopeSoft) }
      }
    }
  }

  @ViewBuilder private func made(_ written: BundleWrittenView) -> some View {
    Card(.mine) {
      if written.envelopes == 0 {
        Text(words.carryNothingNew).foregroundStyle(Color.onMineSoft)
      } else {
        let size = ByteCountFormatter.string(
          fromByteCount: Int64(written.bytes), countStyle: .file)
        Text(words.carryWritten(count: Int(written.envelopes), size: size))
          .foregroundStyle(Color.onMineSoft)
        Button(words.carryAgain) { model.send() }.buttonStyle(QuietButton())
      }
      if written.held > 0 {
        Text(words.carryHeld(count: Int(written.held))).foregroundStyle(Color.onMineSoft)
      }
    }
  }
}

/// Something that goes on, as far as it is known how far.
struct Going: View {
  let text: String
  let progress: BundleProgress?

  var body: some View {
    if let progress, let of = progress.of, of > 0 {
      ProgressView(value: Double(min(progress.done, of)), total: Double(of)) { Text(text) }
    } else {
      ProgressView(text)
    }
  }
}

extension Words {
  /// What a file brought, in sentences.
  func sentences(_ read: BundleReadView) -> [String] {
    var lines = read.spaces.filter { $0.itemsReceived > 0 }.map { space in
      space.partner.map { carryBroughtPartner(name: $0, count: Int(space.itemsReceived)) }
        ?? carryBroughtOwn(count: Int(space.itemsReceived))
    }
    if read.attachments > 0 { lines.append(carryBroughtAttachments(count: Int(read.attachments))) }
    if lines.isEmpty, read.ending == .whole { lines.append(carryBroughtNothing) }
    switch read.ending {
    case .whole: break
    case .cutShort: lines.append(carryCutShort)
    case .damaged: lines.append(carryDamaged)
    }
    if read.foreign > 0 { lines.append(carryForOthers(count: Int(read.foreign))) }
    if read.newer > 0 { lines.append(carryNeedsNewer(count: Int(read.newer))) }
    return lines
  }
}
