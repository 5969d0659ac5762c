#if canImport(UIKit)
  import BelayKit
  import Network
  import SwiftUI
  import UIKit

  /// Belay on a phone.
  @main
  struct BelayApp: App {
    @State private var program = Program()

    var body: some Scene {
      WindowGroup {
        RootView(app: program.app, host: program)
          .onOpenURL { program.open($0) }
      }
    }
  }

  /// The program: where the store lies, which shell it has, and what is woken in the background.
  @MainActor
  final class Program: AppHost {
    let app: AppModel
    private let shell = PhoneShell()
    private let folder = StoreFolder()
    private let cover = PrivacyCover()
    private let choices = UserDefaults.standard
    private let network = NWPathMonitor()

    init() {
      let door = LocalStoreDoor(
        folder: folder.path, clock: SystemHost(), secrets: KeychainSecrets(), log: SystemLog())
      let choices = choices
      app = AppModel(
        door: door, shell: shell, language: Language.chosen,
        kept: choices.data(forKey: Choice.route) ?? Data(), discovery: BonjourDiscovery(),
        anotherDiscovery: { BonjourDiscovery() },
        locksApp: { choices.bool(forKey: Choice.appLock) },
        setLock: { choices.set($0, forKey: Choice.appLock) })
      BackgroundSync.register { [weak app] in
        guard let app else { return false }
        let reached = await app.syncOnce()
        BackgroundSync.ask(atMs: await app.wakesAtMs())
        return reached
      }
      watchTime()
      watchNetwork()
    }

    /// Midnight, another zone, a clock that was set: what is shown looks again.
    private func watchTime() {
      // Both ends live as long as the program.
      _ = NotificationCenter.default.addObserver(
        forName: UIApplication.significantTimeChangeNotification, object: nil, queue: .main
      ) { [weak app] _ in
        MainActor.assumeIsolated { app?.timeMoved() }
      }
    }

    /// Another way to the network: what rested after a failure tries again at once.
    private func watchNetwork() {
      network.pathUpdateHandler = { [weak app] path in
        guard path.status == .satisfied else { return }
        Task { @MainActor in app?.networkChanged() }
      }
      network.start(queue: .global(qos: .utility))
    }

    var locksApp: Bool {
      get { choices.bool(forKey: Choice.appLock) }
      set { choices.set(newValue, forKey: Choice.appLock) }
    }

    func lockedHelp() -> HelpNowModel {
      HelpNowModel(
        source: LockedHelp(folder: folder.path, today: { CivilToday.text() }),
        language: Language.chosen, shell: shell)
    }

    func keep(route: Data?, wakesAtMs: Int64) {
      choices.set(route, forKey: Choice.route)
      folder.protect()
      BackgroundSync.ask(atMs: wakesAtMs)
    }

    /// A link that somebody sent: the page where it can be answered, with the link typed in. Nothing is accepted by
    /// opening a link. A file that another program hands over is copied and opened.
    func open(_ link: URL) {
      if link.isFileURL {
        if let copy = FilePicker.copy(of: link) { app.open(file: copy) }
        return
      }
      app.open(invitation: link.absoluteString)
    }

    private enum Choice {
      static let route = "route"
      static let appLock = "app-lock"
    }
  }

  /// The person's present day while Belay is locked: the phone's own calendar day, which decides no more than whether a
  /// number was checked within a year.
  enum CivilToday {
    static func text() -> String {
      let formatter = DateFormatter()
      formatter.calendar = Calendar(identifier: .gregorian)
      formatter.locale = Locale(identifier: "en_US_POSIX")
      formatter.dateFormat = "yyyy-MM-dd"
      return formatter.string(from: Date())
    }
  }

  /// The language of the texts: the first of the person's that there are texts in.
  enum Language {
    static var chosen: String { Locale.preferredLanguages.first ?? "en" }
  }
#endif
