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
      if let core = model.core, let view = model.restored {
        done(core, view)
      } else {
        asking
      }
    }
    .privacySensitive()
  }

  @ViewBuilder private var asking: some View {
    Text(words.recoveryRestoreLead)
    FieldRow(name: words.recoveryDrillField, text: $model.typed)
    if let slip = model.mistyped {
      MistypedNote(slip: slip, words: words)
      Button(words.pairingMistypedUse(nearest: slip.nearest)) { model.takeNearest() }
        .buttonStyle(QuietButton(.clay))
    }
    FieldRow(name: words.recoveryRestoreRelay, text: $model.relay)
    FieldRow(name: words.recoveryRestoreDevice, text: $model.deviceName)
    if model.trouble?.detail == "relay-plain-http" {
      Note(words.pairingPlainHttp)
      Toggle(words.pairingPlainHttpYes, isOn: $model.allowsPlainHttp).frame(minHeight: Tokens.target)
    }
    if model.busy { ProgressView(words.recoveryRestoring) }
    if let trouble = model.trouble { ProblemCard(problem: trouble, words: words) }
    Button(words.recoveryRestoreGo) { Task { await model.restore() } }
      .buttonStyle(MainButton()).disabled(!model.canRestore)
    Button(words.commonBack, action: back).buttonStyle(QuietButton()).disabled(model.busy)
  }

  @ViewBuilder private func done(_ core: any BelayCoreProtocol, _ view: RestoredView) -> some View {
    Text(words.recoveryRestored(count: Int(view.partnerships)))
    if view.leftOut > 0 { Text(words.recoveryRestoredLeftOut(count: Int(view.leftOut))) }
    Button(words.pairingGoOn) { restored(core) }.buttonStyle(MainButton())
  }
}
