package app.belay.ui.testkit

import app.belay.core.AttachmentView
import app.belay.core.BelayCoreInterface
import app.belay.core.BoundaryCardsView
import app.belay.core.ChangeArea
import app.belay.core.ChangeObserver
import app.belay.core.DeviceStandingView
import app.belay.core.DraftView
import app.belay.core.EditorDraftView
import app.belay.core.EntryCursor
import app.belay.core.EntryEditorView
import app.belay.core.EntryQuery
import app.belay.core.GoalFormView
import app.belay.core.GoalNameView
import app.belay.core.GoalPageView
import app.belay.core.GoalRowView
import app.belay.core.GoalView
import app.belay.core.GoalsPageView
import app.belay.core.JournalEntryPageView
import app.belay.core.JournalPageView
import app.belay.core.MonthPageView
import app.belay.core.NoHandle
import app.belay.core.NudgeView
import app.belay.core.PartnerView
import app.belay.core.RelayPageView
import app.belay.core.SetAsideView
import app.belay.core.SharePageView
import app.belay.core.Subscription
import app.belay.core.SupportRequestView
import app.belay.ui.isTogether
import java.lang.reflect.Proxy
import java.util.concurrent.CopyOnWriteArrayList

/** Characters of a month, as in 2026-03. */
private const val MONTH = 7

/**
 * A core for tests of one screen: every call that the test does not answer says so by name.
 *
 *     val core = object : FakeCore() { override suspend fun today() = aQuietEvening }
 */
open class FakeCore : BelayCoreInterface by unanswered() {
    private val observers = CopyOnWriteArrayList<ChangeObserver>()
    private var revision = 0uL

    /** What is kept of half-typed pages, the newest first. */
    val keptDrafts: MutableList<DraftView> = CopyOnWriteArrayList()
    private var lastDraft = 0L

    override fun subscribe(observer: ChangeObserver): Subscription {
        observers += observer
        observer.onChange(emptyList(), emptyList(), revision)
        return FakeSubscription { observers -= observer }
    }

    override suspend fun attachments(entry: String): List<AttachmentView> = emptyList()

    override suspend fun boundaryCards(space: String): BoundaryCardsView =
        BoundaryCardsView(space, "Sam", null, null, null, null)

    override suspend fun nudges(space: String): List<NudgeView> = emptyList()

    override suspend fun supportRequests(): List<SupportRequestView> = emptyList()

    override suspend fun setAside(): List<SetAsideView> = emptyList()

    override suspend fun deviceStanding(): DeviceStandingView = DeviceStandingView.Active

    override suspend fun drafts(): List<DraftView> = keptDrafts.toList()

    override suspend fun keepDraft(about: String?, text: String): Long {
        keptDrafts.add(0, DraftView(++lastDraft, about, EVENING_MS, text))
        return lastDraft
    }

    override suspend fun dropDraft(id: Long) {
        keptDrafts.removeAll { it.id == id }
    }

    /** The page of the list out of its parts, as the real core puts them into one call. */
    override suspend fun journalPage(query: EntryQuery): JournalPageView =
        JournalPageView(TUESDAY, entries(query), emptyList(), drafts(), 0uL)

    /** The page of an entry out of the entry. */
    override suspend fun entryPage(name: String): JournalEntryPageView {
        val view = entry(name)
        val linked = view.entry.goals
        val goals = if (linked.isEmpty()) emptyList() else goals().filter { it.name in linked }
        return JournalEntryPageView(
            TUESDAY,
            view,
            goals.map {
                GoalNameView(it.name, it.goal.title)
            },
            attachments(name)
        )
    }

    /** The editor out of the entry and the drafts. */
    override suspend fun entryEditor(name: String?, on: String?): EntryEditorView {
        val view = name?.let { entry(it) }
        val edited = view?.entry?.editedAtMs
        val kept = drafts().filter { it.about == name }.map { EditorDraftView(it, edited != null && edited > it.atMs) }
        val about = view?.entry?.on ?: on ?: TUESDAY
        val offered = offeredGoals.map { GoalNameView(it.name, it.goal.title) }
        return EntryEditorView(
            TUESDAY,
            about,
            about < TUESDAY,
            view,
            kept,
            offered,
            offeredTags,
            name?.let {
                attachments(it)
            }.orEmpty()
        )
    }

    /** What an editor offers to choose from. */
    open val offeredGoals: List<GoalView> get() = emptyList()
    open val offeredTags: List<String> get() = emptyList()

    /** The page that gives a passage out of the entry and the partners. */
    override suspend fun sharePage(entry: String): SharePageView =
        SharePageView(entry(entry), partners().filter { it.isTogether }, attachments(entry))

    /** The month with its entries out of both. */
    override suspend fun monthPage(day: String?, after: EntryCursor?, limit: UInt?): MonthPageView {
        val first = checkNotNull(day)
        val page = entries(EntryQuery(month = first, after = after, limit = limit))
        return MonthPageView(TUESDAY, month(first), page, first.take(MONTH) < TUESDAY.take(MONTH))
    }

    override suspend fun relayPage(): RelayPageView = RelayPageView(relay(), selfCopy())

    /** The form of a goal out of the partners and the drafts. */
    override suspend fun goalForm(): GoalFormView = GoalFormView(TUESDAY, partners().filter { it.isTogether }, drafts())

    /** The list of goals out of the goals. */
    override suspend fun goalsPage(): GoalsPageView = GoalsPageView(TUESDAY, goals().map { GoalRowView(it, null) })

    /** The page of a goal out of the goal. */
    override suspend fun goalPage(name: String, from: String?, to: String?): GoalPageView =
        goal(name).let { GoalPageView(it, null, TUESDAY, emptyList(), listOfNotNull(it.today), together()) }

    private suspend fun together(): List<PartnerView> = partners().filter { it.isTogether }

    /** Says that something of [areas] is stale, as the core does after a write. */
    fun changed(vararg areas: ChangeArea) {
        revision++
        for (observer in observers) observer.onChange(areas.toList(), emptyList(), revision)
    }
}

private class FakeSubscription(private val onEnd: () -> Unit) : Subscription(NoHandle) {
    override fun cancel() = onEnd()

    override fun close() = onEnd()
}

private fun unanswered(): BelayCoreInterface = Proxy.newProxyInstance(
    BelayCoreInterface::class.java.classLoader,
    arrayOf(BelayCoreInterface::class.java)
) { _, method, _ -> error("the fake core does not answer ${method.name}()") } as BelayCoreInterface
