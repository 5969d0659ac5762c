import BelayKit
import BelayWords
import SwiftUI

extension View {
  /// The lifebuoy that stands on every page, and on every page over it.
  func helpInReach(_ services: Services, from layer: Layer = .page) -> some View {
    toolbar {
      ToolbarItem(placement: .primaryAction) {
        Button {
          services.router.askForHelp(from: layer)
        } label: {
          Label(services.words.commonHelpNow, systemImage: "lifepreserver")
        }
      }
    }
  }

  /// Shows help over this layer, where it was asked for from here. What lies below stays as it was.
  func helpShown(_ services: Services, on layer: Layer) -> some View {
    let router = services.router
    let shown = Binding(
      get: { router.help?.layer == layer },
      set: { if !$0, router.help?.layer == layer { router.putHelpAway() } })
    return sheet(isPresented: shown) { HelpSheet(services: services) }
  }
}

/// A sheet of a page, with the way to help.
struct WithHelp<Content: View>: View {
  let services: Services
  let content: Content

  init(_ services: Services, @ViewBuilder content: () -> Content) {
    self.services = services
    self.content = content()
  }

  var body: some View {
    NavigationStack { content.helpInReach(services, from: .sheet) }
      .helpShown(services, on: .sheet)
  }
}

/// Help now, and one's own people on it.
struct HelpSheet: View {
  let services: Services

  var body: some View {
    NavigationStack {
      Group {
        if services.router.help?.editsOwn == true {
          Holding(OwnHelpersModel(services)) { OwnHelpersScreen(model: $0) }
        } else {
          Holding(help) { HelpNowScreen(model: $0, editOwn: { services.router.editOwnHelpers() }) }
        }
      }
      .toolbar {
        ToolbarItem(placement: .cancellationAction) {
          Button(services.words.commonClose) { services.router.putHelpAway() }
        }
      }
    }
  }

  private var help: HelpNowModel {
    HelpNowModel(
      source: OpenHelp(services.core), language: services.language, shell: services.shell)
  }
}
