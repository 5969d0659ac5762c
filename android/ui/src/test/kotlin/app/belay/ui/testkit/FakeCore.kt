package app.belay.ui.testkit

import app.belay.core.BelayCoreInterface
import app.belay.core.ChangeArea
import app.belay.core.ChangeObserver
import app.belay.core.DraftView
import app.belay.core.EntryQuery
import app.belay.core.GoalPageView
import app.belay.core.GoalRowView
import app.belay.core.GoalsPageView
import app.belay.core.JournalPageView
import app.belay.core.NoHandle
import app.belay.core.Subscription
import java.lang.reflect.Proxy
import java.util.concurrent.CopyOnWriteArrayList

/**
 * A core for tests of one screen: every call that the test does not answer says so by name.
 *
 *     val core = object : FakeCore() { override suspend fun today() = aQuietEvening }
 */
open class FakeCore : BelayCoreInterface by unanswered() {
    private val observers = CopyOnWriteArrayList<ChangeObserver>()
    private var revision = 0uL

    /** What is kept of half-typed pages, the newest first. */
    val keptDrafts = mutableListOf<DraftView>()
    private var lastDraft = 0L

    override fun subscribe(observer: ChangeObserver): Subscription {
        observers += observer
        observer.onChange(emptyList(), emptyList(), revision)
        return FakeSubscription { observers -= observer }
    }

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

    /** The list of goals out of the goals. */
    override suspend fun goalsPage(): GoalsPageView = GoalsPageView(TUESDAY, goals().map { GoalRowView(it, null) })

    /** The page of a goal out of the goal. */
    override suspend fun goalPage(name: String, from: String?, to: String?): GoalPageView =
        goal(name).let { GoalPageView(it, null, TUESDAY, emptyList(), listOfNotNull(it.today)) }

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
