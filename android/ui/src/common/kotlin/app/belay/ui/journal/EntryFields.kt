package app.belay.ui.journal

import app.belay.core.EntryEdit
import app.belay.core.EntryView
import app.belay.core.MoodChange
import app.belay.core.TextChange
import app.belay.core.TitleChange

/** The fields an editor begins with. */
fun EntryView.fields(): EntryDraft = EntryDraft(
    title = entry.title.orEmpty(),
    body = entry.text,
    on = entry.on,
    mood = entry.mood,
    tags = entry.tags,
    goals = entry.goals
)

/** What a person changed; what they left alone is not mentioned, so that another device's change stays. */
fun EntryDraft.editOf(before: EntryView): EntryEdit {
    val was = before.fields()
    return EntryEdit(
        text = TextChange(was.body, body).takeIf { was.body != body },
        title = titleChange().takeIf { was.title != title },
        on = on.takeIf { was.on != on },
        tags = tags.takeIf { was.tags != tags },
        mood = moodChange().takeIf { was.mood != mood },
        goals = goals.takeIf { was.goals != goals }
    )
}

private fun EntryDraft.titleChange(): TitleChange = if (title.isBlank()) TitleChange.Clear else TitleChange.Set(title)

private fun EntryDraft.moodChange(): MoodChange = mood?.let { MoodChange.Set(it) } ?: MoodChange.Clear
