package app.belay.ui

/** The four places of the bottom bar. */
enum class Tab(val root: Route) {
    TODAY(Route.Today),
    JOURNAL(Route.Journal),
    GOALS(Route.Goals),
    PEOPLE(Route.People)
}

/**
 * A screen and what it is about. Saved as text with the process, so arguments are ids and days only,
 * never what somebody wrote.
 */
sealed interface Route {
    data object Today : Route

    /** A new check-in about [on] (null: the present day), or an edit of the one called [edit]. */
    data class CheckIn(val on: String? = null, val edit: String? = null) : Route

    data object Journal : Route

    data class JournalMonth(val month: String) : Route

    /** One entry to read. */
    data class JournalEntry(val name: String) : Route

    /** What an entry said before. */
    data class EntryHistory(val name: String) : Route

    /** The editor: of the entry called [name], or of a new one about [on]; [draft] goes on where one was. */
    data class JournalEditor(val name: String? = null, val on: String? = null, val draft: Long? = null) : Route

    /** Gives a part of an entry: from one place of its text to another, or all of it. */
    data class SharePassage(val name: String, val from: Int = 0, val to: Int = 0) : Route

    data object JournalDeleted : Route

    data object JournalSearch : Route

    data object Goals : Route

    data class Goal(val name: String) : Route

    data object GoalEditor : Route

    /** Says a goal anew. */
    data class GoalEdit(val name: String) : Route

    /** Goals that were put away or let go. */
    data object GoalsAway : Route

    data object People : Route

    data class Partner(val space: String) : Route

    data class WhatTheySee(val space: String) : Route

    /** One's own boundary card towards a partner. */
    data class BoundaryCard(val space: String) : Route

    data class CompareWords(val space: String) : Route

    data object Pair : Route

    data object PairTogether : Route

    data object PairApart : Route

    /** Something that was scanned, typed or opened from a link is taken up here. */
    data object EnterInvitation : Route

    data class OpenInvitation(val id: String) : Route

    /** Age statement and terms, before the first sharing. */
    data object Agreement : Route

    data object Settings : Route

    data object RelaySettings : Route

    data object OwnDevices : Route

    /** Meeting on one network, without a relay. */
    data object Nearby : Route

    /** Sealed letters in a file. */
    data object Bundle : Route

    data object RecoveryWords : Route

    /** What comes back if this phone is gone, and what is missing. */
    data object ComeBack : Route

    data object NewWords : Route

    /** Pieces of the words with trusted people. */
    data object Pieces : Route

    data object SelfCheck : Route

    data object DeleteEverything : Route

    data object HelpNow : Route

    data object TrustedPeople : Route

    data object GroundingSteps : Route
}

private const val SEPARATOR = '|'

/** Text that [routeOf] reads again. */
fun Route.saved(): String = when (this) {
    is Route.CheckIn -> joined("check-in", on, edit)
    is Route.JournalMonth -> joined("journal-month", month)
    is Route.JournalEntry -> joined("journal-entry", name)
    is Route.EntryHistory -> joined("entry-history", name)
    is Route.JournalEditor -> joined("journal-editor", name, on, draft?.toString())
    is Route.SharePassage -> joined("share-passage", name, from.toString(), to.toString())
    is Route.Goal -> joined("goal", name)
    is Route.GoalEdit -> joined("goal-edit", name)
    is Route.Partner -> joined("partner", space)
    is Route.WhatTheySee -> joined("what-they-see", space)
    is Route.BoundaryCard -> joined("boundary-card", space)
    is Route.CompareWords -> joined("compare-words", space)
    is Route.OpenInvitation -> joined("open-invitation", id)
    else -> PLAIN.entries.first { it.value == this }.key
}

/** The screen that was saved as [text]; null for a text of another version. */
fun routeOf(text: String): Route? {
    val parts = text.split(SEPARATOR).map { it.ifEmpty { null } }
    val first = parts.getOrNull(1)
    val second = parts.getOrNull(2)
    val third = parts.getOrNull(3)
    return when (parts[0]) {
        "check-in" -> Route.CheckIn(first, second)
        "journal-month" -> first?.let(Route::JournalMonth)
        "journal-entry" -> first?.let(Route::JournalEntry)
        "entry-history" -> first?.let(Route::EntryHistory)
        "journal-editor" -> Route.JournalEditor(first, second, third?.toLongOrNull())
        "share-passage" -> first?.let { Route.SharePassage(it, second?.toIntOrNull() ?: 0, third?.toIntOrNull() ?: 0) }
        "goal" -> first?.let(Route::Goal)
        "goal-edit" -> first?.let(Route::GoalEdit)
        "partner" -> first?.let(Route::Partner)
        "what-they-see" -> first?.let(Route::WhatTheySee)
        "boundary-card" -> first?.let(Route::BoundaryCard)
        "compare-words" -> first?.let(Route::CompareWords)
        "open-invitation" -> first?.let(Route::OpenInvitation)
        else -> PLAIN[parts[0]]
    }
}

private fun joined(vararg parts: String?): String = parts.joinToString(SEPARATOR.toString()) { it.orEmpty() }

private val PLAIN: Map<String, Route> = mapOf(
    "today" to Route.Today,
    "journal" to Route.Journal,
    "journal-deleted" to Route.JournalDeleted,
    "journal-search" to Route.JournalSearch,
    "goals" to Route.Goals,
    "goal-editor" to Route.GoalEditor,
    "goals-away" to Route.GoalsAway,
    "people" to Route.People,
    "pair" to Route.Pair,
    "pair-together" to Route.PairTogether,
    "pair-apart" to Route.PairApart,
    "enter-invitation" to Route.EnterInvitation,
    "agreement" to Route.Agreement,
    "settings" to Route.Settings,
    "relay-settings" to Route.RelaySettings,
    "own-devices" to Route.OwnDevices,
    "nearby" to Route.Nearby,
    "bundle" to Route.Bundle,
    "recovery-words" to Route.RecoveryWords,
    "come-back" to Route.ComeBack,
    "new-words" to Route.NewWords,
    "pieces" to Route.Pieces,
    "self-check" to Route.SelfCheck,
    "delete-everything" to Route.DeleteEverything,
    "help-now" to Route.HelpNow,
    "trusted-people" to Route.TrustedPeople,
    "grounding-steps" to Route.GroundingSteps
)
