import BelayCore
import BelayKit
import BelayWords
import SwiftUI

/// The person's settings, behind their own name.
struct SettingsScreen: View {
  @Bindable var model: SettingsModel
  let app: AppModel
  @State private var asksForLock: Bool
  private var words: any Words { model.services.words }

  init(model: SettingsModel, app: AppModel) {
    self.model = model
    self.app = app
    _asksForLock = State(initialValue: app.asksForLock)
  }

  var body: some View {
    PageScroll {
      TroubleBar(model: model)
      LoadableView(page: model.page, words: words, retry: model.retry) { page in
        let view = page.settings
        Heading(words.settingsAboutYou)
        FieldRow(name: words.settingsNameLabel, text: $model.name)
        Note(words.settingsNameHelp)
        Button(words.settingsSave) { Task { await model.saveName() } }.buttonStyle(QuietButton())
        Heading(words.settingsDayAndTime)
        Stepper(value: dayStart(view), in: OnboardingModel.dayStarts) {
          Text(words.settingsDayStart + " " + String(view.settings.dayStart))
        }
        zone(view)
        Heading(words.settingsSharing)
        Stepper(value: hold(view), in: 0...longestHold, step: holdStep) {
          Text(words.settingsHold + ": " + holdText(view.settings.holdSeconds))
        }
        Note(words.settingsHoldHelp)
        relay
        NearbySwitch(model: model.nearby)
        Button(words.settingsTerms) { model.services.router.go(.agreement) }
          .buttonStyle(QuietButton())
        safety
      }
    }
    .navigationTitle(words.settingsTitle)
    .keptFresh(model)
  }

  @ViewBuilder private func zone(_ view: SettingsView) -> some View {
    Text(words.settingsZone)
    Note(words.settingsZoneInForce(zone: view.zoneInForce))
    ChipFlow {
      Chip(text: words.settingsZoneDevice, chosen: !model.hasOwnZone) {
        Task { await model.chooseOwnZone(false) }
      }
      Chip(text: words.settingsZoneFixed, chosen: model.hasOwnZone) {
        Task { await model.chooseOwnZone(true) }
      }
    }
    if model.hasOwnZone {
      FieldRow(name: words.settingsZoneLabel, hint: words.settingsZoneHelp, text: $model.zone)
      Button(words.settingsSave) { Task { await model.saveZone() } }.buttonStyle(QuietButton())
    }
  }

  @ViewBuilder private var relay: some View {
    FieldRow(name: words.settingsRelay, text: $model.relay)
    Note(words.settingsRelayHelp)
    Button(words.settingsSave) { Task { await model.saveRelay() } }.buttonStyle(QuietButton())
    if model.trouble?.detail == "relay-plain-http" {
      Note(words.pairingPlainHttp)
      Button(words.pairingPlainHttpYes) {
        Task { await model.saveRelay(allowingPlainHttp: true) }
      }
      .buttonStyle(QuietButton(.clay))
    }
    Toggle(words.settingsSelfCopy, isOn: selfCopy).frame(minHeight: Tokens.target)
    Note(
      model.selfCopy.map { words.settingsSelfCopyOn(relay: $0) } ?? words.settingsSelfCopyHelp)
  }

  @ViewBuilder private var safety: some View {
    let router = model.services.router
    Heading(words.settingsSafetyTitle)
    Toggle(words.settingsAppLock, isOn: lock).frame(minHeight: Tokens.target)
      .disabled(!app.canLock)
    Note(app.canLock ? words.settingsAppLockHelp : words.settingsAppLockUnavailable)
    Button(words.settingsRecoveryWords) { router.go(.recoveryWords) }.buttonStyle(QuietButton())
    Button(words.recoveryTitle) { router.go(.recovery) }.buttonStyle(QuietButton())
    Button(words.settingsDevices) { router.go(.ownDevices) }.buttonStyle(QuietButton())
    Button(words.settingsSelfCheck) { router.go(.selfCheck) }.buttonStyle(QuietButton())
    Button(words.settingsDelete) { router.go(.deleteEverything) }
      .buttonStyle(QuietButton(.clay))
    Note(words.settingsAboutLimits)
    if words.settingsNotYetReviewed { Note(words.commonNotYetReviewed) }
  }

