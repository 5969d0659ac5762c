import BelayCore
import Foundation

/// Amounts as a person writes and reads them. The core counts in whole thousandths.
enum Amounts {
  private static let decimals = 3
  private static let thousand: Int64 = 1000

  /// What was typed, with a point or a comma; what is no amount the core's own words say.
  static func thousandths(_ typed: String) throws -> Int64 {
    let parts = typed.trimmed.split(
      maxSplits: 1, omittingEmptySubsequences: false, whereSeparator: { $0 == "." || $0 == "," })
    let digits = { (part: Substring) in !part.isEmpty && part.allSatisfy { $0.isASCII && $0.isNumber } }
    guard let whole = parts.first, parts.allSatisfy(digits) else { throw refused("not_an_amount") }
    let rest = parts.count > 1 ? String(parts[1]) : ""
    guard rest.count <= decimals else { throw refused("too_many_decimals") }
    let filled = rest + String(repeating: "0", count: decimals - rest.count)
    guard let all = Int64(String(whole) + filled) else { throw refused("out_of_range") }
    return all
  }

  /// As a field shows it for changing: `2.5`, without zeros that say nothing.
  static func typed(_ thousandths: Int64) -> String {
    let (whole, rest) = thousandths.quotientAndRemainder(dividingBy: thousand)
    guard rest > 0 else { return String(whole) }
    var digits = String(rest)
    digits = String(repeating: "0", count: decimals - digits.count) + digits
    while digits.last == "0" { digits.removeLast() }
    return "\(whole).\(digits)"
  }

  private static func refused(_ rule: String) -> BelayError {
    .InvalidInput(field: "amount", rule: rule)
  }
}

extension Spoken {
  /// An amount in the person's own way: "2,5".
  public func amount(_ thousandths: Int64) -> String {
    let formatter = NumberFormatter()
    formatter.locale = locale
    formatter.numberStyle = .decimal
    formatter.maximumFractionDigits = 3
    return formatter.string(from: NSDecimalNumber(value: thousandths).dividing(by: 1000))
      ?? Amounts.typed(thousandths)
  }
}
