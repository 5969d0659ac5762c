import BelayCore

extension Services {
  /// One exchange with relays, now. While the app keeps in touch, the round that goes on looks at once; `nil` where it
  /// did not end in a while.
  func exchange() async throws -> SyncReport? {
    do {
      return try await core.sync(observer: nil)
    } catch BelayError.Unavailable(reason: "already-syncing") where rounds.goOn {
      try core.lookNow()
      return await rounds.next()
    }
  }
}
