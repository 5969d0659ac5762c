package app.belay.ui.checkin

import app.belay.core.BelayCoreInterface
import app.belay.core.CheckInDraftView
import app.belay.core.CheckInField
import app.belay.core.CheckInFormView
import app.belay.core.CheckInTemplate
import app.belay.core.CheckInTemplateView
import app.belay.core.Emotion
import app.belay.core.FormPartnerView
import app.belay.core.NewCheckIn
import app.belay.core.OutcomePreviewView
import app.belay.core.OutcomeStatus
import app.belay.core.PartOfDay
import app.belay.core.PreviewView
import app.belay.core.SharedOutcome
import app.belay.core.questions
import app.belay.ui.Navigator
import app.belay.ui.Route
import app.belay.ui.Services
import app.belay.ui.testkit.EVENING_MS
import app.belay.ui.testkit.FakeCore
import app.belay.ui.testkit.MIRA_SPACE
import app.belay.ui.testkit.SAM_SPACE
import app.belay.ui.testkit.Shot
import app.belay.ui.testkit.Shots
import app.belay.ui.testkit.TUESDAY
import app.belay.ui.testkit.goalView
import app.belay.ui.testkit.sharedCheckIn
import app.belay.ui.testkit.theirs
import app.belay.ui.today.todayView

private val usual = listOf(CheckInField.MOOD, CheckInField.WIN, CheckInField.NEED)

/** The page of a new check-in this evening, in the language the core has content in. */
fun formView(
    language: String = "en",
    draft: NewCheckIn? = null,
    partners: List<FormPartnerView> = listOf(
        FormPartnerView(SAM_SPACE, "Sam", usual, null, paused = false, wordsDiffer = false),
        FormPartnerView(MIRA_SPACE, "Mira", listOf(CheckInField.MOOD), null, paused = false, wordsDiffer = false)
    )
): CheckInFormView = CheckInFormView(
    on = TUESDAY,
    today = TUESDAY,
    late = false,
    partOfDay = PartOfDay.EVENING,
    template = CheckInTemplate.EVENING,
    templates = CheckInTemplate.entries.map { CheckInTemplateView(it, questions(it, language)) },
    emotions = listOf(Emotion.CALM, Emotion.GRATEFUL, Emotion.DRAINED) +
        Emotion.entries.filterNot { it in listOf(Emotion.CALM, Emotion.GRATEFUL, Emotion.DRAINED) },
    goals = listOf(goalView("walk", "Walk before work", OutcomeStatus.DONE), goalView("screen", "Screen off at ten")),
    partners = partners,
    audience = partners.filterNot { it.paused || it.wordsDiffer }
        .associate { it.space to (it.presentFields ?: it.usualFields) },
    draft = draft?.let { CheckInDraftView(EVENING_MS, it) },
    about = null,
    checkIns = emptyList()
)

/** A page half filled in. */
val halfFilled = NewCheckIn(
    on = TUESDAY,
    template = CheckInTemplate.EVENING,
    mood = 4u,
    emotions = listOf(Emotion.CALM, Emotion.GRATEFUL),
    win = "Called my sister",
    struggle = "The afternoon was long, and I wanted to give up on the walk."
)

private val seen = listOf(
    PreviewView(
        SAM_SPACE,
        "Sam",
        usual,
        sharedCheckIn(mood = 4, emotions = emptyList(), struggle = null, win = "Called my sister", need = null),
        listOf(
            OutcomePreviewView(
                "Walk before work",
                SharedOutcome(TUESDAY, OutcomeStatus.DONE, false, theirs(EVENING_MS, "21:00"), null, null)
            )
        )
    ),
    PreviewView(
        MIRA_SPACE,
        "Mira",
        listOf(CheckInField.MOOD),
        sharedCheckIn(mood = 4, emotions = emptyList(), struggle = null, need = null),
        emptyList()
    )
)

private class Page(private val draft: NewCheckIn?, private val alone: Boolean = false) : FakeCore() {
    override suspend fun checkInForm(on: String?, about: String?, language: String): CheckInFormView {
        val form = formView(language, draft)
        return if (alone) form.copy(partners = emptyList(), audience = emptyMap()) else form
    }

    override suspend fun today() = todayView()

    override suspend fun keepCheckInDraft(new: NewCheckIn, about: String?) = Unit

    override suspend fun previewCheckIn(new: NewCheckIn): List<PreviewView> =
        if (new.mood == null || alone) emptyList() else seen
}

private fun page(draft: NewCheckIn? = halfFilled, alone: Boolean = false): BelayCoreInterface = Page(draft, alone)

/** The page in the states a person meets. */
val checkInShots: List<Shot> = listOf(
    Shots.app("check-in", { page() }, Route.CheckIn()),
    Shots.app("check-in-empty", { page(draft = null, alone = true) }, Route.CheckIn()),
    Shot("check-in-preview") { shell ->
        val services = Services(page(), shell, Navigator())
        CheckInScreen(services, CheckInModel(services, shell.scope, Route.CheckIn()).apply { previewOf = SAM_SPACE })
    }
)
