// swift-format-ignore-file
// (what stands here is named by Apple, and documented there; the answers come from a network of this program alone)
import Foundation

public typealias DNSServiceRef = OpaquePointer
public typealias DNSRecordRef = OpaquePointer
public typealias DNSServiceFlags = UInt32
public typealias DNSServiceProtocol = UInt32
public typealias DNSServiceErrorType = Int32

public let kDNSServiceErr_NoError = 0
public let kDNSServiceErr_NoAuth = -65555
public let kDNSServiceFlagsAdd = 0x2
public let kDNSServiceFlagsUnique = 0x20
public let kDNSServiceProtocol_IPv4 = 0x01
public let kDNSServiceProtocol_IPv6 = 0x02
public let kDNSServiceType_A = 1
public let kDNSServiceClass_IN = 1

public typealias DNSServiceRegisterReply = @convention(c) (
  DNSServiceRef?, DNSServiceFlags, DNSServiceErrorType, UnsafePointer<CChar>?, UnsafePointer<CChar>?,
  UnsafePointer<CChar>?, UnsafeMutableRawPointer?
) -> Void
public typealias DNSServiceResolveReply = @convention(c) (
  DNSServiceRef?, DNSServiceFlags, UInt32, DNSServiceErrorType, UnsafePointer<CChar>?, UnsafePointer<CChar>?,
  UInt16, UInt16, UnsafePointer<UInt8>?, UnsafeMutableRawPointer?
) -> Void
public typealias DNSServiceGetAddrInfoReply = @convention(c) (
  DNSServiceRef?, DNSServiceFlags, UInt32, DNSServiceErrorType, UnsafePointer<CChar>?,
  UnsafePointer<sockaddr>?, UInt32, UnsafeMutableRawPointer?
) -> Void
public typealias DNSServiceRegisterRecordReply = @convention(c) (
  DNSServiceRef?, DNSRecordRef?, DNSServiceFlags, DNSServiceErrorType, UnsafeMutableRawPointer?
) -> Void

/// What waits for a queue to answer on; nobody is answered after their reference is gone.
private final class Waiting: @unchecked Sendable {
  static let shared = Waiting()
  private let lock = NSLock()
  private var answers: [OpaquePointer: () -> Void] = [:]

  func put(_ reference: OpaquePointer, _ answer: @escaping () -> Void) {
    lock.withLock { answers[reference] = answer }
  }
  func take(_ reference: OpaquePointer) -> (() -> Void)? {
    lock.withLock { answers.removeValue(forKey: reference) }
  }
}

private func made() -> OpaquePointer {
  OpaquePointer(UnsafeMutableRawPointer.allocate(byteCount: 1, alignment: 1))
}

@discardableResult
public func DNSServiceSetDispatchQueue(_ service: DNSServiceRef!, _ queue: DispatchQueue!) -> DNSServiceErrorType {
  nonisolated(unsafe) let reference = service!
  queue.async { Waiting.shared.take(reference)?() }
  return 0
}

public func DNSServiceRefDeallocate(_ sdRef: DNSServiceRef!) {
  _ = Waiting.shared.take(sdRef)
  _Air.shared.take(sdRef)
}

@discardableResult
public func DNSServiceCreateConnection(_ sdRef: UnsafeMutablePointer<DNSServiceRef?>!) -> DNSServiceErrorType {
  sdRef.pointee = made()
  return 0
}

@discardableResult
public func DNSServiceRegisterRecord(
  _ sdRef: DNSServiceRef!, _ RecordRef: UnsafeMutablePointer<DNSRecordRef?>!, _ flags: DNSServiceFlags,
  _ interfaceIndex: UInt32, _ fullname: UnsafePointer<CChar>!, _ rrtype: UInt16, _ rrclass: UInt16,
  _ rdlen: UInt16, _ rdata: UnsafeRawPointer!, _ ttl: UInt32, _ callBack: DNSServiceRegisterRecordReply!,
  _ context: UnsafeMutableRawPointer!
) -> DNSServiceErrorType { 0 }

