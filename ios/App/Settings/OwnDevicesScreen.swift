import BelayCore
import BelayKit
import BelayWords
import SwiftUI

/// The person's own devices: how they stand, what can be done about each, and the way to add one.
struct OwnDevicesScreen: View {
  @Bindable var model: OwnDevicesModel
  var keeper: NearKeeper? = nil
  /// Hands over to a new device in this room.
  var handOver: HandOverModel? = nil
  private var words: any Words { model.services.words }

  var body: some View {
    PageScroll {
      TroubleBar(model: model)
      LoadableView(page: model.page, words: words, retry: model.retry) { page in
        ThisDevice(page: page, services: model.services)
        ForEach(page.devices, id: \.device.device) { OwnDeviceCard(model: model, row: $0) }
        if page.devices.count == 1 { Note(words.devicesOnlyThis) }
        if page.mayAdd { adding(page) }
        if page.mayAdd, let handOver { HandOverSection(model: handOver) }
        RemovedDevices(model: model, page: page)
      }
    }
    .navigationTitle(words.settingsDevices)
    .keptFresh(model)
    .confirmationDialog(
      words.devicesRemoveQuestion(name: model.removing.map(words.name(of:)) ?? ""),
      isPresented: asksToRemove, titleVisibility: .visible
    ) {
      Button(words.devicesRemoveYes, role: .destructive) { Task { await model.remove() } }
      Button(words.devicesRemoveNo, role: .cancel) {}
    } message: {
      Text(words.whatRemovingMeans)
    }
  }

  @ViewBuilder private func adding(_ page: DevicesPageView) -> some View {
    switch model.stage {
    case .none, .turnedAway:
      if model.stage == .turnedAway { Note(words.settingsDeviceRefused) }
      if page.sealedCopyAt != nil {
        Button(words.settingsDeviceAdd) { Task { await model.addDevice() } }
          .buttonStyle(MainButton()).accessibilityHint(words.settingsDeviceAddOverRelay)
        Note(words.settingsDeviceAddOverRelay)
      }
      Button(words.nearbyDeviceAdd) { Task { await model.addDevice(inRoom: true) } }
        .buttonStyle(MainButton()).accessibilityHint(words.nearbyDeviceAddHelp)
      Note(words.nearbyDeviceAddHelp)
    case .showing(let invitation):
      Note(words.settingsDeviceAddHelp)
      CodePicture(text: invitation.text, description: words.pairingCodeDescription)
      Button(words.pairingStop) { model.stop() }.buttonStyle(QuietButton(.clay))
    case .comparing(let asking): compare(asking)
    }
    if model.addedInRoom {
      Text(words.nearbyKeepOnDevice)
      NearbySection(services: model.services, keeper: keeper)
    }
  }

  @ViewBuilder private func compare(_ asking: AskingDeviceView) -> some View {
    Heading(words.settingsDeviceCompare)
    ForEach(asking.comparisonWords, id: \.self) { Text($0).font(.display) }
    FieldRow(name: words.settingsDeviceNameLabel, text: $model.name)
    Button(words.settingsDeviceAdmit) { Task { await model.admit() } }.buttonStyle(MainButton())
    Button(words.settingsDeviceRefuse) { Task { await model.turnAway() } }
      .buttonStyle(MainButton())
  }

  private var asksToRemove: Binding<Bool> {
    let model = model
    return Binding(get: { model.removing != nil }, set: { if !$0 { model.removing = nil } })
  }
}
