package app.belay.ui.attachments

import androidx.compose.foundation.Image
import androidx.compose.foundation.background
import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.Icon
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.graphics.ImageBitmap
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.layout.ContentScale
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.unit.dp
import app.belay.core.AttachmentKind
import app.belay.core.AttachmentStateView
import app.belay.core.AttachmentView
import app.belay.ui.Shell
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.Body
import app.belay.ui.kit.Card
import app.belay.ui.kit.CardActions
import app.belay.ui.kit.CardTitle
import app.belay.ui.kit.CardTone
import app.belay.ui.kit.Heading
import app.belay.ui.kit.HowFar
import app.belay.ui.kit.ProblemNote
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.QuietButton
import app.belay.ui.kit.StateLine
import app.belay.ui.theme.Belay
import app.belay.ui.theme.Corner
import app.belay.ui.theme.Size
import app.belay.ui.theme.Space
import app.belay.words.Words

private val PHOTO_HEIGHT = 200.dp
private val SIGN = 56.dp
private const val HUNDRED = 100uL

/** What is attached to an entry; nothing where nothing is. */
@Composable
fun AttachmentList(model: AttachmentsModel) {
    val words = model.services.words
    val all = model.all
    if (all.isEmpty()) return
    Column(verticalArrangement = Arrangement.spacedBy(Space.m)) {
        Heading(words.attachmentsTitle)
        for (attachment in all) Card { AttachmentParts(model, attachment) }
        Missing(model, all, words.attachmentsNotHereHelp)
        if (model.removing == null) model.act.problem?.let { ProblemNote(it) }
    }
}

/** What came with one passage, inside its card; [help] says how what is not here comes. */
@Composable
fun GivenAttachmentList(model: AttachmentsModel, given: List<AttachmentView>, help: String) {
    if (given.isEmpty()) return
    Column(verticalArrangement = Arrangement.spacedBy(Space.m)) {
        Heading(model.services.words.attachmentsGivenTitle)
        for (attachment in given) {
            Column(verticalArrangement = Arrangement.spacedBy(Space.s)) { AttachmentParts(model, attachment) }
        }
        Missing(model, given, help)
    }
}

/** The names of what went with a passage, under [title]. */
@Composable
fun GivenNames(shell: Shell, title: String, given: List<AttachmentView>) {
    if (given.isEmpty()) return
    Column(verticalArrangement = Arrangement.spacedBy(Space.s)) {
        Heading(title)
        for (attachment in given) Titled(signOf(attachment.kind), attachment.name, factsOf(shell, attachment))
    }
}

/** "Photo · 2 MB". */
internal fun factsOf(shell: Shell, attachment: AttachmentView): String = shell.words.attachmentsKindAndSize(
    kindWords(shell.words, attachment.kind),
    shell.formats.size(attachment.bytes.toLong())
)

@Composable
private fun Missing(model: AttachmentsModel, all: List<AttachmentView>, help: String) {
    val words = model.services.words
    if (all.all { it.state == AttachmentStateView.Here }) return
    Quiet(help)
    CardActions { QuietButton(words.attachmentsGet, model::look, enabled = !model.act.busy) }
    if (model.looked) StateLine(BelayIcons.check, words.attachmentsLooking)
    if (model.isRelayFull) Card(tone = CardTone.SUPPORT) { Body(words.attachmentsQuota) }
}

@Composable
private fun AttachmentParts(model: AttachmentsModel, attachment: AttachmentView) {
    val words = model.services.words
    val picture = model.small[attachment.id]
    if (picture != null) {
        Wide(picture, words.attachmentsOpen(attachment.name), { model.open(attachment) })
    }
    val sign = if (picture == null) signOf(attachment.kind) else null
    Titled(sign, attachment.name, factsOf(model.services.shell, attachment))
    Standing(words, attachment.state)
    if (model.playing == attachment.id) StateLine(BelayIcons.play, words.attachmentsPlaying)
    CardActions {
        if (attachment.state == AttachmentStateView.Here) OpenButton(model, attachment)
        if (model.source.isOwn) {
            QuietButton(words.attachmentsRemove(attachment.name), { model.askToRemove(attachment) }, stop = true)
        }
    }
}

@Composable
private fun OpenButton(model: AttachmentsModel, attachment: AttachmentView) {
    val words = model.services.words
    val open = { model.open(attachment) }
    when {
        model.playing == attachment.id ->
            QuietButton(words.attachmentsPlayStop, model::stop, icon = BelayIcons.stop)

        attachment.kind == AttachmentKind.VOICE_MEMO ->
            QuietButton(words.attachmentsPlay(attachment.name), open, icon = BelayIcons.play, enabled = !model.act.busy)

        else -> QuietButton(words.attachmentsOpen(attachment.name), open, enabled = !model.act.busy)
    }
}

@Composable
private fun Standing(words: Words, state: AttachmentStateView) {
    when (state) {
        AttachmentStateView.Here -> Unit

        AttachmentStateView.NotHereYet -> StateLine(BelayIcons.clock, words.attachmentsNotHere)

        is AttachmentStateView.Coming -> {
            val percent = if (state.of == 0uL) 0uL else state.held * HUNDRED / state.of
            val said = words.attachmentsComing(percent.toString())
            StateLine(BelayIcons.clock, said)
            HowFar(state.held.toLong(), state.of.toLong(), said)
        }
    }
}

/** A picture as wide as the card, cut at top and bottom; a tap shows it whole where [onOpen] is there. */
@Composable
internal fun Wide(picture: ImageBitmap, said: String, onOpen: (() -> Unit)?) {
    val tap = onOpen?.let { Modifier.clickable(onClickLabel = said, role = Role.Button, onClick = it) } ?: Modifier
    Image(
        picture,
        contentDescription = said,
        Modifier.fillMaxWidth().height(PHOTO_HEIGHT).clip(RoundedCornerShape(Corner.card)).then(tap),
        contentScale = ContentScale.Crop
    )
}

/** What it is called and how large it is, with a sign of its kind where no picture says it. */
@Composable
internal fun Titled(sign: ImageVector?, name: String, facts: String) {
    Row(horizontalArrangement = Arrangement.spacedBy(Space.m), verticalAlignment = Alignment.CenterVertically) {
        if (sign != null) {
            Box(
                Modifier.size(SIGN).clip(RoundedCornerShape(Corner.card)).background(Belay.colors.surface2),
                contentAlignment = Alignment.Center
            ) { Icon(sign, contentDescription = null, Modifier.size(Size.icon), tint = Belay.colors.ink2) }
        }
        Column(Modifier.weight(1f)) {
            CardTitle(name)
            Quiet(facts)
        }
    }
}

internal fun signOf(kind: AttachmentKind): ImageVector = when (kind) {
    AttachmentKind.PHOTO -> BelayIcons.photo
    AttachmentKind.VOICE_MEMO -> BelayIcons.microphone
    AttachmentKind.FILE -> BelayIcons.file
}

internal fun kindWords(words: Words, kind: AttachmentKind): String = when (kind) {
    AttachmentKind.PHOTO -> words.attachmentsKindPhoto
    AttachmentKind.VOICE_MEMO -> words.attachmentsKindVoice
    AttachmentKind.FILE -> words.attachmentsKindFile
}
