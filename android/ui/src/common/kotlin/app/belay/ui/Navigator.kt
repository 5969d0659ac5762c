package app.belay.ui

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateMapOf
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue

/**
 * The back stack: one list of screens a place of the bottom bar. Back leaves a screen, then goes to Today,
 * then out of the app.
 */
class Navigator(saved: List<String> = emptyList()) {
    /** The place that is shown. */
    var tab: Tab by mutableStateOf(Tab.TODAY)
        private set

    private val stacks = mutableStateMapOf<Tab, List<Route>>()

    init {
        restore(saved)
    }

    /** The screens of the shown place, the root first. */
    val stack: List<Route> get() = stackOf(tab)

    /** The screen that is shown. */
    val current: Route get() = stack.last()

    /** Every screen that can be come back to; models of all others may go. */
    val alive: Set<Route> get() = Tab.entries.flatMapTo(mutableSetOf(), ::stackOf)

    /** Whether [back] would stay in the app. */
    val canGoBack: Boolean get() = stack.size > 1 || tab != Tab.TODAY

    /** Shows [route] above the present screen; the same screen twice is once. */
    fun go(route: Route) {
        val root = Tab.entries.firstOrNull { it.root == route }
        if (root != null) return show(root)
        if (current != route) stacks[tab] = stack - route + route
    }

    /** Shows a place; a tap on the place one is in goes to its beginning. */
    fun show(place: Tab) {
        if (place == tab) stacks[tab] = listOf(place.root)
        tab = place
    }

    /** Leaves the present screen. False when there is nothing to go back to. */
    fun back(): Boolean {
        if (stack.size > 1) {
            stacks[tab] = stack.dropLast(1)
            return true
        }
        val leaves = tab == Tab.TODAY
        tab = Tab.TODAY
        return !leaves
    }

    /** Takes [route] out wherever it stands: what it was about is gone. */
    fun drop(route: Route) {
        for (place in Tab.entries) {
            val kept = stackOf(place).filter { it != route }
            if (kept.isNotEmpty()) stacks[place] = kept
        }
    }

    /** Shows [route] in place of the present screen. */
    fun replace(route: Route) {
        if (stack.size > 1) stacks[tab] = stack.dropLast(1)
        go(route)
    }

    /** Texts that the next process can be begun with. */
    fun saved(): List<String> = listOf(tab.name) + Tab.entries.map { place ->
        (listOf(place.name) + stackOf(place).drop(1).map(Route::saved)).joinToString(" ")
    }

    private fun restore(saved: List<String>) {
        tab = Tab.entries.firstOrNull { it.name == saved.firstOrNull() } ?: Tab.TODAY
        for (line in saved.drop(1)) {
            val parts = line.split(' ')
            val place = Tab.entries.firstOrNull { it.name == parts.first() } ?: continue
            stacks[place] = listOf(place.root) + parts.drop(1).mapNotNull(::routeOf)
        }
    }

    private fun stackOf(place: Tab): List<Route> = stacks[place] ?: listOf(place.root)
}
