package app.belay.ui.journal

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import app.belay.core.AttachmentStateView
import app.belay.core.AttachmentView
import app.belay.core.ChangeArea
import app.belay.core.DocName
import app.belay.core.NewPassage
import app.belay.core.PartnerView
import app.belay.core.PassagePreviewView
import app.belay.core.SpaceId
import app.belay.ui.Loadable
import app.belay.ui.Problem
import app.belay.ui.Route
import app.belay.ui.Services
import app.belay.ui.attachments.AttachmentsModel
import app.belay.ui.attempt
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.launch

/** Gives a passage of an entry to a partner: which words, to whom, exactly what they will see, then yes. */
class ShareModel(
    private val services: Services,
    private val scope: CoroutineScope,
    private val entry: DocName,
    from: Int,
    to: Int
) {
    private val core = services.core

    /** What is attached to the entry, for its small pictures. */
    val attached = AttachmentsModel(services, scope, entry)
    private var reading: Job? = null
    private var previewing: Job? = null

    /** The entry's text and the partners it could go to. */
    var state: Loadable<ShareChoice> by mutableStateOf(Loadable.Loading)
        private set

    /** The chosen partner's space. */
    var space: SpaceId? by mutableStateOf(null)
        private set

    /** What goes along, in the order it was attached; nothing unless somebody says so. */
    var along: List<DocName> by mutableStateOf(emptyList())
        private set

    /** What they would see, as the core says it. */
    var preview: Loadable<PassagePreviewView>? by mutableStateOf(null)
        private set

    /** The four words were not compared: a second yes is asked for. */
    var asking: Boolean by mutableStateOf(false)
        private set

    /** It is on its way to the disk. */
    var giving: Boolean by mutableStateOf(false)
        private set

    /** Why it was not given. */
    var problem: Problem? by mutableStateOf(null)
        private set

    /** It was given, in words that say where it is. */
    var given: String? by mutableStateOf(null)
        private set

    private var wanted = minOf(from, to) to maxOf(from, to)

    /** All of the entry is meant, not a part. */
    val isWhole: Boolean get() = wanted.first == wanted.second

    init {
        // Comparing the words and pausing happen on other pages; what was said about them here is old then.
        scope.launch { services.changes.stale(setOf(ChangeArea.PARTNERS)).collect { reload() } }
    }

    /** Reads the entry and the partners, and what the chosen one would see. */
    fun reload() {
        if (given != null) return
        reading?.cancel()
        reading = scope.launch {
            val problem = attempt(services.words) {
                val page = core.sharePage(entry)
                state = Loadable.Ready(ShareChoice(part(page.entry.entry.text), page.partners, page.attachments))
                attached.show(page.attachments)
                along = along.filter { id -> page.attachments.any { it.id == id && it.isHere } }
                chosen(page.partners)?.let { look(it) } ?: turnAway()
            }
            problem?.let { state = Loadable.Failed(it) }
        }
    }

    private fun chosen(partners: List<PartnerView>): PartnerView? =
        partners.firstOrNull { it.space == space } ?: partners.singleOrNull()

    private fun turnAway() {
        space = null
        preview = null
        asking = false
    }

    /** Chooses who it is for and asks the core what they would see. */
    fun choose(partner: PartnerView) {
        preview = Loadable.Loading
        asking = false
        problem = null
        look(partner)
    }

    /** Lets an attachment go along, or stay. */
    fun toggle(attachment: AttachmentView) {
        val choice = (state as? Loadable.Ready)?.value ?: return
        if (!attachment.isHere || giving) return
        val wanted = if (attachment.id in along) along - attachment.id else along + attachment.id
        along = choice.attachments.map { it.id }.filter { it in wanted }
        asking = false
        choice.partners.firstOrNull { it.space == space }?.let(::look)
    }

    private fun look(partner: PartnerView) {
        val words = (state as? Loadable.Ready)?.value?.words ?: return
        space = partner.space
        previewing?.cancel()
        previewing = scope.launch {
            val problem = attempt(services.words) {
                preview = Loadable.Ready(core.previewPassage(passage(words, partner.space, confirmed = false)))
            }
            problem?.let { preview = Loadable.Failed(it) }
        }
    }

    /** Gives the copy, or asks once more where the words were not compared. */
    fun give() {
        val seen = (preview as? Loadable.Ready)?.value ?: return
        if (seen.compared) write(seen, confirmed = false) else asking = true
    }

    /** Gives the copy although the words were not compared. */
    fun giveAllTheSame() {
        val seen = (preview as? Loadable.Ready)?.value ?: return
        if (asking) write(seen, confirmed = true)
    }

    /** Goes and compares the words. */
    fun compare() {
        asking = false
        space?.let { services.navigator.go(Route.CompareWords(it)) }
    }

    /** Turns back from the second question. */
    fun notNow() {
        asking = false
    }

    /** Leaves. */
    fun close() {
        services.navigator.back()
    }

    private fun write(seen: PassagePreviewView, confirmed: Boolean) {
        val words = (state as? Loadable.Ready)?.value?.words ?: return
        if (giving) return
        giving = true
        asking = false
        scope.launch {
            problem = attempt(services.words) {
                core.sharePassage(passage(words, seen.space, confirmed))
                given = services.words.deliveryQueued(seen.partner)
            }
            giving = false
        }
    }

    private fun passage(words: String, space: SpaceId, confirmed: Boolean) =
        NewPassage(entry = entry, text = words, space = space, confirmedNotCompared = confirmed, attachments = along)

    /** The text may have changed on another device since the words were selected. */
    private fun part(text: String): String {
        val from = wanted.first.coerceIn(0, text.length)
        val to = wanted.second.coerceIn(0, text.length)
        return if (isWhole || from == to) text else text.substring(from, to)
    }
}

/** What can be given, and to whom. */
class ShareChoice(
    val words: String,
    val partners: List<PartnerView>,
    val attachments: List<AttachmentView> = emptyList()
)

/** Whether all of it is on this device. */
internal val AttachmentView.isHere: Boolean get() = state == AttachmentStateView.Here
