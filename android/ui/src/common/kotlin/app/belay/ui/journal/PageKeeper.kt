package app.belay.ui.journal

import app.belay.core.BelayException
import app.belay.core.DraftView
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
    var isBegun: Boolean = false
        private set

    /** What was typed before and not used, or null. That it cannot be read now keeps nobody from typing. */
    suspend fun takeUp(): PageDraft? {
        val drafts = try {
            services.core.drafts()
        } catch (_: BelayException) {
            emptyList()
        }
        return takeUp(drafts)
    }

    /** The same of [drafts], where they came with the page. */
    fun takeUp(drafts: List<DraftView>): PageDraft? {
        val (id, draft) = drafts.firstNotNullOfOrNull { kept ->
            val draft = PageDraft.read(kept.text)?.takeIf { it.kind == kind && it[ABOUT] == about.orEmpty() }
            draft?.let { kept.id to it }
        } ?: (null to null)
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
