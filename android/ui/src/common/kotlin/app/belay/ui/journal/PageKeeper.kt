package app.belay.ui.journal

import app.belay.core.BelayException
import app.belay.ui.Services
import kotlinx.coroutines.launch

/**
 * Keeps what is typed into a page that is no entry: as a draft of the core, with every keystroke, until it is used
 * or emptied. [kind] says which page it is, [about] what it is about, where there are several.
 */
class PageKeeper(private val services: Services, private val kind: String, private val about: String? = null) {
    private var keeper = DraftKeeper(services.core, null)
    private var isUsedUp = false

    /** The page was looked for and found or not: what is typed from now on is kept. */
    private var isBegun = false

    /** What was typed before and not used, or null. That it cannot be read now keeps nobody from typing. */
    suspend fun takeUp(): PageDraft? {
        val found = try {
            services.core.drafts().mapNotNull { draft -> PageDraft.read(draft.text)?.let { draft.id to it } }
                .filter { (_, draft) -> draft.kind == kind && draft[ABOUT] == about.orEmpty() }
        } catch (_: BelayException) {
            emptyList()
        }
        val (id, draft) = found.firstOrNull() ?: (null to null)
        if (id != null) keeper = DraftKeeper(services.core, null, id)
        isBegun = true
        return draft
    }

    /** Keeps [fields] and [body] in place of what was kept; nothing where [isSaid] nothing that is worth keeping. */
    fun keep(isSaid: Boolean, fields: List<Pair<String, String>>, body: String = "") {
        if (!isBegun || isUsedUp) return
        val head = listOfNotNull(about?.let { ABOUT to it }) + fields.filter { it.second.isNotEmpty() }
        val text = PageDraft(kind, head, body).write().takeIf { isSaid }
        val keeper = keeper
        // The shell's scope: leaving the page must not drop the last word.
        services.scope.launch { if (!isUsedUp) keeper.keep(text) }
    }

    /** It was used, or is let go of: nothing is kept of it any more. */
    suspend fun drop() {
        isUsedUp = true
        keeper.keep(null)
    }

    private companion object {
        const val ABOUT = "about"
    }
}
