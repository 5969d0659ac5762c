import Foundation
import Observation

/// Where the person is: a place of the bottom bar, the pages on top of each, and at most one page over all.
@MainActor
@Observable
public final class Router {
  /// All of it, as it is kept over the end of the process.
  private struct Kept: Codable {
    var place: Place
    var paths: [Place: [Route]]
    var over: Route?
    var help: Help?
  }

  /// The chosen place.
  public var place: Place = .today
  /// A page over all others, as a sheet: Help now, pairing, a check-in.
  public var over: Route?
  /// Help now, over the layer it was asked for from; all that lies below stays as it was.
  public private(set) var help: Help?
  private var paths: [Place: [Route]] = [:]

  /// Begins at Today.
  public init() {}

  /// The pages on top of a place, outermost last.
  public subscript(place: Place) -> [Route] {
    get { paths[place] ?? [] }
    set { paths[place] = newValue }
  }

  /// The page the person sees, where it is not a place's own.
  public var current: Route? {
    help.map { $0.editsOwn ? .ownHelpers : .helpNow } ?? over ?? self[place].last
  }

  /// Goes to a page on top of the present place. The page that is already there is not put on itself.
  public func go(_ route: Route) {
    guard self[place].last != route else { return }
    self[place].append(route)
  }

  /// Shows Help now over a layer.
  public func askForHelp(from layer: Layer) {
    help = Help(layer: layer)
  }

  /// Goes on from Help now to one's own people there.
  public func editOwnHelpers() {
    help?.editsOwn = true
  }

  /// Closes Help now; what was below is there as it was.
  public func putHelpAway() {
    help = nil
  }

  /// Puts a page over everything.
  public func present(_ route: Route) {
    over = route
  }

  /// Chooses a place; choosing the present one goes back to its beginning.
  public func choose(_ place: Place) {
    if self.place == place { self[place] = [] }
    self.place = place
  }

  /// Goes one page back. Nothing happens at the beginning of a place.
  public func back() {
    if help != nil {
      help = nil
    } else if over != nil {
      over = nil
    } else if !self[place].isEmpty {
      self[place].removeLast()
    }
  }

  /// Goes back to the beginning of the present place, with nothing over it.
  public func home() {
    help = nil
    over = nil
    self[place] = []
  }

  /// Takes a page's place by another: what was filled in there is over.
  public func replace(with route: Route) {
    if over != nil {
      over = route
    } else if self[place].isEmpty {
      self[place] = [route]
    } else {
      self[place][self[place].count - 1] = route
    }
  }

  /// Lets a page be another one from now on, wherever it stands.
  public func exchange(_ old: Route, for new: Route) {
    guard old != new else { return }
    for place in Place.allCases where self[place].contains(old) {
      self[place] = self[place].map { $0 == old ? new : $0 }
    }
    if over == old { over = new }
  }

  /// Takes out every page that shows something which is no more.
  public func forget(where gone: (Route) -> Bool) {
    for place in Place.allCases { self[place].removeAll(where: gone) }
    if let over, gone(over) { self.over = nil }
  }

  /// All of it as text, to be kept over the end of the process. It names things and tells nothing of them.
  public var kept: Data {
    get {
      let encoder = JSONEncoder()
      encoder.outputFormatting = .sortedKeys
      return (try? encoder.encode(Kept(place: place, paths: paths, over: over, help: help))) ?? Data()
    }
    set {
      // What another version kept may not be readable here; then the person begins at Today.
      guard let kept = try? JSONDecoder().decode(Kept.self, from: newValue) else { return }
      place = kept.place
      paths = kept.paths
      over = kept.over
      // The sheet of a page does not come back by itself.
      help = kept.help
      if help?.layer == .sheet { help?.layer = over == nil ? .page : .over }
    }
  }
}
