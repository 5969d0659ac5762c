#if canImport(Security)
  import BelayCore
  import Foundation
  import Security

  /// The secret that opens the store, in the Keychain of this device alone: it is in no backup and moves to no
  /// other phone, so a store that was restored elsewhere stays shut. It can be read from the first unlock after
  /// a start on, because a sync in the background runs while the phone lies locked; whether Belay shows anything
  /// is decided by the app lock, not here.
  final class KeychainSecrets: SecretStore {
    private enum Account: String {
      case secret = "store-secret"
      case opens = "store-opens"
    }

    private let service: String

    init(service: String = "app.belay.store") {
      self.service = service
    }

    func load() throws -> Data? {
      try read(.secret)
    }

    func save(secret: Data) throws {
      try write(secret, to: .secret)
    }

    func delete() throws {
      for account in [Account.secret, .opens] {
        let status = SecItemDelete(query(account) as CFDictionary)
        guard status == errSecSuccess || status == errSecItemNotFound else {
          throw Self.error(status)
        }
      }
    }

    func opens() throws -> UInt64? {
      // No count yet is a count of none: the Keychain cannot be copied together with the store.
      guard let bytes = try read(.opens) else { return 0 }
      return bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }

    func saveOpens(opens: UInt64) throws {
      try write(withUnsafeBytes(of: opens.bigEndian) { Data($0) }, to: .opens)
    }

    private func query(_ account: Account) -> [CFString: Any] {
      [
        kSecClass: kSecClassGenericPassword,
        kSecAttrService: service,
        kSecAttrAccount: account.rawValue,
        kSecUseDataProtectionKeychain: true,
      ]
    }

    private func read(_ account: Account) throws -> Data? {
      var query = query(account)
      query[kSecReturnData] = true
      query[kSecMatchLimit] = kSecMatchLimitOne
      var found: CFTypeRef?
      let status = SecItemCopyMatching(query as CFDictionary, &found)
      switch status {
      case errSecSuccess: return found as? Data
      case errSecItemNotFound: return nil
      default: throw Self.error(status)
      }
    }

    private func write(_ data: Data, to account: Account) throws {
      let change: [CFString: Any] = [
        kSecValueData: data,
        kSecAttrAccessible: kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly,
      ]
      var status = SecItemUpdate(query(account) as CFDictionary, change as CFDictionary)
      if status == errSecItemNotFound {
        let new = query(account).merging(change) { _, new in new }
        status = SecItemAdd(new as CFDictionary, nil)
      }
      guard status == errSecSuccess else { throw Self.error(status) }
    }

    /// What the Keychain's answer means to the core. The code alone; a Keychain error names nothing personal.
    private static func error(_ status: OSStatus) -> HostError {
      switch status {
      case errSecInteractionNotAllowed, errSecAuthFailed, errSecUserCanceled, errSecNotAvailable:
        .Locked
      case errSecDiskFull:
        .StorageFull
      default:
        .Broken
      }
    }
  }
#endif
