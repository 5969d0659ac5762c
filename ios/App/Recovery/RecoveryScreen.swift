import BelayCore
import BelayKit
import BelayWords
import SwiftUI

/// Whether everything would come back, what is missing, and the drill.
struct RecoveryScreen: View {
  @Bindable var model: RecoveryModel
  private var words: any Words { model.services.words }
  private var spoken: Spoken { model.services.spoken }

  var body: some View {
    PageScroll {
      TroubleBar(model: model)
      LoadableView(page: model.page, words: words, retry: model.retry) { view in
        Heading(view.wouldComeBack ? words.recoveryWould : words.recoveryWouldNot)
        if let copy = view.copy {
          Note(words.recoveryCopyAt(relay: copy.relay, time: spoken.ago(copy.seenAtMs)))
        }
        ForEach(Array(view.gaps.enumerated()), id: \.offset) { _, gap in GapRow(gap: gap, model: model) }
        drill(view)
        reminder(view)
        Heading(words.recoverySharesTitle)
        ForEach(Array(view.holders.enumerated()), id: \.offset) { _, holder in
          Note(
            words.recoverySharesHeld(name: holder.partner, threshold: String(holder.threshold)))
        }
        Button(words.recoverySharesTitle) { model.services.router.go(.shares) }
          .buttonStyle(QuietButton())
        Button(words.recoveryNewTitle) { model.services.router.go(.newWords) }
          .buttonStyle(QuietButton())
      }
    }
    .navigationTitle(words.recoveryTitle)
    .keptFresh(model)
  }

  @ViewBuilder private func drill(_ view: RecoveryView) -> some View {
    Heading(words.recoveryDrillTitle)
    if view.drillDue { Text(words.recoveryDrillDue) }
    Note(words.recoveryDrillLead)
    WordsField(name: words.recoveryDrillField, typed: model.typed, words: words)
    Button(words.recoveryDrillTry) { Task { await model.drill() } }
      .buttonStyle(MainButton()).disabled(model.trying || model.typed.isBlank)
    if model.wasRight { Text(words.recoveryDrillRight) }
    Note(
      view.lastDrillAtMs.map { words.recoveryDrillLast(time: spoken.ago($0)) }
        ?? words.recoveryDrillNever)
  }

  @ViewBuilder private func reminder(_ view: RecoveryView) -> some View {
    Text(words.recoveryRemind)
    ChipFlow {
      Chip(text: words.recoveryRemindNever, chosen: view.drillEveryDays == nil) {
        Task { await model.remind(every: nil) }
      }
      ForEach(RecoveryModel.reminders, id: \.self) { days in
        Chip(text: words.recoveryRemindDays(count: Int(days)), chosen: view.drillEveryDays == days) {
          Task { await model.remind(every: days) }
        }
      }
    }
  }
}

/// Something that is missing for coming back, and the way to it.
struct GapRow: View {
  let gap: RecoveryGapView
  let model: RecoveryModel
  private var words: any Words { model.services.words }

  var body: some View {
    Card(.sky) {
      Text(sentence).foregroundStyle(Color.onSkySoft)
      Button(words.commonShow) { model.services.router.go(way) }
        .buttonStyle(QuietButton(.sky)).accessibilityHint(sentence)
    }
  }

  private var sentence: String {
    switch gap {
    case .wordsNotConfirmed: words.recoveryGapWords
    case .noCopy: words.recoveryGapCopy
    case .copyNotSeen: words.recoveryGapNotSeen
    case .noSecondDevice: words.recoveryGapDevice
    case .noShares: words.recoveryGapShares
    }
  }

  private var way: Route {
    switch gap {
    case .wordsNotConfirmed: .recoveryWords
    case .noCopy: .settings
    case .copyNotSeen: .selfCheck
    case .noSecondDevice: .ownDevices
    case .noShares: .shares
    }
  }
}

/// New words in the place of the old ones.
struct NewWordsScreen: View {
  @Bindable var model: NewWordsModel
  private var words: any Words { model.services.words }

  var body: some View {
    PageScroll {
      switch model.stage {
      case .explaining:
        Text(words.recoveryNewLead)
        Button(words.recoveryNewDraw) { Task { await model.draw() } }.buttonStyle(MainButton())
      case .showing(let new):
        Text(words.recoveryNewWrite)
        WordGrid(list: new)
        Button(words.onboardingRecoveryWritten) { model.written() }.buttonStyle(MainButton())
      case .typing:
        WordsField(name: words.newWordsType, typed: model.typed, words: words)
        SecureField(words.onboardingPassphrase, text: $model.passphrase)
          .frame(minHeight: Tokens.target)
        Button(words.newWordsConfirm) { Task { await model.confirm() } }
          .buttonStyle(MainButton()).disabled(!model.canConfirm)
      case .done:
        Text(words.recoveryNewDone)
        Button(words.commonClose) { model.services.router.back() }.buttonStyle(MainButton())
      }
      TroubleBar(model: model)
    }
    .navigationTitle(words.recoveryNewTitle)
    .privacySensitive()
  }
}

/// Words with their numbers, in columns.
struct WordGrid: View {
  let list: [String]
  // A word and its number stay on one line with large type, too: there are fewer columns then.
  @ScaledMetric private var wordWidth: CGFloat = 140

  var body: some View {
    LazyVGrid(columns: [GridItem(.adaptive(minimum: wordWidth))], alignment: .leading) {
      ForEach(Array(list.enumerated()), id: \.offset) { place, word in
        Text(String(place + 1) + "  " + word).font(.text.monospacedDigit())
          .frame(minHeight: Tokens.Spaces.xxl)
      }
    }
  }
}
