/// What lies over what.
public enum Layer: String, Codable, Hashable, Sendable {
  /// The pages of the four places.
  case page
  /// The page over them all.
  case over
  /// A sheet that belongs to a page.
  case sheet
}

/// Help now, over what the person was at.
public struct Help: Codable, Hashable, Sendable {
  /// What it lies over.
  public var layer: Layer
  /// One's own people are being chosen there.
  public var editsOwn = false
}
