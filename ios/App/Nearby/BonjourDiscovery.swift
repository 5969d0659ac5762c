#if canImport(Network) && canImport(dnssd)
  import BelayCore
  import BelayKit
  import Foundation
  import Network

  /// Shows this device on the network and finds others, by the system's own means. The core listens by itself, so
  /// what is shown is its port, which a listener of the system's could not take over.
  final class BonjourDiscovery: Discovery, @unchecked Sendable {
    /// The kind of service, as every Belay names it.
    static let kind = "_belay._tcp"

    /// All that is not kept in `finds` is used here only.
    private let queue = DispatchQueue(label: "app.belay.nearby", qos: .utility)
    private let finds = NearbyFinds()
    private let network = NWPathMonitor()
    private var wanted: NearbyService?
    private var shown: BonjourShown?
    private var browser: NWBrowser?
    private var lookups: [String: BonjourLookup] = [:]

    /// Shows nothing and looks for nobody yet.
    init() {
      network.pathUpdateHandler = { [weak self] _ in self?.networkChanged() }
      network.start(queue: queue)
    }

    deinit { network.cancel() }

    func advertise(service: NearbyService) throws {
      try queue.sync {
        finds.shows(service.name)
        wanted = service
        try show()
        if browser == nil { browse() }
      }
    }

    func peers() -> [NearbyPeer] { finds.peers }

    func stop() {
      queue.sync {
        wanted = nil
        shown = nil
        browser?.cancel()
        browser = nil
        lookups = [:]
        finds.forget()
      }
    }

    private func show() throws {
      guard let wanted else { return }
      // What was shown goes first: the host's name would be taken otherwise.
      shown = nil
      shown = try BonjourShown(wanted, on: queue)
    }

    /// Another network has other addresses: the same is shown there. What cannot be shown now is shown when the core
    /// renews it.
    private func networkChanged() {
      try? show()
    }

    private func browse() {
      let browser = NWBrowser(
        for: .bonjourWithTXTRecord(type: Self.kind, domain: nil), using: NWParameters())
      browser.browseResultsChangedHandler = { [weak self] results, _ in self?.sees(results) }
      browser.stateUpdateHandler = { [weak self] state in
        if case .failed = state { self?.browseAnew() }
      }
      browser.start(queue: queue)
      self.browser = browser
    }

    private func browseAnew() {
      browser?.cancel()
      browser = nil
      if wanted != nil { browse() }
    }

    private func sees(_ results: Set<NWBrowser.Result>) {
      // What was under way when looking ended is of no account.
      guard browser != nil else { return }
      let found = results.compactMap { result -> NearbyFinds.Seen? in
        guard case .service(let name, _, _, _) = result.endpoint,
          case .bonjour(let record) = result.metadata, !record.dictionary.isEmpty
        else { return nil }
        return NearbyFinds.Seen(name: name, text: record.dictionary)
      }
      let (new, gone) = finds.sees(found)
      for name in gone { lookups[name] = nil }
      for name in new {
        lookups[name] = BonjourLookup(name, on: queue) { [finds] address, isThere in
          finds.found(name, at: address, isThere: isThere)
        }
      }
    }
  }
#endif