@discardableResult
public func DNSServiceRegister(
  _ sdRef: UnsafeMutablePointer<DNSServiceRef?>!, _ flags: DNSServiceFlags, _ interfaceIndex: UInt32,
  _ name: UnsafePointer<CChar>!, _ regtype: UnsafePointer<CChar>!, _ domain: UnsafePointer<CChar>!,
  _ host: UnsafePointer<CChar>!, _ port: UInt16, _ txtLen: UInt16, _ txtRecord: UnsafeRawPointer!,
  _ callBack: DNSServiceRegisterReply!, _ context: UnsafeMutableRawPointer!
) -> DNSServiceErrorType {
  if _Air.shared.refuses != 0 { return _Air.shared.refuses }
  let reference = made()
  sdRef.pointee = reference
  // A length before each entry, as on the wire.
  var record = UnsafeRawBufferPointer(start: txtRecord, count: Int(txtLen))[...]
  var text: [String: String] = [:]
  while let length = record.popFirst() {
    let entry = String(decoding: record.prefix(Int(length)), as: UTF8.self)
    record = record.dropFirst(Int(length))
    let parts = entry.split(separator: "=", maxSplits: 1).map(String.init)
    text[parts[0]] = parts[1]
  }
  _Air.shared.show(
    _Air.Shown(
      name: String(cString: name), kind: String(cString: regtype), host: host.map { String(cString: $0) },
      port: UInt16(bigEndian: port), text: text), as: reference)
  return 0
}

@discardableResult
public func DNSServiceResolve(
  _ sdRef: UnsafeMutablePointer<DNSServiceRef?>!, _ flags: DNSServiceFlags, _ interfaceIndex: UInt32,
  _ name: UnsafePointer<CChar>!, _ regtype: UnsafePointer<CChar>!, _ domain: UnsafePointer<CChar>!,
  _ callBack: DNSServiceResolveReply!, _ context: UnsafeMutableRawPointer!
) -> DNSServiceErrorType {
  let reference = made()
  sdRef.pointee = reference
  let (name, callBack, context) = (String(cString: name), callBack!, context)
  Waiting.shared.put(reference) {
    guard let shown = _Air.shared.find(name) else { return }
    callBack(reference, 0, 1, 0, name, shown.host, shown.port.bigEndian, 0, nil, context)
  }
  return 0
}

/// Every host of the stand-in's network is this machine, by both kinds of address.
@discardableResult
public func DNSServiceGetAddrInfo(
  _ sdRef: UnsafeMutablePointer<DNSServiceRef?>!, _ flags: DNSServiceFlags, _ interfaceIndex: UInt32,
  _ protocol: DNSServiceProtocol, _ hostname: UnsafePointer<CChar>!, _ callBack: DNSServiceGetAddrInfoReply!,
  _ context: UnsafeMutableRawPointer!
) -> DNSServiceErrorType {
  let reference = made()
  sdRef.pointee = reference
  let (hostname, callBack, context) = (String(cString: hostname), callBack!, context)
  Waiting.shared.put(reference) {
    var six = sockaddr_in6()
    six.sin6_family = sa_family_t(AF_INET6)
    inet_pton(AF_INET6, "fe80::1", &six.sin6_addr)
    six.sin6_scope_id = interfaceIndex
    var four = sockaddr_in()
    four.sin_family = sa_family_t(AF_INET)
    inet_pton(AF_INET, "127.0.0.1", &four.sin_addr)
    let tell = { (address: UnsafePointer<sockaddr>) in
      callBack(reference, DNSServiceFlags(kDNSServiceFlagsAdd), interfaceIndex, 0, hostname, address, 120, context)
    }
    withUnsafePointer(to: &six) { $0.withMemoryRebound(to: sockaddr.self, capacity: 1, tell) }
    withUnsafePointer(to: &four) { $0.withMemoryRebound(to: sockaddr.self, capacity: 1, tell) }
  }
  return 0
}
