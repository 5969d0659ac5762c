package app.belay.ui.help

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import app.belay.core.TrustedChannel
import app.belay.core.TrustedPerson
import app.belay.ui.Loadable
import app.belay.ui.Problem
import app.belay.ui.Services
import app.belay.ui.attempt
import app.belay.ui.journal.PageKeeper
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.launch

/**
 * The people one would call: names and numbers in the order in which they are shown, and whether whoever holds the
 * device may see them while Belay is locked.
 */
class TrustedPeopleModel(private val services: Services, private val scope: CoroutineScope) {
    private val core = services.core
    private var kept = PageKeeper(services, KIND)

    /** Whether the rows can be shown. */
    var state: Loadable<Unit> by mutableStateOf(Loadable.Loading)
        private set

    /** The rows, as typed. */
    var rows: List<TrustedRow> by mutableStateOf(emptyList())
        private set

    /** Own people are shown while Belay is locked. */
    var shownLocked: Boolean by mutableStateOf(false)
        private set

    /** Why it could not be saved; everything stays as it was typed. */
    var problem: Problem? by mutableStateOf(null)
        private set

    /** It was saved. */
    var saved: Boolean by mutableStateOf(false)
        private set

    private var next = 0

    init {
        reload()
    }

    /** Reads the rows. */
    fun reload() {
        state = Loadable.Loading
        scope.launch {
            val problem = attempt(services.words) {
                val page = core.helpNow(services.platform.region, services.words.languageTag)
                val before = kept.takeUp()?.fields.orEmpty().mapNotNull { (_, text) -> read(text) }
                rows = before.ifEmpty { page.own.map { row(it.name, it.address, it.channel, it.note) } }
                    .ifEmpty { listOf(row()) }
                shownLocked = page.ownShownWhileLocked
                state = Loadable.Ready(Unit)
            }
            problem?.let { state = Loadable.Failed(it) }
        }
    }

    /** Takes what was typed into a row. */
    fun change(row: TrustedRow) = edit { rows -> rows.map { if (it.id == row.id) row else it } }

    /** Adds an empty row. */
    fun add() = edit { it + row() }

    /** Takes a row away. */
    fun remove(row: TrustedRow) = edit { rows -> rows.filter { it.id != row.id } }

    /** Moves a row one up. */
    fun moveUp(row: TrustedRow) = edit { rows ->
        val at = rows.indexOfFirst { it.id == row.id }
        if (at <= 0) rows else rows.toMutableList().apply { add(at - 1, removeAt(at)) }
    }

    /** Writes the rows that have something in them; the core says what is missing in them. */
    fun save() = write {
        core.saveTrustedPeople(rows.filterNot { it.isEmpty }.map(TrustedRow::person))
        kept.drop()
        kept = PageKeeper(services, KIND).apply { takeUp() }
        saved = true
    }

    /** Agrees to show own people while Belay is locked, or takes that back at once. */
    fun showLocked(shown: Boolean) = write {
        core.setOwnPeopleShownLocked(shown)
        shownLocked = shown
    }

    private fun edit(change: (List<TrustedRow>) -> List<TrustedRow>) {
        saved = false
        problem = null
        rows = change(rows)
        kept.keep(true, rows.map { ROW to it.written() })
    }

    private fun write(command: suspend () -> Unit) {
        scope.launch { problem = attempt(services.words) { command() } }
    }

    private fun read(text: String): TrustedRow? {
        val parts = text.split(TAB)
        val channel = TrustedChannel.entries.firstOrNull { it.name == parts.first() }
        if (channel == null || parts.size != PARTS) return null
        val (_, name, address, note) = parts
        return row(name, address, channel, note)
    }

    private fun row(
        name: String = "",
        address: String = "",
        channel: TrustedChannel = TrustedChannel.CALL,
        note: String? = null
    ) = TrustedRow(next++, name, address, channel, note.orEmpty())
}

private const val KIND = "own-people"
private const val ROW = "row"
private const val TAB = "\t"
private const val PARTS = 4

/** One of the own people, as typed. */
data class TrustedRow(
    val id: Int,
    val name: String,
    val address: String,
    val channel: TrustedChannel,
    val note: String
) {
    /** Nothing was typed. */
    val isEmpty: Boolean get() = name.isBlank() && address.isBlank() && note.isBlank()

    /** As the core takes it. */
    fun person(): TrustedPerson = TrustedPerson(name, channel, address, note.ifBlank { null })

    /** As one line; nothing of it is a tab. */
    internal fun written(): String = listOf(channel.name, name, address, note).joinToString(TAB) {
        it.replace(TAB, " ")
    }

    /** Neither name nor number. */
    override fun toString(): String = "TrustedRow($id)"
}
