import BelayCore

/// The four places of the bottom bar.
public enum Place: String, CaseIterable, Codable, Hashable, Sendable {
  /// The day.
  case today
  /// What was written.
  case journal
  /// What one does.
  case goals
  /// Whom one shares with.
  case people
}

/// A page on top of a place. What stands in here survives the end of the process, so it names things and never
/// says what they hold.
public enum Route: Codable, Hashable, Sendable {
  /// A new check-in; about an earlier day where one is named.
  case checkIn(on: String?)
  /// A check-in that is changed.
  case checkInEdit(name: String)
  /// A new entry; it takes up a kept draft where one is named.
  case newEntry(draft: Int64?, on: String?)
  /// An entry.
  case entry(name: String)
  /// What an entry said before.
  case history(entry: String)
  /// The month of a day, as a calendar.
  case month(of: String)
  /// Entries of the journal, by what stands in them.
  case search
  /// Entries among the deleted ones.
  case deletedEntries
  /// A passage of an entry that is to be shared.
  case sharePassage(entry: String)
  /// A goal.
  case goal(name: String)
  /// A goal that is begun, or changed where one is named.
  case goalEditor(name: String?)
  /// The pauses of a goal, or of all goals.
  case pauses(goal: String?)
  /// The review of a week.
  case week
  /// Goals that were put away or let go.
  case putAway
  /// A partner.
  case partner(space: String)
  /// How a partner may reach the person.
  case boundaryCard(space: String)
  /// Asking for support; somebody is chosen already where one is named.
  case support(space: String?)
  /// What a partner can see.
  case theySee(space: String)
  /// Two people who want to become partners.
  case pairing(PairingWay?)
  /// The four words of a partnership.
  case compare(space: String)
  /// Statement of age and terms, before the first sharing.
  case agreement
  /// Settings.
  case settings
  /// The recovery words.
  case recoveryWords
  /// Whether everything would come back after a loss.
  case recovery
  /// New recovery words.
  case newWords
  /// The words in shares that trusted people keep.
  case shares
  /// One's own devices.
  case ownDevices
  /// Devices that find each other on one network.
  case nearby
  /// What a file carries where no network does.
  case carry
  /// What is where, and who can read it.
  case selfCheck
  /// The end of everything.
  case deleteEverything
  /// Help now.
  case helpNow
  /// The people of one's own on that page.
  case ownHelpers
}

extension Route {
  /// A page of this entry, which goes with it.
  func isAbout(entry name: String) -> Bool {
    self == .entry(name: name) || self == .history(entry: name) || self == .sharePassage(entry: name)
  }
}

/// How two people become partners.
public enum PairingWay: String, Codable, Hashable, Sendable {
  /// Both are here: one shows a code, the other scans it.
  case together
  /// They are apart: words on a call, or a link in a message.
  case apart
}
