import BelayKit
import BelayTesting
import SwiftUI
import Testing

@testable import BelayApp

extension _Page {
  /// Presses a control, as a finger would: one that is not there, or that cannot be pressed, is a finding.
  func press(_ label: String, at place: SourceLocation = #_sourceLocation) {
    guard let control = control(label) else {
      Issue.record("nothing to press is named “\(label)” among:\n\(said)", sourceLocation: place)
      return
    }
    #expect(!control.isDisabled, "“\(label)” cannot be pressed now", sourceLocation: place)
    control.press?()
  }

  /// Types into a field.
  func type(_ text: String, into label: String, at place: SourceLocation = #_sourceLocation) {
    guard let field = control(label), let type = field.type else {
      Issue.record("no field is named “\(label)” among:\n\(said)", sourceLocation: place)
      return
    }
    type(text)
  }

  /// Every control has a name, and no picture stands there that says nothing.
  func expectNamed(_ page: String, at place: SourceLocation = #_sourceLocation) {
    for node in nodes where node.isControl || node.kind == .image {
      #expect(!node.label.isEmpty, "\(page): a \(node.kind) without a name", sourceLocation: place)
    }
  }
}

/// Waits until something holds that other tasks bring about.
@MainActor
func eventually(
  _ what: String, at place: SourceLocation = #_sourceLocation, _ holds: @MainActor () -> Bool
) async {
  for _ in 0..<turns {
    if holds() { return }
    await Task.yield()
    try? await Task.sleep(for: .milliseconds(1))
  }
  Issue.record("never: \(what)", sourceLocation: place)
}

private let turns = 20_000

/// The program around the root, as tests need it.
@MainActor
final class TestHost: AppHost {
  let folder: String
  let shell: RecordingShell
  var locksApp = false
  private(set) var keptRoute: Data?

  init(folder: String, shell: RecordingShell) {
    self.folder = folder
    self.shell = shell
  }

  func lockedHelp() -> HelpNowModel {
    HelpNowModel(
      source: LockedHelp(folder: folder, today: { "2026-11-22" }), language: "en", shell: shell)
  }

  func keep(route: Data?, wakesAtMs: Int64) { keptRoute = route }
}
