import BelayCore
import BelayKit
import BelayWords
import SwiftUI

/// Pause in one tap and silently; leave and block in two, and nobody asks why.
struct PartnerBoundaries: View {
  let model: PartnerModel
  let partner: PartnerView
  private var words: any Words { model.services.words }

  var body: some View {
    VStack(alignment: .leading, spacing: Tokens.Spaces.m) {
      Heading(words.peopleBoundariesTitle)
      if partner.isTogether {
        if partner.paused {
          Button(words.peopleResumeTitle(name: partner.name)) { Task { await model.resume() } }
            .buttonStyle(MainButton())
        } else {
          Button(words.peoplePause) { Task { await model.pause() } }.buttonStyle(QuietButton())
          Note(words.peoplePauseHelp(name: partner.name))
        }
        Toggle(words.nearbyPartnerSwitch(name: partner.name), isOn: meets)
          .frame(minHeight: Tokens.target)
        Note(words.nearbyPartnerSwitchHelp)
        Button(words.peopleLeave(name: partner.name)) { model.question = .leave }
          .buttonStyle(QuietButton(.clay))
      }
      if partner.standing != .blocked {
        Button(words.peopleBlock(name: partner.name)) { model.question = .block }
          .buttonStyle(QuietButton(.clay))
      }
      if !partner.isTogether {
        Button(words.peopleRemoveTheirs) { model.question = .removeTheirs }
          .buttonStyle(QuietButton(.clay))
      }
      if let removed = model.removed { Note(words.peopleRemoved(count: Int(removed))) }
    }
    .confirmationDialog(title, isPresented: asked, titleVisibility: .visible) {
      answers
    } message: {
      Text(explanation)
    }
  }

  private var meets: Binding<Bool> {
    let (model, partner) = (model, partner)
    return Binding(
      get: { partner.meetsNearby }, set: { on in Task { await model.meetNearby(on) } })
  }

  private var asked: Binding<Bool> {
    let model = model
    return Binding(get: { model.question != nil }, set: { if !$0 { model.question = nil } })
  }

  @ViewBuilder private var answers: some View {
    switch model.question {
    case .whatWaited:
      Button(words.peopleResumeShare) { Task { await model.resume(.share) } }
      Button(words.peopleResumeKeep) { Task { await model.resume(.keep) } }
    case .leave:
      Button(words.peopleLeaveYes, role: .destructive) { Task { await model.leave() } }
    case .block:
      Button(words.peopleBlockYes, role: .destructive) { Task { await model.block() } }
    case .removeTheirs:
      Button(words.peopleRemoveTheirsYes, role: .destructive) {
        Task { await model.removeTheirs() }
      }
    case nil: EmptyView()
    }
    Button(words.peopleStay, role: .cancel) { model.question = nil }
  }

  private var title: String {
    switch model.question {
    case .whatWaited: words.peopleResumeTitle(name: partner.name)
    case .leave: words.peopleLeaveTitle(name: partner.name)
    case .block: words.peopleBlockTitle(name: partner.name)
    case .removeTheirs: words.peopleRemoveTheirsTitle(name: partner.name)
    case nil: ""
    }
  }

  private var explanation: String {
    switch model.question {
    case .whatWaited(let count): words.peopleResumeWaited(count: Int(count))
    case .leave: words.peopleLeaveBody(name: partner.name)
    case .block: words.peopleBlockBody(name: partner.name)
    case .removeTheirs: words.peopleRemoveTheirsBody(name: partner.name)
    case nil: ""
    }
  }
}
