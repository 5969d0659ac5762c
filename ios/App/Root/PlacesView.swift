import BelayKit
import BelayWords
import SwiftUI

/// The four places, each with the pages on top of it, and at most one page over all.
struct PlacesView: View {
  let app: AppModel
  let services: Services
  @Environment(\.horizontalSizeClass) private var width

  var body: some View {
    Group {
      if width == .regular { wide } else { narrow }
    }
    .safeAreaInset(edge: .top) {
      Holding(StandingModel(services)) { RemovedBanner(model: $0) }
    }
    .helpShown(services, on: .page)
    .sheet(isPresented: overShown) {
      if let route = services.router.over {
        NavigationStack {
          RouteView(route: route, app: app, services: services)
            .id(route)
            .helpInReach(services, from: .over)
            .toolbar {
              ToolbarItem(placement: .cancellationAction) {
                Button(services.words.commonClose) { services.router.back() }
              }
            }
        }
        .helpShown(services, on: .over)
      }
    }
  }

  /// A phone: a bar below.
  private var narrow: some View {
    TabView(selection: chosen) {
      ForEach(Place.allCases, id: \.self) { place in
        stack(place)
          .tabItem { Label(name(of: place), systemImage: picture(of: place)) }
          .tag(place)
      }
    }
  }

  /// A tablet: the places beside the page.
  private var wide: some View {
    NavigationSplitView {
      List {
        ForEach(Place.allCases, id: \.self) { place in
          Button {
            services.router.choose(place)
          } label: {
            Label(name(of: place), systemImage: picture(of: place))
          }
          .accessibilityAddTraits(place == services.router.place ? .isSelected : [])
        }
      }
    } detail: {
      stack(services.router.place)
    }
  }

  private func stack(_ place: Place) -> some View {
    let router = services.router
    let path = Binding(get: { router[place] }, set: { router[place] = $0 })
    return NavigationStack(path: path) {
      PlaceView(place: place, services: services)
        .navigationTitle(name(of: place))
        .helpInReach(services)
        .navigationDestination(for: Route.self) { route in
          RouteView(route: route, app: app, services: services).helpInReach(services)
        }
    }
    .safeAreaInset(edge: .bottom) {
      // The journal's own page has it by itself.
      if let offer = services.undoing.offer, place != .journal || !router[.journal].isEmpty {
        UndoBar(text: services.words.sentence(offer.deed), undo: services.words.commonUndo) {
          Task { try? await services.undoing.takeBack() }
        }
      }
    }
  }

  private var chosen: Binding<Place> {
    let router = services.router
    return Binding(get: { router.place }, set: { router.choose($0) })
  }

  private var overShown: Binding<Bool> {
    let router = services.router
    return Binding(get: { router.over != nil }, set: { if !$0 { router.over = nil } })
  }

  private func name(of place: Place) -> String {
    switch place {
    case .today: services.words.commonToday
    case .journal: services.words.commonJournal
    case .goals: services.words.commonGoals
    case .people: services.words.commonPeople
    }
  }

  private func picture(of place: Place) -> String {
    switch place {
    case .today: "sun.horizon"
    case .journal: "book"
    case .goals: "mountain.2"
    case .people: "person.2"
    }
  }
}
