import BelayCore
import BelayWords

extension CheckInModel {
  /// What a partner sees of it, in one line for their chip.
  public func sentence(for partner: FormPartnerView) -> String {
    let words = services.words
    if partner.wordsDiffer { return words.checkInSeesWordsDiffer(name: partner.name) }
    if partner.paused { return words.checkInSeesPaused(name: partner.name) }
    let seen = seen(by: partner)
    if seen.isEmpty { return words.checkInSeesNothing(name: partner.name) }
    return words.checkInSees(name: partner.name, what: words.list(seen))
  }

  /// Whether a part of the check-in says nothing so far.
  public func isEmpty(_ field: CheckInField) -> Bool { !writing.filledFields.contains(field) }

  /// The parts of it that would say something to a partner. Before anything is said it is what they may see.
  private func seen(by partner: FormPartnerView) -> [String] {
    let words = services.words
    guard !previews.isEmpty else { return fields(for: partner.space).map(words.word) }
    guard let preview = preview(for: partner.space) else { return [] }
    let fields = (preview.checkIn?.filledFields ?? []).map(words.word)
    let goals = preview.outcomes.count
    return goals == 0 ? fields : fields + [words.checkInGoalsCount(count: goals)]
  }
}

extension SharedCheckIn {
  /// The fields that say something, in the order of the form.
  public var filledFields: [CheckInField] {
    let said: [CheckInField: Bool] = [
      .mood: mood != nil, .emotions: !emotions.isEmpty, .energy: energy != nil, .win: win != nil,
      .struggle: struggle != nil, .plan: plan != nil, .need: need != nil, .note: note != nil,
    ]
    return CheckInField.all.filter { said[$0] == true }
  }
}

extension NewCheckIn {
  /// The fields that say something, in the order of the form.
  public var filledFields: [CheckInField] {
    let said: [CheckInField: Bool] = [
      .mood: mood != nil, .emotions: !emotions.isEmpty, .energy: energy != nil,
      .win: !winText.isBlank, .struggle: !struggleText.isBlank, .plan: !planText.isBlank,
      .need: need != nil, .note: !noteText.isBlank,
    ]
    return CheckInField.all.filter { said[$0] == true }
  }
}

extension PreviewView {
  /// Nothing of it would be seen.
  public var isEmpty: Bool { checkIn == nil && outcomes.isEmpty }
}
