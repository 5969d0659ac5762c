import BelayCore
import BelayKit
import BelayWords
import SwiftUI

/// What must be said of this device before anything else: removed, there twice, not everything here yet.
struct ThisDevice: View {
  let page: DevicesPageView
  let services: Services
  private var words: any Words { services.words }

  var body: some View {
    if case .removed(let by, _) = page.standing {
      Card(.clay) {
        Text(by.map { words.devicesGoneBy(name: $0) } ?? words.devicesGoneTitle)
          .font(.text.weight(.medium)).foregroundStyle(Color.onClaySoft)
        Text(words.devicesGoneBody).foregroundStyle(Color.onClaySoft)
        Button(words.devicesGoneErase) { services.router.go(.deleteEverything) }
          .buttonStyle(QuietButton(.clay))
      }
    }
    if let advice = page.twice {
      Card(.clay) {
        Text(words.devicesTwiceTitle)
          .font(.text.weight(.medium)).foregroundStyle(Color.onClaySoft)
        Text(words.devicesTwiceBody).foregroundStyle(Color.onClaySoft)
        Text(words.sentence(advice)).foregroundStyle(Color.onClaySoft)
      }
    }
    if let arriving = page.arriving {
      Card(.sky) {
        Text(words.devicesArrivingTitle)
          .font(.text.weight(.medium)).foregroundStyle(Color.onSkySoft)
        ProgressView(value: Double(arriving.items), total: Double(arriving.ofItems)) {
          Text(
            words.devicesArriving(here: String(arriving.items), all: String(arriving.ofItems))
          )
          .foregroundStyle(Color.onSkySoft)
        }
        Text(words.devicesArrivingHelp).foregroundStyle(Color.onSkySoft)
      }
    }
  }
}

/// One own device: its name, which can be changed, when it was last heard of, and the way to remove it.
struct OwnDeviceCard: View {
  @Bindable var model: OwnDevicesModel
  let row: OwnDeviceRowView
  private var words: any Words { model.services.words }
  private var device: OwnDeviceView { row.device }
  private var name: String { words.name(of: device) }

  var body: some View {
    Card {
      Text(name).font(.text.weight(.medium))
      ForEach(facts, id: \.self) { Note($0) }
      if !device.thisDevice, let advice = row.twice {
        Text(words.devicesTwiceOther(name: name)).foregroundStyle(Color.clay)
        Text(words.sentence(advice)).foregroundStyle(Color.clay)
      }
      if model.renamed == device.device {
        FieldRow(name: words.devicesName, text: $model.newName)
        Button(words.settingsSave) { Task { await model.rename() } }.buttonStyle(QuietButton())
        Button(words.commonNotNow) { model.stopRenaming() }.buttonStyle(QuietButton(.ink2))
      } else {
        if row.mayRename {
          Button(words.devicesRename) { model.rename(device) }
            .buttonStyle(QuietButton()).accessibilityHint(name)
        }
        if row.mayRemove {
          Button(words.devicesRemove) { model.removing = device }
            .buttonStyle(QuietButton(.clay)).accessibilityHint(name)
        }
      }
    }
  }

  private var facts: [String] {
    let spoken = model.services.spoken
    let heard =
      device.thisDevice
      ? words.settingsDeviceThis
      : device.asOfAtMs.map { words.settingsDeviceAsOf(time: spoken.ago($0)) }
        ?? words.settingsDeviceNever
    return [heard] + (device.addedAtMs.map { [words.devicesAdded(date: spoken.moment($0))] } ?? [])
  }
}

/// The devices that were removed, and what of theirs is set aside.
struct RemovedDevices: View {
  let model: OwnDevicesModel
  let page: DevicesPageView
  private var words: any Words { model.services.words }

  var body: some View {
    VStack(alignment: .leading, spacing: Tokens.Spaces.m) {
      if !page.removed.isEmpty {
        Heading(words.devicesRemovedTitle)
        ForEach(page.removed, id: \.device) { card($0) }
      }
      if let count = model.takenIn { Note(words.devicesTakenIn(count: Int(count))) }
    }
    .confirmationDialog(
      words.devicesTakeIn, isPresented: asksToTakeIn, titleVisibility: .visible
    ) {
      Button(words.devicesTakeIn) { Task { await model.takeIn() } }
      Button(words.commonNotNow, role: .cancel) {}
    } message: {
      Text(words.devicesTakeInHelp)
    }
  }

  private func card(_ device: RemovedDeviceView) -> some View {
    Card {
      Text(device.name ?? words.settingsDeviceNameless).font(.text.weight(.medium))
      if let at = device.removedAtMs {
        Note(words.devicesRemovedOn(date: model.services.spoken.moment(at)))
      }
      if let by = device.removedBy { Note(words.devicesRemovedBy(name: by)) }
      if device.waiting > 0 {
        Note(words.devicesWaiting(count: Int(device.waiting)))
        if page.mayTakeIn {
          Note(words.devicesTakeInHelp)
          Button(words.devicesTakeIn) { model.takingIn = device }
            .buttonStyle(QuietButton())
            .accessibilityHint(device.name ?? words.settingsDeviceNameless)
        }
      }
    }
  }

  private var asksToTakeIn: Binding<Bool> {
    let model = model
    return Binding(get: { model.takingIn != nil }, set: { if !$0 { model.takingIn = nil } })
  }
}

extension Words {
  /// What a device is called.
  func name(of device: OwnDeviceView) -> String {
    device.name ?? (device.thisDevice ? settingsDeviceThis : settingsDeviceNameless)
  }

  /// What removing a device does, and what it does not.
  var whatRemovingMeans: String {
    [devicesRemoveNew, devicesRemoveStays, devicesRemoveUnsent].joined(separator: "\n\n")
  }

  /// What to do about a device that exists twice.
  func sentence(_ advice: TwiceAdviceView) -> String {
    switch advice {
    case .removeAndAddAgain: devicesTwiceDoThere
    case .removeFromAnother: devicesTwiceDo
    case .keepOne: devicesTwiceKeepOne
    }
  }
}
