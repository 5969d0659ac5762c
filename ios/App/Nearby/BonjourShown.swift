#if canImport(Network) && canImport(dnssd)
  import BelayCore
  import Foundation
  import dnssd

  /// This device on the network, as long as this lives. Its host has a random name, as the service has: the phone's own
  /// would say whose it is.
  final class BonjourShown {
    private static let ofThisMachine = ".local."
    /// How long others may remember an address, in seconds.
    private static let remembered: UInt32 = 120
    private var records: DNSServiceRef?
    private var service: DNSServiceRef?

    /// Shows it. Throws what the system refuses.
    init(_ new: NearbyService, on queue: DispatchQueue) throws {
      let host = new.name + Self.ofThisMachine
      try check(DNSServiceCreateConnection(&records))
      // From here on `deinit` takes back what was begun.
      try check(DNSServiceSetDispatchQueue(records, queue))
      for address in NetworkAddress.reachable() { register(address, host) }
      try register(new, host)
      try check(DNSServiceSetDispatchQueue(service, queue))
    }

    deinit {
      if let service { DNSServiceRefDeallocate(service) }
      if let records { DNSServiceRefDeallocate(records) }
    }

    private func register(_ new: NearbyService, _ host: String) throws {
      let text = try new.text.sorted { $0.key < $1.key }.flatMap { key, value in
        try Self.entry(key + "=" + value)
      }
      try check(
        text.withUnsafeBytes { bytes in
          DNSServiceRegister(
            &service, 0, 0, new.name, BonjourDiscovery.kind, nil, host, new.port.bigEndian,
            UInt16(bytes.count), bytes.baseAddress, nil, nil)
        })
    }

    /// An address that cannot be shown leaves the others.
    private func register(_ address: NetworkAddress, _ host: String) {
      var record: DNSRecordRef?
      _ = address.bytes.withUnsafeBytes { bytes in
        DNSServiceRegisterRecord(
          records, &record, DNSServiceFlags(kDNSServiceFlagsUnique), address.interface, host,
          UInt16(kDNSServiceType_A), UInt16(kDNSServiceClass_IN), UInt16(bytes.count),
          bytes.baseAddress, Self.remembered, { _, _, _, _, _ in }, nil)
      }
    }

    /// One entry of a text record: its length, then the entry.
    private static func entry(_ entry: String) throws -> [UInt8] {
      guard let length = UInt8(exactly: entry.utf8.count) else { throw HostError.Broken }
      return [length] + Array(entry.utf8)
    }

    private func check(_ answer: DNSServiceErrorType) throws {
      if answer != DNSServiceErrorType(kDNSServiceErr_NoError) { throw HostError.Broken }
    }
  }
#endif
