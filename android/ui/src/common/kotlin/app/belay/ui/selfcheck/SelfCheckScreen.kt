package app.belay.ui.selfcheck

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import app.belay.core.SpaceKindView
import app.belay.core.StatusView
import app.belay.core.SyncReport
import app.belay.ui.ScrollingScreen
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.Card
import app.belay.ui.kit.CardTone
import app.belay.ui.kit.ChoiceButton
import app.belay.ui.kit.Loaded
import app.belay.ui.kit.ProblemNote
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.Sentence
import app.belay.ui.kit.StateLine
import app.belay.ui.theme.Space

/** The self-check: plain words first, numbers for those who unfold them. */
@Composable
fun SelfCheckScreen(model: SelfCheckModel) {
    val words = model.services.words
    ScrollingScreen(model.services) {
        Loaded(words, model.status.state, model.status::reload) { status ->
            Column(verticalArrangement = Arrangement.spacedBy(Space.l)) {
                Sentence(words.selfCheckTitle)
                Summary(model)
                Syncing(model, status)
                for (space in status.spaces) SpaceCard(model, space)
                OnThePhone(model, status)
            }
        }
    }
}

@Composable
private fun Summary(model: SelfCheckModel) {
    val words = model.services.words
    when {
        model.needsALook -> Card(tone = CardTone.STOP) { StateLine(BelayIcons.info, words.selfCheckAttention) }

        model.waiting > 0 -> Card(tone = CardTone.SUPPORT) {
            StateLine(BelayIcons.clock, words.selfCheckWaiting(model.waiting))
        }

        else -> Card(tone = CardTone.MINE) { StateLine(BelayIcons.check, words.selfCheckAllWell) }
    }
}

@Composable
private fun Syncing(model: SelfCheckModel, status: StatusView) {
    val words = model.services.words
    if (status.spaces.none { it.kind != SpaceKindView.OWN || it.relays.isNotEmpty() }) {
        Quiet(words.selfCheckNothingShared)
        return
    }
    ChoiceButton(
        if (model.act.busy) words.selfCheckSyncing else words.selfCheckSyncNow,
        model::sync,
        Modifier.fillMaxWidth(),
        enabled = !model.act.busy
    )
    model.report?.let { Quiet(said(model, it)) }
    if (model.looks) Quiet(words.selfCheckLooks)
    model.act.problem?.let { ProblemNote(it) }
}

private fun said(model: SelfCheckModel, report: SyncReport): String {
    val (words, formats) = model.services.words to model.services.formats
    if (report.troubles.isNotEmpty()) return words.selfCheckSyncTrouble
    return words.selfCheckSynced(
        formats.number(report.envelopesSent.toLong()),
        formats.number(report.envelopesReceived.toLong())
    )
}

@Composable
private fun OnThePhone(model: SelfCheckModel, status: StatusView) {
    val (words, formats) = model.services.words to model.services.formats
    Column(verticalArrangement = Arrangement.spacedBy(Space.xs)) {
        if (status.invitations.isNotEmpty()) Quiet(words.selfCheckInvitations(status.invitations.size))
        Quiet(words.selfCheckStoreBytes(formats.size(status.storeBytes.toLong())))
        if (status.setAside.isNotEmpty()) {
            val files = status.setAside.joinToString { it.substringAfterLast('/') }
            Quiet(words.selfCheckStoreSetAside(files))
        }
    }
}
