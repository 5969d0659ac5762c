package app.belay.ui.journal

import app.belay.core.BelayException
import app.belay.core.EntryCursor
import app.belay.core.FoundEntryView
import app.belay.core.GoalView
import app.belay.core.SearchPageView
import app.belay.core.Snippet
import app.belay.core.SnippetPart
import app.belay.ui.Route
import app.belay.ui.Services
import app.belay.ui.testkit.Shot
import app.belay.ui.testkit.Shots
import app.belay.ui.testkit.goalView
import app.belay.ui.testkit.testServices

/** A piece of text; what stands between stars was found. */
fun snippet(text: String, before: Boolean = false, after: Boolean = false): Snippet = Snippet(
    text.split('*').mapIndexed { at, part -> SnippetPart(part, at % 2 == 1) }.filter { it.text.isNotEmpty() },
    before,
    after
)

/** What "walk" finds in somebody's weeks. */
val walks: List<FoundEntryView> = listOf(
    FoundEntryView(
        entryLine("e1", title = "The long way home", mood = 4, tags = listOf("walk", "work")),
        snippet("The long way home"),
        snippet("*Walked* home along the river instead of taking the bus. Thought about what Sam said", after = true)
    ),
    FoundEntryView(
        entryLine("e7", on = "2026-02-19", mood = 3),
        null,
        snippet(
            "meant to stay in, then Mira rang and we *walked* to the lake and back. Nobody said much. " +
                "The *walk* was the talking",
            before = true
        )
    ),
    FoundEntryView(
        entryLine("e8", on = "2025-11-02", title = "Before the walk", late = true),
        snippet("Before the *walk*"),
        snippet("Shoes by the door, so that tomorrow has one decision fewer.")
    )
)

/** A journal that is searched: what the question holds decides what is found. */
open class SearchedCore(private val finds: List<FoundEntryView> = walks) : JournalCore() {
    /** Every question that was asked. */
    val questions = mutableListOf<String>()
    var refusal: BelayException? = null

    override val offeredTags: List<String> get() = listOf("walk", "work", "family", "what helped")
    override val offeredGoals: List<GoalView>
        get() = listOf(goalView("g1", "A walk before work"), goalView("g2", "Call Jonas on Sundays"))

    override suspend fun search(question: String, after: EntryCursor?, limit: UInt?): SearchPageView {
        questions += question
        refusal?.let { throw it }
        return SearchPageView(if ("walk" in question) finds else emptyList(), null)
    }
}

private fun searching(name: String, core: () -> SearchedCore, act: SearchModel.() -> Unit) = Shot(name) { shell ->
    val services: Services = testServices(core(), shell)
    SearchScreen(services, SearchModel(services, shell.scope).apply(act))
}

/** The pictures of the search. */
val searchShots: List<Shot> = listOf(
    Shots.app("search-begin", { SearchedCore() }, Route.Journal, Route.JournalSearch),
    searching("search", { SearchedCore() }) { type("walk") },
    searching("search-narrowed", { SearchedCore() }) {
        type("walk")
        toggleMood(4)
        toggleTag("work")
        from("2026-01-01")
    },
    searching("search-choices", { SearchedCore() }) {
        toggleMood(4)
        toggleTag("walk")
        narrow()
    },
    searching("search-nothing", { SearchedCore() }) {
        type("harbour")
        toggleMood(1)
    },
    searching("search-not-meant", {
        SearchedCore().apply { refusal = BelayException.InvalidInput("on", "not_a_day") }
    }) {
        type("on:2026-02-31")
    }
)
