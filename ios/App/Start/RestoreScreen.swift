import BelayCore
import BelayKit
import BelayWords
import SwiftUI

/// Everything back on an empty phone.
struct RestoreScreen: View {
  @Bindable var model: RestoreModel
  let words: any Words
  /// Goes in.
  let restored: @MainActor (any BelayCoreProtocol) -> Void
  let back: @MainActor () -> Void

  var body: some View {
    PageScroll {
      Text(words.recoveryRestoreTitle).font(.display).accessibilityAddTraits(.isHeader)
      if let view = model.restored { done(view) } else { asking }
    }
    .privacySensitive()
  }

  @ViewBuilder private var asking: some View {
    Text(words.restoreLead)
    WordsField(name: words.recoveryDrillField, typed: model.typed, words: words)
    Text(words.restoreFrom)
    ChipFlow {
      ForEach(RestoreModel.Source.allCases, id: \.self) { source in
        Chip(text: name(of: source), chosen: model.source == source) { model.source = source }
      }
    }
    switch model.source {
    case .relay: relay
    case .file: file
    case .near: Note(words.handOverThere)
    }
    FieldRow(name: words.recoveryRestoreDevice, text: $model.deviceName)
    if model.busy { ProgressView(going) }
    if let trouble = model.trouble { ProblemCard(problem: trouble, words: words) }
    Button(words.recoveryRestoreGo) { Task { await model.restore() } }
      .buttonStyle(MainButton()).disabled(!model.canRestore)
    Button(words.commonBack, action: back).buttonStyle(QuietButton()).disabled(model.busy)
  }

  @ViewBuilder private var relay: some View {
    FieldRow(name: words.recoveryRestoreRelay, text: $model.relay)
      .textInputAutocapitalization(.never).autocorrectionDisabled()
    if model.trouble?.detail == "relay-plain-http" {
      Note(words.pairingPlainHttp)
      Toggle(words.pairingPlainHttpYes, isOn: $model.allowsPlainHttp)
        .frame(minHeight: Tokens.target)
    }
  }

  @ViewBuilder private var file: some View {
    Note(words.restoreFileHelp)
    if let (name, bytes) = model.file {
      Text(words.restoreFileChosen(name: name, size: size(bytes)))
    }
    Button(model.file == nil ? words.restoreFileChoose : words.restoreFileOther) {
      Task { await model.chooseFile() }
    }
    .buttonStyle(QuietButton()).disabled(model.busy)
  }

  @ViewBuilder private func done(_ view: RestoredView) -> some View {
    Text(words.recoveryRestored(count: Int(view.partnerships)))
    if view.leftOut > 0 { Text(words.recoveryRestoredLeftOut(count: Int(view.leftOut))) }
    ForEach(model.removed, id: \.device.device) { row in
      Text(words.restoreLostRemoved(name: words.name(of: row.device)))
    }
    if !model.others.isEmpty { lost }
    if model.busy { ProgressView(words.commonLoading) }
    if let trouble = model.trouble {
      ProblemCard(problem: trouble, words: words)
      Button(words.commonTryAgain) { Task { await model.lookAgain() } }
        .buttonStyle(QuietButton()).disabled(model.busy)
    }
    Button(words.pairingGoOn) { if let core = model.goOn() { restored(core) } }
      .buttonStyle(MainButton()).disabled(model.busy)
  }

  /// Which of the devices that were left behind is gone, and taking it out.
  private var lost: some View {
    Card {
      Text(words.recoveryRestoredDevices)
      ForEach(model.others, id: \.device.device) { row in
        Toggle(words.restoreLostIs(name: words.name(of: row.device)), isOn: isLost(row))
          .frame(minHeight: Tokens.target)
      }
      if !model.lost.isEmpty {
        Note(words.devicesRemoveStays)
        Button(words.restoreLostRemove(count: model.lost.count)) { Task { await model.remove() } }
          .buttonStyle(QuietButton(.clay)).disabled(model.busy)
      }
    }
  }

  private func isLost(_ row: OwnDeviceRowView) -> Binding<Bool> {
    let (model, device) = (model, row.device.device)
    return Binding(
      get: { model.lost.contains(device) }, set: { _ in model.toggle(device) })
  }

  private var going: String {
    switch model.source {
    case .relay: words.recoveryRestoring
    case .file: words.restoreReading
    case .near: words.handOverLooking
    }
  }

  private func name(of source: RestoreModel.Source) -> String {
    switch source {
    case .relay: words.restoreFromRelay
    case .file: words.restoreFromFile
    case .near: words.handOverFrom
    }
  }
}
