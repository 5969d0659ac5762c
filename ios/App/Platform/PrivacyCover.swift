#if canImport(UIKit)
  import SwiftUI
  import UIKit

  /// Covers every window while the app is not in front, so that the picture the system keeps for its list of programs
  /// shows nothing of the person's: sheets and dialogs, too, which lie above the root's own view.
  @MainActor
  final class PrivacyCover {
    private var cover: UIWindow?

    init() {
      watch(UIScene.willDeactivateNotification) { $0.cover(over: $1) }
      watch(UIScene.didActivateNotification) { cover, _ in cover.cover = nil }
    }

    private func watch(
      _ name: Notification.Name, _ react: @escaping @MainActor (PrivacyCover, UIWindowScene?) -> Void
    ) {
      _ = NotificationCenter.default.addObserver(forName: name, object: nil, queue: .main) {
        [weak self] notification in
        nonisolated(unsafe) let scene = notification.object
        MainActor.assumeIsolated {
          if let self { react(self, scene as? UIWindowScene) }
        }
      }
    }

    private func cover(over scene: UIWindowScene?) {
      guard let scene else { return }
      let window = UIWindow(windowScene: scene)
      window.windowLevel = .alert + 1
      window.rootViewController = UIHostingController(rootView: Color.page.ignoresSafeArea())
      window.isHidden = false
      cover = window
    }
  }
#endif
