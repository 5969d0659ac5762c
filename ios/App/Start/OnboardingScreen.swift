import BelayCore
import BelayKit
import BelayWords
import SwiftUI

/// The welcome pages. Nothing is asked that is not needed, and nothing leaves the phone.
struct OnboardingScreen: View {
  @Bindable var model: OnboardingModel
  let words: any Words
  let made: @MainActor (any BelayCoreProtocol) -> Void
  let joins: @MainActor () -> Void
  let restores: @MainActor () -> Void

  var body: some View {
    PageScroll {
      Note(
        words.onboardingStepOf(
          step: String(model.step.rawValue + 1), of: String(OnboardingModel.Step.allCases.count)))
      page
      if let trouble = model.trouble { ProblemCard(problem: trouble, words: words) }
      if model.isLast {
        Button(model.busy ? words.onboardingMaking : words.onboardingBegin) {
          Task {
            await model.finish()
            if let core = model.core { made(core) }
          }
        }
        .buttonStyle(MainButton()).disabled(model.busy || !model.passphrasesAgree)
      } else {
        Button(model.step == .limits ? words.onboardingLimitsAgree : words.onboardingNext) {
          model.next()
        }
        .buttonStyle(MainButton())
      }
      if model.step == .what {
        Button(words.onboardingOtherDevice, action: joins).buttonStyle(QuietButton())
        Button(words.recoveryRestore, action: restores).buttonStyle(QuietButton())
      } else {
        Button(words.commonBack) { model.back() }.buttonStyle(QuietButton())
      }
    }
  }

  @ViewBuilder private var page: some View {
    switch model.step {
    case .what: what
    case .limits: limits
    case .name:
      Heading(words.onboardingYouTitle)
      FieldRow(name: words.onboardingNameLabel, text: $model.name)
      Note(words.onboardingNameHelp)
    case .dayStart:
      Heading(words.onboardingDayStartLabel)
      Stepper(value: $model.dayStart, in: OnboardingModel.dayStarts) {
        Text(
          model.dayStart == 0 ? words.onboardingDayStartMidnight : String(model.dayStart) + ":00")
      }
      Note(words.onboardingDayStartHelp)
    case .lock: lock
    }
  }

  @ViewBuilder private var what: some View {
    Text(words.onboardingWelcomeTitle).font(.display).accessibilityAddTraits(.isHeader)
    Text(words.onboardingWelcomeBody)
    promise(words.onboardingPromiseNoAccountTitle, words.onboardingPromiseNoAccountBody)
    promise(words.onboardingPromisePrivateTitle, words.onboardingPromisePrivateBody)
    promise(words.onboardingPromiseOfflineTitle, words.onboardingPromiseOfflineBody)
  }

  private func promise(_ title: String, _ text: String) -> some View {
    Card {
      Text(title).font(.text.weight(.medium))
      Note(text)
    }
  }

  @ViewBuilder private var limits: some View {
    Heading(words.onboardingLimitsTitle)
    ForEach(
      [
        words.onboardingLimitsCrisis, words.onboardingLimitsCopies, words.onboardingLimitsPhone,
        words.onboardingLimitsNobodyCanRestore,
      ], id: \.self
    ) { Text($0) }
    if words.onboardingNotYetReviewed { Note(words.commonNotYetReviewed) }
  }

  @ViewBuilder private var lock: some View {
    Heading(words.onboardingLockLabel)
    Toggle(words.onboardingLockDevice, isOn: $model.locksApp).frame(minHeight: Tokens.target)
      .disabled(!model.canLock)
    Note(model.canLock ? words.onboardingLockDeviceHelp : words.settingsAppLockUnavailable)
    Text(words.onboardingLockPassphrase)
    SecureField(words.onboardingPassphrase, text: $model.passphrase).frame(minHeight: Tokens.target)
    SecureField(words.onboardingPassphraseAgain, text: $model.passphraseAgain)
      .frame(minHeight: Tokens.target)
    if !model.passphrasesAgree { Note(words.onboardingPassphraseDiffers) }
    Note(words.onboardingLockPassphraseHelp)
  }
}
