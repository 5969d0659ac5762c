package app.belay.ui.help

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import app.belay.core.CountryView
import app.belay.core.CrisisLineView
import app.belay.core.HelpNowView
import app.belay.core.TrustedPersonView
import app.belay.ui.Loadable
import app.belay.ui.Shell
import app.belay.ui.attempt
import java.text.Collator
import java.util.Locale
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.launch

/**
 * The Help page. It is made of what lies on this device, so it works offline and while Belay is locked; nothing
 * that is opened or called here is written anywhere.
 */
class HelpModel(
    private val shell: Shell,
    private val source: HelpSource,
    private val scope: CoroutineScope,
    /** Opens the page where own people are chosen; `null` while Belay is locked. */
    val choosePeople: (() -> Unit)? = null,
    /** Opens the grounding steps. */
    val ground: () -> Unit
) {
    /** What the page shows. */
    var state: Loadable<HelpNowView> by mutableStateOf(Loadable.Loading)
        private set

    /** The countries to pick from, while one is being picked. */
    var picking: List<Country>? by mutableStateOf(null)
        private set

    /** What is typed to find a country. */
    var search: String by mutableStateOf("")
        private set

    /** The lines whose sources are unfolded. */
    var unfolded: Set<CrisisLineView> by mutableStateOf(emptySet())
        private set

    /** What was just done, in words. */
    var said: String? by mutableStateOf(null)
        private set

    private val language: String get() = shell.words.languageTag

    init {
        reload()
    }

    /** Reads the page. */
    fun reload() = read { source.page(shell.platform.region, language) }

    /** Own people stay hidden because Belay is locked and nobody agreed to show them. */
    fun hidesOwn(page: HelpNowView): Boolean = source.locked && !page.ownShownWhileLocked

    /** Calls or writes to one of the own people. */
    fun reach(person: TrustedPersonView) {
        val number = person.dial
        if (number == null) shell.platform.copy(person.name, person.address) else shell.platform.dial(number)
    }

    /** Opens the dialler, a message or the page of a line; the person makes the last tap. */
    fun reach(line: CrisisLineView) {
        val platform = shell.platform
        val dial = line.dial
        val textTo = line.textTo
        when {
            dial != null -> platform.dial(dial)
            textTo != null -> platform.message(textTo, line.textWord.orEmpty())
            line.address.startsWith("https://") -> platform.openPage(line.address)
            else -> copy(line)
        }
    }

    /** Puts an address on the clipboard. */
    fun copy(line: CrisisLineView) {
        shell.platform.copy(line.organisation, line.address)
        said = shell.words.helpCopied
    }

    /** Shows or hides where a line comes from. */
    fun toggleSources(line: CrisisLineView) {
        unfolded = if (line in unfolded) unfolded - line else unfolded + line
    }

    /** Begins to pick a country. */
    fun pick() {
        search = ""
        val order = Collator.getInstance(shell.locale)
        picking = source.countries().map { Country(it.code, name(it)) }.sortedWith { one, other ->
            order.compare(one.name, other.name)
        }
    }

    /** Takes what is typed to find a country. */
    fun search(text: String) {
        search = text
    }

    /** The countries that fit what is typed. */
    fun found(): List<Country> {
        val typed = search.trim()
        return picking.orEmpty().filter { it.name.contains(typed, ignoreCase = true) }
    }

    /** Shows a country. */
    fun choose(country: Country) {
        picking = null
        scope.launch {
            show { source.pick(country.code, language) }
            // The page is there. That the choice could not be kept for the next time needs nobody's attention now.
            attempt(shell.words) { source.keep(country.code) }
        }
    }

    /** Turns back from picking a country. */
    fun closeCountries() {
        picking = null
    }

    /** A country's name in the person's language. */
    fun name(country: CountryView): String =
        Locale.Builder().setRegion(country.code).build().getDisplayCountry(shell.locale).ifBlank { country.name }

    private fun read(page: suspend () -> HelpNowView) {
        scope.launch { show(page) }
    }

    private suspend fun show(page: suspend () -> HelpNowView) {
        val problem = attempt(shell.words) { state = Loadable.Ready(page()) }
        if (problem != null && state !is Loadable.Ready) state = Loadable.Failed(problem)
    }
}

/** A country to pick, named in the person's language. */
data class Country(val code: String, val name: String)
