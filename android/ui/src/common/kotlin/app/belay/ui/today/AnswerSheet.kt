package app.belay.ui.today

import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import app.belay.core.NewResponse
import app.belay.core.PartnerTodayView
import app.belay.core.ResponseKind
import app.belay.core.starters
import app.belay.ui.Doing
import app.belay.ui.Services
import app.belay.ui.kit.ActionChip
import app.belay.ui.kit.Chips
import app.belay.ui.kit.FieldRow
import app.belay.ui.kit.Heading
import app.belay.ui.kit.PrimaryButton
import app.belay.ui.kit.ProblemNote
import app.belay.ui.kit.Sheet
import app.belay.ui.responseKind

private const val STARTERS_SHOWN = 4

/** A kind answer: own words, or words to begin with; nothing is sent by itself. */
@Composable
fun AnswerSheet(services: Services, to: PartnerTodayView, kind: ResponseKind, onClose: () -> Unit) {
    val words = services.words
    val name = to.partner.name
    val scope = rememberCoroutineScope()
    val doing = remember(to, kind) { Doing(scope, words) }
    var text by rememberSaveable(to.partner.space, kind) { mutableStateOf("") }
    val beginnings = remember(kind) { starters(kind, words.languageTag).take(STARTERS_SHOWN) }
    Sheet(words, words.todayAnswerTo(name, words.responseKind(kind)), onClose) {
        doing.problem?.let { ProblemNote(it) }
        FieldRow(words.todayAnswerWords, text, { text = it })
        Heading(words.todayAnswerStarters)
        Chips { for (line in beginnings) ActionChip(line, { text = line }) }
        PrimaryButton(
            words.todayAnswerSend(name),
            onClick = {
                doing.run {
                    send(services, to, kind, text)
                    onClose()
                    services.undo.offer(words.todayAnswerSent(name))
                }
            },
            enabled = !doing.busy
        )
    }
}

private suspend fun send(services: Services, to: PartnerTodayView, kind: ResponseKind, text: String) {
    val person = checkNotNull(to.partner.person) { "somebody who shared something is somebody" }
    val about = checkNotNull(to.last) { "an answer is about something" }.name
    services.core.respond(NewResponse(to.partner.space, person, about, kind, text.ifBlank { null }))
}
