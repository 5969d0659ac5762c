import BelayCore
import BelayKit
import BelayWords
import SwiftUI

/// Devices that find each other on one network, as a page of its own.
struct NearbyScreen: View {
  let services: Services
  let keeper: NearKeeper?

  var body: some View {
    PageScroll {
      Text(services.words.nearbyKeepOnDevice)
      NearbySection(services: services, keeper: keeper)
    }
    .navigationTitle(services.words.nearbyTitle)
  }
}

/// The switch, and who was met that way; part of any page that it matters on.
struct NearbySection: View {
  let services: Services
  let keeper: NearKeeper?

  var body: some View {
    Holding(NearbyModel(services, keeper)) { NearbySwitch(model: $0) }
  }
}

/// The switch over its model.
struct NearbySwitch: View {
  let model: NearbyModel
  private var words: any Words { model.services.words }

  var body: some View {
    VStack(alignment: .leading, spacing: Tokens.Spaces.m) {
      LoadableView(page: model.page, words: words, retry: model.retry) { nearby in
        Toggle(words.nearbySwitch, isOn: isOn(nearby)).frame(minHeight: Tokens.target)
        Note(words.nearbySwitchHelp)
        if nearby.on { state(nearby) }
      }
      TroubleBar(model: model)
    }
    .keptFresh(model)
  }

  @ViewBuilder private func state(_ nearby: NearbyView) -> some View {
    if let problem = model.keeper?.problem {
      ProblemCard(problem: problem, words: words)
    } else {
      Note(words.nearbyLooking)
    }
    if nearby.met.isEmpty { Note(words.nearbyNobodyMet) }
    ForEach(Array(model.met.enumerated()), id: \.offset) { _, line in Text(line) }
    if model.keeper?.brokeOff == true { Note(words.nearbyCutShort) }
  }

  private func isOn(_ nearby: NearbyView) -> Binding<Bool> {
    let model = model
    return Binding(get: { nearby.on }, set: { on in Task { await model.set(on) } })
  }
}
