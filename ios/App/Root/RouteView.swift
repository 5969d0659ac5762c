import BelayKit
import SwiftUI

/// A place's own page. It keeps its model as long as it stands.
struct PlaceView: View {
  let place: Place
  let services: Services

  var body: some View {
    switch place {
    case .today: Holding(TodayModel(services)) { TodayScreen(model: $0) }
    case .journal: Holding(JournalModel(services)) { JournalScreen(model: $0) }
    case .goals: Holding(GoalsModel(services)) { GoalsScreen(model: $0) }
    case .people: Holding(PeopleModel(services)) { PeopleScreen(model: $0) }
    }
  }
}

/// The page a route names.
struct RouteView: View {
  let route: Route
  let app: AppModel
  let services: Services

  var body: some View {
    switch route {
    case .checkIn(let on):
      Holding(CheckInModel(services, .new(on: on))) { CheckInScreen(model: $0) }
    case .checkInEdit(let name):
      Holding(CheckInModel(services, .edit(name))) { CheckInScreen(model: $0) }
    case .newEntry(let draft, let on):
      Holding(EntryEditorModel(services, .new(on: on, draft: draft))) { EntryScreen(model: $0) }
    case .entry(let name):
      Holding(EntryEditorModel(services, .change(name))) { EntryScreen(model: $0) }
    case .history(let entry):
      Holding(HistoryModel(services, entry)) { HistoryScreen(model: $0) }
    case .month(let day): Holding(MonthModel(services, of: day)) { MonthScreen(model: $0) }
    case .search: Holding(SearchModel(services)) { SearchScreen(model: $0) }
    case .deletedEntries:
      Holding(DeletedEntriesModel(services)) { DeletedEntriesScreen(model: $0) }
    case .sharePassage(let entry):
      Holding(SharePassageModel(services, entry)) { SharePassageScreen(model: $0) }
    case .goal, .goalEditor, .pauses, .putAway, .week: goalPage
    case .boundaryCard(let space):
      Holding(BoundaryCardModel(services, space)) { BoundaryCardScreen(model: $0) }
    case .support(let space): Holding(SupportModel(services, space)) { SupportScreen(model: $0) }
    case .partner, .theySee, .pairing, .compare, .agreement: peoplePage
    case .recovery, .newWords, .shares: recoveryPage
    case .settings, .recoveryWords, .ownDevices, .nearby, .carry, .selfCheck, .deleteEverything: settingsPage
    case .helpNow:
      Holding(
        HelpNowModel(
          source: OpenHelp(services.core), language: services.language, shell: services.shell)
      ) { model in
        HelpNowScreen(model: model, editOwn: { services.router.replace(with: .ownHelpers) })
      }
    case .ownHelpers: Holding(OwnHelpersModel(services)) { OwnHelpersScreen(model: $0) }
    }
  }

  @ViewBuilder private var peoplePage: some View {
    switch route {
    case .partner(let space):
      Holding(PartnerModel(services, space)) { PartnerScreen(model: $0) }
    case .theySee(let space):
      Holding(TheySeeModel(services, space)) { TheySeeScreen(model: $0) }
    case .pairing(let way):
      Holding(PairingModel(services, way)) { PairingScreen(model: $0, keeper: app.near) }
    case .compare(let space): Holding(CompareModel(services, space)) { CompareScreen(model: $0) }
    default: Holding(AgreementModel(services)) { AgreementScreen(model: $0) }
    }
  }

  @ViewBuilder private var goalPage: some View {
    switch route {
    case .goal(let name): Holding(GoalModel(services, name)) { GoalScreen(model: $0) }
    case .goalEditor(let name):
      Holding(GoalEditorModel(services, name)) { GoalEditorScreen(model: $0) }
    case .pauses(let goal): Holding(PausesModel(services, goal)) { PausesScreen(model: $0) }
    case .week: Holding(WeekModel(services)) { WeekScreen(model: $0) }
    default: Holding(PutAwayModel(services)) { PutAwayScreen(model: $0) }
    }
  }

  @ViewBuilder private var recoveryPage: some View {
    switch route {
    case .newWords: Holding(NewWordsModel(services)) { NewWordsScreen(model: $0) }
    case .shares: Holding(SharesModel(services)) { SharesScreen(model: $0) }
    default: Holding(RecoveryModel(services)) { RecoveryScreen(model: $0) }
    }
  }

  @ViewBuilder private var settingsPage: some View {
    switch route {
    case .recoveryWords:
      Holding(RecoveryWordsModel(services)) { RecoveryWordsScreen(model: $0) }
    case .ownDevices:
      Holding(OwnDevicesModel(services)) { model in
        Holding(app.handingOver(services)) {
          OwnDevicesScreen(model: model, keeper: app.near, handOver: $0)
        }
      }
    case .carry: Holding(BundleModel(services)) { BundleScreen(model: $0) }
    case .nearby: NearbyScreen(services: services, keeper: app.near)
    case .selfCheck: Holding(SelfCheckModel(services)) { SelfCheckScreen(model: $0) }
    case .deleteEverything:
      Holding(DeleteEverythingModel(services, left: app.left)) {
        DeleteEverythingScreen(model: $0)
      }
    default:
      Holding(SettingsModel(services, app.near)) { SettingsScreen(model: $0, app: app) }
    }
  }
}

/// Keeps a model for as long as its page stands, however often the page is drawn again.
struct Holding<Model: AnyObject, Content: View>: View {
  @State private var model: Model
  private let content: (Model) -> Content

  init(_ model: @autoclosure () -> Model, @ViewBuilder content: @escaping (Model) -> Content) {
    _model = State(initialValue: model())
    self.content = content
  }

  var body: some View { content(model) }
}

extension View {
  /// Loads a page when it appears and keeps it fresh as long as it is shown.
  func keptFresh<Model: PageModel>(_ model: Model) -> some View {
    task { await model.follow() }
  }
}
