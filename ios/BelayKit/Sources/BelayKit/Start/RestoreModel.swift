import BelayCore
import Observation

/// Everything back on an empty phone: the words, or enough shares of them, and the sealed copy that a relay kept, a file
/// holds, or another own device in the same room hands over. Whoever comes back because a device is lost removes it here, with the words as the authority.
@MainActor
@Observable
public final class RestoreModel {
  /// Where the sealed copy is.
  public enum Source: CaseIterable, Sendable {
    /// At a relay.
    case relay
    /// In a file that Belay wrote for the person's own devices.
    case file
    /// On another own device in the same room.
    case near
  }

  /// The words, or the shares one a line.
  public let typed = TypedWords()
  /// Where the copy is.
  public var source = Source.relay
  /// Where it lies, where that is a relay.
  public var relay = ""
  /// What this phone is to be called among the person's devices.
  public var deviceName = ""
  /// The address is not encrypted on the way, and the person wants it all the same.
  public var allowsPlainHttp = false
  /// The file that was chosen.
  public private(set) var file: (name: String, bytes: UInt64)?
  /// What could not be done.
  public private(set) var trouble: Problem?
  /// The copy is being looked for, or a device removed.
  public private(set) var busy = false
  /// What came back.
  public private(set) var restored: RestoredView?
  /// The store, once it is back.
  public private(set) var core: (any BelayCoreProtocol)?
  /// The person's other devices, any of which may be the lost one.
  public private(set) var others: [OwnDeviceRowView] = []
  /// Those of them that the person says are gone.
  public private(set) var lost: [DeviceId] = []
  /// Those that were removed just now.
  public private(set) var removed: [OwnDeviceRowView] = []

  private let door: any StoreDoor
  private let shell: any Shell
  private let discovery: (any Discovery)?
  private let problem: @MainActor (any Error) -> Problem
  @ObservationIgnored private var picked: PassingFile?
  /// The words, as long as a lost device can be removed with them.
  @ObservationIgnored private var words = ""

  /// Makes the store behind this door; the shell has the files, and `discovery` finds devices in the same room.
  public init(
    door: any StoreDoor, shell: any Shell, discovery: (any Discovery)? = nil,
    problem: @escaping @MainActor (any Error) -> Problem
  ) {
    self.door = door
    self.shell = shell
    self.discovery = discovery
    self.problem = problem
  }

  /// Everything was said.
  public var canRestore: Bool {
    guard !busy, core == nil, !typed.isBlank else { return false }
    return switch source {
    case .relay: !relay.isBlank
    case .file: picked != nil
    case .near: true
    }
  }

  /// Asks for the file.
  public func chooseFile() async {
    guard !busy, let path = await shell.pickFile() else { return }
    let chosen = PassingFile(path)
    picked = chosen
    file = (chosen.name, chosen.bytes)
  }

  /// Looks for the copy, and brings back what it holds. What was typed stays where that cannot be done.
  public func restore() async {
    guard canRestore else { return }
    await alone {
      let words = try typed.words()
      let new = NewRestored(words: words, deviceName: deviceName.given?.trimmed, passphrase: nil)
      let back = try await bringBack(new)
      self.words = words
      restored = back.restored
      core = back.core
      typed.forget()
      picked = nil
      file = nil
      if back.restored.otherDevices > 0 { try await lookForOthers(back.core) }
    }
  }

  /// Says that a device is gone, or not after all.
  public func toggle(_ device: DeviceId) {
    if lost.contains(device) { lost.removeAll { $0 == device } } else { lost.append(device) }
  }

  /// Removes those that are gone: they read nothing new from then on.
  public func remove() async {
    guard !lost.isEmpty, let core else { return }
    await alone {
      let gone = others.filter { lost.contains($0.device.device) }
      let page = try await core.revokeWithWords(devices: lost, words: words)
      removed += gone
      lost = []
      take(page)
    }
  }

  /// Looks once more for the other devices, where that could not be done.
  public func lookAgain() async {
    guard let core else { return }
    await alone { try await lookForOthers(core) }
  }

  /// Whoever goes on is done with the words; gives out the store.
  public func goOn() -> (any BelayCoreProtocol)? {
    words = ""
    others = []
    return core
  }

  private func bringBack(_ new: NewRestored) async throws -> BroughtBack {
    switch source {
    case .relay:
      return try await door.restore(new, relay: relay.trimmed, allowPlainHttp: allowsPlainHttp)
    case .file:
      guard let picked else { throw BelayError.NotFound(what: "file") }
      return try await door.restore(new, file: picked.path)
    case .near:
      return try await door.restore(new, near: discovery)
    }
  }

  /// What the others wrote comes first: all of it that is here by then counts, also of one that is removed. Without a
  /// network it goes on with what is known.
  private func lookForOthers(_ core: any BelayCoreProtocol) async throws {
    _ = try? await core.sync(observer: nil)
    take(try await core.devicesPage())
  }

  private func take(_ page: DevicesPageView) {
    others = page.devices.filter(\.mayRemove)
  }

  private func alone(_ action: @MainActor () async throws -> Void) async {
    guard !busy else { return }
    busy = true
    defer { busy = false }
    trouble = nil
    do { try await action() } catch { trouble = problem(error) }
  }
}
