import BelayKit
import BelayWords
import SwiftUI

/// The whole app: the lock, what stands before the store, then the four places.
struct RootView: View {
  let app: AppModel
  let host: AppHost
  @Environment(\.scenePhase) private var phase

  var body: some View {
    Group {
      if app.isLocked {
        LockedScreen(app: app, host: host)
      } else if let services = app.services {
        PlacesView(app: app, services: services)
      } else {
        OpeningScreen(app: app, host: host)
      }
    }
    .overlay {
      // What the system keeps as a picture for its list of programs shows nothing of the person's.
      if phase != .active { Color.page.ignoresSafeArea() }
    }
    .tint(Color.mine)
    .task { await app.start() }
    .onChange(of: phase) { _, phase in
      Task {
        switch phase {
        case .active: app.cameForward()
        case .background:
          await app.wentBehind()
          host.keep(route: app.services?.router.kept, wakesAtMs: await app.wakesAtMs())
        case .inactive: break
        @unknown default: break
        }
      }
    }
  }
}

/// The app lock is shut: nothing of the person's is shown, and help stays in reach.
struct LockedScreen: View {
  let app: AppModel
  let host: AppHost
  @State private var asksForHelp = false

  var body: some View {
    VStack(spacing: Tokens.Spaces.xl) {
      Spacer()
      Image(systemName: "lock").font(.display).foregroundStyle(Color.ink2)
        .accessibilityHidden(true)
      Heading(app.words.onboardingUnlockTitle)
      Button(app.words.onboardingUnlock) { Task { await app.unlock() } }.buttonStyle(MainButton())
      Spacer()
      Button(app.words.commonHelpNow) { asksForHelp = true }.buttonStyle(QuietButton(.sky))
    }
    .padding(Tokens.Spaces.xl)
    .frame(maxWidth: .infinity, maxHeight: .infinity)
    .background(Color.page)
    .foregroundStyle(Color.ink)
    .sheet(isPresented: $asksForHelp) {
      Holding(host.lockedHelp()) { HelpNowScreen(model: $0, close: { asksForHelp = false }) }
    }
  }
}
