package app.belay.ui.attachments

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import app.belay.core.AttachmentKind
import app.belay.ui.Shell
import app.belay.ui.kit.ActionChip
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.Body
import app.belay.ui.kit.Card
import app.belay.ui.kit.CardActions
import app.belay.ui.kit.CardTone
import app.belay.ui.kit.ChoiceButton
import app.belay.ui.kit.Heading
import app.belay.ui.kit.PrimaryButton
import app.belay.ui.kit.ProblemNote
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.QuietButton
import app.belay.ui.kit.Sheet
import app.belay.ui.kit.StateLine
import app.belay.ui.theme.Belay
import app.belay.ui.theme.Space
import app.belay.words.Words

private const val MINUTE = 60
private const val TWO_DIGITS = 2

/** The ways to add something, among the other chips of the editor. */
@Composable
fun AddAttachments(words: Words, pending: PendingAttachments) {
    if (pending.canPick) ActionChip(words.attachmentsKindPhoto, pending::addPhoto, icon = BelayIcons.photo)
    if (pending.canRecord) ActionChip(words.attachmentsKindVoice, pending::record, icon = BelayIcons.microphone)
    if (pending.canPick) ActionChip(words.attachmentsKindFile, pending::addFile, icon = BelayIcons.file)
}

/** What goes in when the entry is saved, with its size; and what could not be attached. */
@Composable
fun PendingList(shell: Shell, pending: PendingAttachments) {
    val words = shell.words
    if (pending.noMicrophone) Card(said(), tone = CardTone.SUPPORT) { Body(words.attachmentsNoMicrophone) }
    pending.act.problem?.let { ProblemNote(it) }
    for (name in pending.notBack) Card(said(), tone = CardTone.SUPPORT) { Body(words.attachmentsNotBack(name)) }
    if (pending.all.isEmpty()) return
    Column(verticalArrangement = Arrangement.spacedBy(Space.m)) {
        Heading(words.attachmentsTitle)
        pending.refused?.let { refused ->
            Card(said(), tone = CardTone.STOP) {
                Text(words.attachmentsNotAttached(refused.name), style = Belay.type.bodyStrong)
                Text(refused.problem.title, style = Belay.type.label)
                Text(refused.problem.advice, style = Belay.type.label)
            }
        }
        for (attachment in pending.all) PendingCard(shell, pending, attachment)
    }
}

@Composable
private fun PendingCard(shell: Shell, pending: PendingAttachments, attachment: PendingAttachment) {
    val (words, formats) = shell.words to shell.formats
    Card {
        attachment.small?.let { Wide(it, attachment.name, onOpen = null) }
        val sign = if (attachment.small == null) signOf(attachment.kind) else null
        Titled(sign, attachment.name, words.attachmentsWaits(formats.size(attachment.file.bytes)))
        when (attachment.kind) {
            AttachmentKind.PHOTO -> StateLine(BelayIcons.check, words.attachmentsPhotoHelp)
            AttachmentKind.FILE -> StateLine(BelayIcons.info, words.attachmentsFileHelp)
            AttachmentKind.VOICE_MEMO -> Unit
        }
        CardActions { QuietButton(words.attachmentsTakeOut(attachment.name), { pending.takeOut(attachment) }) }
    }
}

/** The sheet of a recording; null where nothing is recorded. Closing it keeps what was said. */
fun recordingSheet(shell: Shell, pending: PendingAttachments): (@Composable () -> Unit)? {
    val seconds = pending.recordedSeconds ?: return null
    return { RecordingSheet(shell.words, pending, seconds) }
}

@Composable
private fun RecordingSheet(words: Words, pending: PendingAttachments, seconds: Int) {
    Sheet(words, words.attachmentsVoice, pending::keepRecording) {
        val time = "${seconds / MINUTE}:${(seconds % MINUTE).toString().padStart(TWO_DIGITS, '0')}"
        Text(words.attachmentsRecordingFor(time), style = Belay.type.title, color = Belay.colors.ink)
        Quiet(words.attachmentsRecordingHelp)
        Quiet(words.attachmentsVoiceHelp)
        PrimaryButton(words.attachmentsVoiceStop, pending::keepRecording)
        ChoiceButton(words.attachmentsDiscard, pending::discardRecording, Modifier.fillMaxWidth())
    }
}

private fun said() = Modifier.semantics { liveRegion = LiveRegionMode.Polite }
