import BelayCore
import BelayKit
import BelayWords
import SwiftUI

/// The person's own devices, and the way to add one.
struct OwnDevicesScreen: View {
  @Bindable var model: OwnDevicesModel
  var keeper: NearKeeper? = nil
  private var words: any Words { model.services.words }

  var body: some View {
    PageScroll {
      TroubleBar(model: model)
      LoadableView(page: model.page, words: words, retry: model.retry) { devices in
        ForEach(devices, id: \.device) { device in
          Card {
            Text(device.name ?? words.settingsDeviceNameless).font(.text.weight(.medium))
            Note(about(device))
          }
        }
      }
      switch model.stage {
      case .none:
        Button(words.settingsDeviceAdd) { Task { await model.addDevice() } }
          .buttonStyle(MainButton())
        Note(words.settingsDeviceAddHelp)
        Button(words.nearbyDeviceAdd) { Task { await model.addDevice(inRoom: true) } }
          .buttonStyle(MainButton()).accessibilityHint(words.nearbyDeviceAddHelp)
        Note(words.nearbyDeviceAddHelp)
      case .showing(let invitation):
        CodePicture(text: invitation.text, description: words.pairingCodeDescription)
        Button(words.pairingStop) { model.stop() }.buttonStyle(QuietButton(.clay))
      case .comparing(let asking): compare(asking)
      case .turnedAway: Note(words.settingsDeviceRefused)
      }
      if model.addedInRoom {
        Text(words.nearbyKeepOnDevice)
        NearbySection(services: model.services, keeper: keeper)
      }
      Note(words.settingsDevicePartnersStay)
    }
    .navigationTitle(words.settingsDevices)
    .keptFresh(model)
  }

  private func about(_ device: OwnDeviceView) -> String {
    if device.thisDevice { return words.settingsDeviceThis }
    return device.asOfAtMs.map { words.settingsDeviceAsOf(time: model.services.spoken.moment($0)) }
      ?? words.settingsDeviceNever
  }

  @ViewBuilder private func compare(_ asking: AskingDeviceView) -> some View {
    Heading(words.settingsDeviceCompare)
    ForEach(asking.comparisonWords, id: \.self) { Text($0).font(.display) }
    FieldRow(name: words.settingsDeviceNameLabel, text: $model.name)
    Button(words.settingsDeviceAdmit) { Task { await model.admit() } }.buttonStyle(MainButton())
    Button(words.settingsDeviceRefuse) { Task { await model.turnAway() } }
      .buttonStyle(MainButton())
  }
}
