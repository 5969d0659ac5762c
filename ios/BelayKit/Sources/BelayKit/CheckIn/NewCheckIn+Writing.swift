import BelayCore

extension NewCheckIn {
  /// Nothing said, shared as usual.
  public static var blank: NewCheckIn {
    NewCheckIn(
      on: nil, template: .free, mood: nil, emotions: [], energy: nil, win: nil, struggle: nil,
      plan: nil, need: nil, note: nil, outcomes: [], audience: nil)
  }

  /// What a check-in says, to be changed.
  init(changing view: CheckInView) {
    let said = view.checkIn
    self.init(
      on: said.on, template: said.template, mood: said.mood, emotions: said.emotions,
      energy: said.energy, win: said.win, struggle: said.struggle, plan: said.plan, need: said.need,
      note: said.note, outcomes: [], audience: nil)
  }

  /// The good thing, as a field has it.
  public var winText: String {
    get { win ?? "" }
    set { win = newValue.isEmpty ? nil : newValue }
  }

  /// The hard thing, as a field has it.
  public var struggleText: String {
    get { struggle ?? "" }
    set { struggle = newValue.isEmpty ? nil : newValue }
  }

  /// What comes next, as a field has it.
  public var planText: String {
    get { plan ?? "" }
    set { plan = newValue.isEmpty ? nil : newValue }
  }

  /// Anything else, as a field has it.
  public var noteText: String {
    get { note ?? "" }
    set { note = newValue.isEmpty ? nil : newValue }
  }
}
