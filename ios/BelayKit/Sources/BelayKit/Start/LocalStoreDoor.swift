import BelayCore

/// The door of the app: a folder in its private container, the device's clock, and the keystore.
public final class LocalStoreDoor: StoreDoor {
  private let config: CoreConfig
  private let host: CoreHost
  private let secrets: any SecretStore

  /// Leads to the store in this folder.
  public init(
    folder: String, clock: any HostClock, secrets: any SecretStore, log: (any LogSink)? = nil
  ) {
    config = CoreConfig(dir: folder)
    host = CoreHost(clock: clock, secrets: secrets, log: log)
    self.secrets = secrets
  }

  public func exists() async throws -> Bool {
    try await storeIsThere(in: config.dir)
  }

  public func needsPassphrase() async throws -> Bool {
    try await passphraseIsNeeded(in: config.dir)
  }

  public func hasKey() async throws -> Bool {
    do {
      return try secrets.load() != nil
    } catch HostError.Locked {
      throw BelayError.Locked
    }
  }

  public func create(_ new: NewPerson) async throws -> any BelayCoreProtocol {
    try await BelayCore.create(config: config, host: host, new: new)
  }

  public func createOwnDevice() async throws -> any BelayCoreProtocol {
    try await BelayCore.createOwnDevice(
      config: config, host: host, new: NewOwnDevice(passphrase: nil))
  }

  public func restore(
    _ new: NewRestored, relay: String, allowPlainHttp: Bool
  ) async throws -> BroughtBack {
    let back = try await restoreFromRelay(
      config: config, host: host, new: new, relay: relay, allowPlainHttp: allowPlainHttp)
    return BroughtBack(core: back.core, restored: back.restored)
  }

  public func restore(_ new: NewRestored, file: String) async throws -> BroughtBack {
    let back = try await restoreFromBundle(config: config, host: host, new: new, path: file)
    return BroughtBack(core: back.core, restored: back.restored)
  }

  public func restore(_ new: NewRestored, near discovery: (any Discovery)?) async throws -> BroughtBack {
    let back = try await restoreNear(
      config: config, host: host, new: new, address: nil, discovery: discovery)
    return BroughtBack(core: back.core, restored: back.restored)
  }

  public func open(words: String, passphrase: String?) async throws -> any BelayCoreProtocol {
    try await openWithWords(config: config, host: host, words: words, passphrase: passphrase)
  }

  public func open(passphrase: String?) async throws -> any BelayCoreProtocol {
    try await BelayCore.open(config: config, host: host, passphrase: passphrase)
  }

  public func finishDeleting(passphrase: String?) async throws -> FarewellView {
    try await sendFarewell(config: config, host: host, passphrase: passphrase)
  }

  public func eraseNow() async throws {
    try await erase(config, host)
  }
}

// The core's own functions, under names that the door's do not hide.

private func storeIsThere(in folder: String) async throws -> Bool {
  try await storeExists(dir: folder)
}

private func passphraseIsNeeded(in folder: String) async throws -> Bool {
  try await needsPassphrase(dir: folder)
}

private func erase(_ config: CoreConfig, _ host: CoreHost) async throws {
  try await eraseNow(config: config, host: host)
}
