package app.belay.ui.selfcheck

import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import app.belay.core.ComparisonView
import app.belay.core.RelayStatusView
import app.belay.core.SpaceKindView
import app.belay.core.SpaceStatusView
import app.belay.ui.Services
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.Caption
import app.belay.ui.kit.Card
import app.belay.ui.kit.CardTitle
import app.belay.ui.kit.CardTone
import app.belay.ui.kit.QuietButton
import app.belay.ui.kit.StateLine
import app.belay.ui.kit.flush
import app.belay.words.Words
import kotlin.math.absoluteValue

private const val MINUTE_MS = 60_000L

/** One space: who can read it and what waits, then the numbers. */
@Composable
fun SpaceCard(model: SelfCheckModel, space: SpaceStatusView) {
    val services = model.services
    val words = services.words
    val facts = SpaceFacts(words, services.formats, space)
    val isPair = space.kind != SpaceKindView.OWN
    Card(tone = if (isPair) CardTone.ROPE else CardTone.PLAIN) {
        CardTitle(if (isPair) words.selfCheckWithPartner(nameOf(words, space)) else words.selfCheckOwnSpace)
        StateLine(BelayIcons.eye, whoCanRead(words, space))
        Waiting(words, space)
        for (relay in space.relays) Contact(services, relay)
        Trouble(words, space)
        for (twice in facts.warnings) StateLine(BelayIcons.info, twice)
        val unfolded = model.isUnfolded(space.space)
        if (unfolded) Details(services, space, facts)
        QuietButton(
            if (unfolded) words.selfCheckDetailsHide else words.selfCheckDetailsShow,
            { model.fold(space.space) },
            Modifier.flush(),
            icon = if (unfolded) BelayIcons.up else BelayIcons.down
        )
    }
}

private fun nameOf(words: Words, space: SpaceStatusView): String =
    space.partner.orEmpty().ifBlank { words.peopleNameless }

private fun whoCanRead(words: Words, space: SpaceStatusView): String = when {
    space.kind == SpaceKindView.OWN && space.relays.isEmpty() -> words.selfCheckWhoOnlyYou
    space.kind == SpaceKindView.OWN -> words.selfCheckWhoOwnDevices
    space.comparison == ComparisonView.SAME -> words.selfCheckWhoYouTwo(nameOf(words, space))
    space.comparison == ComparisonView.DIFFERENT -> words.selfCheckWhoDifferent
    else -> words.selfCheckWhoUnsure(nameOf(words, space))
}

@Composable
private fun Waiting(words: Words, space: SpaceStatusView) {
    val leaves = space.relays.isNotEmpty()
    when {
        space.paused -> StateLine(BelayIcons.pause, words.selfCheckPaused)
        leaves && space.queued == 0uL && space.held == 0uL -> StateLine(BelayIcons.check, words.selfCheckQueuedNone)
        leaves && space.queued > 0uL -> StateLine(BelayIcons.clock, words.selfCheckQueued(space.queued.toInt()))
    }
    if (space.held > 0uL) StateLine(BelayIcons.clock, words.selfCheckHeld(space.held.toInt()))
}

@Composable
private fun Contact(services: Services, relay: RelayStatusView) {
    val words = services.words
    val answered = relay.lastContactAtMs
    if (answered == null) {
        StateLine(BelayIcons.info, words.selfCheckContactNever)
    } else {
        StateLine(BelayIcons.check, words.selfCheckContact(services.formats.ago(answered)))
    }
    relay.noticed?.let { StateLine(BelayIcons.info, noticed(words, it.word)) }
}

private fun noticed(words: Words, word: String): String = when (word) {
    "began-again" -> words.selfCheckRelayBeganAgain
    "went-back" -> words.selfCheckRelayWentBack
    "contradicts-itself" -> words.selfCheckRelayContradictsItself
    else -> words.selfCheckRelayNoticed
}

@Composable
private fun Trouble(words: Words, space: SpaceStatusView) {
    space.fault?.let { StateLine(BelayIcons.info, words.selfCheckFault(it)) }
    if (space.ownDeviceTwice) StateLine(BelayIcons.info, words.selfCheckDeviceTwice)
    if (space.waiting > 0uL) StateLine(BelayIcons.info, words.selfCheckMissing(space.waiting.toInt()))
    if (space.needsNewer > 0uL) StateLine(BelayIcons.info, words.selfCheckNeedsNewer(space.needsNewer.toInt()))
    if (space.quarantined > 0uL) StateLine(BelayIcons.info, words.selfCheckSetAside(space.quarantined.toInt()))
}

@Composable
private fun Details(services: Services, space: SpaceStatusView, facts: SpaceFacts) {
    for (line in facts.lines) Caption(line)
    val (words, formats) = services.words to services.formats
    Caption(space.epoch?.let(words::selfCheckDetailsEpoch) ?: words.selfCheckDetailsEpochNone)
    Caption(words.selfCheckDetailsItems(formats.number(space.items.toLong())))
    Caption(words.selfCheckDetailsRuns(formats.number(space.ownIncarnations.toLong())))
    if (space.parked > 0uL || space.dropped > 0uL) {
        Caption(
            words.selfCheckDetailsParked(
                formats.number(space.parked.toLong()),
                formats.number(space.dropped.toLong())
            )
        )
    }
    if (space.shadowed > 0uL) Caption(words.selfCheckDetailsShadowed(formats.number(space.shadowed.toLong())))
    for (relay in space.relays) RelayDetails(services, relay)
}

@Composable
private fun RelayDetails(services: Services, relay: RelayStatusView) {
    val (words, formats) = services.words to services.formats
    Caption(words.selfCheckDetailsRelay(relay.origin))
    relay.lastError?.let { Caption(words.selfCheckDetailsLastError(it)) }
    relay.nextTryAtMs?.let { Caption(words.selfCheckDetailsNextTry(formats.time(it))) }
    relay.clockOffsetMs?.let { Caption(words.selfCheckDetailsClock((it.absoluteValue / MINUTE_MS).toInt())) }
    with(relay.erasures) {
        if (waiting + erased + notThere + refused > 0uL) {
            Caption(
                words.selfCheckDetailsErasures(
                    erased = formats.number((erased + notThere).toLong()),
                    waiting = formats.number(waiting.toLong()),
                    refused = formats.number(refused.toLong())
                )
            )
        }
    }
}
