#if canImport(Network) && canImport(dnssd)
  import Foundation
  import dnssd

  /// Where a service listens, as long as this lives: first its host and port, then the host's addresses, as they come
  /// and go.
  final class BonjourLookup {
    /// An address with its port, and whether it is there or gone.
    typealias Tell = (_ address: String, _ isThere: Bool) -> Void

    private let queue: DispatchQueue
    private let tell: Tell
    private var service: DNSServiceRef?
    private var host: DNSServiceRef?
    private var port: UInt16 = 0

    /// Looks up a service by its name. What is found is told on the queue.
    init(_ name: String, on queue: DispatchQueue, _ tell: @escaping Tell) {
      self.queue = queue
      self.tell = tell
      let begun = DNSServiceResolve(
        &service, 0, 0, name, BonjourDiscovery.kind, "local.",
        { _, _, interface, error, _, host, port, _, _, me in
          guard error == DNSServiceErrorType(kDNSServiceErr_NoError), let me, let host else { return }
          BonjourLookup.at(me).resolved(host, UInt16(bigEndian: port), interface)
        }, Unmanaged.passUnretained(self).toOpaque())
      start(service, begun)
    }

    deinit {
      if let host { DNSServiceRefDeallocate(host) }
      if let service { DNSServiceRefDeallocate(service) }
    }

    private func resolved(_ name: UnsafePointer<CChar>, _ port: UInt16, _ interface: UInt32) {
      // The first answer is followed; a service on two networks is reached by either.
      guard host == nil else { return }
      self.port = port
      let kinds = kDNSServiceProtocol_IPv4 | kDNSServiceProtocol_IPv6
      let begun = DNSServiceGetAddrInfo(
        &host, 0, interface, DNSServiceProtocol(kinds), name,
        { _, flags, _, error, _, address, _, me in
          guard error == DNSServiceErrorType(kDNSServiceErr_NoError), let me, let address else { return }
          let isThere = flags & DNSServiceFlags(kDNSServiceFlagsAdd) != 0
          BonjourLookup.at(me).found(address, isThere)
        }, Unmanaged.passUnretained(self).toOpaque())
      start(host, begun)
    }

    private func found(_ address: UnsafePointer<sockaddr>, _ isThere: Bool) {
      if let text = NetworkAddress.text(of: address, port: port) { tell(text, isThere) }
    }

    /// What the system refuses is looked up again when the service shows its next name.
    private func start(_ reference: DNSServiceRef?, _ begun: DNSServiceErrorType) {
      guard begun == DNSServiceErrorType(kDNSServiceErr_NoError) else { return }
      DNSServiceSetDispatchQueue(reference, queue)
    }

    private static func at(_ context: UnsafeMutableRawPointer) -> BonjourLookup {
      Unmanaged<BonjourLookup>.fromOpaque(context).takeUnretainedValue()
    }
  }
#endif