  private var lock: Binding<Bool> {
    let (app, asks) = (app, $asksForLock)
    return Binding(
      get: { asks.wrappedValue },
      set: {
        app.asksForLock = $0
        asks.wrappedValue = $0
      })
  }

  private func dayStart(_ view: SettingsView) -> Binding<UInt8> {
    let model = model
    return Binding(
      get: { view.settings.dayStart }, set: { hour in Task { await model.setDayStart(hour) } })
  }

  private func hold(_ view: SettingsView) -> Binding<UInt32> {
    let model = model
    return Binding(
      get: { view.settings.holdSeconds },
      set: { seconds in Task { await model.setHold(seconds: seconds) } })
  }

  private func holdText(_ seconds: UInt32) -> String {
    seconds == 0 ? words.settingsHoldNone : words.settingsHoldSeconds(count: Int(seconds))
  }

  private var selfCopy: Binding<Bool> {
    let model = model
    return Binding(
      get: { model.selfCopy != nil }, set: { keep in Task { await model.keepSelfCopy(keep) } })
  }
}

/// What the stepper offers for the time before a shared copy leaves, in seconds.
private let longestHold: UInt32 = 300
private let holdStep = 10

/// The recovery words: shown, then three of them asked for.
struct RecoveryWordsScreen: View {
  @Bindable var model: RecoveryWordsModel
  private var words: any Words { model.services.words }

  var body: some View {
    PageScroll {
      switch model.step {
      case .showing: showing
      case .asking: asking
      case .confirmed:
        Heading(words.onboardingRecoveryDoneTitle)
        Text(words.onboardingRecoveryDoneBody)
        Button(words.onboardingRecoveryClose) { model.services.router.back() }
          .buttonStyle(MainButton())
      }
    }
    .navigationTitle(words.onboardingRecoveryTitle)
    .keptFresh(model)
    .privacySensitive()
  }

  @ViewBuilder private var showing: some View {
    Text(words.onboardingRecoveryBody)
    Note(words.onboardingRecoveryHonest)
    LoadableView(page: model.page, words: words, retry: model.retry) { recovery in
      WordGrid(list: recovery)
      Button(words.onboardingRecoveryWritten) { model.ask() }.buttonStyle(MainButton())
      Button(words.onboardingRecoveryLater) { model.putOff() }.buttonStyle(QuietButton())
    }
  }

  @ViewBuilder private var asking: some View {
    Heading(words.onboardingRecoveryCheckTitle)
    Text(words.onboardingRecoveryCheckBody)
    ForEach(model.asked, id: \.self) { place in
      FieldRow(
        name: words.onboardingRecoveryWordNumber(number: String(place + 1)),
        text: typed(place))
    }
    TroubleBar(model: model)
    Button(words.onboardingRecoveryCheck) { Task { await model.confirm() } }
      .buttonStyle(MainButton()).disabled(!model.canConfirm)
    Button(words.onboardingRecoveryShowAgain) { model.showAgain() }.buttonStyle(QuietButton())
  }

  private func typed(_ place: Int) -> Binding<String> {
    let model = model
    return Binding(get: { model.typed[place] ?? "" }, set: { model.typed[place] = $0 })
  }
}

/// The end of everything, in honest words and two taps.
struct DeleteEverythingScreen: View {
  let model: DeleteEverythingModel
  @State private var understood = false
  private var words: any Words { model.services.words }

  var body: some View {
    PageScroll {
      TroubleBar(model: model)
      switch model.stage {
      case .explaining, .asking: explaining
      case .deleting, .emptied: SlowLoading(text: words.settingsDeleting)
      }
    }
    .navigationTitle(words.settingsDelete)
  }

  @ViewBuilder private var explaining: some View {
    Heading(words.settingsDeleteTitle)
    ForEach(
      [
        words.settingsDeleteWhat, words.settingsDeleteOthers, words.settingsDeleteRelays,
        words.settingsDeleteNoWayBack,
      ], id: \.self
    ) { Text($0) }
    Toggle(words.settingsDeleteConfirm, isOn: $understood).frame(minHeight: Tokens.target)
    Button(words.settingsDeleteYes, role: .destructive) {
      model.ask()
      Task { await model.delete() }
    }
    .buttonStyle(QuietButton(.clay)).disabled(!understood)
    Button(words.settingsDeleteNo) { model.services.router.back() }.buttonStyle(MainButton())
  }
}
