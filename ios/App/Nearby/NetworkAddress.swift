import Foundation

/// An address of this device, on one of its networks.
struct NetworkAddress: Equatable {
  /// The number of the network's interface.
  let interface: UInt32
  /// The address of the older kind, four bytes; the core listens on no other.
  let bytes: [UInt8]

  /// Where others on a network can call this device: no mobile connection, no tunnel, not the device itself.
  static func reachable() -> [NetworkAddress] {
    var first: UnsafeMutablePointer<ifaddrs>?
    guard getifaddrs(&first) == 0 else { return [] }
    defer { freeifaddrs(first) }
    return sequence(first: first, next: { $0?.pointee.ifa_next }).compactMap { at in
      at.flatMap { address(of: $0.pointee) }
    }
  }

  private static func address(of one: ifaddrs) -> NetworkAddress? {
    let flags = UInt32(one.ifa_flags)
    let (wanted, other) = (
      UInt32(IFF_UP) | UInt32(IFF_MULTICAST), UInt32(IFF_LOOPBACK) | UInt32(IFF_POINTOPOINT)
    )
    guard flags & wanted == wanted, flags & other == 0, let address = one.ifa_addr,
      Int32(address.pointee.sa_family) == AF_INET
    else { return nil }
    return address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
      NetworkAddress(
        interface: if_nametoindex(one.ifa_name),
        bytes: withUnsafeBytes(of: $0.pointee.sin_addr) { Array($0) })
    }
  }

  /// An address with a port, as the core reads it: `192.168.1.7:40123`, `[fe80::1%3]:40123`; `nil` for any other kind.
  static func text(of address: UnsafePointer<sockaddr>, port: UInt16) -> String? {
    switch Int32(address.pointee.sa_family) {
    case AF_INET:
      address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
        text(AF_INET, $0.pointee.sin_addr).map { "\($0):\(port)" }
      }
    case AF_INET6:
      address.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { six in
        let scope = six.pointee.sin6_scope_id
        return text(AF_INET6, six.pointee.sin6_addr).map {
          "[\($0)\(scope == 0 ? "" : "%\(scope)")]:\(port)"
        }
      }
    default: nil
    }
  }

  private static func text<Address>(_ family: Int32, _ address: Address) -> String? {
    var signs = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    let written = withUnsafePointer(to: address) {
      inet_ntop(family, $0, &signs, socklen_t(signs.count))
    }
    return written.map { String(cString: $0) }
  }
}
