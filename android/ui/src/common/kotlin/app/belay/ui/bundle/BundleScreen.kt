package app.belay.ui.bundle

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.selection.selectableGroup
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import app.belay.core.BundleEndingView
import app.belay.core.BundleFor
import app.belay.core.BundleReadView
import app.belay.core.BundleSpaceView
import app.belay.core.PartnerView
import app.belay.ui.ScrollingScreen
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.Body
import app.belay.ui.kit.Card
import app.belay.ui.kit.CardTone
import app.belay.ui.kit.Chip
import app.belay.ui.kit.Chips
import app.belay.ui.kit.ChoiceButton
import app.belay.ui.kit.Heading
import app.belay.ui.kit.Loaded
import app.belay.ui.kit.PrimaryButton
import app.belay.ui.kit.ProblemNote
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.Sentence
import app.belay.ui.kit.StateLine
import app.belay.ui.kit.SwitchRow
import app.belay.ui.theme.Space
import app.belay.words.Words

/** Sealed letters in a file, for where no network joins two devices. */
@Composable
fun BundleScreen(model: BundleModel) {
    val words = model.services.words
    ScrollingScreen(model.services) {
        Loaded(words, model.partners.state, model.partners::reload) { partners ->
            Column(verticalArrangement = Arrangement.spacedBy(Space.l)) {
                Sentence(words.carryTitle)
                Quiet(words.carryLead)
                Give(model, partners)
                Take(model)
            }
        }
    }
}

@Composable
private fun Give(model: BundleModel, partners: List<PartnerView>) {
    val words = model.services.words
    Heading(words.carryForWhom)
    Card {
        Chips(Modifier.selectableGroup()) {
            for (partner in partners) Whom(model, partner.name, BundleFor.Partner(partner.space))
            Whom(model, words.carryOwnDevices, BundleFor.OwnDevices)
            Whom(model, words.carryEverybody, BundleFor.Everybody)
        }
        if (model.forWhom == BundleFor.Everybody) StateLine(BelayIcons.info, words.carryEverybodyHelp)
        SwitchRow(words.carryWhole, model.whole, model::takeWhole)
        if (model.forWhom == BundleFor.OwnDevices) {
            SwitchRow(words.carryAttachments, model.attachments, model::takeAttachments)
        }
        PrimaryButton(
            if (model.writing.busy) words.carryWriting else words.carryWrite,
            model::write,
            enabled = model.forWhom != null && !model.writing.busy
        )
    }
    model.writing.problem?.let { ProblemNote(it) }
    model.made?.let { Made(model, it) }
}

@Composable
private fun Whom(model: BundleModel, name: String, whom: BundleFor) =
    Chip(name, model.forWhom == whom, { model.choose(whom) }, single = true)

@Composable
private fun Made(model: BundleModel, made: MadeFile) {
    val (words, formats) = model.services.words to model.services.formats
    val written = made.written
    Card(said(), tone = CardTone.MINE) {
        if (written.envelopes == 0uL) {
            Body(words.carryNothingNew)
        } else {
            Body(words.carryWritten(written.envelopes.toInt(), formats.size(written.bytes.toLong())))
            ChoiceButton(words.carryAgain, model::send, Modifier.fillMaxWidth())
        }
        if (written.held > 0uL) StateLine(BelayIcons.clock, words.carryHeld(written.held.toInt()))
    }
}

@Composable
private fun Take(model: BundleModel) {
    val (words, formats) = model.services.words to model.services.formats
    Heading(words.carryGiven)
    Quiet(words.carryOpenHelp)
    // A file that another app handed over is opened here, and only when the person says so.
    val open = if (model.isHanded) model::readHanded else model::read
    ChoiceButton(words.carryOpen, open, Modifier.fillMaxWidth(), enabled = !model.reading.busy)
    val progress = model.progress
    if (model.reading.busy && progress != null) {
        val far = listOfNotNull(progress.done, progress.of).joinToString(" / ") { formats.size(it.toLong()) }
        StateLine(BelayIcons.clock, "${words.carryReading} $far")
    }
    model.reading.problem?.let { ProblemNote(it) }
    model.taken?.let { Taken(words, it) }
}

@Composable
private fun Taken(words: Words, taken: BundleReadView) {
    Card(said(), tone = if (taken.ending == BundleEndingView.WHOLE) CardTone.MINE else CardTone.SUPPORT) {
        val came = taken.spaces.filter { it.itemsReceived > 0uL }
        for (space in came) Body(cameSentence(words, space))
        if (taken.attachments > 0uL) Body(words.carryBroughtAttachments(taken.attachments.toInt()))
        if (came.isEmpty() && taken.attachments == 0uL && taken.spaces.isNotEmpty()) Body(words.carryBroughtNothing)
        when (taken.ending) {
            BundleEndingView.WHOLE -> Unit
            BundleEndingView.CUT_SHORT -> StateLine(BelayIcons.info, words.carryCutShort)
            BundleEndingView.DAMAGED -> StateLine(BelayIcons.info, words.carryDamaged)
        }
        if (taken.foreign > 0uL) StateLine(BelayIcons.lock, words.carryForOthers(taken.foreign.toInt()))
        if (taken.newer > 0uL) StateLine(BelayIcons.info, words.carryNeedsNewer(taken.newer.toInt()))
    }
}

private fun cameSentence(words: Words, space: BundleSpaceView): String {
    val items = space.itemsReceived.toInt()
    val partner = space.partner ?: return words.carryBroughtOwn(items)
    return words.carryBroughtPartner(name = partner.ifBlank { words.peopleNameless }, count = items)
}

private fun said() = Modifier.semantics { liveRegion = LiveRegionMode.Polite }
