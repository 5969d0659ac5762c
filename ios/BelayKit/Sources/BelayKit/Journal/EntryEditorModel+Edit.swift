import BelayCore

extension EntryEditorModel {
  /// The change that leads from what was shown to what was typed; what did not change is left as it is, so that
  /// what another device changed meanwhile stays.
  func edit(to written: Writing) -> EntryEdit {
    EntryEdit(
      text: change(before.text, written.text) { TextChange(before: before.text, after: $0) },
      title: change(before.title, written.title) { $0.given.map(TitleChange.set(title:)) ?? .clear },
      on: change(before.on, written.on) { $0 } ?? nil,
      tags: change(before.tags, written.tags) { $0 },
      mood: change(before.mood, written.mood) { $0.map(MoodChange.set(mood:)) ?? .clear },
      goals: change(before.goals, written.goals) { $0 })
  }
  private func change<Value: Equatable, Change>(
    _ before: Value, _ after: Value, _ make: (Value) -> Change
  ) -> Change? {
    before == after ? nil : make(after)
  }
}
