package app.belay.ui.attachments

import androidx.compose.foundation.Image
import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.layout.ContentScale
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.paneTitle
import androidx.compose.ui.semantics.semantics
import app.belay.core.AttachmentView
import app.belay.ui.OnBack
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.Body
import app.belay.ui.kit.ChoiceButton
import app.belay.ui.kit.Confirm
import app.belay.ui.kit.IconAction
import app.belay.ui.kit.PrimaryButton
import app.belay.ui.kit.ProblemNote
import app.belay.ui.kit.Sheet
import app.belay.ui.theme.Belay
import app.belay.ui.theme.Space
import app.belay.words.Words

/** What lies over the page of an entry because of its attachments; null where nothing does. */
fun attachmentSheet(model: AttachmentsModel): (@Composable () -> Unit)? {
    val words = model.services.words
    val (shown, outside, removing) = Triple(model.shown, model.outside, model.removing)
    return when {
        shown != null -> ({ Photo(words, shown, model::closePhoto) })
        outside != null -> ({ Outside(words, model, outside) })
        removing != null -> ({ Remove(words, model) })
        else -> null
    }
}

@Composable
private fun Photo(words: Words, photo: ShownPhoto, onClose: () -> Unit) {
    OnBack(step = onClose)
    Column(Modifier.fillMaxSize().background(Belay.colors.bg).semantics { paneTitle = photo.name }) {
        Row(Modifier.fillMaxWidth().padding(start = Space.l), verticalAlignment = Alignment.CenterVertically) {
            Text(photo.name, Modifier.weight(1f).semantics { heading() }, style = Belay.type.bodyStrong)
            IconAction(BelayIcons.close, words.commonClose, onClose)
        }
        Box(Modifier.weight(1f).fillMaxWidth(), contentAlignment = Alignment.Center) {
            if (photo.picture == null) {
                Body(words.attachmentsDamagedPicture, Modifier.padding(Space.l))
            } else {
                Image(
                    photo.picture,
                    contentDescription = photo.name,
                    Modifier.fillMaxSize(),
                    contentScale = ContentScale.Fit
                )
            }
        }
    }
}

@Composable
private fun Outside(words: Words, model: AttachmentsModel, attachment: AttachmentView) = Confirm(
    words,
    question = words.attachmentsOutsideQuestion(attachment.name),
    body = listOf(words.attachmentsOutsideBody),
    yes = words.attachmentsOutsideYes,
    no = words.commonNotNow,
    onYes = { model.answerOutside(true) },
    onNo = { model.answerOutside(false) }
)

@Composable
private fun Remove(words: Words, model: AttachmentsModel) {
    val keep = { model.askToRemove(null) }
    Sheet(words, words.attachmentsRemoveQuestion, keep) {
        Body(words.attachmentsRemoveBody)
        model.act.problem?.let { ProblemNote(it) }
        PrimaryButton(words.attachmentsRemoveYes, model::remove, enabled = !model.act.busy, stop = true)
        ChoiceButton(words.attachmentsKeep, keep, Modifier.fillMaxWidth())
    }
}
