package app.belay.ui.readers

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import app.belay.core.ErasureStateView
import app.belay.core.OwnReaderView
import app.belay.core.Readable
import app.belay.core.ReaderView
import app.belay.core.ReadersView
import app.belay.core.Reading
import app.belay.core.SealedCopyView
import app.belay.ui.Services
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.Card
import app.belay.ui.kit.CardTone
import app.belay.ui.kit.Loaded
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.QuietButton
import app.belay.ui.kit.StateLine
import app.belay.ui.kit.flush
import app.belay.ui.theme.Space
import app.belay.words.Words

/** "Who can read this?" below an item: folded, and asked of the core only once somebody unfolds it. */
@Composable
fun WhoCanRead(services: Services, item: Readable) {
    val words = services.words
    var unfolded by rememberSaveable(item.toString()) { mutableStateOf(false) }
    Column(verticalArrangement = Arrangement.spacedBy(Space.s)) {
        QuietButton(
            if (unfolded) words.readersHide else words.readersTitle,
            { unfolded = !unfolded },
            Modifier.flush(),
            icon = BelayIcons.eye
        )
        if (unfolded) Unfolded(services, item)
    }
}

@Composable
private fun Unfolded(services: Services, item: Readable) {
    val scope = rememberCoroutineScope()
    val model = remember(item, services) { ReadersModel(services, scope, item) }
    Loaded(services.words, model.readers.state, model.readers::reload) { ReadersCard(services.words, it) }
}

/** Everybody who can read it, or could, in one sentence each. */
@Composable
fun ReadersCard(words: Words, readers: ReadersView) {
    val others = readers.ownDevices.filterNot { it.thisDevice }
    Card(tone = CardTone.WELL) {
        val isAlone = others.isEmpty() && readers.people.isEmpty() && readers.sealed.isEmpty()
        StateLine(BelayIcons.lock, if (isAlone) words.readersOnlyHere else words.readersYouHere)
        for (device in others) StateLine(BelayIcons.device, ownLine(words, device))
        for (person in readers.people) StateLine(BelayIcons.rope, personLine(words, person))
        for (copy in readers.sealed) Sealed(words, copy)
        if (readers.knownElsewhere > 0uL) Quiet(words.readersElsewhere)
    }
}

@Composable
private fun Sealed(words: Words, copy: SealedCopyView) {
    if (copy.lies) StateLine(BelayIcons.key, words.readersSealedAt(copy.relay))
    when (copy.earlier) {
        null -> Unit
        ErasureStateView.ERASED -> Quiet(words.readersEarlierErased(copy.relay))
        else -> Quiet(words.readersEarlierWaiting(copy.relay))
    }
}

private fun ownLine(words: Words, device: OwnReaderView): String =
    line(words, device.name ?: words.settingsDeviceNameless, device.reading)

private fun personLine(words: Words, reader: ReaderView): String {
    val said = line(words, reader.name.ifBlank { words.peopleNameless }, reader.reading)
    val what = if (reader.passage == null) said else words.readersPassage(said)
    return if (reader.gone) words.readersGone(what.removeSuffix(".")) else what
}

private fun line(words: Words, name: String, reading: Reading): String = when (reading) {
    Reading.WROTE -> words.readersWrote(name)
    Reading.HAS -> words.readersHas(name)
    Reading.MAY -> words.readersMay(name)
    Reading.EARLIER -> words.readersEarlier(name)
    Reading.WILL -> words.readersWill(name)
    Reading.WITHDRAWING -> words.readersWithdrawing(name)
    Reading.HAD -> words.readersHad(name)
}
