package app.belay.ui.reach

import app.belay.core.BoundaryCard
import app.belay.core.SupportDelivery
import app.belay.core.SupportLevel
import app.belay.core.SupportRequestView
import app.belay.ui.Services
import app.belay.ui.need
import app.belay.ui.responseKind
import app.belay.words.Words

/** How much is needed. */
internal fun levelWords(words: Words, level: SupportLevel): String = when (level) {
    SupportLevel.KIND_WORD -> words.reachingLevelKindWord
    SupportLevel.TALK_TODAY -> words.reachingLevelTalkToday
    SupportLevel.SOMEBODY_NOW -> words.reachingLevelSomebodyNow
}

/** How far an own request is known to have come, and when that phone was last heard of. */
internal fun deliveryOf(services: Services, request: SupportRequestView): List<String> {
    val (words, name) = services.words to request.partner
    if (request.heldBack) return listOf(words.reachingSupportHeld(name))
    val delivery = request.delivery ?: return emptyList()
    val said = when (delivery) {
        SupportDelivery.HERE -> words.reachingSupportHere
        SupportDelivery.LEFT -> words.reachingSupportLeft
        SupportDelivery.ON_THEIR_DEVICE -> words.reachingSupportArrived(name)
        SupportDelivery.ANSWERED -> words.reachingSupportAnswered(name)
    }
    val heard = request.heardAtMs?.let { words.reachingSupportHeard(name, services.formats.ago(it)) }
    return listOfNotNull(said, heard)
}

/** What a card says, name and words of each part. */
internal fun cardParts(words: Words, card: BoundaryCard): List<Pair<String, String>> = buildList {
    card.helps?.let { add(words.reachingHelps to it) }
    card.doesNotHelp?.let { add(words.reachingHelpsNot to it) }
    if (card.quiet.isNotEmpty()) {
        add(words.reachingQuiet to card.quiet.joinToString(", ") { words.reachingQuietHours(it.from, it.to) })
    }
    if (card.welcome.isNotEmpty()) add(words.reachingTopicsWelcome to card.welcome.joinToString(", "))
    if (card.unwelcome.isNotEmpty()) add(words.reachingTopicsUnwelcome to card.unwelcome.joinToString(", "))
    if (card.answers.isNotEmpty()) {
        add(words.reachingAnswers to card.answers.joinToString(", ", transform = words::responseKind))
    }
    card.need?.let { add(words.reachingNeed to words.need(it)) }
}

/** How many nudges a card allows. */
internal fun nudgesOf(words: Words, count: Int): String =
    if (count == 0) words.reachingNudgesNone else words.reachingNudges(count)
