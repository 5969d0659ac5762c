package app.belay.ui.recovery

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.selection.selectableGroup
import androidx.compose.foundation.text.selection.SelectionContainer
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import app.belay.core.KeptShareView
import app.belay.core.RecoveryGapView
import app.belay.core.RecoveryView
import app.belay.ui.Route
import app.belay.ui.ScrollingScreen
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.Body
import app.belay.ui.kit.Card
import app.belay.ui.kit.CardActions
import app.belay.ui.kit.CardTitle
import app.belay.ui.kit.CardTone
import app.belay.ui.kit.Chip
import app.belay.ui.kit.Chips
import app.belay.ui.kit.Heading
import app.belay.ui.kit.LinkRow
import app.belay.ui.kit.Loaded
import app.belay.ui.kit.PrimaryButton
import app.belay.ui.kit.ProblemNote
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.QuietButton
import app.belay.ui.kit.Sentence
import app.belay.ui.kit.StateLine
import app.belay.ui.theme.Space
import app.belay.words.Words

/** Days after which somebody may be asked again: four times a year, twice, once. */
private val REMINDERS = listOf(90u, 182u, 365u)

/** If this phone is gone: what would come back, what is missing, trying it, and what is kept for others. */
@Composable
fun ComeBackScreen(model: ComeBackModel) {
    val words = model.services.words
    ScrollingScreen(model.services) {
        Loaded(words, model.page.state, model.page::reload) { page ->
            Column(verticalArrangement = Arrangement.spacedBy(Space.l)) {
                Sentence(words.recoveryTitle)
                Standing(model, page.recovery)
                Drill(model, page.recovery)
                Ways(model, page.recovery)
                model.act.problem?.let { ProblemNote(it) }
                Kept(model, page.kept)
            }
        }
    }
}

@Composable
private fun Standing(model: ComeBackModel, recovery: RecoveryView) {
    val (words, formats) = model.services.words to model.services.formats
    Card(tone = if (recovery.wouldComeBack) CardTone.MINE else CardTone.SUPPORT) {
        CardTitle(if (recovery.wouldComeBack) words.recoveryWould else words.recoveryWouldNot)
        recovery.copy?.let {
            StateLine(BelayIcons.lock, words.recoveryCopyAt(relay = it.relay, time = formats.ago(it.seenAtMs)))
        }
        for (holder in recovery.holders) {
            val name = holder.partner.ifBlank { words.peopleNameless }
            StateLine(BelayIcons.rope, words.recoverySharesHeld(name, holder.threshold.toString()))
        }
    }
    for (gap in recovery.gaps) StateLine(BelayIcons.info, gapWords(words, gap))
}

private fun gapWords(words: Words, gap: RecoveryGapView): String = when (gap) {
    RecoveryGapView.WORDS_NOT_CONFIRMED -> words.recoveryGapWords
    RecoveryGapView.NO_COPY -> words.recoveryGapCopy
    RecoveryGapView.COPY_NOT_SEEN -> words.recoveryGapNotSeen
    RecoveryGapView.NO_SECOND_DEVICE -> words.recoveryGapDevice
    RecoveryGapView.NO_SHARES -> words.recoveryGapShares
}

@Composable
private fun Drill(model: ComeBackModel, recovery: RecoveryView) {
    val (words, formats) = model.services.words to model.services.formats
    Heading(words.recoveryDrillTitle)
    Card {
        val last = recovery.lastDrillAtMs
        Quiet(if (last == null) words.recoveryDrillNever else words.recoveryDrillLast(formats.ago(last)))
        if (recovery.drillDue) StateLine(BelayIcons.clock, words.recoveryDrillDue)
        if (model.isRight) {
            StateLine(
                BelayIcons.check,
                words.recoveryDrillRight,
                Modifier.semantics { liveRegion = LiveRegionMode.Polite }
            )
        }
        if (model.tries) {
            Body(words.recoveryDrillLead)
            WordsField(words, model.typed)
            model.drill.problem?.let { ProblemNote(it) }
            PrimaryButton(
                words.recoveryDrillTry,
                model::check,
                enabled = model.typed.isThere && !model.drill.busy
            )
            CardActions { QuietButton(words.commonNotNow, model::close) }
        } else {
            CardActions { QuietButton(words.recoveryDrillTry, model::begin, icon = BelayIcons.key) }
        }
        Body(words.recoveryRemind)
        Chips(Modifier.selectableGroup()) {
            val chosen = recovery.drillEveryDays
            for (days in (REMINDERS + listOfNotNull(chosen)).distinct().sorted()) {
                Chip(words.recoveryRemindDays(days.toInt()), days == chosen, { model.remind(days) }, single = true)
            }
            Chip(words.recoveryRemindNever, chosen == null, { model.remind(null) }, single = true)
        }
    }
}

@Composable
private fun Ways(model: ComeBackModel, recovery: RecoveryView) {
    val words = model.services.words
    Column {
        if (recovery.wordsHere) {
            LinkRow(words.settingsRecoveryWords, { model.go(Route.RecoveryWords) }, icon = BelayIcons.edit)
        }
        LinkRow(
            words.recoverySharesTitle,
            { model.go(Route.Pieces) },
            note = words.recoverySharesLead,
            icon = BelayIcons.rope
        )
        LinkRow(
            words.recoveryNewTitle,
            { model.go(Route.NewWords) },
            note = words.recoveryNewLead,
            icon = BelayIcons.key
        )
        LinkRow(words.settingsRelay, { model.go(Route.RelaySettings) }, icon = BelayIcons.lock)
        LinkRow(words.settingsDevices, { model.go(Route.OwnDevices) }, icon = BelayIcons.device)
    }
}

@Composable
private fun Kept(model: ComeBackModel, kept: List<KeptShareView>) {
    if (kept.isEmpty()) return
    val words = model.services.words
    Heading(words.recoveryKeptTitle)
    for (piece in kept) {
        val text = model.shown[piece.space]
        Card(tone = CardTone.ROPE) {
            val name = piece.partner.ifBlank { words.peopleNameless }
            val since = model.services.formats.run { shortDay(dayOf(piece.receivedAtMs)) }
            Body(words.recoveryKeptFor(name = name, date = since))
            Quiet(words.recoveryKeptHelp)
            if (text == null) {
                CardActions { QuietButton(words.recoveryKeptShow, { model.showKept(piece.space) }) }
            } else {
                SelectionContainer { PieceText(text) }
                CardActions { QuietButton(words.pairingInvitationShare, { model.send(text) }, icon = BelayIcons.share) }
            }
        }
    }
}
