package app.belay.ui.journal

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import app.belay.core.DocName
import app.belay.core.DraftView
import app.belay.core.EditorDraftView
import app.belay.core.EntryView
import app.belay.core.GoalNameView
import app.belay.core.NewEntry
import app.belay.core.PromptView
import app.belay.core.TemplateView
import app.belay.ui.Loadable
import app.belay.ui.Problem
import app.belay.ui.Route
import app.belay.ui.Services
import app.belay.ui.attachments.AttachmentsModel
import app.belay.ui.attachments.PendingAttachments
import app.belay.ui.attempt
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.launch

/**
 * The editor of a new entry, or of the one called [name]. Every keystroke is kept as a draft; what was typed and
 * not saved is there again when the editor is opened the next time, also after the app was killed.
 */
class EntryEditorModel(
    private val services: Services,
    private val scope: CoroutineScope,
    val name: DocName?,
    private val on: String? = null,
    private val draft: Long? = null
) {
    private val core = services.core
    private var keeper = DraftKeeper(core, name)
    private var before: EntryView? = null
    private var behind: DraftView? = null

    /** Whether the fields can be shown. */
    var state: Loadable<Unit> by mutableStateOf(Loadable.Loading)
        private set

    /** What is in the fields. */
    var fields: EntryDraft by mutableStateOf(EntryDraft(on = on))
        private set

    /** Why it could not be saved; the fields keep everything. */
    var problem: Problem? by mutableStateOf(null)
        private set

    /** What was typed earlier stands in the fields again. */
    var found: Boolean by mutableStateOf(false)
        private set

    /** Words wait that were typed before the entry itself changed elsewhere. */
    var hasBehind: Boolean by mutableStateOf(false)
        private set

    /** It is on its way to the disk. */
    var saving: Boolean by mutableStateOf(false)
        private set

    /** Goals to choose from. */
    var goals: List<GoalNameView> by mutableStateOf(emptyList())
        private set

    /** Words to find it by that were used lately, without those it has. */
    val tagsToOffer: List<String> get() = knownTags - fields.tags.toSet()

    private var knownTags: List<String> by mutableStateOf(emptyList())

    /** What goes in when it is saved. */
    val pending = PendingAttachments(services, scope) { picks -> change(fields.copy(picks = picks)) }

    /** What there is to write by. */
    val offers = OffersModel(services, scope)

    /** What an entry that is edited has already. */
    val attached: AttachmentsModel? = name?.let { AttachmentsModel(services, scope, it) }

    /** Where the draft is. */
    val kept: DraftKeeper.Standing? get() = keeper.standing

    /** The day it is about, or `null` for the present one. */
    val day: String? get() = fields.on

    /** There is something to save. */
    val canSave: Boolean get() = !saving && state is Loadable.Ready && hasWords && (differs || pending.all.isNotEmpty())

    private val hasWords: Boolean get() = fields.title.isNotBlank() || fields.body.isNotBlank()
    private val differs: Boolean get() = before?.let { fields.asEntry != it.fields() } ?: true

    init {
        reload()
    }

    /** Reads the entry and what was typed earlier; tries again after a problem. */
    fun reload() {
        state = Loadable.Loading
        scope.launch {
            val problem = attempt(services.words) { begin() }
            state = problem?.let { Loadable.Failed(it) } ?: Loadable.Ready(Unit)
        }
    }

    private suspend fun begin() {
        val page = core.entryEditor(name, on)
        services.shell.presentDay.learn(page.today)
        before = page.entry
        attached?.show(page.attachments)
        goals = page.goals
        knownTags = page.tags
        fields = page.entry?.fields() ?: EntryDraft(on = on)
        val earlier = page.drafts.filter { it.draft.isEntry }
        take(earlier.firstOrNull { it.draft.id == draft } ?: earlier.firstOrNull { fits(it.draft) } ?: return)
    }

    /** A draft of a new entry is taken up again unless another day is asked for. */
    private fun fits(earlier: DraftView) = name != null || on == null || EntryDraft.read(earlier.text).on == on

    private suspend fun take(earlier: EditorDraftView) {
        if (earlier.behind) {
            // Saving the draft over a newer text would take away what another device wrote meanwhile.
            behind = earlier.draft
            hasBehind = true
            return
        }
        keeper = DraftKeeper(core, name, earlier.draft.id)
        fields = EntryDraft.read(earlier.draft.text)
        found = true
        pending.takeUp(fields.picks)
    }

    /** Puts the words that waited below the present ones. */
    fun append() {
        val earlier = behind ?: return
        keeper = DraftKeeper(core, name, earlier.id)
        dismissBehind()
        val (waited, words) = EntryDraft.read(earlier.text).let { it.picks to it.body }
        val body = listOf(fields.body.trimEnd(), words).filter(String::isNotBlank).joinToString("\n\n")
        change(fields.copy(body = body, picks = fields.picks + waited))
        scope.launch { pending.takeUp(waited) }
    }

    /** Leaves the words that waited among the drafts of the list. */
    fun dismissBehind() {
        behind = null
        hasBehind = false
    }

    /** Puts the found draft aside, where the list offers it, and begins with empty fields. */
    fun beginAnew() {
        keeper = DraftKeeper(core, name)
        found = false
        fields = before?.fields() ?: EntryDraft(on = on)
        pending.putAside()
    }

    /** Takes what was typed or chosen; it is kept at once. */
    fun change(now: EntryDraft) {
        // What is typed while it is saved would be in neither the entry nor the draft.
        if (saving) return
        fields = now
        problem = null
        val keeper = keeper
        // The shell's scope: leaving the screen must not drop the last word.
        val isWorthIt = !now.isEmpty && (differs || now.halfTag.isNotBlank() || now.picks.isNotEmpty())
        services.scope.launch { keeper.keep(now.takeIf { isWorthIt }?.write()) }
    }

    /** Writes by a question: it stands above the words, and is kept with the entry. */
    fun writeBy(prompt: PromptView) =
        change(fields.copy(prompt = prompt.ask.replace('\n', ' '), template = prompt.name))

    /** Begins with a template: its headings go below what is written already. */
    fun writeBy(template: TemplateView) {
        val body = listOf(fields.body.trimEnd(), template.skeleton).filter(String::isNotBlank).joinToString("\n\n")
        change(fields.copy(body = body, prompt = null, template = template.name))
    }

    /** Writes without the question that was chosen. */
    fun writeFreely() = change(fields.copy(prompt = null, template = null))

    /** Adds a tag, without the blanks around it. */
    fun addTag(tag: String) {
        val word = tag.trim()
        val tags = if (word.isEmpty() || word in fields.tags) fields.tags else fields.tags + word
        change(fields.copy(tags = tags, halfTag = ""))
    }

    /** Takes a tag away. */
    fun removeTag(tag: String) = change(fields.copy(tags = fields.tags - tag))

    /** Links or unlinks a goal. */
    fun toggleGoal(goal: DocName) {
        val goals = fields.goals
        change(fields.copy(goals = if (goal in goals) goals - goal else goals + goal))
    }

    /** Saves, lets go of the draft and shows the entry. What could not be saved stays in the fields. */
    fun save() {
        if (!canSave) return
        saving = true
        problem = null
        scope.launch {
            problem = attempt(services.words) {
                val saved = write()
                // The words are safe; what is kept from now on is about the entry that is there.
                val rest = DraftKeeper(core, saved.name)
                if (pending.kept.isNotEmpty()) rest.keep(saved.fields().copy(picks = pending.kept).write())
                keeper.keep(null)
                keeper = rest
                before = saved
                fields = saved.fields()
                found = false
                attach(saved)
            }
            saving = false
        }
    }

    private suspend fun attach(saved: EntryView) {
        val isAll = pending.attachTo(saved.name)
        fields = fields.copy(picks = pending.kept)
        keeper.keep(fields.takeIf { it.picks.isNotEmpty() }?.write())
        if (isAll) services.navigator.replace(Route.JournalEntry(saved.name))
    }

    private suspend fun write(): EntryView {
        val entry = before
        if (entry != null) return if (differs) core.editEntry(entry.name, fields.editOf(entry)) else entry
        return core.writeEntry(
            NewEntry(
                text = fields.body,
                title = fields.title.ifBlank { null },
                on = fields.on,
                tags = fields.tags,
                mood = fields.mood,
                goals = fields.goals,
                prompt = fields.prompt,
                template = fields.template
            )
        )
    }
}
