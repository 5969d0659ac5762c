import BelayCore
import BelayKit
import BelayWords
import SwiftUI

/// What stands between the person and their store. Help stays in reach whatever it is.
struct OpeningScreen: View {
  let app: AppModel
  let host: AppHost
  @State private var asksForHelp = false
  @State private var asksToErase = false
  @State private var joins = false
  @State private var restores = false
  @State private var typed = TypedWords()
  private var words: any Words { app.words }

  var body: some View {
    Group {
      if joins || app.opening.opening == .waiting {
        Holding(app.joining()) { model in
          JoinScreen(
            model: model, words: words,
            joined: { core, needsNearby in
              enter(core)
              if needsNearby { app.services?.router.present(.nearby) }
            }, back: turnBack)
        }
      } else if restores {
        Holding(app.restoring()) { model in
          RestoreScreen(model: model, words: words, restored: enter, back: turnBack)
        }
      } else if app.opening.opening == .welcome {
        Holding(app.beginning()) { model in
          OnboardingScreen(
            model: model, words: words,
            made: { core in
              host.locksApp = model.locksApp
              enter(core)
              // Once they are written down nothing is lost with this phone; it may be put off.
              app.services?.router.present(.recoveryWords)
            }, joins: { joins = true }, restores: { restores = true })
        }
      } else {
        PageScroll {
          page
          if let trouble = app.opening.trouble { ProblemCard(problem: trouble, words: words) }
        }
      }
    }
    .safeAreaInset(edge: .bottom) {
      // Whatever stands here, the welcome and a further phone too.
      Button(words.commonHelpNow) { asksForHelp = true }
        .buttonStyle(QuietButton(.sky)).padding(Tokens.Spaces.m)
    }
    .sheet(isPresented: $asksForHelp) {
      Holding(host.lockedHelp()) { HelpNowScreen(model: $0, close: { asksForHelp = false }) }
    }
    .confirmationDialog(
      words.onboardingBeginAnewTitle, isPresented: $asksToErase, titleVisibility: .visible
    ) {
      Button(words.onboardingBeginAnewYes, role: .destructive) {
        Task { await app.opening.eraseNow() }
      }
      Button(words.onboardingKeepIt, role: .cancel) {}
    } message: {
      Text(words.onboardingBeginAnewBody)
    }
  }

  @ViewBuilder private var page: some View {
    switch app.opening.opening {
    case .looking, .open, .welcome, .waiting: SlowLoading(text: words.commonLoading)
    case .passphrase:
      PassphrasePage(app: app)
      Button(words.onboardingUnlockForgotten) { asksToErase = true }.buttonStyle(QuietButton())
    case .locked:
      let problem = Problem(BelayError.Locked, words)
      ProblemCard(problem: problem, words: words)
      again
    case .keyLost:
      Heading(words.onboardingKeyLostTitle)
      Text(words.onboardingKeyLostBody)
      Text(words.onboardingKeyLostKeep)
      Note(words.onboardingKeyLostLaterVersion)
      WordsField(name: words.recoverySharesWords, typed: typed, words: words)
      SecureField(words.onboardingPassphrase, text: passphrase).frame(minHeight: Tokens.target)
      Button(words.recoveryOpenWords) { Task { await openWithWords() } }
        .buttonStyle(MainButton()).disabled(app.opening.busy || typed.isBlank)
      Button(words.onboardingKeyLostAgain) { Task { await start() } }.buttonStyle(MainButton())
      erase
    case .newer:
      Heading(words.onboardingNewerTitle)
      Text(words.onboardingNewerBody)
      again
    case .gone:
      Heading(words.onboardingGoneTitle)
      Text(words.onboardingGoneBody)
      Button(words.commonClose) { Task { await start() } }.buttonStyle(MainButton())
    case .damaged(let place):
      Heading(words.onboardingDamagedTitle)
      Text(words.onboardingDamagedBody)
      Note(words.onboardingDamagedWhere(place: place))
      Button(words.onboardingDamagedBegin) { Task { await start() } }.buttonStyle(MainButton())
    case .beingDeleted(let left):
      Heading(words.onboardingGoingTitle)
      Text(words.onboardingGoingBody)
      if let left {
        Note(words.onboardingGoingLeft(count: Int(left.envelopes + left.erasures)))
        if !left.troubles.isEmpty { Note(words.onboardingGoingOffline) }
      }
      Button(words.onboardingGoingFinish) { Task { await app.opening.finishDeleting() } }
        .buttonStyle(MainButton()).disabled(app.opening.busy)
      Button(words.onboardingGoingWithout) { asksToErase = true }.buttonStyle(QuietButton(.clay))
      Note(words.onboardingGoingWithoutHelp)
    case .stuck(let problem):
      ProblemCard(problem: problem, words: words)
      again
    }
  }

  private var again: some View {
    Button(words.onboardingTryAgain) { Task { await start() } }
      .buttonStyle(MainButton()).disabled(app.opening.busy)
  }

  private var erase: some View {
    Button(words.onboardingBeginAnew) { asksToErase = true }.buttonStyle(QuietButton(.clay))
  }

  private var passphrase: Binding<String> {
    let opening = app.opening
    return Binding(get: { opening.passphrase }, set: { opening.passphrase = $0 })
  }

  private func openWithWords() async {
    await app.opening.open(words: typed.text)
    if app.opening.opening == .open { typed.forget() }
    app.enter()
  }

  private func enter(_ core: any BelayCoreProtocol) {
    joins = false
    restores = false
    app.opening.opened(core)
    app.enter()
  }

  private func turnBack() {
    joins = false
    restores = false
    Task { await start() }
  }

  private func start() async {
    await app.opening.start()
    app.enter()
  }
}

/// The passphrase.
struct PassphrasePage: View {
  let app: AppModel
  private var words: any Words { app.words }

  var body: some View {
    Heading(words.onboardingUnlockTitle)
    Text(words.onboardingUnlockBody)
    SecureField(words.onboardingPassphrase, text: typed).frame(minHeight: Tokens.target)
    Button(words.onboardingUnlock) {
      Task {
        await app.opening.unlock()
        app.enter()
      }
    }
    .buttonStyle(MainButton()).disabled(app.opening.busy)
  }

  private var typed: Binding<String> {
    let opening = app.opening
    return Binding(get: { opening.passphrase }, set: { opening.passphrase = $0 })
  }
}
