import BelayCore
import BelayKit
import BelayWords
import Foundation

/// Devices, secrets and traffic of a space, in sentences.
@MainActor
struct SpaceFacts {
  let space: SpaceStatusView
  let words: any Words
  let spoken: Spoken

  /// All of them.
  var lines: [String] { space.peers.flatMap { facts(of: $0) } + secrets + [traffic] }

  /// Devices that exist twice, which is more than a detail.
  var warnings: [String] {
    space.peers.flatMap { peer in
      peer.devices.filter(\.twice).map { words.peersDeviceTwice(name: name(of: $0, peer)) }
    }
  }

  private func facts(of peer: PeerStatusView) -> [String] {
    peer.devices.filter { !$0.thisDevice }.flatMap { device -> [String] in
      let name = name(of: device, peer)
      if device.removed { return [words.peersDeviceRemoved(name: name)] }
      var lines = [
        device.asOfAtMs.map { words.peersDeviceAsOf(name: name, time: spoken.ago($0)) }
          ?? words.peersDeviceNever(name: name)
      ]
      if device.notTold > 0 { lines.append(words.peersNotTold(count: Int(device.notTold))) }
      if let met = device.metAtMs { lines.append(words.peersMet(time: spoken.ago(met))) }
      return lines
    }
  }

  private var secrets: [String] {
    let epochs = space.epochs
    guard epochs.count > 0 else { return [] }
    var lines = [words.peersSecrets(held: String(epochs.held), all: String(epochs.count))]
    if let since = epochs.sinceAtMs { lines.append(words.peersSecretSince(time: spoken.moment(since))) }
    if epochs.owed { lines.append(words.peersSecretOwed) }
    return lines
  }

  private var traffic: String {
    words.peersTraffic(
      sent: size(space.traffic.sentBytes), received: size(space.traffic.receivedBytes))
  }

  private func name(of device: DeviceStatusView, _ peer: PeerStatusView) -> String {
    if device.thisDevice { return words.settingsDeviceThis }
    return device.name ?? peer.name.map { words.peersDeviceOf(name: $0) }
      ?? words.settingsDeviceNameless
  }

  private func size(_ bytes: UInt64) -> String {
    ByteCountFormatter.string(fromByteCount: Int64(clamping: bytes), countStyle: .file)
  }
}
